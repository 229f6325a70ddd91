/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Badges of the sample packs through the whole way to a printer, and read off what arrived there.
 */

#include <stdio.h>
#include <string.h>

#include <cups/raster.h>
#include <zbar.h>

#include "badge-fixture.h"
#include "lanyard-hash.h"
#include "loopback-queue.h"
#include "loopback.h"
#include "print-stage.h"

#define SERIAL "K0471-000123Q"
/* White paper around it, as a camera would see. */
#define MARGIN_PX 40

typedef struct
{
  const char *label, *pack, *template;
  BadgePerson person;
  const char *formats, *dpi;
  gboolean through_cups;
} BadgeCase;

static const BadgeCase cases[] = {
  { "card-300", "small-cup", "card", BADGE_PERSON_PLAIN, "image/pwg-raster", "300dpi", FALSE },
  { "card-203", "small-cup", "card", BADGE_PERSON_PLAIN, "image/pwg-raster", "203dpi", FALSE },
  { "games-300", "summer-games", "games", BADGE_PERSON_LONGEST, "image/pwg-raster", "300dpi",
    FALSE },
  { "games-203", "summer-games", "games", BADGE_PERSON_LONGEST, "image/pwg-raster", "203dpi",
    FALSE },
  { "card-cups-300", "small-cup", "card", BADGE_PERSON_PLAIN, "image/pwg-raster", "300dpi", TRUE },
  { "card-cups-203", "small-cup", "card", BADGE_PERSON_PLAIN, "image/pwg-raster", "203dpi", TRUE },
  { "card-cups-pdf", "small-cup", "card", BADGE_PERSON_PLAIN, "application/pdf", "300dpi", TRUE },
};

/* A grey picture. */
typedef struct
{
  guint8 *pixels; /* owned */
  guint width, height;
} Picture;

static void
picture_clear (Picture *picture)
{
  g_free (picture->pixels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
picture_init (Picture *picture, guint width, guint height)
{
  picture->width = width + 2 * MARGIN_PX;
  picture->height = height + 2 * MARGIN_PX;
  picture->pixels = g_malloc ((gsize)picture->width * picture->height);
  memset (picture->pixels, 0xff, (gsize)picture->width * picture->height);
}

static guint8 *
picture_row (Picture *picture, guint y)
{
  return picture->pixels + (gsize)(y + MARGIN_PX) * picture->width + MARGIN_PX;
}

static ssize_t
on_read (void *context, unsigned char *bytes, size_t n_bytes)
{
  return g_input_stream_read (context, bytes, n_bytes, NULL, NULL);
}

/* The first page. */
static void
read_raster (GBytes *bytes, guint dpi, double width_mm, double height_mm, Picture *picture)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  cups_raster_t *raster = cupsRasterOpenIO (on_read, stream, CUPS_RASTER_READ);
  g_autofree guint8 *row = NULL;
  cups_page_header2_t header;

  g_assert_true (cupsRasterReadHeader2 (raster, &header) != 0);
  g_assert_cmpuint (header.HWResolution[0], ==, dpi);
  g_assert_cmpfloat_with_epsilon (header.cupsWidth, width_mm / 25.4 * dpi, 1.0);
  g_assert_cmpfloat_with_epsilon (header.cupsHeight, height_mm / 25.4 * dpi, 1.0);
  g_assert_true (header.cupsBitsPerPixel == 24 || header.cupsBitsPerPixel == 8);
  picture_init (picture, header.cupsWidth, header.cupsHeight);
  row = g_malloc (header.cupsBytesPerLine);
  for (guint y = 0; y < header.cupsHeight; y++)
    {
      guint step = header.cupsBitsPerPixel / 8;
      guint8 *to = picture_row (picture, y);

      g_assert_cmpuint (cupsRasterReadPixels (raster, row, header.cupsBytesPerLine), ==,
                        header.cupsBytesPerLine);
      for (guint x = 0; x < header.cupsWidth; x++)
        to[x] = row[x * step + (step == 3 ? 1 : 0)];
    }
  cupsRasterClose (raster);
}

/* By poppler, at the printer's resolution. */
static void
read_pdf (Loopback *loopback, guint dpi, double width_mm, double height_mm, Picture *picture)
{
  g_autofree char *resolution = g_strdup_printf ("%u", dpi);
  g_autofree char *path = g_strdup_printf ("%s/%s.pdf", loopback->tray, SERIAL);
  const char *argv[] = { "pdftoppm", "-gray", "-r", resolution, "-singlefile", path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autoptr (GBytes) out = NULL;
  guint width, height;
  const char *text;
  gsize n_bytes;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, NULL, NULL, &out, NULL, &error));
  text = g_bytes_get_data (out, &n_bytes);
  g_assert_cmpint (sscanf (text, "P5 %u %u 255", &width, &height), ==, 2);
  g_assert_cmpfloat_with_epsilon (width, width_mm / 25.4 * dpi, 1.5);
  g_assert_cmpfloat_with_epsilon (height, height_mm / 25.4 * dpi, 1.5);
  g_assert_cmpuint (n_bytes, >, (gsize)width * height);
  picture_init (picture, width, height);
  for (guint y = 0; y < height; y++)
    memcpy (picture_row (picture, y), text + n_bytes - (gsize)(height - y) * width, width);
}

static gboolean
reads (const Picture *picture, const char *credential)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  gboolean found = FALSE;

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, picture->width, picture->height);
  zbar_image_set_data (image, picture->pixels, (gsize)picture->width * picture->height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    found = found || g_strcmp0 (zbar_symbol_get_data (symbol), credential) == 0;
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return found;
}

static LanyardPrintJob *
make_job (LanyardBadge *badge, const LanyardBadgeContent *content)
{
  LanyardPrintJob *job = g_new0 (LanyardPrintJob, 1);
  g_autoptr (GError) error = NULL;

  job->serial = g_strdup (content->serial);
  job->width_mm = lanyard_badge_get_width_mm (badge);
  job->height_mm = lanyard_badge_get_height_mm (badge);
  job->n_pages = lanyard_badge_get_n_pages (badge);
  job->pdf = lanyard_badge_to_pdf (badge, content, &error);
  g_assert_no_error (error);
  job->pages = lanyard_badge_record (badge, content, &error);
  g_assert_no_error (error);
  return job;
}

/* Puts what the printer got of @job into @picture. */
static void
print_job (const BadgeCase *c, Loopback *loopback, LanyardPrintJob *job, Picture *picture)
{
  g_autoptr (PrintStage) stage
      = print_stage_new (c->through_cups ? "cups:badges" : loopback->uri, &print_stage_limits);
  double width_mm = job->width_mm, height_mm = job->height_mm;
  guint dpi = g_ascii_strtoull (c->dpi, NULL, 10);
  g_autoptr (GBytes) printed = NULL;

  lanyard_printer_submit (stage->printer, job);
  print_stage_wait (stage, SERIAL, LANYARD_PRINT_COMPLETED);
  if (g_str_equal (c->formats, "application/pdf"))
    {
      read_pdf (loopback, dpi, width_mm, height_mm, picture);
      return;
    }
  printed = loopback_take (loopback, SERIAL, "pwg");
  g_assert_nonnull (printed);
  read_raster (printed, dpi, width_mm, height_mm, picture);
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
      = { .entry = entry, .photo = photo, .serial = SERIAL, .credential = credential };
  g_autoptr (Loopback) loopback = loopback_new_changed (c->formats, NULL, "300dpi", c->dpi);
  g_autoptr (Queue) queue = NULL;
  g_auto (Picture) picture = { 0 };

  if (loopback == NULL)
    return;
  if (c->through_cups && (queue = queue_new (loopback->uri, "abort-job")) == NULL)
    return;
  print_job (c, loopback, make_job (badge, &content), &picture);
  g_assert_cmpuint (loopback_count (loopback), ==, 1);
  g_assert_true (reads (&picture, credential));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ipp-badge/%s", cases[i].label);

      g_test_add_data_func (path, &cases[i], test_badge);
    }
  return badge_fixture_finish (g_test_run ());
}
