/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-printer-discovery.h"

#include <string.h>

#include <cups/cups.h>

#define RESOLVE_MS 3000
#define MAX_TEXT_BYTES 255

static void
found_free (gpointer data)
{
  LanyardFoundPrinter *found = data;

  g_free (found->uri);
  g_free (found->name);
  g_free (found->model);
  g_free (found);
}

static void
dest_free (gpointer data)
{
  cups_dest_t *dests = data;

  cupsFreeDests (1, dests);
}

/* Called for each printer, and once more for one that has gone. */
static int
on_dest (void *user_data, unsigned flags, cups_dest_t *dest)
{
  GPtrArray *dests = user_data;
  cups_dest_t *copy = NULL;

  if ((flags & CUPS_DEST_FLAGS_REMOVED) != 0 || dests->len >= LANYARD_PRINTER_MAX_FOUND)
    return 1;
  if (cupsCopyDest (dest, 0, &copy) == 1)
    g_ptr_array_add (dests, copy);
  return 1;
}

/* Returns: (transfer full) (nullable) */
static char *
dup_option (const cups_dest_t *dest, const char *name)
{
  const char *value = cupsGetOption (name, dest->num_options, dest->options);

  return value != NULL && *value != '\0'
             ? g_utf8_make_valid (value, strnlen (value, MAX_TEXT_BYTES))
             : NULL;
}

/* A service is known by its name; who wants to print needs its address.
 * Returns: (transfer full) (nullable) */
static char *
resolve (cups_dest_t *dest, const char *device_uri, int *cancel)
{
  gboolean encrypted = g_str_has_prefix (device_uri, "ipps:");
  char resource[1024], host[256], uri[HTTP_MAX_URI];
  http_t *http = cupsConnectDest (dest, CUPS_DEST_FLAGS_DEVICE, RESOLVE_MS, cancel, resource,
                                  sizeof resource, NULL, NULL);
  int port;

  if (http == NULL)
    return NULL;
  httpGetHostname (http, host, sizeof host);
  port = httpAddrPort (httpGetAddress (http));
  httpClose (http);
  if (httpAssembleURI (HTTP_URI_CODING_ALL, uri, sizeof uri, encrypted ? "ipps" : "ipp", NULL, host,
                       port, resource)
      < HTTP_URI_STATUS_OK)
    return NULL;
  return g_strdup (uri);
}

/* Returns: (transfer full) (nullable) */
static LanyardFoundPrinter *
find (cups_dest_t *dest, int *cancel)
{
  g_autofree char *device_uri = dup_option (dest, "device-uri");
  gboolean is_network
      = device_uri != NULL && strstr (device_uri, "._tcp") != NULL
        && (g_str_has_prefix (device_uri, "ipp:") || g_str_has_prefix (device_uri, "ipps:"));
  g_autofree char *uri
      = is_network ? resolve (dest, device_uri, cancel) : g_strconcat ("cups:", dest->name, NULL);
  LanyardFoundPrinter *found;

  if (uri == NULL)
    return NULL;
  found = g_new0 (LanyardFoundPrinter, 1);
  found->uri = g_steal_pointer (&uri);
  found->name = dup_option (dest, "printer-info");
  if (found->name == NULL)
    found->name = g_strdup (dest->name);
  found->model = dup_option (dest, "printer-make-and-model");
  found->is_queue = !is_network;
  return found;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const LanyardFoundPrinter *one = *(LanyardFoundPrinter *const *)a;
  const LanyardFoundPrinter *other = *(LanyardFoundPrinter *const *)b;

  if (one->is_queue != other->is_queue)
    return one->is_queue ? -1 : 1;
  return strcmp (one->uri, other->uri);
}

GPtrArray *
lanyard_printer_discover (guint limit_ms, int *cancel)
{
  g_autoptr (GPtrArray) dests = g_ptr_array_new_with_free_func (dest_free);
  GPtrArray *printers = g_ptr_array_new_with_free_func (found_free);

  cupsEnumDests (CUPS_DEST_FLAGS_NONE, (int)limit_ms, cancel, 0, 0, on_dest, dests);
  for (guint i = 0; i < dests->len && (cancel == NULL || *cancel == 0); i++)
    {
      LanyardFoundPrinter *found = find (g_ptr_array_index (dests, i), cancel);

      if (found != NULL)
        g_ptr_array_add (printers, found);
    }
  g_ptr_array_sort (printers, compare);
  return printers;
}

gboolean
lanyard_printer_can_discover (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  gboolean there = FALSE;

  if (bus == NULL)
    return FALSE;
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "NameHasOwner",
                                        g_variant_new ("(s)", "org.freedesktop.Avahi"),
                                        G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, RESOLVE_MS,
                                        NULL, NULL);
  if (answer != NULL)
    g_variant_get (answer, "(b)", &there);
  return there;
}
