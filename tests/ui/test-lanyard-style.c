/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "lanyard-style.h"
#include "lanyard-text-scale.h"
#include "screen-fixtures.h"

static void
test_contrast (void)
{
  const GdkRGBA black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  GdkRGBA grey;

  gdk_rgba_parse (&grey, "#777777");
  g_assert_cmpfloat_with_epsilon (lanyard_style_contrast (&black, &white), 21, 0.01);
  g_assert_cmpfloat_with_epsilon (lanyard_style_contrast (&white, &white), 1, 0.01);
  /* the well-known grey that just misses 4.5:1 on white */
  g_assert_cmpfloat_with_epsilon (lanyard_style_contrast (&grey, &white), 4.48, 0.01);
}

static void
test_readable (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);

  for (guint i = 0; i < 2000; i++)
    {
      GdkRGBA ground = { (float)g_rand_double (rand), (float)g_rand_double (rand),
                         (float)g_rand_double (rand), 1 };
      GdkRGBA letters = { (float)g_rand_double (rand), (float)g_rand_double (rand),
                          (float)g_rand_double (rand), 1 };

      lanyard_style_readable (&letters, &ground, 4.5);
      g_assert_cmpfloat (lanyard_style_contrast (&letters, &ground), >=, 4.5);
    }
}

typedef struct
{
  const char *letters;
  const char *ground;
} Pair;

static const Pair PAIRS[] = {
  { "ink", "paper" },      { "ink", "card" },       { "ink_soft", "paper" },
  { "ink_soft", "card" },  { "on_brand", "brand" }, { "brand_ink", "paper" },
  { "brand_ink", "card" }, { "good", "card" },      { "warn", "card" },
  { "bad", "paper" },      { "focus", "paper" },    { "on_header", "header" },
};

/* What is to be touched stands out from what it lies on. */
static void
assert_shape (GtkStyleContext *context, const char *look)
{
  GdkRGBA brand, card;

  g_assert_true (gtk_style_context_lookup_color (context, "brand", &brand));
  g_assert_true (gtk_style_context_lookup_color (context, "card", &card));
  g_test_message ("%s: brand on card", look);
  g_assert_cmpfloat (lanyard_style_contrast (&brand, &card), >=, 2.95);
}

static void
check_look (LanyardPack *pack, const char *look, double ratio)
{
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  lanyard_style_install (gdk_display_get_default (), look, pack);
  for (gsize i = 0; i < G_N_ELEMENTS (PAIRS); i++)
    {
      GdkRGBA letters, ground;

      g_test_message ("%s: %s on %s", look, PAIRS[i].letters, PAIRS[i].ground);
      g_assert_true (gtk_style_context_lookup_color (context, PAIRS[i].letters, &letters));
      g_assert_true (gtk_style_context_lookup_color (context, PAIRS[i].ground, &ground));
      /* a line that shows the focus needs 3:1 only (WCAG 2.2 §1.4.11) */
      g_assert_cmpfloat (lanyard_style_contrast (&letters, &ground), >=,
                         g_str_equal (PAIRS[i].letters, "focus") ? 3.0 : ratio - 0.05);
    }
  assert_shape (context, look);
  g_object_unref (widget);
}

static void
test_looks (void)
{
  const char *const packs[] = { "summer-games", "small-cup" };

  for (gsize i = 0; i < G_N_ELEMENTS (packs); i++)
    {
      g_autoptr (LanyardPack) pack = test_pack_load (packs[i]);

      check_look (pack, "light", 4.5);
      check_look (pack, "dark", 4.5);
      check_look (pack, "high-contrast", 7);
    }
  check_look (NULL, "light", 4.5);
  check_look (NULL, "dark", 4.5);
  check_look (NULL, "high-contrast", 7);
}

static void
test_letters (void)
{
  g_autofree char *large = lanyard_text_scale_css (
      "a { font-size: 22px; padding: 22px; } b { font-size: 52px; } c { font-size: inherit; }",
      200);
  g_autofree char *same = lanyard_text_scale_css ("a { font-size: 22px; }", 100);

  g_assert_cmpstr (
      large, ==,
      "a { font-size: 44px; padding: 22px; } b { font-size: 72px; } c { font-size: inherit; }");
  g_assert_cmpstr (same, ==, "a { font-size: 22px; }");
  for (guint px = 1; px < 120; px++)
    g_assert_cmpuint (lanyard_text_scale_px (px, 200), <=, lanyard_text_scale_px (px + 1, 200));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/style/contrast", test_contrast);
  g_test_add_func ("/ui/style/readable", test_readable);
  g_test_add_func ("/ui/style/looks", test_looks);
  g_test_add_func ("/style/letters", test_letters);
  return g_test_run ();
}
