/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Badges of the sample packs through the whole way to a label printer, and read off its labels. */

#include <string.h>

#include <zbar.h>

#include "badge-fixture.h"
#include "lanyard-hash.h"
#include "lanyard-mono-raster.h"
#include "lanyard-page-marks.h"
#include "lanyard-reader.h"
#include "print-stage.h"
#include "zpl-machine.h"

typedef struct
{
  const char *label, *pack, *template, *query;
  BadgePerson person;
  double dpi;
  guint dots_per_mm;
} BadgeCase;

static const BadgeCase cases[] = {
  { "card-203", "small-cup", "card", "dpi=203", BADGE_PERSON_PLAIN, 203.2, 8 },
  { "card-300", "small-cup", "card", "dpi=300&coding=z64", BADGE_PERSON_PLAIN, 300, 12 },
  { "games-203", "summer-games", "games", "dpi=203", BADGE_PERSON_LONGEST, 203.2, 8 },
  { "games-300", "summer-games", "games", "dpi=300", BADGE_PERSON_LONGEST, 300, 12 },
};

/* Grey as a camera would have it, with white paper around. Returns: (transfer full) */
static LanyardFrame *
to_frame (const LanyardMonoRaster *raster)
{
  guint margin = 40, width = raster->width + 2 * margin, height = raster->height + 2 * margin;
  guint8 *pixels = g_malloc ((gsize)width * height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize)width * height);

  memset (pixels, 0xff, (gsize)width * height);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      if (lanyard_mono_raster_get (raster, x, y))
        pixels[(gsize)(y + margin) * width + x + margin] = 0;
  return lanyard_frame_new (bytes, width, height, width, 0, NULL);
}

static gboolean
reads_with_scanner (const LanyardFrame *frame, const char *credential)
{
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  gboolean found = FALSE;

  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *text = lanyard_scan_dup_text (g_ptr_array_index (scans, i));

      found = found || g_strcmp0 (text, credential) == 0;
    }
  return found;
}

static gboolean
reads_with_zbar (const LanyardFrame *frame, const char *credential)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  gboolean found = FALSE;

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, frame->width, frame->height);
  zbar_image_set_data (image, g_bytes_get_data (frame->pixels, NULL),
                       (gsize)frame->width * frame->height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    found = found || g_strcmp0 (zbar_symbol_get_data (symbol), credential) == 0;
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return found;
}

/* Every module of the code is one block of dots of one colour. */
static void
assert_whole_modules (const LanyardMonoRaster *raster, cairo_surface_t *page, double dpi)
{
  const LanyardPageCode *code = g_ptr_array_index (lanyard_page_get_codes (page), 0);
  double scale = dpi / 25.4;
  guint dots = lanyard_mono_module_dots (code->width_mm * scale, code->columns);
  guint left = G_MAXUINT, top = G_MAXUINT;

  g_assert_cmpuint (dots, >=, 2);
  for (guint y = (guint)(code->y_mm * scale) + 2; y < (code->y_mm + code->height_mm) * scale - 2;
       y++)
    for (guint x = (guint)(code->x_mm * scale) + 2; x < (code->x_mm + code->width_mm) * scale - 2;
         x++)
      if (lanyard_mono_raster_get (raster, x, y))
        {
          left = MIN (left, x);
          top = MIN (top, y);
        }
  for (guint y = 0; y < code->rows; y++)
    for (guint x = 0; x < code->columns; x++)
      for (guint i = 0; code->modules[y * code->columns + x] != 0 && i < dots * dots; i++)
        g_assert_true (lanyard_mono_raster_get (raster, left + (x * dots + i % dots) - dots * 4,
                                                top + (y * dots + i / dots) - dots * 4));
}

static void
test_badge (gconstpointer data)
{
  const BadgeCase *c = data;
  g_autoptr (LanyardPack) pack = badge_fixture_load (c->pack);
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, c->person);
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, c->template);
  g_autofree char *credential = badge_fixture_credential (pack, entry);
  g_autoptr (GBytes) photo = badge_fixture_photo (0x806040ff);
  LanyardBadgeContent content
      = { .entry = entry, .photo = photo, .serial = "K0471-000123Q", .credential = credential };
  g_autoptr (ZplMachine) machine = zpl_machine_new (c->dots_per_mm);
  g_autofree char *uri = zpl_machine_dup_uri (machine, c->query);
  g_autoptr (PrintStage) stage = print_stage_new_zpl (uri, &print_stage_zpl_limits);
  LanyardPrintJob *job = g_new0 (LanyardPrintJob, 1);
  g_autoptr (GPtrArray) pages = lanyard_badge_record (badge, &content, NULL);
  g_autoptr (LanyardFrame) frame = NULL;
  const ZplLabel *label;

  job->serial = g_strdup (content.serial);
  job->width_mm = lanyard_badge_get_width_mm (badge);
  job->height_mm = lanyard_badge_get_height_mm (badge);
  job->n_pages = 1;
  job->pages = g_ptr_array_ref (pages);
  lanyard_printer_submit (stage->printer, job);
  print_stage_wait (stage, content.serial, LANYARD_PRINT_COMPLETED);
  label = zpl_machine_get (machine, 0);
  g_assert_nonnull (label);
  frame = to_frame (label->raster);
  g_assert_true (reads_with_scanner (frame, credential));
  g_assert_true (reads_with_zbar (frame, credential));
  assert_whole_modules (label->raster, g_ptr_array_index (pages, 0), c->dpi);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/zpl-badge/%s", cases[i].label);

      g_test_add_data_func (path, &cases[i], test_badge);
    }
  return badge_fixture_finish (g_test_run ());
}
