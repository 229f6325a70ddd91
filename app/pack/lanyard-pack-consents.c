/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a pack wants people to agree to. Nobody agrees to what they cannot read: each language of
 * the pack has title and words of each consent, or the pack does not load. */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-private.h"

#include <string.h>

#define MAX_CONSENTS 8
#define MAX_CATEGORIES 256
#define MAX_ID_BYTES 32
#define MAX_VERSION 1000000
#define MAX_TITLE_BYTES 160

static const char *const MEMBERS[] = { "id", "version", "required", "categories", NULL };
static const char *const TEXT_MEMBERS[] = { "title", "words", NULL };

static gboolean
has_consent (const LanyardPack *pack, const char *id)
{
  for (guint i = 0; i < pack->rules->consents->len; i++)
    {
      const LanyardConsent *consent = g_ptr_array_index (pack->rules->consents, i);

      if (g_str_equal (consent->id, id))
        return TRUE;
    }
  return FALSE;
}

static void
check_categories (const LanyardPack *pack,
                  LanyardPackJson *json,
                  const char *where,
                  char **categories)
{
  for (guint i = 0; categories[i] != NULL; i++)
    if (lanyard_pack_find_code (pack, LANYARD_CODES_CATEGORY, categories[i]) == NULL)
      lanyard_pack_json_fail (json, where, MEMBERS[3], "names \"%s\", which is not in categories",
                              categories[i]);
}

static void
parse_consent (LanyardPack *pack, LanyardPackJson *json, JsonObject *object, const char *where)
{
  const char *id = lanyard_pack_json_name (json, object, where, MEMBERS[0], TRUE);
  guint version = (guint)lanyard_pack_json_int (json, object, where, MEMBERS[1], 1, MAX_VERSION);
  gboolean required = lanyard_pack_json_bool (json, object, where, MEMBERS[2], TRUE);
  g_autoptr (LanyardConsent) consent = lanyard_consent_new (id, version, required);

  lanyard_pack_json_only (json, object, where, MEMBERS);
  g_strfreev (consent->categories);
  consent->categories
      = lanyard_pack_json_names (json, object, where, MEMBERS[3], MAX_CATEGORIES, FALSE);
  check_categories (pack, json, where, consent->categories);
  if (id != NULL && strlen (id) > MAX_ID_BYTES)
    lanyard_pack_json_fail (json, where, MEMBERS[0], "must have 1 to %d bytes", MAX_ID_BYTES);
  if (id != NULL && has_consent (pack, id))
    lanyard_pack_json_fail (json, where, MEMBERS[0], "\"%s\" stands twice", id);
  if (json->error == NULL)
    lanyard_rules_take_consent (pack->rules, g_steal_pointer (&consent));
}

/* Absent: nobody is asked for anything. */
void
lanyard_pack_consents_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *root)
{
  JsonArray *array = lanyard_pack_json_array (json, root, "", "consents", MAX_CONSENTS, FALSE);
  guint n_rows = array != NULL ? json_array_get_length (array) : 0;

  pack->consents
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  for (guint i = 0; i < n_rows && json->error == NULL; i++)
    {
      g_autofree char *where = g_strdup_printf ("consents[%u]", i);
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        parse_consent (pack, json, json_node_get_object (node), where);
      else
        lanyard_pack_json_fail (json, where, NULL, "must be an object");
    }
}

/* Spaces are no words. */
static const char *
parse_text (LanyardPackJson *json,
            JsonObject *object,
            const char *where,
            const char *member,
            gsize max_bytes)
{
  const char *text = lanyard_pack_json_text (json, object, where, member, max_bytes, TRUE);
  g_autofree char *bare = g_strstrip (g_strdup (text != NULL ? text : "x"));

  if (*bare == '\0')
    lanyard_pack_json_fail (json, where, member, "has no words");
  return text;
}

static void
parse_texts_of (LanyardPackJson *json, JsonObject *list, const char *id, GHashTable *words)
{
  static const gsize max_bytes[] = { MAX_TITLE_BYTES, LANYARD_PACK_MAX_TEXT_BYTES };
  JsonObject *object = lanyard_pack_json_object (json, list, "consents", id, TRUE);
  g_autofree char *where = g_strdup_printf ("consents.%s", id);

  lanyard_pack_json_only (json, object, where, TEXT_MEMBERS);
  for (guint i = 0; i < G_N_ELEMENTS (max_bytes); i++)
    {
      const char *text = parse_text (json, object, where, TEXT_MEMBERS[i], max_bytes[i]);

      g_hash_table_replace (words, g_strdup_printf ("%s.%s", id, TEXT_MEMBERS[i]), g_strdup (text));
    }
}

void
lanyard_pack_consents_parse_texts (LanyardPack *pack,
                                   LanyardPackJson *json,
                                   JsonObject *root,
                                   const char *language)
{
  GPtrArray *consents = pack->rules->consents;
  JsonObject *list = lanyard_pack_json_object (json, root, "", "consents", consents->len > 0);
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_hash_table_replace (pack->consents, g_strdup (language), words);
  for (guint i = 0; i < consents->len; i++)
    {
      const LanyardConsent *consent = g_ptr_array_index (consents, i);

      g_ptr_array_add (ids, consent->id);
      parse_texts_of (json, list, consent->id, words);
    }
  g_ptr_array_add (ids, NULL);
  /* Words of something that nobody is asked for. */
  if (list != NULL)
    lanyard_pack_json_only (json, list, "consents", (const char *const *)ids->pdata);
}

static const char *
get_text (const LanyardPack *pack, const char *id, const char *what, const char *language)
{
  g_autofree char *key = NULL;
  GHashTable *words;

  g_return_val_if_fail (pack != NULL && id != NULL, NULL);

  key = g_strdup_printf ("%s.%s", id, what);
  words = lanyard_pack_lookup_language (pack->consents, language);
  if (words == NULL)
    words = g_hash_table_lookup (pack->consents, pack->languages[0]);
  return g_hash_table_lookup (words, key);
}

const char *
lanyard_pack_get_consent_title (const LanyardPack *pack, const char *id, const char *language)
{
  return get_text (pack, id, TEXT_MEMBERS[0], language);
}

const char *
lanyard_pack_get_consent_words (const LanyardPack *pack, const char *id, const char *language)
{
  return get_text (pack, id, TEXT_MEMBERS[1], language);
}
