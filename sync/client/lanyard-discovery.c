/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-discovery.h"

#include <string.h>

#define AVAHI "org.freedesktop.Avahi"
#define AVAHI_SERVER AVAHI ".Server"
#define AVAHI_BROWSER AVAHI ".ServiceBrowser"
#define AVAHI_GROUP AVAHI ".EntryGroup"
#define ANY -1 /* interface, protocol */
#define TIMEOUT_MS 10000

struct _LanyardDiscovery
{
  GDBusConnection *bus;      /* owned */
  GCancellable *cancellable; /* owned */
  LanyardDiscoveryFunc func; /* (nullable) */
  gpointer user_data;
  guint signal_id; /* 0: none */
  guint16 port;    /* that is told */
};

static LanyardDiscovery *
connect_to_bus (void)
{
  LanyardDiscovery *discovery;
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, &error);

  if (bus == NULL)
    {
      g_message ("Relays are not looked for: %s", error->message);
      return NULL;
    }
  discovery = g_new0 (LanyardDiscovery, 1);
  discovery->bus = bus;
  discovery->cancellable = g_cancellable_new ();
  return discovery;
}

static void
call (LanyardDiscovery *discovery,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *arguments,
      GAsyncReadyCallback callback)
{
  g_dbus_connection_call (discovery->bus, AVAHI, path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, TIMEOUT_MS, discovery->cancellable, callback,
                          discovery);
}

/* The answer to a call; NULL also when the discovery is gone. @gone: (out) */
static GVariant *
finish (GObject *source, GAsyncResult *result, gboolean *gone)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  *gone = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (answer == NULL && !*gone)
    g_message ("Avahi: %s", error->message);
  return answer;
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean gone;
  g_autoptr (GVariant) answer = finish (source, result, &gone);
  LanyardDiscovery *discovery = user_data;
  g_autofree char *url = NULL;
  const char *address = NULL;
  guint16 port = 0;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(iissssisqaayu)")))
    return;
  g_variant_get_child (answer, 7, "&s", &address);
  g_variant_get_child (answer, 8, "q", &port);
  if (!g_hostname_is_ip_address (address) || port == 0)
    return;
  url = g_strdup_printf (strchr (address, ':') == NULL ? "http://%s:%u" : "http://[%s]:%u", address,
                         port);
  discovery->func (url, discovery->user_data);
}

static void
on_item_new (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *arguments,
             gpointer user_data)
{
  LanyardDiscovery *discovery = user_data;
  const char *name, *type, *domain;
  gint32 network, protocol;
  guint32 flags;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(iisssu)")))
    return;
  g_variant_get (arguments, "(ii&s&s&su)", &network, &protocol, &name, &type, &domain, &flags);
  if (!g_str_equal (type, LANYARD_DISCOVERY_TYPE))
    return;
  call (discovery, "/", AVAHI_SERVER, "ResolveService",
        g_variant_new ("(iisssiu)", network, protocol, name, type, domain, ANY, 0), on_resolved);
}

static void
on_browser_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean gone;
  g_autoptr (GVariant) answer = finish (source, result, &gone);

  (void)user_data; /* what is found comes by the signal */
}

LanyardDiscovery *
lanyard_discovery_new (LanyardDiscoveryFunc func, gpointer user_data)
{
  LanyardDiscovery *discovery = connect_to_bus ();

  g_return_val_if_fail (func != NULL, NULL);

  if (discovery == NULL)
    return NULL;
  discovery->func = func;
  discovery->user_data = user_data;
  /* Before the browser is made: its first signals come at once. */
  discovery->signal_id
      = g_dbus_connection_signal_subscribe (discovery->bus, AVAHI, AVAHI_BROWSER, "ItemNew", NULL,
                                            NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_item_new, discovery,
                                            NULL);
  call (discovery, "/", AVAHI_SERVER, "ServiceBrowserNew",
        g_variant_new ("(iissu)", ANY, ANY, LANYARD_DISCOVERY_TYPE, "", 0), on_browser_made);
  return discovery;
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean gone;
  g_autoptr (GVariant) answer = finish (source, result, &gone);

  (void)user_data; /* there is nothing to do about it */
}

static void
on_group_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean gone;
  g_autoptr (GVariant) answer = finish (source, result, &gone);
  LanyardDiscovery *discovery = user_data;
  g_autofree char *name = NULL;
  const char *path;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(o)")))
    return;
  g_variant_get (answer, "(&o)", &path);
  name = g_strdup_printf ("Lanyard relay %s:%u", g_get_host_name (), discovery->port);
  /* Avahi answers in order, so nothing has to wait for the first to commit. */
  call (discovery, path, AVAHI_GROUP, "AddService",
        g_variant_new ("(iiussssqaay)", ANY, ANY, 0, name, LANYARD_DISCOVERY_TYPE, "", "",
                       discovery->port, NULL),
        on_committed);
  call (discovery, path, AVAHI_GROUP, "Commit", NULL, on_committed);
}

LanyardDiscovery *
lanyard_discovery_publish (guint16 port)
{
  LanyardDiscovery *discovery = connect_to_bus ();

  if (discovery == NULL)
    return NULL;
  discovery->port = port;
  call (discovery, "/", AVAHI_SERVER, "EntryGroupNew", NULL, on_group_made);
  return discovery;
}

void
lanyard_discovery_free (LanyardDiscovery *discovery)
{
  if (discovery == NULL)
    return;
  if (discovery->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (discovery->bus, discovery->signal_id);
  g_cancellable_cancel (discovery->cancellable);
  /* The callbacks of what was cancelled look at nothing of it. What was asked of Avahi ends with
   * this program's connection. */
  g_object_unref (discovery->cancellable);
  g_object_unref (discovery->bus);
  g_free (discovery);
}
