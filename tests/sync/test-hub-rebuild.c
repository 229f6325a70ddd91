/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "hub-run.h"
#include "postgres-server.h"

/* The hub's disk is lost. From the keys, the list of desks, the roster, one desk's journal and an
 * export of the other's records comes a hub that knows the same. */

/* What people decided at the hub: about badges, records and desks, and who did what. */
static void
describe_decisions (LanyardHubStore *store, const LanyardTrustList *trust, GString *text)
{
  g_autoptr (GPtrArray) numbers = store->ops->list_decided (store, NULL);
  g_autoptr (GPtrArray) asides = store->ops->list_quarantine (store, TRUE, 0, 0, 0, 100, NULL);
  g_autoptr (GPtrArray) revocations = store->ops->list_revocations (store, NULL);
  g_autoptr (GPtrArray) deeds = store->ops->list_deeds (store, 0, 100, NULL);
  g_autoptr (GPtrArray) questions = store->ops->list_questions (store, "", 100, NULL);

  for (guint i = 0; i < numbers->len; i++)
    {
      const char *number = g_ptr_array_index (numbers, i);
      g_autoptr (GPtrArray) all = store->ops->list_resolutions (store, number, NULL);

      for (guint k = 0; k < all->len; k++)
        {
          const LanyardResolution *one = g_ptr_array_index (all, k);
          g_autofree char *voids = g_strjoinv (",", one->voids);
          g_autofree char *settles = g_strjoinv (",", one->settles);

          g_string_append_printf (text, "%s: %s keeps %s voids %s settles %s: %d %s %s at %ld\n",
                                  number, one->id, one->keep, voids, settles, (int)one->reason,
                                  one->who, one->second == NULL ? "alone" : one->second,
                                  (long)one->at_us);
        }
    }
  for (guint i = 0; i < asides->len; i++)
    {
      const LanyardHubAside *aside = g_ptr_array_index (asides, i);

      if (!g_str_equal (aside->decision, "retried")) /* it makes sense, and is not aside any more */
        g_string_append_printf (text, "aside %u/%u/%u %s: %s %s %s at %ld\n", aside->device,
                                aside->epoch, (guint)aside->seq, aside->why, aside->decision,
                                aside->decided_by, aside->reason, (long)aside->decided_us);
    }
  for (guint i = 0; i < revocations->len; i++)
    {
      const LanyardHubRevocation *revocation = g_ptr_array_index (revocations, i);

      g_string_append_printf (text, "revoked %u/%u %s %s at %ld\n", revocation->device,
                              revocation->epoch, revocation->person, revocation->reason,
                              (long)revocation->at_us);
    }
  for (guint i = 0; i < deeds->len; i++)
    {
      const LanyardHubDeed *deed = g_ptr_array_index (deeds, i);

      g_string_append_printf (text, "deed %s %s %s %s at %ld\n", deed->person, deed->what,
                              deed->subject, deed->reason, (long)deed->at_us);
    }
  g_string_append_printf (text, "%u questions\n", questions->len);
  for (guint i = 0; i < lanyard_trust_list_get_n_keys (trust); i++)
    {
      const LanyardTrustedKey *key = lanyard_trust_list_get_key (trust, i);

      g_string_append_printf (text, "key of %u: %u\n", key->device, (guint)key->scopes);
    }
}

/* All that a hub knows of badges, of people, and of what is void, in words. */
static char *
describe (const char *directory)
{
  g_autoptr (LanyardHub) hub = lanyard_hub_open (directory, NULL, NULL);
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) entries = store->ops->list_entries (store, "", 100, NULL);
  g_autoptr (GPtrArray) badges = store->ops->read_badges (store, "", 100, NULL);
  g_autoptr (GPtrArray) lists = store->ops->list_void (store, NULL);
  g_autoptr (GPtrArray) serials = store->ops->list_void_serials (store, 100, NULL);
  g_autoptr (GArray) pickups = store->ops->list_pickups (store, 0, NULL);
  GString *text = g_string_new (NULL);

  describe_decisions (store, lanyard_hub_get_trust (hub), text);
  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      g_string_append_printf (text, "%s %s %u %u %u\n", badge->serial, badge->number, badge->device,
                              badge->sequence, badge->flags);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      GBytes *entry = g_ptr_array_index (entries, i);
      g_autofree char *hex
          = lanyard_hex_encode (g_bytes_get_data (entry, NULL), g_bytes_get_size (entry));

      g_string_append_printf (text, "%s\n", hex);
    }
  for (guint i = 0; i < lists->len; i++)
    {
      const LanyardHubHolding *holding = g_ptr_array_index (lists, i);

      g_string_append_printf (text, "void %s below %u, %u open, %s\n", holding->number,
                              lanyard_hub_holding_get_lowest_valid (holding), holding->open_badges,
                              holding->disputed ? "disputed" : "fine");
    }
  for (guint i = 0; i < serials->len; i++)
    g_string_append_printf (text, "void %s\n", (const char *)g_ptr_array_index (serials, i));
  for (guint i = 0; i < pickups->len; i++)
    {
      const LanyardHubPickups *row = &g_array_index (pickups, LanyardHubPickups, i);

      g_string_append_printf (text, "%u/%u: %u\n", row->device, row->epoch, (guint)row->n);
    }
  return g_string_free (text, FALSE);
}

static void
must (HubRun *run)
{
  if (run->code != 0)
    g_error ("%s", run->err);
}

static void
test_rebuild (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *root = lanyard_hex_encode (fixture->root.bytes, LANYARD_PUBLIC_KEY_BYTES);
  g_autofree char *enrolments = g_build_filename (fixture->directory, "enrolments.jsonl", NULL);
  g_autofree char *records = g_build_filename (fixture->directory, "records.jsonl", NULL);
  g_autofree char *journal = g_build_filename (fixture->directory, "a", "journal.db", NULL);
  g_autofree char *first = sync_fixture_number (0);
  g_autofree char *second = sync_fixture_number (1);
  g_autofree char *void_serial = NULL;
  g_autofree char *serial_a = NULL;
  g_autofree char *serial_b = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) roster
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  g_auto (HubRun) run = { 0 };
  GError *error = NULL;
  SyncDesk *a, *b;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (roster, sync_fixture_entry (i));
  sync_fixture_import_entries (fixture, roster, photos);
  sync_fixture_start_hub (fixture);
  a = sync_desk_new (fixture, "a");
  b = sync_desk_new (fixture, "b");
  serial_a = sync_desk_issue (a, first);
  serial_b = sync_desk_issue (b, first); /* a conflict */
  void_serial = sync_desk_issue (b, second);
  sync_desk_void (b, void_serial);
  sync_desk_chatter (a, 3);
  sync_desk_sync (a, &error);
  g_assert_no_error (error);
  sync_desk_sync (b, &error);
  g_assert_no_error (error);
  sync_fixture_stop_hub (fixture);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "enrolments", "-o", enrolments);
  must (&run);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "records", "-o", records);
  must (&run);
  before = describe (fixture->hub_directory);
  sync_desk_free (a);

  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, "--root", root, "--enrolments",
           enrolments, journal);
  g_assert_cmpint (run.code, ==, 1); /* never over a database that is there */
  sync_fixture_lose (fixture);
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, "--root", root, "--enrolments",
           enrolments);
  must (&run);
  sync_fixture_import_entries (fixture, roster, photos);
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, journal, records);
  must (&run);
  g_assert_nonnull (strstr (run.out, " 0 not taken"));
  after = describe (fixture->hub_directory);
  g_assert_cmpstr (after, ==, before);

  /* The desk that was there all the time goes on with it. */
  sync_fixture_start_hub (fixture);
  sync_desk_chatter (b, 2);
  sync_desk_sync (b, &error);
  g_clear_error (&error); /* the feed began anew: an alarm, and no reason to stop */
  g_assert_cmpuint (sync_desk_pending (b), ==, 0);
  sync_desk_free (b);
  sync_fixture_free (fixture);
}

/* The shop of test_decisions. */
typedef struct
{
  SyncFixture *fixture;
  GPtrArray *roster; /* (element-type LanyardEntry) */
  char *decisions;   /* DIR/decisions.jsonl */
  char *enrolments;
  char *records;
  char *before;
} Decided;

static void
decided_clear (Decided *decided)
{
  g_free (decided->decisions);
  g_free (decided->enrolments);
  g_free (decided->records);
  g_free (decided->before);
  g_ptr_array_unref (decided->roster);
  sync_fixture_free (decided->fixture);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decided, decided_clear)

#define OPERATE(...)                                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_auto (HubRun) operate_run = { 0 };                                                           \
                                                                                                   \
    HUB_RUN (&operate_run, __VA_ARGS__, "--dir", decided->fixture->hub_directory, "--by", "Nine"); \
    must (&operate_run);                                                                           \
  }                                                                                                \
  G_STMT_END

/* Two badges of one person, two that a lost desk left, and two records that make no sense yet. */
static void
let_things_happen (Decided *decided, char **keep, char **left, char **gone)
{
  SyncFixture *fixture = decided->fixture;
  SyncDesk *desks[3];
  char *numbers[5];
  GError *error = NULL;
  LanyardId pickup;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = sync_fixture_number (i < 3 ? i : i + 10);
  desks[0] = sync_desk_new (fixture, "a");
  desks[1] = sync_desk_new (fixture, "b");
  desks[2] = sync_desk_new (fixture, "lost");
  g_free (sync_desk_issue (desks[0], numbers[0]));
  *keep = sync_desk_issue (desks[1], numbers[0]);
  g_free (sync_desk_issue (desks[1], numbers[3])); /* 1 and more of desk 2: nobody knows them */
  g_free (sync_desk_issue (desks[1], numbers[4]));
  *left = sync_desk_begin (desks[2], numbers[1], &pickup);
  *gone = sync_desk_begin (desks[2], numbers[2], &pickup);
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      sync_desk_sync (desks[i], &error);
      g_assert_no_error (error);
      sync_desk_free (desks[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_free (numbers[i]);
}

/* (transfer full): DESK/EPOCH/SEQ of the @nth record that is aside */
static char *
find_aside (Decided *decided, guint nth)
{
  g_auto (HubRun) run = { 0 };
  g_auto (GStrv) lines = NULL;

  HUB_RUN (&run, "quarantine", "--dir", decided->fixture->hub_directory);
  must (&run);
  lines = g_strsplit (run.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, nth);
  *strchr (lines[nth], ' ') = '\0';
  return g_strdup (lines[nth]);
}

/* The very same each time; @n: 4: also the second of the people whom the hub did not know */
static void
import_roster (Decided *decided, guint n)
{
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (some, g_ptr_array_index (decided->roster, i));
  sync_fixture_import_entries (decided->fixture, some, photos);
}

/* Everything that an operator can decide; then what is needed to rebuild is put apart. */
static void
decide_all (Decided *decided)
{
  g_autofree char *number = sync_fixture_number (0);
  g_autofree char *keep = NULL;
  g_autofree char *left = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *nobody = NULL;
  g_autofree char *late = NULL;

  import_roster (decided, 3);
  sync_fixture_start_hub (decided->fixture);
  let_things_happen (decided, &keep, &left, &gone);
  sync_fixture_stop_hub (decided->fixture);
  nobody = find_aside (decided, 0);
  OPERATE ("quarantine", "dismiss", nobody, "--reason", "a test print");
  import_roster (decided, 4);
  for (guint n = sync_fixture_count (decided->fixture, "quarantined"); n > 0; n--)
    {
      g_auto (HubRun) run = { 0 };

      g_free (late);
      late = find_aside (decided, n - 1);
      HUB_RUN (&run, "quarantine", "--dir", decided->fixture->hub_directory, "retry", late, "--by",
               "Nine");
      g_assert_cmpint (run.code, <=, 1);
    }
  OPERATE ("devices", "revoke", "3", "--reason", "stolen");
  OPERATE ("conflicts", "resolve", number, "--keep", keep, "--reason", "in-hand");
  OPERATE ("questions", "answer", left, "--became", "handed-over", "--reason", "seen");
  OPERATE ("questions", "answer", gone, "--became", "destroyed", "--reason", "in the bin");
  OPERATE ("export", "enrolments", "-o", decided->enrolments);
  OPERATE ("export", "records", "-o", decided->records);
}

static void
lose_hub (Decided *decided, const char *copy)
{
  g_autofree char *content = hub_read (decided->decisions);

  g_free (hub_write (decided->fixture, copy, content));
  g_assert_cmpint (g_unlink (decided->decisions), ==, 0);
  sync_fixture_lose (decided->fixture);
}

static void
set_up_decided (Decided *decided)
{
  decided->fixture = sync_fixture_new ();
  decided->roster = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (decided->roster, sync_fixture_entry (i < 3 ? i : 14));
  decided->decisions = g_build_filename (decided->fixture->hub_directory, "decisions.jsonl", NULL);
  decided->enrolments = g_build_filename (decided->fixture->directory, "enrolments.jsonl", NULL);
  decided->records = g_build_filename (decided->fixture->directory, "records.jsonl", NULL);
  decide_all (decided);
  decided->before = describe (decided->fixture->hub_directory);
}

/* What operators decided is in no journal. If this fails, a hub that was rebuilt asks people again
 * what they have answered, trusts a stolen desk, or voids the badge that was to stay. */
static void
test_decisions (void)
{
  g_auto (Decided) decided = { 0 };
  g_autofree char *copy = NULL;
  g_autofree char *root = NULL;
  g_autofree char *after = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *again = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) others = NULL;
  g_auto (HubRun) run = { 0 };

  set_up_decided (&decided);
  root = lanyard_hex_encode (decided.fixture->root.bytes, LANYARD_PUBLIC_KEY_BYTES);
  kept = hub_read (decided.decisions);
  lose_hub (&decided, "apart.jsonl");
  copy = g_build_filename (decided.fixture->directory, "apart.jsonl", NULL);
  HUB_RUN (&run, "rebuild", "--dir", decided.fixture->hub_directory, "--root", root, "--enrolments",
           decided.enrolments, "--decisions", copy);
  g_assert_cmpint (run.code, ==, 1); /* the records that were decided about are not here yet */
  g_assert_nonnull (strstr (run.err, "cannot be done yet"));
  import_roster (&decided, 4);
  HUB_RUN (&run, "rebuild", "--dir", decided.fixture->hub_directory, "--decisions", copy,
           decided.records);
  must (&run);
  after = describe (decided.fixture->hub_directory);
  g_assert_cmpstr (after, ==, decided.before);
  /* Once more changes nothing. The new hub keeps the same lines, but for the record that makes
   * sense at once this time. */
  HUB_RUN (&run, "rebuild", "--dir", decided.fixture->hub_directory, "--decisions", copy);
  must (&run);
  g_assert_nonnull (strstr (run.out, "0 decisions taken, 0 not taken"));
  again = hub_read (decided.decisions);
  lines = g_strsplit (again, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_nonnull (strstr (kept, lines[i]));
  others = g_strsplit (kept, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines) + 1, ==, g_strv_length (others));
}

/* An operator is not told that something is done which a rebuilt hub would not know of; a line that
 * was cut off is written again, on a line of its own, and one that was changed is not taken. */
static void
test_file (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *path = g_build_filename (fixture->hub_directory, "decisions.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *copy = NULL;
  g_auto (HubRun) run = { 0 };
  char *reason;

  sync_fixture_start_hub (fixture);
  sync_desk_free (sync_desk_new (fixture, "a"));
  sync_fixture_stop_hub (fixture);
  g_unlink (path);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  HUB_RUN (&run, "devices", "--dir", fixture->hub_directory, "revoke", "1", "--reason", "stolen");
  g_assert_cmpint (run.code, !=, 0);
  g_assert_nonnull (strstr (run.err, "decisions.jsonl"));
  g_assert_cmpint (g_rmdir (path), ==, 0);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "deeds", "-o", "/dev/null");
  text = hub_read (path);
  g_assert_nonnull (strstr (text, "\"decision\":\"revoked\"")); /* the next one brings it */

  cut = g_strndup (text, strlen (text) - 20);
  g_assert_true (g_file_set_contents (path, cut, -1, NULL));
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, "--decisions", path);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_nonnull (strstr (run.out, "0 decisions taken, 1 not taken"));
  g_free (cut);
  cut = hub_read (path);
  g_assert_true (g_str_has_suffix (cut, "\"}\n"));
  g_assert_cmpuint (strlen (cut), >, strlen (text));

  reason = strstr (text, "\"reason\":\"stolen\"");
  reason[strlen ("\"reason\":\"")] = 'S';
  copy = hub_write (fixture, "changed.jsonl", text);
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, "--decisions", copy);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_nonnull (strstr (run.err, "changed.jsonl:1"));
  g_assert_nonnull (strstr (run.out, "0 decisions taken, 1 not taken"));
  sync_fixture_free (fixture);
}

/* A record that was changed, and one whose predecessor is missing. */
static void
test_refused (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *path = g_build_filename (fixture->directory, "records.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autofree char *tail = NULL;
  g_auto (HubRun) run = { 0 };
  GError *error = NULL;
  SyncDesk *desk;
  char *hex;

  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  sync_desk_chatter (desk, 4);
  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
  sync_fixture_stop_hub (fixture);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "records", "-o", path);
  must (&run);
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, path);
  must (&run); /* all are there already */
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 4);
  text = hub_read (path);
  hex = strstr (strchr (text, '\n'), "\"record\":\"") + strlen ("\"record\":\"") + 20;
  *hex = *hex == '0' ? '1' : '0';
  g_free (hub_write (fixture, "records.jsonl", text));
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, path);
  g_assert_cmpint (run.code, !=, 0);
  g_assert_nonnull (strstr (run.err, "records.jsonl:2: Record 1/1/2 does not follow"));
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static void
copy_file (SyncFixture *fixture, const char *from, const char *to)
{
  g_autofree char *source = g_build_filename (fixture->directory, from, NULL);
  g_autofree char *path = g_build_filename (fixture->directory, to, NULL);
  g_autofree char *content = NULL;
  gsize n_content;

  g_assert_true (g_file_get_contents (source, &content, &n_content, NULL));
  g_assert_true (g_file_set_contents (path, content, (gssize)n_content, NULL));
}

static LanyardJournal *
open_journal (const char *path)
{
  GError *error = NULL;
  LanyardJournal *journal = lanyard_journal_open (path, LANYARD_JOURNAL_CREATE, NULL, &error);

  g_assert_no_error (error);
  return journal;
}

/* A machine was copied with its keys, and both wrote on without a hub: two journals of one device
 * and epoch that part. The first is taken whole, the other is told of and kept whole from where it
 * parts, and the sources behind it are taken. If this fails, badges that are in people's hands are
 * in no record, or the journals of other desks are left out. */
static void
test_clone (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *root = lanyard_hex_encode (fixture->root.bytes, LANYARD_PUBLIC_KEY_BYTES);
  g_autofree char *enrolments = g_build_filename (fixture->directory, "enrolments.jsonl", NULL);
  g_autofree char *journal = g_build_filename (fixture->directory, "a", "journal.db", NULL);
  g_autofree char *clone = g_build_filename (fixture->directory, "clone.db", NULL);
  g_autofree char *third = g_build_filename (fixture->directory, "c", "journal.db", NULL);
  g_autofree char *other
      = g_build_filename (fixture->hub_directory, "other-chain-1-1-1.jsonl", NULL);
  g_autofree char *number = sync_fixture_number (0);
  g_autofree char *serial = NULL;
  g_autofree char *kept = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (HubRun) run = { 0 };
  GError *error = NULL;
  guint64 common, n_clone;
  LanyardHub *hub;
  LanyardHubCounts counts = { 0 };
  SyncDesk *a, *c, alone = { 0 };

  sync_fixture_import (fixture, 0, 3);
  sync_fixture_start_hub (fixture);
  a = sync_desk_new (fixture, "a");
  c = sync_desk_new (fixture, "c");
  sync_desk_sync (a, &error);
  g_assert_no_error (error);
  sync_desk_chatter (a, 250); /* more than is stored at a time */
  sync_desk_chatter (c, 7);
  sync_fixture_stop_hub (fixture);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "enrolments", "-o", enrolments);
  must (&run);
  common = lanyard_journal_get_head_seq (a->journal);
  sync_desk_free (a);
  sync_desk_free (c);
  copy_file (fixture, "a/journal.db", "clone.db");
  alone.journal = open_journal (clone);
  serial = sync_desk_issue (&alone, number);
  sync_desk_chatter (&alone, 450);
  n_clone = lanyard_journal_get_head_seq (alone.journal) - common;
  lanyard_journal_close (alone.journal);
  alone.journal = open_journal (journal);
  sync_desk_chatter (&alone, 30);
  lanyard_journal_close (alone.journal);

  sync_fixture_lose (fixture);
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, "--root", root, "--enrolments",
           enrolments, journal, clone, third);
  g_assert_cmpint (run.code, !=, 0);
  g_assert_nonnull (strstr (run.err, "two machines wrote as desk 1 epoch 1"));
  hub = lanyard_hub_open (fixture->hub_directory, NULL, NULL);
  g_assert_true (
      lanyard_hub_get_store (hub)->ops->count (lanyard_hub_get_store (hub), &counts, NULL));
  g_assert_cmpuint (counts.records, ==, common + 30 + 7);
  g_assert_cmpuint (counts.alarms, ==, 1);
  lanyard_hub_close (hub);
  kept = hub_read (other);
  lines = g_strsplit (kept, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, n_clone + 1);
  g_assert_nonnull (strstr (lines[0], "\"seq\":"));
  g_assert_cmpuint (g_ascii_strtoull (strstr (lines[0], "\"seq\":") + 6, NULL, 10), ==, common + 1);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/hub-rebuild/rebuild", test_rebuild);
  g_test_add_func ("/sync/hub-rebuild/decisions", test_decisions);
  g_test_add_func ("/sync/hub-rebuild/decisions-file", test_file);
  g_test_add_func ("/sync/hub-rebuild/refused", test_refused);
  g_test_add_func ("/sync/hub-rebuild/clone", test_clone);
  return g_test_run ();
}
