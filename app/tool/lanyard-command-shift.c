/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-clock.h"
#include "lanyard-desk-files.h"
#include "lanyard-output.h"

/* The last close before the present shift. */
typedef struct
{
  GPtrArray *rows; /* owned (nullable) (element-type LanyardShiftRow) */
  gint64 at_us;
} Close;

static void
close_clear (Close *close)
{
  g_clear_pointer (&close->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Close, close_clear)

static gboolean
on_record (const LanyardRecord *record, gpointer user_data)
{
  Close *close = user_data;

  if (record->kind != LANYARD_RECORD_SHIFT_CLOSED)
    return TRUE;
  g_clear_pointer (&close->rows, g_ptr_array_unref);
  close->rows = lanyard_shift_rows_of (record);
  close->at_us = record->wall_us;
  return TRUE;
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_maybe (JsonBuilder *builder, const char *name, gboolean known, gint64 number)
{
  json_builder_set_member_name (builder, name);
  if (known)
    json_builder_add_int_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

/* @row: (nullable): of a close; what is open now has no counter to compare */
static void
add_count (JsonBuilder *builder, const LanyardShiftCount *count, const LanyardShiftRow *row)
{
  LanyardReconciliation result = lanyard_shift_reconcile (count, row != NULL && row->knows_lifetime,
                                                          row != NULL ? row->lifetime : 0);

  json_builder_begin_object (builder);
  lanyard_output_member (builder, "printer", count->printer);
  add_number (builder, "allocated", count->allocated);
  add_number (builder, "confirmed", count->confirmed);
  add_number (builder, "voided", count->voided);
  add_number (builder, "unknown", count->open);
  add_number (builder, "loaded", count->loaded);
  add_number (builder, "spoiled", count->spoiled);
  add_number (builder, "jammed", count->jammed);
  add_maybe (builder, "cards_left", count->knows_left, count->left);
  add_number (builder, "expected", result.expected);
  add_maybe (builder, "counted", result.compared, result.counted);
  if (row != NULL)
    {
      add_maybe (builder, "lifetime", row->knows_lifetime, (gint64)row->lifetime);
      lanyard_output_member (builder, "note", lanyard_shift_note_to_string (row->note));
    }
  json_builder_end_object (builder);
}

static void
print_json (LanyardShift *shift, const Close *close)
{
  JsonBuilder *builder = json_builder_new ();
  GPtrArray *counts = lanyard_shift_get_counts (shift);
  g_autofree char *closed = close->at_us != 0 ? lanyard_clock_format_us (close->at_us) : NULL;

  json_builder_begin_object (builder);
  lanyard_output_member (builder, "closed", closed);
  json_builder_set_member_name (builder, "last");
  json_builder_begin_array (builder);
  for (guint i = 0; close->rows != NULL && i < close->rows->len; i++)
    {
      const LanyardShiftRow *row = g_ptr_array_index (close->rows, i);

      add_count (builder, &row->count, row);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "present");
  json_builder_begin_array (builder);
  for (guint i = 0; i < counts->len; i++)
    add_count (builder, g_ptr_array_index (counts, i), NULL);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
print_count (const LanyardShiftCount *count)
{
  g_autofree char *left
      = count->knows_left ? g_strdup_printf ("%d left", count->left) : g_strdup ("not counted");

  g_print ("  %-12s  %u begun = %u handed out + %u void + %u nobody knows;  "
           "cards: %u put in, %u spoiled, %u lost in jams, %s\n",
           count->printer, count->allocated, count->confirmed, count->voided, count->open,
           count->loaded, count->spoiled, count->jammed, left);
}

static void
print_row (const LanyardShiftRow *row)
{
  LanyardReconciliation result
      = lanyard_shift_reconcile (&row->count, row->knows_lifetime, row->lifetime);
  const char *note = lanyard_shift_note_to_string (row->note);

  print_count (&row->count);
  if (!result.compared)
    g_print ("  %-12s  the printer told no counter\n", "");
  else
    g_print ("  %-12s  %" G_GINT64_FORMAT " came out by the records, %" G_GINT64_FORMAT
             " by the printer%s%s\n",
             "", result.expected, result.counted, note != NULL ? ": " : "",
             note != NULL ? note : "");
}

static void
print_words (LanyardShift *shift, const Close *close)
{
  GPtrArray *counts = lanyard_shift_get_counts (shift);
  g_autofree char *closed = close->at_us != 0 ? lanyard_clock_format_us (close->at_us) : NULL;

  if (closed == NULL)
    g_print ("No shift was closed yet.\n");
  else
    g_print ("Last closed %s:\n", closed);
  for (guint i = 0; close->rows != NULL && i < close->rows->len; i++)
    print_row (g_ptr_array_index (close->rows, i));
  g_print ("Since then:\n");
  for (guint i = 0; i < counts->len; i++)
    print_count (g_ptr_array_index (counts, i));
}

static gboolean
run_shift (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_journal_shift;
  g_autofree char *config_path = NULL;
  g_autofree char *journal_path = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (LanyardJournal) journal = NULL;
  g_auto (Close) close = { 0 };
  LanyardShift *shift;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "journal", 0, 0, G_OPTION_ARG_FILENAME, &journal_path, "A journal.db itself", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "JSON for programs", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (self, args, entries,
                              "The last close of a shift with its counts, and what happened since. "
                              "Reads only; the shift is closed on the staff page.",
                              error)
      || !lanyard_command_require_words (self, words, 0, 0, error))
    return FALSE;
  journal = lanyard_desk_files_open_journal (config_path, journal_path, error);
  if (journal == NULL || !lanyard_journal_foreach (journal, on_record, &close, error))
    return FALSE;
  shift = lanyard_journal_get_shift (journal, error);
  if (shift == NULL)
    return FALSE;
  if (json)
    print_json (shift, &close);
  else
    print_words (shift, &close);
  return TRUE;
}

const LanyardCommand lanyard_command_journal_shift = {
  .name = "journal shift",
  .parameters = "",
  .summary = "Tell what became of badges and cards of a shift",
  .run = run_shift,
};
