/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-json-text.h"

#include <string.h>

/* Returns: where the text that begins at @i ends: its closing quote, or @n_bytes */
static gsize
skip_text (const char *text, gsize n_bytes, gsize i)
{
  for (i++; i < n_bytes && text[i] != '"'; i++)
    if (text[i] == '\\')
      i++;
  return i;
}

/* What stands outside texts: RFC 8259 §2, with the letters and marks of numbers and literals. */
static gboolean
is_of_json (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr (" \t\r\n{}[]:,+-.", c) != NULL);
}

gboolean
lanyard_json_text_is_plain (const char *text, gsize n_bytes, guint max_depth)
{
  guint depth = 0;

  g_return_val_if_fail (text != NULL || n_bytes == 0, FALSE);

  for (gsize i = 0; i < n_bytes; i++)
    {
      if (text[i] == '"')
        i = skip_text (text, n_bytes, i);
      else if (!is_of_json (text[i]))
        return FALSE;
      else if ((text[i] == '{' || text[i] == '[') && ++depth > max_depth)
        return FALSE;
      else if ((text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
    }
  return TRUE;
}
