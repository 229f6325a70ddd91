/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mrz-text.h"

#include <string.h>

/* Made up from syllables, so that they are nobody's and all letters occur. */
static void
append_name (GString *text, GRand *random)
{
  static const char *const syllables[]
      = { "BA",  "CHO", "DRE", "FIN", "GU",  "HAL", "JO", "KWE", "LY", "MEX", "NO", "PRI", "QUA",
          "RUS", "SZA", "TOV", "UL",  "VIK", "WIN", "XU", "YEM", "ZO", "EK",  "AR", "ODD", "IS" };
  gint32 n = g_rand_int_range (random, 2, 4);

  for (gint32 i = 0; i < n; i++)
    g_string_append (text, syllables[g_rand_int_range (random, 0, G_N_ELEMENTS (syllables))]);
}

static void
fill_up (GString *text, gsize length)
{
  while (text->len < length)
    g_string_append_c (text, '<');
  g_string_truncate (text, length);
}

static void
append_names (GString *text, GRand *random, gsize length)
{
  append_name (text, random);
  g_string_append (text, "<<");
  append_name (text, random);
  if (g_rand_boolean (random))
    {
      g_string_append_c (text, '<');
      append_name (text, random);
    }
  fill_up (text, length);
}

static void
append_check (GString *text, gsize from)
{
  g_string_append_c (text, '0' + lanyard_mrz_check_digit (text->str + from, text->len - from));
}

/* Letters and digits as they come, where one document in three has digits only. */
static void
append_number (GString *text, GRand *random, gsize n)
{
  gboolean digits = g_rand_int_range (random, 0, 3) == 0;

  for (gsize i = 0; i < n; i++)
    if (digits || g_rand_int_range (random, 0, 3) > 0)
      g_string_append_c (text, '0' + g_rand_int_range (random, 0, 10));
    else
      g_string_append_c (text, 'A' + g_rand_int_range (random, 0, 26));
}

static void
append_date (GString *text, GRand *random)
{
  gsize from = text->len;

  g_string_append_printf (text, "%02d%02d%02d", g_rand_int_range (random, 0, 100),
                          g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 29));
  append_check (text, from);
}

static void
append_optional (GString *text, GRand *random, gsize length)
{
  gsize end = text->len + length;

  if (g_rand_boolean (random))
    append_number (text, random, g_rand_int_range (random, 1, (gint32)length));
  fill_up (text, end);
}

/* A number of @n characters, ten positions for it and its check digit, and the optional data where
 * more than nine go on (9303-5 §4.2.2). */
static void
append_long_number (GString *head, GString *optional, GRand *random, gsize n, gboolean counts)
{
  g_autoptr (GString) whole = g_string_new (NULL);

  append_number (whole, random, n);
  g_string_append_len (head, whole->str, 9);
  g_string_append_c (head, '<');
  g_string_append (optional, whole->str + 9);
  if (counts)
    g_string_insert_c (whole, 9, '<');
  g_string_append_c (optional, '0' + lanyard_mrz_check_digit (whole->str, whole->len));
}

static const char *
pick_state (GRand *random)
{
  static const char *const states[] = { "UTO", "D<<", "FRA", "JPN", "GBR", "XOM", "KEN", "BRA" };

  return states[g_rand_int_range (random, 0, G_N_ELEMENTS (states))];
}

static void
append_person (GString *line, GRand *random)
{
  append_date (line, random);
  g_string_append_c (line, "FM<"[g_rand_int_range (random, 0, 3)]);
  append_date (line, random);
}

/* @long_number: 0, or more than nine characters; @counts: the filler between its halves as one of
 * them */
static char *
make_up_card (GRand *random, gsize long_number, gboolean counts)
{
  g_autoptr (GString) upper = g_string_new ("I<");
  g_autoptr (GString) lower = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  g_string_append (upper, pick_state (random));
  if (long_number > 0)
    {
      g_autoptr (GString) optional = g_string_new (NULL);

      append_long_number (upper, optional, random, long_number, counts);
      fill_up (optional, 15);
      g_string_append (upper, optional->str);
    }
  else
    {
      append_number (upper, random, 9);
      append_check (upper, 5);
      append_optional (upper, random, 15);
    }
  append_person (lower, random);
  g_string_append (lower, pick_state (random));
  append_optional (lower, random, 11);
  g_string_append_len (all, upper->str + 5, 25);
  g_string_append_len (all, lower->str, 7);
  g_string_append_len (all, lower->str + 8, 7);
  g_string_append_len (all, lower->str + 18, 11);
  g_string_append_c (lower, '0' + lanyard_mrz_check_digit (all->str, all->len));
  append_names (names, random, 30);
  return g_strjoin ("\n", upper->str, lower->str, names->str, NULL);
}

/* TD2, TD3 and the visas: names above, all else below. */
static char *
make_up_page (GRand *random, LanyardMrzFormat format, gsize long_number, gboolean counts)
{
  guint length = lanyard_mrz_line_length (format);
  gboolean visa = format == LANYARD_MRZ_MRV_A || format == LANYARD_MRZ_MRV_B;
  g_autoptr (GString) upper
      = g_string_new (visa ? "V<" : (format == LANYARD_MRZ_TD2 ? "I<" : "P<"));
  g_autoptr (GString) lower = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) optional = g_string_new (NULL);

  g_string_append (upper, pick_state (random));
  append_names (upper, random, length);
  if (long_number > 0)
    append_long_number (lower, optional, random, long_number, counts);
  else
    {
      append_number (lower, random, 9);
      append_check (lower, 0);
    }
  g_string_append (lower, pick_state (random));
  append_person (lower, random);
  if (visa)
    append_optional (lower, random, length - 28);
  else if (format == LANYARD_MRZ_TD3)
    {
      append_optional (lower, random, 14);
      append_check (lower, 28);
    }
  else if (long_number > 0)
    {
      fill_up (optional, 7);
      g_string_append (lower, optional->str);
    }
  else
    append_optional (lower, random, 7);
  if (!visa)
    {
      g_string_append_len (all, lower->str, 10);
      g_string_append_len (all, lower->str + 13, 7);
      g_string_append_len (all, lower->str + 21, (gssize)length - 22);
      g_string_append_c (lower, '0' + lanyard_mrz_check_digit (all->str, all->len));
    }
  return g_strjoin ("\n", upper->str, lower->str, NULL);
}

char *
mrz_text_make_up (GRand *random, LanyardMrzFormat format)
{
  return format == LANYARD_MRZ_TD1 ? make_up_card (random, 0, FALSE)
                                   : make_up_page (random, format, 0, FALSE);
}

char *
mrz_text_make_up_long (GRand *random, LanyardMrzFormat format, guint n, gboolean counts)
{
  return format == LANYARD_MRZ_TD1 ? make_up_card (random, n, counts)
                                   : make_up_page (random, format, n, counts);
}
