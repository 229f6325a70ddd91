/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command-import.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "lanyard-error.h"
#include "lanyard-hub-output.h"

#define DEFAULT_MAX_ERRORS 100
#define DEFAULT_MAX_MISSING "5%"

typedef struct
{
  char *directory;
  char *photos;
  char *mapping;
  char *format;
  char *separator;
  char *rejected;
  char *max_missing;
  int max_errors;
  gboolean keep;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->directory);
  g_free (options->photos);
  g_free (options->mapping);
  g_free (options->format);
  g_free (options->separator);
  g_free (options->rejected);
  g_free (options->max_missing);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
import_clear (LanyardHubImport *import)
{
  g_clear_pointer (&import->mapping, lanyard_hub_mapping_free);
  g_clear_pointer (&import->csv, lanyard_hub_csv_free);
  g_clear_pointer (&import->seen, lanyard_hub_seen_free);
  g_clear_pointer (&import->rejected, fclose);
  g_clear_pointer (&import->entries, g_ptr_array_unref);
  g_clear_pointer (&import->photos, g_ptr_array_unref);
  g_clear_pointer (&import->members, g_hash_table_unref);
  lanyard_hub_console_close (import->console);
  if (import->header != NULL)
    g_string_free (import->header, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardHubImport, import_clear)

static gboolean
wrong_use (GError **error, const char *sentence)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, sentence);
  return FALSE;
}

/* "250" or "5%" */
static gboolean
read_max_missing (LanyardHubImport *import, const char *text, GError **error)
{
  g_autofree char *digits = g_strdup (text);
  gsize length = strlen (digits);

  import->max_missing_is_share = length > 0 && digits[length - 1] == '%';
  if (import->max_missing_is_share)
    digits[length - 1] = '\0';
  if (g_ascii_string_to_unsigned (digits, 10, 0, import->max_missing_is_share ? 100 : G_MAXUINT32,
                                  &import->max_missing, NULL))
    return TRUE;
  return wrong_use (error, "--max-missing is a number, or a share such as 5%.");
}

static gboolean
read_separator (const char *text, char *separator, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "tab"))
    *separator = '\t';
  else if (strlen (text) == 1 && strchr (",;\t", *text) != NULL)
    *separator = *text;
  else
    return wrong_use (error, "--separator is one of , ; tab.");
  return TRUE;
}

static gboolean
load_mapping (LanyardHubImport *import, const char *path, GError **error)
{
  g_autofree char *content = NULL;
  gsize n_content;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &content, &n_content, NULL))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "The mapping file %s cannot be read.", path);
      return FALSE;
    }
  import->mapping = lanyard_hub_mapping_parse (content, (gssize)n_content, error);
  if (import->mapping != NULL)
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/* The option, the mapping, the file's name, its first letter: who speaks first. */
static gboolean
choose_format (LanyardHubImport *import, const char *option, FILE *file, GError **error)
{
  const char *format = option;
  int first;

  if (format == NULL && import->mapping != NULL)
    format = lanyard_hub_mapping_get_format (import->mapping);
  if (format == NULL && g_str_has_suffix (import->path, ".jsonl"))
    format = "jsonl";
  if (format == NULL
      && (g_str_has_suffix (import->path, ".csv") || g_str_has_suffix (import->path, ".tsv")))
    format = "csv";
  if (format == NULL)
    {
      first = getc (file);
      ungetc (first, file);
      format = first == '{' || first == EOF ? "jsonl" : "csv";
    }
  if (!g_str_equal (format, "csv") && !g_str_equal (format, "jsonl"))
    return wrong_use (error, "--format is csv or jsonl.");
  import->lines = g_str_equal (format, "jsonl");
  if (import->mapping == NULL && !import->lines)
    import->mapping = lanyard_hub_mapping_new_plain ();
  return TRUE;
}

static void
print_members (LanyardHubImport *import)
{
  g_autoptr (GList) names
      = g_list_sort (g_hash_table_get_keys (import->members), (GCompareFunc)g_strcmp0);

  for (GList *l = names; l != NULL; l = l->next)
    g_print ("  %-22s in %" G_GSIZE_FORMAT "\n", (const char *)l->data,
             GPOINTER_TO_SIZE (g_hash_table_lookup (import->members, l->data)));
}

static void
print_summary (LanyardHubImport *import)
{
  const LanyardHubImported *imported = &import->imported;

  if (import->console == NULL)
    g_print ("%" G_GUINT64_FORMAT " lines can be imported, %" G_GUINT64_FORMAT
             " cannot, %" G_GUINT64_FORMAT " photos\n",
             lanyard_hub_seen_count (import->seen), import->n_bad, import->n_photos);
  else
    g_print ("%s%" G_GUINT64_FORMAT " added, %" G_GUINT64_FORMAT " changed, %" G_GUINT64_FORMAT
             " as before, %" G_GUINT64_FORMAT " lines not used, %" G_GUINT64_FORMAT " photos\n",
             import->dry_run ? "would be: " : "", imported->added, imported->changed,
             imported->same, import->n_bad, import->n_photos);
  print_members (import);
}

static void
print_missing (LanyardHubImport *import)
{
  if (import->cancel_missing && import->console != NULL)
    g_print ("%s%" G_GUINT64_FORMAT " cancelled that the file does not have\n",
             import->dry_run ? "would be: " : "",
             import->dry_run ? import->n_missing : import->n_cancelled);
}

static gboolean
judge (LanyardHubImport *import, GError **error)
{
  const char *others = import->dry_run ? "good" : "imported";

  if (import->n_bad == 0)
    return TRUE;
  if (import->stopped)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "Stopped in line %" G_GUINT64_FORMAT " after %" G_GUINT64_FORMAT
                 " lines that cannot be used; those before are %s. Look at the mapping, or raise "
                 "--max-errors.",
                 lanyard_hub_csv_get_line (import->csv), import->n_bad, others);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                 " lines cannot be used; the others are %s.",
                 import->n_bad, import->n_rows, others);
  return FALSE;
}

static gboolean
run (LanyardHubImport *import, const Options *options, FILE *file, GError **error)
{
  char separator = 0;
  struct stat info;

  if (!read_max_missing (
          import, options->max_missing == NULL ? DEFAULT_MAX_MISSING : options->max_missing, error)
      || !load_mapping (import, options->mapping, error)
      || !choose_format (import, options->format, file, error))
    return FALSE;
  if (import->mapping != NULL)
    separator = lanyard_hub_mapping_get_separator (import->mapping);
  if (!read_separator (options->separator, &separator, error))
    return FALSE;
  import->seen = lanyard_hub_seen_new (error);
  if (import->seen == NULL)
    return FALSE;
  if (options->directory != NULL)
    {
      import->console = lanyard_hub_console_open (options->directory, error);
      if (import->console == NULL)
        return FALSE;
    }
  import->csv = lanyard_hub_csv_new (file, import->lines, separator);
  lanyard_hub_progress_start (&import->progress, "lines",
                              fstat (fileno (file), &info) == 0 && S_ISREG (info.st_mode)
                                  ? (guint64)info.st_size
                                  : 0);
  if (!_lanyard_hub_import_read (import, error))
    return FALSE;
  print_summary (import);
  if (!_lanyard_hub_import_cancel_missing (import, error))
    return FALSE;
  print_missing (import);
  return judge (import, error);
}

static gboolean
import_roster (LanyardHubImport *import, const Options *options, GError **error)
{
  FILE *file = g_str_equal (import->path, "-") ? stdin : fopen (import->path, "re");
  gboolean done;

  if (file == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "%s cannot be read: %s.",
                   import->path, g_strerror (errno));
      return FALSE;
    }
  import->photo_directory = options->photos;
  import->rejected_path = options->rejected;
  import->max_errors = (guint64)MAX (options->max_errors, 0);
  import->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  import->photos = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  import->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  done = run (import, options, file, error);
  lanyard_hub_progress_clear (&import->progress);
  if (file != stdin)
    fclose (file);
  return done;
}

int
lanyard_hub_command_import (int argc, char **argv)
{
  g_auto (Options) options = { .max_errors = DEFAULT_MAX_ERRORS };
  g_auto (LanyardHubImport) import = { 0 };
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &options.directory, "the hub's folder", "DIR" },
    { "photos", 0, 0, G_OPTION_ARG_FILENAME, &options.photos, "folder of NUMBER.jpg and NUMBER.png",
      "DIR" },
    { "mapping", 'm', 0, G_OPTION_ARG_FILENAME, &options.mapping,
      "which column becomes what (see docs/roster.md)", "FILE" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format, "csv or jsonl", "WORD" },
    { "separator", 's', 0, G_OPTION_ARG_STRING, &options.separator, "of CSV: , ; or tab", "MARK" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &import.dry_run,
      "change nothing and say what would change", NULL },
    { "max-errors", 0, 0, G_OPTION_ARG_INT, &options.max_errors,
      "stop after so many lines that cannot be used (100; 0: never)", "N" },
    { "rejected", 0, 0, G_OPTION_ARG_FILENAME, &options.rejected,
      "write the lines that cannot be used here; it holds personal data", "FILE" },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &options.keep,
      "leave accreditations that the file does not have as they are (this is so anyway)", NULL },
    { "cancel-missing", 0, 0, G_OPTION_ARG_NONE, &import.cancel_missing,
      "cancel accreditations that the file does not have", NULL },
    { "max-missing", 0, 0, G_OPTION_ARG_STRING, &options.max_missing,
      "cancel nobody when more would be (5%)", "N|N%" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR ROSTER",
                                 "Takes a roster, CSV or one JSON object a line (see "
                                 "docs/roster.md); - reads standard input.\nA line that cannot be "
                                 "used is told with its number and passed over.",
                                 entries, &argc, &argv, &error)
      && (import.dry_run || lanyard_hub_command_need (options.directory, "--dir", &error))
      && lanyard_hub_command_need (argc == 2 ? argv[1] : NULL, "One roster file", &error)
      && (!(options.keep && import.cancel_missing)
          || wrong_use (&error, "--keep and --cancel-missing contradict each other."))
      && lanyard_hub_output_may_be (options.directory, options.rejected, argv[1], &error))
    {
      import.path = argv[1];
      import_roster (&import, &options, &error);
    }
  return lanyard_hub_command_end (error);
}
