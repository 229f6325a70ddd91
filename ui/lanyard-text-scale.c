/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-text-scale.h"

#include <string.h>

#define PROPERTY "font-size: "
#define FULL_GROWTH_PX 56
/* Of what would go beyond, a third. */
#define HEADLINE_SHARE 3

guint
lanyard_text_scale_px (guint px, guint percent)
{
  guint scaled = px * percent / 100;
  guint full = MAX (px, (guint)FULL_GROWTH_PX);

  g_return_val_if_fail (
      percent >= LANYARD_TEXT_PERCENT_USUAL && percent <= LANYARD_TEXT_PERCENT_LARGE, px);

  return scaled <= full ? scaled : full + (scaled - full) / HEADLINE_SHARE;
}

char *
lanyard_text_scale_css (const char *css, guint percent)
{
  GString *out = g_string_new (NULL);
  const char *at;

  g_return_val_if_fail (css != NULL, NULL);

  while ((at = strstr (css, PROPERTY)) != NULL)
    {
      char *end;
      guint64 px;

      at += strlen (PROPERTY);
      px = g_ascii_strtoull (at, &end, 10);
      g_string_append_len (out, css, at - css);
      css = at;
      if (end == at || !g_str_has_prefix (end, "px") || px > G_MAXUINT16)
        continue;
      g_string_append_printf (out, "%u", lanyard_text_scale_px ((guint)px, percent));
      css = end;
    }
  g_string_append (out, css);
  return g_string_free (out, FALSE);
}
