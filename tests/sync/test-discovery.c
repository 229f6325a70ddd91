/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Relays that announce themselves, through a real Avahi. If this fails, desks of a venue do not
 * find their relay, keep one that is gone, or take that of somebody else. */

#include <net/if.h>
#include <string.h>

#include "avahi-run.h"
#include "lanyard-announcement.h"
#include "lanyard-beacon.h"
#include "lanyard-discovery.h"
#include "lanyard-hash.h"
#include "sync-fixture.h"

#define LIMIT_S 60
#define EVENT "00112233445566778899aabbccddeeff"
#define OTHER_EVENT "ff112233445566778899aabbccddeeff"

static GVariant *
strings (const char *const *texts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; texts[i] != NULL; i++)
    g_variant_builder_add_value (&builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, texts[i],
                                                                      strlen (texts[i]), 1));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

#define IS_OF(...)                                                                                 \
  ({                                                                                               \
    const char *const texts[] = { __VA_ARGS__, NULL };                                             \
    g_autoptr (GVariant) txt = strings (texts);                                                    \
    lanyard_announcement_is_of (txt, EVENT, "101");                                                \
  })
#define OURS "txtvers=1", "protocol=1", "event=" EVENT

static void
test_txt (void)
{
  g_autoptr (GVariant) own = g_variant_ref_sink (lanyard_announcement_write (EVENT, "101"));
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new_string ("txtvers=1"));
  g_autofree char *long_text = g_strnfill (4000, 'x');

  g_assert_true (lanyard_announcement_is_of (own, EVENT, "101"));
  g_assert_false (lanyard_announcement_is_of (own, EVENT, "102"));
  g_assert_false (lanyard_announcement_is_of (own, OTHER_EVENT, "101"));
  g_assert_false (lanyard_announcement_is_of (none, EVENT, "101"));
  g_assert_true (IS_OF (OURS, "venue=101"));
  g_assert_true (IS_OF ("", "=", long_text, "\xff\xfe", OURS, "Venue=101", "more=1"));
  g_assert_false (IS_OF (OURS));
  g_assert_false (IS_OF (OURS, "venue"));
  g_assert_false (IS_OF (OURS, "venue="));
  g_assert_false (IS_OF (OURS, "venue=1010"));
  g_assert_false (IS_OF (OURS, "venue=10"));
  g_assert_false (IS_OF (OURS, "venue=102", "venue=101")); /* the first counts */
  g_assert_false (IS_OF ("txtvers=2", "protocol=1", "event=" EVENT, "venue=101"));
  g_assert_false (IS_OF ("txtvers=1", "protocol=2", "event=" EVENT, "venue=101"));
  g_assert_false (IS_OF (""));
}

/* Bytes of chance never are an announcement, and never anything worse. */
static void
test_garbage (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GVariant) txt = NULL;
      g_autoptr (GBytes) raw = NULL;
      guint8 bytes[600];
      gsize n = (gsize)g_test_rand_int_range (0, sizeof bytes);

      for (gsize j = 0; j < n; j++)
        bytes[j] = (guint8)g_test_rand_int_range (0, 256);
      raw = g_bytes_new (bytes, n);
      txt = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("aay"), raw, FALSE));
      g_assert_false (lanyard_announcement_is_of (txt, EVENT, "101"));
    }
}

static void
check_url (const char *address, guint16 port, guint network, const char *expected)
{
  g_autofree char *url = lanyard_announcement_make_url (address, port, network);

  g_assert_cmpstr (url, ==, expected);
}

static void
test_url (void)
{
  guint lo = if_nametoindex ("lo");
  struct if_nameindex *all = if_nameindex ();

  g_assert_cmpuint (lo, >, 0);
  check_url ("10.1.2.3", 8470, lo, "http://10.1.2.3:8470");
  check_url ("2001:db8::1", 8470, lo, "http://[2001:db8::1]:8470");
  check_url ("fe80::1", 8470, lo, "http://[fe80::1%25lo]:8470");
  check_url ("::ffff:10.1.2.3", 8470, lo, "http://10.1.2.3:8470");
  check_url ("127.0.0.1", 8470, lo, "http://127.0.0.1:8470");
  check_url ("10.1.2.3", 0, lo, NULL);
  check_url ("10.1.2.3", 8470, 0, NULL);
  check_url ("0.0.0.0", 8470, lo, NULL);
  check_url ("::", 8470, lo, NULL);
  check_url ("224.0.0.251", 8470, lo, NULL);
  check_url ("ff02::fb", 8470, lo, NULL);
  check_url ("relay.example", 8470, lo, NULL);
  check_url ("", 8470, lo, NULL);
  for (const struct if_nameindex *at = all; at->if_index != 0; at++)
    if (at->if_index != lo)
      {
        check_url ("10.1.2.3", 8470, at->if_index, "http://10.1.2.3:8470");
        check_url ("127.0.0.1", 631, at->if_index, NULL); /* not a desk's own services */
        check_url ("::1", 631, at->if_index, NULL);
        check_url ("::ffff:127.0.0.1", 631, at->if_index, NULL);
      }
  if_freenameindex (all);
}

/* What a desk of venue 101 was told. */
typedef struct
{
  AvahiRun *avahi;
  LanyardDiscovery *discovery;
  GPtrArray *here; /* owned (element-type utf8) */
  guint n_told;
  guint n_refused;
  const char *wanted;
} Seen;

static void
on_found (const char *url, gboolean here, gpointer user_data)
{
  Seen *seen = user_data;
  guint index;
  gboolean known = g_ptr_array_find_with_equal_func (seen->here, url, g_str_equal, &index);

  g_assert_cmpint (known, ==, !here); /* each comes once, and goes once */
  if (here)
    g_ptr_array_add (seen->here, g_strdup (url));
  else
    g_ptr_array_remove_index (seen->here, index);
  seen->n_told++;
}

static gboolean
set_up (Seen *seen)
{
  *seen = (Seen){ .avahi = avahi_run_new () };
  if (seen->avahi == NULL)
    return FALSE;
  seen->here = g_ptr_array_new_with_free_func (g_free);
  seen->discovery = lanyard_discovery_new (EVENT, "101", on_found, seen);
  return TRUE;
}

static void
tear_down (Seen *seen)
{
  lanyard_discovery_free (seen->discovery);
  g_ptr_array_unref (seen->here);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  avahi_run_free (seen->avahi);
}

static LanyardBeacon *
tell (const char *url, const char *event, const char *venue)
{
  GError *error = NULL;
  LanyardBeacon *beacon = lanyard_beacon_new (url, event, venue, &error);

  g_assert_no_error (error);
  return beacon;
}

static gboolean
is_here (gpointer data)
{
  Seen *seen = data;

  return g_ptr_array_find_with_equal_func (seen->here, seen->wanted, g_str_equal, NULL);
}

static gboolean
is_gone (gpointer data)
{
  return !is_here (data);
}

static void
wait_for (Seen *seen, const char *url, gboolean here)
{
  seen->wanted = url;
  sync_wait_for (here ? is_here : is_gone, seen, LIMIT_S);
}

/* It comes, goes, comes again; the daemon ends and starts anew. */
static void
test_come_and_go (void)
{
  const char *url = "http://127.0.0.1:8470";
  LanyardBeacon *beacon;
  Seen seen;

  if (!set_up (&seen))
    return;
  for (guint i = 0; i < 2; i++)
    {
      beacon = tell (url, EVENT, "101");
      wait_for (&seen, url, TRUE);
      lanyard_beacon_free (beacon);
      wait_for (&seen, url, FALSE);
    }
  beacon = tell (url, EVENT, "101");
  wait_for (&seen, url, TRUE);
  avahi_run_stop (seen.avahi);
  wait_for (&seen, url, FALSE);
  avahi_run_start (seen.avahi);
  wait_for (&seen, url, TRUE);
  g_assert_cmpuint (seen.n_told, ==, 7);
  lanyard_beacon_free (beacon);
  wait_for (&seen, url, FALSE);
  tear_down (&seen);
}

/* A program of somebody else's on the bus. (transfer full) */
static GDBusConnection *
join_bus (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  GError *error = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return bus;
}

/* Its answer to what it asks of Avahi. (transfer full) */
static GVariant *
call (GDBusConnection *bus,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *arguments)
{
  g_autofree char *name = g_strconcat ("org.freedesktop.Avahi.", interface, NULL);
  GError *error = NULL;
  GVariant *answer
      = g_dbus_connection_call_sync (bus, "org.freedesktop.Avahi", path, name, method, arguments,
                                     NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

/* Of several, those of this event and venue; what is no announcement is passed over. */
static void
test_others (void)
{
  const char *const garbage[] = { "event", "\xff\xff\xff", "venue=101", "x=\x01", NULL };
  g_autoptr (GVariant) txt = strings (garbage);
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) group = NULL;
  g_autoptr (GVariant) added = NULL;
  g_autoptr (GVariant) committed = NULL;
  LanyardBeacon *beacons[4];
  const char *path;
  Seen seen;

  if (!set_up (&seen))
    return;
  bus = join_bus ();
  group = call (bus, "/", "Server", "EntryGroupNew", NULL);
  g_variant_get (group, "(&o)", &path);
  added = call (bus, path, "EntryGroup", "AddService",
                g_variant_new ("(iiussssq@aay)", -1, -1, 0, "Garbage", "_lanyard._tcp", "", "",
                               9999, txt));
  committed = call (bus, path, "EntryGroup", "Commit", NULL);
  beacons[0] = tell ("http://127.0.0.1:8471", EVENT, "102");
  beacons[1] = tell ("http://127.0.0.1:8472", OTHER_EVENT, "101");
  beacons[2] = tell ("http://127.0.0.1:8473", EVENT, "101");
  beacons[3] = tell ("http://0.0.0.0:8474", EVENT, "101");
  wait_for (&seen, "http://127.0.0.1:8473", TRUE);
  wait_for (&seen, "http://127.0.0.1:8474", TRUE);
  g_assert_cmpuint (seen.n_told, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (beacons); i++)
    lanyard_beacon_free (beacons[i]);
  wait_for (&seen, "http://127.0.0.1:8473", FALSE);
  wait_for (&seen, "http://127.0.0.1:8474", FALSE);
  g_assert_cmpuint (seen.n_told, ==, 4);
  g_dbus_connection_close_sync (bus, NULL, NULL);
  tear_down (&seen);
}

/* Two of the same name: the second takes another one, and is there when the first goes. */
static void
test_name_taken (void)
{
  const char *url = "http://127.0.0.1:8470", *last = "http://127.0.0.1:8479";
  LanyardBeacon *first, *second, *third;
  Seen seen;

  if (!set_up (&seen))
    return;
  first = tell (url, EVENT, "102"); /* takes the name, and is none of ours */
  third = tell (last, EVENT, "101");
  wait_for (&seen, last, TRUE);
  second = tell (url, EVENT, "101");
  wait_for (&seen, url, TRUE);
  lanyard_beacon_free (first);
  lanyard_beacon_free (third);
  wait_for (&seen, last, FALSE);
  g_assert_true (g_ptr_array_find_with_equal_func (seen.here, url, g_str_equal, NULL));
  lanyard_beacon_free (second);
  wait_for (&seen, url, FALSE);
  tear_down (&seen);
}

static Seen *log_of; /* (nullable) */

static GLogWriterOutput
on_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields && log_of != NULL; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && strstr (fields[i].value, "yet: ") != NULL)
      log_of->n_refused++;
  return g_log_writer_default (level, fields, n_fields, NULL);
}

static gboolean
is_refused (gpointer data)
{
  Seen *seen = data;

  return seen->n_refused == 2;
}

/* The daemon is there and has no room, or no time, when it is asked first: it is asked again. */
static void
test_no_room (void)
{
  const char *url = "http://127.0.0.1:8470";
  LanyardBeacon *beacon;
  Seen seen;

  if (!set_up (&seen))
    return;
  avahi_run_stop (seen.avahi);
  avahi_run_set_room (seen.avahi, 2);
  lanyard_discovery_free (seen.discovery);
  avahi_run_start (seen.avahi);
  {
    g_autoptr (GDBusConnection) first = join_bus ();
    g_autoptr (GDBusConnection) second = join_bus ();
    g_autoptr (GVariant) one = call (first, "/", "Server", "EntryGroupNew", NULL);
    g_autoptr (GVariant) two = call (second, "/", "Server", "EntryGroupNew", NULL);

    log_of = &seen;
    seen.discovery = lanyard_discovery_new (EVENT, "101", on_found, &seen);
    beacon = tell (url, EVENT, "101");
    sync_wait_for (is_refused, &seen, LIMIT_S);
    log_of = NULL;
    g_dbus_connection_close_sync (first, NULL, NULL);
    g_dbus_connection_close_sync (second, NULL, NULL);
  }
  wait_for (&seen, url, TRUE);
  lanyard_beacon_free (beacon);
  wait_for (&seen, url, FALSE);
  tear_down (&seen);
}

/* Without a bus nothing is found, and nothing breaks; what cannot be announced is told. */
static void
test_without (void)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { .here = g_ptr_array_new_with_free_func (g_free) };
  LanyardBeacon *beacon;

  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  seen.discovery = lanyard_discovery_new (EVENT, "101", on_found, &seen);
  beacon = tell ("http://127.0.0.1:8470", EVENT, "101");
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  lanyard_beacon_free (beacon);
  lanyard_discovery_free (seen.discovery);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (seen.n_told, ==, 0);
  g_ptr_array_unref (seen.here);
  g_assert_null (lanyard_beacon_new ("http://192.0.2.77:8470", EVENT, "101", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (lanyard_beacon_new ("http://relay.example:8470", EVENT, "101", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_log_set_writer_func (on_log, NULL, NULL);
  g_test_add_func ("/sync/discovery/txt", test_txt);
  g_test_add_func ("/sync/discovery/garbage", test_garbage);
  g_test_add_func ("/sync/discovery/url", test_url);
  g_test_add_func ("/sync/discovery/come-and-go", test_come_and_go);
  g_test_add_func ("/sync/discovery/others", test_others);
  g_test_add_func ("/sync/discovery/name-taken", test_name_taken);
  g_test_add_func ("/sync/discovery/no-room", test_no_room);
  g_test_add_func ("/sync/discovery/without", test_without);
  return g_test_run ();
}
