/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The journal on a disk whose power is cut at any operation. LANYARD_CUTS sets how many cuts of
 * runs that are cut at each place; what matters as much is that the same harness does report losses
 * where there must be some.
 */

#include "store-fixture.h"

#include "crash-vfs.h"
#include "lanyard-error.h"
#include "lanyard-journal-private.h"

#include <sys/syscall.h>
#include <unistd.h>

#define MAX_STEPS 14
#define DEFAULT_CUTS 1000
#define WALK_STEPS 12
#define CUTS_A_PLACE 200

typedef struct
{
  guint n_cuts;
  guint n_disks;   /* that were looked at */
  guint n_lost;    /* something acknowledged is gone */
  guint n_corrupt; /* the journal does not open, or does not hold together */
} Tally;

/* The folder's fsync() of the program under test goes to the disk that forgets. */
int
fsync (int fd)
{
  crash_vfs_sync_folder ();
  return (int)syscall (SYS_fsync, fd);
}

static guint
get_cuts (void)
{
  const char *text = g_getenv ("LANYARD_CUTS");

  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : DEFAULT_CUTS;
}

static gboolean
take_step (LanyardJournal *journal, guint n, LanyardId *id)
{
  static const struct
  {
    guint16 kind;
    LanyardPickupState from, to;
  } steps[] = {
    { LANYARD_RECORD_RESERVED, LANYARD_PICKUP_IDLE, LANYARD_PICKUP_RESERVED },
    { LANYARD_RECORD_PRINTING, LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_PRINTING },
    { LANYARD_RECORD_ISSUED, LANYARD_PICKUP_PRINTING, LANYARD_PICKUP_ISSUED },
  };
  LanyardStep step = {
    .kind = steps[n % 3].kind,
    .from = steps[n % 3].from,
    .to = steps[n % 3].to,
    .accreditation = "26000001X",
  };

  if (n % 3 == 0)
    lanyard_id_init_random (id, n);
  step.pickup = *id;
  return lanyard_journal_commit (journal, &step, NULL, NULL);
}

/* Commits until the power fails. Returns: how many were acknowledged; the hash of the last of them
 */
static guint64
work (StoreFixture *fixture, const char *pragma, GRand *rand, LanyardHash *hash)
{
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (fixture->journal_path, 0, &fixture->clock, NULL);
  guint64 acknowledged = 0;
  guint n_steps = (guint)g_rand_int_range (rand, 1, MAX_STEPS + 1);
  LanyardId id = { 0 };

  if (journal == NULL)
    return 0;
  lanyard_journal_set_reserve_bytes (journal, 1);
  if (pragma != NULL)
    lanyard_database_exec (lanyard_journal_get_database (journal), pragma, NULL);
  /* So that checkpoints are cut as well. */
  if (g_rand_boolean (rand))
    lanyard_database_exec (lanyard_journal_get_database (journal), "PRAGMA wal_autocheckpoint = 12",
                           NULL);
  for (guint i = 0; i < n_steps && take_step (journal, i, &id); i++)
    {
      acknowledged = lanyard_journal_get_head_seq (journal);
      lanyard_journal_get_head_hash (journal, hash);
    }
  return acknowledged;
}

/* The power is back: is everything that was acknowledged there, and sound? */
static void
look (StoreFixture *fixture, guint64 acknowledged, const LanyardHash *hash, Tally *tally)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (fixture->journal_path, 0, &fixture->clock, &error);
  g_autoptr (GPtrArray) records = NULL;

  tally->n_cuts++;
  if (journal == NULL || !lanyard_database_check (lanyard_journal_get_database (journal), &error)
      || !lanyard_journal_verify (journal, NULL, &error))
    {
      tally->n_corrupt++;
      return;
    }
  if (acknowledged == 0)
    return;
  records = lanyard_journal_read (journal, acknowledged - 1, 1, &error);
  if (records == NULL || records->len == 0
      || !lanyard_hash_equal (&((LanyardRecord *)records->pdata[0])->hash, hash))
    tally->n_lost++;
}

static void
provision (StoreFixture *fixture)
{
  g_autoptr (LanyardJournal) journal = NULL;

  crash_vfs_clear ();
  journal = store_fixture_open_journal (fixture);
  g_clear_pointer (&journal, lanyard_journal_close);
  crash_vfs_save ();
}

static Tally
cut_often (StoreFixture *fixture, const char *pragma, guint lying_percent, guint n_cuts)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260721);
  LanyardHash hash = { 0 };
  Tally tally = { 0 };
  guint64 n_operations;

  provision (fixture);
  for (guint i = 0; i < n_cuts; i++)
    {
      guint64 acknowledged;

      crash_vfs_restore ();
      crash_vfs_set_lying (lying_percent);
      n_operations = (guint64)g_rand_int_range (rand, 0, 60 + 120 * (gint32)(i % 2));
      crash_vfs_cut_after (n_operations);
      acknowledged = work (fixture, pragma, rand, &hash);
      crash_vfs_recover (rand);
      crash_vfs_set_lying (0);
      look (fixture, acknowledged, &hash, &tally);
    }
  g_test_message ("%s, %u %% lies: %u cuts, %u lost, %u corrupt",
                  pragma != NULL ? pragma : "as it is", lying_percent, tally.n_cuts, tally.n_lost,
                  tally.n_corrupt);
  return tally;
}

/* Nothing that was acknowledged is lost, whenever the power fails. */
static void
test_full (StoreFixture *fixture, gconstpointer data)
{
  Tally tally = cut_often (fixture, NULL, 0, 1000);

  g_assert_cmpuint (tally.n_lost, ==, 0);
  g_assert_cmpuint (tally.n_corrupt, ==, 0);
}

/* The disk as it was somewhere, and what the journal had promised by then. */
typedef struct
{
  CrashDisk *disk;
  guint64 acknowledged;
} Place;

typedef struct
{
  LanyardJournal *journal; /* borrowed */
  GArray *places;          /* (element-type Place) */
} Walk;

static void
on_place (gpointer data)
{
  Walk *walk = data;
  Place place = { crash_vfs_dup_disk (), lanyard_journal_get_head_seq (walk->journal) };

  g_array_append_val (walk->places, place);
}

static void
place_clear (gpointer data)
{
  Place *place = data;

  crash_disk_clear (place->disk);
  g_free (place->disk);
}

/* One run of a desk to its end: all the places where it could have been cut, and the hash of every
 * record. @hashes: (element-type LanyardHash): of seq 0 … */
static GArray *
walk_through (StoreFixture *fixture, const char *pragma, GRand *rand, GArray *hashes)
{
  g_autoptr (LanyardJournal) journal = NULL;
  LanyardDatabase *database;
  Walk walk = { NULL, g_array_new (FALSE, FALSE, sizeof (Place)) };
  LanyardHash hash = { 0 };
  LanyardId id = { 0 };

  g_array_set_clear_func (walk.places, place_clear);
  crash_vfs_restore ();
  journal = store_fixture_open_journal (fixture);
  database = lanyard_journal_get_database (journal);
  lanyard_journal_set_reserve_bytes (journal, 1);
  if (pragma != NULL)
    lanyard_database_exec (database, pragma, NULL);
  if (g_rand_boolean (rand))
    lanyard_database_exec (database, "PRAGMA wal_autocheckpoint = 12", NULL);
  walk.journal = journal;
  crash_vfs_watch (on_place, &walk);
  g_array_append_val (hashes, hash);
  for (guint i = 0; i < WALK_STEPS; i++)
    {
      g_assert_true (take_step (journal, i, &id));
      lanyard_journal_get_head_hash (journal, &hash);
      g_array_append_val (hashes, hash);
    }
  crash_vfs_watch (NULL, NULL);
  return walk.places;
}

/* How far the journal on the disk goes. -1: it is not sound, or not what was written */
static gint64
find_head (StoreFixture *fixture, GArray *hashes)
{
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (fixture->journal_path, 0, &fixture->clock, NULL);
  LanyardHash hash;
  guint64 head;

  if (journal == NULL || !lanyard_journal_verify (journal, NULL, NULL))
    return -1;
  head = lanyard_journal_get_head_seq (journal);
  lanyard_journal_get_head_hash (journal, &hash);
  return head < hashes->len
                 && (head == 0
                     || lanyard_hash_equal (&g_array_index (hashes, LanyardHash, head), &hash))
             ? (gint64)head
             : -1;
}

/* Cuts at one place, so and so often; disks that came out before are not looked at again.
 * @known: (element-type guint64 gint64): hash of a disk, to its head + 2 */
static void
cut_at (StoreFixture *fixture,
        const Place *place,
        GArray *hashes,
        GHashTable *known,
        GRand *rand,
        guint cuts_a_place,
        Tally *tally)
{
  for (guint i = 0; i < cuts_a_place; i++)
    {
      guint64 hash;
      gint64 head;

      crash_vfs_set_disk (place->disk);
      crash_vfs_recover (rand);
      hash = crash_vfs_hash ();
      head = GPOINTER_TO_INT (g_hash_table_lookup (known, &hash)) - 2;
      if (head == -2)
        {
          head = find_head (fixture, hashes);
          g_hash_table_insert (known, g_memdup2 (&hash, sizeof hash), GINT_TO_POINTER (head + 2));
          tally->n_disks++;
        }
      tally->n_cuts++;
      tally->n_corrupt += head < 0;
      tally->n_lost += head >= 0 && (guint64)head < place->acknowledged;
    }
}

/* Every place of a run, over and over. */
static Tally
cut_everywhere (StoreFixture *fixture, const char *pragma, guint n_cuts, guint cuts_a_place)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260722);
  Tally tally = { 0 };

  provision (fixture);
  while (tally.n_cuts < n_cuts)
    {
      g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (LanyardHash));
      g_autoptr (GHashTable) known
          = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_autoptr (GArray) places = walk_through (fixture, pragma, rand, hashes);

      for (guint i = 0; i < places->len && tally.n_cuts < n_cuts; i++)
        cut_at (fixture, &g_array_index (places, Place, i), hashes, known, rand, cuts_a_place,
                &tally);
    }
  g_test_message ("%s: %u cuts, %u different disks, %u lost, %u corrupt",
                  pragma != NULL ? pragma : "as it is", tally.n_cuts, tally.n_disks, tally.n_lost,
                  tally.n_corrupt);
  return tally;
}

static void
test_everywhere (StoreFixture *fixture, gconstpointer data)
{
  Tally tally = cut_everywhere (fixture, NULL, get_cuts (), CUTS_A_PLACE);

  g_assert_cmpuint (tally.n_lost, ==, 0);
  g_assert_cmpuint (tally.n_corrupt, ==, 0);
}

static guint64
open_and_get_head (StoreFixture *fixture, guint64 cut_after)
{
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (fixture->journal_path, 0, &fixture->clock, NULL);
  guint64 head;

  g_assert_nonnull (journal);
  head = lanyard_journal_get_head_seq (journal);
  crash_vfs_cut_after (cut_after);
  return head;
}

/* Killed between a write and its sync: the next start reads what was never synced, and the hub is
 * told of it. Then the power fails: it must still be there. */
static void
test_killed_then_cut (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  LanyardHash hash = { 0 };

  provision (fixture);
  for (guint i = 0; i < 400; i++)
    {
      guint64 told, kept;

      crash_vfs_restore ();
      crash_vfs_cut_after ((guint64)g_rand_int_range (rand, 0, 40));
      work (fixture, NULL, rand, &hash);
      crash_vfs_cut_never ();
      told = open_and_get_head (fixture, 0);
      crash_vfs_recover (rand);
      kept = open_and_get_head (fixture, G_MAXUINT32);
      g_assert_cmpuint (kept, >=, told);
    }
}

/* The harness would notice: with weaker settings or a lying disk it reports losses. */
static void
test_sensitive (StoreFixture *fixture, gconstpointer data)
{
  Tally walked = cut_everywhere (fixture, "PRAGMA synchronous = NORMAL", 2000, 20);
  Tally normal = cut_often (fixture, "PRAGMA synchronous = NORMAL", 0, 120);
  Tally off = cut_often (fixture, "PRAGMA synchronous = OFF", 0, 120);
  Tally lying = cut_often (fixture, NULL, 40, 120);

  g_assert_cmpuint (walked.n_lost, >, 0);
  g_assert_cmpuint (normal.n_lost, >, 0);
  g_assert_cmpuint (off.n_lost + off.n_corrupt, >, 0);
  g_assert_cmpuint (lying.n_lost + lying.n_corrupt, >, 0);
}

/* Cut at each operation of provisioning: afterwards the same call finishes the work. */
static void
test_provisioning (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  guint64 n_operations;

  provision (fixture);
  n_operations = crash_vfs_get_operations ();
  g_assert_cmpuint (n_operations, >, 20);
  for (guint64 at = 0; at < n_operations; at++)
    {
      g_autoptr (LanyardJournal) journal = NULL;
      g_autoptr (GError) error = NULL;

      crash_vfs_clear ();
      crash_vfs_cut_after (at);
      journal = lanyard_journal_open (fixture->journal_path, LANYARD_JOURNAL_CREATE,
                                      &fixture->clock, NULL);
      if (journal != NULL)
        store_fixture_enrol (journal, 1, NULL);
      g_clear_pointer (&journal, lanyard_journal_close);
      crash_vfs_recover (rand);

      journal = store_fixture_open_journal (fixture);
      g_assert_true (lanyard_journal_verify (journal, NULL, &error));
      g_assert_no_error (error);
    }
}

/* What a finished provisioning said stays: neither does the file go, nor does the empty one come
 * back.
 * @enrol: whether the desk is enrolled before the power fails */
static void
provision_and_cut (StoreFixture *fixture, gboolean enrol, GRand *rand)
{
  g_autoptr (LanyardJournal) journal = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (LanyardIdentity) identity = { 0 };

  crash_vfs_clear ();
  journal = enrol ? store_fixture_open_journal (fixture)
                  : lanyard_journal_open (fixture->journal_path, LANYARD_JOURNAL_CREATE,
                                          &fixture->clock, &error);
  g_assert_no_error (error);
  crash_vfs_cut_after (0);
  g_clear_pointer (&journal, lanyard_journal_close);
  crash_vfs_recover (rand);

  journal = lanyard_journal_open (fixture->journal_path, 0, &fixture->clock, &error);
  g_assert_no_error (error);
  lanyard_journal_get_identity (journal, &identity);
  g_assert_cmpuint (identity.device, ==, enrol ? 471 : 0);
}

static void
test_provisioned_stays (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 80; i++)
    provision_and_cut (fixture, i % 2 == 0, rand);
}

/* A disk that failed once is not written again by the same journal, even when it seems well: what
 * its fsync lost is not brought back by a second one. Reading goes on. */
static void
test_closed_after_error (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *serial = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_STARTED };

  crash_vfs_clear ();
  journal = store_fixture_open_journal (fixture);
  serial = store_issue (journal, "26000001X", NULL);
  crash_vfs_cut_after (0);
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_IO);
  g_clear_error (&error);

  crash_vfs_cut_after (1000000);
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_IO);
  g_clear_error (&error);
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, 4);

  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  g_assert_true (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (lanyard_journal_verify (journal, NULL, &error));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/power/" name, StoreFixture, NULL, store_fixture_set_up, func,                \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  crash_vfs_register ();
  ADD ("full", test_full);
  ADD ("everywhere", test_everywhere);
  ADD ("killed-then-cut", test_killed_then_cut);
  ADD ("sensitive", test_sensitive);
  ADD ("provisioning", test_provisioning);
  ADD ("provisioned-stays", test_provisioned_stays);
  ADD ("closed-after-error", test_closed_after_error);
  return g_test_run ();
}
