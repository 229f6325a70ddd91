/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-cbor.h"
#include "lanyard-directory.h"
#include "lanyard-error.h"

#define MAX_LINE_BYTES (64 * 1024)
#define MAX_BATCH_PHOTO_BYTES (8 * 1024 * 1024)
#define MAX_ERRORS_SHOWN 20

typedef struct
{
  const char *path;            /* of the roster; "-" reads standard input */
  const char *photo_directory; /* (nullable) */
  gboolean dry_run;
  LanyardHubConsole *console; /* (nullable): dry run */
  GPtrArray *entries;         /* (element-type GBytes) encoded, not yet sent */
  GPtrArray *photos;          /* (element-type GBytes) not yet sent */
  gsize n_photo_bytes;        /* of photos */
  GHashTable *lines;          /* (element-type utf8 uint): number → line */
  LanyardHubImported imported;
  guint64 n_lines;
  guint64 n_bad;
  guint64 n_photos;
} Import;

static void
report_line (Import *import, const char *message)
{
  import->n_bad++;
  if (import->n_bad <= MAX_ERRORS_SHOWN)
    g_printerr ("%s:%" G_GUINT64_FORMAT ": %s\n", import->path, import->n_lines, message);
  else if (import->n_bad == MAX_ERRORS_SHOWN + 1)
    g_printerr ("(further lines that cannot be used are only counted)\n");
}

static void
write_all (LanyardCborWriter *writer, GPtrArray *items)
{
  lanyard_cbor_open_array (writer, items->len);
  for (guint i = 0; i < items->len; i++)
    lanyard_cbor_write_gbytes (writer, g_ptr_array_index (items, i));
  g_ptr_array_set_size (items, 0);
}

static gboolean
flush (Import *import, GError **error)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *word = NULL;
  LanyardCborReader reader;

  if (import->entries->len == 0 || import->dry_run)
    {
      g_ptr_array_set_size (import->entries, 0);
      g_ptr_array_set_size (import->photos, 0);
      import->n_photo_bytes = 0;
      return TRUE;
    }
  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_open_array (writer, 3);
  lanyard_cbor_write_text (writer, "import");
  write_all (writer, import->entries);
  write_all (writer, import->photos);
  import->n_photo_bytes = 0;
  request = lanyard_cbor_writer_end (writer);
  answer = lanyard_hub_console_call (import->console, request, error);
  if (answer == NULL)
    return FALSE;
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                            LANYARD_HUB_CONTROL_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, 4);
  word = lanyard_cbor_read_text (&reader, 16);
  import->imported.added += lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  import->imported.changed += lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  import->imported.same += lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  return lanyard_cbor_reader_end (&reader, "answer of the hub", error);
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
find_photo (Import *import, const char *number, GBytes **photo, GError **error)
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
is_first (Import *import, const char *number, GError **error)
{
  guint64 line = GPOINTER_TO_SIZE (g_hash_table_lookup (import->lines, number));

  if (line != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "the number %s stands in line %" G_GUINT64_FORMAT " already", number, line);
      return FALSE;
    }
  g_hash_table_insert (import->lines, g_strdup (number), GSIZE_TO_POINTER (import->n_lines));
  return TRUE;
}

static gboolean
take_line (Import *import, const char *line, gsize n_line, GError **error)
{
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GBytes) photo = NULL;

  if (n_line > MAX_LINE_BYTES)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT, "longer than 64 KiB");
      return FALSE;
    }
  entry = lanyard_entry_parse_json (line, (gssize)n_line, error);
  if (entry == NULL || !is_first (import, entry->number, error)
      || !find_photo (import, entry->number, &photo, error))
    return FALSE;
  if (photo != NULL)
    {
      g_clear_pointer (&entry->photo_hash, g_bytes_unref);
      entry->photo_hash = lanyard_photo_hash (photo);
      import->n_photos++;
      import->n_photo_bytes += g_bytes_get_size (photo);
      g_ptr_array_add (import->photos, g_steal_pointer (&photo));
    }
  if (!lanyard_hub_entry_fits (entry))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "more than an accreditation may hold");
      return FALSE;
    }
  g_ptr_array_add (import->entries, lanyard_entry_encode (entry));
  return TRUE;
}

static gboolean
read_lines (Import *import, FILE *file, GError **error)
{
  g_autofree char *line = NULL;
  size_t n_allocated = 0;
  ssize_t n_line;

  while ((n_line = getline (&line, &n_allocated, file)) >= 0)
    {
      g_autoptr (GError) local_error = NULL;

      import->n_lines++;
      while (n_line > 0 && (line[n_line - 1] == '\n' || line[n_line - 1] == '\r'))
        n_line--;
      if (n_line > 0 && !take_line (import, line, (gsize)n_line, &local_error))
        report_line (import, local_error->message);
      if ((import->entries->len >= LANYARD_HUB_CONTROL_MAX_ENTRIES
           || import->n_photo_bytes >= MAX_BATCH_PHOTO_BYTES)
          && !flush (import, error))
        return FALSE;
      if (import->n_lines % 500 == 0 && isatty (STDERR_FILENO))
        g_printerr ("\r%" G_GUINT64_FORMAT " lines", import->n_lines);
    }
  if (isatty (STDERR_FILENO))
    g_printerr ("\r");
  if (ferror (file))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be read: %s.", import->path,
                   g_strerror (errno));
      return FALSE;
    }
  return flush (import, error);
}

static void
print_summary (Import *import)
{
  if (import->dry_run)
    g_print ("%" G_GUINT64_FORMAT " lines can be imported, %" G_GUINT64_FORMAT
             " cannot, %" G_GUINT64_FORMAT " photos\n",
             (guint64)g_hash_table_size (import->lines), import->n_bad, import->n_photos);
  else
    g_print ("%" G_GUINT64_FORMAT " added, %" G_GUINT64_FORMAT " changed, %" G_GUINT64_FORMAT
             " as before, %" G_GUINT64_FORMAT " lines not used, %" G_GUINT64_FORMAT " photos\n",
             import->imported.added, import->imported.changed, import->imported.same, import->n_bad,
             import->n_photos);
}

static gboolean
run (Import *import, const char *directory, GError **error)
{
  FILE *file = g_str_equal (import->path, "-") ? stdin : fopen (import->path, "re");
  gboolean done;

  if (file == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "%s cannot be read: %s.",
                   import->path, g_strerror (errno));
      return FALSE;
    }
  if (!import->dry_run)
    import->console = lanyard_hub_console_open (directory, error);
  done = (import->dry_run || import->console != NULL) && read_lines (import, file, error);
  if (file != stdin)
    fclose (file);
  if (!done)
    return FALSE;
  print_summary (import);
  if (import->n_bad == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
               " lines cannot be used; the others are %s.",
               import->n_bad, import->n_lines, import->dry_run ? "good" : "imported");
  return FALSE;
}

static gboolean
import_roster (Import *import, const char *directory, GError **error)
{
  gboolean done;

  import->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  import->photos = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  import->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  done = run (import, directory, error);
  g_ptr_array_unref (import->entries);
  g_ptr_array_unref (import->photos);
  g_hash_table_unref (import->lines);
  lanyard_hub_console_close (import->console);
  return done;
}

int
lanyard_hub_command_import (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *photos = NULL;
  Import import = { 0 };
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { "photos", 0, 0, G_OPTION_ARG_FILENAME, &photos, "folder of NUMBER.jpg and NUMBER.png",
      "DIR" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &import.dry_run, "only check the lines", NULL },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR ROSTER",
                                 "Takes a roster, one JSON object a line (see docs/roster.md); - "
                                 "reads standard input.\nA line that cannot be used is told with "
                                 "its number and passed over.",
                                 entries, &argc, &argv, &error)
      && (import.dry_run || lanyard_hub_command_need (directory, "--dir", &error))
      && lanyard_hub_command_need (argc == 2 ? argv[1] : NULL, "One roster file", &error))
    {
      import.path = argv[1];
      import.photo_directory = photos;
      import_roster (&import, directory, &error);
    }
  return lanyard_hub_command_end (error);
}
