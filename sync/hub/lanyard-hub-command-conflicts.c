/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <json-glib/json-glib.h>

#include "lanyard-error.h"

#define MAX_BADGES 100000

static void
badge_clear (LanyardHubBadge *badge)
{
  g_free (badge->serial);
  g_free (badge->number);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardHubBadge, badge_clear)

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
read_badge (LanyardCborReader *reader, JsonBuilder *builder)
{
  g_auto (LanyardHubBadge) badge = { 0 };
  g_autofree char *state = NULL;

  lanyard_hub_command_read_badge (reader, &badge);
  state = lanyard_hub_command_describe_flags (badge.flags);
  json_builder_begin_object (builder);
  add_text (builder, "serial", badge.serial);
  add_int (builder, "device", badge.device);
  add_int (builder, "sequence", badge.sequence);
  add_text (builder, "state", state);
  json_builder_end_object (builder);
}

/* Returns: the number of the conflict read */
static char *
read_conflict (LanyardCborReader *reader, JsonBuilder *builder)
{
  char *number;
  gsize n;

  lanyard_cbor_enter_array (reader, 3);
  number = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  json_builder_begin_object (builder);
  add_text (builder, "number", number);
  add_int (builder, "open_badges", (gint64)lanyard_cbor_read_uint (reader, G_MAXUINT32));
  json_builder_set_member_name (builder, "badges");
  json_builder_begin_array (builder);
  n = lanyard_cbor_enter_array (reader, MAX_BADGES);
  for (gsize i = 0; i < n && reader->error == NULL; i++)
    read_badge (reader, builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return number;
}

/* One page. @after: (inout): number to go on from */
static gboolean
read_page (LanyardHubConsole *console,
           JsonBuilder *builder,
           char **after,
           gsize *n_rows,
           GError **error)
{
  LanyardCborWriter *writer = lanyard_hub_command_request ("disputed", 1);
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;

  lanyard_cbor_write_text (writer, *after);
  answer = lanyard_hub_command_ask (console, writer, 1, &reader, error);
  if (answer == NULL)
    return FALSE;
  *n_rows = lanyard_cbor_enter_array (&reader, LANYARD_HUB_CONTROL_MAX_ENTRIES);
  for (gsize i = 0; i < *n_rows && reader.error == NULL; i++)
    {
      g_free (*after);
      *after = read_conflict (&reader, builder);
    }
  return lanyard_hub_command_answered (&reader, error);
}

static JsonNode *
read_all (LanyardHubConsole *console, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *after = g_strdup ("");
  gsize n_rows;

  json_builder_begin_array (builder);
  do
    if (!read_page (console, builder, &after, &n_rows, error))
      return NULL;
  while (n_rows > 0);
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static void
print_conflict (JsonObject *conflict, gboolean badges)
{
  JsonArray *array = json_object_get_array_member (conflict, "badges");

  g_print ("%-20s %" G_GINT64_FORMAT " badges out\n",
           json_object_get_string_member (conflict, "number"),
           json_object_get_int_member (conflict, "open_badges"));
  for (guint i = 0; badges && i < json_array_get_length (array); i++)
    {
      JsonObject *badge = json_array_get_object_element (array, i);

      g_print ("  %-16s desk %-5" G_GINT64_FORMAT " badge %" G_GINT64_FORMAT " of them  %s\n",
               json_object_get_string_member (badge, "serial"),
               json_object_get_int_member (badge, "device"),
               json_object_get_int_member (badge, "sequence"),
               json_object_get_string_member (badge, "state"));
    }
}

/* @number: (nullable): only this one */
static gboolean
show (LanyardHubConsole *console, const char *number, gboolean json, GError **error)
{
  g_autoptr (JsonNode) node = read_all (console, error);
  JsonArray *conflicts;
  gboolean found = number == NULL;

  if (node == NULL)
    return FALSE;
  conflicts = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (conflicts); i++)
    {
      JsonNode *row = json_array_get_element (conflicts, i);
      JsonObject *conflict = json_node_get_object (row);
      g_autofree char *text = json ? json_to_string (row, FALSE) : NULL;

      if (number != NULL
          && g_strcmp0 (number, json_object_get_string_member (conflict, "number")) != 0)
        continue;
      found = TRUE;
      if (json)
        g_print ("%s\n", text);
      else
        print_conflict (conflict, number != NULL);
    }
  if (found)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               "%s is not disputed: at most one badge of it is out.", number);
  return FALSE;
}

static gboolean
resolve (LanyardHubConsole *console,
         const char *number,
         const LanyardHubDecisionOptions *options,
         GError **error)
{
  if (!lanyard_hub_command_decide (console, "resolve", number, options, "--keep", error))
    return FALSE;
  g_print ("%s stays; all other badges of %s are void, and the desks hear of it.\n",
           options->choice, number);
  return TRUE;
}

static gboolean
run (int argc, char **argv, const LanyardHubDecisionOptions *options, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  const char *word = argc > 1 ? argv[1] : "list";

  if (!lanyard_hub_command_need (options->directory, "--dir", error))
    return FALSE;
  console = lanyard_hub_console_open (options->directory, error);
  if (console == NULL)
    return FALSE;
  if (g_str_equal (word, "list") && argc <= 2)
    return show (console, NULL, options->json, error);
  if (g_str_equal (word, "show") && argc == 3)
    return show (console, argv[2], options->json, error);
  if (g_str_equal (word, "resolve") && argc == 3)
    return resolve (console, argv[2], options, error);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "Say list, show NUMBER or resolve NUMBER.");
  return FALSE;
}

int
lanyard_hub_command_conflicts (int argc, char **argv)
{
  g_auto (LanyardHubDecisionOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &options.directory, "the hub's folder", "DIR" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "one JSON object a line", NULL },
    { "keep", 'k', 0, G_OPTION_ARG_STRING, &options.choice, "resolve: the badge that stays",
      "SERIAL" },
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &options.reason, "resolve: such as in-hand", "WORD" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, "resolve: who decides (this account)", "NAME" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse (
          "--dir DIR [list | show NUMBER | resolve NUMBER --keep SERIAL --reason WORD]",
          "Accreditations of which more than one badge is out, and the decision which one stays.",
          entries, &argc, &argv, &error))
    run (argc, argv, &options, &error);
  return lanyard_hub_command_end (error);
}
