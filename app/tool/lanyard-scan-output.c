/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-scan-output.h"

#include "lanyard-charset.h"
#include "lanyard-hash.h"
#include "lanyard-output.h"

static char *
dup_text (const LanyardScan *scan)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (scan->data, &n_bytes);

  return lanyard_charset_dup_text (data, n_bytes, NULL);
}

void
lanyard_scan_output_json (const char *name, const LanyardScan *scan)
{
  JsonBuilder *builder = json_builder_new ();
  g_autofree char *text = dup_text (scan);

  json_builder_begin_object (builder);
  lanyard_output_member (builder, "file", name);
  lanyard_output_member (builder, "symbology", lanyard_symbology_to_string (scan->symbology));
  lanyard_output_member (builder, "text", text);
  if (text == NULL)
    {
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (scan->data, &n_bytes);
      g_autofree char *hex = lanyard_hex_encode (bytes, n_bytes);

      lanyard_output_member (builder, "hex", hex);
    }
  json_builder_set_member_name (builder, "corners");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (scan->corners); i++)
    {
      json_builder_begin_array (builder);
      json_builder_add_double_value (builder, scan->corners[i].x);
      json_builder_add_double_value (builder, scan->corners[i].y);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "ms");
  json_builder_add_double_value (builder, (double)scan->took_us / 1000.0);
  lanyard_output_member (builder, "step", scan->step);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

void
lanyard_scan_output_line (const char *name, const LanyardScan *scan)
{
  g_autofree char *text = dup_text (scan);
  g_autofree char *printable
      = text == NULL ? g_strdup_printf ("%" G_GSIZE_FORMAT " bytes", g_bytes_get_size (scan->data))
                     : lanyard_output_dup_printable (text);
  g_autofree char *shown = lanyard_output_dup_printable (name);

  lanyard_output_progress_end ();
  g_print ("%s: %s: %s\n", shown, lanyard_symbology_to_string (scan->symbology), printable);
}

void
lanyard_scan_output_nothing (const char *name)
{
  g_autofree char *shown = lanyard_output_dup_printable (name);

  lanyard_output_progress_end ();
  g_print ("%s: no code\n", shown);
}

void
lanyard_scan_output_failure (const GError *error)
{
  g_autofree char *shown = lanyard_output_dup_printable (error->message);

  lanyard_output_progress_end ();
  g_printerr ("lanyard: %s\n", shown);
}

static void
trace_json (const char *name, const LanyardCascadeTrace *step)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  lanyard_output_member (builder, "file", name);
  lanyard_output_member (builder, "trace", step->name);
  json_builder_set_member_name (builder, "found");
  json_builder_add_int_value (builder, step->n_found);
  json_builder_set_member_name (builder, "work");
  json_builder_add_int_value (builder, (gint64)step->work);
  json_builder_set_member_name (builder, "ms");
  json_builder_add_double_value (builder, (double)step->took_us / 1000.0);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

void
lanyard_scan_output_trace (const char *name,
                           const LanyardCascadeTrace *trace,
                           guint n_steps,
                           gboolean json)
{
  lanyard_output_progress_end ();
  for (guint i = 0; i < n_steps; i++)
    if (!trace[i].begun)
      continue;
    else if (json)
      trace_json (name, &trace[i]);
    else
      g_print ("  %-14s %s found %u, %8" G_GUINT64_FORMAT " work steps, %8.2f ms\n", trace[i].name,
               trace[i].deep ? "deep" : "    ", trace[i].n_found, trace[i].work,
               (double)trace[i].took_us / 1000.0);
}
