/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-charset.h"

typedef struct
{
  const char *path;
  const char *bytes;
  const char *charset; /* NULL: no text */
  const char *text;
} Case;

static const Case cases[] = {
  { "/scan/charset/ascii", "LY1:6BF", "UTF-8", "LY1:6BF" },
  { "/scan/charset/utf-8", "Zo\xc3\xab \xe6\xb8\xac", "UTF-8", "Zoë 測" },
  /* half-width katakana alone: every byte is also a Latin letter or sign */
  { "/scan/charset/half-width", "\xc3\xde\xbb\xde\xb2\xdd QR", "Shift_JIS", "ﾃﾞｻﾞｲﾝ QR" },
  { "/scan/charset/kanji", "N:\x91\xaa\x8e\x8e;", "Shift_JIS", "N:測試;" },
  { "/scan/charset/one-kanji", "SUB:\x88\xa2;", "Shift_JIS", "SUB:阿;" },
  { "/scan/charset/latin", "Caf\xe9 Se\xf1or", "ISO-8859-1", "Café Señor" },
  /* e acute and a letter are also one kanji: one is not enough */
  { "/scan/charset/latin-like-kanji", "\xe9tage", "ISO-8859-1", "étage" },
  { "/scan/charset/neither", "\x81\x20\x9d\xff", NULL, NULL },
};

static void
test_charset (gconstpointer data)
{
  const Case *c = data;
  const char *charset = NULL;
  g_autofree char *text
      = lanyard_charset_dup_text ((const guint8 *)c->bytes, strlen (c->bytes), &charset);

  g_assert_cmpstr (text, ==, c->text);
  if (c->charset != NULL)
    g_assert_cmpstr (charset, ==, c->charset);
}

static void
test_nul (void)
{
  g_assert_null (lanyard_charset_dup_text ((const guint8 *)"a\0b", 3, NULL));
  g_assert_null (lanyard_charset_dup_text (NULL, 0, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_charset);
  g_test_add_func ("/scan/charset/nul", test_nul);
  return g_test_run ();
}
