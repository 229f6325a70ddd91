/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-hub-control.h"
#include "lanyard-hub-store-open.h"
#include "lanyard-hub.h"
#include "lanyard-id.h"
#include "lanyard-pack.h"
#include "postgres-server.h"

#define PACK "resources/packs/small-cup"
#define VALID_S (G_GINT64_CONSTANT (4) * 365 * 86400)

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
use_server (SyncFixture *fixture, char *uri)
{
  GError *error = NULL;

  lanyard_hub_store_remember (fixture->hub_directory, uri, &error);
  g_assert_no_error (error);
  g_free (uri);
}

SyncFixture *
sync_fixture_new_at (const char *place)
{
  SyncFixture *fixture = g_new0 (SyncFixture, 1);
  g_autofree char *pack_path = NULL;
  g_autofree char *hub_pack = NULL;
  g_autoptr (LanyardPack) pack = NULL;
  GError *error = NULL;

  pack_path = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), PACK, NULL);
  fixture->directory = g_dir_make_tmp ("lanyard-sync-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->hub_directory = g_build_filename (fixture->directory, "hub", NULL);
  fixture->limits = LANYARD_HUB_PEER_LIMITS_DEFAULT;
  if (place != NULL)
    use_server (fixture, g_strdup (place));
  lanyard_hub_create (fixture->hub_directory, pack_path, NULL, &fixture->root, &error);
  g_assert_no_error (error);
  hub_pack = g_build_filename (fixture->hub_directory, "pack", NULL);
  pack = lanyard_pack_load (hub_pack, &fixture->root, g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  fixture->venue = g_strdup (((const LanyardCode *)g_ptr_array_index (
                                  lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE), 0))
                                 ->code);
  return fixture;
}

SyncFixture *
sync_fixture_new (void)
{
  g_autofree char *place = postgres_server_is_wanted () ? postgres_server_new_database () : NULL;

  return sync_fixture_new_at (place);
}

void
sync_fixture_free (SyncFixture *fixture)
{
  if (fixture->thread != NULL)
    sync_fixture_stop_hub (fixture);
  remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->hub_directory);
  g_free (fixture->backup);
  g_free (fixture->venue);
  g_free (fixture->url);
  g_free (fixture);
}

typedef struct
{
  SyncFixture *fixture;
  GAsyncQueue *ready; /* (element-type utf8): the URL */
  char *listen;
} Start;

static void
on_control (gpointer user_data)
{
  lanyard_hub_server_wake (user_data);
}

static gpointer
run_hub (gpointer data)
{
  g_autofree Start *start = data;
  SyncFixture *fixture = start->fixture;
  GError *error = NULL;
  LanyardHub *hub;
  LanyardHubServer *server;
  LanyardHubControl *control;

  g_main_context_push_thread_default (fixture->hub_context);
  hub = lanyard_hub_open (fixture->hub_directory, NULL, &error);
  g_assert_no_error (error);
  server = lanyard_hub_server_new (hub, start->listen, &error);
  g_assert_no_error (error);
  control = lanyard_hub_control_new (hub, fixture->hub_directory, on_control, server, &error);
  g_assert_no_error (error);
  lanyard_hub_server_set_peer_limits (server, &fixture->limits);
  lanyard_hub_server_set_log (server, g_getenv ("LANYARD_HUB_LOG") != NULL ? LANYARD_HUB_LOG_TEXT
                                                                           : LANYARD_HUB_LOG_NONE);
  g_async_queue_push (start->ready, g_strdup (lanyard_hub_server_get_url (server)));
  g_main_loop_run (fixture->hub_loop);
  lanyard_hub_control_free (control);
  lanyard_hub_server_free (server);
  lanyard_hub_close (hub);
  g_main_context_pop_thread_default (fixture->hub_context);
  g_free (start->listen);
  return NULL;
}

void
sync_fixture_start_hub (SyncFixture *fixture)
{
  g_autoptr (GAsyncQueue) ready = g_async_queue_new ();
  Start *start = g_new0 (Start, 1);

  g_assert_null (fixture->thread);
  start->fixture = fixture;
  start->ready = ready;
  start->listen = g_strdup_printf ("127.0.0.1:%u", fixture->port);
  fixture->hub_context = g_main_context_new ();
  fixture->hub_loop = g_main_loop_new (fixture->hub_context, FALSE);
  fixture->thread = g_thread_new ("hub", run_hub, start);
  g_free (fixture->url);
  fixture->url = g_async_queue_pop (ready);
  fixture->port = (guint16)g_ascii_strtoull (strrchr (fixture->url, ':') + 1, NULL, 10);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *content = NULL;
  GError *error = NULL;
  gsize n_bytes;

  g_file_get_contents (from, &content, &n_bytes, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, content, (gssize)n_bytes, &error);
  g_assert_no_error (error);
}

/* Where the hub's store is; of a file its path. */
static char *
find_place (SyncFixture *fixture)
{
  g_autofree char *place = lanyard_hub_store_locate (fixture->hub_directory, NULL, NULL);
  const char *path = lanyard_hub_store_get_path (place);

  g_assert_null (fixture->thread);
  return g_strdup (path != NULL ? path : place);
}

void
sync_fixture_back_up (SyncFixture *fixture)
{
  g_autofree char *place = find_place (fixture);

  g_free (fixture->backup);
  if (postgres_server_is_wanted ())
    fixture->backup = postgres_server_copy_database (place);
  else
    {
      fixture->backup = g_build_filename (fixture->hub_directory, "backup.db", NULL);
      copy_file (place, fixture->backup);
    }
}

void
sync_fixture_put_back (SyncFixture *fixture)
{
  g_autofree char *place = find_place (fixture);

  if (postgres_server_is_wanted ())
    use_server (fixture, postgres_server_copy_database (fixture->backup));
  else
    copy_file (fixture->backup, place);
}

void
sync_fixture_lose (SyncFixture *fixture)
{
  g_autofree char *place = find_place (fixture);

  if (postgres_server_is_wanted ())
    use_server (fixture, postgres_server_new_database ());
  else
    g_assert_cmpint (g_unlink (place), ==, 0);
}

static gboolean
on_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
sync_fixture_stop_hub (SyncFixture *fixture)
{
  g_main_context_invoke (fixture->hub_context, on_quit, fixture->hub_loop);
  g_thread_join (g_steal_pointer (&fixture->thread));
  g_clear_pointer (&fixture->hub_loop, g_main_loop_unref);
  g_clear_pointer (&fixture->hub_context, g_main_context_unref);
}

char *
sync_fixture_number (guint index)
{
  g_autofree char *body = g_strdup_printf ("28%07u", index);

  return g_strdup_printf ("%s%c", body, lanyard_check_character (body));
}

LanyardEntry *
sync_fixture_entry (guint index)
{
  LanyardEntry *entry = lanyard_entry_new ();
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  entry->holder_id = g_strdup_printf ("P%07u", index);
  entry->print_name = g_strdup_printf ("Test Person %u", index);
  entry->number = sync_fixture_number (index);
  entry->category = g_strdup ("A");
  entry->valid_from_s = now_s - 86400;
  entry->valid_until_s = now_s + VALID_S;
  return entry;
}

static GBytes *
call_hub (SyncFixture *fixture, LanyardCborWriter *writer)
{
  g_autoptr (GBytes) request = lanyard_cbor_writer_end (writer);
  g_autoptr (LanyardHubConsole) console = NULL;
  GError *error = NULL;
  GBytes *answer;

  console = lanyard_hub_console_open (fixture->hub_directory, &error);
  g_assert_no_error (error);
  answer = lanyard_hub_console_call (console, request, &error);
  g_assert_no_error (error);
  return answer;
}

void
sync_fixture_import_entries (SyncFixture *fixture, GPtrArray *entries, GPtrArray *photos)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) answer = NULL;

  lanyard_cbor_open_array (writer, 3);
  lanyard_cbor_write_text (writer, "import");
  lanyard_cbor_open_array (writer, entries->len);
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (GBytes) encoded = lanyard_entry_encode (g_ptr_array_index (entries, i));

      lanyard_cbor_write_gbytes (writer, encoded);
    }
  lanyard_cbor_open_array (writer, photos == NULL ? 0 : photos->len);
  for (guint i = 0; photos != NULL && i < photos->len; i++)
    lanyard_cbor_write_gbytes (writer, g_ptr_array_index (photos, i));
  answer = call_hub (fixture, writer);
}

void
sync_fixture_import (SyncFixture *fixture, guint first, guint n)
{
  for (guint done = 0; done < n; done += LANYARD_HUB_CONTROL_MAX_ENTRIES)
    {
      g_autoptr (GPtrArray) entries
          = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);

      for (guint i = done; i < n && i < done + LANYARD_HUB_CONTROL_MAX_ENTRIES; i++)
        g_ptr_array_add (entries, sync_fixture_entry (first + i));
      sync_fixture_import_entries (fixture, entries, NULL);
    }
}

char *
sync_fixture_code (SyncFixture *fixture, guint32 device)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *word = NULL;
  LanyardCborReader reader;
  char *code;

  lanyard_cbor_open_array (writer, 5);
  lanyard_cbor_write_text (writer, "enrol");
  lanyard_cbor_write_text (writer, fixture->venue);
  lanyard_cbor_write_text (writer, "a desk");
  lanyard_cbor_write_uint (writer, device);
  lanyard_cbor_write_int (writer, 900);
  answer = call_hub (fixture, writer);
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                            4096);
  lanyard_cbor_enter_array (&reader, 2);
  word = lanyard_cbor_read_text (&reader, 16);
  code = lanyard_cbor_read_text (&reader, 64);
  g_assert_true (lanyard_cbor_reader_end (&reader, "code", NULL));
  return code;
}

guint64
sync_fixture_count (SyncFixture *fixture, const char *name)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *word = NULL;
  g_autofree char *event = NULL;
  LanyardCborReader reader;
  guint64 found = G_MAXUINT64;
  gsize n;

  lanyard_cbor_open_array (writer, 1);
  lanyard_cbor_write_text (writer, "status");
  answer = call_hub (fixture, writer);
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                            65536);
  lanyard_cbor_enter_array (&reader, 4);
  word = lanyard_cbor_read_text (&reader, 16);
  event = lanyard_cbor_read_text (&reader, 64);
  n = lanyard_cbor_enter_map (&reader, 32);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *key = lanyard_cbor_read_text (&reader, 64);
      guint64 value = lanyard_cbor_read_uint (&reader, G_MAXUINT64);

      if (g_strcmp0 (key, name) == 0)
        found = value;
    }
  lanyard_cbor_skip (&reader, NULL);
  g_assert_true (lanyard_cbor_reader_end (&reader, "status", NULL));
  g_assert_cmpuint (found, !=, G_MAXUINT64);
  return found;
}

void
sync_wait_for (SyncCondition condition, gpointer data, guint limit_s)
{
  gint64 deadline_us = g_get_monotonic_time () + limit_s * G_USEC_PER_SEC;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_main_context_iteration (NULL, FALSE);
    }
}
