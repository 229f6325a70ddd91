/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "line-pictures.h"

#include <math.h>
#include <string.h>

#define PAPER 235
#define TABLE 130
#define PER_PX 16 /* of a profile */

/* ISO/IEC 16388 table 1: bars and spaces of each character in turn, 1 is wide. */
static const char code39_characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*";
static const char *const code39_wide[]
    = { "000110100", "100100001", "001100001", "101100000", "000110001", "100110000", "001110000",
        "000100101", "100100100", "001100100", "100001001", "001001001", "101001000", "000011001",
        "100011000", "001011000", "000001101", "100001100", "001001100", "000011100", "100000011",
        "001000011", "101000010", "000010011", "100010010", "001010010", "000000111", "100000110",
        "001000110", "000010110", "110000001", "011000001", "111000000", "010010001", "110010000",
        "011010000", "010000101", "110000100", "011000100", "010101000", "010100010", "010001010",
        "000101010", "010010100" };
/* ISO/IEC 16390 table 1 */
static const char *const itf_wide[]
    = { "00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010" };
/* EN 798 table 1, digits */
static const char *const codabar_wide[] = { "0000011", "0000110", "0001001", "1100000", "0010010",
                                            "1000010", "0100001", "0100100", "0110000", "1001000" };
/* ISO/IEC 15420 tables 1 and 2: number set A, and which digits of the left half are of set B */
static const char *const ean_widths[]
    = { "3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112" };
static const char *const ean_first[] = { "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB",
                                         "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA" };

static void
add_wide (GString *widths, const char *wide)
{
  for (guint i = 0; wide[i] != '\0'; i++)
    g_string_append_c (widths, wide[i] == '1' ? '3' : '1');
}

char *
line_code128 (const char *text)
{
  GString *widths = g_string_new (picture_code128_widths (104));
  guint sum = 104;

  for (guint i = 0; text[i] != '\0'; i++)
    {
      guint value = (guint8)text[i] - ' ';

      g_string_append (widths, picture_code128_widths (value));
      sum += value * (i + 1);
    }
  g_string_append (widths, picture_code128_widths (sum % 103));
  g_string_append (widths, picture_code128_widths (106));
  return g_string_free (widths, FALSE);
}

char *
line_code39 (const char *text)
{
  g_autofree char *framed = g_strconcat ("*", text, "*", NULL);
  GString *widths = g_string_new (NULL);

  for (guint i = 0; framed[i] != '\0'; i++)
    {
      const char *at = strchr (code39_characters, framed[i]);

      g_assert_nonnull (at);
      if (i > 0)
        g_string_append_c (widths, '1');
      add_wide (widths, code39_wide[at - code39_characters]);
    }
  return g_string_free (widths, FALSE);
}

char *
line_itf (const char *digits)
{
  GString *widths = g_string_new ("1111");

  g_assert_cmpuint (strlen (digits) % 2, ==, 0);
  for (guint i = 0; digits[i] != '\0'; i += 2)
    for (guint k = 0; k < 5; k++)
      {
        g_string_append_c (widths, itf_wide[digits[i] - '0'][k] == '1' ? '3' : '1');
        g_string_append_c (widths, itf_wide[digits[i + 1] - '0'][k] == '1' ? '3' : '1');
      }
  return g_string_free (g_string_append (widths, "311"), FALSE);
}

char *
line_codabar (const char *text)
{
  GString *widths = g_string_new ("11331311"); /* A, and the space behind it */

  for (guint i = 0; text[i] != '\0'; i++)
    {
      add_wide (widths, codabar_wide[text[i] - '0']);
      g_string_append_c (widths, '1');
    }
  return g_string_free (g_string_append (widths, "1133131"), FALSE);
}

static void
add_ean (GString *widths, char digit, gboolean from_behind)
{
  g_autofree char *digit_widths = g_strdup (ean_widths[digit - '0']);

  g_string_append (widths, from_behind ? g_strreverse (digit_widths) : digit_widths);
}

char *
line_ean13 (const char *digits)
{
  GString *widths = g_string_new ("111");

  g_assert_cmpuint (strlen (digits), ==, 13);
  for (guint i = 1; i < 13; i++)
    {
      if (i == 7)
        g_string_append (widths, "11111");
      add_ean (widths, digits[i], i < 7 && ean_first[digits[0] - '0'][i - 1] == 'B');
    }
  return g_string_free (g_string_append (widths, "111"), FALSE);
}

char *
line_ean8 (const char *digits)
{
  GString *widths = g_string_new ("111");

  g_assert_cmpuint (strlen (digits), ==, 8);
  for (guint i = 0; i < 8; i++)
    {
      if (i == 4)
        g_string_append (widths, "11111");
      add_ean (widths, digits[i], FALSE);
    }
  return g_string_free (g_string_append (widths, "111"), FALSE);
}

/* Darkness from the left end of the quiet zone on, PER_PX a px. */
static double *
profile_of (const char *widths, const LineLook *look, double quiet, guint *n)
{
  /* A pixel is a box of a third of its width's deviation by itself. */
  double sigma = hypot (look->blur_px, 0.29) * G_SQRT2, x = quiet * look->module_px;
  double *profile;
  guint total = 0;

  for (guint i = 0; widths[i] != '\0'; i++)
    total += widths[i] - '0';
  *n = (guint)((total + 2 * quiet) * look->module_px * PER_PX);
  profile = g_new0 (double, *n);
  for (guint i = 0; widths[i] != '\0'; i++)
    {
      double end = x + (widths[i] - '0') * look->module_px;

      guint from = (guint)(MAX (x - 4 * sigma, 0) * PER_PX);
      guint to = MIN ((guint)((end + 4 * sigma) * PER_PX), *n);

      for (guint k = from; i % 2 == 0 && k < to; k++)
        {
          double at = (k + 0.5) / PER_PX;

          profile[k] += (erf ((at - x) / sigma) - erf ((at - end) / sigma)) / 2;
        }
      x = end;
    }
  return profile;
}

Picture *
line_picture (const char *widths, const LineLook *look, guint width, guint height)
{
  Picture *picture = picture_new (width, height);
  double quiet = look->quiet > 0 ? look->quiet : 10;
  double angle = look->degrees * G_PI / 180, dx = cos (angle), dy = sin (angle);
  guint n;
  g_autofree double *profile = profile_of (widths, look, quiet, &n);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        double from_x = x - (width - 1) / 2.0, from_y = y - (height - 1) / 2.0;
        double u = (from_x * dx + from_y * dy) * PER_PX + n / 2.0, v = from_y * dx - from_x * dy;
        guint8 *px = &picture->pixels[(gsize)y * width + x];

        *px = TABLE;
        if (u >= 0 && u < n && fabs (v) <= look->height_px / 2 + 6)
          *px = PAPER;
        if (u >= 0 && u < n && fabs (v) <= look->height_px / 2)
          *px = (guint8)(PAPER + 0.5 + profile[(guint)u] * (look->dark - PAPER));
      }
  line_add_noise (picture, look->noise, 4711);
  return picture;
}

void
line_add_noise (Picture *picture, double noise, guint32 seed)
{
  for (gsize i = 0; noise > 0 && i < (gsize)picture->width * picture->height; i++)
    {
      double sum = -2;

      /* Four even ones are nearly normal; their sum has a variance of a third. */
      for (guint k = 0; k < 4; k++)
        {
          seed = seed * 1664525 + 1013904223;
          sum += (seed >> 8) / (double)(1 << 24);
        }
      picture->pixels[i] = (guint8)CLAMP (picture->pixels[i] + 0.5 + sum * noise * 1.732, 0, 255);
    }
}
