/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-private.h"

#include <string.h>

#include "lanyard-error.h"

static const char *const MEMBERS[LANYARD_N_CODES] = {
  [LANYARD_CODES_VENUE] = "venues",         [LANYARD_CODES_ZONE] = "zones",
  [LANYARD_CODES_CATEGORY] = "categories",  [LANYARD_CODES_TRANSPORT] = "transport",
  [LANYARD_CODES_SEATING] = "seating",      [LANYARD_CODES_ORGANISATION] = "organisations",
  [LANYARD_CODES_CLEARANCE] = "clearances", [LANYARD_CODES_VENUE_KIND] = "venue-kinds",
  [LANYARD_CODES_DAY_PASS] = "day-passes",
};

/* Members that a row of each list may have beside code and label. */
static const char *const ROW_MEMBERS[]
    = { "code", "label", "colour", "text-colour", "symbol", "icon", NULL };
static const char *const VENUE_MEMBERS[]
    = { "code", "label", "colour", "text-colour", "symbol", "icon", "kind", NULL };
static const char *const CATEGORY_MEMBERS[] = { "code",        "label",          "colour",
                                                "text-colour", "symbol",         "icon",
                                                "template",    "self-service",   "second-person",
                                                "clearances",  "document-check", "photo-required",
                                                NULL };
static const char *const DAY_PASS_MEMBERS[]
    = { "code",     "label", "colour", "text-colour",    "symbol", "icon",
        "category", "zones", "venues", "number-pattern", "reuse",  "max-per-organisation",
        NULL };

static void
code_free (LanyardCode *code)
{
  g_free (code->code);
  g_hash_table_unref (code->labels);
  g_free (code->colour);
  g_free (code->text_colour);
  g_free (code->symbol);
  g_free (code->icon);
  g_free (code->kind);
  g_free (code->template);
  g_free (code);
}

static void
check_reference (LanyardPack *pack,
                 LanyardPackJson *json,
                 const char *where,
                 LanyardCodes which,
                 const LanyardCode *row)
{
  if (which == LANYARD_CODES_CATEGORY && row->template != NULL
      && !g_ptr_array_find_with_equal_func (pack->templates, row->template, g_str_equal, NULL))
    lanyard_pack_json_fail (json, where, "template", "names templates/%s.svg, which is not there",
                            row->template);
  if (row->icon != NULL)
    {
      g_autofree char *path = g_strdup_printf ("branding/%s", row->icon);

      if (!g_hash_table_contains (pack->files, path))
        lanyard_pack_json_fail (json, where, "icon", "names %s, which is not there", path);
    }
  if (which == LANYARD_CODES_VENUE && row->kind != NULL
      && lanyard_pack_find_code (pack, LANYARD_CODES_VENUE_KIND, row->kind) == NULL)
    lanyard_pack_json_fail (json, where, "kind", "names \"%s\", which is not in venue-kinds",
                            row->kind);
}

/* Returns: (transfer full): one row; of no use after an error */
static LanyardCode *
parse_row (LanyardPackJson *json, JsonObject *object, const char *where, LanyardCodes which)
{
  LanyardCode *row = g_new0 (LanyardCode, 1);
  const char *label
      = lanyard_pack_json_text (json, object, where, "label", LANYARD_PACK_MAX_LABEL_BYTES, TRUE);

  row->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (label != NULL)
    g_hash_table_replace (row->labels, g_strdup (""), g_strdup (label));

  row->code = g_strdup (lanyard_pack_json_name (json, object, where, "code", TRUE));
  row->colour = g_strdup (lanyard_pack_json_colour (json, object, where, "colour"));
  row->text_colour = g_strdup (lanyard_pack_json_colour (json, object, where, "text-colour"));
  row->symbol = g_strdup (
      lanyard_pack_json_text (json, object, where, "symbol", LANYARD_PACK_MAX_SYMBOL_BYTES, FALSE));
  row->icon = g_strdup (lanyard_pack_json_name (json, object, where, "icon", FALSE));
  if (which == LANYARD_CODES_VENUE)
    row->kind = g_strdup (lanyard_pack_json_name (json, object, where, "kind", TRUE));
  if (which == LANYARD_CODES_CATEGORY)
    row->template = g_strdup (lanyard_pack_json_name (json, object, where, "template", TRUE));

  return row;
}

static void
add_row (LanyardPack *pack,
         LanyardCodes which,
         LanyardPackJson *json,
         JsonNode *node,
         const char *where)
{
  LanyardCodeList *list = &pack->codes[which];
  JsonObject *object;
  LanyardCode *row;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      lanyard_pack_json_fail (json, where, NULL, "must be an object");
      return;
    }

  object = json_node_get_object (node);
  lanyard_pack_json_only (json, object, where,
                          which == LANYARD_CODES_CATEGORY   ? CATEGORY_MEMBERS
                          : which == LANYARD_CODES_VENUE    ? VENUE_MEMBERS
                          : which == LANYARD_CODES_DAY_PASS ? DAY_PASS_MEMBERS
                                                            : ROW_MEMBERS);
  row = parse_row (json, object, where, which);
  g_ptr_array_add (list->rows, row);
  if (json->error != NULL)
    return;

  check_reference (pack, json, where, which, row);
  if (!g_hash_table_insert (list->by_code, row->code, row))
    lanyard_pack_json_fail (json, where, "code", "\"%s\" stands in the list twice", row->code);
}

const char *
lanyard_pack_codes_member (LanyardCodes which)
{
  return MEMBERS[which];
}

void
lanyard_pack_codes_parse (LanyardPack *pack,
                          LanyardCodes which,
                          LanyardPackJson *json,
                          JsonObject *root)
{
  LanyardCodeList *list = &pack->codes[which];
  gboolean required = which == LANYARD_CODES_VENUE || which == LANYARD_CODES_VENUE_KIND
                      || which == LANYARD_CODES_ZONE || which == LANYARD_CODES_CATEGORY;
  JsonArray *array
      = lanyard_pack_json_array (json, root, "", MEMBERS[which], LANYARD_PACK_MAX_CODES, required);
  guint n_rows = array != NULL ? json_array_get_length (array) : 0;

  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)code_free);
  list->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  if (required && n_rows == 0)
    lanyard_pack_json_fail (json, "", MEMBERS[which], "must have one item at least");

  for (guint i = 0; i < n_rows && json->error == NULL; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s[%u]", MEMBERS[which], i);

      add_row (pack, which, json, json_array_get_element (array, i), where);
    }
}

gpointer
lanyard_pack_lookup_language (GHashTable *words, const char *language)
{
  g_autofree char *tag = g_strdup (language);

  while (tag != NULL)
    {
      gpointer found = g_hash_table_lookup (words, tag);
      char *cut = strrchr (tag, '-');

      if (found != NULL)
        return found;
      if (cut == NULL)
        break;
      *cut = '\0';
    }

  return NULL;
}

GPtrArray *
lanyard_pack_get_codes (const LanyardPack *pack, LanyardCodes which)
{
  g_return_val_if_fail (pack != NULL && which < LANYARD_N_CODES, NULL);

  return pack->codes[which].rows;
}

const LanyardCode *
lanyard_pack_find_code (const LanyardPack *pack, LanyardCodes which, const char *code)
{
  g_return_val_if_fail (pack != NULL && which < LANYARD_N_CODES, NULL);

  return code != NULL ? g_hash_table_lookup (pack->codes[which].by_code, code) : NULL;
}

const char *
lanyard_pack_get_label (const LanyardPack *pack,
                        LanyardCodes which,
                        const char *code,
                        const char *language)
{
  const LanyardCode *row = lanyard_pack_find_code (pack, which, code);

  return row != NULL ? lanyard_code_get_label (row, language) : code;
}

const char *
lanyard_code_get_label (const LanyardCode *code, const char *language)
{
  const char *label;

  g_return_val_if_fail (code != NULL, NULL);

  label = lanyard_pack_lookup_language (code->labels, language);

  return label != NULL ? label : g_hash_table_lookup (code->labels, "");
}
