/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-charset.h"

#include <string.h>

/* What the bytes would be as Shift_JIS (JIS X 0208:1997 annex 1). */
typedef struct
{
  gboolean valid;
  guint n_controls; /* bytes that are control characters in ISO-8859-1: 0x80 to 0x9F */
  guint longest;    /* most bytes above 0x7F, trail bytes with them, in a row */
} ShiftJis;

static gboolean
is_lead (guint8 byte)
{
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xea);
}

static gboolean
is_trail (guint8 byte)
{
  return byte >= 0x40 && byte <= 0xfc && byte != 0x7f;
}

static gboolean
is_half_width_kana (guint8 byte)
{
  return byte >= 0xa1 && byte <= 0xdf;
}

static ShiftJis
look_as_shift_jis (const guint8 *data, gsize n_bytes)
{
  ShiftJis look = { TRUE };
  guint run = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      gsize start = i;

      if (data[i] >= 0x80 && data[i] <= 0x9f)
        look.n_controls++;
      if (data[i] < 0x80)
        run = 0;
      else if (is_half_width_kana (data[i]))
        run++;
      else if (is_lead (data[i]) && i + 1 < n_bytes && is_trail (data[i + 1]))
        i++;
      else
        look.valid = FALSE;
      run += (guint)(i - start) * 2;
      look.longest = MAX (look.longest, run);
    }
  return look;
}

/* A single accented letter also looks like half of a kanji, three in a row hardly. */
static gboolean
is_shift_jis (const guint8 *data, gsize n_bytes)
{
  ShiftJis look = look_as_shift_jis (data, n_bytes);

  return look.valid && (look.n_controls > 0 || look.longest >= 3);
}

static gboolean
has_controls (const guint8 *data, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    if (data[i] >= 0x80 && data[i] <= 0x9f)
      return TRUE;
  return FALSE;
}

char *
lanyard_charset_dup_text (const guint8 *data, gsize n_bytes, const char **charset)
{
  const char *name = "UTF-8";

  g_return_val_if_fail (data != NULL || n_bytes == 0, NULL);

  if (n_bytes == 0 || memchr (data, '\0', n_bytes) != NULL)
    return NULL;
  if (!g_utf8_validate_len ((const char *)data, n_bytes, NULL))
    name = is_shift_jis (data, n_bytes) ? "Shift_JIS" : "ISO-8859-1";
  if (charset != NULL)
    *charset = name;
  if (g_str_equal (name, "UTF-8"))
    return g_strndup ((const char *)data, n_bytes);
  if (g_str_equal (name, "Shift_JIS"))
    return g_convert ((const char *)data, (gssize)n_bytes, "UTF-8", "CP932", NULL, NULL, NULL);
  if (has_controls (data, n_bytes))
    return NULL;
  return g_convert ((const char *)data, (gssize)n_bytes, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}
