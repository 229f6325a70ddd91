/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-pdf.h"

#include <string.h>

/* "startxref", a number, "%%EOF". */
#define TAIL_BYTES 64
/* "0000000015 00000 n \n" */
#define ROW_BYTES 20
#define MAX_OBJECTS 100000

/* Reads a number at *@at and moves on behind it. */
static gboolean
read_number (const guint8 *data, gsize n_bytes, gsize *at, gsize *number)
{
  gsize start = *at;

  *number = 0;
  while (*at < n_bytes && g_ascii_isdigit (data[*at]) && *at - start < 12)
    *number = *number * 10 + (data[(*at)++] - '0');

  return *at > start;
}

static gboolean
has_text (const guint8 *data, gsize n_bytes, gsize at, const char *text)
{
  gsize n = strlen (text);

  return at < n_bytes && n <= n_bytes - at && memcmp (data + at, text, n) == 0;
}

/* Returns: where the table is; 0 when the end of the file does not say it */
static gsize
find_table (const guint8 *data, gsize n_bytes)
{
  static const char word[] = "startxref\n";
  gsize first = n_bytes > TAIL_BYTES ? n_bytes - TAIL_BYTES : 0;
  const guint8 *found = memmem (data + first, n_bytes - first, word, strlen (word));
  gsize at;
  gsize place;

  if (found == NULL)
    return 0;
  at = found - data + strlen (word);

  return read_number (data, n_bytes, &at, &place) ? place : 0;
}

gboolean
lanyard_pdf_is_sound (const guint8 *data, gsize n_bytes)
{
  static const char head[] = "xref\n0 ";
  gsize at;
  gsize n_objects;

  if (data == NULL || !has_text (data, n_bytes, 0, "%PDF-"))
    return FALSE;
  at = find_table (data, n_bytes);
  if (at == 0 || !has_text (data, n_bytes, at, head))
    return FALSE;
  at += strlen (head);
  if (!read_number (data, n_bytes, &at, &n_objects) || n_objects == 0 || n_objects > MAX_OBJECTS
      || ++at > n_bytes || n_bytes - at < n_objects * ROW_BYTES)
    return FALSE;

  /* The first row stands for no object. */
  for (gsize i = 1; i < n_objects; i++)
    {
      gsize row = at + i * ROW_BYTES;
      gsize place;
      char object[32];

      if (!read_number (data, n_bytes, &row, &place))
        return FALSE;
      g_snprintf (object, sizeof object, "%" G_GSIZE_FORMAT " 0 obj", i);
      if (!has_text (data, n_bytes, place, object))
        return FALSE;
    }

  return TRUE;
}
