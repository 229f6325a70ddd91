/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-field.h"

#include <string.h>

#define TEXT_PREFIX "text:"

typedef char *(*DupFunc) (LanyardPack *pack, const LanyardBadgeContent *content);

static const char *
get_language (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return content->language != NULL ? content->language : lanyard_pack_get_languages (pack)[0];
}

static char *
dup_or_empty (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static char *
dup_print_name (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (content->entry->print_name);
}

static char *
dup_given_name (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (content->entry->given_name);
}

static char *
dup_family_name (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (content->entry->family_name);
}

static char *
dup_local_name (LanyardPack *pack, const LanyardBadgeContent *content)
{
  /* The same words twice would only look like a mistake. */
  if (g_strcmp0 (content->entry->local_name, content->entry->print_name) == 0)
    return g_strdup ("");

  return dup_or_empty (content->entry->local_name);
}

static char *
dup_function (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (content->entry->function);
}

static char *
dup_organisation (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (lanyard_pack_get_label (pack, LANYARD_CODES_ORGANISATION,
                                               content->entry->organisation,
                                               get_language (pack, content)));
}

static char *
dup_organisation_code (LanyardPack *pack, const LanyardBadgeContent *content)
{
  const LanyardCode *code
      = lanyard_pack_find_code (pack, LANYARD_CODES_ORGANISATION, content->entry->organisation);

  /* An organisation in words has no code; its words are not repeated. */
  if (code == NULL)
    return g_strdup ("");

  return g_strdup (code->symbol != NULL ? code->symbol : code->code);
}

static char *
dup_category (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (lanyard_pack_get_label (
      pack, LANYARD_CODES_CATEGORY, content->entry->category, get_language (pack, content)));
}

static char *
dup_category_symbol (LanyardPack *pack, const LanyardBadgeContent *content)
{
  const LanyardCode *code
      = lanyard_pack_find_code (pack, LANYARD_CODES_CATEGORY, content->entry->category);

  return dup_or_empty (code != NULL && code->symbol != NULL ? code->symbol
                                                            : content->entry->category);
}

static char *
dup_number (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (content->entry->number);
}

static char *
dup_serial (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (content->serial);
}

static char *
dup_event_name (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_or_empty (lanyard_pack_get_event_name (pack, get_language (pack, content)));
}

static char *
dup_day (gint64 at_s)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (at_s);

  return day != NULL ? g_date_time_format (day, "%Y-%m-%d") : g_strdup ("");
}

static char *
dup_valid_from (LanyardPack *pack, const LanyardBadgeContent *content)
{
  return dup_day (content->entry->valid_from_s);
}

static char *
dup_valid_until (LanyardPack *pack, const LanyardBadgeContent *content)
{
  /* valid_until_s is exclusive: the last good second names the day. */
  return dup_day (content->entry->valid_until_s - 1);
}

static char *
dup_venues (LanyardPack *pack, const LanyardBadgeContent *content)
{
  g_autoptr (GPtrArray) venues = lanyard_badge_field_list_venues (pack, content);

  g_ptr_array_add (venues, NULL);

  return g_strjoinv ("  ", (char **)venues->pdata);
}

static const struct
{
  const char *field;
  DupFunc dup;
} FIELDS[] = {
  { "print-name", dup_print_name },
  { "given-name", dup_given_name },
  { "family-name", dup_family_name },
  { "local-name", dup_local_name },
  { "function", dup_function },
  { "organisation", dup_organisation },
  { "organisation-code", dup_organisation_code },
  { "category", dup_category },
  { "category-symbol", dup_category_symbol },
  { "number", dup_number },
  { "serial", dup_serial },
  { "event-name", dup_event_name },
  { "valid-from", dup_valid_from },
  { "valid-until", dup_valid_until },
  { "venues", dup_venues },
};

/* Lists that a codes slot can show. */
static const struct
{
  const char *field;
  LanyardCodes which;
  gsize offset; /* of the char ** in LanyardEntry */
} LISTS[] = {
  { "zones", LANYARD_CODES_ZONE, G_STRUCT_OFFSET (LanyardEntry, zones) },
  { "transport", LANYARD_CODES_TRANSPORT, G_STRUCT_OFFSET (LanyardEntry, transport) },
  { "seating", LANYARD_CODES_SEATING, G_STRUCT_OFFSET (LanyardEntry, seating) },
  { "venues", LANYARD_CODES_VENUE, G_STRUCT_OFFSET (LanyardEntry, venues) },
};

static gint
find_list (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++)
    {
      if (g_str_equal (LISTS[i].field, field))
        return i;
    }

  return -1;
}

static gboolean
are_lists (const char *field)
{
  g_auto (GStrv) words = g_strsplit (field, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (find_list (words[i]) < 0)
        return FALSE;
    }

  return words[0] != NULL;
}

static void
add_item (GArray *items, const LanyardCode *row, const char *language, gboolean is_held)
{
  LanyardBadgeCode item = {
    .symbol = row->symbol != NULL ? row->symbol : row->code,
    .label = lanyard_code_get_label (row, language),
    .colour = row->colour,
    .text_colour = row->text_colour,
    .icon = row->icon,
    .is_held = is_held,
  };

  g_array_append_val (items, item);
}

/* What the person has and the pack does not know, as it is. */
static void
add_unknown (GArray *items, LanyardPack *pack, LanyardCodes which, char **held)
{
  for (guint i = 0; held[i] != NULL; i++)
    {
      LanyardBadgeCode item = { .symbol = held[i], .label = held[i], .is_held = TRUE };

      if (lanyard_pack_find_code (pack, which, held[i]) == NULL)
        g_array_append_val (items, item);
    }
}

static void
list_one (GArray *items,
          LanyardPack *pack,
          LanyardCodes which,
          char **held,
          const char *language,
          gboolean all)
{
  GPtrArray *rows = lanyard_pack_get_codes (pack, which);

  for (guint i = 0; i < rows->len; i++)
    {
      const LanyardCode *row = g_ptr_array_index (rows, i);
      gboolean is_held = g_strv_contains ((const char *const *)held, row->code);

      if (all || is_held)
        add_item (items, row, language, is_held);
    }
  add_unknown (items, pack, which, held);
}

/* Returns: (transfer full) (element-type utf8): kinds of which every venue is in @held */
static GHashTable *
find_whole_kinds (LanyardPack *pack, const char *const *held)
{
  GHashTable *whole = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *kinds = lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE_KIND);
  GPtrArray *venues = lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE);

  for (guint k = 0; k < kinds->len; k++)
    {
      const LanyardCode *kind = g_ptr_array_index (kinds, k);
      guint n_held = 0;
      guint n_all = 0;

      for (guint i = 0; i < venues->len; i++)
        {
          const LanyardCode *venue = g_ptr_array_index (venues, i);

          if (g_strcmp0 (venue->kind, kind->code) != 0)
            continue;
          n_all++;
          n_held += g_strv_contains (held, venue->code);
        }
      /* A kind of one venue is better shown as that venue. */
      if (n_all > 1 && n_held == n_all)
        g_hash_table_add (whole, kind->code);
    }

  return whole;
}

gboolean
lanyard_badge_field_is_known (LanyardPack *pack, const char *field, gboolean codes)
{
  if (codes)
    return are_lists (field);

  if (g_str_has_prefix (field, TEXT_PREFIX))
    return lanyard_pack_get_text (pack, field + strlen (TEXT_PREFIX), NULL) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      if (g_str_equal (FIELDS[i].field, field))
        return TRUE;
    }

  return FALSE;
}

char *
lanyard_badge_field_dup_text (LanyardPack *pack,
                              const LanyardBadgeContent *content,
                              const char *field)
{
  if (g_str_has_prefix (field, TEXT_PREFIX))
    return dup_or_empty (
        lanyard_pack_get_text (pack, field + strlen (TEXT_PREFIX), get_language (pack, content)));

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      if (g_str_equal (FIELDS[i].field, field))
        return FIELDS[i].dup (pack, content);
    }

  return g_strdup ("");
}

const char *
lanyard_badge_field_get_language (LanyardPack *pack,
                                  const LanyardBadgeContent *content,
                                  const char *field)
{
  if (g_strcmp0 (field, "local-name") == 0 && content->entry->language != NULL)
    return content->entry->language;

  return get_language (pack, content);
}

static GArray *
list_codes (LanyardPack *pack, const LanyardBadgeContent *content, const char *field, gboolean all)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (LanyardBadgeCode));
  g_auto (GStrv) words = g_strsplit (field, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gint list = find_list (words[i]);

      if (list >= 0)
        list_one (items, pack, LISTS[list].which,
                  G_STRUCT_MEMBER (char **, content->entry, LISTS[list].offset),
                  get_language (pack, content), all);
    }

  return items;
}

GArray *
lanyard_badge_field_list_codes (LanyardPack *pack,
                                const LanyardBadgeContent *content,
                                const char *field)
{
  return list_codes (pack, content, field, FALSE);
}

GArray *
lanyard_badge_field_list_all (LanyardPack *pack,
                              const LanyardBadgeContent *content,
                              const char *field)
{
  return list_codes (pack, content, field, TRUE);
}

/* Whole kinds first, then the venues of others. */
static void
list_venues (GArray *items, LanyardPack *pack, const LanyardBadgeContent *content)
{
  const char *language = get_language (pack, content);
  const char *const *held = (const char *const *)content->entry->venues;
  g_autoptr (GHashTable) whole = find_whole_kinds (pack, held);
  GPtrArray *kinds = lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE_KIND);
  GPtrArray *venues = lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE);

  for (guint i = 0; i < kinds->len; i++)
    {
      const LanyardCode *kind = g_ptr_array_index (kinds, i);

      if (g_hash_table_contains (whole, kind->code))
        add_item (items, kind, language, TRUE);
    }
  for (guint i = 0; i < venues->len; i++)
    {
      const LanyardCode *venue = g_ptr_array_index (venues, i);

      if (g_strv_contains (held, venue->code)
          && (venue->kind == NULL || !g_hash_table_contains (whole, venue->kind)))
        add_item (items, venue, language, TRUE);
    }
  add_unknown (items, pack, LANYARD_CODES_VENUE, content->entry->venues);
}

GArray *
lanyard_badge_field_list_lines (LanyardPack *pack,
                                const LanyardBadgeContent *content,
                                const char *field)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (LanyardBadgeCode));
  g_auto (GStrv) words = g_strsplit (field, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GArray) codes = NULL;

      if (g_str_equal (words[i], "venues"))
        {
          list_venues (items, pack, content);
          continue;
        }
      codes = list_codes (pack, content, words[i], FALSE);
      g_array_append_vals (items, codes->data, codes->len);
    }
  return items;
}

GPtrArray *
lanyard_badge_field_list_venues (LanyardPack *pack, const LanyardBadgeContent *content)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (LanyardBadgeCode));
  GPtrArray *symbols = g_ptr_array_new_with_free_func (g_free);

  list_venues (items, pack, content);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (symbols, g_strdup (g_array_index (items, LanyardBadgeCode, i).symbol));
  return symbols;
}
