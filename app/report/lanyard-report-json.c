/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One JSON object a line. */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-file.h"

#include <json-glib/json-glib.h>

#include "lanyard-void-reason.h"

#define TIME_FORMAT "%Y-%m-%dT%H:%M:%S%:z"

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_row (const LanyardReport *report, JsonBuilder *builder, const LanyardReportRow *row)
{
  const LanyardDayRow *day = row->row;
  g_autofree char *began = lanyard_report_dup_time (report, day->began_us, TIME_FORMAT);
  g_autofree char *changed = lanyard_report_dup_time (report, day->changed_us, TIME_FORMAT);

  json_builder_begin_object (builder);
  add_text (builder, "began", began);
  add_text (builder, "changed", changed);
  add_text (builder, "kind", lanyard_day_kind_to_string (day->kind));
  add_text (builder, "state", lanyard_pickup_state_to_string (day->state));
  add_text (builder, "reason", lanyard_void_reason_to_string (day->void_reason));
  add_text (builder, "number", day->number);
  add_text (builder, "serial", day->serial);
  add_text (builder, "category", day->category);
  add_text (builder, "staff", day->staff);
  add_boolean (builder, "at_hub", !row->waits);
  add_boolean (builder, "several_badges", row->disputed);
  if (report->names)
    add_text (builder, "name", row->name);
  json_builder_end_object (builder);
}

gboolean
lanyard_report_write_json (const LanyardReport *report, GOutputStream *out, GError **error)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (report != NULL && out != NULL, FALSE);

  for (guint i = 0; i < report->rows->len; i++)
    {
      g_autoptr (JsonNode) root = NULL;

      json_builder_reset (builder);
      add_row (report, builder, g_ptr_array_index (report->rows, i));
      root = json_builder_get_root (builder);
      json_generator_set_root (generator, root);
      if (!json_generator_to_stream (generator, out, NULL, error)
          || !g_output_stream_write_all (out, "\n", 1, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}
