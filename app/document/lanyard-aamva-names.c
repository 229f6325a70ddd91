/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Names and dates of a licence: every version has its own way. */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-aamva-private.h"

#include <string.h>

/* Longest names of the standard: a field that is full may have been cut (annex D, DDE to DDG). */
#define MAX_NAME_CHARACTERS 40

/* Words that stand for nothing. */
static gboolean
is_nothing (const char *text)
{
  static const char *const words[] = { "", "NONE", "UNAVL", "UNAVAIL", "N/A", "NMN", "NFN", "NLN" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Commas become blanks, several blanks one. */
static char *
dup_words (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text != NULL ? text : ""), ",@$\t", ' ');
  GString *words = g_string_new (NULL);

  for (const char *at = spaced; *at != '\0'; at++)
    if (*at != ' ' || (words->len > 0 && words->str[words->len - 1] != ' '))
      g_string_append_c (words, *at);
  if (words->len > 0 && words->str[words->len - 1] == ' ')
    g_string_truncate (words, words->len - 1);
  if (is_nothing (words->str))
    g_string_truncate (words, 0);
  memset (spaced, 0, strlen (spaced));
  return g_string_free (words, FALSE);
}

static gboolean
was_cut (const LanyardAamvaElements *elements, const char *id, const char *name)
{
  const char *flag = lanyard_aamva_elements_get (elements, id);

  if (flag != NULL && (*flag == 'T' || *flag == 't'))
    return TRUE;
  if (flag != NULL && (*flag == 'N' || *flag == 'n'))
    return FALSE;
  return g_utf8_strlen (name, -1) >= MAX_NAME_CHARACTERS;
}

/* Version 1 has the whole name in one element: FAMILY,GIVEN,MIDDLE,SUFFIX. Some issuers leave the
 * commas out, and then also the order: nothing can be told apart. */
static void
take_whole (LanyardAamva *aamva, const char *whole)
{
  char separator = strchr (whole, ',') ? ',' : strchr (whole, '$') ? '$' : '@';
  const char delimiter[] = { separator, '\0' };
  g_auto (GStrv) parts = g_strsplit (whole, delimiter, 4);
  guint n = g_strv_length (parts);

  aamva->one_name = n < 2;
  aamva->family = n < 2 ? g_strdup ("") : dup_words (parts[0]);
  aamva->given = dup_words (n < 2 ? whole : parts[1]);
  aamva->middle = dup_words (n > 2 ? parts[2] : NULL);
  aamva->suffix = dup_words (n > 3 ? parts[3] : NULL);
  for (char **part = parts; *part != NULL; part++)
    memset (*part, 0, strlen (*part));
}

static const char *
either (const LanyardAamvaElements *elements, const char *id, const char *other)
{
  const char *value = lanyard_aamva_elements_get (elements, id);

  if (value == NULL || is_nothing (value))
    value = lanyard_aamva_elements_get (elements, other);
  return value;
}

void
lanyard_aamva_take_names (LanyardAamva *aamva, const LanyardAamvaElements *elements)
{
  const char *whole = lanyard_aamva_elements_get (elements, "DAA");
  /* Versions 2 and 3 have all given names in DCT, 4 and later the first in DAC and the rest in DAD.
   * Version 1 has DAB where later ones have DCS. */
  const char *family = either (elements, "DCS", "DAB");
  const char *given = either (elements, "DAC", "DCT");

  if (family == NULL && given == NULL && whole != NULL)
    take_whole (aamva, whole);
  else
    {
      aamva->family = dup_words (family);
      aamva->given = dup_words (given);
      aamva->middle = dup_words (lanyard_aamva_elements_get (elements, "DAD"));
      aamva->suffix = dup_words (either (elements, "DCU", "DAE"));
    }
  aamva->family_cut = was_cut (elements, "DDE", aamva->family);
  aamva->given_cut = was_cut (elements, "DDF", aamva->given);
  aamva->middle_cut = was_cut (elements, "DDG", aamva->middle);
}

static guint
number (const char *digits, guint n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    value = value * 10 + (guint)(digits[i] - '0');
  return value;
}

/* CCYYMMDD and MMDDCCYY cannot be mistaken for each other: no month is 19, 20 or 21. */
LanyardDate
lanyard_aamva_parse_date (const char *text, gboolean canadian, gboolean *odd)
{
  char digits[9] = "";
  guint n = 0;
  LanyardDate date;
  gboolean year_first;

  for (const char *at = text; at != NULL && *at != '\0' && n < sizeof digits; at++)
    if (g_ascii_isdigit (*at))
      digits[n++] = *at;
    else if (*at != '-' && *at != '/' && *at != ' ')
      return (LanyardDate){ 0 };
  if (n != 8)
    return (LanyardDate){ 0 };
  year_first = number (digits, 2) > 12;
  if (year_first)
    date = (LanyardDate){ (guint16)number (digits, 4), (guint8)number (digits + 4, 2),
                          (guint8)number (digits + 6, 2) };
  else
    date = (LanyardDate){ (guint16)number (digits + 4, 4), (guint8)number (digits, 2),
                          (guint8)number (digits + 2, 2) };
  if (date.year < 1850 || date.year > 2199 || !lanyard_date_is_complete (&date))
    return (LanyardDate){ 0 };
  *odd = *odd || year_first != canadian;
  return date;
}
