/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-store-sqlite-private.h"

#define DB(store) _lanyard_hub_sqlite_database (store)

static void
bind_lines (LanyardStatement *statement, int index, char **words)
{
  g_autofree char *lines = g_strjoinv ("\n", words);

  lanyard_statement_bind_text (statement, index, lines);
}

static char **
dup_lines (LanyardStatement *statement, int column)
{
  g_autofree char *lines = lanyard_statement_dup_text (statement, column);

  return g_strsplit (lines, "\n", -1);
}

static gboolean
add_resolution (LanyardHubStore *store,
                const char *number,
                const LanyardResolution *resolution,
                gboolean *added,
                GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO resolution (id, number, keep, voids, settles, reason, who, second,"
                  " at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                  " ON CONFLICT (id) DO NOTHING RETURNING 1");

  lanyard_statement_bind_text (statement, 1, resolution->id);
  lanyard_statement_bind_text (statement, 2, number);
  lanyard_statement_bind_text (statement, 3, resolution->keep);
  bind_lines (statement, 4, resolution->voids);
  bind_lines (statement, 5, resolution->settles);
  lanyard_statement_bind_int (statement, 6, resolution->reason);
  lanyard_statement_bind_text (statement, 7, resolution->who);
  lanyard_statement_bind_text (statement, 8, resolution->second);
  lanyard_statement_bind_int (statement, 9, resolution->at_us);
  return lanyard_statement_step (statement, added, error);
}

static LanyardResolution *
read_resolution (LanyardStatement *statement)
{
  LanyardResolution *resolution = g_new0 (LanyardResolution, 1);

  resolution->id = lanyard_statement_dup_text (statement, 0);
  resolution->keep = lanyard_statement_dup_text (statement, 1);
  resolution->voids = dup_lines (statement, 2);
  resolution->settles = dup_lines (statement, 3);
  resolution->reason = (LanyardResolveReason)lanyard_statement_get_int (statement, 4);
  resolution->who = lanyard_statement_dup_text (statement, 5);
  resolution->second = lanyard_statement_dup_text (statement, 6);
  resolution->at_us = lanyard_statement_get_int (statement, 7);
  return resolution;
}

static GPtrArray *
list_resolutions (LanyardHubStore *store, const char *number, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT id, keep, voids, settles, reason, who, second,"
                                           " at_us FROM resolution WHERE number = ?1 ORDER BY id");
  g_autoptr (GPtrArray) resolutions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_resolution_free);
  gboolean row;

  lanyard_statement_bind_text (statement, 1, number);
  while (lanyard_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&resolutions);
      g_ptr_array_add (resolutions, read_resolution (statement));
    }
  return NULL;
}

/* All ids that begin with 0-0- lie between these two. */
static GPtrArray *
list_decided (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT DISTINCT number FROM resolution"
                                           " WHERE id > '0-0-' AND id < '0-0.' ORDER BY number");
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  while (lanyard_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&numbers);
      g_ptr_array_add (numbers, lanyard_statement_dup_text (statement, 0));
    }
  return NULL;
}

void
_lanyard_hub_sqlite_fill_resolutions (LanyardHubStoreOps *ops)
{
  ops->list_decided = list_decided;
  ops->add_resolution = add_resolution;
  ops->list_resolutions = list_resolutions;
}
