/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-pattern.h"

#include <string.h>

#define MIN_CHARACTERS 4
#define MAX_COUNTER_DIGITS 9

static gboolean
is_mark (char c)
{
  return c == '-' || c == '.' || c == '/';
}

static gboolean
is_letter_or_digit (char c)
{
  return g_ascii_isdigit (c) || g_ascii_isupper (c);
}

static gboolean
fits (char pattern, char c)
{
  if (pattern == '#')
    return g_ascii_isdigit (c);
  if (pattern == '@')
    return g_ascii_isupper (c);
  return pattern == c;
}

static gsize
count_counter_digits (const char *pattern)
{
  gsize length = strlen (pattern), n = 0;

  while (n < length && pattern[length - 1 - n] == '#')
    n++;
  return n;
}

/* Letters and digits alone, so that what people leave out does not matter. NULL: it has others, or
 * too many. */
static char *
dup_core (const char *text)
{
  char core[LANYARD_PATTERN_MAX_CHARACTERS + 1];
  gsize n = 0;

  if (strnlen (text, 2 * LANYARD_PATTERN_MAX_CHARACTERS + 1) > 2 * LANYARD_PATTERN_MAX_CHARACTERS)
    return NULL;
  for (; *text != '\0'; text++)
    {
      char c = g_ascii_toupper (*text);

      if (g_ascii_isspace (c) || is_mark (c))
        continue;
      if (!is_letter_or_digit (c) || n == LANYARD_PATTERN_MAX_CHARACTERS)
        return NULL;
      core[n++] = c;
    }
  core[n] = '\0';
  return n > 0 ? g_strdup (core) : NULL;
}

/* Where no pattern says what the marks are, they stay as they were typed. */
static char *
normalise_word (const char *text)
{
  g_autofree char *core = dup_core (text);
  g_autofree char *word = NULL;

  if (core == NULL)
    return NULL;
  word = g_ascii_strup (text, -1);
  g_strstrip (word);
  return strlen (word) <= LANYARD_PATTERN_MAX_CHARACTERS && strpbrk (word, " \t\r\n") == NULL
             ? g_steal_pointer (&word)
             : g_steal_pointer (&core);
}

gboolean
lanyard_pattern_is_sound (const char *pattern)
{
  gsize length;

  g_return_val_if_fail (pattern != NULL, FALSE);

  length = strnlen (pattern, LANYARD_PATTERN_MAX_CHARACTERS + 1);
  if (length < MIN_CHARACTERS || length > LANYARD_PATTERN_MAX_CHARACTERS)
    return FALSE;
  for (const char *c = pattern; *c != '\0'; c++)
    if (!is_letter_or_digit (*c) && !is_mark (*c) && *c != '#' && *c != '@')
      return FALSE;
  return strpbrk (pattern, "#@") != NULL;
}

char *
lanyard_pattern_normalise (const char *pattern, const char *text)
{
  g_autofree char *core = NULL;
  GString *number;
  gsize n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (pattern == NULL)
    return normalise_word (text);
  core = dup_core (text);
  if (core == NULL)
    return NULL;
  number = g_string_new (NULL);
  for (const char *p = pattern; *p != '\0'; p++)
    {
      if (!is_mark (*p) && !fits (*p, core[n]))
        {
          g_string_free (number, TRUE);
          return NULL;
        }
      g_string_append_c (number, is_mark (*p) ? *p : core[n++]);
    }
  return g_string_free (number, core[n] != '\0');
}

gboolean
lanyard_pattern_counts (const char *pattern)
{
  gsize n;

  g_return_val_if_fail (pattern != NULL, FALSE);

  n = count_counter_digits (pattern);
  return n > 0 && n <= MAX_COUNTER_DIGITS;
}

guint64
lanyard_pattern_get_counter (const char *pattern, const char *number)
{
  g_return_val_if_fail (pattern != NULL && number != NULL, 0);
  g_return_val_if_fail (strlen (pattern) == strlen (number), 0);

  return g_ascii_strtoull (number + strlen (number) - count_counter_digits (pattern), NULL, 10);
}

char *
lanyard_pattern_set_counter (const char *pattern, const char *number, guint64 counter)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, counter);
  gsize n_digits;

  g_return_val_if_fail (pattern != NULL && number != NULL, NULL);
  g_return_val_if_fail (strlen (pattern) == strlen (number), NULL);

  n_digits = count_counter_digits (pattern);
  if (strlen (digits) > n_digits)
    return NULL;
  return g_strdup_printf ("%.*s%0*" G_GUINT64_FORMAT, (int)(strlen (number) - n_digits), number,
                          (int)n_digits, counter);
}
