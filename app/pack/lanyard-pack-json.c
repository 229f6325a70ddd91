/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-json.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-json-text.h"

#define MAX_NAME_BYTES 64

static gboolean
is_name (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("-_+.", *p) == NULL)
        return FALSE;
    }

  return *text != '\0' && strlen (text) <= MAX_NAME_BYTES;
}

static gboolean
is_colour (const char *text)
{
  if (text[0] != '#' || strlen (text) != 7)
    return FALSE;

  for (guint i = 1; i < 7; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_control_character (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p != '\n' && g_unichar_iscntrl (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

static JsonNode *
get_node (LanyardPackJson *json,
          JsonObject *object,
          const char *where,
          const char *member,
          gboolean required)
{
  JsonNode *node;

  if (json->error != NULL || object == NULL)
    return NULL;

  node = json_object_get_member (object, member);
  if (node == NULL && required)
    lanyard_pack_json_fail (json, where, member, "is missing");

  return node;
}

JsonObject *
lanyard_pack_json_open (LanyardPackJson *json, const char *file, GBytes *content)
{
  gsize n_bytes;
  const char *text = g_bytes_get_data (content, &n_bytes);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;

  *json = (LanyardPackJson){ .file = file };

  if (!g_utf8_validate_len (text, n_bytes, NULL))
    {
      lanyard_pack_json_fail (json, "", NULL, "must be UTF-8 text");
      return NULL;
    }
  if (!lanyard_json_text_is_plain (text, n_bytes, LANYARD_PACK_JSON_MAX_DEPTH))
    {
      lanyard_pack_json_fail (json, "", NULL,
                              "must be JSON without comments and not nested deeper than %d",
                              LANYARD_PACK_JSON_MAX_DEPTH);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text == NULL ? "" : text, n_bytes, &local))
    {
      /* json-glib cuts what it quotes, if need be in the middle of a character. */
      g_autofree char *why = g_utf8_make_valid (local->message, -1);

      lanyard_pack_json_fail (json, "", NULL, "must be JSON (%s)", why);
      return NULL;
    }

  json->root = json_parser_steal_root (parser);
  if (json->root == NULL || !JSON_NODE_HOLDS_OBJECT (json->root))
    {
      lanyard_pack_json_fail (json, "", NULL, "must be a JSON object");
      return NULL;
    }

  return json_node_get_object (json->root);
}

gboolean
lanyard_pack_json_close (LanyardPackJson *json, GError **error)
{
  gboolean good = json->error == NULL;

  if (!good)
    g_propagate_error (error, g_steal_pointer (&json->error));
  g_clear_pointer (&json->root, json_node_unref);

  return good;
}

void
lanyard_pack_json_fail (LanyardPackJson *json,
                        const char *where,
                        const char *member,
                        const char *format,
                        ...)
{
  g_autofree char *what = NULL;
  gboolean both = *where != '\0' && member != NULL;
  va_list args;

  if (json->error != NULL)
    return;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);

  if (*where == '\0' && member == NULL)
    json->error = g_error_new (LANYARD_ERROR, LANYARD_ERROR_INVALID, "The pack's file %s %s",
                               json->file, what);
  else
    json->error
        = g_error_new (LANYARD_ERROR, LANYARD_ERROR_INVALID, "In the pack's file %s, %s%s%s %s",
                       json->file, where, both ? "." : "", member != NULL ? member : "", what);
}

void
lanyard_pack_json_only (LanyardPackJson *json,
                        JsonObject *object,
                        const char *where,
                        const char *const *members)
{
  g_autoptr (GList) names = NULL;

  if (json->error != NULL || object == NULL)
    return;

  if (json_object_get_size (object) > LANYARD_PACK_JSON_MAX_MEMBERS)
    {
      lanyard_pack_json_fail (json, where, NULL, "has too many members");
      return;
    }

  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (*name != '$' && !g_str_equal (name, "comment") && !g_strv_contains (members, name))
        lanyard_pack_json_fail (json, where, name, "is not known; check its spelling");
    }
}

const char *
lanyard_pack_json_text (LanyardPackJson *json,
                        JsonObject *object,
                        const char *where,
                        const char *member,
                        gsize max_bytes,
                        gboolean required)
{
  JsonNode *node = get_node (json, object, where, member, required);
  const char *text;

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      lanyard_pack_json_fail (json, where, member, "must be text");
      return NULL;
    }

  text = json_node_get_string (node);
  if (*text == '\0' || strlen (text) > max_bytes)
    lanyard_pack_json_fail (json, where, member, "must have 1 to %" G_GSIZE_FORMAT " bytes",
                            max_bytes);
  else if (has_control_character (text))
    lanyard_pack_json_fail (json, where, member, "must not have control characters");

  return json->error == NULL ? text : NULL;
}

const char *
lanyard_pack_json_colour (LanyardPackJson *json,
                          JsonObject *object,
                          const char *where,
                          const char *member)
{
  const char *text = lanyard_pack_json_text (json, object, where, member, 64, FALSE);

  if (text != NULL && !is_colour (text))
    {
      lanyard_pack_json_fail (json, where, member, "must be a colour such as \"#1f6feb\"");
      return NULL;
    }

  return text;
}

const char *
lanyard_pack_json_name (LanyardPackJson *json,
                        JsonObject *object,
                        const char *where,
                        const char *member,
                        gboolean required)
{
  const char *text = lanyard_pack_json_text (json, object, where, member, MAX_NAME_BYTES, required);

  if (text != NULL && !is_name (text))
    {
      lanyard_pack_json_fail (json, where, member,
                              "must consist of letters, digits, \"-\", \"_\", \"+\" and \".\"");
      return NULL;
    }

  return text;
}

gint64
lanyard_pack_json_int (LanyardPackJson *json,
                       JsonObject *object,
                       const char *where,
                       const char *member,
                       gint64 min,
                       gint64 max)
{
  JsonNode *node = get_node (json, object, where, member, TRUE);
  gint64 value;

  if (node == NULL)
    return 0;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      lanyard_pack_json_fail (json, where, member, "must be a whole number");
      return 0;
    }

  value = json_node_get_int (node);
  if (value < min || value > max)
    {
      lanyard_pack_json_fail (json, where, member,
                              "must be %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);
      return 0;
    }

  return value;
}

gboolean
lanyard_pack_json_bool (LanyardPackJson *json,
                        JsonObject *object,
                        const char *where,
                        const char *member,
                        gboolean required)
{
  JsonNode *node = get_node (json, object, where, member, required);

  if (node == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      lanyard_pack_json_fail (json, where, member, "must be true or false");
      return FALSE;
    }

  return json_node_get_boolean (node);
}

JsonObject *
lanyard_pack_json_object (LanyardPackJson *json,
                          JsonObject *object,
                          const char *where,
                          const char *member,
                          gboolean required)
{
  JsonNode *node = get_node (json, object, where, member, required);

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      lanyard_pack_json_fail (json, where, member, "must be an object");
      return NULL;
    }

  return json_node_get_object (node);
}

JsonArray *
lanyard_pack_json_array (LanyardPackJson *json,
                         JsonObject *object,
                         const char *where,
                         const char *member,
                         guint max_items,
                         gboolean required)
{
  JsonNode *node = get_node (json, object, where, member, required);

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      lanyard_pack_json_fail (json, where, member, "must be an array");
      return NULL;
    }
  if (json_array_get_length (json_node_get_array (node)) > max_items)
    {
      lanyard_pack_json_fail (json, where, member, "must not have more than %u items", max_items);
      return NULL;
    }

  return json_node_get_array (node);
}

char **
lanyard_pack_json_names (LanyardPackJson *json,
                         JsonObject *object,
                         const char *where,
                         const char *member,
                         guint max_items,
                         gboolean required)
{
  JsonArray *array = lanyard_pack_json_array (json, object, where, member, max_items, required);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_items = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING
          || !is_name (json_node_get_string (node)))
        {
          lanyard_pack_json_fail (json, where, member, "must be a list of codes");
          break;
        }
      g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}
