/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>

#include "bench-report.h"
#include "lanyard-reader.h"

/* How many of the labelled pictures in LANYARD_CORPUS (../shared/corpus beside the source tree) are
 * read, and how long one takes. A report, no gate: the counts are the same on every machine. */

#define SKIPPED 77

/* One kind of picture. */
typedef struct
{
  const char *label;
  const char *prefix;    /* of the set's name */
  const char *symbology; /* of its label */
  guint n, n_read, n_wrong;
  BenchSeries times;
} Kind;

static Kind kinds[] = {
  { "QR, drawn", "synthetic", "QR" },         { "QR, photographs", "", "QR" },
  { "Code 128", "", "CODE128" }, { "Code 39", "", "CODE39" },
  { "ITF", "", "ITF" },          { "no code", "", "NONE" },
};

static Kind *
kind_of (const char *set, const char *symbology)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (set, kinds[i].prefix) && g_str_equal (symbology, kinds[i].symbology))
      return &kinds[i];
  return NULL;
}

static gboolean
is_expected (JsonArray *texts, const char *text)
{
  for (guint i = 0; i < json_array_get_length (texts); i++)
    if (g_strcmp0 (json_array_get_string_element (texts, i), text) == 0)
      return TRUE;
  return FALSE;
}

static void
read_picture (LanyardReader *reader, const char *path, JsonArray *texts, Kind *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFrame) frame = lanyard_frame_load (path, &error);
  g_autoptr (GPtrArray) scans = NULL;
  gboolean read = FALSE, wrong = FALSE;
  double start_us;

  if (frame == NULL)
    {
      printf ("%s\n", error->message);
      return;
    }
  start_us = bench_now_us ();
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  bench_series_add (&kind->times, bench_now_us () - start_us);
  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *text = lanyard_scan_dup_text (g_ptr_array_index (scans, i));

      read = read || is_expected (texts, text);
      wrong = wrong || !is_expected (texts, text);
    }
  kind->n++;
  kind->n_read += read;
  kind->n_wrong += wrong;
}

static void
read_line (LanyardReader *reader, const char *corpus, const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *label = node != NULL ? json_node_get_object (node) : NULL;
  g_autofree char *path = NULL;
  JsonArray *texts;
  Kind *kind;

  if (label == NULL)
    return;
  kind = kind_of (json_object_get_string_member (label, "set"),
                  json_object_get_string_member (label, "symbology"));
  texts = json_object_get_array_member (label, "texts");
  /* Nobody knows what those without a text say. */
  if (kind == NULL
      || (json_array_get_length (texts) == 0 && !g_str_equal (kind->symbology, "NONE")))
    return;
  path = g_build_filename (corpus, json_object_get_string_member (label, "file"), NULL);
  read_picture (reader, path, texts, kind);
}

static void
print_kind (Kind *kind)
{
  if (kind->n == 0)
    return;
  printf ("%-24s %4u of %4u read (%5.1f %%), %u with a text that is not theirs\n", kind->label,
          kind->n_read, kind->n, 100.0 * kind->n_read / kind->n, kind->n_wrong);
  bench_series_print (&kind->times, kind->label);
}

int
main (void)
{
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autofree char *beside
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "..", "shared", "corpus", NULL);
  const char *given = g_getenv ("LANYARD_CORPUS");
  const char *corpus = given != NULL ? given : beside;
  g_autofree char *labels = g_build_filename (corpus, "labels.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (labels, &text, NULL, NULL))
    {
      printf ("no labelled pictures at %s: skipped; LANYARD_CORPUS says where they are\n", corpus);
      return SKIPPED;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    bench_series_init (&kinds[i].times);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (reader, corpus, lines[i]);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      print_kind (&kinds[i]);
      bench_series_clear (&kinds[i].times);
    }
  return 0;
}
