/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-clock.h"
#include "lanyard-desk-files.h"
#include "lanyard-output.h"
#include "lanyard-record-json.h"

/* What the three commands have in common. */
typedef struct
{
  LanyardJournal *journal; /* owned */
  gboolean json;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->journal, lanyard_journal_close);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
open_journal (const LanyardCommand *self, char **args, Reading *reading, GError **error)
{
  g_autofree char *config_path = NULL;
  g_autofree char *journal_path = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "journal", 0, 0, G_OPTION_ARG_FILENAME, &journal_path, "A journal.db itself", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &reading->json, "JSON for programs", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (
          self, args, entries,
          "Reads only. A kiosk that runs holds its journal for itself alone: end "
          "it first, or copy the journal.",
          error)
      || !lanyard_command_require_words (self, words, 0, 0, error))
    return FALSE;
  reading->journal = lanyard_desk_files_open_journal (config_path, journal_path, error);
  return reading->journal != NULL;
}

static gboolean
on_list_record (const LanyardRecord *record, gpointer user_data)
{
  const Reading *reading = user_data;
  g_autofree char *kind = NULL;
  g_autofree char *at = NULL;
  g_autofree char *body = NULL;

  if (reading->json)
    {
      JsonBuilder *builder = json_builder_new ();

      lanyard_record_add_json (record, builder, FALSE);
      lanyard_output_json (builder);
      return TRUE;
    }
  kind = lanyard_record_dup_kind_name (record);
  at = lanyard_clock_format_us (record->wall_us);
  body = lanyard_record_describe_body (record);
  g_print ("%u/%u/%-5" G_GUINT64_FORMAT " %s  %-9s %-14s %-16s %s\n", record->device, record->epoch,
           record->seq, at, kind, record->accreditation != NULL ? record->accreditation : "-",
           record->serial != NULL ? record->serial : "-", body);
  return TRUE;
}

static gboolean
on_export_record (const LanyardRecord *record, gpointer user_data)
{
  JsonBuilder *builder = json_builder_new ();

  lanyard_record_add_json (record, builder, TRUE);
  lanyard_output_json (builder);
  return TRUE;
}

static gboolean
run_list (char **args, GError **error)
{
  g_auto (Reading) reading = { 0 };

  return open_journal (&lanyard_command_journal_list, args, &reading, error)
         && lanyard_journal_foreach (reading.journal, on_list_record, &reading, error);
}

static gboolean
run_export (char **args, GError **error)
{
  g_auto (Reading) reading = { 0 };

  return open_journal (&lanyard_command_journal_export, args, &reading, error)
         && lanyard_journal_foreach (reading.journal, on_export_record, &reading, error);
}

static void
print_verified (const Reading *reading, guint64 n_records)
{
  g_auto (LanyardIdentity) identity = { 0 };
  LanyardOutbox outbox = { 0 };
  LanyardHash head;
  g_autofree char *hex = NULL;
  JsonBuilder *builder;

  lanyard_journal_get_identity (reading->journal, &identity);
  lanyard_journal_get_outbox (reading->journal, &outbox);
  lanyard_journal_get_head_hash (reading->journal, &head);
  hex = lanyard_hex_encode (head.bytes, LANYARD_HASH_BYTES);
  if (!reading->json)
    {
      g_print ("The chain holds: %" G_GUINT64_FORMAT " records, desk %u epoch %u, head %s, "
               "%" G_GUINT64_FORMAT " not yet at the hub.\n",
               n_records, identity.device, identity.epoch, hex, outbox.pending);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "holds");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "records");
  json_builder_add_int_value (builder, (gint64)n_records);
  json_builder_set_member_name (builder, "device");
  json_builder_add_int_value (builder, identity.device);
  json_builder_set_member_name (builder, "epoch");
  json_builder_add_int_value (builder, identity.epoch);
  lanyard_output_member (builder, "event", identity.event);
  lanyard_output_member (builder, "head", hex);
  json_builder_set_member_name (builder, "pending");
  json_builder_add_int_value (builder, (gint64)outbox.pending);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static gboolean
run_verify (char **args, GError **error)
{
  g_auto (Reading) reading = { 0 };
  guint64 n_records = 0;

  if (!open_journal (&lanyard_command_journal_verify, args, &reading, error)
      || !lanyard_journal_verify (reading.journal, &n_records, error))
    return FALSE;
  print_verified (&reading, n_records);
  return TRUE;
}

const LanyardCommand lanyard_command_journal_list = {
  .name = "journal list",
  .parameters = "",
  .summary = "List what a desk recorded",
  .run = run_list,
};

const LanyardCommand lanyard_command_journal_verify = {
  .name = "journal verify",
  .parameters = "",
  .summary = "Recompute every hash of a desk's journal",
  .run = run_verify,
};

const LanyardCommand lanyard_command_journal_export = {
  .name = "journal export",
  .parameters = "",
  .summary = "Write all records as JSON lines with their exact bytes",
  .run = run_export,
};
