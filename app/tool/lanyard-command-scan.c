/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-output.h"
#include "lanyard-reader.h"
#include "lanyard-scan-camera.h"
#include "lanyard-scan-drawings.h"
#include "lanyard-scan-output.h"

typedef struct
{
  LanyardReader *reader; /* owned */
  gboolean json;
  gboolean explain;
  LanyardScanDrawings *drawings; /* borrowed (nullable): where they go */
  guint n_codes;
  guint n_unreadable; /* pictures that could not be opened */
} Scanning;

static const char description[]
    = "Reads PNG and JPEG pictures; folders are looked through with the folders in them, sixteen "
      "deep.\n"
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
      "The exit code is 0 when a code was found, 1 when none was, 2 for wrong use (such as a name\n"
      "that is no file), 3 when a picture, a folder or the camera could not be opened or a "
      "drawing\n"
      "not be written.\n"
      "\n"
      "  lanyard scan badge.jpg\n"
      "  lanyard scan --json photographs | jq -r .text\n"
      "  lanyard scan --explain --annotate seen.png badge.jpg\n"
      "  lanyard scan --camera=\"v4l2src device=/dev/video2\" --seconds 30";

static void
print_scans (const Scanning *scanning, const LanyardScanPicture *picture, const GPtrArray *scans)
{
  for (guint i = 0; i < scans->len; i++)
    if (scanning->json)
      lanyard_scan_output_json (picture->name, g_ptr_array_index (scans, i));
    else
      lanyard_scan_output_line (picture->name, g_ptr_array_index (scans, i));
  if (scans->len == 0 && !scanning->json)
    lanyard_scan_output_nothing (picture->name);
}

static gboolean
scan_picture (Scanning *scanning, const LanyardScanPicture *picture, GError **error)
{
  g_autoptr (GError) picture_error = NULL;
  g_autoptr (LanyardFrame) frame = lanyard_frame_load (picture->path, &picture_error);
  g_autoptr (GPtrArray) scans = NULL;
  guint n_steps;

  if (frame == NULL)
    {
      scanning->n_unreadable++;
      lanyard_scan_output_failure (picture_error);
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
  return scanning->drawings == NULL
         || lanyard_scan_drawings_add (scanning->drawings, picture, scans, error);
}

static gboolean
scan_all (Scanning *scanning, const LanyardScanPictures *found, GError **error)
{
  const GPtrArray *pictures = found->pictures;

  for (guint i = 0; i < pictures->len; i++)
    {
      lanyard_output_progress ("pictures", i, pictures->len);
      if (!scan_picture (scanning, g_ptr_array_index (pictures, i), error))
        return FALSE;
    }
  lanyard_output_progress_end ();

  if (scanning->n_unreadable + found->n_shut > 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "%u of %u %s could not be opened; they are named above.",
                   scanning->n_unreadable + found->n_shut, pictures->len + found->n_shut,
                   found->n_shut > 0 ? "pictures and folders" : "pictures");
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
            const char *annotate,
            const char *source,
            int n_frames,
            int n_seconds,
            char **words,
            GError **error)
{
  LanyardScanCamera camera
      = { source, scanning->json, (guint)MAX (n_frames, 0), (guint)MAX (n_seconds, 0) };

  if (words != NULL || scanning->explain || annotate != NULL || n_frames < 0 || n_seconds < 0)
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
  g_auto (LanyardScanPictures) found = { NULL };
  g_autoptr (LanyardScanDrawings) drawings = NULL;
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
  if (camera_words != NULL)
    return run_camera (&scanning, annotate, camera_words, n_frames, n_seconds, words, error);
  if (!lanyard_command_require_words (&lanyard_command_scan, words, 1, G_MAXUINT, error)
      || !lanyard_scan_pictures_collect (&found, words, error))
    return FALSE;
  if (annotate != NULL)
    {
      scanning.drawings = drawings = lanyard_scan_drawings_new (annotate, &found, error);
      if (drawings == NULL)
        return FALSE;
    }
  scanning.reader = reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  return scan_all (&scanning, &found, error);
}

const LanyardCommand lanyard_command_scan = {
  .name = "scan",
  .parameters = "IMAGE|DIR…|--camera[=WORDS]",
  .summary = "Read the codes in pictures or before a camera",
  .run = run,
};
