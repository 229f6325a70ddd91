/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include <json-glib/json-glib.h>
#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-entry.h"
#include "lanyard-error.h"
#include "lanyard-json-text.h"

/* A line of a roster that is longer than this is a mistake, not a person. */
#define MAX_JSON_BYTES 65536
/* Deeper than anything that is told with its member's name. */
#define MAX_JSON_DEPTH 32

typedef struct
{
  const char *member; /* name in JSON */
  gsize offset;       /* of the field in LanyardEntry */
} Field;

#define FIELD(name)                                                                                \
  {                                                                                                \
#name, G_STRUCT_OFFSET(LanyardEntry, name)                                                     \
  }

static const Field texts[] = {
  FIELD (holder_id),  FIELD (given_name), FIELD (family_name), FIELD (print_name),
  FIELD (local_name), FIELD (birth_date), FIELD (nationality), FIELD (language),
  FIELD (number),     FIELD (category),   FIELD (function),    FIELD (organisation),
};

static const Field lists[] = {
  FIELD (documents), FIELD (venues),        FIELD (zones),  FIELD (transport),
  FIELD (seating),   FIELD (pickup_venues), FIELD (tokens),
};

static const struct
{
  LanyardStatus status;
  const char *word;
} statuses[] = {
  { LANYARD_STATUS_ACTIVE, "active" },
  { LANYARD_STATUS_SUSPENDED, "suspended" },
  { LANYARD_STATUS_CANCELLED, "cancelled" },
};

static const struct
{
  LanyardClearanceState state;
  const char *word;
} clearance_states[] = {
  { LANYARD_CLEARANCE_CLEAR, "clear" },
  { LANYARD_CLEARANCE_PENDING, "pending" },
  { LANYARD_CLEARANCE_REFER, "refer" },
};

static gboolean
fail (GError **error, const char *member, const char *why)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "member \"%s\" %s", member, why);
  return FALSE;
}

static const char *
node_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
parse_text (JsonNode *node, const char *member, char **text, GError **error)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (node_text (node) == NULL)
    return fail (error, member, "is not text");
  g_free (*text);
  *text = g_strdup (node_text (node));
  return TRUE;
}

static gboolean
parse_list (JsonNode *node, const char *member, char ***list, GError **error)
{
  JsonArray *array;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, member, "is not a list of texts");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = node_text (json_array_get_element (array, i));

      if (text == NULL)
        return fail (error, member, "holds an item that is not text");
      g_ptr_array_add (items, g_strdup (text));
    }
  g_ptr_array_add (items, NULL);
  g_strfreev (*list);
  *list = (char **)g_ptr_array_free (g_steal_pointer (&items), FALSE);
  return TRUE;
}

static gboolean
parse_time (JsonNode *node, const char *member, gint64 *time_s, GError **error)
{
  const char *text = node_text (node);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text == NULL ? NULL : g_date_time_new_from_iso8601 (text, utc);

  if (time == NULL)
    return fail (error, member, "is not a time of the form YYYY-MM-DDThh:mm:ssZ");
  *time_s = g_date_time_to_unix (time);
  return TRUE;
}

static gboolean
parse_status (JsonNode *node, LanyardStatus *status, GError **error)
{
  const char *word = node_text (node);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_str_equal (statuses[i].word, word))
        {
          *status = statuses[i].status;
          return TRUE;
        }
    }
  return fail (error, "status", "is none of active, suspended, cancelled");
}

static gboolean
parse_clearances (JsonNode *node, LanyardEntry *entry, GError **error)
{
  JsonObjectIter iter;
  const char *system;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "clearances", "is not an object of system and state");
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &system, &value))
    {
      const char *word = node_text (value);
      guint i;

      for (i = 0; word != NULL && i < G_N_ELEMENTS (clearance_states); i++)
        {
          if (g_str_equal (clearance_states[i].word, word))
            break;
        }
      if (word == NULL || i == G_N_ELEMENTS (clearance_states))
        return fail (error, "clearances", "has a state that is none of clear, pending, refer");
      lanyard_entry_add_clearance (entry, system, clearance_states[i].state);
    }
  return TRUE;
}

static gboolean
parse_photo_hash (JsonNode *node, LanyardEntry *entry, GError **error)
{
  guint8 hash[LANYARD_HASH_BYTES];

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!lanyard_hex_decode (node_text (node), hash, sizeof hash))
    return fail (error, "photo_hash", "is not 64 hexadecimal characters");
  g_clear_pointer (&entry->photo_hash, g_bytes_unref);
  entry->photo_hash = g_bytes_new (hash, sizeof hash);
  return TRUE;
}

/* [x, y, width, height] as shares of the photo. */
static gboolean
parse_face_box (JsonNode *node, LanyardEntry *entry, GError **error)
{
  guint16 sides[4];
  JsonArray *array;

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (array == NULL || json_array_get_length (array) != 4)
    return fail (error, "face_box", "is not a list of x, y, width and height");
  for (guint i = 0; i < 4; i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      double share = JSON_NODE_HOLDS_VALUE (item) ? json_node_get_double (item) : -1.0;

      if (!(share >= 0.0 && share <= 1.0))
        return fail (error, "face_box", "has a number that is not from 0 to 1");
      sides[i] = (guint16)(share * LANYARD_FACE_BOX_WHOLE + 0.5);
    }
  entry->face_box = (LanyardFaceBox){ sides[0], sides[1], sides[2], sides[3] };
  return TRUE;
}

static gboolean
parse_sequence (JsonNode *node, LanyardEntry *entry, GError **error)
{
  gint64 value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : -1;

  if (value < 0 || value > G_MAXUINT32)
    return fail (error, "lowest_valid_sequence", "is not a number from 0");
  entry->lowest_valid_sequence = (guint32)value;
  return TRUE;
}

static gboolean
parse_member (LanyardEntry *entry, const char *member, JsonNode *node, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (g_str_equal (member, texts[i].member))
        return parse_text (node, member, G_STRUCT_MEMBER_P (entry, texts[i].offset), error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (g_str_equal (member, lists[i].member))
        return parse_list (node, member, G_STRUCT_MEMBER_P (entry, lists[i].offset), error);
    }
  if (g_str_equal (member, "valid_from"))
    return parse_time (node, member, &entry->valid_from_s, error);
  if (g_str_equal (member, "valid_until"))
    return parse_time (node, member, &entry->valid_until_s, error);
  if (g_str_equal (member, "status"))
    return parse_status (node, &entry->status, error);
  if (g_str_equal (member, "clearances"))
    return parse_clearances (node, entry, error);
  if (g_str_equal (member, "photo_hash"))
    return parse_photo_hash (node, entry, error);
  if (g_str_equal (member, "face_box"))
    return parse_face_box (node, entry, error);
  if (g_str_equal (member, "lowest_valid_sequence"))
    return parse_sequence (node, entry, error);
  /* A misspelt member would otherwise lose what it says without a word. */
  return fail (error, member, "is not one that a roster has");
}

LanyardEntry *
lanyard_entry_parse_json (const char *json, gssize n_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  g_return_val_if_fail (json != NULL, NULL);

  if (n_bytes < 0)
    n_bytes = (gssize)strlen (json);
  if (n_bytes > MAX_JSON_BYTES)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "this line of the roster is longer than 64 KiB");
      return NULL;
    }
  /* json-glib quotes what it stumbles over: that may be a name, so only its place is passed on. */
  if (!lanyard_json_text_is_plain (json, (gsize)n_bytes, MAX_JSON_DEPTH)
      || !json_parser_load_from_data (parser, json, n_bytes, NULL))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "it is not JSON");
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "it is not one JSON object");
      return NULL;
    }

  json_object_iter_init (&iter, json_node_get_object (json_parser_get_root (parser)));
  while (json_object_iter_next (&iter, &member, &node))
    {
      if (!parse_member (entry, member, node, error))
        return NULL;
    }
  return lanyard_entry_check (entry, error) ? g_steal_pointer (&entry) : NULL;
}

static void
add_list (JsonBuilder *builder, const char *member, char **list)
{
  if (list[0] == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (char **at = list; *at != NULL; at++)
    json_builder_add_string_value (builder, *at);
  json_builder_end_array (builder);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_time (JsonBuilder *builder, const char *member, gint64 time_s)
{
  g_autofree char *text = lanyard_clock_format_us (time_s * G_USEC_PER_SEC);

  add_text (builder, member, text);
}

static void
add_clearances (JsonBuilder *builder, GArray *clearances)
{
  json_builder_set_member_name (builder, "clearances");
  json_builder_begin_object (builder);
  for (guint i = 0; i < clearances->len; i++)
    {
      const LanyardClearance *clearance = &g_array_index (clearances, LanyardClearance, i);

      for (guint j = 0; j < G_N_ELEMENTS (clearance_states); j++)
        {
          if (clearance_states[j].state == clearance->state)
            add_text (builder, clearance->system, clearance_states[j].word);
        }
    }
  json_builder_end_object (builder);
}

static void
add_face_box (JsonBuilder *builder, const LanyardFaceBox *box)
{
  const guint16 sides[4] = { box->x, box->y, box->width, box->height };

  json_builder_set_member_name (builder, "face_box");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    json_builder_add_double_value (builder, (double)sides[i] / LANYARD_FACE_BOX_WHOLE);
  json_builder_end_array (builder);
}

char *
lanyard_entry_to_json (const LanyardEntry *entry)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (builder, texts[i].member, G_STRUCT_MEMBER (char *, entry, texts[i].offset));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    add_list (builder, lists[i].member, G_STRUCT_MEMBER (char **, entry, lists[i].offset));
  add_time (builder, "valid_from", entry->valid_from_s);
  add_time (builder, "valid_until", entry->valid_until_s);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (statuses[i].status == entry->status)
        add_text (builder, "status", statuses[i].word);
    }
  add_clearances (builder, entry->clearances);
  if (entry->photo_hash != NULL)
    {
      g_autofree char *hex = lanyard_hex_encode (g_bytes_get_data (entry->photo_hash, NULL),
                                                 g_bytes_get_size (entry->photo_hash));

      add_text (builder, "photo_hash", hex);
    }
  if (entry->face_box.width > 0)
    add_face_box (builder, &entry->face_box);
  if (entry->lowest_valid_sequence > 0)
    {
      json_builder_set_member_name (builder, "lowest_valid_sequence");
      json_builder_add_int_value (builder, entry->lowest_valid_sequence);
    }
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
