/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <json-glib/json-glib.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-mapping-private.h"
#include "lanyard-json-text.h"

/* The mapping file, which docs/roster.md tells of. */

#define DATE_PARTS "YmdHMS"
#define MAX_ADD_DAYS 3660
/* Values of a source of a system of the clearances, or of one of a list, among the fields. */
#define MAX_DEPTH 6

static gboolean
fail (GError **error, const char *member, const char *why)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "The mapping's member \"%s\" %s; see docs/roster.md.", member, why);
  return FALSE;
}

static void
part_free (LanyardHubPart *part)
{
  g_free (part->text);
  g_free (part);
}

void
_lanyard_hub_value_free (LanyardHubValue *value)
{
  g_ptr_array_unref (value->parts);
  g_clear_pointer (&value->values, g_hash_table_unref);
  g_time_zone_unref (value->zone);
  g_free (value->otherwise);
  g_free (value->fallback);
  g_free (value->date);
  g_free (value->split);
  g_free (value);
}

void
_lanyard_hub_member_free (LanyardHubMember *member)
{
  g_ptr_array_unref (member->values);
  g_free (member->system);
  g_free (member->member);
  g_free (member);
}

void
lanyard_hub_mapping_free (LanyardHubMapping *mapping)
{
  if (mapping == NULL)
    return;
  g_clear_pointer (&mapping->members, g_ptr_array_unref);
  g_free (mapping->format);
  g_free (mapping);
}

static LanyardHubMapping *
mapping_new (void)
{
  LanyardHubMapping *mapping = g_new0 (LanyardHubMapping, 1);

  mapping->members = g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_hub_member_free);
  return mapping;
}

LanyardHubMapping *
lanyard_hub_mapping_new_plain (void)
{
  LanyardHubMapping *mapping = mapping_new ();

  mapping->plain = TRUE;
  return mapping;
}

static void
add_part (LanyardHubValue *value, const char *text, gsize n_text, gboolean column)
{
  LanyardHubPart *part;

  if (n_text == 0)
    return;
  part = g_new0 (LanyardHubPart, 1);
  part->text = g_strndup (text, n_text);
  part->column = column;
  part->index = G_MAXUINT;
  g_ptr_array_add (value->parts, part);
}

static LanyardHubValue *
value_new (void)
{
  LanyardHubValue *value = g_new0 (LanyardHubValue, 1);

  value->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
  value->zone = g_time_zone_new_utc ();
  value->split = g_strdup ("|");
  return value;
}

/* "{Given} {Family}" */
LanyardHubValue *
_lanyard_hub_value_new (const char *template, GError **error)
{
  LanyardHubValue *value = value_new ();
  const char *open;

  while ((open = strchr (template, '{')) != NULL)
    {
      const char *close = strchr (open, '}');

      if (close == NULL || close == open + 1)
        {
          _lanyard_hub_value_free (value);
          g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                               "has a template whose braces do not hold a column each");
          return NULL;
        }
      add_part (value, template, (gsize)(open - template), FALSE);
      add_part (value, open + 1, (gsize)(close - open - 1), TRUE);
      template = close + 1;
    }
  add_part (value, template, strlen (template), FALSE);
  return value;
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
is_form (const char *form)
{
  for (; form != NULL && *form != '\0'; form++)
    if (*form == '%' && (form[1] == '\0' || strchr (DATE_PARTS, *++form) == NULL))
      return FALSE;
  return form != NULL;
}

static gboolean
read_values (LanyardHubValue *value, JsonNode *node)
{
  JsonObjectIter iter;
  const char *from;
  JsonNode *to;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  value->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &from, &to))
    {
      const char *text = JSON_NODE_HOLDS_NULL (to) ? "" : get_text (to);

      if (text == NULL)
        return FALSE;
      if (g_str_equal (from, "*"))
        value->otherwise = g_strdup (text);
      else
        g_hash_table_insert (value->values, g_strdup (from), g_strdup (text));
    }
  return TRUE;
}

static gboolean
read_zone (LanyardHubValue *value, const char *name)
{
  GTimeZone *zone = name == NULL ? NULL : g_time_zone_new_identifier (name);

  if (zone == NULL)
    return FALSE;
  g_time_zone_unref (value->zone);
  value->zone = zone;
  return TRUE;
}

/* One member of a value that is an object; those that say where it comes from were read before. */
static gboolean
read_setting (LanyardHubValue *value, const char *name, JsonNode *node)
{
  const char *text = get_text (node);

  if (g_str_equal (name, "column") || g_str_equal (name, "template")
      || g_str_equal (name, "constant"))
    return text != NULL;
  if (g_str_equal (name, "values"))
    return read_values (value, node);
  if (g_str_equal (name, "default") && text != NULL)
    return (value->fallback = g_strdup (text)) != NULL;
  if (g_str_equal (name, "date") && is_form (text))
    return (value->date = g_strdup (text)) != NULL;
  if (g_str_equal (name, "zone"))
    return read_zone (value, text);
  if (g_str_equal (name, "upper") && JSON_NODE_HOLDS_VALUE (node))
    {
      value->upper = json_node_get_boolean (node);
      return TRUE;
    }
  if (g_str_equal (name, "add_days") && JSON_NODE_HOLDS_VALUE (node))
    {
      value->add_days = (int)CLAMP (json_node_get_int (node), -MAX_ADD_DAYS, MAX_ADD_DAYS);
      return TRUE;
    }
  if (!g_str_equal (name, "split") || text == NULL || strlen (text) != 1)
    return FALSE;
  g_free (value->split);
  value->split = g_strdup (text);
  return TRUE;
}

static LanyardHubValue *
read_source (const char *member, JsonObject *object, GError **error)
{
  const char *column = get_text (json_object_get_member (object, "column"));
  const char *template = get_text (json_object_get_member (object, "template"));
  const char *constant = get_text (json_object_get_member (object, "constant"));
  g_autoptr (GError) local_error = NULL;
  LanyardHubValue *value;

  if ((column != NULL) + (template != NULL) + (constant != NULL) != 1)
    {
      fail (error, member, "needs one of column, template and constant");
      return NULL;
    }
  if (template != NULL)
    {
      value = _lanyard_hub_value_new (template, &local_error);
      if (value == NULL)
        fail (error, member, local_error->message);
      return value;
    }
  value = value_new ();
  add_part (value, column != NULL ? column : constant, strlen (column != NULL ? column : constant),
            column != NULL);
  return value;
}

static LanyardHubValue *
read_value (const char *member, JsonNode *node, GError **error)
{
  LanyardHubValue *value;
  JsonObjectIter iter;
  const char *name;
  JsonNode *setting;

  if (get_text (node) != NULL)
    {
      value = value_new ();
      add_part (value, get_text (node), strlen (get_text (node)), TRUE);
      return value;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (error, member, "is neither a column's name nor an object");
      return NULL;
    }
  value = read_source (member, json_node_get_object (node), error);
  if (value == NULL)
    return NULL;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &setting))
    {
      g_autofree char *why = NULL;

      if (read_setting (value, name, setting))
        continue;
      why = g_strdup_printf ("has a \"%s\" that cannot be used", name);
      fail (error, member, why);
      _lanyard_hub_value_free (value);
      return NULL;
    }
  return value;
}

static gboolean
add_member (LanyardHubMapping *mapping,
            const char *name,
            const char *system,
            JsonNode *node,
            GError **error)
{
  gboolean is_list = _lanyard_hub_member_kind (name) == LANYARD_HUB_MEMBER_LIST;
  JsonArray *array = is_list && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array == NULL ? 1 : json_array_get_length (array);
  LanyardHubMember *member = g_new0 (LanyardHubMember, 1);

  member->member = g_strdup (name);
  member->system = g_strdup (system);
  member->values = g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_hub_value_free);
  g_ptr_array_add (mapping->members, member);
  for (guint i = 0; i < n; i++)
    {
      LanyardHubValue *value
          = read_value (name, array == NULL ? node : json_array_get_element (array, i), error);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (member->values, value);
    }
  return TRUE;
}

static gboolean
read_clearances (LanyardHubMapping *mapping, JsonNode *node, GError **error)
{
  JsonObjectIter iter;
  const char *system;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "clearances", "is not an object of systems");
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &system, &value))
    if (!add_member (mapping, "clearances", system, value, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_members (LanyardHubMapping *mapping, JsonNode *node, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "fields", "is not there, or no object");
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      switch (_lanyard_hub_member_kind (name))
        {
        case LANYARD_HUB_MEMBER_NONE:
          return fail (error, name, "is not one that a roster has");
        case LANYARD_HUB_MEMBER_CLEARANCES:
          if (!read_clearances (mapping, value, error))
            return FALSE;
          break;
        default:
          if (!add_member (mapping, name, NULL, value, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_top (LanyardHubMapping *mapping, JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const char *text = get_text (node);

      if (g_str_equal (name, "format") && text != NULL
          && (g_str_equal (text, "csv") || g_str_equal (text, "jsonl")))
        mapping->format = g_strdup (text);
      else if (g_str_equal (name, "separator") && text != NULL && strlen (text) == 1
               && strchr (",;\t", *text) != NULL)
        mapping->separator = *text;
      else if (!g_str_equal (name, "fields"))
        return fail (error, name, "is none, or not what it should be");
    }
  return read_members (mapping, json_object_get_member (object, "fields"), error);
}

LanyardHubMapping *
lanyard_hub_mapping_parse (const char *json, gssize n_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (LanyardHubMapping) mapping = mapping_new ();
  g_autoptr (GError) local_error = NULL;
  JsonNode *root;

  if (n_bytes < 0)
    n_bytes = (gssize)strlen (json);
  if (n_bytes > LANYARD_HUB_MAPPING_MAX_BYTES)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "The mapping file is longer than 256 KiB.");
      return NULL;
    }
  if (!lanyard_json_text_is_plain (json, (gsize)n_bytes, MAX_DEPTH))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The mapping file has comments, or is nested deeper than a mapping is; "
                           "see docs/roster.md.");
      return NULL;
    }
  if (!json_parser_load_from_data (parser, json, n_bytes, &local_error))
    {
      /* json-glib cuts what it quotes, if need be in the middle of a character. */
      g_autofree char *why = g_utf8_make_valid (local_error->message, -1);

      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "The mapping file is not JSON: %s.",
                   why);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The mapping file is not one JSON object; see docs/roster.md.");
      return NULL;
    }
  if (!read_top (mapping, json_node_get_object (root), error))
    return NULL;
  return g_steal_pointer (&mapping);
}
