/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A new edition of the pack, from "lanyard-hub pack publish" at a hub that serves to the folder
 * from which a desk starts; and all that must not get there.
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hub-run.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-hub-pack.h"
#include "lanyard-link.h"
#include "lanyard-pack-files.h"
#include "lanyard-pack-shelf.h"
#include "lying-hub.h"
#include "sync-fixture.h"

#define SOURCE "resources/packs/small-cup"
#define EVENT "TIDEWATER-CUP-9"

typedef struct
{
  SyncFixture *hub;
  GSubprocess *server; /* owned: the real program */
  LyingHub *liar;      /* owned: between desk and hub */
  SyncDesk *desk;
  char *shelf;      /* owned: folder */
  char *first;      /* owned: folder of the pack that the desk was set up with */
  LanyardPack *use; /* owned (nullable): what the desk runs with */
} Case;

static gint64
now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static GHashTable *
read_source (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), SOURCE, NULL);
  GError *error = NULL;
  GHashTable *files = lanyard_pack_files_read (path, &error);

  g_assert_no_error (error);
  return files;
}

static void
put_text (GHashTable *files, const char *path, const char *text)
{
  g_hash_table_replace (files, g_strdup (path), g_bytes_new (text, strlen (text)));
}

/* Replaces the first @from of pack.json by @to. */
static void
edit (GHashTable *files, const char *from, const char *to)
{
  GBytes *old = g_hash_table_lookup (files, "pack.json");
  g_autoptr (GString) text
      = g_string_new_len (g_bytes_get_data (old, NULL), (gssize)g_bytes_get_size (old));

  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);
  put_text (files, "pack.json", text->str);
}

/* A folder with the pack as edition @version. (transfer full) */
static char *
write_edition (Case *c, GHashTable *files, guint version)
{
  g_autofree char *name = g_strdup_printf ("made-%u", version);
  char *folder = g_build_filename (c->hub->directory, name, NULL);
  g_autofree char *number = g_strdup_printf ("\"version\": %u", version);
  GError *error = NULL;

  if (version != 1)
    edit (files, "\"version\": 1", number);
  lanyard_pack_files_remove (folder);
  lanyard_pack_files_write_all (folder, files, &error);
  g_assert_no_error (error);
  return folder;
}

static void
publish_files (Case *c, HubRun *run, GHashTable *files, guint version)
{
  g_autofree char *folder = write_edition (c, files, version);

  HUB_RUN (run, "pack", "publish", "--dir", c->hub->hub_directory, folder);
}

/* Edition @version, which differs in one text. */
static void
publish (Case *c, guint version)
{
  g_auto (HubRun) run = { 0 };
  g_autoptr (GHashTable) files = read_source ();
  g_autofree char *words
      = g_strdup_printf ("{ \"texts\": { \"welcome\": \"Edition %u\" } }", version);

  put_text (files, "texts/en.json", words);
  publish_files (c, &run, files, version);
  g_assert_cmpstr (run.err, ==, "");
  g_assert_cmpint (run.code, ==, 0);
}

/* As the kiosk starts: the newest pack there is, and an engine that may bring a newer one. */
static void
start_desk (Case *c)
{
  const char *url = lying_hub_get_url (c->liar);
  g_autofree char *version = NULL;
  GError *error = NULL;

  g_clear_pointer (&c->use, lanyard_pack_unref);
  c->use = lanyard_pack_shelf_load (c->shelf, c->first, &c->hub->root, c->hub->venue, now_s (),
                                    &error);
  g_assert_no_error (error);
  sync_desk_make_engine (c->desk, url);
  lanyard_sync_engine_take_shelf (
      c->desk->engine, lanyard_pack_shelf_new (c->shelf, c->use, &c->hub->root, c->hub->venue));
  version = g_strdup_printf ("%u", lanyard_pack_get_version (c->use));
  lanyard_sync_engine_set_pack_version (c->desk->engine, version);
}

static void
set_up (Case *c, gconstpointer data)
{
  g_autofree char *pack = NULL;
  g_autoptr (GHashTable) files = NULL;
  GError *error = NULL;

  c->hub = sync_fixture_new ();
  c->server = hub_serve (c->hub, (const char *const[]){ "--quiet", NULL }, G_SUBPROCESS_FLAGS_NONE);
  c->liar = lying_hub_new ((guint16)atoi (strrchr (c->hub->url, ':') + 1));
  c->desk = sync_desk_new (c->hub, "desk");
  c->shelf = g_build_filename (c->desk->directory, "pack", NULL);
  c->first = g_build_filename (c->desk->directory, "first-pack", NULL);
  pack = g_build_filename (c->hub->hub_directory, "pack", NULL);
  files = lanyard_pack_files_read (pack, &error);
  g_assert_no_error (error);
  lanyard_pack_files_write_all (c->first, files, &error);
  g_assert_no_error (error);
  start_desk (c);
}

static void
tear_down (Case *c, gconstpointer data)
{
  g_clear_pointer (&c->use, lanyard_pack_unref);
  sync_desk_free (c->desk);
  lying_hub_free (c->liar);
  hub_stop (c->server);
  g_clear_object (&c->server);
  sync_fixture_free (c->hub);
  g_free (c->shelf);
  g_free (c->first);
}

static void
sync_well (Case *c)
{
  GError *error = NULL;

  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
}

static void
get_status (Case *c, LanyardLinkStatus *status)
{
  lanyard_link_get_status (LANYARD_LINK (c->desk->engine), status);
}

/* Nothing waits, the next start has edition @version, and records go on. */
static void
assert_stays (Case *c, guint version)
{
  g_auto (LanyardLinkStatus) status = { 0 };

  get_status (c, &status);
  g_assert_cmpuint (status.pack_waiting, ==, 0);
  start_desk (c);
  g_assert_cmpuint (lanyard_pack_get_version (c->use), ==, version);
}

static void
assert_waits (Case *c, guint version)
{
  g_auto (LanyardLinkStatus) status = { 0 };
  g_autofree char *words = g_strdup_printf ("Edition %u", version);

  get_status (c, &status);
  g_assert_cmpstr (status.problem, ==, NULL);
  g_assert_cmpuint (status.pack_waiting, ==, version);
  start_desk (c);
  g_assert_cmpuint (lanyard_pack_get_version (c->use), ==, version);
  g_assert_true (lanyard_pack_is_signed (c->use));
  g_assert_cmpstr (lanyard_pack_get_text (c->use, "welcome", "en"), ==, words);
}

static guint count_requests (Case *c, const char *prefix);

static GBytes *
pass_on (const char *line, GBytes *truth, gpointer user_data)
{
  return g_bytes_ref (truth);
}

/* How many requests that begin with @prefix a round makes. */
static guint
count_requests (Case *c, const char *prefix)
{
  guint before = lying_hub_get_n_lies (c->liar);

  lying_hub_set_lie (c->liar, prefix, pass_on, NULL);
  sync_well (c);
  lying_hub_set_lie (c->liar, prefix, NULL, NULL);
  return lying_hub_get_n_lies (c->liar) - before;
}

static void
test_published (Case *c, gconstpointer data)
{
  g_auto (HubRun) run = { 0 };

  sync_well (c);
  assert_stays (c, 1);
  publish (c, 2);
  /* One file differs, and pack.json: the others are here. */
  g_assert_cmpuint (count_requests (c, "GET /v1/pack/files/"), ==, 2);
  assert_waits (c, 2);
  /* And another one, at a desk that runs with the one before. */
  publish (c, 5);
  sync_well (c);
  assert_waits (c, 5);
  sync_well (c);
  assert_stays (c, 5);

  HUB_RUN (&run, "pack", "status", "--dir", c->hub->hub_directory);
  g_assert_cmpint (run.code, ==, 0);
  g_assert_nonnull (strstr (run.out, "edition       5, published "));
  g_assert_nonnull (strstr (run.out, "\n5             1 desks\n"));
}

/* Two editions while the desk was running: the newer one waits alone. */
static void
test_overtaken (Case *c, gconstpointer data)
{
  publish (c, 2);
  sync_well (c);
  publish (c, 3);
  sync_well (c);
  assert_waits (c, 3);
}

typedef struct
{
  const char *what;
  const char *from, *to; /* in pack.json; (nullable) */
  const char *said;
  guint version;
} Refused;

/* What the hub says in a sentence instead of publishing it. */
static void
test_refused (Case *c, gconstpointer data)
{
  static const Refused cases[] = {
    { "the same edition", NULL, NULL, "raise the number in pack.json", 4 },
    { "an earlier edition", NULL, NULL, "raise the number in pack.json", 3 },
    { "another event", "\"" EVENT "\"", "\"LARGE-CUP\"", "The pack is of event LARGE-CUP", 7 },
    { "no JSON", "{", "[", "pack.json", 8 },
  };
  g_autofree char *before = g_build_filename (c->hub->hub_directory, "pack.staged", NULL);
  g_auto (HubRun) run = { 0 };

  publish (c, 4);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) files = read_source ();

      g_test_message ("%s", cases[i].what);
      if (cases[i].from != NULL && *cases[i].from != '{')
        edit (files, cases[i].from, cases[i].to);
      else if (cases[i].from != NULL)
        put_text (files, "pack.json", "[ \"version\": 1 ]");
      publish_files (c, &run, files, cases[i].version);
      g_assert_cmpint (run.code, !=, 0);
      g_assert_nonnull (strstr (run.err, cases[i].said));
      g_assert_false (g_file_test (before, G_FILE_TEST_EXISTS));
    }
  sync_well (c);
  assert_waits (c, 4);
}

/* Two people publish at once: the second is told, and nothing of the first's is touched. */
static void
test_one_at_a_time (Case *c, gconstpointer data)
{
  g_autofree char *staged = g_build_filename (c->hub->hub_directory, "pack.staged", NULL);
  g_autoptr (GHashTable) files = read_source ();
  g_auto (HubRun) run = { 0 };
  GError *error = NULL;
  int lock_fd = lanyard_hub_lock_pack (c->hub->hub_directory, &error);

  g_assert_no_error (error);
  g_assert_true (lanyard_hub_stage_pack (c->hub->hub_directory, c->first, &error));
  publish_files (c, &run, files, 2);
  g_assert_cmpint (run.code, !=, 0);
  g_assert_nonnull (strstr (run.err, "Somebody else is publishing"));
  g_assert_true (g_file_test (staged, G_FILE_TEST_EXISTS));
  close (lock_fd);
  publish (c, 3);
  sync_well (c);
  assert_waits (c, 3);
}

/* A desk whose venue is gone could not open the pack: nobody publishes it. */
static void
test_venue_gone (Case *c, gconstpointer data)
{
  g_auto (HubRun) run = { 0 };
  g_autoptr (GHashTable) files = read_source ();
  g_autofree char *code = g_strdup_printf ("\"code\": \"%s\"", c->hub->venue);

  put_text (files, "texts/es.json", "{}");
  edit (files, code, "\"code\": \"ELSEWHERE\"");
  publish_files (c, &run, files, 2);
  g_assert_cmpint (run.code, !=, 0);
  g_test_message ("%s", run.err);
  g_assert_nonnull (strstr (run.err, "The pack has no venue"));
  sync_well (c);
  assert_stays (c, 1);
}

/* --- what comes over the line --- */

static GBytes *
spoil_last_byte (const char *line, GBytes *truth, gpointer user_data)
{
  gsize n_bytes;
  guint8 *copy;

  g_assert_cmpuint (g_bytes_get_size (truth), >, 0);
  copy = g_bytes_unref_to_data (g_bytes_ref (truth), &n_bytes);
  copy[n_bytes - 1] ^= 1;
  return g_bytes_new_take (copy, n_bytes);
}

static GBytes *
say_absent (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) words = g_bytes_new_static ("no", 2);

  return lying_hub_answer (404, TRUE, words);
}

static GBytes *
say_much (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) much
      = g_bytes_new_take (g_malloc0 (LANYARD_PACK_MAX_FILE_BYTES), LANYARD_PACK_MAX_FILE_BYTES);

  return lying_hub_answer (200, TRUE, much);
}

static const struct
{
  const char *what;
  const char *prefix;
  LyingHubFunc lie;
} lies[] = {
  { "an altered file", "GET /v1/pack/files/", spoil_last_byte },
  { "a missing file", "GET /v1/pack/files/", say_absent },
  { "a file that is too long", "GET /v1/pack/files/", say_much },
  { "an altered edition", "GET /v1/pack ", spoil_last_byte },
};

/* Nothing of it is taken, everything else goes on, and with the truth it comes after all. */
static void
test_lies (Case *c, gconstpointer data)
{
  publish (c, 2);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_auto (LanyardLinkStatus) status = { 0 };

      g_test_message ("%s", lies[i].what);
      lying_hub_set_lie (c->liar, lies[i].prefix, lies[i].lie, NULL);
      sync_desk_chatter (c->desk, 3);
      sync_well (c);
      lying_hub_set_lie (c->liar, lies[i].prefix, NULL, NULL);
      get_status (c, &status);
      g_assert_nonnull (status.problem);
      g_assert_cmpuint (sync_desk_pending (c->desk), ==, 0);
      assert_stays (c, 1);
    }
  sync_well (c);
  assert_waits (c, 2);
}

/* What a hub said once is said again, by a relay or by somebody else, when there is a newer one. */
static GBytes *
repeat (const char *line, GBytes *truth, gpointer kept)
{
  return g_bytes_ref (kept);
}

static GBytes *
keep (const char *line, GBytes *truth, gpointer kept)
{
  GBytes **place = kept;

  g_clear_pointer (place, g_bytes_unref);
  *place = g_bytes_ref (truth);
  return g_bytes_ref (truth);
}

static void
test_roll_back (Case *c, gconstpointer data)
{
  g_autoptr (GBytes) old = NULL;

  publish (c, 2);
  lying_hub_set_lie (c->liar, "GET /v1/pack ", keep, &old);
  sync_well (c);
  assert_waits (c, 2);
  publish (c, 3);
  lying_hub_set_lie (c->liar, "GET /v1/pack ", NULL, NULL);
  sync_well (c);
  assert_waits (c, 3);
  g_assert_nonnull (old);
  lying_hub_set_lie (c->liar, "GET /v1/pack ", repeat, old);
  sync_well (c);
  lying_hub_set_lie (c->liar, "GET /v1/pack ", NULL, NULL);
  assert_stays (c, 3);
}

/* The line breaks after each file: what came is not asked for again, and nothing is mixed. */
static GBytes *
break_after (const char *line, GBytes *truth, gpointer left)
{
  guint *n = left;

  if (*n == 0)
    return NULL;
  (*n)--;
  return g_bytes_ref (truth);
}

static void
test_cut (Case *c, gconstpointer data)
{
  g_autoptr (GHashTable) files = read_source ();
  g_auto (HubRun) run = { 0 };
  const guint n_files = 6;

  put_text (files, "texts/en.json", "{ \"texts\": { \"welcome\": \"Edition 2\" } }");
  for (guint i = 2; i < n_files; i++)
    {
      g_autofree char *path = g_strdup_printf ("branding/part-%u.svg", i);

      put_text (files, path, path);
    }
  publish_files (c, &run, files, 2);
  g_assert_cmpstr (run.err, ==, "");
  for (guint i = 0; i < n_files - 1; i++)
    {
      guint left = 1;

      lying_hub_set_lie (c->liar, "GET /v1/pack/files/", break_after, &left);
      g_assert_false (sync_desk_sync (c->desk, NULL));
      lying_hub_set_lie (c->liar, "GET /v1/pack/files/", NULL, NULL);
      g_assert_cmpuint (left, ==, 0);
      /* As after a power cut: from the disk alone. */
      assert_stays (c, 1);
    }
  g_assert_cmpuint (count_requests (c, "GET /v1/pack/files/"), ==, 1);
  assert_waits (c, 2);
}

/* A disk that lost something of it, and folders that were never finished. */
static void
test_damage (Case *c, gconstpointer data)
{
  g_autofree char *text = g_build_filename (c->shelf, "edition-2", "texts", "en.json", NULL);
  g_autofree char *half = g_build_filename (c->shelf, "assembly", NULL);
  g_autofree char *empty = g_build_filename (c->shelf, "edition-9", NULL);

  publish (c, 2);
  sync_well (c);
  assert_waits (c, 2);
  g_assert_cmpint (g_mkdir (half, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  start_desk (c);
  g_assert_cmpuint (lanyard_pack_get_version (c->use), ==, 2);
  g_assert_true (g_file_set_contents (text, "{}", -1, NULL));
  start_desk (c);
  g_assert_cmpuint (lanyard_pack_get_version (c->use), ==, 1);
  /* It comes again. */
  sync_well (c);
  assert_waits (c, 2);
}

/* Over a relay, also when its line to the hub is cut after one desk has it. */
static void
test_relay (Case *c, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (c->hub->directory, "relay", NULL);
  g_autofree char *root = lanyard_hex_encode (c->hub->root.bytes, sizeof c->hub->root.bytes);
  const char *words[] = { "serve", "--dir",      folder,      "--listen", "127.0.0.1:0", "--root",
                          root,    "--upstream", c->hub->url, "--quiet",  NULL };
  g_autoptr (GSubprocess) relay = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (relay));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_autofree char *other = g_build_filename (c->desk->directory, "other", NULL);
  LyingHub *direct = c->liar;

  g_assert_nonnull (line);
  c->liar = lying_hub_new ((guint16)atoi (strrchr (line, ':') + 1));
  publish (c, 2);
  start_desk (c);
  sync_well (c);
  assert_waits (c, 2);
  /* Another desk of the venue, from what the relay kept. */
  hub_stop (c->server);
  g_free (c->shelf);
  c->shelf = g_steal_pointer (&other);
  start_desk (c);
  g_assert_cmpuint (lanyard_pack_get_version (c->use), ==, 1);
  /* The first try may be what tells the relay that its line is cut. */
  for (guint i = 0; i < 100 && lanyard_pack_get_version (c->use) == 1; i++)
    {
      sync_desk_sync (c->desk, NULL);
      start_desk (c);
    }
  g_assert_cmpuint (lanyard_pack_get_version (c->use), ==, 2);
  lying_hub_free (c->liar);
  c->liar = direct;
  hub_stop (relay);
  g_object_unref (c->server);
  c->server = hub_serve (c->hub, (const char *const[]){ "--quiet", NULL }, G_SUBPROCESS_FLAGS_NONE);
}

int
main (int argc, char **argv)
{
  lanyard_hash_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/pack/one-at-a-time", Case, NULL, set_up, test_one_at_a_time, tear_down);
  g_test_add ("/sync/pack/published", Case, NULL, set_up, test_published, tear_down);
  g_test_add ("/sync/pack/overtaken", Case, NULL, set_up, test_overtaken, tear_down);
  g_test_add ("/sync/pack/refused", Case, NULL, set_up, test_refused, tear_down);
  g_test_add ("/sync/pack/venue-gone", Case, NULL, set_up, test_venue_gone, tear_down);
  g_test_add ("/sync/pack/lies", Case, NULL, set_up, test_lies, tear_down);
  g_test_add ("/sync/pack/roll-back", Case, NULL, set_up, test_roll_back, tear_down);
  g_test_add ("/sync/pack/cut", Case, NULL, set_up, test_cut, tear_down);
  g_test_add ("/sync/pack/damage", Case, NULL, set_up, test_damage, tear_down);
  g_test_add ("/sync/pack/relay", Case, NULL, set_up, test_relay, tear_down);
  return g_test_run ();
}
