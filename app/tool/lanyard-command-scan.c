/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-output.h"
#include "lanyard-reader.h"
#include "lanyard-scan-camera.h"
#include "lanyard-scan-output.h"

/* Deepest folder in a folder that is looked into. */
#define MAX_FOLDER_DEPTH 8

/* One picture to read. */
typedef struct
{
  char *path; /* owned */
  char *name; /* owned: as the caller gave it, or relative to the folder that the caller gave */
} Picture;

typedef struct
{
  LanyardReader *reader; /* owned */
  gboolean json;
  gboolean explain;
  const char *annotate; /* borrowed (nullable): a file, or the folder for many */
  gboolean many;        /* annotate is a folder */
  guint n_codes;
  guint n_unreadable; /* pictures that could not be opened */
} Scanning;

static const char description[]
    = "Reads PNG and JPEG pictures; folders are looked through with the folders in them.\n"
      "\n"
      "With --json each code is one line: 'file' (as given, or relative to the folder given),\n"
      "'symbology', 'text' (null when it is no text: then 'hex' has the bytes), 'corners' (px,\n"
      "clockwise from the symbol's own top left), 'ms' (from the start of the picture) and 'step'\n"
      "(the part of the reader that read it). With --explain a line with 'trace' follows for each\n"
      "step that was done: 'found', 'work' (steps of work, the same on every machine) and 'ms'.\n"
      "\n"
      "With --camera each code is one such line ('file' is \"camera\") when it comes into the\n"
      "picture, and once a second a line says how it goes: 'frames_per_s', 'gate_open' (share of\n"
      "frames that were worth a search), 'ms' and 'longest_ms' for a frame, 'followed', 'hint'.\n"
      "\n"
      "The exit code is 0 when a code was found, 1 when none was, 2 for wrong use, 3 when a "
      "picture\n"
      "could not be opened or a drawing not be written.\n"
      "\n"
      "  lanyard scan badge.jpg\n"
      "  lanyard scan --json photographs | jq -r .text\n"
      "  lanyard scan --explain --annotate seen.png badge.jpg\n"
      "  lanyard scan --camera=\"v4l2src device=/dev/video2\" --seconds 30";

static void
picture_free (Picture *picture)
{
  g_free (picture->path);
  g_free (picture->name);
  g_free (picture);
}

static void
add_picture (GPtrArray *pictures, const char *path, const char *name)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->path = g_strdup (path);
  picture->name = g_strdup (name);
  g_ptr_array_add (pictures, picture);
}

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

/* Adds all pictures below @directory to @pictures, in the order of their names, which begin behind
 * @root. */
static gboolean
collect_folder (const char *directory,
                const char *root,
                guint depth,
                GPtrArray *pictures,
                GError **error)
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
          if (depth < MAX_FOLDER_DEPTH && !collect_folder (path, root, depth + 1, pictures, error))
            return FALSE;
        }
      else if (is_picture (path))
        {
          const char *below = path + strlen (root);

          while (*below == G_DIR_SEPARATOR)
            below++;
          add_picture (pictures, path, below);
        }
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable) (element-type Picture): every picture that @words name */
static GPtrArray *
collect (char *const *words, GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify)picture_free);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint n_before = pictures->len;

      if (!lanyard_command_require_file (words[i], error))
        return NULL;
      if (!g_file_test (words[i], G_FILE_TEST_IS_DIR))
        {
          add_picture (pictures, words[i], words[i]);
          continue;
        }
      if (!collect_folder (words[i], words[i], 0, pictures, error))
        return NULL;
      if (pictures->len == n_before)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "The folder '%s' has no PNG or JPEG picture in it; name one that has.",
                       words[i]);
          return NULL;
        }
    }
  return g_steal_pointer (&pictures);
}

static void
report_picture_error (Scanning *scanning, const GError *error)
{
  scanning->n_unreadable++;
  lanyard_output_progress_end ();
  g_printerr ("lanyard: %s\n", error->message);
}

/* For one picture the drawing is the file that was named; for many, files with their names below
 * that folder. */
static gboolean
annotate_picture (const Scanning *scanning,
                  const Picture *picture,
                  const GPtrArray *scans,
                  GError **error)
{
  g_autofree char *flat = NULL, *path = NULL;

  if (!scanning->many)
    return lanyard_scan_output_annotate (picture->path, scans, scanning->annotate, error);
  flat = g_strconcat (picture->name, ".png", NULL);
  path = g_build_filename (scanning->annotate, g_strdelimit (flat, G_DIR_SEPARATOR_S, '-'), NULL);
  return lanyard_scan_output_annotate (picture->path, scans, path, error);
}

static void
print_scans (const Scanning *scanning, const Picture *picture, const GPtrArray *scans)
{
  for (guint i = 0; i < scans->len; i++)
    if (scanning->json)
      lanyard_scan_output_json (picture->name, g_ptr_array_index (scans, i));
    else
      lanyard_scan_output_line (picture->name, g_ptr_array_index (scans, i));
  if (scans->len == 0 && !scanning->json)
    {
      lanyard_output_progress_end ();
      g_print ("%s: no code\n", picture->name);
    }
}

static gboolean
scan_picture (Scanning *scanning, const Picture *picture, GError **error)
{
  g_autoptr (GError) picture_error = NULL;
  g_autoptr (LanyardFrame) frame = lanyard_frame_load (picture->path, &picture_error);
  g_autoptr (GPtrArray) scans = NULL;
  guint n_steps;

  if (frame == NULL)
    {
      report_picture_error (scanning, picture_error);
      return TRUE;
    }
  scans = lanyard_reader_read (scanning->reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  scanning->n_codes += scans->len;
  print_scans (scanning, picture, scans);
  if (scanning->explain)
    {
      const LanyardCascadeTrace *trace = lanyard_reader_get_trace (scanning->reader, &n_steps);

      lanyard_scan_output_trace (picture->name, trace, n_steps, scanning->json);
    }
  return scanning->annotate == NULL || annotate_picture (scanning, picture, scans, error);
}

static gboolean
scan_all (Scanning *scanning, const GPtrArray *pictures, GError **error)
{
  for (guint i = 0; i < pictures->len; i++)
    {
      lanyard_output_progress ("pictures", i, pictures->len);
      if (!scan_picture (scanning, g_ptr_array_index (pictures, i), error))
        return FALSE;
    }
  lanyard_output_progress_end ();

  if (scanning->n_unreadable > 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "%u of %u pictures could not be opened; they are named above.",
                   scanning->n_unreadable, pictures->len);
      return FALSE;
    }
  if (scanning->n_codes == 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "No code was found in %u %s.",
                   pictures->len, pictures->len == 1 ? "picture" : "pictures");
      return FALSE;
    }
  return TRUE;
}

static gboolean
make_drawing_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0777) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The folder '%s' for the drawings could not be made: %s", path, g_strerror (errno));
  return FALSE;
}

/* Words of --camera. Only an option's callback knows of an option without its value, and of the
 * options of the program it gets nothing to put it in. */
static char *camera_words;

static gboolean
on_camera (const char *name, const char *value, gpointer data, GError **error)
{
  g_free (camera_words);
  camera_words = g_strdup (value != NULL ? value : LANYARD_SCAN_CAMERA_DEFAULT);
  return TRUE;
}

static gboolean
run_camera (const Scanning *scanning,
            const char *source,
            int n_frames,
            int n_seconds,
            char **words,
            GError **error)
{
  LanyardScanCamera camera
      = { source, scanning->json, (guint)MAX (n_frames, 0), (guint)MAX (n_seconds, 0) };

  if (words != NULL || scanning->explain || scanning->annotate != NULL || n_frames < 0
      || n_seconds < 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "With --camera there are only --json, --frames and --seconds; name no "
                           "pictures.");
      return FALSE;
    }
  return lanyard_scan_camera (&camera, error);
}

static gboolean
run (char **args, GError **error)
{
  g_autofree char *annotate = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (LanyardReader) reader = NULL;
  Scanning scanning = { NULL };
  int n_frames = 0, n_seconds = 0;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &scanning.json, "One JSON object a code and line", NULL },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &scanning.explain,
      "Tell what each step of the reader found, and what it cost", NULL },
    { "annotate", 0, 0, G_OPTION_ARG_FILENAME, &annotate,
      "Draw what was found over the picture; for several pictures OUT is a folder", "OUT" },
    { "camera", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, on_camera,
      "Read from a camera and say once a second how that goes, until Ctrl-C", "WORDS" },
    { "frames", 0, 0, G_OPTION_ARG_INT, &n_frames, "End after N frames of the camera", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &n_seconds, "End after N seconds of the camera", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (&lanyard_command_scan, args, entries, description, error))
    return FALSE;
  scanning.annotate = annotate;
  if (camera_words != NULL)
    return run_camera (&scanning, camera_words, n_frames, n_seconds, words, error);
  if (!lanyard_command_require_words (&lanyard_command_scan, words, 1, G_MAXUINT, error))
    return FALSE;
  pictures = collect (words, error);
  if (pictures == NULL)
    return FALSE;
  scanning.many = words[1] != NULL || g_file_test (words[0], G_FILE_TEST_IS_DIR);
  if (annotate != NULL && scanning.many && !make_drawing_folder (annotate, error))
    return FALSE;
  scanning.reader = reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  return scan_all (&scanning, pictures, error);
}

const LanyardCommand lanyard_command_scan = {
  .name = "scan",
  .parameters = "IMAGE|DIR…|--camera[=WORDS]",
  .summary = "Read the codes in pictures or before a camera",
  .run = run,
};
