/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-private.h"

#include "lanyard-error.h"

static GBytes *
dup_file (const LanyardPack *pack, const char *path, GError **error)
{
  GBytes *content = g_hash_table_lookup (pack->files, path);

  if (content == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "The pack has no file %s", path);
      return NULL;
    }

  return g_bytes_ref (content);
}

gboolean
lanyard_pack_is_signed (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, FALSE);

  return pack->is_signed;
}

const char *
lanyard_pack_get_directory (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return pack->directory;
}

const char *
lanyard_pack_get_event (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return pack->event;
}

guint
lanyard_pack_get_version (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, 0);

  return pack->version;
}

const char *
lanyard_pack_get_event_name (const LanyardPack *pack, const char *language)
{
  const char *name;

  g_return_val_if_fail (pack != NULL, NULL);

  name = lanyard_pack_lookup_language (pack->names, language);

  return name != NULL ? name : g_hash_table_lookup (pack->names, "");
}

const LanyardRules *
lanyard_pack_get_rules (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return pack->rules;
}

LanyardTrustList *
lanyard_pack_get_trust (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return pack->trust;
}

const char *const *
lanyard_pack_get_languages (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return (const char *const *)pack->languages;
}

GPtrArray *
lanyard_pack_get_template_names (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return pack->templates;
}

GBytes *
lanyard_pack_dup_template_named (const LanyardPack *pack, const char *name, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (pack != NULL && name != NULL, NULL);

  path = g_strdup_printf ("templates/%s.svg", name);

  return dup_file (pack, path, error);
}

GBytes *
lanyard_pack_dup_template (const LanyardPack *pack, const char *category, GError **error)
{
  const LanyardCode *code;

  g_return_val_if_fail (pack != NULL, NULL);

  code = lanyard_pack_find_code (pack, LANYARD_CODES_CATEGORY, category);
  if (code == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "The pack has no category \"%s\" and so no badge template for it",
                   category != NULL ? category : "");
      return NULL;
    }

  return lanyard_pack_dup_template_named (pack, code->template, error);
}

GBytes *
lanyard_pack_dup_holders (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return dup_file (pack, "check/holders.jsonl", NULL);
}

GBytes *
lanyard_pack_dup_branding (const LanyardPack *pack, const char *name, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (pack != NULL && name != NULL, NULL);

  path = g_strdup_printf ("branding/%s", name);

  return dup_file (pack, path, error);
}

GBytes *
lanyard_pack_dup_map (const LanyardPack *pack, const char *venue)
{
  g_autofree char *name = NULL;
  GBytes *map;

  g_return_val_if_fail (pack != NULL, NULL);

  name = g_strdup_printf ("map-%s.svg", venue != NULL ? venue : "");
  map = lanyard_pack_dup_branding (pack, name, NULL);
  return map != NULL ? map : lanyard_pack_dup_branding (pack, "map.svg", NULL);
}

GBytes *
lanyard_pack_dup_words (const LanyardPack *pack, const char *language, char **tag)
{
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (pack != NULL && language != NULL && tag != NULL, NULL);

  wanted = g_strdup (language);
  while (TRUE)
    {
      g_autofree char *path = g_strdup_printf ("texts/%s.mo", wanted);
      GBytes *content = g_hash_table_lookup (pack->files, path);
      char *dash = strrchr (wanted, '-');

      if (content != NULL)
        {
          *tag = g_steal_pointer (&wanted);
          return g_bytes_ref (content);
        }
      if (dash == NULL)
        return NULL;
      *dash = '\0';
    }
}

const char *
lanyard_pack_get_colour (const LanyardPack *pack, const char *name, const char *fallback)
{
  const char *colour;

  g_return_val_if_fail (pack != NULL && name != NULL, fallback);

  colour = g_hash_table_lookup (pack->colours, name);

  return colour != NULL ? colour : fallback;
}

gboolean
lanyard_pack_get_name_in_credential (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, FALSE);

  return pack->name_in_credential;
}

gint64
lanyard_pack_get_credential_slack_s (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, 0);

  return pack->credential_slack_s;
}
