/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-reader.h"
#include "scan-corpus.h"

/*
 * One labelled picture in so many, by kind: as many must be read as were when the floors were set,
 * and nothing that is not there. Counts are the same on every machine. The whole of it is the
 * benchmark's (meson test --benchmark scan). Skipped where there are no labelled pictures.
 */

#define ONE_IN 12

typedef struct
{
  const char *path;
  const char *symbology; /* of the label; NULL: drawn pictures of any */
  guint floor;
} Kind;

static const Kind kinds[] = {
  { "/scan/corpus/qr", "QR", 34 },        { "/scan/corpus/code128", "CODE128", 4 },
  { "/scan/corpus/code39", "CODE39", 2 }, { "/scan/corpus/itf", "ITF", 2 },
  { "/scan/corpus/pdf417", "PDF417", 4 }, { "/scan/corpus/data-matrix", "DATAMATRIX", 5 },
  { "/scan/corpus/none", "NONE", 0 },     { "/scan/corpus/drawn", NULL, 11 },
};

static char *directory;
static GPtrArray *pictures;

static gboolean
is_of_kind (const CorpusPicture *picture, const Kind *kind)
{
  gboolean drawn = g_str_equal (picture->set, "synthetic");

  return kind->symbology == NULL ? drawn
                                 : !drawn && g_str_equal (picture->symbology, kind->symbology);
}

static gboolean
reads (LanyardReader *reader, const CorpusPicture *picture)
{
  g_autoptr (LanyardFrame) frame = corpus_picture_load (picture, directory);
  g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  gboolean read = FALSE;

  if (g_str_equal (picture->symbology, "NONE") && scans->len > 0)
    g_test_fail_printf ("%s: a code was read where there is none", picture->file);
  for (guint i = 0; i < scans->len; i++)
    read = read || corpus_picture_is_right (picture, g_ptr_array_index (scans, i));
  return read;
}

static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  guint n = 0, n_tried = 0, n_read = 0;

  if (pictures == NULL)
    {
      g_autofree char *why = g_strdup_printf ("no labelled pictures at %s", directory);

      g_test_skip (why);
      return;
    }
  /* Once one is found the deep steps are left out: a test needs no second code. */
  lanyard_reader_set_first_only (reader, TRUE);
  for (guint i = 0; i < pictures->len; i++)
    {
      const CorpusPicture *picture = g_ptr_array_index (pictures, i);

      if (!is_of_kind (picture, kind)
          || (picture->texts[0] == NULL && !g_str_equal (picture->symbology, "NONE"))
          || n++ % ONE_IN != 0)
        continue;
      n_tried++;
      n_read += reads (reader, picture);
    }
  g_test_message ("%u of %u read, floor %u", n_read, n_tried, kind->floor);
  if (n_read < kind->floor)
    g_test_fail_printf ("%u of %u read, %u were before", n_read, n_tried, kind->floor);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  pictures = corpus_load (&directory);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_test_add_data_func (kinds[i].path, &kinds[i], test_kind);
  result = g_test_run ();
  g_clear_pointer (&pictures, g_ptr_array_unref);
  g_free (directory);
  return result;
}
