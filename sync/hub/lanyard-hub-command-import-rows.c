/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command-import.h"

#include <errno.h>
#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-directory.h"
#include "lanyard-error.h"
#include "lanyard-hub-mapping-private.h"
#include "lanyard-json-text.h"

/* Of a line that another system wrote; members that the mapping does not name may hold anything. */
#define MAX_DEPTH 32

/* Made when the first row needs it: an import without faults leaves no file with names behind. */
static gboolean
open_rejected (LanyardHubImport *import, GError **error)
{
  int fd = open (import->rejected_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  import->rejected = fd < 0 ? NULL : fdopen (fd, "we");
  if (import->rejected == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be written: %s.",
                   import->rejected_path, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  if (import->header != NULL)
    fwrite (import->header->str, 1, import->header->len, import->rejected);
  return TRUE;
}

/* The row as it stands, so that it can be mended and imported from there. */
static gboolean
keep_rejected (LanyardHubImport *import, GError **error)
{
  const GString *raw = lanyard_hub_csv_get_raw (import->csv);

  if (import->rejected_path == NULL)
    return TRUE;
  if (import->rejected == NULL && !open_rejected (import, error))
    return FALSE;
  fwrite (raw->str, 1, raw->len, import->rejected);
  if (raw->len > 0 && raw->str[raw->len - 1] != '\n')
    putc ('\n', import->rejected);
  if (!ferror (import->rejected))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be written: %s.",
               import->rejected_path, g_strerror (errno));
  return FALSE;
}

gboolean
_lanyard_hub_import_reject (LanyardHubImport *import, const char *why, GError **error)
{
  import->n_bad++;
  lanyard_hub_progress_clear (&import->progress);
  g_printerr ("%s:%" G_GUINT64_FORMAT ": %s\n", import->path,
              lanyard_hub_csv_get_line (import->csv), why);
  import->stopped = import->max_errors != 0 && import->n_bad >= import->max_errors;
  return keep_rejected (import, error);
}

static gboolean
is_picture (GBytes *photo)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (photo, &n_bytes);

  return (n_bytes > 3 && memcmp (bytes, "\xff\xd8\xff", 3) == 0)
         || (n_bytes > 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0);
}

/* The photo of @number, when there is one. FALSE: there is one and it cannot be used. */
static gboolean
find_photo (LanyardHubImport *import, const char *number, GBytes **photo, GError **error)
{
  static const char *const endings[] = { ".jpg", ".png" };

  *photo = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (endings) && import->photo_directory != NULL; i++)
    {
      g_autofree char *name = g_strconcat (number, endings[i], NULL);
      g_autofree char *path = g_build_filename (import->photo_directory, name, NULL);
      g_autofree char *content = NULL;
      gsize n_content;

      if (!g_file_get_contents (path, &content, &n_content, NULL))
        continue;
      *photo = g_bytes_new_take (g_steal_pointer (&content), n_content);
      if (n_content <= LANYARD_PHOTO_MAX_BYTES && is_picture (*photo))
        return TRUE;
      g_clear_pointer (photo, g_bytes_unref);
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "its photo %s is no JPEG or PNG of at most 1 MiB", name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_entry (LanyardHubImport *import, LanyardEntry *entry, GError **error)
{
  g_autoptr (GBytes) photo = NULL;
  guint64 line = lanyard_hub_csv_get_line (import->csv);
  guint64 before;

  if (!find_photo (import, entry->number, &photo, error))
    return FALSE;
  if (photo != NULL)
    {
      g_clear_pointer (&entry->photo_hash, g_bytes_unref);
      entry->photo_hash = lanyard_photo_hash (photo);
    }
  if (!lanyard_hub_entry_fits (entry))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "more than an accreditation may hold; shorten it");
      return FALSE;
    }
  if (!lanyard_hub_seen_add (import->seen, entry->number, line, &before, error))
    return FALSE;
  if (before != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "member \"number\" stands in line %" G_GUINT64_FORMAT
                   " already; keep one of the two",
                   before);
      return FALSE;
    }
  if (photo != NULL)
    {
      import->n_photos++;
      import->n_photo_bytes += g_bytes_get_size (photo);
      g_ptr_array_add (import->photos, g_steal_pointer (&photo));
    }
  g_ptr_array_add (import->entries, lanyard_entry_encode (entry));
  return TRUE;
}

static const char *
get_csv_column (gpointer row, guint index, const char *name)
{
  LanyardHubImport *import = row;

  return lanyard_hub_csv_get_field (import->csv, index);
}

/* A JSON line whose members are the columns. */
typedef struct
{
  JsonObject *object; /* borrowed */
  GString *text;      /* owned: of the value looked at */
} JsonRow;

static void
append_json_value (GString *text, JsonNode *node)
{
  JsonArray *array;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append (text, LANYARD_HUB_LIST_SEPARATOR);
          append_json_value (text, json_array_get_element (array, i));
        }
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_string_append (text, json_node_get_string (node));
  else if (JSON_NODE_HOLDS_VALUE (node))
    {
      g_autofree char *word = json_to_string (node, FALSE);

      g_string_append (text, word);
    }
}

static const char *
get_json_column (gpointer user_data, guint index, const char *name)
{
  JsonRow *row = user_data;
  JsonNode *node = json_object_get_member (row->object, name);

  g_string_truncate (row->text, 0);
  if (node != NULL)
    append_json_value (row->text, node);
  return row->text->str;
}

static GString *
map_json (LanyardHubImport *import, const char *line, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  JsonRow row;
  GString *json;

  if (!lanyard_json_text_is_plain (line, strlen (line), MAX_DEPTH)
      || !json_parser_load_from_data (parser, line, -1, NULL)
      || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "it is not one JSON object; write one a line");
      return NULL;
    }
  row.object = json_node_get_object (root);
  row.text = g_string_new (NULL);
  json = lanyard_hub_mapping_apply (import->mapping, get_json_column, &row, error);
  g_string_free (row.text, TRUE);
  return json;
}

/* The row as one JSON object of a roster. */
static GString *
map_row (LanyardHubImport *import, GError **error)
{
  if (import->lines && import->mapping == NULL)
    return g_string_new (lanyard_hub_csv_get_field (import->csv, 0));
  if (import->lines)
    return map_json (import, lanyard_hub_csv_get_field (import->csv, 0), error);
  if (lanyard_hub_csv_get_n_fields (import->csv) != import->n_columns)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "%u fields where the first line has %u; quote fields that hold the separator",
                   lanyard_hub_csv_get_n_fields (import->csv), import->n_columns);
      return NULL;
    }
  return lanyard_hub_mapping_apply (import->mapping, get_csv_column, import, error);
}

static gboolean
take_row (LanyardHubImport *import, GError **error)
{
  g_autoptr (LanyardEntry) entry = NULL;
  GString *json = map_row (import, error);

  if (json == NULL)
    return FALSE;
  entry = lanyard_entry_parse_json (json->str, (gssize)json->len, error);
  sodium_memzero (json->str, json->len);
  g_string_free (json, TRUE);
  return entry != NULL && take_entry (import, entry, error);
}

static gboolean
read_header (LanyardHubImport *import, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  switch (lanyard_hub_csv_read (import->csv, error))
    {
    case LANYARD_HUB_CSV_ROW:
      break;
    case LANYARD_HUB_CSV_END:
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "%s is empty; its first line names the columns.", import->path);
      return FALSE;
    default:
      g_prefix_error (error, "%s: ", import->path);
      return FALSE;
    }
  import->n_columns = lanyard_hub_csv_get_n_fields (import->csv);
  import->header = g_string_new (lanyard_hub_csv_get_raw (import->csv)->str);
  for (guint i = 0; i < import->n_columns; i++)
    g_ptr_array_add (names, g_strstrip (g_strdup (lanyard_hub_csv_get_field (import->csv, i))));
  return lanyard_hub_mapping_bind (import->mapping, (const char *const *)names->pdata, names->len,
                                   error);
}

/* What is wrong with the row is told; what is wrong with this machine ends it all. */
static gboolean
is_rows_fault (const GError *error)
{
  return g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_INVALID)
         || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

gboolean
_lanyard_hub_import_read (LanyardHubImport *import, GError **error)
{
  if (!import->lines && !read_header (import, error))
    return FALSE;
  while (!import->stopped)
    {
      g_autoptr (GError) local_error = NULL;
      LanyardHubCsvResult result = lanyard_hub_csv_read (import->csv, &local_error);

      if (result == LANYARD_HUB_CSV_END)
        break;
      if (result == LANYARD_HUB_CSV_FAILED)
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", import->path);
          return FALSE;
        }
      import->n_rows++;
      if (result == LANYARD_HUB_CSV_ROW)
        take_row (import, &local_error);
      if (local_error != NULL && !is_rows_fault (local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (local_error != NULL && !_lanyard_hub_import_reject (import, local_error->message, error))
        return FALSE;
      if (!_lanyard_hub_import_flush (import, FALSE, error))
        return FALSE;
      lanyard_hub_progress_tell (&import->progress, lanyard_hub_csv_get_n_read (import->csv),
                                 import->n_rows);
    }
  lanyard_hub_progress_clear (&import->progress);
  return _lanyard_hub_import_flush (import, TRUE, error);
}
