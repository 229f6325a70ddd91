/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include <string.h>

#include "lanyard-desk-files.h"
#include "lanyard-output.h"

/* Rows that are committed together. */
#define BATCH_ROWS 500
#define MAX_PHOTO_BYTES (2 * 1024 * 1024)
/* Longest line of a roster; see docs/roster.md. */
#define MAX_LINE_BYTES (64 * 1024)

/* One roster on its way into a directory. */
typedef struct
{
  LanyardDirectory *directory; /* borrowed */
  const char *path;            /* borrowed: of the roster */
  const char *photo_dir;       /* borrowed (nullable) */
  GPtrArray *batch;            /* owned (element-type LanyardChange) */
  guint64 gseq;                /* of the last row */
  guint64 n_rows;
  guint64 n_photos;
  guint64 n_left_out; /* lines that make no sense */
  guint64 line;
} Import;

static gboolean
flush (Import *import, GError **error)
{
  if (import->batch->len == 0)
    return TRUE;
  if (!lanyard_directory_apply (import->directory, import->batch, import->gseq, error))
    return FALSE;
  import->n_rows += import->batch->len;
  g_ptr_array_set_size (import->batch, 0);
  lanyard_output_progress ("people", import->n_rows, 0);
  return TRUE;
}

/* Returns: (transfer full) (nullable): path of NUMBER.jpg or NUMBER.png; the number has been
 * checked, so that it cannot lead out of the folder */
static char *
find_photo (const Import *import, const char *number)
{
  static const char *const endings[] = { "jpg", "png" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", number, endings[i]);
      g_autofree char *path = g_build_filename (import->photo_dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static gboolean
take_photo (Import *import, LanyardEntry *entry, GError **error)
{
  g_autofree char *path = import->photo_dir != NULL ? find_photo (import, entry->number) : NULL;
  g_autoptr (GBytes) photo = NULL;
  char *content;
  gsize n_bytes;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &content, &n_bytes, error))
    return FALSE;
  photo = g_bytes_new_take (content, n_bytes);
  if (n_bytes > MAX_PHOTO_BYTES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The photo '%s' has more than %d bytes; make it smaller.", path,
                   MAX_PHOTO_BYTES);
      return FALSE;
    }
  g_clear_pointer (&entry->photo_hash, g_bytes_unref);
  entry->photo_hash = lanyard_photo_hash (photo);
  import->n_photos++;
  return lanyard_directory_put_photo (import->directory, entry->photo_hash, photo, error);
}

/* Returns: (transfer full) (nullable): the person of one line */
static LanyardEntry *
parse_line (const char *line, GError **error)
{
  g_autoptr (LanyardEntry) entry = NULL;

  if (strlen (line) > MAX_LINE_BYTES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT, "It has more than %d bytes.",
                   MAX_LINE_BYTES);
      return NULL;
    }
  entry = lanyard_entry_parse_json (line, -1, error);
  return entry != NULL && lanyard_entry_check (entry, error) ? g_steal_pointer (&entry) : NULL;
}

/* A line that makes no sense is told and left out: one mistake must not keep a thousand people
 * waiting. */
static gboolean
take_line (Import *import, const char *line, GError **error)
{
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *number = NULL;

  import->line++;
  if (*line == '\0')
    return TRUE;
  entry = parse_line (line, &problem);
  if (entry == NULL || !take_photo (import, entry, &problem))
    {
      import->n_left_out++;
      lanyard_output_progress_end ();
      g_printerr ("lanyard: %s, line %" G_GUINT64_FORMAT " is left out: %s\n", import->path,
                  import->line, problem->message);
      return TRUE;
    }
  number = g_strdup (entry->number);
  g_ptr_array_add (import->batch,
                   lanyard_change_new (++import->gseq, number, g_steal_pointer (&entry)));
  return import->batch->len < BATCH_ROWS || flush (import, error);
}

static gboolean
import_file (Import *import, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (import->path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, error);
  g_autoptr (GDataInputStream) lines = NULL;

  if (input == NULL)
    return FALSE;
  lines = g_data_input_stream_new (G_INPUT_STREAM (input));
  for (;;)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (line == NULL)
        break;
      if (!take_line (import, g_strstrip (line), error))
        return FALSE;
    }
  return flush (import, error);
}

/* A desk with a hub gets its directory from there, in the hub's order: rows with an order of their
 * own would hide the hub's. */
static gboolean
refuse_hub (const LanyardConfig *config, GError **error)
{
  if (config->hub_urls == NULL || config->hub_urls[0] == NULL)
    return TRUE;
  g_set_error (
      error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
      "This desk gets its people from its hub; import them there with 'lanyard-hub import'.");
  return FALSE;
}

static gboolean
report (const Import *import, GError **error)
{
  lanyard_output_progress_end ();
  g_print ("%" G_GUINT64_FORMAT " people and %" G_GUINT64_FORMAT " photos.\n", import->n_rows,
           import->n_photos);
  if (import->n_left_out == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "%" G_GUINT64_FORMAT " lines of %s were left out; mend them and import again.",
               import->n_left_out, import->path);
  return FALSE;
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_directory_import;
  g_autofree char *config_path = NULL;
  g_autofree char *photo_dir = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "photos", 0, 0, G_OPTION_ARG_FILENAME, &photo_dir, "NUMBER.jpg or NUMBER.png", "DIR" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (LanyardConfig) config = NULL;
  g_autoptr (LanyardDirectory) directory = NULL;
  g_autoptr (GPtrArray) batch
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  Import import = { .batch = batch };

  if (!lanyard_command_parse (
          self, args, entries,
          "For a desk without a hub. One JSON object a line; see docs/roster.md.", error)
      || !lanyard_command_require_words (self, words, 1, 1, error)
      || !lanyard_command_require_file (words[0], error)
      || (photo_dir != NULL && !lanyard_command_require_file (photo_dir, error)))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL || !refuse_hub (config, error))
    return FALSE;
  directory = lanyard_desk_files_open_directory (config, TRUE, error);
  if (directory == NULL)
    return FALSE;
  import.directory = directory;
  import.path = words[0];
  import.photo_dir = photo_dir;
  import.gseq = lanyard_directory_get_cursor (directory);
  if (!import_file (&import, error))
    return FALSE;
  return report (&import, error);
}

const LanyardCommand lanyard_command_directory_import = {
  .name = "directory import",
  .parameters = "ROSTER",
  .summary = "Fill the directory of a desk without a hub",
  .run = run,
};
