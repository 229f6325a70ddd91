/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A closed shift for programs, and the signature of its files. */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-shift.h"

#include <json-glib/json-glib.h>

#include "lanyard-signed-files.h"

#define TIME_FORMAT "%Y-%m-%dT%H:%M:%S%:z"

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder, const char *name, gboolean known, gint64 number)
{
  json_builder_set_member_name (builder, name);
  if (known)
    json_builder_add_int_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

static void
add_time (const LanyardReport *report, JsonBuilder *builder, const char *name, gint64 at_us)
{
  g_autofree char *text = lanyard_report_dup_time (report, at_us, TIME_FORMAT);

  add_text (builder, name, text);
}

static void
add_record (JsonBuilder *builder, const char *name, const LanyardShiftRecord *record)
{
  g_autofree char *hash = lanyard_hex_encode (record->hash.bytes, LANYARD_HASH_BYTES);

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_number (builder, "device", TRUE, record->device);
  add_number (builder, "epoch", TRUE, record->epoch);
  add_number (builder, "seq", TRUE, (gint64)record->seq);
  add_text (builder, "hash", hash);
  json_builder_end_object (builder);
}

static void
add_printer (JsonBuilder *builder, const LanyardShiftSummaryRow *row)
{
  const LanyardShiftCount *count = &row->row->count;
  LanyardReconciliation result
      = lanyard_shift_reconcile (count, row->row->knows_lifetime, row->row->lifetime);

  json_builder_begin_object (builder);
  add_text (builder, "printer", count->printer);
  add_number (builder, "allocated", TRUE, count->allocated);
  add_number (builder, "confirmed", TRUE, count->confirmed);
  add_number (builder, "voided", TRUE, count->voided);
  add_number (builder, "unknown", TRUE, count->open);
  add_number (builder, "cards_first", row->knows_first, row->first);
  add_number (builder, "loaded", TRUE, count->loaded);
  add_number (builder, "handed", TRUE, count->handed);
  add_number (builder, "spoiled", TRUE, count->spoiled);
  add_number (builder, "jammed", TRUE, count->jammed);
  add_number (builder, "corrected", TRUE, row->corrected);
  add_number (builder, "cards_left", count->knows_left, count->left);
  add_number (builder, "expected", TRUE, result.expected);
  add_number (builder, "counted", result.compared, result.counted);
  add_number (builder, "difference", result.compared, result.difference);
  add_text (builder, "note", lanyard_shift_note_to_string (row->row->note));
  json_builder_end_object (builder);
}

static void
add_members (const LanyardReport *report, JsonBuilder *builder)
{
  const LanyardShiftSummary *shift = report->shift;

  add_text (builder, "event", report->event);
  add_text (builder, "venue", report->venue);
  add_text (builder, "desk", report->desk);
  add_number (builder, "device", TRUE, report->device);
  add_time (report, builder, "began", shift->began_us);
  add_time (report, builder, "closed", shift->closed_us);
  add_text (builder, "closed_by", shift->staff);
  add_time (report, builder, "made", report->made_us);
  add_text (builder, "made_by", report->staff);
  json_builder_set_member_name (builder, "printers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < shift->rows->len; i++)
    add_printer (builder, g_ptr_array_index (shift->rows, i));
  json_builder_end_array (builder);
  add_number (builder, "unknown_prints", TRUE, lanyard_shift_summary_count_open (shift));
  add_number (builder, "several_badges", TRUE, report->disputed);
  add_number (builder, "waiting_to_be_sent", TRUE, report->waiting);
  add_number (builder, "records", TRUE, (gint64)shift->n_records);
  add_record (builder, "first_record", &shift->first);
  add_record (builder, "last_record", &shift->last);
}

GBytes *
lanyard_report_shift_make_json (const LanyardReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gsize n_bytes;

  g_return_val_if_fail (report != NULL && report->shift != NULL, NULL);

  json_builder_begin_object (builder);
  add_members (report, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &n_bytes);
  return g_bytes_new (text, n_bytes);
}

GBytes *
lanyard_report_shift_make_signature (const LanyardReport *report,
                                     const char *pdf_name,
                                     GBytes *pdf,
                                     const char *json_name,
                                     GBytes *json)
{
  g_autoptr (LanyardSignedFiles) files = NULL;

  g_return_val_if_fail (report != NULL && report->key != NULL, NULL);

  files = lanyard_signed_files_new (report->device, report->epoch, report->made_us);
  lanyard_signed_files_add (files, pdf_name, pdf);
  lanyard_signed_files_add (files, json_name, json);
  return lanyard_signed_files_sign (files, report->key);
}
