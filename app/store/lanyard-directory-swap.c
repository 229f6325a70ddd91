/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-load.h"
#include "lanyard-directory-private.h"
#include "lanyard-error.h"
#include <string.h>

/*
 * What comes after the rows of a snapshot. Each piece is one transaction that also moves the stage,
 * so that it is done wholly or not at all.
 */

/* Photos are noted in so many pieces, each of neighbouring keys. */
#define N_PHOTO_PIECES 32

/* One after the other, so that nobody waits for more than one at the counter. Indices keep their
 * names when their table is renamed, so each load needs names of its own: @ stands for that. */
static const char *const indices[] = {
  "CREATE INDEX entry_key_@ ON load_entry (key)",
  "CREATE INDEX entry_photo_@ ON load_entry (photo) WHERE photo IS NOT NULL",
  "CREATE UNIQUE INDEX lookup_key_@ ON load_lookup (key, entry)",
  "CREATE INDEX lookup_entry_@ ON load_lookup (entry)",
  "CREATE INDEX load_photo_@ ON load_photo (key)",
};

static gboolean
make_index (LanyardDirectory *directory, const LanyardLoad *load, GError **error)
{
  g_autofree char *hex = lanyard_hex_encode (load->snapshot.bytes, 8);
  g_autofree char *stamp = g_strdup_printf ("%s_%" G_GINT64_FORMAT, hex, g_get_real_time ());
  g_auto (GStrv) parts = g_strsplit (indices[load->chunk], "@", -1);
  g_autofree char *sql = g_strjoinv (stamp, parts);

  return lanyard_database_exec (directory->database, sql, error);
}

/* Two numbers that mean the same: the one that changed last stays. */
static const char drop_doubles[]
    = "DELETE FROM load_entry WHERE id IN (SELECT a.id FROM load_entry AS a"
      " JOIN load_entry AS b ON b.key = a.key AND (b.gseq, b.id) > (a.gseq, a.id));"
      "DELETE FROM load_lookup WHERE entry NOT IN (SELECT id FROM load_entry);";

static gboolean
remove_doubles (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT coalesce (sum (n - 1), 0) FROM"
                               " (SELECT count(*) AS n FROM load_entry GROUP BY key HAVING n > 1)");
  gint64 n_doubles;
  gboolean row;

  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  n_doubles = lanyard_statement_get_int (select, 0);
  load->n_entries -= (guint64)n_doubles;
  return n_doubles == 0 || lanyard_database_exec (directory->database, drop_doubles, error);
}

/* The index that load->chunk says. */
static gboolean
put_in_order (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  if (!make_index (directory, load, error)
      || (load->chunk == 0 && !remove_doubles (directory, load, error)))
    return FALSE;
  load->chunk++;
  if (load->chunk < G_N_ELEMENTS (indices))
    return TRUE;
  load->stage = LANYARD_LOAD_PHOTOS;
  load->chunk = 0;
  return TRUE;
}

/* The piece of the photos that load->chunk says, by the first byte of their keys. */
static gboolean
note_photos (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (directory->database,
                               "INSERT OR IGNORE INTO photo (key, name) SELECT key, name"
                               " FROM load_photo WHERE key >= ?1 AND key < ?2 ORDER BY key");
  guint8 from = (guint8)(load->chunk * (256 / N_PHOTO_PIECES));
  guint8 to[LANYARD_DIRECTORY_KEY_BYTES + 1];

  load->chunk++;
  /* Longer than any key where the last piece ends. */
  memset (to, 0xff, sizeof to);
  if (load->chunk < N_PHOTO_PIECES)
    to[0] = (guint8)(load->chunk * (256 / N_PHOTO_PIECES));
  else
    load->stage = LANYARD_LOAD_SWAP;
  lanyard_statement_bind_blob (put, 1, &from, sizeof from);
  lanyard_statement_bind_blob (put, 2, to, load->chunk < N_PHOTO_PIECES ? 1 : sizeof to);
  return lanyard_statement_run (put, error);
}

static gboolean
swap (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  static const char rename_tables[] = "DROP TABLE load_photo;"
                                      "ALTER TABLE lookup RENAME TO old_lookup;"
                                      "ALTER TABLE entry RENAME TO old_entry;"
                                      "ALTER TABLE load_entry RENAME TO entry;"
                                      "ALTER TABLE load_lookup RENAME TO lookup;";
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (directory->database,
                               "UPDATE state SET cursor = ?1, n_entries = ?2, era = ?3, round = 0,"
                               " stale = 0 WHERE id = 1");

  lanyard_statement_bind_int (update, 1, (gint64)load->gseq);
  lanyard_statement_bind_int (update, 2, (gint64)load->n_entries);
  lanyard_statement_bind_int (update, 3, (gint64)load->era);
  load->stage = LANYARD_LOAD_SWEEP;
  return lanyard_database_exec (directory->database, rename_tables, error)
         && lanyard_statement_run (update, error);
}

static gboolean
sweep (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  static const char drop_old[] = "DROP TABLE IF EXISTS old_lookup;"
                                 "DROP TABLE IF EXISTS old_entry;"
                                 "DELETE FROM photo WHERE key NOT IN"
                                 " (SELECT photo FROM entry WHERE photo IS NOT NULL);"
                                 "DELETE FROM load;";

  load->stage = LANYARD_LOAD_NONE;
  return lanyard_database_exec (directory->database, drop_old, error);
}

/* What is kept in memory of what is on the disk. */
static void
turn_to_new (LanyardDirectory *directory, const LanyardLoad *load)
{
  directory->cursor = load->gseq;
  directory->era = load->era;
  directory->round = 0;
  directory->stale = FALSE;
  directory->n_entries = (gint64)load->n_entries;
  lanyard_search_index_free (directory->index);
  directory->index = lanyard_search_index_new ();
  directory->indexed_through = 0;
  directory->index_complete = FALSE;
}

static gboolean
run_stage (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  switch (load->stage)
    {
    case LANYARD_LOAD_INDEX:
      return put_in_order (directory, load, error)
             && _lanyard_directory_put_load (directory, load, error);
    case LANYARD_LOAD_PHOTOS:
      return note_photos (directory, load, error)
             && _lanyard_directory_put_load (directory, load, error);
    case LANYARD_LOAD_SWAP:
      return swap (directory, load, error) && _lanyard_directory_put_load (directory, load, error);
    case LANYARD_LOAD_SWEEP:
      return sweep (directory, load, error);
    default:
      return TRUE;
    }
}

gboolean
lanyard_directory_load_step (LanyardDirectory *directory, LanyardLoadStage *stage, GError **error)
{
  LanyardLoad load;
  gboolean swaps;

  lanyard_directory_get_load (directory, &load);
  *stage = load.stage;
  if (load.stage == LANYARD_LOAD_NONE || load.stage == LANYARD_LOAD_ROWS)
    return TRUE;
  swaps = load.stage == LANYARD_LOAD_SWAP;
  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  if (!run_stage (directory, &load, error))
    {
      lanyard_database_rollback (directory->database);
      return FALSE;
    }
  if (!lanyard_database_commit (directory->database, error))
    return FALSE;
  if (swaps)
    turn_to_new (directory, &load);
  *stage = load.stage;
  return TRUE;
}
