/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-private.h"

#include "lanyard-error.h"

static const char *const MEMBERS[] = { "event-name", "labels", "texts", "consents", NULL };

static void
parse_texts (LanyardPack *pack, LanyardPackJson *json, JsonObject *texts, const char *language)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) keys = texts != NULL ? json_object_get_members (texts) : NULL;

  g_hash_table_replace (pack->texts, g_strdup (language), words);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *text = lanyard_pack_json_text (json, texts, "texts", l->data,
                                                 LANYARD_PACK_MAX_TEXT_BYTES, TRUE);

      if (text != NULL)
        g_hash_table_replace (words, g_strdup (l->data), g_strdup (text));
    }
}

static void
parse_labels_of (LanyardPack *pack,
                 LanyardPackJson *json,
                 JsonObject *labels,
                 LanyardCodes which,
                 const char *language)
{
  const char *member = lanyard_pack_codes_member (which);
  JsonObject *list = lanyard_pack_json_object (json, labels, "labels", member, FALSE);
  g_autofree char *where = g_strdup_printf ("labels.%s", member);
  g_autoptr (GList) codes = list != NULL ? json_object_get_members (list) : NULL;

  for (GList *l = codes; l != NULL; l = l->next)
    {
      LanyardCode *row = g_hash_table_lookup (pack->codes[which].by_code, l->data);
      const char *label
          = lanyard_pack_json_text (json, list, where, l->data, LANYARD_PACK_MAX_LABEL_BYTES, TRUE);

      if (row == NULL)
        lanyard_pack_json_fail (json, where, l->data, "is no code of %s in pack.json", member);
      else if (label != NULL)
        g_hash_table_replace (row->labels, g_strdup (language), g_strdup (label));
    }
}

static void
parse_labels (LanyardPack *pack, LanyardPackJson *json, JsonObject *labels, const char *language)
{
  const char *members[LANYARD_N_CODES + 1] = { NULL };

  for (guint i = 0; i < LANYARD_N_CODES; i++)
    members[i] = lanyard_pack_codes_member (i);
  lanyard_pack_json_only (json, labels, "labels", members);

  for (guint i = 0; i < LANYARD_N_CODES; i++)
    parse_labels_of (pack, json, labels, i, language);
}

static gboolean
parse_language (LanyardPack *pack, const char *language, GError **error)
{
  g_autofree char *path = g_strdup_printf ("texts/%s.json", language);
  GBytes *content = g_hash_table_lookup (pack->files, path);
  LanyardPackJson json;
  JsonObject *root;
  const char *name;

  if (content == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "The pack has no file %s for its language \"%s\"; add it", path, language);
      return FALSE;
    }

  root = lanyard_pack_json_open (&json, path, content);
  lanyard_pack_json_only (&json, root, "", MEMBERS);
  name
      = lanyard_pack_json_text (&json, root, "", "event-name", LANYARD_PACK_MAX_LABEL_BYTES, FALSE);
  if (name != NULL)
    g_hash_table_replace (pack->names, g_strdup (language), g_strdup (name));
  parse_texts (pack, &json, lanyard_pack_json_object (&json, root, "", "texts", FALSE), language);
  parse_labels (pack, &json, lanyard_pack_json_object (&json, root, "", "labels", FALSE), language);
  lanyard_pack_consents_parse_texts (pack, &json, root, language);

  return lanyard_pack_json_close (&json, error);
}

gboolean
lanyard_pack_texts_parse (LanyardPack *pack, GError **error)
{
  pack->texts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);

  for (guint i = 0; pack->languages[i] != NULL; i++)
    {
      if (!parse_language (pack, pack->languages[i], error))
        return FALSE;
    }

  return TRUE;
}

const char *
lanyard_pack_get_text (const LanyardPack *pack, const char *key, const char *language)
{
  GHashTable *words;
  const char *text = NULL;

  g_return_val_if_fail (pack != NULL && key != NULL, NULL);

  words = lanyard_pack_lookup_language (pack->texts, language);
  if (words != NULL)
    text = g_hash_table_lookup (words, key);
  if (text == NULL)
    text = g_hash_table_lookup (g_hash_table_lookup (pack->texts, pack->languages[0]), key);

  return text;
}
