/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-condition.h"

#include <string.h>

#include "lanyard-badge-field.h"

#define MAX_WORDS 64

/* What can be asked with a code. */
static const struct
{
  const char *field;
  LanyardCodes which;
  gsize offset;     /* in LanyardEntry */
  gboolean is_list; /* char ** there, otherwise char * */
} ASKED[] = {
  { "zones", LANYARD_CODES_ZONE, G_STRUCT_OFFSET (LanyardEntry, zones), TRUE },
  { "transport", LANYARD_CODES_TRANSPORT, G_STRUCT_OFFSET (LanyardEntry, transport), TRUE },
  { "seating", LANYARD_CODES_SEATING, G_STRUCT_OFFSET (LanyardEntry, seating), TRUE },
  { "venues", LANYARD_CODES_VENUE, G_STRUCT_OFFSET (LanyardEntry, venues), TRUE },
  { "category", LANYARD_CODES_CATEGORY, G_STRUCT_OFFSET (LanyardEntry, category), FALSE },
  { "organisation", LANYARD_CODES_ORGANISATION, G_STRUCT_OFFSET (LanyardEntry, organisation),
    FALSE },
};

/* Returns: where @word, which is FIELD:CODE, stands in ASKED; -1: nowhere. @code: (out) */
static int
find_asked (const char *word, const char **code)
{
  const char *colon = strchr (word, ':');

  for (guint i = 0; colon != NULL && i < G_N_ELEMENTS (ASKED); i++)
    {
      gsize n = strlen (ASKED[i].field);

      if (n == (gsize)(colon - word) && strncmp (ASKED[i].field, word, n) == 0)
        {
          *code = colon + 1;
          return i;
        }
    }

  return -1;
}

static gboolean
is_word_known (LanyardPack *pack, const char *word)
{
  const char *code = NULL;
  int asked = find_asked (word, &code);

  if (asked >= 0)
    return lanyard_pack_find_code (pack, ASKED[asked].which, code) != NULL;
  if (strchr (word, ':') != NULL)
    return FALSE;

  return g_str_equal (word, "photo") || lanyard_badge_field_is_known (pack, word, TRUE)
         || lanyard_badge_field_is_known (pack, word, FALSE);
}

static gboolean
does_word_hold (LanyardPack *pack, const LanyardBadgeContent *content, const char *word)
{
  const char *code = NULL;
  int asked = find_asked (word, &code);
  g_autofree char *text = NULL;

  if (asked >= 0 && ASKED[asked].is_list)
    return g_strv_contains (
        G_STRUCT_MEMBER (const char *const *, content->entry, ASKED[asked].offset), code);
  if (asked >= 0)
    return g_strcmp0 (G_STRUCT_MEMBER (char *, content->entry, ASKED[asked].offset), code) == 0;
  if (g_str_equal (word, "photo"))
    return content->photo != NULL;
  if (lanyard_badge_field_is_known (pack, word, TRUE))
    {
      g_autoptr (GArray) codes = lanyard_badge_field_list_codes (pack, content, word);

      return codes->len > 0;
    }

  text = g_strstrip (lanyard_badge_field_dup_text (pack, content, word));
  return *text != '\0';
}

gboolean
lanyard_condition_is_known (LanyardPack *pack, const char *condition)
{
  g_auto (GStrv) words = g_strsplit (condition, " ", MAX_WORDS + 1);
  guint n_words = g_strv_length (words);

  if (n_words == 0 || n_words > MAX_WORDS)
    return FALSE;
  /* It also stands in a style sheet, within quotes. */
  for (const char *p = condition; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr (" :!-_+.", *p) == NULL)
        return FALSE;
    }
  for (guint i = 0; i < n_words; i++)
    {
      if (!is_word_known (pack, words[i] + (*words[i] == '!')))
        return FALSE;
    }

  return TRUE;
}

gboolean
lanyard_condition_holds (LanyardPack *pack,
                         const LanyardBadgeContent *content,
                         const char *condition)
{
  g_auto (GStrv) words = NULL;

  if (condition == NULL)
    return TRUE;

  words = g_strsplit (condition, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean contrary = *words[i] == '!';

      if (does_word_hold (pack, content, words[i] + contrary) != contrary)
        return TRUE;
    }

  return FALSE;
}
