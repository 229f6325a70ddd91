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

static void
write_bytes (Seeds *seeds, const GByteArray *bytes)
{
  g_autofree char *name = g_strdup_printf ("seed-%03u", seeds->n_written++);
  g_autofree char *path = g_build_filename (seeds->directory, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, (const char *)bytes->data, bytes->len, &error))
    g_error ("%s", error->message);
  g_string_append_printf (seeds->list, "%s%s", seeds->list->len > 0 ? "," : "", path);
}

/* @options: see the targets: 1 is deep for QR, 0 for the others */
static void
write_seed (Seeds *seeds, const Picture *picture, guint8 options)
{
  guint width = MIN (picture->width, FUZZ_MAX_WIDTH);
  guint height = MIN (picture->height, FUZZ_MAX_HEIGHT);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 head[FUZZ_HEAD]
      = { (guint8)(width - FUZZ_MIN_SIDE), (guint8)(height - FUZZ_MIN_SIDE), 0, options };

  g_byte_array_append (bytes, head, sizeof head);
  for (guint y = 0; y < height; y++)
    g_byte_array_append (bytes, picture->pixels + (gsize)y * picture->width, width);
  write_bytes (seeds, bytes);
}

/* The same in a few bytes. @modules: @columns × @rows, 1 is dark; @module: px, 1 to 4 */
static void
write_modules (Seeds *seeds, const guint8 *modules, guint columns, guint rows, guint module)
{
  static const guint8 all_options[] = { 224, 227 };

  for (guint i = 0; i < G_N_ELEMENTS (all_options); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      guint n_bits = columns * rows;
      guint8 head[FUZZ_HEAD]
          = { (guint8)(columns * module - FUZZ_MIN_SIDE), (guint8)(rows * module - FUZZ_MIN_SIDE),
              (guint8)(FUZZ_MODULES | (module - 1) << 4), all_options[i] };

      g_byte_array_append (bytes, head, sizeof head);
      g_byte_array_set_size (bytes, FUZZ_HEAD + (n_bits + 7) / 8);
      memset (bytes->data + FUZZ_HEAD, 0, (n_bits + 7) / 8);
      for (guint bit = 0; bit < n_bits; bit++)
        bytes->data[FUZZ_HEAD + bit / 8] |= (guint8)(modules[bit] << bit % 8);
      write_bytes (seeds, bytes);
    }
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

/* With as much paper around as there is room for. */
static void
write_qr_modules (Seeds *seeds, guint version, guint module)
{
  static guint8 modules[177 * 177];
  QrScene scene = { .version = version, .module_px = 1 };
  guint8 field[FUZZ_MAX_WIDTH * FUZZ_MAX_HEIGHT] = { 0 };
  guint side, quiet;

  picture_free (qr_scene_draw (&scene, "LY1:0", &side, modules, NULL));
  quiet = MIN (4, (FUZZ_MAX_HEIGHT / module - side) / 2);
  for (guint y = 0; y < side; y++)
    memcpy (field + (y + quiet) * (side + 2 * quiet) + quiet, modules + y * side, side);
  write_modules (seeds, field, side + 2 * quiet, side + 2 * quiet, module);
}

static void
write_line_modules (Seeds *seeds, const char *widths, guint module)
{
  guint8 field[FUZZ_MAX_WIDTH * FUZZ_MAX_HEIGHT] = { 0 };
  guint columns = 10, rows = 24 / module, x = 10;

  for (const char *width = widths; *width != '\0'; width++)
    columns += (guint)(*width - '0');
  columns = MIN (columns + 10, FUZZ_MAX_WIDTH / module);
  for (guint i = 0; widths[i] != '\0'; i++)
    for (guint k = (guint)(widths[i] - '0'); k > 0; k--, x++)
      for (guint y = 0; y < rows && x < columns; y++)
        field[y * columns + x] = i % 2 == 0;
  write_modules (seeds, field, columns, rows, module);
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
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    write_line_modules (seeds, widths[i], 1);
  write_line_modules (seeds, itf, 2);
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
  write_qr_modules (&seeds, 1, 2);
  write_qr_modules (&seeds, 1, 3);
  write_qr_modules (&seeds, 2, 2);
  write_lines (&seeds);
#ifdef HAVE_ZXING
  write_matrix (&seeds);
#endif
  if (!g_file_set_contents (argv[2], list->str, (gssize)list->len, &error))
    g_error ("%s", error->message);
  return 0;
}
