/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-search-words.h"

#include <string.h>

/* Longest text that is looked at; the limit of an entry's texts is below it. */
#define MAX_TEXT_BYTES 1024

typedef struct
{
  char text[LANYARD_WORD_MAX_BYTES];
  gsize n_bytes;
} Word;

typedef struct
{
  LanyardWordFunc func;
  gpointer user_data;
  gboolean joined;
  guint n_parts; /* of the word that joiners hold together */
  Word part;
  Word whole;
} Splitter;

/* Letters without a decomposition in Unicode that people type as these. */
static const struct
{
  gunichar letter;
  const char *folded;
} special_letters[] = {
  { 0x00DF, "ss" }, { 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" }, { 0x00FE, "th" },
  { 0x0111, "d" },  { 0x0127, "h" },  { 0x0131, "i" }, { 0x0138, "k" }, { 0x0142, "l" },
  { 0x014B, "n" },  { 0x0153, "oe" }, { 0x0167, "t" }, { 0x0180, "b" }, { 0x0259, "e" },
  { 0x0268, "i" },  { 0x03C2, "σ" },  { 0x0640, "" },  { 0x0671, "ا" }, { 0x06A9, "ك" },
  { 0x06CC, "ي" },  { 0x0649, "ي" },  { 0x0629, "ه" },
};

static void
append (Word *word, const char *text, gsize n_bytes)
{
  /* Whole characters only: a cut one would not be UTF-8. */
  if (word->n_bytes + n_bytes > sizeof word->text)
    return;
  memcpy (word->text + word->n_bytes, text, n_bytes);
  word->n_bytes += n_bytes;
}

static void
append_letter (Splitter *splitter, gunichar letter)
{
  char utf8[6];
  const char *text = utf8;
  gsize n_bytes;

  letter = g_unichar_tolower (letter);
  n_bytes = g_unichar_to_utf8 (letter, utf8);
  for (guint i = 0; letter >= 0x80 && i < G_N_ELEMENTS (special_letters); i++)
    if (special_letters[i].letter == letter)
      {
        text = special_letters[i].folded;
        n_bytes = strlen (text);
      }
  append (&splitter->part, text, n_bytes);
  append (&splitter->whole, text, n_bytes);
}

static void
end_part (Splitter *splitter)
{
  if (splitter->part.n_bytes == 0)
    return;
  splitter->func (splitter->part.text, splitter->part.n_bytes, splitter->user_data);
  splitter->part.n_bytes = 0;
  splitter->n_parts++;
}

static void
end_word (Splitter *splitter)
{
  end_part (splitter);
  if (splitter->joined && splitter->n_parts > 1)
    splitter->func (splitter->whole.text, splitter->whole.n_bytes, splitter->user_data);
  splitter->whole.n_bytes = 0;
  splitter->n_parts = 0;
}

static gboolean
is_joiner (gunichar letter)
{
  return letter == '-' || letter == '\'' || letter == 0x2010 || letter == 0x2011 || letter == 0x2018
         || letter == 0x2019 || letter == 0x02BC || letter == 0x02BB || letter == 0x05BE
         || letter == 0x200C;
}

static void
take (Splitter *splitter, gunichar letter)
{
  GUnicodeType type;

  if (letter < 0x80)
    type = g_ascii_isalnum (letter) ? G_UNICODE_LOWERCASE_LETTER : G_UNICODE_SPACE_SEPARATOR;
  else
    type = g_unichar_type (letter);

  if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK)
    return;
  if (is_joiner (letter))
    end_part (splitter);
  else if (letter < 0x80 ? type == G_UNICODE_LOWERCASE_LETTER
                         : g_unichar_isalnum (letter) || type == G_UNICODE_SPACING_MARK)
    append_letter (splitter, letter);
  else
    end_word (splitter);
}

void
lanyard_search_split (const char *text, gboolean joined, LanyardWordFunc func, gpointer user_data)
{
  Splitter splitter = { .func = func, .user_data = user_data, .joined = joined };
  g_autofree char *decomposed = NULL;
  const char *end;

  if (text == NULL || strnlen (text, MAX_TEXT_BYTES + 1) > MAX_TEXT_BYTES
      || !g_utf8_validate (text, -1, NULL))
    return;
  if (!g_str_is_ascii (text))
    text = decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  end = text + strlen (text);
  for (; text < end; text = g_utf8_next_char (text))
    take (&splitter, g_utf8_get_char (text));
  end_word (&splitter);
}
