/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <json-glib/json-glib.h>

#include "lanyard-cbor.h"

#define MAX_COUNTS 32
#define MAX_DESKS 100000
#define MAX_PRINTERS 1000

/* What is left in each printer of one desk. */
static void
read_stocks (LanyardCborReader *reader, JsonBuilder *builder)
{
  gsize n = lanyard_cbor_enter_array (reader, MAX_PRINTERS);

  json_builder_set_member_name (builder, "printers");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n && reader->error == NULL; i++)
    {
      g_autofree char *printer = NULL;

      lanyard_cbor_enter_array (reader, 3);
      printer = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, printer);
      json_builder_set_member_name (builder, "cards_left");
      if (lanyard_cbor_read_null (reader))
        json_builder_add_null_value (builder);
      else
        json_builder_add_int_value (builder,
                                    lanyard_cbor_read_int (reader, -G_MAXINT32, G_MAXINT32));
      json_builder_set_member_name (builder, "closed_us");
      json_builder_add_int_value (builder, lanyard_cbor_read_int (reader, 0, G_MAXINT64));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* The answer as JSON: what people read is made from the same. */
static JsonNode *
read_status (LanyardCborReader *reader, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *event = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  gsize n;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "event");
  json_builder_add_string_value (builder, event);
  n = lanyard_cbor_enter_map (reader, MAX_COUNTS);
  for (gsize i = 0; i < n && reader->error == NULL; i++)
    {
      g_autofree char *name = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
      guint64 value = lanyard_cbor_read_uint (reader, G_MAXINT64);

      json_builder_set_member_name (builder, name == NULL ? "" : name);
      json_builder_add_int_value (builder, (gint64)value);
    }
  json_builder_set_member_name (builder, "desk_list");
  json_builder_begin_array (builder);
  n = lanyard_cbor_enter_array (reader, MAX_DESKS);
  for (gsize i = 0; i < n && reader->error == NULL; i++)
    {
      const char *const numbers[] = { "device", "epoch" };
      const char *const words[] = { "venue", "name", "prefix" };

      lanyard_cbor_enter_array (reader, 7);
      json_builder_begin_object (builder);
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        {
          json_builder_set_member_name (builder, numbers[k]);
          json_builder_add_int_value (builder,
                                      (gint64)lanyard_cbor_read_uint (reader, G_MAXUINT32));
        }
      for (guint k = 0; k < G_N_ELEMENTS (words); k++)
        {
          g_autofree char *text = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);

          json_builder_set_member_name (builder, words[k]);
          json_builder_add_string_value (builder, text);
        }
      json_builder_set_member_name (builder, "accepted_through");
      json_builder_add_int_value (builder, (gint64)lanyard_cbor_read_uint (reader, G_MAXINT64));
      read_stocks (reader, builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (!lanyard_hub_command_answered (reader, error))
    return NULL;
  return json_builder_get_root (builder);
}

static gint64
get_count (JsonObject *status, const char *name)
{
  return json_object_get_int_member_with_default (status, name, 0);
}

static void
print_printer (JsonArray *printers, guint index, JsonNode *node, gpointer user_data)
{
  JsonObject *printer = json_node_get_object (node);
  const char *name = json_object_get_string_member (printer, "name");

  if (json_object_get_null_member (printer, "cards_left"))
    g_print ("           printer %s: nobody has counted its cards\n", name);
  else
    g_print ("           printer %s: %" G_GINT64_FORMAT " cards left\n", name,
             get_count (printer, "cards_left"));
}

static void
print_desk (JsonArray *desks, guint index, JsonNode *node, gpointer user_data)
{
  JsonObject *desk = json_node_get_object (node);

  g_print ("  %4" G_GINT64_FORMAT "/%-3" G_GINT64_FORMAT " %-8s %-8s %8" G_GINT64_FORMAT
           " records  %s\n",
           get_count (desk, "device"), get_count (desk, "epoch"),
           json_object_get_string_member (desk, "venue"),
           json_object_get_string_member (desk, "prefix"), get_count (desk, "accepted_through"),
           json_object_get_string_member (desk, "name"));
  json_array_foreach_element (json_object_get_array_member (desk, "printers"), print_printer, NULL);
}

/* @user_data: (element-type utf8 gpointer): cards by venue */
static void
add_to_venue (JsonArray *desks, guint index, JsonNode *node, gpointer user_data)
{
  JsonObject *desk = json_node_get_object (node);
  JsonArray *printers = json_object_get_array_member (desk, "printers");
  const char *venue = json_object_get_string_member (desk, "venue");
  gpointer cards = g_hash_table_lookup (user_data, venue);

  for (guint i = 0; i < json_array_get_length (printers); i++)
    {
      JsonObject *printer = json_array_get_object_element (printers, i);

      if (!json_object_get_null_member (printer, "cards_left"))
        cards = GINT_TO_POINTER (GPOINTER_TO_INT (cards)
                                 + (gint)MAX (get_count (printer, "cards_left"), 0));
    }
  if (json_array_get_length (printers) > 0)
    g_hash_table_insert (user_data, (gpointer)venue, cards);
}

static void
print_venues (JsonArray *desks)
{
  g_autoptr (GHashTable) venues = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) names = NULL;

  json_array_foreach_element (desks, add_to_venue, venues);
  names = g_list_sort (g_hash_table_get_keys (venues), (GCompareFunc)g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    g_print ("cards         %s: %d left in its printers\n", (const char *)l->data,
             GPOINTER_TO_INT (g_hash_table_lookup (venues, l->data)));
}

static void
print_status (JsonNode *node)
{
  JsonObject *status = json_node_get_object (node);

  g_print ("event         %s\n", json_object_get_string_member (status, "event"));
  g_print ("roster        %" G_GINT64_FORMAT " accreditations, %" G_GINT64_FORMAT
           " photos, change %" G_GINT64_FORMAT "\n",
           get_count (status, "entries"), get_count (status, "photos"), get_count (status, "gseq"));
  g_print ("records       %" G_GINT64_FORMAT ", of which %" G_GINT64_FORMAT
           " to look at, %" G_GINT64_FORMAT " of a later version\n",
           get_count (status, "records"), get_count (status, "quarantined"),
           get_count (status, "unread"));
  g_print ("open badges   %" G_GINT64_FORMAT ", disputed accreditations %" G_GINT64_FORMAT "\n",
           get_count (status, "open_badges"), get_count (status, "disputed"));
  g_print ("questions     %" G_GINT64_FORMAT " badges that were in the printer of a lost desk\n",
           get_count (status, "questions"));
  g_print ("alarms        %" G_GINT64_FORMAT "\n", get_count (status, "alarms"));
  g_print ("desks         %" G_GINT64_FORMAT "\n", get_count (status, "desks"));
  print_venues (json_object_get_array_member (status, "desk_list"));
  json_array_foreach_element (json_object_get_array_member (status, "desk_list"), print_desk, NULL);
}

static gboolean
show_status (const char *directory, gboolean json, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  LanyardCborReader reader;
  g_autofree char *text = NULL;

  if (!lanyard_hub_command_need (directory, "--dir", error))
    return FALSE;
  console = lanyard_hub_console_open (directory, error);
  if (console == NULL)
    return FALSE;
  answer = lanyard_hub_command_ask (console, lanyard_hub_command_request ("status", 0), 3, &reader,
                                    error);
  node = answer == NULL ? NULL : read_status (&reader, error);
  if (node == NULL)
    return FALSE;
  text = json_to_string (node, FALSE);
  if (json)
    g_print ("%s\n", text);
  else
    print_status (node);
  return TRUE;
}

int
lanyard_hub_command_status (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, "one JSON object, for programs", NULL },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR [--json]",
                                 "Says what the hub has and what needs a look.", entries, &argc,
                                 &argv, &error)
      && lanyard_hub_command_no_words (argc, argv, &error))
    show_status (directory, json, &error);
  return lanyard_hub_command_end (error);
}
