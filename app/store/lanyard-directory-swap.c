/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-load.h"
#include "lanyard-directory-private.h"

/*
 * What comes after the rows of a snapshot. Each piece is one transaction that also moves the stage,
 * so that it is done wholly or not at all, and so small that nobody at the counter waits for it.
 */

/* Parts of the sweep, as load->chunk says; those of the index are LanyardOrderKind. Persisted. */
#define SWEEP_TABLES 0
#define SWEEP_PHOTOS 1

static const char *const live_tables[] = { "entry", "entry_key", "entry_photo", "lookup", NULL };

static void
enter (LanyardLoad *load, LanyardLoadStage stage, guint64 part)
{
  load->stage = stage;
  load->chunk = part;
  load->row = 0;
}

/* The next of the keys by which people are found. */
static gboolean
put_in_order (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  gboolean over;

  if (!_lanyard_directory_fill (directory, (LanyardOrderKind)load->chunk, load, &over, error))
    return FALSE;
  if (over && load->chunk == LANYARD_ORDER_ENTRY)
    load->chunk = LANYARD_ORDER_LOOKUP;
  else if (over)
    enter (load, LANYARD_LOAD_PHOTOS, 0);
  return TRUE;
}

static gboolean
note_photos (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  gboolean over;

  if (!_lanyard_directory_fill (directory, LANYARD_ORDER_PHOTO, load, &over, error))
    return FALSE;
  if (over)
    enter (load, LANYARD_LOAD_SWAP, 0);
  return TRUE;
}

static gboolean
swap (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  static const char rename_tables[] = "DELETE FROM overtaken;"
                                      "UPDATE set_aside SET snapshot = snapshot * 2 % 4"
                                      " WHERE snapshot > 0;"
                                      "ALTER TABLE load_entry RENAME TO entry;"
                                      "ALTER TABLE load_entry_key RENAME TO entry_key;"
                                      "ALTER TABLE load_entry_photo RENAME TO entry_photo;"
                                      "ALTER TABLE load_lookup RENAME TO lookup;";
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (directory->database,
                               "UPDATE state SET cursor = ?1, n_entries = ?2, era = ?3, round = 0,"
                               " stale = 0 WHERE id = 1");

  lanyard_statement_bind_int (update, 1, (gint64)load->gseq);
  lanyard_statement_bind_int (update, 2, (gint64)load->n_entries);
  lanyard_statement_bind_int (update, 3, (gint64)load->era);
  enter (load, LANYARD_LOAD_SWEEP, SWEEP_TABLES);
  return _lanyard_directory_retire (directory, live_tables, error)
         && lanyard_database_exec (directory->database, rename_tables, error)
         && lanyard_statement_run (update, error);
}

static gboolean
sweep (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  gboolean over;

  if (load->chunk == SWEEP_TABLES)
    {
      if (!_lanyard_directory_sweep_tables (directory, &over, error))
        return FALSE;
      load->chunk = over ? SWEEP_PHOTOS : SWEEP_TABLES;
    }
  else if (!_lanyard_directory_sweep_photos (directory, &load->row, &over, error))
    return FALSE;
  else if (over)
    {
      enter (load, LANYARD_LOAD_NONE, 0);
      return lanyard_database_exec (directory->database, "DELETE FROM load", error);
    }
  return _lanyard_directory_put_load (directory, load, error);
}

/* What is kept in memory of what is on the disk. */
static void
turn_to_new (LanyardDirectory *directory, const LanyardLoad *load)
{
  gboolean has_names = directory->order_through < 0;

  directory->cursor = load->gseq;
  directory->era = load->era;
  directory->round = 0;
  directory->stale = FALSE;
  directory->stale_through = 0;
  directory->n_swaps++;
  directory->n_entries = (gint64)load->n_entries;
  lanyard_search_index_free (directory->index);
  directory->index = has_names ? g_steal_pointer (&directory->coming) : lanyard_search_index_new ();
  directory->indexed_through = has_names ? directory->coming_through : 0;
  directory->index_complete = has_names;
  _lanyard_directory_forget_load (directory);
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

static gboolean
run_piece (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  gboolean ok;

  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  ok = run_stage (directory, load, error);
  if (ok)
    ok = lanyard_database_commit (directory->database, error);
  else
    lanyard_database_rollback (directory->database);
  /* It went on in memory, and not on the disk. */
  if (!ok)
    _lanyard_directory_forget_load (directory);
  return ok;
}

gboolean
lanyard_directory_load_step (LanyardDirectory *directory, LanyardLoadStage *stage, GError **error)
{
  LanyardLoad load;
  gboolean swaps, collected = TRUE;

  lanyard_directory_get_load (directory, &load);
  *stage = load.stage;
  if (load.stage == LANYARD_LOAD_NONE || load.stage == LANYARD_LOAD_ROWS)
    return TRUE;
  swaps = load.stage == LANYARD_LOAD_SWAP;
  /* Also where only the swap is left: the names of the new one are found from then on. */
  if (load.stage != LANYARD_LOAD_SWEEP
      && !_lanyard_directory_collect (directory, &collected, error))
    return FALSE;
  if (!collected)
    return TRUE;
  if (!run_piece (directory, &load, error))
    return FALSE;
  if (swaps)
    turn_to_new (directory, &load);
  *stage = load.stage;
  return TRUE;
}
