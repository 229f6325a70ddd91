/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <json-glib/json-glib.h>

#include "lanyard-error.h"

/* One badge about which nobody is left who could be asked. */
typedef struct
{
  LanyardHubBadge badge;
  char *venue;
  char *name;
} Question;

static void
question_clear (Question *question)
{
  g_free (question->badge.serial);
  g_free (question->badge.number);
  g_free (question->venue);
  g_free (question->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static void
read_question (LanyardCborReader *reader, Question *question)
{
  lanyard_cbor_enter_array (reader, 7);
  question->badge.serial = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  question->badge.number = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  question->badge.device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  question->badge.sequence = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  question->badge.flags = (guint)lanyard_cbor_read_uint (reader, G_MAXUINT16);
  question->venue = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  question->name = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);
}

static void
print_json (const Question *question)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  const struct
  {
    const char *name;
    const char *text;
  } words[] = { { "serial", question->badge.serial },
                { "number", question->badge.number },
                { "venue", question->venue },
                { "name", question->name } };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      json_builder_set_member_name (builder, words[i].name);
      json_builder_add_string_value (builder, words[i].text);
    }
  json_builder_set_member_name (builder, "device");
  json_builder_add_int_value (builder, question->badge.device);
  json_builder_set_member_name (builder, "sequence");
  json_builder_add_int_value (builder, question->badge.sequence);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = json_to_string (node, FALSE);
  g_print ("%s\n", text);
}

static void
print_question (const Question *question)
{
  g_print ("%-16s of %-20s badge %u of them, desk %u %s %s\n", question->badge.serial,
           question->badge.number, question->badge.sequence, question->badge.device,
           question->venue, question->name);
}

/* One page. @after: (inout): serial to go on from */
static gboolean
show_page (LanyardHubConsole *console, gboolean json, char **after, gsize *n_rows, GError **error)
{
  LanyardCborWriter *writer = lanyard_hub_command_request ("questions", 1);
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;

  lanyard_cbor_write_text (writer, *after);
  answer = lanyard_hub_command_ask (console, writer, 1, &reader, error);
  if (answer == NULL)
    return FALSE;
  *n_rows = lanyard_cbor_enter_array (&reader, LANYARD_HUB_CONTROL_MAX_ENTRIES);
  for (gsize i = 0; i < *n_rows && reader.error == NULL; i++)
    {
      g_auto (Question) question = { 0 };

      read_question (&reader, &question);
      if (reader.error != NULL)
        break;
      if (json)
        print_json (&question);
      else
        print_question (&question);
      g_free (*after);
      *after = g_strdup (question.badge.serial);
    }
  return lanyard_hub_command_answered (&reader, error);
}

static gboolean
show (LanyardHubConsole *console, gboolean json, GError **error)
{
  g_autofree char *after = g_strdup ("");
  gsize n_rows;

  do
    if (!show_page (console, json, &after, &n_rows, error))
      return FALSE;
  while (n_rows > 0);
  return TRUE;
}

static gboolean
answer (LanyardHubConsole *console,
        const char *serial,
        const LanyardHubDecisionOptions *options,
        GError **error)
{
  if (!lanyard_hub_command_decide (console, "answer", serial, options, "--became", error))
    return FALSE;
  if (g_str_equal (options->choice, "handed-over"))
    g_print ("%s is in its holder's hand, and counts.\n", serial);
  else
    g_print ("%s is void, and the desks hear of it.\n", serial);
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
    return show (console, options->json, error);
  if (g_str_equal (word, "answer") && argc == 3)
    return answer (console, argv[2], options, error);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "Say list or answer SERIAL.");
  return FALSE;
}

int
lanyard_hub_command_questions (int argc, char **argv)
{
  g_auto (LanyardHubDecisionOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &options.directory, "the hub's folder", "DIR" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "one JSON object a line", NULL },
    { "became", 'b', 0, G_OPTION_ARG_STRING, &options.choice,
      "answer: handed-over, destroyed or never-out", "WORD" },
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &options.reason, "answer: how it is known", "TEXT" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, "answer: who knows (this account)", "NAME" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse (
          "--dir DIR [list | answer SERIAL --became WORD --reason TEXT]",
          "Badges that were in their printer when their desk was lost, and what became of them.",
          entries, &argc, &argv, &error))
    run (argc, argv, &options, &error);
  return lanyard_hub_command_end (error);
}
