/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-private.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-pack-files.h"

#define FORMAT 1
#define TEMPLATE_PREFIX "templates/"
#define TEMPLATE_SUFFIX ".svg"

static const char *const MEMBERS[]
    = { "format",   "version",   "event",      "languages",  "venue-kinds",   "venues",
        "zones",    "transport", "seating",    "clearances", "organisations", "categories",
        "branding", "rules",     "credential", "day-passes", "consents",      NULL };
static const char *const EVENT_MEMBERS[] = { "code", "name", "time-zone", "day-ends-hour", NULL };

static void
find_templates (LanyardPack *pack)
{
  g_autoptr (GPtrArray) paths = lanyard_pack_files_sorted (pack->files);

  pack->templates = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (g_str_has_prefix (path, TEMPLATE_PREFIX) && g_str_has_suffix (path, TEMPLATE_SUFFIX))
        g_ptr_array_add (pack->templates,
                         g_strndup (path + strlen (TEMPLATE_PREFIX),
                                    strlen (path) - strlen (TEMPLATE_PREFIX TEMPLATE_SUFFIX)));
    }
}

static void
parse_event (LanyardPack *pack, LanyardPackJson *json, JsonObject *root)
{
  JsonObject *event = lanyard_pack_json_object (json, root, "", "event", TRUE);
  const char *name;

  lanyard_pack_json_only (json, event, "event", EVENT_MEMBERS);
  pack->event = g_strdup (lanyard_pack_json_name (json, event, "event", "code", TRUE));
  name = lanyard_pack_json_text (json, event, "event", "name", LANYARD_PACK_MAX_LABEL_BYTES, TRUE);
  pack->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (pack->names, g_strdup (""), g_strdup (name));

  lanyard_pack_day_parse (pack, json, event);

  pack->languages
      = lanyard_pack_json_names (json, root, "", "languages", LANYARD_PACK_MAX_LANGUAGES, TRUE);
  if (pack->languages[0] == NULL)
    lanyard_pack_json_fail (json, "", "languages", "must have one item at least");
}

static void
parse_branding (LanyardPack *pack, LanyardPackJson *json, JsonObject *root)
{
  static const char *const members[] = { "colours", NULL };
  JsonObject *branding = lanyard_pack_json_object (json, root, "", "branding", TRUE);
  JsonObject *colours = lanyard_pack_json_object (json, branding, "branding", "colours", TRUE);
  g_autoptr (GList) names = colours != NULL ? json_object_get_members (colours) : NULL;

  lanyard_pack_json_only (json, branding, "branding", members);
  pack->colours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *colour = lanyard_pack_json_colour (json, colours, "branding.colours", l->data);

      g_hash_table_replace (pack->colours, g_strdup (l->data), g_strdup (colour));
    }
}

static gboolean
parse_pack (LanyardPack *pack, GError **error)
{
  /* Kinds stand before venues and clearances before categories: these name those. */
  static const LanyardCodes order[LANYARD_N_CODES]
      = { LANYARD_CODES_VENUE_KIND,   LANYARD_CODES_VENUE,    LANYARD_CODES_ZONE,
          LANYARD_CODES_TRANSPORT,    LANYARD_CODES_SEATING,  LANYARD_CODES_CLEARANCE,
          LANYARD_CODES_ORGANISATION, LANYARD_CODES_CATEGORY, LANYARD_CODES_DAY_PASS };
  GBytes *content = g_hash_table_lookup (pack->files, LANYARD_PACK_JSON);
  LanyardPackJson json;
  JsonObject *root;

  if (content == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "There is no " LANYARD_PACK_JSON " in %s; give the folder of a pack",
                   pack->directory);
      return FALSE;
    }

  root = lanyard_pack_json_open (&json, LANYARD_PACK_JSON, content);
  lanyard_pack_json_only (&json, root, "", MEMBERS);
  lanyard_pack_json_int (&json, root, "", "format", FORMAT, FORMAT);
  pack->version = lanyard_pack_json_int (&json, root, "", "version", 1, G_MAXINT);
  parse_event (pack, &json, root);
  parse_branding (pack, &json, root);
  for (guint i = 0; i < LANYARD_N_CODES; i++)
    lanyard_pack_codes_parse (pack, order[i], &json, root);
  lanyard_pack_rules_parse (pack, &json, root);
  lanyard_pack_passes_parse (pack, &json, root);
  lanyard_pack_consents_parse (pack, &json, root);

  return lanyard_pack_json_close (&json, error);
}

static gboolean
load_trust (LanyardPack *pack, const LanyardPublicKey *root, gint64 now_s, GError **error)
{
  GBytes *content = g_hash_table_lookup (pack->files, LANYARD_PACK_TRUST);
  gsize n_bytes;
  const void *data;

  /* Without the root key nobody can say that the list is the event's: nothing is trusted. */
  if (content == NULL || root == NULL)
    {
      pack->trust = lanyard_trust_list_new (0, 0, NULL, 0);
      return TRUE;
    }

  data = g_bytes_get_data (content, &n_bytes);
  pack->trust = lanyard_trust_list_load (data, n_bytes, root, NULL, now_s, error);
  if (pack->trust == NULL)
    g_prefix_error (error, "The pack's file %s is not to be trusted: ", LANYARD_PACK_TRUST);

  return pack->trust != NULL;
}

LanyardPack *
lanyard_pack_new_of_files (const char *directory, GHashTable *files)
{
  LanyardPack *pack = g_new0 (LanyardPack, 1);

  g_atomic_ref_count_init (&pack->ref_count);
  pack->directory = g_strdup (directory);
  pack->files = files;
  find_templates (pack);

  return pack;
}

/* Content without trust: what lanyard_pack_load() and lanyard_pack_sign() have in common. */
static LanyardPack *
open_pack (const char *directory, GError **error)
{
  GHashTable *files = lanyard_pack_files_read (directory, error);

  return files == NULL ? NULL : lanyard_pack_new_of_files (directory, files);
}

gboolean
lanyard_pack_parse (LanyardPack *pack, GError **error)
{
  return parse_pack (pack, error) && lanyard_pack_texts_parse (pack, error);
}

static void
code_list_clear (LanyardCodeList *list)
{
  g_clear_pointer (&list->by_code, g_hash_table_unref);
  g_clear_pointer (&list->rows, g_ptr_array_unref);
}

LanyardPack *
lanyard_pack_load (const char *directory,
                   const LanyardPublicKey *root,
                   gint64 now_s,
                   GError **error)
{
  g_autoptr (LanyardPack) pack = NULL;

  g_return_val_if_fail (directory != NULL, NULL);

  pack = open_pack (directory, error);
  if (pack == NULL || !load_trust (pack, root, now_s, error))
    return NULL;

  /* The manifest first: nothing of an altered pack is parsed. */
  if ((root != NULL || g_hash_table_contains (pack->files, LANYARD_PACK_MANIFEST))
      && !lanyard_pack_manifest_check (pack->files, root, pack->trust, now_s, error))
    return NULL;
  pack->is_signed = root != NULL;

  return lanyard_pack_parse (pack, error) ? g_steal_pointer (&pack) : NULL;
}

LanyardPack *
lanyard_pack_ref (LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  g_atomic_ref_count_inc (&pack->ref_count);

  return pack;
}

void
lanyard_pack_unref (LanyardPack *pack)
{
  if (pack == NULL || !g_atomic_ref_count_dec (&pack->ref_count))
    return;

  g_clear_pointer (&pack->files, g_hash_table_unref);
  g_clear_pointer (&pack->trust, lanyard_trust_list_unref);
  g_clear_pointer (&pack->names, g_hash_table_unref);
  g_clear_pointer (&pack->languages, g_strfreev);
  for (guint i = 0; i < LANYARD_N_CODES; i++)
    code_list_clear (&pack->codes[i]);
  g_clear_pointer (&pack->rules, lanyard_rules_free);
  g_clear_pointer (&pack->pools, g_hash_table_unref);
  g_clear_pointer (&pack->zone, g_time_zone_unref);
  g_clear_pointer (&pack->texts, g_hash_table_unref);
  g_clear_pointer (&pack->consents, g_hash_table_unref);
  g_clear_pointer (&pack->colours, g_hash_table_unref);
  g_clear_pointer (&pack->templates, g_ptr_array_unref);
  g_free (pack->directory);
  g_free (pack->event);
  g_free (pack);
}

GBytes *
lanyard_pack_dup_manifest (const char *directory, const LanyardKey *key, GError **error)
{
  g_autoptr (LanyardPack) pack = NULL;

  g_return_val_if_fail (directory != NULL && key != NULL, NULL);

  pack = open_pack (directory, error);
  if (pack == NULL || !lanyard_pack_parse (pack, error))
    return NULL;

  return lanyard_pack_manifest_sign (pack->files, key);
}

gboolean
lanyard_pack_sign (const char *directory, const LanyardKey *key, GError **error)
{
  g_autoptr (GBytes) manifest = lanyard_pack_dup_manifest (directory, key, error);

  return manifest != NULL
         && lanyard_pack_files_write (directory, LANYARD_PACK_MANIFEST, manifest, error);
}
