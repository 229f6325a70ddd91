/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Names as words, and words in A to Z. */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-transliterate.h"

#include <sodium.h>
#include <string.h>

#define SHADDA 0x0651

/* Apostrophes and what people type for them, the hamza's and ayn's half rings of Latin
 * transcriptions, and marks that steer the direction of a line. */
static gboolean
is_left_out (gunichar character)
{
  switch (character)
    {
    case '\'':
    case '`':
    case 0x00b4:
    case 0x02b9:
    case 0x02bb:
    case 0x02bc:
    case 0x02be:
    case 0x02bf:
    case 0x2018:
    case 0x2019:
    case 0x2032:
      return TRUE;
    default:
      /* Marks that did not melt into their letter, such as Arabic vowel signs, are not written. */
      return character != SHADDA
             && (g_unichar_ismark (character) || g_unichar_type (character) == G_UNICODE_FORMAT);
    }
}

static gboolean
parts_words (gunichar character)
{
  return !is_left_out (character)
         && (g_unichar_isspace (character) || g_unichar_ispunct (character)
             || g_unichar_iscntrl (character) || character == '<');
}

static void
end_word (GPtrArray *words, GString *word)
{
  if (word->len > 0 && words->len < LANYARD_NAME_MAX_WORDS)
    g_ptr_array_add (words, g_strndup (word->str, word->len));
  sodium_memzero (word->str, word->len);
  g_string_truncate (word, 0);
}

/* Letters and marks that stand apart become one; what is too long is cut. Returns: (nullable) */
static char *
dup_composed (const char *name)
{
  gsize n_bytes = 0;

  for (guint n = 0; n < LANYARD_NAME_MAX_CHARACTERS && name[n_bytes] != '\0'; n++)
    n_bytes = (gsize)(g_utf8_next_char (name + n_bytes) - name);
  return g_utf8_normalize (name, (gssize)n_bytes, G_NORMALIZE_ALL_COMPOSE);
}

char **
lanyard_name_split (const char *name)
{
  GPtrArray *words = g_ptr_array_new ();
  GString *word = g_string_sized_new (4 * LANYARD_NAME_MAX_CHARACTERS);
  char *composed = name != NULL ? dup_composed (name) : NULL;
  guint n = 0;

  for (const char *at = composed; at != NULL && *at != '\0' && n < LANYARD_NAME_MAX_CHARACTERS;
       at = g_utf8_next_char (at), n++)
    {
      gunichar character = g_utf8_get_char (at);

      if (parts_words (character))
        end_word (words, word);
      else if (!is_left_out (character))
        g_string_append_unichar (word, g_unichar_toupper (character));
    }
  end_word (words, word);
  g_string_free (word, TRUE);
  if (composed != NULL)
    sodium_memzero (composed, strlen (composed));
  g_free (composed);
  g_ptr_array_add (words, NULL);
  return (char **)g_ptr_array_free (words, FALSE);
}

void
lanyard_name_free_words (char **words)
{
  for (char **word = words; word != NULL && *word != NULL; word++)
    sodium_memzero (*word, strlen (*word));
  g_strfreev (words);
}

static void
append_word (GString *text, const char *word, guint choice)
{
  const char *last = "";

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *choices[LANYARD_TRANSLITERATE_MAX_CHOICES];
      gunichar character = g_utf8_get_char (at);

      /* 9303-3 §6 C: shadda writes the letter before it once more. */
      if (character != SHADDA)
        {
          gboolean at_end = *g_utf8_next_char (at) == '\0';
          guint n = lanyard_transliterate_character (character, at_end, choices);

          last = n == 0 ? "" : choices[choice < n ? choice : 0];
        }
      g_string_append (text, last);
    }
}

char *
lanyard_transliterate_by (const char *name, guint choice)
{
  char **words;
  GString *text = g_string_sized_new (4 * LANYARD_NAME_MAX_CHARACTERS);

  g_return_val_if_fail (name != NULL, g_string_free (text, FALSE));

  words = lanyard_name_split (name);
  for (char **word = words; *word != NULL; word++)
    {
      gsize before;

      if (text->len > 0)
        g_string_append_c (text, ' ');
      before = text->len;
      append_word (text, *word, choice);
      if (text->len == before && before > 0)
        g_string_truncate (text, before - 1);
    }
  lanyard_name_free_words (words);
  return g_string_free (text, FALSE);
}

char *
lanyard_transliterate (const char *name)
{
  return lanyard_transliterate_by (name, 0);
}
