/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command-import.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"

/* A batch is one transaction, during which the hub answers nobody. */
#define MAX_BATCH_ENTRIES 250
#define MAX_BATCH_PHOTO_BYTES (8 * 1024 * 1024)
#define MAX_MEMBERS 64

G_STATIC_ASSERT (MAX_BATCH_ENTRIES <= LANYARD_HUB_CONTROL_MAX_ENTRIES);

static void
write_all (LanyardCborWriter *writer, GPtrArray *items)
{
  lanyard_cbor_open_array (writer, items->len);
  for (guint i = 0; i < items->len; i++)
    lanyard_cbor_write_gbytes (writer, g_ptr_array_index (items, i));
}

static LanyardCborWriter *
make_request (LanyardHubImport *import)
{
  LanyardCborWriter *writer = lanyard_hub_command_request (import->dry_run ? "preview" : "import",
                                                           import->dry_run ? 1 : 2);

  write_all (writer, import->entries);
  if (!import->dry_run)
    write_all (writer, import->photos);
  return writer;
}

static void
read_members (LanyardHubImport *import, LanyardCborReader *reader)
{
  gsize n = lanyard_cbor_enter_array (reader, MAX_MEMBERS);

  for (gsize i = 0; i < n && reader->error == NULL; i++)
    {
      g_autofree char *name = NULL;
      gsize count;

      lanyard_cbor_enter_array (reader, 2);
      name = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
      count = lanyard_cbor_read_uint (reader, G_MAXUINT32);
      if (name == NULL)
        break;
      count += GPOINTER_TO_SIZE (g_hash_table_lookup (import->members, name));
      g_hash_table_insert (import->members, g_steal_pointer (&name), GSIZE_TO_POINTER (count));
    }
}

static gboolean
send (LanyardHubImport *import, GError **error)
{
  LanyardCborReader reader;
  g_autoptr (GBytes) answer = lanyard_hub_command_ask (import->console, make_request (import),
                                                       import->dry_run ? 4 : 3, &reader, error);

  if (answer == NULL)
    return FALSE;
  import->imported.added += lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  import->imported.changed += lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  import->imported.same += lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  if (import->dry_run)
    read_members (import, &reader);
  return lanyard_hub_command_answered (&reader, error);
}

gboolean
_lanyard_hub_import_flush (LanyardHubImport *import, gboolean all, GError **error)
{
  gboolean done = TRUE;

  if (import->entries->len == 0
      || (!all && import->entries->len < MAX_BATCH_ENTRIES
          && import->n_photo_bytes < MAX_BATCH_PHOTO_BYTES))
    return TRUE;
  if (import->console != NULL)
    done = send (import, error);
  g_ptr_array_set_size (import->entries, 0);
  g_ptr_array_set_size (import->photos, 0);
  import->n_photo_bytes = 0;
  return done;
}

typedef gboolean (*EntryFunc) (LanyardHubImport *import, LanyardEntry *entry, GError **error);

static gboolean
count_missing (LanyardHubImport *import, LanyardEntry *entry, GError **error)
{
  import->n_missing++;
  return TRUE;
}

static gboolean
cancel (LanyardHubImport *import, LanyardEntry *entry, GError **error)
{
  entry->status = LANYARD_STATUS_CANCELLED;
  import->n_cancelled++;
  g_ptr_array_add (import->entries, lanyard_entry_encode (entry));
  return _lanyard_hub_import_flush (import, FALSE, error);
}

/* Calls @func for each accreditation that is in force and not in the file. */
static gboolean
for_each_missing (LanyardHubImport *import, EntryFunc func, guint64 *n_entries, GError **error)
{
  g_autofree char *after = g_strdup ("");

  *n_entries = 0;
  while (TRUE)
    {
      g_autoptr (GPtrArray) page = lanyard_hub_command_read_entries (import->console, after, error);

      if (page == NULL)
        return FALSE;
      if (page->len == 0)
        return TRUE;
      for (guint i = 0; i < page->len; i++)
        {
          LanyardEntry *entry = g_ptr_array_index (page, i);
          guint64 line;

          g_free (after);
          after = g_strdup (entry->number);
          *n_entries += entry->status != LANYARD_STATUS_CANCELLED;
          if (!lanyard_hub_seen_find (import->seen, entry->number, &line, error))
            return FALSE;
          if (line == 0 && entry->status != LANYARD_STATUS_CANCELLED
              && !func (import, entry, error))
            return FALSE;
        }
    }
}

static gboolean
may_cancel (LanyardHubImport *import, guint64 n_entries, GError **error)
{
  guint64 limit
      = import->max_missing_is_share ? n_entries * import->max_missing / 100 : import->max_missing;

  if (lanyard_hub_seen_count (import->seen) == 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                           "The file has nobody in it; nobody is cancelled. Look at the file.");
      return FALSE;
    }
  if (import->n_missing <= limit)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
               "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
               " accreditations are not in the file, more than the %" G_GUINT64_FORMAT
               " that --max-missing allows; nobody is cancelled. If the file is whole, raise it.",
               import->n_missing, n_entries, limit);
  return FALSE;
}

gboolean
_lanyard_hub_import_cancel_missing (LanyardHubImport *import, GError **error)
{
  guint64 n_entries;

  if (!import->cancel_missing || import->console == NULL)
    return TRUE;
  /* A row that cannot be used may be anybody of those who seem to be missing. */
  if (import->n_bad > 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "%" G_GUINT64_FORMAT " rows cannot be used, so it is not known who is missing: "
                   "nobody is cancelled. Mend the rows and import the whole file again.",
                   import->n_bad);
      return FALSE;
    }
  if (!for_each_missing (import, count_missing, &n_entries, error)
      || !may_cancel (import, n_entries, error))
    return FALSE;
  if (import->dry_run)
    return TRUE;
  return for_each_missing (import, cancel, &n_entries, error)
         && _lanyard_hub_import_flush (import, TRUE, error);
}
