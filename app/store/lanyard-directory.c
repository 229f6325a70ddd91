/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

#include <sodium.h>
#include <string.h>

static const LanyardSchema directory_schema = {
  .what = "directory",
  .application_id = LANYARD_DIRECTORY_APPLICATION_ID,
  .steps = "/lanyard/schema/directory",
  /* All of it can be fetched again, and rows and cursor stay together whatever is lost. */
  .precious = FALSE,
  .cache_kib = 32768,
};

static const char key_check[] = "lanyard/directory/1";

static char *
make_canonical (const char *what, const char *text)
{
  gboolean is_number = strcmp (what, "number") == 0;
  GString *canonical = g_string_sized_new (strlen (text));

  if (strcmp (what, "token") == 0)
    return g_string_free (g_string_assign (canonical, text), FALSE);
  for (; *text != '\0'; text++)
    if (*text != ' ' && !(is_number && *text == '-'))
      g_string_append_c (canonical, g_ascii_toupper (*text));
  return g_string_free (canonical, FALSE);
}

void
lanyard_directory_make_key (LanyardDirectory *directory,
                            const char *what,
                            const char *text,
                            LanyardRowKey *key)
{
  g_autofree char *canonical = make_canonical (what, text);
  LanyardHash hash;

  lanyard_vault_lookup_hash (directory->vault, what, canonical, &hash);
  memcpy (key->bytes, hash.bytes, sizeof key->bytes);
  /* It may be the number of somebody's passport. */
  sodium_memzero (canonical, strlen (canonical));
}

GBytes *
lanyard_directory_make_context (const LanyardRowKey *key, guint64 gseq)
{
  guint8 context[sizeof key->bytes + sizeof gseq];
  guint64 big_endian = GUINT64_TO_BE (gseq);

  if (lanyard_fault ("box-of-any-row"))
    return g_bytes_new_static ("", 0);
  memcpy (context, key->bytes, sizeof key->bytes);
  memcpy (context + sizeof key->bytes, &big_endian, sizeof big_endian);
  return g_bytes_new (context, sizeof context);
}

/* Returns: (transfer full) (nullable): what the row under @select seals */
static GBytes *
open_box (LanyardDirectory *directory, LanyardStatement *select, GError **error)
{
  g_autoptr (GBytes) context = NULL;
  LanyardRowKey key = { 0 };
  gsize n_key, n_box;
  const void *stored_key = lanyard_statement_get_blob (select, 1, &n_key);
  const void *box;

  if (stored_key != NULL && n_key == sizeof key.bytes)
    memcpy (key.bytes, stored_key, sizeof key.bytes);
  context = lanyard_directory_make_context (&key, (guint64)lanyard_statement_get_int (select, 2));
  box = lanyard_statement_get_blob (select, 3, &n_box);
  return lanyard_vault_open (directory->vault, box, n_box, g_bytes_get_data (context, NULL),
                             g_bytes_get_size (context), error);
}

LanyardEntry *
lanyard_directory_take_entry (LanyardDirectory *directory,
                              LanyardStatement *select,
                              gint64 *id,
                              GError **error)
{
  g_autoptr (GBytes) plain = open_box (directory, select, error);

  if (id != NULL)
    *id = lanyard_statement_get_int (select, 0);
  if (plain == NULL)
    return NULL;
  return lanyard_entry_decode (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), error);
}

void
_lanyard_directory_take_names (LanyardDirectory *directory,
                               LanyardStatement *select,
                               LanyardSearchIndex *index)
{
  gint64 id = lanyard_statement_get_int (select, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = open_box (directory, select, &error);
  g_autoptr (LanyardEntry) entry
      = plain == NULL ? NULL
                      : lanyard_entry_decode_names (g_bytes_get_data (plain, NULL),
                                                    g_bytes_get_size (plain), &error);

  if (entry != NULL)
    lanyard_search_index_put (index, (guint32)id, entry);
  else
    g_warning ("Row %" G_GINT64_FORMAT " of the directory is left out of the search: %s", id,
               error->message);
}

static gboolean
insert_state (LanyardDirectory *directory, GError **error)
{
  g_autoptr (LanyardStatement) insert = lanyard_statement_new (
      directory->database,
      "INSERT INTO state (id, cursor, n_entries, key_check) VALUES (1, 0, 0, ?1)");
  g_autoptr (GBytes) plain = g_bytes_new_static (key_check, sizeof key_check);
  g_autoptr (GBytes) box = lanyard_vault_seal (directory->vault, plain, NULL, 0);

  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  lanyard_statement_bind_bytes (insert, 1, box);
  if (lanyard_statement_run (insert, error))
    return lanyard_database_commit (directory->database, error);
  lanyard_database_rollback (directory->database);
  return FALSE;
}

/* @found: (out): FALSE: the directory was only now made */
static gboolean
load_state (LanyardDirectory *directory, gboolean *found, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT cursor, n_entries, key_check, era, round, stale"
                               " FROM state WHERE id = 1");
  g_autoptr (GBytes) plain = NULL;
  const void *box;
  gsize n_box;

  if (!lanyard_statement_step (select, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  directory->cursor = (guint64)lanyard_statement_get_int (select, 0);
  directory->n_entries = lanyard_statement_get_int (select, 1);
  directory->era = (guint64)lanyard_statement_get_int (select, 3);
  directory->round = lanyard_statement_get_int (select, 4);
  directory->stale = lanyard_statement_get_int (select, 5) != 0;
  box = lanyard_statement_get_blob (select, 2, &n_box);
  plain = lanyard_vault_open (directory->vault, box, n_box, NULL, 0, NULL);
  if (plain != NULL)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
               "The directory %s was sealed with another vault key: "
               "put the right key back, or move the file away and let the desk fetch it again.",
               lanyard_database_get_path (directory->database));
  return FALSE;
}

LanyardDirectory *
lanyard_directory_open_watched (const char *path,
                                LanyardVault *vault,
                                gboolean create,
                                LanyardDirectoryUpgradeFunc upgrades,
                                gpointer user_data,
                                GError **error)
{
  LanyardDirectory *directory;
  gboolean found = FALSE, ok;

  g_return_val_if_fail (path != NULL && vault != NULL, NULL);

  directory = g_new0 (LanyardDirectory, 1);
  directory->schema = directory_schema;
  directory->schema.upgrades = upgrades;
  directory->schema.user_data = user_data;
  directory->vault = lanyard_vault_ref (vault);
  directory->index = lanyard_search_index_new ();
  directory->max_asides = LANYARD_MAX_ASIDES;
  directory->max_aside_bytes = LANYARD_MAX_ASIDE_BYTES;
  directory->database = lanyard_database_open (path, create ? LANYARD_DATABASE_CREATE : 0,
                                               &directory->schema, NULL, error);
  if (directory->database == NULL)
    {
      lanyard_directory_close (directory);
      return NULL;
    }
  _lanyard_directory_set_slice (directory, LANYARD_DIRECTORY_SLICE);
  ok = load_state (directory, &found, error) && (found || insert_state (directory, error));
  if (ok)
    return directory;

  lanyard_database_close_untouched (g_steal_pointer (&directory->database));
  lanyard_directory_close (directory);
  return NULL;
}

LanyardDirectory *
lanyard_directory_open (const char *path, LanyardVault *vault, gboolean create, GError **error)
{
  return lanyard_directory_open_watched (path, vault, create, NULL, NULL, error);
}

void
lanyard_directory_close (LanyardDirectory *directory)
{
  if (directory == NULL)
    return;
  g_clear_pointer (&directory->database, lanyard_database_close);
  lanyard_search_index_free (directory->index);
  _lanyard_directory_forget_load (directory);
  g_clear_pointer (&directory->venue, g_hash_table_unref);
  lanyard_vault_unref (directory->vault);
  g_free (directory);
}

guint64
lanyard_directory_get_cursor (LanyardDirectory *directory)
{
  lanyard_database_assert_thread (directory->database);
  return directory->cursor;
}

guint64
lanyard_directory_get_size (LanyardDirectory *directory)
{
  lanyard_database_assert_thread (directory->database);
  return (guint64)directory->n_entries;
}

LanyardDatabase *
lanyard_directory_get_database (LanyardDirectory *directory)
{
  return directory->database;
}
