/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-hub-output.h"
#include "lanyard-hub-record-json.h"

typedef struct
{
  LanyardHubConsole *console; /* borrowed */
  FILE *file;                 /* borrowed */
  const char *const *columns; /* of CSV, ended by NULL */
  gboolean csv;
  gboolean pickups; /* only records that end a pickup or change a badge */
  guint64 n_rows;
} Export;

static const char *const record_columns[]
    = { "device", "epoch",        "seq",  "kind",        "at",   "received", "number", "serial",
        "staff",  "second_staff", "mode", "void_reason", "hash", "record",   NULL };
static const char *const pickup_columns[]
    = { "device", "epoch", "seq",          "kind", "at",          "received", "number",
        "serial", "staff", "second_staff", "mode", "void_reason", NULL };
static const char *const badge_columns[]
    = { "serial", "number", "device", "sequence", "state", NULL };
static const char *const enrolment_columns[]
    = { "id", "device", "epoch", "venue", "name", "prefix", "key", "enrolled_us", NULL };
static const char *const deed_columns[] = { "at", "person", "what", "subject", "reason", NULL };

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
add_time (JsonBuilder *builder, const char *name, gint64 time_us)
{
  g_autofree char *text = lanyard_clock_format_us (time_us);

  add_text (builder, name, text);
}

/* A cell that a spreadsheet would take for a formula is kept from being one. */
static void
write_cell (FILE *file, const char *text)
{
  putc ('"', file);
  if (strchr ("=+-@\t\r", *text) != NULL && *text != '\0')
    putc ('\'', file);
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        putc ('"', file);
      putc (*text, file);
    }
  putc ('"', file);
}

/* A column is a member, or one of the body. */
static JsonNode *
find_cell (JsonObject *row, const char *column)
{
  JsonNode *node = json_object_get_member (row, column);
  JsonNode *body = json_object_get_member (row, "body");

  if (node == NULL && body != NULL)
    node = json_object_get_member (json_node_get_object (body), column);
  return node;
}

static void
write_csv (Export *export, JsonObject *row)
{
  for (guint i = 0; export->columns[i] != NULL; i++)
    {
      JsonNode *node = find_cell (row, export->columns[i]);

      if (i > 0)
        putc (',', export->file);
      if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
        continue;
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        write_cell (export->file, json_node_get_string (node));
      else
        fprintf (export->file, "%" G_GINT64_FORMAT, json_node_get_int (node));
    }
  fputs ("\r\n", export->file);
}

static gboolean
write_row (Export *export, JsonBuilder *builder, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  export->n_rows++;
  if (export->csv)
    write_csv (export, json_node_get_object (node));
  else
    {
      text = json_to_string (node, FALSE);
      fprintf (export->file, "%s\n", text);
    }
  if (!ferror (export->file))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The export cannot be written: %s.",
               g_strerror (errno));
  return FALSE;
}

static JsonBuilder *
new_row (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  return builder;
}

static gboolean
is_of_pickup (GBytes *encoded)
{
  static const guint16 kinds[]
      = { LANYARD_RECORD_ISSUED,      LANYARD_RECORD_VOIDED,       LANYARD_RECORD_REFUSED,
          LANYARD_RECORD_REFERRED,    LANYARD_RECORD_UNKNOWN,      LANYARD_RECORD_VALIDATED,
          LANYARD_RECORD_PASS_HANDED, LANYARD_RECORD_PASS_RETURNED };
  const LanyardHash previous = { 0 };
  g_autoptr (LanyardRecord) record
      = lanyard_record_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded),
                               &previous, NULL);

  for (guint i = 0; record != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (record->kind == kinds[i])
      return TRUE;
  return FALSE;
}

static gboolean
export_record (Export *export, LanyardCborReader *reader, guint64 *id, GError **error)
{
  g_autoptr (JsonBuilder) builder = new_row ();
  g_autoptr (GBytes) encoded = NULL;
  g_autofree char *hash_hex = NULL;
  g_autofree char *bytes = NULL;
  guint8 hash[LANYARD_HASH_BYTES];

  lanyard_cbor_enter_array (reader, 7);
  *id = lanyard_cbor_read_uint (reader, G_MAXINT64);
  add_int (builder, "device", (gint64)lanyard_cbor_read_uint (reader, G_MAXUINT32));
  add_int (builder, "epoch", (gint64)lanyard_cbor_read_uint (reader, G_MAXUINT32));
  add_int (builder, "seq", (gint64)lanyard_cbor_read_uint (reader, G_MAXINT64));
  lanyard_cbor_read_fixed (reader, hash, sizeof hash);
  encoded = lanyard_cbor_read_gbytes (reader, LANYARD_RECORD_MAX_BYTES);
  add_time (builder, "received", lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64));
  if (encoded == NULL || (export->pickups && !is_of_pickup (encoded)))
    return TRUE;
  lanyard_hub_record_to_json (encoded, builder);
  if (!export->pickups)
    {
      hash_hex = lanyard_hex_encode (hash, sizeof hash);
      bytes = lanyard_hex_encode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
      add_text (builder, "hash", hash_hex);
      add_text (builder, "record", bytes);
    }
  return write_row (export, builder, error);
}

static gboolean
export_badge (Export *export, LanyardCborReader *reader, char **serial, GError **error)
{
  g_autoptr (JsonBuilder) builder = new_row ();
  LanyardHubBadge badge = { 0 };
  g_autofree char *state = NULL;
  g_autofree char *number = NULL;

  lanyard_hub_command_read_badge (reader, &badge);
  number = badge.number;
  g_free (*serial);
  *serial = badge.serial;
  if (reader->error != NULL)
    return TRUE;
  state = lanyard_hub_command_describe_flags (badge.flags);
  add_text (builder, "serial", badge.serial);
  add_text (builder, "number", badge.number);
  add_int (builder, "device", badge.device);
  add_int (builder, "sequence", badge.sequence);
  add_text (builder, "state", state);
  return write_row (export, builder, error);
}

static gboolean
export_deed (Export *export, LanyardCborReader *reader, guint64 *id, GError **error)
{
  g_autoptr (JsonBuilder) builder = new_row ();

  lanyard_cbor_enter_array (reader, 6);
  *id = lanyard_cbor_read_uint (reader, G_MAXINT64);
  add_time (builder, "at", lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64));
  for (guint i = 1; deed_columns[i] != NULL; i++)
    {
      g_autofree char *text = lanyard_cbor_read_text (reader, 1024);

      add_text (builder, deed_columns[i], text);
    }
  return reader->error != NULL || write_row (export, builder, error);
}

static gboolean
export_enrolment (Export *export, LanyardCborReader *reader, guint64 *id, GError **error)
{
  static const char *const words[] = { "venue", "name", "prefix" };
  g_autoptr (JsonBuilder) builder = new_row ();
  g_autofree char *key_hex = NULL;
  guint8 key[LANYARD_PUBLIC_KEY_BYTES];

  lanyard_cbor_enter_array (reader, 8);
  *id = lanyard_cbor_read_uint (reader, G_MAXINT64);
  add_int (builder, "id", (gint64)*id);
  add_int (builder, "device", (gint64)lanyard_cbor_read_uint (reader, G_MAXUINT32));
  add_int (builder, "epoch", (gint64)lanyard_cbor_read_uint (reader, G_MAXUINT32));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);

      add_text (builder, words[i], text);
    }
  lanyard_cbor_read_fixed (reader, key, sizeof key);
  key_hex = lanyard_hex_encode (key, sizeof key);
  add_text (builder, "key", key_hex);
  add_int (builder, "enrolled_us", lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64));
  return reader->error != NULL || write_row (export, builder, error);
}

/* Asks for page after page. @what: "records", "badges", "deeds", "enrolments" */
static gboolean
export_all (Export *export, const char *what, GError **error)
{
  gboolean badges = g_str_equal (what, "badges");
  g_autofree char *serial = g_strdup ("");
  guint64 id = 0;
  gsize n;

  do
    {
      LanyardCborWriter *writer = lanyard_hub_command_request (what, 1);
      g_autoptr (GBytes) answer = NULL;
      LanyardCborReader reader;
      gboolean done = TRUE;

      if (badges)
        lanyard_cbor_write_text (writer, serial);
      else
        lanyard_cbor_write_uint (writer, id);
      answer = lanyard_hub_command_ask (export->console, writer, 1, &reader, error);
      if (answer == NULL)
        return FALSE;
      n = lanyard_cbor_enter_array (&reader, LANYARD_HUB_CONTROL_MAX_ENTRIES);
      for (gsize i = 0; i < n && done && reader.error == NULL; i++)
        {
          if (badges)
            done = export_badge (export, &reader, &serial, error);
          else if (g_str_equal (what, "deeds"))
            done = export_deed (export, &reader, &id, error);
          else if (g_str_equal (what, "enrolments"))
            done = export_enrolment (export, &reader, &id, error);
          else
            done = export_record (export, &reader, &id, error);
        }
      if (!done)
        {
          g_clear_error (&reader.error);
          return FALSE;
        }
      if (!lanyard_hub_command_answered (&reader, error))
        return FALSE;
    }
  while (n > 0);
  return TRUE;
}

static gboolean
note (Export *export, const char *what, const char *path, const char *by, GError **error)
{
  LanyardCborWriter *writer = lanyard_hub_command_request ("deed", 4);
  g_autofree char *subject = g_strdup_printf ("%s to %.200s", what, path);
  g_autofree char *reason = g_strdup_printf ("%" G_GUINT64_FORMAT " rows", export->n_rows);
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;

  lanyard_cbor_write_text (writer, lanyard_hub_command_person (by));
  lanyard_cbor_write_text (writer, "export");
  lanyard_cbor_write_text (writer, subject);
  lanyard_cbor_write_text (writer, reason);
  answer = lanyard_hub_command_ask (export->console, writer, 0, &reader, error);
  return answer != NULL && lanyard_hub_command_answered (&reader, error);
}

static gboolean
choose (Export *export, const char *what, const char *format, const char **pages, GError **error)
{
  static const struct
  {
    const char *what;
    const char *pages;
    const char *const *columns;
  } kinds[] = {
    { "records", "records", record_columns },
    { "pickups", "records", pickup_columns },
    { "badges", "badges", badge_columns },
    { "deeds", "deeds", deed_columns },
    { "enrolments", "enrolments", enrolment_columns },
  };

  export->csv = g_strcmp0 (format, "csv") == 0;
  export->pickups = g_str_equal (what, "pickups");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].what, what))
      {
        *pages = kinds[i].pages;
        export->columns = kinds[i].columns;
      }
  if (export->columns != NULL && (format == NULL || export->csv || g_str_equal (format, "jsonl")))
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "Say records, pickups, badges, deeds or enrolments, and --format csv "
                       "or jsonl.");
  return FALSE;
}

static gboolean
run (const char *what,
     const char *directory,
     const char *format,
     const char *path,
     const char *by,
     GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  LanyardHubOutput output;
  Export export = { 0 };
  const char *pages;
  gboolean done;

  if (!lanyard_hub_command_need (directory, "--dir", error)
      || !choose (&export, what, format, &pages, error))
    return FALSE;
  console = lanyard_hub_console_open (directory, error);
  if (console == NULL)
    return FALSE;
  export.console = console;
  if (!lanyard_hub_output_open (&output, directory, path, error))
    return FALSE;
  export.file = output.file;
  for (guint i = 0; export.csv && export.columns[i] != NULL; i++)
    fprintf (export.file, "%s%s", i > 0 ? "," : "", export.columns[i]);
  if (export.csv)
    fputs ("\r\n", export.file);
  done = export_all (&export, pages, error);
  done = lanyard_hub_output_end (&output, done, error);
  return done && note (&export, what, path == NULL ? "-" : path, by, error);
}

int
lanyard_hub_command_export (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *format = NULL;
  g_autofree char *path = NULL;
  g_autofree char *by = NULL;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format, "csv or jsonl (jsonl)", "WORD" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "file (standard output)", "FILE" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, "who exports (this account)", "NAME" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR records|pickups|badges|deeds|enrolments",
                                 "Writes what the hub keeps, without names. Who exported what, "
                                 "and when, is kept and is itself exported as deeds.",
                                 entries, &argc, &argv, &error)
      && lanyard_hub_command_need (argc == 2 ? argv[1] : NULL, "What to export", &error))
    run (argv[1], directory, format, path, by, &error);
  return lanyard_hub_command_end (error);
}
