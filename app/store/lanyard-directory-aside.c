/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows of the feed that this version does not understand: they are kept for a person to look at,
 * and whom they are about has no badge on the strength of what is older. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-fault.h"
#include "lanyard-secret.h"

#include <string.h>

/* The row of @number that is here, if there is one, is not the newest. */
static gboolean
mark_overtaken (LanyardDirectory *directory, guint64 gseq, const char *number, GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      directory->database,
      "INSERT INTO overtaken (key, round, gseq) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (key) DO UPDATE SET round = excluded.round, gseq = excluded.gseq"
      " WHERE (excluded.round, excluded.gseq) > (round, gseq)");
  LanyardRowKey key;

  /* in a snapshot: who is not in it is not here when it is in use */
  if (number == NULL)
    return TRUE;
  lanyard_directory_make_key (directory, "number", number, &key);
  lanyard_statement_bind_blob (put, 1, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_int (put, 2, directory->round);
  lanyard_statement_bind_int (put, 3, (gint64)gseq);
  return lanyard_statement_run (put, error);
}

gboolean
_lanyard_directory_look_overtaken (LanyardDirectory *directory, LanyardEntry *entry, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT 1 FROM overtaken AS o JOIN entry_key AS k ON k.key = o.key"
                               " JOIN entry AS e ON e.id = k.entry WHERE o.key = ?1 AND (o.round, "
                               "o.gseq) > (e.round, e.gseq)");
  LanyardRowKey key;
  gboolean row;

  lanyard_directory_make_key (directory, "number", entry->number, &key);
  lanyard_statement_bind_blob (select, 1, key.bytes, sizeof key.bytes);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  entry->overtaken = row && !lanyard_fault ("overtaken-goes-on");
  return TRUE;
}

static void
bind_limits (LanyardDirectory *directory, LanyardStatement *put)
{
  gboolean bounded = !lanyard_fault ("aside-unbounded");

  lanyard_statement_bind_int (put, 6, bounded ? directory->max_asides : G_MAXINT32);
  lanyard_statement_bind_int (put, 7, bounded ? directory->max_aside_bytes : G_MAXINT64);
}

/* One for which there was no room is counted, so that people are told. One that comes twice is
 * counted twice: it is not known any more. */
static gboolean
count_lost (LanyardDirectory *directory, guint64 gseq, const LanyardRowKey *digest, GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (directory->database,
                               "UPDATE state SET aside_lost = aside_lost + 1 WHERE NOT EXISTS"
                               " (SELECT 1 FROM set_aside WHERE gseq = ?1 AND digest = ?2)");

  lanyard_statement_bind_int (update, 1, (gint64)gseq);
  lanyard_statement_bind_blob (update, 2, digest->bytes, sizeof digest->bytes);
  return lanyard_statement_run (update, error);
}

gboolean
lanyard_directory_set_aside (LanyardDirectory *directory,
                             guint64 gseq,
                             const char *number,
                             GBytes *raw,
                             const char *why,
                             GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      directory->database,
      "INSERT INTO set_aside (gseq, digest, box, why, snapshot)"
      " SELECT ?1, ?2, iif (aside_bytes + length (?3) > ?7, x'', ?3), ?4, ?5 FROM state"
      " WHERE aside_rows < ?6 OR EXISTS"
      " (SELECT 1 FROM set_aside WHERE gseq = ?1 AND digest = ?2)"
      " ON CONFLICT (gseq, digest) DO UPDATE SET snapshot = 1 WHERE excluded.snapshot = 1");
  g_autofree char *hex = NULL;
  g_autoptr (GBytes) reason = g_bytes_new (why, strlen (why));
  g_autoptr (GBytes) context = NULL, box = NULL, why_box = NULL;
  LanyardRowKey digest;
  LanyardHash hash;

  lanyard_hash_compute (&hash, "lanyard/set-aside/1", g_bytes_get_data (raw, NULL),
                        g_bytes_get_size (raw), NULL, 0);
  hex = lanyard_hex_encode (hash.bytes, sizeof hash.bytes);
  lanyard_directory_make_key (directory, "set-aside", hex, &digest);
  context = lanyard_directory_make_context (&digest, gseq);
  box = lanyard_vault_seal (directory->vault, raw, g_bytes_get_data (context, NULL),
                            g_bytes_get_size (context));
  why_box = lanyard_vault_seal (directory->vault, reason, g_bytes_get_data (context, NULL),
                                g_bytes_get_size (context));

  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  lanyard_statement_bind_int (put, 1, (gint64)gseq);
  lanyard_statement_bind_blob (put, 2, digest.bytes, sizeof digest.bytes);
  lanyard_statement_bind_bytes (put, 3, box);
  lanyard_statement_bind_bytes (put, 4, why_box);
  lanyard_statement_bind_int (put, 5, number == NULL); /* a snapshot does not say whose a row is */
  bind_limits (directory, put);
  if (lanyard_statement_run (put, error) && count_lost (directory, gseq, &digest, error)
      && mark_overtaken (directory, gseq, number, error))
    return lanyard_database_commit (directory->database, error);
  lanyard_database_rollback (directory->database);
  return FALSE;
}

gboolean
lanyard_directory_find_untold (LanyardDirectory *directory, guint64 *gseq, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT min(gseq) FROM set_aside WHERE told = 0");
  gboolean row;

  /* min() of no rows is NULL, read as 0; the feed begins at 1. */
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  *gseq = (guint64)lanyard_statement_get_int (select, 0);
  return TRUE;
}

gboolean
lanyard_directory_mark_told (LanyardDirectory *directory, guint64 gseq, GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (directory->database,
                               "UPDATE set_aside SET told = 1 WHERE gseq = ?1");

  lanyard_statement_bind_int (update, 1, (gint64)gseq);
  return lanyard_statement_run (update, error);
}

guint
lanyard_directory_get_set_aside (LanyardDirectory *directory)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT aside_rows + aside_lost FROM state WHERE id = 1");
  g_autoptr (GError) error = NULL;
  gboolean row;

  if (!lanyard_statement_step (select, &row, &error))
    {
      g_warning ("%s", error->message);
      return 0;
    }
  return (guint)lanyard_statement_get_int (select, 0);
}

void
lanyard_aside_free (LanyardAside *aside)
{
  if (aside == NULL)
    return;
  lanyard_secret_free (aside->number);
  lanyard_secret_free (aside->name);
  lanyard_secret_free (aside->why);
  g_free (aside);
}

static void
free_aside (gpointer aside)
{
  lanyard_aside_free (aside);
}

/* Columns from @first on: the row that was set aside. Returns: (transfer full) (nullable) */
static char *
open_why (LanyardDirectory *directory, LanyardStatement *select, int first)
{
  g_autoptr (GBytes) context = NULL, why = NULL;
  LanyardRowKey digest;
  gsize n_digest, n_box, n_why;
  const void *stored = lanyard_statement_get_blob (select, first + 1, &n_digest);
  const void *box = lanyard_statement_get_blob (select, first + 2, &n_box), *text;

  if (stored == NULL || n_digest != sizeof digest.bytes || box == NULL)
    return NULL;
  memcpy (digest.bytes, stored, n_digest);
  context = lanyard_directory_make_context (&digest,
                                            (guint64)lanyard_statement_get_int (select, first));
  why = lanyard_vault_open (directory->vault, box, n_box, g_bytes_get_data (context, NULL),
                            g_bytes_get_size (context), NULL);
  if (why == NULL)
    return NULL;
  text = g_bytes_get_data (why, &n_why);
  return g_utf8_make_valid (text, (gssize)n_why);
}

/* Whom a row is about is known by the row of theirs that it overtook: one of a stranger, or of a
 * snapshot, has none. */
static LanyardAside *
take_aside (LanyardDirectory *directory, LanyardStatement *select)
{
  LanyardAside *aside = g_new0 (LanyardAside, 1);
  g_autoptr (LanyardEntry) entry
      = lanyard_statement_is_null (select, 0)
            ? NULL
            : lanyard_directory_take_entry (directory, select, NULL, NULL);

  aside->gseq = (guint64)lanyard_statement_get_int (select, 4);
  aside->why = open_why (directory, select, 4);
  if (entry != NULL)
    {
      aside->number = g_strdup (entry->number);
      aside->name = g_strdup (entry->print_name);
      aside->over = lanyard_statement_get_int (select, 7) != 0;
    }
  return aside;
}

GPtrArray *
lanyard_directory_list_asides (LanyardDirectory *directory, guint max, GError **error)
{
  g_autoptr (GPtrArray) asides = g_ptr_array_new_with_free_func (free_aside);
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      directory->database,
      "SELECT e.id, e.key, e.gseq, e.box, s.gseq, s.digest, s.why,"
      " coalesce ((e.round, e.gseq) >= (o.round, o.gseq), 0) FROM"
      " (SELECT gseq, digest, why FROM set_aside WHERE snapshot <> 1 ORDER BY gseq DESC LIMIT ?2)"
      " AS s LEFT JOIN overtaken AS o ON o.gseq = s.gseq AND o.round = ?1"
      " LEFT JOIN entry_key AS k ON k.key = o.key LEFT JOIN entry AS e ON e.id = k.entry"
      " ORDER BY s.gseq DESC");
  gboolean row;

  lanyard_statement_bind_int (select, 1, directory->round);
  lanyard_statement_bind_int (select, 2, max);
  while (lanyard_statement_step (select, &row, error))
    {
      if (!row)
        return g_steal_pointer (&asides);
      g_ptr_array_add (asides, take_aside (directory, select));
    }
  return NULL;
}
