/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-ipp-plan.h"

#include <string.h>

#include <cairo.h>
#include <cups/raster.h>

#include "lanyard-error.h"
#include "lanyard-ipp-client.h"
#include "lanyard-pwg-raster.h"

#define LIST(...)                                                                                  \
  (const char *const[]) { __VA_ARGS__, NULL }

static void
add_keywords (ipp_t *printer, const char *name, ipp_tag_t tag, const char *const *values)
{
  ippAddStrings (printer, IPP_TAG_PRINTER, tag, name, g_strv_length ((char **)values), NULL,
                 values);
}

static void
add_size (ipp_t *printer, int low_x, int high_x, int low_y, int high_y)
{
  ipp_attribute_t *sizes
      = ippFindAttribute (printer, "media-size-supported", IPP_TAG_BEGIN_COLLECTION);
  ipp_t *size = ippNew ();

  if (low_x == high_x)
    ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", low_x);
  else
    ippAddRange (size, IPP_TAG_ZERO, "x-dimension", low_x, high_x);
  if (low_y == high_y)
    ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", low_y);
  else
    ippAddRange (size, IPP_TAG_ZERO, "y-dimension", low_y, high_y);
  if (sizes == NULL)
    ippAddCollection (printer, IPP_TAG_PRINTER, "media-size-supported", size);
  else
    ippSetCollection (printer, &sizes, ippGetCount (sizes), size);
  ippDelete (size);
}

/* A printer that takes @format and names no media. */
static ipp_t *
new_printer (const char *format)
{
  ipp_t *printer = ippNew ();

  add_keywords (printer, "document-format-supported", IPP_TAG_MIMETYPE,
                LIST ("application/octet-stream", format));
  add_keywords (printer, "media-col-supported", IPP_TAG_KEYWORD, LIST ("media-size"));
  return printer;
}

static void
add_raster (ipp_t *printer, const char *type, int dpi)
{
  add_keywords (printer, "pwg-raster-document-type-supported", IPP_TAG_KEYWORD, LIST (type));
  ippAddResolution (printer, IPP_TAG_PRINTER, "pwg-raster-document-resolution-supported",
                    IPP_RES_PER_INCH, dpi, dpi);
}

static LanyardIppPlan *
plan (ipp_t *printer, double width_mm, double height_mm, guint n_pages)
{
  g_autoptr (GError) error = NULL;
  LanyardIppPlan *made = lanyard_ipp_plan_new (printer, width_mm, height_mm, n_pages, TRUE, &error);

  g_assert_no_error (error);
  return made;
}

static void
assert_refused (ipp_t *printer, double width_mm, double height_mm, guint n_pages, gboolean raster)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_ipp_plan_new (printer, width_mm, height_mm, n_pages, raster, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
}

static void
test_range (void)
{
  g_autoptr (ipp_t) printer = new_printer ("application/pdf");
  g_autoptr (LanyardIppPlan) made = NULL;

  add_size (printer, 5000, 12000, 5000, 20000);
  made = plan (printer, 105, 135, 1);
  g_assert_cmpint (made->width_hmm, ==, 10500);
  g_assert_cmpint (made->height_hmm, ==, 13500);
  g_assert_false (made->turned);
  g_assert_false (made->no_margins);
  g_assert_cmpstr (made->format, ==, "application/pdf");
  assert_refused (printer, 49, 49, 1, TRUE);
}

/* The nearest of the printer's own sizes, and nothing that is visibly another one. */
static void
test_nearest (void)
{
  g_autoptr (ipp_t) printer = new_printer ("application/pdf");
  g_autoptr (LanyardIppPlan) made = NULL;

  add_size (printer, 8600, 8600, 5400, 5400);
  add_size (printer, 8570, 8570, 5400, 5400);
  made = plan (printer, 85.60, 53.98, 1);
  g_assert_cmpint (made->width_hmm, ==, 8570);
  g_assert_cmpint (made->height_hmm, ==, 5400);
  assert_refused (printer, 85.00, 54.00, 1, TRUE);
}

static void
test_turned (void)
{
  g_autoptr (ipp_t) printer = new_printer ("application/pdf");
  g_autoptr (LanyardIppPlan) made = NULL;

  add_size (printer, 5398, 5398, 8560, 8560);
  made = plan (printer, 85.60, 53.98, 1);
  g_assert_true (made->turned);
  g_assert_cmpint (made->width_hmm, ==, 5398);
  g_assert_cmpint (made->height_hmm, ==, 8560);
}

static void
test_names (void)
{
  g_autoptr (ipp_t) printer = new_printer ("application/pdf");
  g_autoptr (LanyardIppPlan) known = NULL, custom = NULL;

  add_keywords (printer, "media-supported", IPP_TAG_KEYWORD,
                LIST ("iso_a6_105x148mm", "custom_min_50x100mm", "custom_max_110x140mm",
                      "no size at all"));
  known = plan (printer, 105, 148, 1);
  g_assert_cmpint (known->height_hmm, ==, 14800);
  custom = plan (printer, 86, 124, 1);
  g_assert_cmpint (custom->width_hmm, ==, 8600);
  g_assert_cmpint (custom->height_hmm, ==, 12400);
  assert_refused (printer, 120, 145, 1, TRUE);
}

static void
test_no_names (void)
{
  g_autoptr (ipp_t) printer = new_printer ("application/pdf");
  g_autoptr (LanyardIppPlan) made = plan (printer, 105, 135, 1);

  g_assert_cmpint (made->width_hmm, ==, 10500);
  g_assert_cmpstr (made->description, ==, "IPP printer");
}

static void
test_formats (void)
{
  g_autoptr (ipp_t) raster = new_printer ("image/pwg-raster");
  g_autoptr (ipp_t) bare = new_printer ("image/pwg-raster");
  g_autoptr (ipp_t) fine = new_printer ("image/pwg-raster");
  g_autoptr (ipp_t) other = new_printer ("image/jpeg");
  g_autoptr (LanyardIppPlan) made = NULL;

  add_raster (raster, "sgray_8", 203);
  made = plan (raster, 105, 135, 1);
  g_assert_cmpstr (made->format, ==, "image/pwg-raster");
  g_assert_cmpint (made->dpi, ==, 203);
  g_assert_cmpstr (made->raster, ==, "sgray_8");
  assert_refused (raster, 105, 135, 1, FALSE);
  assert_refused (bare, 105, 135, 1, TRUE);
  add_raster (fine, "srgb_8", 9600);
  assert_refused (fine, 105, 135, 1, TRUE);
  assert_refused (other, 105, 135, 1, TRUE);
}

/* What CUPS says of a queue. */
static void
test_policies (void)
{
  static const struct
  {
    const char *policy;
    gboolean taken;
  } policies[] = { { "abort-job", TRUE },
                   { "stop-printer", TRUE },
                   { "retry-job", FALSE },
                   { "retry-current-job", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autoptr (ipp_t) printer = new_printer ("application/pdf");
      g_autoptr (LanyardIppPlan) made = NULL;

      add_keywords (printer, "printer-error-policy", IPP_TAG_NAME, LIST (policies[i].policy));
      add_keywords (printer, "printer-name", IPP_TAG_NAME, LIST ("badges"));
      if (policies[i].taken)
        made = plan (printer, 105, 135, 1);
      else
        assert_refused (printer, 105, 135, 1, TRUE);
    }
}

/* The dots with which codes are printed. */
static void
test_dots (void)
{
  g_autoptr (ipp_t) pdf = new_printer ("application/pdf");
  g_autoptr (ipp_t) raster = new_printer ("image/pwg-raster");

  g_assert_cmpuint (lanyard_ipp_plan_find_dpi (pdf), ==, 0);
  ippAddResolution (pdf, IPP_TAG_PRINTER, "printer-resolution-default", IPP_RES_PER_INCH, 600, 300);
  g_assert_cmpuint (lanyard_ipp_plan_find_dpi (pdf), ==, 300);
  add_raster (raster, "sgray_8", 203);
  ippAddResolution (raster, IPP_TAG_PRINTER, "printer-resolution-default", IPP_RES_PER_INCH, 600,
                    600);
  g_assert_cmpuint (lanyard_ipp_plan_find_dpi (raster), ==, 203);
}

static void
test_sides (void)
{
  g_autoptr (ipp_t) one = new_printer ("application/pdf");
  g_autoptr (ipp_t) two = new_printer ("application/pdf");
  g_autoptr (LanyardIppPlan) made = NULL;

  add_keywords (one, "sides-supported", IPP_TAG_KEYWORD, LIST ("one-sided"));
  assert_refused (one, 105, 135, 2, TRUE);
  add_keywords (two, "sides-supported", IPP_TAG_KEYWORD, LIST ("one-sided", "two-sided-long-edge"));
  made = plan (two, 105, 135, 2);
  g_assert_true (made->two_sided && made->say_sides);
}

/* A page with its top left corner black. */
static cairo_surface_t *
record_corner (void)
{
  cairo_rectangle_t extents = { 0, 0, 80, 50 };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t *cr = cairo_create (surface);

  cairo_rectangle (cr, 0, 0, 10, 10);
  cairo_fill (cr);
  cairo_destroy (cr);
  return surface;
}

static ssize_t
on_read (void *context, unsigned char *bytes, size_t n_bytes)
{
  return g_input_stream_read (context, bytes, n_bytes, NULL, NULL);
}

/* Reads a page. Returns: which corner is black: 0 to 3, clockwise from the top left */
static int
black_corner (cups_raster_t *raster, guint width, guint height)
{
  cups_page_header2_t header;
  g_autofree guint8 *rows = NULL;

  g_assert_true (cupsRasterReadHeader2 (raster, &header) != 0);
  g_assert_cmpuint (header.cupsWidth, ==, width);
  g_assert_cmpuint (header.cupsHeight, ==, height);
  g_assert_cmpuint (header.cupsBitsPerPixel, ==, 8);
  rows = g_malloc ((gsize)width * height);
  for (guint y = 0; y < height; y++)
    cupsRasterReadPixels (raster, rows + (gsize)y * width, width);
  const guint8 corners[]
      = { rows[5 * width + 5], rows[5 * width + width - 6], rows[(height - 6) * width + width - 6],
          rows[(height - 6) * width + 5] };

  for (int i = 0; i < 4; i++)
    if (corners[i] == 0)
      return i;
  return -1;
}

static void
assert_backs (const char *sheet_back, gboolean turned, int front, int back)
{
  g_autoptr (GPtrArray) pages
      = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  LanyardPrintJob job = { (char *)"K0471-000001A", NULL, 80, 50, 2, pages };
  LanyardIppPlan made = { .width_hmm = turned ? 5000 : 8000,
                          .height_hmm = turned ? 8000 : 5000,
                          .turned = turned,
                          .two_sided = TRUE,
                          .dpi = 254,
                          .raster = "sgray_8",
                          .sheet_back = (char *)sheet_back };
  guint width = turned ? 500 : 800, height = turned ? 800 : 500;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  cups_raster_t *raster;

  g_ptr_array_add (pages, record_corner ());
  g_ptr_array_add (pages, record_corner ());
  bytes = lanyard_pwg_raster_new (&job, &made, &error);
  g_assert_no_error (error);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  raster = cupsRasterOpenIO (on_read, stream, CUPS_RASTER_READ);
  g_assert_cmpint (black_corner (raster, width, height), ==, front);
  g_assert_cmpint (black_corner (raster, width, height), ==, back);
  cupsRasterClose (raster);
}

/* PWG 5102.4 §4.3.1 table 5, long edge: the back as the printer wants it in its buffer. */
static void
test_backs (void)
{
  assert_backs ("normal", FALSE, 0, 0);
  assert_backs ("flipped", FALSE, 0, 3);
  assert_backs ("rotated", FALSE, 0, 2);
  assert_backs ("manual-tumble", FALSE, 0, 0);
  assert_backs (NULL, FALSE, 0, 0);
  /* A quarter turn clockwise takes the top left to the top right. */
  assert_backs ("normal", TRUE, 1, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ipp-plan/range", test_range);
  g_test_add_func ("/ipp-plan/nearest", test_nearest);
  g_test_add_func ("/ipp-plan/turned", test_turned);
  g_test_add_func ("/ipp-plan/names", test_names);
  g_test_add_func ("/ipp-plan/no-names", test_no_names);
  g_test_add_func ("/ipp-plan/formats", test_formats);
  g_test_add_func ("/ipp-plan/policies", test_policies);
  g_test_add_func ("/ipp-plan/dots", test_dots);
  g_test_add_func ("/ipp-plan/sides", test_sides);
  g_test_add_func ("/pwg-raster/backs", test_backs);
  return g_test_run ();
}
