/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "badge-fixture.h"

#include <math.h>
#include <string.h>

#include "lanyard-badge-trial.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-reader.h"

/* Each kind of slot by itself, on a template that has little else. */

#define MUST                                                                                       \
  "<rect data-slot=\"qr\" x=\"60\" y=\"2\" width=\"36\" height=\"36\"/>"                           \
  "<rect data-slot=\"text\" data-field=\"print-name\" data-size=\"6\" data-min-size=\"2\""         \
  " data-lines=\"4\" x=\"2\" y=\"2\" width=\"50\" height=\"20\"/>"
#define TEMPLATE(slots)                                                                            \
  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"98mm\" height=\"80mm\""                       \
  " viewBox=\"0 0 98 80\">" MUST slots "</svg>"

#define DPI 300.0
#define DOT_MM (25.4 / DPI)

typedef struct
{
  LanyardPack *pack;
  LanyardEntry *entry;
  LanyardBadge *badge;
  char *credential;
  LanyardBadgeContent content;
} Badge;

static void
badge_clear (Badge *badge)
{
  g_clear_pointer (&badge->badge, lanyard_badge_free);
  g_clear_pointer (&badge->entry, lanyard_entry_free);
  g_clear_pointer (&badge->pack, lanyard_pack_unref);
  g_free (badge->credential);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Badge, badge_clear)

static void
badge_init (Badge *badge, const char *svg, BadgePerson person)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (svg, strlen (svg));
  g_autoptr (GError) error = NULL;

  badge->pack = badge_fixture_load ("summer-games");
  badge->entry = badge_fixture_entry (badge->pack, person);
  badge->credential = badge_fixture_credential (badge->pack, badge->entry);
  badge->badge = lanyard_badge_new (bytes, badge->pack, &error);
  g_assert_no_error (error);
  badge->content = (LanyardBadgeContent){ .entry = badge->entry,
                                          .serial = "K0471-000123Q",
                                          .credential = badge->credential };
}

static cairo_surface_t *
draw_at (Badge *badge, double dpi)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int)lround (lanyard_badge_get_width_mm (badge->badge) * dpi / 25.4),
      (int)lround (lanyard_badge_get_height_mm (badge->badge) * dpi / 25.4));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 25.4, dpi / 25.4);
  lanyard_badge_draw (badge->badge, &badge->content, 0, cr, &error);
  cairo_destroy (cr);
  g_assert_no_error (error);
  cairo_surface_flush (surface);

  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + (gsize)y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *)(gconstpointer)row)[x] & 0xffffff;
}

/* Colour at a place in mm, as drawn at DPI. */
static guint32
get_colour (cairo_surface_t *surface, double x_mm, double y_mm)
{
  return get_pixel (surface, (int)(x_mm / DOT_MM), (int)(y_mm / DOT_MM));
}

/* Share of the box in mm that is not white. */
static double
get_ink (cairo_surface_t *surface, double x_mm, double y_mm, double width_mm, double height_mm)
{
  guint n = 0;
  guint n_ink = 0;

  for (int y = (int)(y_mm / DOT_MM); y < (int)((y_mm + height_mm) / DOT_MM); y++)
    for (int x = (int)(x_mm / DOT_MM); x < (int)((x_mm + width_mm) / DOT_MM); x++, n++)
      n_ink += get_pixel (surface, x, y) != 0xffffff;

  return (double)n_ink / n;
}

static char *
hash_of (Badge *badge)
{
  cairo_surface_t *surface = draw_at (badge, DPI);
  LanyardHash hash;

  lanyard_hash_compute (&hash, "test", cairo_image_surface_get_data (surface),
                        (gsize)cairo_image_surface_get_stride (surface)
                            * cairo_image_surface_get_height (surface),
                        NULL, 0);
  cairo_surface_destroy (surface);

  return lanyard_hex_encode (hash.bytes, sizeof hash.bytes);
}

static void
assert_fails (Badge *badge, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = lanyard_badge_to_pdf (badge->badge, &badge->content, &error);

  g_assert_null (pdf);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  if (strstr (error->message, part) == NULL)
    g_error ("\"%s\" does not say %s", error->message, part);
}

/* What a reader finds on the badge at @dpi. */
static GPtrArray *
read_codes (Badge *badge, double dpi)
{
  cairo_surface_t *surface = draw_at (badge, dpi);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  guint8 *luma = g_malloc ((gsize)width * height);
  g_autoptr (GBytes) pixels = g_bytes_new_take (luma, (gsize)width * height);
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardFrame) frame = NULL;
  g_autoptr (GError) error = NULL;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      luma[y * width + x] = get_pixel (surface, x, y) & 0xff;
  cairo_surface_destroy (surface);
  frame = lanyard_frame_new (pixels, width, height, width, 0, &error);
  g_assert_no_error (error);

  return lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
}

static gboolean
has_scan (GPtrArray *scans, const char *text)
{
  for (guint i = 0; i < scans->len; i++)
    {
      const LanyardScan *scan = g_ptr_array_index (scans, i);

      if (g_bytes_get_size (scan->data) == strlen (text)
          && memcmp (g_bytes_get_data (scan->data, NULL), text, strlen (text)) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
test_code128 (void)
{
  g_auto (Badge) badge = { 0 };

  badge_init (&badge,
              TEMPLATE ("<rect data-slot=\"code128\" x=\"2\" y=\"45\" width=\"60\" height=\"10\"/>"
                        "<rect data-slot=\"code128\" data-field=\"serial\" x=\"2\" y=\"60\""
                        " width=\"80\" height=\"10\"/>"),
              BADGE_PERSON_PLAIN);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) scans = read_codes (&badge, i == 0 ? 300.0 : 203.0);

      g_assert_cmpuint (scans->len, ==, 3);
      g_assert_true (has_scan (scans, badge.entry->number));
      g_assert_true (has_scan (scans, "K0471-000123Q"));
      g_assert_true (has_scan (scans, badge.credential));
    }
}

/* Codes are not made finer than the printer is. */
static void
test_printer_limit (void)
{
  g_auto (Badge) badge = { 0 };
  g_auto (Badge) bars = { 0 };
  g_autoptr (GBytes) pdf = NULL;

  badge_init (&badge, TEMPLATE (""), BADGE_PERSON_LONGEST);
  badge.content.printer_dpi = 203.0;
  pdf = lanyard_badge_to_pdf (badge.badge, &badge.content, NULL);
  g_assert_nonnull (pdf);
  badge.content.printer_dpi = 100.0;
  assert_fails (&badge, "a printer of 100 dpi");

  badge_init (&bars,
              TEMPLATE ("<rect data-slot=\"code128\" data-min-module=\"0.15\" x=\"2\" y=\"45\""
                        " width=\"26\" height=\"10\"/>"),
              BADGE_PERSON_PLAIN);
  bars.content.printer_dpi = 300.0;
  g_clear_pointer (&pdf, g_bytes_unref);
  pdf = lanyard_badge_to_pdf (bars.badge, &bars.content, NULL);
  g_assert_nonnull (pdf);
  bars.content.printer_dpi = 203.0;
  assert_fails (&bars, "the code128 slot number would have modules");
}

static void
test_narrow_code128 (void)
{
  g_auto (Badge) badge = { 0 };

  badge_init (&badge,
              TEMPLATE (
                  "<rect data-slot=\"code128\" x=\"2\" y=\"45\" width=\"25\" height=\"10\"/>"),
              BADGE_PERSON_PLAIN);
  assert_fails (&badge, "the code128 slot number would have modules");
}

/* An element, a group with a slot, a slot and a band: there for one category and not for another.
 */
static void
test_condition (void)
{
  static const char svg[] = TEMPLATE (
      "<rect x=\"2\" y=\"50\" width=\"5\" height=\"5\" fill=\"#ff0000\" data-if=\"category:A\"/>"
      "<g data-if=\"!category:A\"><rect x=\"12\" y=\"50\" width=\"5\" height=\"5\""
      " fill=\"#00ff00\"/><rect data-slot=\"guilloche\" data-fill=\"#00ff00\" x=\"22\" y=\"50\""
      " width=\"5\" height=\"5\"/></g>"
      "<rect data-slot=\"band\" data-fill=\"#0000ff\" data-if=\"zones:CRL zones:VLT\" x=\"32\""
      " y=\"50\" width=\"5\" height=\"5\"/>"
      "<rect data-slot=\"photo\" data-if=\"photo\" x=\"42\" y=\"50\" width=\"5\" height=\"5\"/>");
  g_auto (Badge) badge = { 0 };
  cairo_surface_t *surface;

  badge_init (&badge, svg, BADGE_PERSON_PLAIN);
  g_assert_cmpstr (badge.entry->category, ==, "A");
  surface = draw_at (&badge, DPI);
  g_assert_cmphex (get_colour (surface, 4.5, 52.5), ==, 0xff0000);
  g_assert_cmpfloat (get_ink (surface, 11.0, 49.0, 17.0, 7.0), ==, 0.0);
  g_assert_cmphex (get_colour (surface, 34.5, 52.5), ==, 0x0000ff);
  g_assert_cmphex (get_colour (surface, 44.5, 52.5), ==, 0xffffff);
  cairo_surface_destroy (surface);

  g_free (badge.entry->category);
  badge.entry->category = g_strdup ("B");
  g_strfreev (badge.entry->zones);
  badge.entry->zones = g_new0 (char *, 1);
  surface = draw_at (&badge, DPI);
  g_assert_cmphex (get_colour (surface, 4.5, 52.5), ==, 0xffffff);
  g_assert_cmphex (get_colour (surface, 14.5, 52.5), ==, 0x00ff00);
  g_assert_cmpfloat (get_ink (surface, 22.0, 50.0, 5.0, 5.0), >, 0.2);
  g_assert_cmphex (get_colour (surface, 34.5, 52.5), ==, 0xffffff);
  cairo_surface_destroy (surface);
}

/* Many different people do not make the badge grow. */
static void
test_many_conditions (void)
{
  g_autoptr (GString) svg = g_string_new (NULL);
  g_auto (Badge) badge = { 0 };
  g_autoptr (LanyardPack) pack = badge_fixture_load ("summer-games");
  GPtrArray *zones = lanyard_pack_get_codes (pack, LANYARD_CODES_ZONE);

  g_string_append (svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"98mm\" height=\"80mm\""
                        " viewBox=\"0 0 98 80\">" MUST);
  for (guint i = 0; i < 8; i++)
    g_string_append_printf (
        svg, "<rect x=\"%u\" y=\"60\" width=\"5\" height=\"5\" data-if=\"zones:%s\"/>", 2 + i * 8,
        ((const LanyardCode *)g_ptr_array_index (zones, i))->code);
  g_string_append (svg, "</svg>");
  badge_init (&badge, svg->str, BADGE_PERSON_PLAIN);
  for (guint person = 0; person < 130; person++)
    {
      g_autoptr (GStrvBuilder) held = g_strv_builder_new ();
      g_autoptr (GPtrArray) pages = NULL;

      for (guint i = 0; i < 8; i++)
        if (person & (1u << i))
          g_strv_builder_add (held, ((const LanyardCode *)g_ptr_array_index (zones, i))->code);
      g_strfreev (badge.entry->zones);
      badge.entry->zones = g_strv_builder_end (held);
      pages = lanyard_badge_record (badge.badge, &badge.content, NULL);
      g_assert_nonnull (pages);
    }
}

/* Every zone of the pack has its place, and only those that the person has are filled. */
static void
test_grid (void)
{
  g_auto (Badge) badge = { 0 };
  cairo_surface_t *surface;

  badge_init (&badge,
              TEMPLATE ("<rect data-slot=\"codes\" data-field=\"zones\" data-style=\"grid\""
                        " data-columns=\"5\" data-gap=\"1\" data-size=\"9\" data-min-size=\"4\""
                        " x=\"2\" y=\"45\" width=\"49\" height=\"19\"/>"),
              BADGE_PERSON_PLAIN);
  g_strfreev (badge.entry->zones);
  badge.entry->zones = g_strsplit ("CRL Z7", " ", -1);
  surface = draw_at (&badge, DPI);
  g_assert_cmphex (get_colour (surface, 13.0, 46.0), ==, 0xe2402f);
  g_assert_cmphex (get_colour (surface, 3.0, 46.0), ==, 0xffffff);
  g_assert_cmpfloat (get_ink (surface, 43.0, 56.0, 7.0, 7.0), >, 0.05);
  g_assert_cmpfloat (get_ink (surface, 23.0, 46.0, 7.0, 7.0), ==, 0.0);
  cairo_surface_destroy (surface);
}

/* All venues of the first venue's kind, and the first of another kind. */
static void
hold_kind_and_one (Badge *badge)
{
  GPtrArray *venues = lanyard_pack_get_codes (badge->pack, LANYARD_CODES_VENUE);
  const char *kind = ((LanyardCode *)g_ptr_array_index (venues, 0))->kind;
  g_autoptr (GStrvBuilder) held = g_strv_builder_new ();
  gboolean has_other = FALSE;

  for (guint i = 0; i < venues->len; i++)
    {
      const LanyardCode *venue = g_ptr_array_index (venues, i);
      gboolean is_other = !g_str_equal (venue->kind, kind);

      if (!is_other || !has_other)
        g_strv_builder_add (held, venue->code);
      has_other |= is_other;
    }
  g_assert_true (has_other);
  g_strfreev (badge->entry->venues);
  badge->entry->venues = g_strv_builder_end (held);
}

static void
test_list (void)
{
#define LIST(attributes)                                                                           \
  TEMPLATE ("<rect data-slot=\"list\" data-field=\"venues\" data-size=\"3\" data-min-size=\"2\""   \
            " x=\"2\" y=\"40\" width=\"50\" height=\"30\" " attributes "/>")
  g_auto (Badge) badge = { 0 };
  g_auto (Badge) folded = { 0 };
  g_auto (Badge) many = { 0 };
  g_auto (Badge) counted = { 0 };
  GPtrArray *venues;
  cairo_surface_t *surface;

  badge_init (&badge, LIST ("data-columns=\"1\" data-show=\"both\""), BADGE_PERSON_PLAIN);
  g_strfreev (badge.entry->venues);
  badge.entry->venues = g_new0 (char *, 1);
  surface = draw_at (&badge, DPI);
  g_assert_cmpfloat (get_ink (surface, 2.0, 40.0, 50.0, 30.0), ==, 0.0);
  cairo_surface_destroy (surface);
  g_strfreev (badge.entry->venues);
  venues = lanyard_pack_get_codes (badge.pack, LANYARD_CODES_VENUE);
  badge.entry->venues
      = g_strdupv ((char *[]){ ((LanyardCode *)g_ptr_array_index (venues, 0))->code,
                               ((LanyardCode *)g_ptr_array_index (venues, 1))->code, NULL });
  surface = draw_at (&badge, DPI);
  /* Two lines of 3 mm, and nothing below them. */
  g_assert_cmpfloat (get_ink (surface, 2.0, 40.0, 50.0, 3.9), >, 0.02);
  g_assert_cmpfloat (get_ink (surface, 2.0, 43.9, 50.0, 3.9), >, 0.02);
  g_assert_cmpfloat (get_ink (surface, 2.0, 48.0, 50.0, 22.0), ==, 0.0);
  cairo_surface_destroy (surface);

  /* Every venue of a kind, and one of another: two lines. */
  badge_init (&folded, LIST ("data-columns=\"1\""), BADGE_PERSON_PLAIN);
  hold_kind_and_one (&folded);
  g_assert_cmpuint (g_strv_length (folded.entry->venues), >, 2);
  surface = draw_at (&folded, DPI);
  g_assert_cmpfloat (get_ink (surface, 2.0, 40.0, 50.0, 3.9), >, 0.02);
  g_assert_cmpfloat (get_ink (surface, 2.0, 43.9, 50.0, 3.9), >, 0.02);
  g_assert_cmpfloat (get_ink (surface, 2.0, 48.0, 50.0, 22.0), ==, 0.0);
  cairo_surface_destroy (surface);

  badge_init (&many, LIST ("data-columns=\"1\""), BADGE_PERSON_LONGEST);
  assert_fails (&many, "the list slot venues does not have room for 15 lines");
  badge_init (&counted, LIST ("data-columns=\"1\" data-more=\"yes\""), BADGE_PERSON_LONGEST);
  surface = draw_at (&counted, DPI);
  g_assert_cmpfloat (get_ink (surface, 2.0, 66.0, 50.0, 4.0), >, 0.005);
  cairo_surface_destroy (surface);
}

/* The same serial has the same pattern, another serial another one, all of it within its slot. */
static void
test_guilloche (gconstpointer data)
{
  g_auto (Badge) badge = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  cairo_surface_t *surface;

  badge_init (&badge, data, BADGE_PERSON_PLAIN);
  first = hash_of (&badge);
  again = hash_of (&badge);
  badge.content.serial = "K0471-000124R";
  other = hash_of (&badge);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  surface = draw_at (&badge, DPI);
  g_assert_cmpfloat (get_ink (surface, 10.0, 50.0, 30.0, 20.0), >, 0.05);
  g_assert_cmpfloat (get_ink (surface, 0.0, 45.0, 9.9, 30.0), ==, 0.0);
  g_assert_cmpfloat (get_ink (surface, 40.2, 45.0, 50.0, 30.0), ==, 0.0);
  g_assert_cmpfloat (get_ink (surface, 10.0, 45.0, 30.0, 4.9), ==, 0.0);
  g_assert_cmpfloat (get_ink (surface, 10.0, 70.2, 30.0, 4.0), ==, 0.0);
  cairo_surface_destroy (surface);
}

/* A code may have an icon of branding/, drawn in the code's own colour. */
static void
test_icon (void)
{
  g_autofree char *directory = g_dir_make_tmp ("lanyard-pack-XXXXXX", NULL);
  g_autofree char *from = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs",
                                            "small-cup", NULL);
  g_autofree char *copy = g_strdup_printf ("cp -r '%s/.' '%s'", from, directory);
  g_autofree char *icon = g_build_filename (directory, "branding", "pitch.svg", NULL);
  g_autofree char *json = g_build_filename (directory, "pack.json", NULL);
  g_autofree char *clean = g_strdup_printf ("rm -r '%s'", directory);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *changed = NULL;
  g_auto (Badge) badge = { 0 };
  cairo_surface_t *surface;

  g_assert_true (g_spawn_command_line_sync (copy, NULL, NULL, NULL, &error));
  g_file_set_contents (icon,
                       "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">"
                       "<rect width=\"10\" height=\"10\" fill=\"currentColor\"/></svg>",
                       -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (json, &text, NULL, NULL));
  parts = g_strsplit (text, "\"label\": \"Pitch\"", -1);
  changed = g_strjoinv ("\"label\": \"Pitch\", \"icon\": \"pitch.svg\", \"colour\": \"#102030\","
                        " \"text-colour\": \"#40ff40\"",
                        parts);
  g_assert_true (g_file_set_contents (json, changed, -1, NULL));

  badge_init (&badge,
              TEMPLATE ("<rect data-slot=\"codes\" data-field=\"zones\" data-size=\"10\" x=\"2\""
                        " y=\"45\" width=\"40\" height=\"10\"/>"),
              BADGE_PERSON_PLAIN);
  lanyard_badge_free (badge.badge);
  lanyard_pack_unref (badge.pack);
  badge.pack = lanyard_pack_load (directory, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_command_line_sync (clean, NULL, NULL, NULL, &error));
  {
    static const char svg[]
        = TEMPLATE ("<rect data-slot=\"codes\" data-field=\"zones\" data-size=\"10\" x=\"2\""
                    " y=\"45\" width=\"40\" height=\"10\"/>");
    g_autoptr (GBytes) bytes = g_bytes_new_static (svg, strlen (svg));

    badge.badge = lanyard_badge_new (bytes, badge.pack, &error);
  }
  g_assert_no_error (error);
  g_strfreev (badge.entry->zones);
  badge.entry->zones = g_strsplit ("10", " ", -1);
  surface = draw_at (&badge, DPI);
  g_assert_cmphex (get_colour (surface, 2.8, 45.8), ==, 0x102030);
  g_assert_cmphex (get_colour (surface, 7.0, 50.0), ==, 0x40ff40);
  cairo_surface_destroy (surface);
}

/* Sizes that accreditation centres print on: the page of the PDF is that size to a hundredth. */
static void
test_sizes (void)
{
  static const struct
  {
    const char *width;
    const char *height;
    double width_mm;
    double height_mm;
  } sizes[] = {
    { "85.60mm", "53.98mm", 85.60, 53.98 }, { "53.98mm", "85.60mm", 53.98, 85.60 },
    { "105mm", "148mm", 105.0, 148.0 },     { "86mm", "124mm", 86.0, 124.0 },
    { "105mm", "135mm", 105.0, 135.0 },     { "4in", "3in", 101.6, 76.2 },
    { "3in", "4in", 76.2, 101.6 },          { "9.7cm", "13.3cm", 97.0, 133.0 },
    { "250mm", "25.4mm", 250.0, 25.4 },
  };
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autofree char *credential = badge_fixture_credential (pack, entry);
  LanyardBadgeContent content = { .entry = entry, .serial = "1", .credential = credential };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint sides = 1; sides <= 2; sides++)
      {
        double qr = MIN (30.0, sizes[i].height_mm);
        g_autofree char *back
            = g_strdup_printf ("<g data-page=\"back\"><rect width=\"%f\" height=\"9\"/></g>",
                               sizes[i].width_mm);
        g_autofree char *svg = g_strdup_printf (
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %f"
            " %f\"><g data-page=\"front\"><rect data-slot=\"qr\" x=\"0\" y=\"0\" width=\"%f\""
            " height=\"%f\" data-min-module=\"0.2\"/><rect data-slot=\"text\""
            " data-field=\"print-name\" data-size=\"5\" data-min-size=\"1\" data-lines=\"3\" "
            "x=\"%f\" y=\"0\" width=\"%f\""
            " height=\"20\"/></g>%s</svg>",
            sizes[i].width, sizes[i].height, sizes[i].width_mm, sizes[i].height_mm, qr, qr, qr,
            sizes[i].width_mm - qr, sides == 2 ? back : "");
        g_autoptr (GBytes) bytes = g_bytes_new (svg, strlen (svg));
        g_autoptr (GError) error = NULL;
        g_autoptr (LanyardBadge) badge = lanyard_badge_new (bytes, pack, &error);
        g_autoptr (GBytes) pdf = NULL;
        double box[2];

        g_assert_no_error (error);
        pdf = lanyard_badge_to_pdf (badge, &content, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (badge_fixture_media_box (pdf, box), ==, sides);
        g_assert_cmpfloat_with_epsilon (box[0], sizes[i].width_mm, 0.01);
        g_assert_cmpfloat_with_epsilon (box[1], sizes[i].height_mm, 0.01);
      }
}

/* The template that the guide builds step by step is one, and has room for everybody. */
static void
test_guide (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "docs", "templates", "first.svg", NULL);
  g_autofree char *svg = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardBadge) badge = NULL;

  g_file_get_contents (path, &svg, NULL, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (svg, strlen (svg));
  badge = lanyard_badge_new (bytes, pack, &error);
  g_assert_no_error (error);
  for (guint person = 0; person < BADGE_N_PERSONS; person++)
    {
      g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, person);
      g_autofree char *credential = badge_fixture_credential (pack, entry);
      LanyardBadgeContent content = { .entry = entry, .serial = "1", .credential = credential };
      g_autoptr (GPtrArray) findings = lanyard_badge_try (badge, &content);

      for (guint i = 0; i < findings->len; i++)
        {
          const LanyardBadgeFinding *finding = g_ptr_array_index (findings, i);

          g_error ("%s %s", finding->slot, finding->what);
        }
    }
}

int
main (int argc, char **argv)
{
#define PATTERN(attributes)                                                                        \
  TEMPLATE (                                                                                       \
      "<rect data-slot=\"guilloche\" x=\"10\" y=\"50\" width=\"30\" height=\"20\" " attributes     \
      "/>")
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/badge/slots/code128", test_code128);
  g_test_add_func ("/badge/slots/narrow-code128", test_narrow_code128);
  g_test_add_func ("/badge/slots/printer-limit", test_printer_limit);
  g_test_add_func ("/badge/slots/condition", test_condition);
  g_test_add_func ("/badge/slots/many-conditions", test_many_conditions);
  g_test_add_func ("/badge/slots/grid", test_grid);
  g_test_add_func ("/badge/slots/list", test_list);
  g_test_add_data_func ("/badge/slots/guilloche/waves", PATTERN ("data-line=\"0.2\""),
                        test_guilloche);
  g_test_add_data_func ("/badge/slots/guilloche/rosette", PATTERN ("data-pattern=\"rosette\""),
                        test_guilloche);
  g_test_add_data_func ("/badge/slots/micro-text",
                        TEMPLATE ("<rect data-slot=\"micro-text\" data-size=\"0.8\" x=\"10\""
                                  " y=\"50\" width=\"30\" height=\"20\"/>"),
                        test_guilloche);
  g_test_add_func ("/badge/slots/icon", test_icon);
  g_test_add_func ("/badge/slots/sizes", test_sizes);
  g_test_add_func ("/badge/slots/guide", test_guide);
  return badge_fixture_finish (g_test_run ());
}
