/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-han.h"

#include <string.h>

#include "lanyard-badge-font.h"

typedef struct
{
  const char *font;
  const char *css_class;
} HanForm;

static const HanForm FORMS[] = {
  { "Noto Sans CJK JP", "han-jp" },
  { "Noto Sans CJK KR", "han-kr" },
  { "Noto Sans CJK SC", "han-sc" },
  { "Noto Sans CJK TC", "han-tc" },
};

static gboolean
has_han_letters (const char *language)
{
  static const char *const languages[] = { "ja", "ko", "zh", NULL };
  g_autofree char *tag = g_ascii_strdown (language, (gssize)strcspn (language, "-_."));

  return g_strv_contains (languages, tag);
}

const char *
lanyard_han_get_class (const char *language)
{
  const char *font;

  if (language == NULL || !has_han_letters (language))
    return NULL;
  font = lanyard_font_get_cjk (language);
  for (gsize i = 0; i < G_N_ELEMENTS (FORMS); i++)
    {
      if (g_str_equal (FORMS[i].font, font))
        return FORMS[i].css_class;
    }
  return NULL;
}

void
lanyard_han_mark (GtkWidget *widget, const char *language)
{
  const char *css_class = lanyard_han_get_class (language);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  for (gsize i = 0; i < G_N_ELEMENTS (FORMS); i++)
    {
      if (g_strcmp0 (FORMS[i].css_class, css_class) == 0)
        gtk_widget_add_css_class (widget, css_class);
      else
        gtk_widget_remove_css_class (widget, FORMS[i].css_class);
    }
}
