/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-attribute.h"

#include <math.h>
#include <string.h>

#define CSS_SPACE " \t\r\n\f"

const char *
lanyard_attribute_find (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        return values[i];
    }

  return NULL;
}

double
lanyard_attribute_parse_side (const char *text)
{
  static const struct
  {
    const char *unit;
    double mm;
  } units[] = { { "mm", 1.0 }, { "cm", 10.0 }, { "in", 25.4 }, { "pt", 25.4 / 72.0 } };
  char *end;
  double side;

  if (text == NULL)
    return NAN;

  side = g_ascii_strtod (text, &end);
  for (guint i = 0; end != text && i < G_N_ELEMENTS (units); i++)
    {
      if (g_str_equal (end, units[i].unit))
        return side * units[i].mm;
    }

  return NAN;
}

gboolean
lanyard_attribute_parse_numbers (const char *text, double *numbers, guint n_numbers)
{
  const char *p = text;

  for (guint i = 0; i < n_numbers; i++)
    {
      char *end;

      numbers[i] = g_ascii_strtod (p, &end);
      if (end == p || !isfinite (numbers[i]))
        return FALSE;
      p = end + strspn (end, " ,\t\r\n");
    }

  return *p == '\0';
}

static gboolean
is_of_word (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_';
}

gboolean
lanyard_attribute_css_sets (const char *css, const char *property, const char *value)
{
  gsize n = strlen (property);

  for (const char *p = css; p != NULL && (p = strcasestr (p, property)) != NULL; p += n)
    {
      const char *end = p + n + strspn (p + n, CSS_SPACE);

      if (*end != ':' || (p > css && is_of_word (p[-1])))
        continue;
      end += 1 + strspn (end + 1, CSS_SPACE);
      if (value == NULL
          || (g_ascii_strncasecmp (end, value, strlen (value)) == 0
              && !is_of_word (end[strlen (value)])))
        return TRUE;
    }

  return FALSE;
}
