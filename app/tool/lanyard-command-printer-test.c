/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-badge.h"
#include "lanyard-clock.h"
#include "lanyard-output.h"
#include "lanyard-printer-choice.h"
#include "lanyard-printers.h"
#include "lanyard-test-badge.h"

#define DEFAULT_LIMIT_S 180
#define MAX_LIMIT_S 3600
#define CR80_WIDTH_MM 85.60
#define CR80_HEIGHT_MM 53.98

/* A test badge under way. */
typedef struct
{
  LanyardPrinterChoice choice;
  char *template; /* owned (nullable): --template */
  char *size;     /* owned (nullable): --size */
  int limit_s;
  gboolean json;
  double width_mm, height_mm;
  guint n_pages;

  GMainLoop *loop; /* owned */
  guint late_id;
  LanyardPrintState state;
  gint64 started_us, taken_us; /* monotonic; 0: not yet */
  GError *error;               /* owned (nullable) */
} Test;

static void
test_clear (Test *test)
{
  lanyard_printer_choice_clear (&test->choice);
  g_free (test->template);
  g_free (test->size);
  g_clear_pointer (&test->loop, g_main_loop_unref);
  g_clear_error (&test->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Test, test_clear)

static gint64
now_us (void)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ());
}

static void
write_report (const Test *test, const LanyardPrintReport *report)
{
  double ms = (double)(now_us () - test->started_us) / 1000.0;
  const char *fault = report->fault != LANYARD_PRINT_FAULT_NONE
                          ? lanyard_print_fault_to_string (report->fault)
                          : NULL;
  JsonBuilder *builder;

  if (!test->json)
    {
      g_print ("%9.1f ms  %-10s %s%s%s\n", ms, lanyard_print_state_to_string (report->state),
               fault != NULL ? fault : "", report->detail != NULL ? "  " : "",
               report->detail != NULL ? report->detail : "");
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ms");
  json_builder_add_double_value (builder, ms);
  lanyard_output_member (builder, "serial", report->serial);
  lanyard_output_member (builder, "state", lanyard_print_state_to_string (report->state));
  lanyard_output_member (builder, "fault", fault);
  lanyard_output_member (builder, "job", report->job);
  lanyard_output_member (builder, "detail", report->detail);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
on_report (LanyardPrinter *printer, const LanyardPrintReport *report, gpointer user_data)
{
  Test *test = user_data;

  write_report (test, report);
  test->state = report->state;
  if (report->state == LANYARD_PRINT_SPOOLED)
    test->taken_us = now_us ();
  switch (report->state)
    {
    case LANYARD_PRINT_FAILED:
      g_set_error (&test->error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                   "The test badge was not printed: %s",
                   report->detail != NULL ? report->detail
                                          : lanyard_print_fault_to_string (report->fault));
      break;
    case LANYARD_PRINT_ENDED:
    case LANYARD_PRINT_LOST:
      g_set_error (&test->error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                   "Nobody knows whether the test badge came out (%s); look into the tray.",
                   lanyard_print_state_to_string (report->state));
      break;
    case LANYARD_PRINT_COMPLETED:
      break;
    case LANYARD_PRINT_SPOOLED:
    case LANYARD_PRINT_PROCESSING:
    case LANYARD_PRINT_STOPPED:
    default:
      return;
    }
  g_main_loop_quit (test->loop);
}

static gboolean
on_late (gpointer user_data)
{
  Test *test = user_data;

  test->late_id = 0;
  g_set_error (&test->error, LANYARD_ERROR, LANYARD_ERROR_STATE,
               "The printer was not done with the test badge in %d s: it is %s. Its job may still "
               "be printed.",
               test->limit_s,
               test->state != 0 ? lanyard_print_state_to_string (test->state) : "silent");
  g_main_loop_quit (test->loop);
  return G_SOURCE_REMOVE;
}

/* Size of the template that was named, or of the first there is. */
static gboolean
take_template (Test *test, GError **error)
{
  LanyardPack *pack = test->choice.pack;
  GPtrArray *names = lanyard_pack_get_template_names (pack);
  const char *name = test->template != NULL ? test->template : g_ptr_array_index (names, 0);
  g_autoptr (GBytes) svg = lanyard_pack_dup_template_named (pack, name, error);
  g_autoptr (LanyardBadge) badge = svg != NULL ? lanyard_badge_new (svg, pack, error) : NULL;

  if (badge == NULL)
    return FALSE;
  test->width_mm = lanyard_badge_get_width_mm (badge);
  test->height_mm = lanyard_badge_get_height_mm (badge);
  test->n_pages = lanyard_badge_get_n_pages (badge);
  return TRUE;
}

static gboolean
take_size (Test *test, GError **error)
{
  char *end;

  test->width_mm = CR80_WIDTH_MM;
  test->height_mm = CR80_HEIGHT_MM;
  test->n_pages = 1;
  if (test->size == NULL)
    return test->choice.pack == NULL || take_template (test, error);
  test->width_mm = g_ascii_strtod (test->size, &end);
  test->height_mm = *end == 'x' ? g_ascii_strtod (end + 1, &end) : 0;
  if (*end == '\0' && test->width_mm >= 25 && test->width_mm <= 400 && test->height_mm >= 25
      && test->height_mm <= 400)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "--size must be WIDTHxHEIGHT in mm, each from 25 to 400, such as 85.6x53.98.");
  return FALSE;
}

static const char *
get_uri (const Test *test)
{
  const char *uri = lanyard_printer_choice_get_uri (&test->choice);

  return uri != NULL ? uri : test->choice.config->printer_uri;
}

static void
print_advice (const Test *test)
{
  if (test->json)
    return;
  if (test->taken_us > 0 && now_us () - test->taken_us < G_USEC_PER_SEC)
    g_print ("It said so within a second: that is too fast for a card, so that its word counts for "
             "little.\n");
  g_print ("Hold a ruler to it: the line is %.0f mm long. The outermost frame lies on the edge; of "
           "what is missing the printer has margins. Scan its QR.\n",
           lanyard_test_badge_get_ruler_mm (test->width_mm));
}

static gboolean
print_badge (Test *test, GError **error)
{
  g_autoptr (LanyardPrinter) printer = lanyard_printer_open (get_uri (test), error);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *serial = g_date_time_format (now, "TEST-%Y%m%d-%H%M%S");
  LanyardPrintJob *job;

  if (printer == NULL)
    return FALSE;
  job = lanyard_test_badge_new (serial, test->width_mm, test->height_mm, test->n_pages, error);
  if (job == NULL)
    return FALSE;
  test->loop = g_main_loop_new (NULL, FALSE);
  test->started_us = now_us ();
  g_signal_connect (printer, "report", G_CALLBACK (on_report), test);
  test->late_id = g_timeout_add_seconds ((guint)test->limit_s, on_late, test);
  lanyard_printer_submit (printer, job);
  g_main_loop_run (test->loop);
  g_clear_handle_id (&test->late_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (printer, test);
  if (test->error == NULL)
    {
      print_advice (test);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&test->error));
  return FALSE;
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_printer_test;
  g_auto (Test) test = { .limit_s = DEFAULT_LIMIT_S };
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &test.choice.config_path, "Printer and pack of a desk",
      "FILE" },
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &test.choice.pack_dir, "Templates of this pack", "DIR" },
    { "template", 0, 0, G_OPTION_ARG_STRING, &test.template, "Of the size of this template",
      "NAME" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &test.size, "Of this size in mm", "WIDTHxHEIGHT" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &test.limit_s, "Seconds to follow it; 180", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &test.json, "One JSON object a report and line", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &test.choice.words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (self, args, entries,
                              "Prints one test badge and follows it until the printer says that "
                              "it is done. Uses up one card.",
                              error)
      || !lanyard_printer_choice_load (&test.choice, self, error))
    return FALSE;
  if (test.limit_s < 1 || test.limit_s > MAX_LIMIT_S)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "--limit must be from 1 to %d.",
                   MAX_LIMIT_S);
      return FALSE;
    }
  return take_size (&test, error) && print_badge (&test, error);
}

const LanyardCommand lanyard_command_printer_test = {
  .name = "printer test",
  .parameters = "[URI]",
  .summary = "Print a test badge and follow it",
  .run = run,
};
