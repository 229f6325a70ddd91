/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-beacon.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "lanyard-announcement.h"
#include "lanyard-avahi.h"
#include "lanyard-error.h"

#define GROUP LANYARD_AVAHI_NAME ".EntryGroup"
#define COLLISION LANYARD_AVAHI_NAME ".CollisionError"
#define SERVER_RUNNING 2
#define GROUP_ESTABLISHED 2
#define GROUP_COLLISION 3
#define MAX_NAMES 64 /* that are tried: whoever takes each of them wants no relay to be found */

struct _LanyardBeacon
{
  LanyardAvahi *avahi; /* owned */
  char *event, *venue; /* owned */
  char *name;          /* owned: that is told now */
  char *group;         /* owned (nullable): path of Avahi's */
  gint32 network;      /* index of an interface, or LANYARD_AVAHI_ANY */
  gint32 protocol;     /* 0 IPv4, 1 IPv6, or LANYARD_AVAHI_ANY */
  guint16 port;
  guint n_names; /* tried since the daemon is there */
};

static gboolean
is_at (const struct ifaddrs *entry, GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (entry->ifa_addr == NULL || entry->ifa_addr->sa_family != g_inet_address_get_family (address))
    return FALSE;
  if (entry->ifa_addr->sa_family == AF_INET)
    return memcmp (&((struct sockaddr_in *)entry->ifa_addr)->sin_addr, bytes, 4) == 0;
  return memcmp (&((struct sockaddr_in6 *)entry->ifa_addr)->sin6_addr, bytes, 16) == 0;
}

/* Returns: index; 0: no interface has it */
static guint
find_network (GInetAddress *address)
{
  struct ifaddrs *all = NULL;
  guint network = 0;

  if (getifaddrs (&all) != 0)
    return 0;
  for (struct ifaddrs *entry = all; entry != NULL && network == 0; entry = entry->ifa_next)
    if (is_at (entry, address))
      network = if_nametoindex (entry->ifa_name);
  freeifaddrs (all);
  return network;
}

static gboolean
read_url (LanyardBeacon *beacon, const char *url, GError **error)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *host = NULL;
  int port = -1;

  if (!g_uri_split_network (url, G_URI_FLAGS_NONE, NULL, &host, &port, NULL) || port <= 0
      || port > G_MAXUINT16 || (address = g_inet_address_new_from_string (host)) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "%s cannot be announced: --listen takes an address and a port.", url);
      return FALSE;
    }
  beacon->port = (guint16)port;
  beacon->network = beacon->protocol = LANYARD_AVAHI_ANY;
  if (g_inet_address_get_is_any (address))
    return TRUE;
  beacon->network = (gint32)find_network (address);
  beacon->protocol = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? 0 : 1;
  if (beacon->network != 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "%s cannot be announced: no network of this machine has that address.", host);
  return FALSE;
}

static void add_service (LanyardBeacon *beacon);

static void
fail (LanyardBeacon *beacon, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the beacon may be gone */
  g_message ("The relay is not announced yet: %s", error->message);
  lanyard_avahi_ask_again (beacon->avahi);
}

static void
on_renamed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = lanyard_avahi_finish (source, result, "(s)", &error);
  LanyardBeacon *beacon = user_data;

  if (answer == NULL)
    {
      fail (beacon, error);
      return;
    }
  g_free (beacon->name);
  g_variant_get (answer, "(s)", &beacon->name);
  if (beacon->group != NULL)
    add_service (beacon);
}

static void
rename_service (LanyardBeacon *beacon)
{
  if (++beacon->n_names > MAX_NAMES)
    {
      g_message ("The relay is not announced: each name for it is taken in this network.");
      return;
    }
  lanyard_avahi_call (beacon->avahi, "/", LANYARD_AVAHI_SERVER, "GetAlternativeServiceName",
                      g_variant_new ("(s)", beacon->name), on_renamed, beacon);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = lanyard_avahi_finish (source, result, "()", &error);
  g_autofree char *remote = NULL;

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  remote = g_dbus_error_get_remote_error (error);
  if (g_strcmp0 (remote, COLLISION) == 0)
    rename_service (user_data);
  else
    fail (user_data, error);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = lanyard_avahi_finish (source, result, "()", &error);

  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Avahi: %s", error->message); /* why is told by what came before */
}

/* Avahi answers in order, so nothing has to wait for what is before it. */
static void
add_service (LanyardBeacon *beacon)
{
  lanyard_avahi_call (beacon->avahi, beacon->group, GROUP, "Reset", NULL, on_committed, NULL);
  lanyard_avahi_call (beacon->avahi, beacon->group, GROUP, "AddService",
                      g_variant_new ("(iiussssq@aay)", beacon->network, beacon->protocol, 0,
                                     beacon->name, LANYARD_ANNOUNCEMENT_TYPE, "", "", beacon->port,
                                     lanyard_announcement_write (beacon->event, beacon->venue)),
                      on_added, beacon);
  lanyard_avahi_call (beacon->avahi, beacon->group, GROUP, "Commit", NULL, on_committed, NULL);
}

static void
on_group_state (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *signal,
                GVariant *arguments,
                gpointer user_data)
{
  LanyardBeacon *beacon = user_data;
  gint32 state;

  if (g_strcmp0 (path, beacon->group) != 0 || !g_str_equal (signal, "StateChanged")
      || !g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(is)")))
    return;
  g_variant_get_child (arguments, 0, "i", &state);
  if (state == GROUP_COLLISION)
    rename_service (beacon);
  else if (state == GROUP_ESTABLISHED)
    g_message ("This relay is announced as \"%s\".", beacon->name);
}

/* Where the machine itself had to take another name, all that it announced is gone. */
static void
on_server_state (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *signal,
                 GVariant *arguments,
                 gpointer user_data)
{
  LanyardBeacon *beacon = user_data;
  gint32 state;

  if (beacon->group == NULL || !g_str_equal (signal, "StateChanged")
      || !g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(is)")))
    return;
  g_variant_get_child (arguments, 0, "i", &state);
  if (state == SERVER_RUNNING)
    add_service (beacon);
}

static void
on_group_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = lanyard_avahi_finish (source, result, "(o)", &error);
  LanyardBeacon *beacon = user_data;

  if (answer != NULL)
    {
      g_free (beacon->group);
      g_variant_get (answer, "(o)", &beacon->group);
      add_service (beacon);
    }
  else
    fail (beacon, error);
}

static void
on_up (gpointer user_data)
{
  LanyardBeacon *beacon = user_data;

  beacon->n_names = 0;
  lanyard_avahi_listen (beacon->avahi, GROUP, on_group_state, beacon);
  lanyard_avahi_listen (beacon->avahi, LANYARD_AVAHI_SERVER, on_server_state, beacon);
  lanyard_avahi_call (beacon->avahi, "/", LANYARD_AVAHI_SERVER, "EntryGroupNew", NULL,
                      on_group_made, beacon);
}

static void
on_down (gpointer user_data)
{
  LanyardBeacon *beacon = user_data;

  g_clear_pointer (&beacon->group, g_free);
}

LanyardBeacon *
lanyard_beacon_new (const char *url, const char *event, const char *venue, GError **error)
{
  g_autoptr (LanyardBeacon) beacon = g_new0 (LanyardBeacon, 1);

  g_return_val_if_fail (url != NULL && event != NULL && venue != NULL, NULL);

  if (!read_url (beacon, url, error))
    return NULL;
  beacon->event = g_strdup (event);
  beacon->venue = g_strdup (venue);
  beacon->name = g_strdup_printf ("Lanyard relay %.8s %u", event, beacon->port);
  beacon->avahi = lanyard_avahi_new (on_up, on_down, beacon);
  return g_steal_pointer (&beacon);
}

void
lanyard_beacon_free (LanyardBeacon *beacon)
{
  if (beacon == NULL)
    return;
  lanyard_avahi_free (beacon->avahi);
  g_free (beacon->event);
  g_free (beacon->venue);
  g_free (beacon->name);
  g_free (beacon->group);
  g_free (beacon);
}
