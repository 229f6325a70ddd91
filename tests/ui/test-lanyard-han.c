/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "lanyard-han.h"

#include "lanyard-style.h"
#include "screen-fixtures.h"

static void
test_classes (void)
{
  g_assert_cmpstr (lanyard_han_get_class ("zh"), ==, "han-sc");
  g_assert_cmpstr (lanyard_han_get_class ("zh-CN"), ==, "han-sc");
  g_assert_cmpstr (lanyard_han_get_class ("zh-Hant"), ==, "han-tc");
  g_assert_cmpstr (lanyard_han_get_class ("ja-JP"), ==, "han-jp");
  g_assert_cmpstr (lanyard_han_get_class ("ko"), ==, "han-kr");
  g_assert_null (lanyard_han_get_class ("de"));
  g_assert_null (lanyard_han_get_class (NULL));
}

/* Returns: (transfer full): the family that the first letter of @label is drawn with */
static char *
dup_family (GtkWidget *label)
{
  PangoLayoutLine *line
      = pango_layout_get_line_readonly (gtk_label_get_layout (GTK_LABEL (label)), 0);
  PangoGlyphItem *run = line->runs->data;
  PangoFontDescription *font = pango_font_describe (run->item->analysis.font);
  char *family = g_strdup (pango_font_description_get_family (font));

  pango_font_description_free (font);
  return family;
}

static void
assert_family (LanyardWindow *window, const char *text, const char *expected)
{
  GtkWidget *label = test_find_label (GTK_WIDGET (window), text);
  g_autofree char *family = NULL;

  g_assert_nonnull (label);
  family = dup_family (label);
  g_test_message ("%s", text);
  g_assert_cmpstr (family, ==, expected);
}

static void
show_welcome (LanyardWindow *window, const char *language)
{
  g_autoptr (LanyardView) view = lanyard_view_new (LANYARD_PAGE_WELCOME);

  view->language = g_strdup (language);
  lanyard_window_show_view (window, view);
  for (guint i = 0; i < 2; i++)
    test_settle (GTK_WIDGET (window));
}

/* The words in the forms of the page's language, the name of each language in its own. */
static void
test_fonts (void)
{
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  g_autoptr (LanyardPack) pack = test_pack_load ("summer-games");
  LanyardWindow *window;

  lanyard_style_install (gdk_display_get_default (), "light", pack);
  window = test_window_new (recorder, pack, 1280, 800);
  show_welcome (window, "zh");
  assert_family (window, "请将邀请函", "Noto Sans CJK SC");
  assert_family (window, "日本語", "Noto Sans CJK JP");
  show_welcome (window, "ja");
  assert_family (window, "ご案内状", "Noto Sans CJK JP");
  assert_family (window, "简体中文", "Noto Sans CJK SC");
  show_welcome (window, "de");
  assert_family (window, "Halten Sie", "Noto Sans");
  assert_family (window, "简体中文", "Noto Sans CJK SC");
  assert_family (window, "日本語", "Noto Sans CJK JP");
  test_window_close (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/han/classes", test_classes);
  g_test_add_func ("/ui/han/fonts", test_fonts);
  return g_test_run ();
}
