/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-hash.h"
#include "lanyard-output.h"
#include "lanyard-reader.h"

/* Deepest folder in a folder that is looked into. */
#define MAX_FOLDER_DEPTH 8

typedef struct
{
  LanyardReader *reader; /* owned */
  gboolean json;
  guint n_codes;
  guint n_unreadable; /* pictures that could not be opened */
} Scanning;

static gboolean
is_picture (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".png") || g_str_has_suffix (lower, ".jpg")
         || g_str_has_suffix (lower, ".jpeg");
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* Adds all pictures below @directory to @paths, in the order of their names. */
static gboolean
collect_folder (const char *directory, guint depth, GPtrArray *paths, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (directory, name, NULL));
  g_ptr_array_sort (names, compare_paths);

  for (guint i = 0; i < names->len; i++)
    {
      const char *path = g_ptr_array_index (names, i);

      if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (depth < MAX_FOLDER_DEPTH && !collect_folder (path, depth + 1, paths, error))
            return FALSE;
        }
      else if (is_picture (path))
        g_ptr_array_add (paths, g_strdup (path));
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): every picture that @words name */
static GPtrArray *
collect (char *const *words, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint n_before = paths->len;

      if (!lanyard_command_require_file (words[i], error))
        return NULL;
      if (!g_file_test (words[i], G_FILE_TEST_IS_DIR))
        {
          g_ptr_array_add (paths, g_strdup (words[i]));
          continue;
        }
      if (!collect_folder (words[i], 0, paths, error))
        return NULL;
      if (paths->len == n_before)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "The folder '%s' has no PNG or JPEG picture in it; name one that has.",
                       words[i]);
          return NULL;
        }
    }
  return g_steal_pointer (&paths);
}

static void
print_json (const char *path, const LanyardScan *scan)
{
  JsonBuilder *builder = json_builder_new ();
  g_autofree char *text = lanyard_scan_dup_text (scan);

  json_builder_begin_object (builder);
  lanyard_output_member (builder, "file", path);
  lanyard_output_member (builder, "symbology", lanyard_symbology_to_string (scan->symbology));
  lanyard_output_member (builder, "text", text);
  if (text == NULL)
    {
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (scan->data, &n_bytes);
      g_autofree char *hex = lanyard_hex_encode (bytes, n_bytes);

      lanyard_output_member (builder, "hex", hex);
    }
  json_builder_set_member_name (builder, "corners");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (scan->corners); i++)
    {
      json_builder_begin_array (builder);
      json_builder_add_double_value (builder, scan->corners[i].x);
      json_builder_add_double_value (builder, scan->corners[i].y);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "ms");
  json_builder_add_double_value (builder, (double)scan->took_us / 1000.0);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
print_line (const char *path, const LanyardScan *scan)
{
  g_autofree char *text = lanyard_scan_dup_text (scan);
  g_autofree char *printable
      = text == NULL ? g_strdup_printf ("%" G_GSIZE_FORMAT " bytes", g_bytes_get_size (scan->data))
                     : lanyard_output_dup_printable (text);

  lanyard_output_progress_end ();
  g_print ("%s: %s: %s\n", path, lanyard_symbology_to_string (scan->symbology), printable);
}

static void
scan_picture (Scanning *scanning, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFrame) frame = lanyard_frame_load (path, &error);
  g_autoptr (GPtrArray) scans = NULL;

  if (frame == NULL)
    {
      scanning->n_unreadable++;
      lanyard_output_progress_end ();
      g_printerr ("lanyard: %s\n", error->message);
      return;
    }
  scans = lanyard_reader_read (scanning->reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  scanning->n_codes += scans->len;
  for (guint i = 0; i < scans->len; i++)
    {
      if (scanning->json)
        print_json (path, g_ptr_array_index (scans, i));
      else
        print_line (path, g_ptr_array_index (scans, i));
    }
  if (scans->len == 0 && !scanning->json)
    {
      lanyard_output_progress_end ();
      g_print ("%s: no code\n", path);
    }
}

static gboolean
scan_all (GPtrArray *paths, gboolean json, GError **error)
{
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  Scanning scanning = { .reader = reader, .json = json };

  for (guint i = 0; i < paths->len; i++)
    {
      lanyard_output_progress ("pictures", i, paths->len);
      scan_picture (&scanning, g_ptr_array_index (paths, i));
    }
  lanyard_output_progress_end ();

  if (scanning.n_unreadable > 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "%u of %u pictures could not be opened; they are named above.",
                   scanning.n_unreadable, paths->len);
      return FALSE;
    }
  if (scanning.n_codes == 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "No code was found in %u %s.",
                   paths->len, paths->len == 1 ? "picture" : "pictures");
      return FALSE;
    }
  return TRUE;
}

static gboolean
run (char **args, GError **error)
{
  gboolean json = FALSE;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object a code and line", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) paths = NULL;

  if (!lanyard_command_parse (&lanyard_command_scan, args, entries,
                              "Folders are looked through with the folders in them. The exit code "
                              "is 1 when no code was found.",
                              error))
    return FALSE;
  if (!lanyard_command_require_words (&lanyard_command_scan, words, 1, G_MAXUINT, error))
    return FALSE;
  paths = collect (words, error);
  return paths != NULL && scan_all (paths, json, error);
}

const LanyardCommand lanyard_command_scan = {
  .name = "scan",
  .parameters = "IMAGE|DIR…",
  .summary = "Read the codes in pictures",
  .run = run,
};
