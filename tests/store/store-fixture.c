/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-journal-private.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define START_US (G_GINT64_CONSTANT (1942142400) * G_USEC_PER_SEC)

const guint8 STORE_SECRET[32] = { 1, 2, 3 };

static gint64
get_now (gpointer data)
{
  return *(gint64 *)data;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lanyard_hash_init ();
  fixture->folder = g_dir_make_tmp ("lanyard-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->journal_path = g_build_filename (fixture->folder, "journal.db", NULL);
  fixture->directory_path = g_build_filename (fixture->folder, "directory.db", NULL);
  fixture->now_us = START_US;
  fixture->clock.wall_us = get_now;
  fixture->clock.monotonic_us = get_now;
  fixture->clock.data = &fixture->now_us;
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->journal_path);
  g_free (fixture->directory_path);
}

gboolean
store_fixture_enrol (LanyardJournal *journal, guint32 epoch, GError **error)
{
  LanyardIdentity identity = {
    .device = 471,
    .epoch = epoch,
    .event = (char *)"test",
    .hub_url = (char *)"http://127.0.0.1:1",
    .serial_prefix = (char *)"K0471",
  };

  return lanyard_journal_set_identity (journal, &identity, error);
}

LanyardDirectory *
store_fixture_open_directory (StoreFixture *fixture)
{
  g_autoptr (LanyardVault) vault = lanyard_vault_new (STORE_SECRET);
  g_autoptr (GError) error = NULL;
  LanyardDirectory *directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, &error);

  g_assert_no_error (error);
  return directory;
}

LanyardJournal *
store_fixture_open_journal (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_auto (LanyardIdentity) identity = { 0 };
  LanyardJournal *journal = lanyard_journal_open (fixture->journal_path, LANYARD_JOURNAL_CREATE,
                                                  &fixture->clock, &error);

  g_assert_no_error (error);
  lanyard_journal_set_reserve_bytes (journal, 1);
  lanyard_journal_get_identity (journal, &identity);
  if (identity.device == 0)
    store_fixture_enrol (journal, 1, &error);
  g_assert_no_error (error);
  return journal;
}

LanyardRecord *
store_commit (LanyardJournal *journal,
              const LanyardId *pickup,
              guint16 kind,
              LanyardPickupState from,
              LanyardPickupState to,
              const char *accreditation)
{
  g_autoptr (GError) error = NULL;
  LanyardRecord *record = NULL;
  LanyardStep step = { .kind = kind, .from = from, .to = to, .accreditation = accreditation };

  if (pickup != NULL)
    step.pickup = *pickup;
  lanyard_journal_commit (journal, &step, &record, &error);
  g_assert_no_error (error);
  return record;
}

char *
store_issue (LanyardJournal *journal, const char *accreditation, LanyardId *id)
{
  static const struct
  {
    guint16 kind;
    LanyardPickupState to;
  } steps[] = {
    { LANYARD_RECORD_RESERVED, LANYARD_PICKUP_RESERVED },
    { LANYARD_RECORD_PRINTING, LANYARD_PICKUP_PRINTING },
    { LANYARD_RECORD_REPORTED, LANYARD_PICKUP_REPORTED },
    { LANYARD_RECORD_ISSUED, LANYARD_PICKUP_ISSUED },
  };
  LanyardPickupState from = LANYARD_PICKUP_IDLE;
  LanyardId own;
  char *serial = NULL;

  lanyard_id_init_random (&own, START_US);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (LanyardRecord) record
          = store_commit (journal, &own, steps[i].kind, from, steps[i].to, accreditation);

      from = steps[i].to;
      g_free (serial);
      serial = g_strdup (record->serial);
    }
  if (id != NULL)
    *id = own;
  return serial;
}

char *
store_number (guint n)
{
  g_autofree char *plain = g_strdup_printf ("26%06u", n);

  return g_strdup_printf ("%s%c", plain, lanyard_check_character (plain));
}

LanyardEntry *
store_entry (guint n)
{
  LanyardEntry *entry = lanyard_entry_new ();

  entry->number = store_number (n);
  entry->holder_id = g_strdup_printf ("H%u", n);
  entry->print_name = g_strdup ("Ana Testa");
  entry->category = g_strdup ("A");
  entry->valid_until_s = 1;
  return entry;
}

void
store_apply_one (LanyardDirectory *directory, guint64 gseq, guint n, LanyardEntry *entry)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autofree char *number = store_number (n);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (changes, lanyard_change_new (gseq, number, entry));
  lanyard_directory_apply (directory, changes, gseq, &error);
  g_assert_no_error (error);
}

GBytes *
store_read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content;
  gsize n_bytes;

  g_file_get_contents (path, &content, &n_bytes, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, n_bytes);
}

void
store_spoil (const char *path, const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}
