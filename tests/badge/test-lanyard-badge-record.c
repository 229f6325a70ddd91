/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "badge-fixture.h"

#include <math.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-reader.h"

/* What is recorded is what is printed: the same picture at any resolution, on another thread, when
 * the badge and everything on it have gone. */

static GPtrArray *
record (const char *pack_name, const char *template, BadgePerson person, char **credential)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load (pack_name);
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, person);
  g_autoptr (GBytes) photo = badge_fixture_photo (0x335577ff);
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, template);
  LanyardBadgeContent content = { .entry = entry, .photo = photo, .serial = "K0471-000123Q" };
  g_autoptr (GError) error = NULL;
  GPtrArray *pages;

  *credential = badge_fixture_credential (pack, entry);
  content.credential = *credential;
  pages = lanyard_badge_record (badge, &content, &error);
  g_assert_no_error (error);
  return pages;
}

static LanyardFrame *
play_back (cairo_surface_t *page, double width_mm, double height_mm, double dpi)
{
  int width = (int)lround (width_mm * dpi / 25.4), height = (int)lround (height_mm * dpi / 25.4);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (image);
  guint8 *grey = g_malloc ((gsize)width * height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (grey, (gsize)width * height);
  g_autoptr (GError) error = NULL;
  LanyardFrame *frame;

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 25.4, dpi / 25.4);
  cairo_set_source_surface (cr, page, 0, 0);
  cairo_paint (cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      grey[(gsize)y * width + x] = cairo_image_surface_get_data (
          image)[(gsize)y * cairo_image_surface_get_stride (image) + x * 4 + 1];
  cairo_surface_destroy (image);
  frame = lanyard_frame_new (bytes, width, height, width, 0, &error);
  g_assert_no_error (error);
  return frame;
}

typedef struct
{
  cairo_surface_t *page;  /* borrowed */
  const char *credential; /* borrowed */
  double width_mm, height_mm, dpi;
} Reading;

static gpointer
read_page (gpointer data)
{
  const Reading *reading = data;
  g_autoptr (LanyardFrame) frame
      = play_back (reading->page, reading->width_mm, reading->height_mm, reading->dpi);
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  gboolean found = FALSE;

  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *text = lanyard_scan_dup_text (g_ptr_array_index (scans, i));

      found = found || g_strcmp0 (text, reading->credential) == 0;
    }
  return GINT_TO_POINTER (found);
}

static void
test_reads_elsewhere (void)
{
  static const double resolutions[] = { 203, 300, 600 };
  g_autofree char *credential = NULL;
  g_autoptr (GPtrArray) pages = record ("summer-games", "games", BADGE_PERSON_LONGEST, &credential);

  g_assert_cmpuint (pages->len, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      Reading reading = { g_ptr_array_index (pages, 0), credential, 105.0, 135.0, resolutions[i] };
      GThread *thread = g_thread_new ("printer", read_page, &reading);

      g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
    }
}

/* Text above all: its size and place must not be rounded to whole millimetres. */
static void
test_same_picture (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "card");
  g_autofree char *credential = badge_fixture_credential (pack, entry);
  LanyardBadgeContent content
      = { .entry = entry, .serial = "K0471-000123Q", .credential = credential };
  g_autoptr (GPtrArray) pages = lanyard_badge_record (badge, &content, NULL);
  const cairo_rectangle_t extents = { 0, 0, 85.6 * 300 / 25.4, 53.98 * 300 / 25.4 };
  cairo_surface_t *direct = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t *cr = cairo_create (direct);
  g_autoptr (LanyardFrame) played = NULL, drawn = NULL;
  gsize n_pixels, n_off = 0;

  g_assert_nonnull (pages);
  played = play_back (g_ptr_array_index (pages, 0), 85.6, 53.98, 300);
  /* The same drawn at the resolution itself, and played back one to one. */
  cairo_scale (cr, 300 / 25.4, 300 / 25.4);
  g_assert_true (lanyard_badge_draw (badge, &content, 0, cr, NULL));
  cairo_destroy (cr);
  drawn = play_back (direct, extents.width, extents.height, 25.4);
  cairo_surface_destroy (direct);
  g_assert_cmpuint (played->width, ==, drawn->width);
  g_assert_cmpuint (played->height, ==, drawn->height);
  n_pixels = (gsize)played->width * played->height;
  for (gsize i = 0; i < n_pixels; i++)
    n_off += abs (lanyard_frame_get_data (played)[i] - lanyard_frame_get_data (drawn)[i]) > 64;
  g_test_message ("%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " pixels differ", n_off, n_pixels);
  g_assert_cmpuint (n_off * 1000, <=, n_pixels);
}

static GBytes *
to_pdf (LanyardBadge *badge, const LanyardBadgeContent *content)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = lanyard_badge_to_pdf (badge, content, &error);

  g_assert_no_error (error);
  return pdf;
}

/* What was made ready is what is drawn without it; and it is this person's: nobody gets the photo,
 * or the face, that was made ready for somebody else. */
static void
test_made_ready (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autoptr (GBytes) photo = badge_fixture_photo (0x335577ff);
  g_autoptr (GBytes) other = badge_fixture_photo (0xaa3311ff);
  g_autoptr (LanyardBadge) plain = badge_fixture_badge (pack, "card");
  g_autoptr (LanyardBadge) ready = badge_fixture_badge (pack, "card");
  g_autofree char *credential = badge_fixture_credential (pack, entry);
  LanyardBadgeContent content = { .entry = entry, .photo = photo };
  g_autoptr (GBytes) expected = NULL, made = NULL, elses = NULL, fresh = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_badge_prepare (ready, &content, &error));
  g_assert_no_error (error);
  content.serial = "K0471-000123Q";
  content.credential = credential;
  expected = to_pdf (plain, &content);
  made = to_pdf (ready, &content);
  g_assert_true (g_bytes_equal (expected, made));

  content.photo = other;
  fresh = to_pdf (plain, &content);
  elses = to_pdf (ready, &content);
  g_assert_true (g_bytes_equal (fresh, elses));
  g_assert_false (g_bytes_equal (expected, elses));
}

static void
test_not_a_photo (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autoptr (GBytes) photo = g_bytes_new_static ("no photo", 8);
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "card");
  LanyardBadgeContent content = { .entry = entry, .photo = photo };
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_badge_prepare (badge, &content, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/badge-record/reads-elsewhere", test_reads_elsewhere);
  g_test_add_func ("/badge-record/same-picture", test_same_picture);
  g_test_add_func ("/badge-record/made-ready", test_made_ready);
  g_test_add_func ("/badge-record/not-a-photo", test_not_a_photo);
  return badge_fixture_finish (g_test_run ());
}
