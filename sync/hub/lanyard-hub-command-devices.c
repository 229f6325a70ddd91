/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <json-glib/json-glib.h>

#include "lanyard-error.h"

#define MAX_DESKS 1000000
#define MAX_REASON_BYTES 512
#define DEFAULT_MINUTES 15

typedef struct
{
  char *directory;
  char *reason;
  char *by;
  char *qr;
  char *png;
  gboolean json;
  gboolean keep_badges;
  int minutes;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->directory);
  g_free (options->reason);
  g_free (options->by);
  g_free (options->qr);
  g_free (options->png);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_text (JsonBuilder *builder, const char *name, LanyardCborReader *reader)
{
  g_autofree char *text = lanyard_cbor_read_text (reader, MAX_REASON_BYTES);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
read_desk (LanyardCborReader *reader, JsonBuilder *builder)
{
  static const char *const tail[]
      = { "seen_us", "told_us", "backlog", "oldest_us", "gseq", "fresh_us", "negative_us" };

  lanyard_cbor_enter_array (reader, 18);
  json_builder_begin_object (builder);
  add_int (builder, "device", (gint64)lanyard_cbor_read_uint (reader, G_MAXUINT32));
  add_int (builder, "epoch", (gint64)lanyard_cbor_read_uint (reader, G_MAXUINT32));
  add_text (builder, "venue", reader);
  add_text (builder, "name", reader);
  add_text (builder, "prefix", reader);
  add_int (builder, "records", (gint64)lanyard_cbor_read_uint (reader, G_MAXINT64));
  add_int (builder, "enrolled_us", lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64));
  add_int (builder, "revoked_us", lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64));
  add_text (builder, "revoked_reason", reader);
  for (guint i = 0; i < G_N_ELEMENTS (tail); i++)
    add_int (builder, tail[i], lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64));
  add_text (builder, "software", reader);
  add_text (builder, "pack", reader);
  json_builder_end_object (builder);
}

/* {"now_us", "head", "desks": […]}: what people read is made from the same. */
static JsonNode *
ask_desks (LanyardHubConsole *console, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;
  gsize n;

  answer = lanyard_hub_command_ask (console, lanyard_hub_command_request ("desks", 0), 3, &reader,
                                    error);
  if (answer == NULL)
    return NULL;
  json_builder_begin_object (builder);
  add_int (builder, "now_us", lanyard_cbor_read_int (&reader, G_MININT64, G_MAXINT64));
  add_int (builder, "head", (gint64)lanyard_cbor_read_uint (&reader, G_MAXINT64));
  json_builder_set_member_name (builder, "desks");
  json_builder_begin_array (builder);
  n = lanyard_cbor_enter_array (&reader, MAX_DESKS);
  for (gsize i = 0; i < n && reader.error == NULL; i++)
    read_desk (&reader, builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (!lanyard_hub_command_answered (&reader, error))
    return NULL;
  return json_builder_get_root (builder);
}

static void
print_desk (JsonArray *desks, guint index, JsonNode *node, gpointer user_data)
{
  JsonObject *desk = json_node_get_object (node);
  g_autofree char *seen = lanyard_hub_command_time (json_object_get_int_member (desk, "seen_us"));
  gboolean told = json_object_get_int_member (desk, "told_us") != 0;
  g_autofree char *backlog
      = told ? g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (desk, "backlog"))
             : g_strdup ("-");

  g_print ("%5" G_GINT64_FORMAT "/%-3" G_GINT64_FORMAT " %-8s %-8s %-16s %8s %9" G_GINT64_FORMAT
           " %-10s %-6s %s%s%s\n",
           json_object_get_int_member (desk, "device"), json_object_get_int_member (desk, "epoch"),
           json_object_get_string_member (desk, "venue"),
           json_object_get_string_member (desk, "prefix"), seen, backlog,
           json_object_get_int_member (desk, "records"),
           told ? json_object_get_string_member (desk, "software") : "-",
           told ? json_object_get_string_member (desk, "pack") : "-",
           json_object_get_string_member (desk, "name"),
           json_object_get_int_member (desk, "revoked_us") != 0 ? "  REVOKED: " : "",
           json_object_get_string_member (desk, "revoked_reason"));
}

static gboolean
list (LanyardHubConsole *console, const Options *options, GError **error)
{
  g_autoptr (JsonNode) node = ask_desks (console, error);
  g_autofree char *text = NULL;

  if (node == NULL)
    return FALSE;
  if (options->json)
    {
      text = json_to_string (node, FALSE);
      g_print ("%s\n", text);
      return TRUE;
    }
  g_print ("%5s/%-3s %-8s %-8s %-16s %8s %9s %-10s %-6s %s\n", "desk", "ep", "venue", "prefix",
           "last seen", "backlog", "records", "software", "pack", "name");
  json_array_foreach_element (json_object_get_array_member (json_node_get_object (node), "desks"),
                              print_desk, NULL);
  return TRUE;
}

static gboolean
parse_device (const char *text, guint32 *device, GError **error)
{
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &number, NULL))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "Name the desk by its number, as lanyard-hub devices shows it.");
      return FALSE;
    }
  *device = (guint32)number;
  return TRUE;
}

static gboolean
revoke_desk (LanyardHubConsole *console, const char *word, const Options *options, GError **error)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;
  guint32 device;

  if (!parse_device (word, &device, error)
      || !lanyard_hub_command_need (options->reason, "--reason", error))
    return FALSE;
  writer = lanyard_hub_command_request ("revoke", 4);
  lanyard_cbor_write_uint (writer, device);
  lanyard_cbor_write_uint (writer, options->keep_badges ? 1 : 0);
  lanyard_cbor_write_text (writer, lanyard_hub_command_person (options->by));
  lanyard_cbor_write_text (writer, options->reason);
  answer = lanyard_hub_command_ask (console, writer, 0, &reader, error);
  if (answer == NULL || !lanyard_hub_command_answered (&reader, error))
    return FALSE;
  g_print ("Desk %u is revoked; the other desks hear of it. lanyard-hub devices reimage %u brings "
           "it back.\n",
           device, device);
  return TRUE;
}

/* The desk keeps its number, venue and name, and gets the next epoch. */
static gboolean
reimage (LanyardHubConsole *console, const char *word, const Options *options, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *desks;
  guint32 device;

  if (!parse_device (word, &device, error) || (node = ask_desks (console, error)) == NULL)
    return FALSE;
  desks = json_object_get_array_member (json_node_get_object (node), "desks");
  for (guint i = 0; i < json_array_get_length (desks); i++)
    {
      JsonObject *desk = json_array_get_object_element (desks, i);
      const LanyardHubCodeAsk ask = {
        .directory = options->directory,
        .venue = json_object_get_string_member (desk, "venue"),
        .name = json_object_get_string_member (desk, "name"),
        .device = device,
        .minutes = options->minutes,
        .qr = options->qr,
        .png = options->png,
      };

      if (json_object_get_int_member (desk, "device") == device)
        return lanyard_hub_command_print_code (console, &ask, error);
    }
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "There is no desk %u.", device);
  return FALSE;
}

static gboolean
run (int argc, char **argv, const Options *options, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  const char *word = argc > 1 ? argv[1] : "list";

  if (!lanyard_hub_command_need (options->directory, "--dir", error))
    return FALSE;
  console = lanyard_hub_console_open (options->directory, error);
  if (console == NULL)
    return FALSE;
  if (g_str_equal (word, "list") && argc <= 2)
    return list (console, options, error);
  if (g_str_equal (word, "revoke") && argc == 3)
    return revoke_desk (console, argv[2], options, error);
  if (g_str_equal (word, "reimage") && argc == 3)
    return reimage (console, argv[2], options, error);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "Say list, revoke DESK or reimage DESK.");
  return FALSE;
}

int
lanyard_hub_command_devices (int argc, char **argv)
{
  g_auto (Options) options = { .minutes = DEFAULT_MINUTES };
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &options.directory, "the hub's folder", "DIR" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "list: one JSON object", NULL },
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &options.reason, "revoke: why; it is kept", "TEXT" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, "revoke: who does it (this account)", "NAME" },
    { "keep-badges", 0, 0, G_OPTION_ARG_NONE, &options.keep_badges,
      "revoke: badges that it signed stay good", NULL },
    { "minutes", 'm', 0, G_OPTION_ARG_INT, &options.minutes, "reimage: how long the code is good",
      "N" },
    { "qr", 0, 0, G_OPTION_ARG_STRING, &options.qr, "reimage: as in lanyard-hub enrol",
      "dark|light|none" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &options.png, "reimage: the code as a picture", "FILE" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR [list | revoke DESK --reason TEXT | reimage DESK]",
                                 "Lists desks with what they told last; takes a desk's key off "
                                 "the trust list; makes a code for a desk that is set up anew.",
                                 entries, &argc, &argv, &error))
    run (argc, argv, &options, &error);
  return lanyard_hub_command_end (error);
}
