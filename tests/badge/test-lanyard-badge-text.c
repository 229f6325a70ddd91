/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-badge-text.h"

#include <string.h>

#include "badge-fixture.h"
#include "lanyard-badge-template.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"

/* Text in boxes: never outside, never cut, and the same at every resolution. */

#define TOLERANCE_MM 0.03

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  PangoContext *context;
} Paper;

static void
paper_set_up (Paper *paper, gconstpointer data)
{
  double scale = GPOINTER_TO_UINT (data) / 25.4;

  paper->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 10, 10);
  paper->cr = cairo_create (paper->surface);
  cairo_scale (paper->cr, scale, scale);
  paper->context = lanyard_text_context_new (paper->cr);
}

static void
paper_tear_down (Paper *paper, gconstpointer data)
{
  g_clear_object (&paper->context);
  g_clear_pointer (&paper->cr, cairo_destroy);
  g_clear_pointer (&paper->surface, cairo_surface_destroy);
}

static LanyardTextStyle
style_of (double size_mm, double min_size_mm, guint lines)
{
  LanyardTextStyle style
      = { .weight = 800, .size_mm = size_mm, .min_size_mm = min_size_mm, .lines = lines };

  return style;
}

static void
assert_inside (const LanyardText *text, double width_mm, double height_mm)
{
  LanyardBox ink;

  lanyard_text_get_ink (text, &ink);
  g_assert_cmpfloat (ink.x_mm, >=, -TOLERANCE_MM);
  g_assert_cmpfloat (ink.y_mm, >=, -TOLERANCE_MM);
  g_assert_cmpfloat (ink.x_mm + ink.width_mm, <=, width_mm + TOLERANCE_MM);
  g_assert_cmpfloat (ink.y_mm + ink.height_mm, <=, height_mm + TOLERANCE_MM);
  g_assert_cmpfloat (ink.width_mm, >, 0.0);
}

static LanyardText *
fit (Paper *paper, const LanyardTextStyle *style, const char *words, double width, double height)
{
  g_autoptr (GError) error = NULL;
  LanyardText *text = lanyard_text_fit (paper->context, style, words, width, height, &error);

  g_assert_no_error (error);
  assert_inside (text, width, height);

  return text;
}

static void
test_short_is_large (Paper *paper, gconstpointer data)
{
  LanyardTextStyle style = style_of (6.0, 2.0, 2);
  g_autoptr (LanyardText) text = fit (paper, &style, "Li", 50.0, 15.0);

  g_assert_cmpfloat (lanyard_text_get_size_mm (text), ==, 6.0);
  g_assert_cmpuint (lanyard_text_get_n_lines (text), ==, 1);
}

/* A little too long: one line a little smaller, not two. */
static void
test_shrinks_first (Paper *paper, gconstpointer data)
{
  LanyardTextStyle style = style_of (6.0, 2.0, 2);
  g_autoptr (LanyardText) large = fit (paper, &style, "Marta Lindgren", 200.0, 15.0);
  double width = lanyard_text_get_width_mm (large) * 0.9;
  g_autoptr (LanyardText) text = fit (paper, &style, "Marta Lindgren", width, 15.0);

  g_assert_cmpuint (lanyard_text_get_n_lines (text), ==, 1);
  g_assert_cmpfloat (lanyard_text_get_size_mm (text), <, 6.0);
  g_assert_cmpfloat (lanyard_text_get_size_mm (text), >, 5.0);
}

/* Much too long: two lines, larger than one line could be. */
static void
test_wraps_then (Paper *paper, gconstpointer data)
{
  LanyardTextStyle style = style_of (6.0, 2.0, 2);
  g_autoptr (LanyardText) text
      = fit (paper, &style, "Maria-Theresia Oberhuber Lindenbaum", 55.0, 15.0);

  g_assert_cmpuint (lanyard_text_get_n_lines (text), ==, 2);
}

/* One word that is wider than the box at any size: broken inside, but all there. */
static void
test_breaks_last (Paper *paper, gconstpointer data)
{
  LanyardTextStyle style = style_of (4.0, 3.0, 3);
  g_autoptr (LanyardText) text
      = fit (paper, &style, "Rindfleischetikettierungsaufgabe", 30.0, 15.0);

  g_assert_cmpuint (lanyard_text_get_n_lines (text), >=, 2);
}

static void
test_overflow (Paper *paper, gconstpointer data)
{
  LanyardTextStyle style = style_of (4.0, 3.0, 2);
  g_autofree char *words = g_strnfill (100, 'W');
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_text_fit (paper->context, &style, words, 30.0, 15.0, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);
  /* Too low a box is no better than too narrow a one. */
  g_assert_null (lanyard_text_fit (paper->context, &style, "g", 30.0, 1.0, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* Arabic begins at the right edge of its line, Latin at the left; "left" means left for both. */
static void
test_right_to_left (Paper *paper, gconstpointer data)
{
  LanyardTextStyle style = style_of (4.0, 2.0, 1);
  g_autoptr (LanyardText) latin = fit (paper, &style, "Layla", 50.0, 8.0);
  g_autoptr (LanyardText) arabic = NULL;
  g_autoptr (LanyardText) left = NULL;
  g_autoptr (LanyardText) centre = NULL;
  LanyardBox ink;

  style.language = "ar";
  arabic = fit (paper, &style, "ليلى", 50.0, 8.0);
  style.align = LANYARD_ALIGN_LEFT;
  left = fit (paper, &style, "ليلى", 50.0, 8.0);
  style.align = LANYARD_ALIGN_CENTER;
  centre = fit (paper, &style, "ليلى", 50.0, 8.0);

  lanyard_text_get_ink (latin, &ink);
  g_assert_cmpfloat (ink.x_mm, <, 1.0);
  lanyard_text_get_ink (arabic, &ink);
  g_assert_cmpfloat (ink.x_mm + ink.width_mm, >, 49.0);
  lanyard_text_get_ink (left, &ink);
  g_assert_cmpfloat (ink.x_mm, <, 1.0);
  lanyard_text_get_ink (centre, &ink);
  g_assert_cmpfloat_with_epsilon (ink.x_mm + ink.width_mm / 2.0, 25.0, 0.6);
}

/* A descender must not lift the name: two badges side by side have one baseline. */
static void
test_baseline (Paper *paper, gconstpointer data)
{
  LanyardTextStyle style = style_of (5.0, 2.0, 1);
  g_autoptr (LanyardText) plain = fit (paper, &style, "HALL", 50.0, 10.0);
  g_autoptr (LanyardText) deep = fit (paper, &style, "HALgy", 50.0, 10.0);
  LanyardBox a;
  LanyardBox b;

  lanyard_text_get_ink (plain, &a);
  lanyard_text_get_ink (deep, &b);
  g_assert_cmpfloat_with_epsilon (a.y_mm, b.y_mm, 0.1);
  g_assert_cmpfloat (b.height_mm, >, a.height_mm + 0.5);
}

/* The preview on a coarse screen breaks lines as the printer does. */
static void
test_any_resolution (void)
{
  static const char *const words[]
      = { "Maria-Theresia Oberhuber Lindenbaum", "ليلى بنت عبد الله الحارثي", "水島藤原 春香" };
  static const guint dpis[] = { 25, 72, 96, 300, 600 };

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    {
      double size = 0.0;
      double width = 0.0;
      guint lines = 0;

      for (guint i = 0; i < G_N_ELEMENTS (dpis); i++)
        {
          Paper paper;
          LanyardTextStyle style = style_of (6.0, 2.0, 2);
          g_autoptr (LanyardText) text = NULL;

          paper_set_up (&paper, GUINT_TO_POINTER (dpis[i]));
          text = fit (&paper, &style, words[w], 40.0, 14.0);
          if (i > 0)
            {
              g_assert_cmpuint (lanyard_text_get_n_lines (text), ==, lines);
              g_assert_cmpfloat_with_epsilon (lanyard_text_get_size_mm (text), size, 1e-9);
              g_assert_cmpfloat_with_epsilon (lanyard_text_get_width_mm (text), width, 0.01);
            }
          size = lanyard_text_get_size_mm (text);
          width = lanyard_text_get_width_mm (text);
          lines = lanyard_text_get_n_lines (text);
          g_clear_pointer (&text, lanyard_text_free);
          paper_tear_down (&paper, NULL);
        }
    }
}

/* Every name slot of every template, with every name: its ink lies within the slot. */
static void
test_names_in_slots (gconstpointer data)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load (data);
  GPtrArray *names = lanyard_pack_get_template_names (pack);
  Paper paper;

  paper_set_up (&paper, GUINT_TO_POINTER (72));
  for (guint n = 0; n < names->len; n++)
    {
      g_autoptr (GBytes) svg
          = lanyard_pack_dup_template_named (pack, g_ptr_array_index (names, n), NULL);
      g_autoptr (LanyardTemplate) template = lanyard_template_parse (svg, pack, NULL);

      for (guint i = 0; i < template->slots->len * BADGE_N_PERSONS; i++)
        {
          const LanyardSlot *slot = g_ptr_array_index (template->slots, i / BADGE_N_PERSONS);
          g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, i % BADGE_N_PERSONS);
          g_autoptr (LanyardText) text = NULL;
          LanyardTextStyle style
              = { slot->font,        entry->language, slot->weight, slot->size_mm,
                  slot->min_size_mm, slot->lines,     slot->align,  slot->valign };
          const char *words = g_strcmp0 (slot->field, "print-name") == 0   ? entry->print_name
                              : g_strcmp0 (slot->field, "local-name") == 0 ? entry->local_name
                                                                           : NULL;

          if (words != NULL)
            text = fit (&paper, &style, words, slot->width_mm, slot->height_mm);
        }
    }
  paper_tear_down (&paper, NULL);
}

/* Darkest row and column first and last, mm, of white words on black. */
static void
measure_ink (cairo_surface_t *surface, double dpi, LanyardBox *ink)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int left = width, top = height, right = 0, bottom = 0;

  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *row = cairo_image_surface_get_data (surface)
                            + (gsize)y * cairo_image_surface_get_stride (surface);

        if (row[x * 4] < 100)
          continue;
        left = MIN (left, x);
        right = MAX (right, x + 1);
        top = MIN (top, y);
        bottom = MAX (bottom, y + 1);
      }
  *ink = (LanyardBox){ left / dpi * 25.4, top / dpi * 25.4, (right - left) / dpi * 25.4,
                       (bottom - top) / dpi * 25.4 };
}

/* What is drawn is what was measured, whichever fonts the words need. */
static void
test_drawn (gconstpointer data)
{
  const double dpi = 600.0;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1200, 480);
  cairo_t *cr = cairo_create (surface);
  LanyardTextStyle style = style_of (5.0, 1.0, 2);
  g_autoptr (LanyardText) text = NULL;
  PangoContext *context;
  LanyardBox wanted, ink;

  cairo_scale (cr, dpi / 25.4, dpi / 25.4);
  context = lanyard_text_context_new (cr);
  text = lanyard_text_fit (context, &style, data, 48.0, 18.0, NULL);
  g_assert_nonnull (text);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  lanyard_text_draw (text, cr, 1.0, 1.0);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  lanyard_text_get_ink (text, &wanted);
  measure_ink (surface, dpi, &ink);
  g_assert_cmpfloat_with_epsilon (ink.x_mm, wanted.x_mm + 1.0, 0.08);
  g_assert_cmpfloat_with_epsilon (ink.y_mm, wanted.y_mm + 1.0, 0.08);
  g_assert_cmpfloat_with_epsilon (ink.width_mm, wanted.width_mm, 0.12);
  g_assert_cmpfloat_with_epsilon (ink.height_mm, wanted.height_mm, 0.12);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* No tofu: a letter that no font has is an error, and does not say the name. */
static void
test_no_font (Paper *paper, gconstpointer data)
{
  LanyardTextStyle style = style_of (5.0, 2.0, 1);
  g_autoptr (GError) error = NULL;

  /* A private-use character: no font may have it. */
  g_assert_null (
      lanyard_text_fit (paper->context, &style, "A\xf4\x8f\xbf\xbd", 50.0, 10.0, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/badge/text/" name, Paper, GUINT_TO_POINTER (72), paper_set_up, function,           \
              paper_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("short-is-large", test_short_is_large);
  ADD ("shrinks-first", test_shrinks_first);
  ADD ("wraps-then", test_wraps_then);
  ADD ("breaks-last", test_breaks_last);
  ADD ("overflow", test_overflow);
  ADD ("right-to-left", test_right_to_left);
  ADD ("baseline", test_baseline);
  ADD ("no-font", test_no_font);
  g_test_add_func ("/badge/text/any-resolution", test_any_resolution);
  g_test_add_data_func ("/badge/text/drawn/latin", "Marta Lindgren", test_drawn);
  g_test_add_data_func ("/badge/text/drawn/arabic", "ليلى بنت عبد الله الحارثي", test_drawn);
  g_test_add_data_func ("/badge/text/drawn/japanese", "水島藤原 春香", test_drawn);
  g_test_add_data_func ("/badge/text/drawn/korean", "김하늘별", test_drawn);
  g_test_add_data_func ("/badge/text/drawn/mixed", "Chief 審判員 2033 ليلى, Räder", test_drawn);
  g_test_add_data_func ("/badge/text/names/summer-games", "summer-games", test_names_in_slots);
  g_test_add_data_func ("/badge/text/names/small-cup", "small-cup", test_names_in_slots);
  return badge_fixture_finish (g_test_run ());
}
