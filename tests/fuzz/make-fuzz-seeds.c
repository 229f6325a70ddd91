/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "fuzz-picture.h"
#include "line-pictures.h"
#include "qr-pictures.h"
#ifdef HAVE_ZXING
#include "zxing-pictures.h"
#endif

/*
 * Symbols that can be read, in the form of fuzz-picture.h: what mutating begins with. Random bytes
 * alone hardly ever come as far as error correction.
 *
 *   make-fuzz-seeds DIRECTORY LIST
 *
 * LIST gets all paths, for -seed_inputs=@LIST: a fuzzer writes to a directory that it is given.
 */

typedef struct
{
  const char *directory;
  GString *list; /* owned: paths with commas between */
  guint n_written;
} Seeds;

/* @options: see the targets: 1 is deep for QR, 0 for the others */
static void
write_seed (Seeds *seeds, const Picture *picture, guint8 options)
{
  g_autofree char *name = g_strdup_printf ("seed-%03u", seeds->n_written++);
  g_autofree char *path = g_build_filename (seeds->directory, name, NULL);
  guint width = MIN (picture->width, FUZZ_MAX_WIDTH);
  guint height = MIN (picture->height, FUZZ_MAX_HEIGHT);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 head[FUZZ_HEAD]
      = { (guint8)(width - FUZZ_MIN_SIDE), (guint8)(height - FUZZ_MIN_SIDE), 0, options };

  g_byte_array_append (bytes, head, sizeof head);
  for (guint y = 0; y < height; y++)
    g_byte_array_append (bytes, picture->pixels + (gsize)y * picture->width, width);
  if (!g_file_set_contents (path, (const char *)bytes->data, bytes->len, &error))
    g_error ("%s", error->message);
  g_string_append_printf (seeds->list, "%s%s", seeds->list->len > 0 ? "," : "", path);
}

static void
write_twice (Seeds *seeds, const Picture *picture)
{
  write_seed (seeds, picture, 224);
  write_seed (seeds, picture, 227);
}

static void
write_qr (Seeds *seeds)
{
  static const QrScene scenes[] = {
    { .version = 1, .module_px = 1.6 },
    { .version = 1, .module_px = 1.5, .level = 3, .noise = 20 },
    { .version = 1, .module_px = 1.1, .turn = 10 },
    { .version = 1, .module_px = 1.1, .turn = 45, .noise = 5 },
    { .version = 1, .module_px = 1.1, .tilt = 25 },
    { .version = 1, .module_px = 1.6, .mirrored = TRUE },
    { .version = 1, .module_px = 1.6, .inverted = TRUE },
    { .version = 1, .module_px = 1.6, .no_quiet_zone = TRUE },
    { .version = 1, .module_px = 1.6, .sag = 0.5 },
    { .version = 2, .module_px = 1.45 },
    { .version = 3, .module_px = 1.35, .noise = 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autoptr (Picture) picture = qr_scene_draw (&scenes[i], "LY1:0", NULL, NULL, NULL);

      write_twice (seeds, picture);
    }
}

static void
write_lines (Seeds *seeds)
{
  const LineLook looks[] = {
    { .module_px = 1, .height_px = 30, .quiet = 6, .dark = 30 },
    { .module_px = 1, .height_px = 24, .degrees = 12, .quiet = 6, .dark = 30 },
    { .module_px = 1, .height_px = 30, .blur_px = 0.5, .noise = 10, .quiet = 6, .dark = 60 },
  };
  g_autofree char *code128 = line_code128 ("LY");
  g_autofree char *code39 = line_code39 ("7");
  g_autofree char *itf = line_itf ("1234");
  g_autofree char *codabar = line_codabar ("42");
  g_autofree char *ean = line_ean8 ("96385074");
  const char *const widths[] = { code128, code39, itf, codabar, ean };

  for (guint i = 0; i < G_N_ELEMENTS (widths) * G_N_ELEMENTS (looks); i++)
    {
      g_autoptr (Picture) picture
          = line_picture (widths[i / G_N_ELEMENTS (looks)], &looks[i % G_N_ELEMENTS (looks)],
                          FUZZ_MAX_WIDTH, FUZZ_MAX_HEIGHT);

      write_twice (seeds, picture);
    }
}

#ifdef HAVE_ZXING
static void
write_matrix (Seeds *seeds)
{
  for (guint turn = 0; turn <= 30; turn += 15)
    {
      g_autoptr (Picture) matrix = picture_new (FUZZ_MAX_HEIGHT, FUZZ_MAX_HEIGHT);
      g_autoptr (Picture) stacked = picture_new (FUZZ_MAX_WIDTH, FUZZ_MAX_HEIGHT);
      g_autoptr (Picture) turned = NULL;

      picture_draw_symbol (matrix, 12, 12, 3, LANYARD_SYMBOLOGY_DATA_MATRIX, "LY1:0");
      turned = picture_turn (matrix, turn);
      write_twice (seeds, turned);
      picture_draw_symbol (stacked, 2, 8 + turn / 5, 1, LANYARD_SYMBOLOGY_PDF417, "A-1234");
      write_twice (seeds, stacked);
    }
}
#endif

int
main (int argc, char **argv)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Seeds seeds = { argc > 1 ? argv[1] : "", list, 0 };

  if (argc != 3 || g_mkdir_with_parents (seeds.directory, 0755) != 0)
    {
      g_printerr ("make-fuzz-seeds: name a directory and a list that can be written\n");
      return 2;
    }
  write_qr (&seeds);
  write_lines (&seeds);
#ifdef HAVE_ZXING
  write_matrix (&seeds);
#endif
  if (!g_file_set_contents (argv[2], list->str, (gssize)list->len, &error))
    g_error ("%s", error->message);
  return 0;
}
