/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-field.h"

#include <stdlib.h>
#include <string.h>

/* What a camera surely sees as dark, and what does not stand out from white. */
#define MAX_DARK_LUMINANCE 0.18
#define MIN_LIGHT_LUMINANCE 0.8

static gboolean
is_hex_colour (const char *fill)
{
  if (fill[0] != '#' || strlen (fill) != 7)
    return FALSE;

  for (guint i = 1; i < 7; i++)
    {
      if (!g_ascii_isxdigit (fill[i]))
        return FALSE;
    }

  return TRUE;
}

/* Without gamma: near enough to tell dark from light. */
static double
get_luminance (const char *colour)
{
  guint rgb = strtoul (colour + 1, NULL, 16);

  return (0.2126 * (rgb >> 16) + 0.7152 * ((rgb >> 8) & 0xff) + 0.0722 * (rgb & 0xff)) / 255.0;
}

gboolean
lanyard_badge_colour_is_known (LanyardPack *pack, const char *fill)
{
  return is_hex_colour (fill) || g_str_equal (fill, "category") || g_str_equal (fill, "on-category")
         || lanyard_pack_get_colour (pack, fill, NULL) != NULL;
}

gboolean
lanyard_badge_colour_is_dark (const char *fill)
{
  return is_hex_colour (fill) && get_luminance (fill) <= MAX_DARK_LUMINANCE;
}

gboolean
lanyard_badge_colour_is_light (const char *fill)
{
  return is_hex_colour (fill) && get_luminance (fill) >= MIN_LIGHT_LUMINANCE;
}

const char *
lanyard_badge_colour_resolve (LanyardPack *pack,
                              const LanyardBadgeContent *content,
                              const char *fill,
                              const char *fallback)
{
  const LanyardCode *category
      = lanyard_pack_find_code (pack, LANYARD_CODES_CATEGORY, content->entry->category);

  if (fill == NULL)
    return fallback;
  if (is_hex_colour (fill))
    return fill;
  if (g_str_equal (fill, "category"))
    return category != NULL && category->colour != NULL
               ? category->colour
               : lanyard_pack_get_colour (pack, "primary", "#333333");
  if (g_str_equal (fill, "on-category"))
    return category != NULL && category->text_colour != NULL
               ? category->text_colour
               : lanyard_pack_get_colour (pack, "on-primary", "#ffffff");

  return lanyard_pack_get_colour (pack, fill, fallback);
}
