/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Desks that begin with a snapshot, of a real hub over a real line. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-cbor.h"
#include "lanyard-chunk.h"
#include "lanyard-directory-load.h"
#include "lanyard-error.h"
#include "lanyard-hub-control.h"
#include "lanyard-token.h"
#include "sync-fixture.h"

#define N_PEOPLE 1200

/* Asks as the commands do, until it is over. Returns: the second item of the last answer */
static guint64
ask_until_over (SyncFixture *fixture, const char *word)
{
  g_autoptr (LanyardHubConsole) console = lanyard_hub_console_open (fixture->hub_directory, NULL);
  gboolean is_snapshot = g_str_equal (word, "snapshot"), start = TRUE, over = FALSE;
  guint64 told = 0;

  while (!over)
    {
      LanyardCborWriter *writer = lanyard_cbor_writer_new ();
      g_autoptr (GBytes) request = NULL;
      g_autoptr (GBytes) answer = NULL;
      g_autofree char *ok = NULL;
      g_autoptr (GError) error = NULL;
      LanyardCborReader reader;

      lanyard_cbor_open_array (writer, is_snapshot ? 2 : 1);
      lanyard_cbor_write_text (writer, word);
      if (is_snapshot)
        lanyard_cbor_write_bool (writer, start);
      request = lanyard_cbor_writer_end (writer);
      answer = lanyard_hub_console_call (console, request, &error);
      g_assert_no_error (error);
      lanyard_cbor_reader_init (&reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                LANYARD_HUB_CONTROL_MAX_BYTES);
      lanyard_cbor_enter_array (&reader, 8);
      ok = lanyard_cbor_read_text (&reader, 16);
      over = is_snapshot ? !lanyard_cbor_read_bool (&reader) : TRUE;
      if (!is_snapshot)
        told = lanyard_cbor_read_uint (&reader, G_MAXINT64);
      over = over && (is_snapshot || lanyard_cbor_read_uint (&reader, G_MAXINT64) == 0);
      start = FALSE;
    }
  return told;
}

/* Everybody again, with another function: their first changes are worth nothing any more. */
static void
change_everybody (SyncFixture *fixture)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      LanyardEntry *entry = sync_fixture_entry (i);

      g_free (entry->function);
      entry->function = g_strdup ("Changed");
      g_ptr_array_add (entries, entry);
      if (entries->len == 400)
        {
          sync_fixture_import_entries (fixture, entries, photos);
          g_ptr_array_set_size (entries, 0);
        }
    }
}

/* A hub whose feed begins above 0. */
static SyncFixture *
make_compacted (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  guint64 floor;

  for (guint i = 0; i < N_PEOPLE; i += 400)
    sync_fixture_import (fixture, i, 400);
  change_everybody (fixture);
  ask_until_over (fixture, "snapshot");
  floor = ask_until_over (fixture, "compact");
  g_assert_cmpuint (floor, ==, 2 * N_PEOPLE - 2 * N_PEOPLE % LANYARD_SEGMENT_GSEQ);
  return fixture;
}

static void
assert_has_all (SyncDesk *desk)
{
  g_autofree char *number = sync_fixture_number (N_PEOPLE - 1);
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (desk->store, LANYARD_LOOKUP_NUMBER, number, NULL);
  LanyardLoad load;

  g_assert_cmpuint (lanyard_directory_get_size (desk->store), ==, N_PEOPLE);
  g_assert_cmpuint (lanyard_directory_get_cursor (desk->store), ==, 2 * N_PEOPLE);
  g_assert_nonnull (entry);
  g_assert_cmpstr (entry->function, ==, "Changed");
  lanyard_directory_get_load (desk->store, &load);
  g_assert_cmpint (load.stage, ==, LANYARD_LOAD_NONE);
}

/* 410 for the feed; then header, chunk, swap, and the feed from there. */
static void
test_below_floor (void)
{
  SyncFixture *fixture = make_compacted ();
  SyncDesk *desk;
  GError *error = NULL;

  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "new");
  sync_desk_chatter (desk, 3);
  g_assert_true (sync_desk_sync (desk, &error));
  g_assert_no_error (error);
  assert_has_all (desk);
  g_assert_cmpuint (sync_desk_pending (desk), ==, 0);

  /* What comes later is the feed's. */
  sync_fixture_import (fixture, 0, 10);
  g_assert_true (sync_desk_sync (desk, &error));
  g_assert_cmpuint (lanyard_directory_get_cursor (desk->store), ==, 2 * N_PEOPLE + 10);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static gboolean
is_half_way (gpointer data)
{
  SyncDesk *desk = data;
  LanyardLoad load;

  lanyard_directory_get_load (desk->store, &load);
  return load.stage == LANYARD_LOAD_ROWS && load.row > 0;
}

/* The program ends in the middle of a chunk: the next one goes on at that row. */
static void
test_restart (void)
{
  SyncFixture *fixture = make_compacted ();
  SyncDesk *desk;
  GError *error = NULL;
  LanyardLoad before, after;

  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "tired");
  lanyard_link_start (LANYARD_LINK (desk->engine));
  sync_wait_for (is_half_way, desk, 60);
  lanyard_directory_get_load (desk->store, &before);
  g_assert_cmpuint (before.n_entries, <, N_PEOPLE);
  sync_desk_restart (desk);
  lanyard_directory_get_load (desk->store, &after);
  g_assert_cmpuint (after.row, ==, before.row);
  g_assert_true (sync_desk_sync (desk, &error));
  g_assert_no_error (error);
  assert_has_all (desk);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static char *
find_chunk (SyncFixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->hub_directory, "snapshot", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".chunk"))
      return g_build_filename (folder, name, NULL);
  g_assert_not_reached ();
}

static void
flip_byte (const char *path, goffset offset)
{
  int fd = g_open (path, O_RDWR | O_CLOEXEC);
  guint8 byte;

  g_assert_cmpint (pread (fd, &byte, 1, offset), ==, 1);
  byte ^= 0x40;
  g_assert_cmpint (pwrite (fd, &byte, 1, offset), ==, 1);
  close (fd);
}

/* A chunk that is not the one that was signed for is not used, and asked for again. */
static void
test_bad_chunk (void)
{
  SyncFixture *fixture = make_compacted ();
  g_autofree char *chunk = find_chunk (fixture);
  g_autoptr (GError) error = NULL;
  SyncDesk *desk;

  flip_byte (chunk, 1000);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "careful");
  g_assert_false (sync_desk_sync (desk, &error));
  g_test_message ("%s", error->message);
  g_assert_cmpuint (lanyard_directory_get_size (desk->store), ==, 0);
  flip_byte (chunk, 1000);
  g_clear_error (&error);
  g_assert_true (sync_desk_sync (desk, &error));
  g_assert_no_error (error);
  assert_has_all (desk);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

/* An old snapshot keeps nobody from the feed, and a chunk that is gone is no end. */
static void
test_gone_chunk (void)
{
  SyncFixture *fixture = make_compacted ();
  g_autofree char *chunk = find_chunk (fixture);
  g_autoptr (GError) error = NULL;
  SyncDesk *desk;

  g_unlink (chunk);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "patient");
  g_assert_false (sync_desk_sync (desk, &error));
  g_clear_error (&error);
  ask_until_over (fixture, "snapshot");
  g_assert_true (sync_desk_sync (desk, &error));
  g_assert_no_error (error);
  assert_has_all (desk);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static guint
fetch (SyncFixture *fixture, SyncDesk *desk, const char *path, const char *range, GBytes **body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strconcat (fixture->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_auto (LanyardIdentity) identity = { 0 };
  g_autofree char *authorization = NULL;
  LanyardToken token = { .method = (char *)"GET", .path = (char *)path };

  lanyard_journal_get_identity (desk->journal, &identity);
  token.device = identity.device;
  token.epoch = identity.epoch;
  token.time_s = g_get_real_time () / G_USEC_PER_SEC;
  authorization = lanyard_token_sign (&token, desk->key);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                authorization);
  if (range != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Range", range);
  *body = soup_session_send_and_read (session, message, NULL, NULL);
  return soup_message_get_status (message);
}

/* Parts of a chunk are what a cache or a download that broke asks for. */
static void
test_ranges (void)
{
  static const struct
  {
    const char *range;
    guint status;
    gssize from, to; /* of the whole; to is exclusive; below 0: from its end */
  } cases[] = {
    { "bytes=0-9", 206, 0, 10 },       { "bytes=100-", 206, 100, 0 },    { "bytes=-7", 206, -7, 0 },
    { "bytes=5-99999999", 206, 5, 0 }, { "bytes=99999999-", 416, 0, 0 }, { "bytes=9-3", 200, 0, 0 },
    { "bytes=0-1,5-6", 200, 0, 0 },    { "lines=1-2", 200, 0, 0 },
  };
  SyncFixture *fixture = make_compacted ();
  g_autofree char *file = find_chunk (fixture);
  g_autofree char *name = g_path_get_basename (file);
  g_autofree char *whole = NULL;
  g_autofree char *path = NULL;
  gsize n_whole;
  SyncDesk *desk;

  g_file_get_contents (file, &whole, &n_whole, NULL);
  name[64] = '\0';
  path = g_strconcat ("/v1/chunks/", name, NULL);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "curious");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = NULL;
      guint status = fetch (fixture, desk, path, cases[i].range, &body);
      gsize from = cases[i].from < 0 ? n_whole - (gsize)-cases[i].from : (gsize)cases[i].from;
      gsize to = cases[i].to == 0 ? n_whole : (gsize)cases[i].to;

      g_test_message ("%s", cases[i].range);
      g_assert_cmpuint (status, ==, cases[i].status);
      if (status != 416)
        g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), whole + from,
                         to - from);
    }
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

/* Entries come out of a chunk as they went in, whatever their shape; mutated ones never do. */
static void
test_chunk (void)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_changes_row_free);
  static const guint8 odd[] = { 0x83, 0x01, 0x61, 0x78, 0x80 };
  g_autoptr (LanyardChunkReader) reader = NULL;
  g_autoptr (GBytes) chunk = NULL;
  LanyardSnapshotPart part;
  GError *error = NULL;
  guint64 gseq;

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (LanyardEntry) entry = sync_fixture_entry (i);
      g_autoptr (GBytes) encoded
          = i % 50 == 7 ? g_bytes_new_static (odd, sizeof odd) : lanyard_entry_encode (entry);

      g_ptr_array_add (rows, lanyard_changes_row_new (i * 3, "-", encoded));
    }
  chunk = lanyard_chunk_pack (rows, &part);
  reader = lanyard_chunk_reader_new (chunk, &part, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GBytes) entry = lanyard_chunk_reader_next (reader, &gseq);

      g_assert_true (g_bytes_equal (entry, ((LanyardChangesRow *)rows->pdata[i])->entry));
      g_assert_cmpuint (gseq, ==, i * 3);
    }
  g_assert_null (lanyard_chunk_reader_next (reader, &gseq));
  for (guint n = 1; n < part.n_bytes; n += 97)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (chunk, 0, n);

      g_assert_null (lanyard_chunk_reader_new (cut, &part, &error));
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/snapshot/chunk", test_chunk);
  g_test_add_func ("/sync/snapshot/below-floor", test_below_floor);
  g_test_add_func ("/sync/snapshot/restart", test_restart);
  g_test_add_func ("/sync/snapshot/bad-chunk", test_bad_chunk);
  g_test_add_func ("/sync/snapshot/gone-chunk", test_gone_chunk);
  g_test_add_func ("/sync/snapshot/ranges", test_ranges);
  return g_test_run ();
}
