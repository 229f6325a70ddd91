/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-mapping.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-mapping-private.h"

static const struct
{
  const char *name;
  LanyardHubMemberKind kind;
} members[] = {
  { "holder_id", LANYARD_HUB_MEMBER_TEXT },
  { "given_name", LANYARD_HUB_MEMBER_TEXT },
  { "family_name", LANYARD_HUB_MEMBER_TEXT },
  { "print_name", LANYARD_HUB_MEMBER_TEXT },
  { "local_name", LANYARD_HUB_MEMBER_TEXT },
  { "birth_date", LANYARD_HUB_MEMBER_DATE },
  { "nationality", LANYARD_HUB_MEMBER_TEXT },
  { "language", LANYARD_HUB_MEMBER_TEXT },
  { "number", LANYARD_HUB_MEMBER_TEXT },
  { "category", LANYARD_HUB_MEMBER_TEXT },
  { "function", LANYARD_HUB_MEMBER_TEXT },
  { "organisation", LANYARD_HUB_MEMBER_TEXT },
  { "documents", LANYARD_HUB_MEMBER_LIST },
  { "venues", LANYARD_HUB_MEMBER_LIST },
  { "zones", LANYARD_HUB_MEMBER_LIST },
  { "transport", LANYARD_HUB_MEMBER_LIST },
  { "seating", LANYARD_HUB_MEMBER_LIST },
  { "pickup_venues", LANYARD_HUB_MEMBER_LIST },
  { "tokens", LANYARD_HUB_MEMBER_LIST },
  { "valid_from", LANYARD_HUB_MEMBER_TIME },
  { "valid_until", LANYARD_HUB_MEMBER_TIME },
  { "status", LANYARD_HUB_MEMBER_TEXT },
  { "photo_hash", LANYARD_HUB_MEMBER_TEXT },
  { "lowest_valid_sequence", LANYARD_HUB_MEMBER_NUMBER },
  { "clearances", LANYARD_HUB_MEMBER_CLEARANCES },
};

LanyardHubMemberKind
_lanyard_hub_member_kind (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, member))
      return members[i].kind;
  return LANYARD_HUB_MEMBER_NONE;
}

static gboolean
fail (GError **error, const LanyardHubMember *member, const char *why)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "member \"%s\" %s", member->member,
               why);
  return FALSE;
}

/* The columns of @value put together; empty when each of them is. */
static char *
compose (const LanyardHubValue *value, LanyardHubColumnFunc get, gpointer row)
{
  GString *text = g_string_new (NULL);
  gboolean columns = FALSE;
  gboolean found = FALSE;

  for (guint i = 0; i < value->parts->len; i++)
    {
      const LanyardHubPart *part = g_ptr_array_index (value->parts, i);
      g_autofree char *piece = NULL;

      if (!part->column)
        {
          g_string_append (text, part->text);
          continue;
        }
      columns = TRUE;
      piece = g_strdup (get (row, part->index, part->text));
      if (piece == NULL || *g_strstrip (piece) == '\0')
        continue;
      found = TRUE;
      g_string_append (text, piece);
    }
  if (columns && !found)
    g_string_truncate (text, 0);
  return g_strstrip (g_string_free (text, FALSE));
}

static char *
translate (const LanyardHubMember *member, const LanyardHubValue *value, char *text, GError **error)
{
  g_autofree char *own = text;
  LanyardHubMemberKind kind = _lanyard_hub_member_kind (member->member);
  gpointer other;
  char *result;

  if (*own == '\0')
    return g_strdup (value->fallback == NULL ? "" : value->fallback);
  if (value->values != NULL && g_hash_table_lookup_extended (value->values, own, NULL, &other))
    return g_strdup (other);
  if (value->values != NULL && value->otherwise == NULL)
    {
      fail (error, member,
            "has a value that the mapping does not name; add it to its values, or \"*\" for all "
            "others");
      return NULL;
    }
  if (value->values != NULL)
    return g_strdup (value->otherwise);
  if (value->date == NULL)
    return value->upper ? g_utf8_strup (own, -1) : g_steal_pointer (&own);
  result = _lanyard_hub_date_read (own, value->date, value->zone, value->add_days,
                                   kind == LANYARD_HUB_MEMBER_TIME);
  if (result == NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "member \"%s\" is not of the form %s; correct the row or the mapping",
                 member->member, value->date);
  return result;
}

static void
append_json_text (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (json, '\\');
      if ((guchar)*c < 0x20)
        g_string_append_printf (json, "\\u%04x", (guint)*c);
      else
        g_string_append_c (json, *c);
    }
  g_string_append_c (json, '"');
}

static void
append_name (GString *json, const char *name)
{
  if (json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  append_json_text (json, name);
  g_string_append_c (json, ':');
}

static char *
read_value (const LanyardHubMember *member,
            const LanyardHubValue *value,
            LanyardHubColumnFunc get,
            gpointer row,
            GError **error)
{
  return translate (member, value, compose (value, get, row), error);
}

/* Each item by itself is looked up and translated. */
static gboolean
append_items (GString *json,
              const LanyardHubMember *member,
              const LanyardHubValue *value,
              LanyardHubColumnFunc get,
              gpointer row,
              GError **error)
{
  g_autofree char *text = compose (value, get, row);
  g_auto (GStrv) items = NULL;

  g_strdelimit (text, LANYARD_HUB_LIST_SEPARATOR, *value->split);
  items = g_strsplit (*text == '\0' && value->fallback != NULL ? value->fallback : text,
                      value->split, -1);
  for (char **item = items; *item != NULL; item++)
    {
      g_autofree char *word = NULL;

      if (*g_strstrip (*item) == '\0')
        continue;
      word = translate (member, value, g_strdup (*item), error);
      if (word == NULL)
        return FALSE;
      if (*word == '\0')
        continue;
      if (json->str[json->len - 1] != '[')
        g_string_append_c (json, ',');
      append_json_text (json, word);
    }
  return TRUE;
}

static gboolean
append_list (GString *json,
             const LanyardHubMember *member,
             LanyardHubColumnFunc get,
             gpointer row,
             GError **error)
{
  append_name (json, member->member);
  g_string_append_c (json, '[');
  for (guint i = 0; i < member->values->len; i++)
    if (!append_items (json, member, g_ptr_array_index (member->values, i), get, row, error))
      return FALSE;
  g_string_append_c (json, ']');
  return TRUE;
}

static gboolean
append_member (GString *json,
               const LanyardHubMember *member,
               LanyardHubColumnFunc get,
               gpointer row,
               GError **error)
{
  LanyardHubMemberKind kind = _lanyard_hub_member_kind (member->member);
  g_autofree char *text = NULL;
  guint64 number;

  if (kind == LANYARD_HUB_MEMBER_LIST)
    return append_list (json, member, get, row, error);
  text = read_value (member, g_ptr_array_index (member->values, 0), get, row, error);
  if (text == NULL)
    return FALSE;
  if (*text == '\0')
    return TRUE;
  append_name (json, member->system != NULL ? member->system : member->member);
  if (kind != LANYARD_HUB_MEMBER_NUMBER)
    append_json_text (json, text);
  else if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    g_string_append (json, text);
  else
    return fail (error, member, "is not a number from 0");
  return TRUE;
}

GString *
lanyard_hub_mapping_apply (LanyardHubMapping *mapping,
                           LanyardHubColumnFunc get,
                           gpointer row,
                           GError **error)
{
  GString *json = g_string_new ("{");
  gboolean in_clearances = FALSE;

  for (guint i = 0; i < mapping->members->len; i++)
    {
      const LanyardHubMember *member = g_ptr_array_index (mapping->members, i);

      if (in_clearances && member->system == NULL)
        g_string_append_c (json, '}');
      if (!in_clearances && member->system != NULL)
        {
          append_name (json, "clearances");
          g_string_append_c (json, '{');
        }
      in_clearances = member->system != NULL;
      if (!append_member (json, member, get, row, error))
        {
          g_string_free (json, TRUE);
          return NULL;
        }
    }
  g_string_append (json, in_clearances ? "}}" : "}");
  return json;
}

const char *
lanyard_hub_mapping_get_format (const LanyardHubMapping *mapping)
{
  return mapping->format;
}

char
lanyard_hub_mapping_get_separator (const LanyardHubMapping *mapping)
{
  return mapping->separator;
}

/* Each column of its own fills the member of the same name. */
static gboolean
add_plain (LanyardHubMapping *mapping, const char *name, guint index, GError **error)
{
  LanyardHubMemberKind kind = _lanyard_hub_member_kind (name);
  LanyardHubMember *member;
  g_autofree char *template = g_strdup_printf ("{%s}", name);

  /* Without a header the first row is somebody: its words are not repeated. */
  if (kind == LANYARD_HUB_MEMBER_NONE || kind == LANYARD_HUB_MEMBER_CLEARANCES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "Column %u of the first line is not called as a member of a roster; write a "
                   "mapping file and name it with --mapping.",
                   index + 1);
      return FALSE;
    }
  member = g_new0 (LanyardHubMember, 1);
  member->member = g_strdup (name);
  member->values = g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_hub_value_free);
  g_ptr_array_add (member->values, _lanyard_hub_value_new (template, NULL));
  g_ptr_array_add (mapping->members, member);
  return TRUE;
}

static gboolean
bind_part (LanyardHubPart *part, const char *const *names, guint n_names, GError **error)
{
  part->index = G_MAXUINT;
  for (guint i = 0; i < n_names; i++)
    {
      if (!g_str_equal (part->text, names[i]))
        continue;
      if (part->index != G_MAXUINT)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       "The first line has the column \"%s\" twice; give one another name.",
                       part->text);
          return FALSE;
        }
      part->index = i;
    }
  if (part->index != G_MAXUINT)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "The mapping wants a column \"%s\", which the first line does not have; correct "
               "the mapping, or the separator with --separator.",
               part->text);
  return FALSE;
}

gboolean
lanyard_hub_mapping_bind (LanyardHubMapping *mapping,
                          const char *const *names,
                          guint n_names,
                          GError **error)
{
  for (guint i = 0; i < n_names && mapping->plain; i++)
    if (!add_plain (mapping, names[i], i, error))
      return FALSE;
  for (guint i = 0; i < mapping->members->len; i++)
    {
      const LanyardHubMember *member = g_ptr_array_index (mapping->members, i);

      for (guint k = 0; k < member->values->len; k++)
        {
          const LanyardHubValue *value = g_ptr_array_index (member->values, k);

          for (guint p = 0; p < value->parts->len; p++)
            {
              LanyardHubPart *part = g_ptr_array_index (value->parts, p);

              if (part->column && !bind_part (part, names, n_names, error))
                return FALSE;
            }
        }
    }
  return TRUE;
}
