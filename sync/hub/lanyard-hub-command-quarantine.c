/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-hub-record-json.h"

#define MAX_WHY_BYTES 2048

typedef struct
{
  char *directory;
  char *reason;
  char *by;
  gboolean json;
  gboolean all;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->directory);
  g_free (options->reason);
  g_free (options->by);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* A record that was set aside, as an answer tells it. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 seq;
  char *why;
  char *decision;
  gint64 decided_us;
  char *by;
  char *reason;
  gint64 received_us;
  GBytes *encoded; /* (nullable): the answer cannot be read */
} Aside;

static void
aside_clear (Aside *aside)
{
  g_free (aside->why);
  g_free (aside->decision);
  g_free (aside->by);
  g_free (aside->reason);
  g_clear_pointer (&aside->encoded, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Aside, aside_clear)

static void
read_aside (LanyardCborReader *reader, Aside *aside)
{
  lanyard_cbor_enter_array (reader, 10);
  aside->device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  aside->epoch = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  aside->seq = lanyard_cbor_read_uint (reader, G_MAXINT64);
  aside->why = lanyard_cbor_read_text (reader, MAX_WHY_BYTES);
  aside->decision = lanyard_cbor_read_text (reader, MAX_WHY_BYTES);
  aside->decided_us = lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64);
  aside->by = lanyard_cbor_read_text (reader, MAX_WHY_BYTES);
  aside->reason = lanyard_cbor_read_text (reader, MAX_WHY_BYTES);
  aside->received_us = lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64);
  aside->encoded = lanyard_cbor_read_gbytes (reader, LANYARD_RECORD_MAX_BYTES);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static JsonNode *
aside_to_json (const Aside *aside)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *place
      = g_strdup_printf ("%u/%u/%" G_GUINT64_FORMAT, aside->device, aside->epoch, aside->seq);
  g_autofree char *received = lanyard_clock_format_us (aside->received_us);
  g_autofree char *decided = lanyard_clock_format_us (aside->decided_us);

  json_builder_begin_object (builder);
  add_text (builder, "record", place);
  add_text (builder, "why", aside->why);
  add_text (builder, "received", received);
  if (*aside->decision != '\0')
    {
      add_text (builder, "decision", aside->decision);
      add_text (builder, "decided", decided);
      add_text (builder, "by", aside->by);
      add_text (builder, "reason", aside->reason);
    }
  if (!lanyard_hub_record_to_json (aside->encoded, builder))
    {
      g_autofree char *bytes = lanyard_hex_encode (g_bytes_get_data (aside->encoded, NULL),
                                                   g_bytes_get_size (aside->encoded));

      add_text (builder, "bytes", bytes);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
print_aside (const Aside *aside, gboolean json, gboolean whole)
{
  g_autoptr (JsonNode) node = aside_to_json (aside);
  g_autofree char *text = json_to_string (node, whole && !json);

  if (json || whole)
    g_print ("%s\n", text);
  else
    g_print ("%u/%u/%-8" G_GUINT64_FORMAT " %s%s%s\n", aside->device, aside->epoch, aside->seq,
             aside->why, *aside->decision == '\0' ? "" : "  -> ", aside->decision);
}

/* One page behind @last, which moves on. @only: (nullable): print no other */
static gboolean
print_page (LanyardHubConsole *console,
            const Options *options,
            Aside *last,
            const Aside *only,
            gsize *n_rows,
            GError **error)
{
  LanyardCborWriter *writer = lanyard_hub_command_request ("asides", 4);
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;

  lanyard_cbor_write_uint (writer, options->all || only != NULL);
  lanyard_cbor_write_uint (writer, last->device);
  lanyard_cbor_write_uint (writer, last->epoch);
  lanyard_cbor_write_uint (writer, last->seq);
  answer = lanyard_hub_command_ask (console, writer, 1, &reader, error);
  if (answer == NULL)
    return FALSE;
  *n_rows = lanyard_cbor_enter_array (&reader, LANYARD_HUB_CONTROL_MAX_ENTRIES);
  for (gsize i = 0; i < *n_rows; i++)
    {
      g_auto (Aside) aside = { 0 };

      read_aside (&reader, &aside);
      if (reader.error != NULL)
        break;
      last->device = aside.device;
      last->epoch = aside.epoch;
      last->seq = aside.seq;
      if (only == NULL)
        print_aside (&aside, options->json, FALSE);
      else if (only->device == aside.device && only->epoch == aside.epoch && only->seq == aside.seq)
        print_aside (&aside, options->json, TRUE);
      else if (i == 0)
        *n_rows = 0;
      if (only != NULL)
        break;
    }
  if (only != NULL && reader.error == NULL)
    return TRUE;
  return lanyard_hub_command_answered (&reader, error);
}

static gboolean
list (LanyardHubConsole *console, const Options *options, GError **error)
{
  Aside last = { 0 };
  gsize n_rows;

  do
    if (!print_page (console, options, &last, NULL, &n_rows, error))
      return FALSE;
  while (n_rows > 0);
  return TRUE;
}

static gboolean
show (LanyardHubConsole *console, const Options *options, const Aside *place, GError **error)
{
  Aside last = *place;
  gsize n_rows;

  last.seq--;
  if (!print_page (console, options, &last, place, &n_rows, error))
    return FALSE;
  if (n_rows > 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               "Record %u/%u/%" G_GUINT64_FORMAT " was not set aside.", place->device, place->epoch,
               place->seq);
  return FALSE;
}

static LanyardCborWriter *
request_about (const char *what, const Aside *place, const Options *options, gsize n_more)
{
  LanyardCborWriter *writer = lanyard_hub_command_request (what, 4 + n_more);

  lanyard_cbor_write_uint (writer, place->device);
  lanyard_cbor_write_uint (writer, place->epoch);
  lanyard_cbor_write_uint (writer, place->seq);
  lanyard_cbor_write_text (writer, lanyard_hub_command_person (options->by));
  return writer;
}

static gboolean
retry (LanyardHubConsole *console, const Options *options, const Aside *place, GError **error)
{
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *why = NULL;
  LanyardCborReader reader;

  answer = lanyard_hub_command_ask (console, request_about ("retry", place, options, 0), 1, &reader,
                                    error);
  if (answer == NULL)
    return FALSE;
  why = lanyard_cbor_read_text_or_null (&reader, MAX_WHY_BYTES);
  if (!lanyard_hub_command_answered (&reader, error))
    return FALSE;
  if (why == NULL)
    {
      g_print ("It makes sense now and counts.\n");
      return TRUE;
    }
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED, "It stays set aside: %s.", why);
  return FALSE;
}

static gboolean
dismiss (LanyardHubConsole *console, const Options *options, const Aside *place, GError **error)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;

  if (!lanyard_hub_command_need (options->reason, "--reason", error))
    return FALSE;
  writer = request_about ("dismiss", place, options, 1);
  lanyard_cbor_write_text (writer, options->reason);
  answer = lanyard_hub_command_ask (console, writer, 0, &reader, error);
  if (answer == NULL || !lanyard_hub_command_answered (&reader, error))
    return FALSE;
  g_print ("Nobody has to look at it any more; the record stays.\n");
  return TRUE;
}

static gboolean
run (int argc, char **argv, const Options *options, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  const char *word = argc > 1 ? argv[1] : "list";
  Aside place = { 0 };

  if (!lanyard_hub_command_need (options->directory, "--dir", error))
    return FALSE;
  if (argc == 3
      && !lanyard_hub_command_parse_place (argv[2], &place.device, &place.epoch, &place.seq, error))
    return FALSE;
  console = lanyard_hub_console_open (options->directory, error);
  if (console == NULL)
    return FALSE;
  if (g_str_equal (word, "list") && argc <= 2)
    return list (console, options, error);
  if (g_str_equal (word, "show") && argc == 3)
    return show (console, options, &place, error);
  if (g_str_equal (word, "retry") && argc == 3)
    return retry (console, options, &place, error);
  if (g_str_equal (word, "dismiss") && argc == 3)
    return dismiss (console, options, &place, error);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "Say list, show RECORD, retry RECORD or dismiss RECORD.");
  return FALSE;
}

int
lanyard_hub_command_quarantine (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &options.directory, "the hub's folder", "DIR" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "one JSON object a line", NULL },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &options.all, "list: also those that were decided", NULL },
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &options.reason, "dismiss: why; it is kept", "TEXT" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, "who decides (this account)", "NAME" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse (
          "--dir DIR [list | show RECORD | retry RECORD | dismiss RECORD --reason TEXT]",
          "Records that are stored and acknowledged but make no sense. RECORD is DESK/EPOCH/SEQ.\n"
          "retry reads one again with the roster and the program of today; dismiss says that "
          "nobody has to look. Nothing is deleted.",
          entries, &argc, &argv, &error))
    run (argc, argv, &options, &error);
  return lanyard_hub_command_end (error);
}
