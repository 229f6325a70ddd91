/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-mono-raster.h"
#include "lanyard-page-marks.h"
#include "print-stage.h"
#include "zpl-machine.h"

#define WIDTH_MM 50.0
#define HEIGHT_MM 30.0

/* A page whose photo is noise, so that it makes a long label. */
static cairo_surface_t *
draw_page (void)
{
  cairo_rectangle_t extents = { 0, 0, WIDTH_MM, HEIGHT_MM };
  cairo_surface_t *page = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  LanyardPagePhoto photo = { 11, 1, 38, 28 };
  GRand *random = g_rand_new_with_seed (7);
  cairo_t *cr = cairo_create (page);

  cairo_rectangle (cr, 0, 0, 10, 10);
  cairo_fill (cr);
  for (guint i = 0; i < 38 * 28; i++)
    {
      double grey = g_rand_double (random);

      cairo_set_source_rgb (cr, grey, grey, grey);
      cairo_rectangle (cr, 11 + i % 38, 1 + i / 38, 1, 1);
      cairo_fill (cr);
    }
  lanyard_page_mark_photo (cr, &photo);
  g_rand_free (random);
  cairo_destroy (cr);
  return page;
}

static LanyardPrintJob *
make_job (const char *serial)
{
  LanyardPrintJob *job = g_new0 (LanyardPrintJob, 1);

  job->serial = g_strdup (serial);
  job->pdf = g_bytes_new_static ("%PDF", 4);
  job->width_mm = WIDTH_MM;
  job->height_mm = HEIGHT_MM;
  job->n_pages = 1;
  job->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  g_ptr_array_add (job->pages, draw_page ());
  return job;
}

static PrintStage *
open_stage (ZplMachine *machine, const char *query)
{
  g_autofree char *uri = zpl_machine_dup_uri (machine, query);

  return print_stage_new_zpl (uri, &print_stage_zpl_limits);
}

static void
set_status (ZplMachine *machine, gboolean head_open, gboolean paper_out)
{
  LanyardZplStatus status = { .head_open = head_open, .paper_out = paper_out, .print_mode = 2 };

  zpl_machine_set_status (machine, &status);
}

static void
assert_states (PrintStage *stage, const char *serial, const char *expected)
{
  g_autofree char *states = print_stage_states (stage, serial);

  g_assert_cmpstr (states, ==, expected);
}

/* What came out is what was meant, dot by dot. */
static void
assert_printed (ZplMachine *machine, guint i, const char *serial, double dpi)
{
  const LanyardMonoSheet sheet = { dpi, WIDTH_MM, HEIGHT_MM, FALSE };
  cairo_surface_t *page = draw_page ();
  g_autoptr (LanyardMonoRaster) meant
      = lanyard_mono_raster_new (page, WIDTH_MM, HEIGHT_MM, &sheet, NULL);
  const ZplLabel *label = zpl_machine_get (machine, i);

  cairo_surface_destroy (page);
  g_assert_nonnull (label);
  g_assert_cmpstr (label->comment, ==, serial);
  g_assert_cmpuint (label->copies, ==, 1);
  g_assert_cmpuint (label->raster->width, ==, meant->width);
  g_assert_cmpuint (label->raster->height, ==, meant->height);
  g_assert_cmpmem (label->raster->bytes, (gsize)label->raster->row_bytes * label->raster->height,
                   meant->bytes, (gsize)meant->row_bytes * meant->height);
}

typedef struct
{
  const char *label, *query;
  double dpi;
  guint dots_per_mm;
  gboolean device;
  ZplMischief mischief;
} GoodCase;

static const GoodCase good_cases[] = {
  { "203", "dpi=203", 203.2, 8, FALSE, ZPL_MISCHIEF_NONE },
  { "300", "dpi=300&width=50&height=30", 300, 12, FALSE, ZPL_MISCHIEF_NONE },
  { "600", "dpi=600", 600, 24, FALSE, ZPL_MISCHIEF_NONE },
  { "z64", "dpi=203&coding=z64", 203.2, 8, FALSE, ZPL_MISCHIEF_NONE },
  { "device", "dpi=203", 203.2, 8, TRUE, ZPL_MISCHIEF_NONE },
  { "device-300", "dpi=300", 300, 12, TRUE, ZPL_MISCHIEF_NONE },
  { "slow", "dpi=203", 203.2, 8, FALSE, ZPL_MISCHIEF_SLOW },
  { "imitation", "dpi=203", 203.2, 0, FALSE, ZPL_MISCHIEF_NO_IDENTITY },
  { "chatter", "dpi=203", 203.2, 8, FALSE, ZPL_MISCHIEF_CHATTER },
};

static void
test_good (gconstpointer data)
{
  const GoodCase *c = data;
  g_autoptr (ZplMachine) machine
      = c->device ? zpl_machine_new_device (c->dots_per_mm) : zpl_machine_new (c->dots_per_mm);
  g_autoptr (PrintStage) stage = open_stage (machine, c->query);
  const LanyardPrintReport *report;

  zpl_machine_set_mischief (machine, c->mischief);
  zpl_machine_set_eager (machine, FALSE);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  report = print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_SPOOLED);
  g_assert_null (report->job);
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_PROCESSING);
  g_assert_cmpuint (zpl_machine_count (machine), ==, 0);
  zpl_machine_print (machine);
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_COMPLETED);
  assert_states (stage, "K0471-000001A", "spooled processing completed");
  assert_printed (machine, 0, "K0471-000001A", c->dpi);
}

/* Gone before anybody looked: it still has to say so only once it must be true. */
static void
test_quick (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");

  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_COMPLETED);
  assert_states (stage, "K0471-000001A", "spooled completed");
  lanyard_printer_submit (stage->printer, make_job ("K0471-000002B"));
  print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_COMPLETED);
  g_assert_cmpuint (zpl_machine_count (machine), ==, 2);
}

static void
test_faults_in_the_middle (void)
{
  static const struct
  {
    LanyardZplStatus status;
    LanyardPrintFault fault;
    const char *states;
  } cases[] = {
    { { .paper_out = TRUE },
      LANYARD_PRINT_FAULT_MEDIA_EMPTY,
      "spooled processing stopped(media-empty) processing completed" },
    { { .head_open = TRUE },
      LANYARD_PRINT_FAULT_COVER_OPEN,
      "spooled processing stopped(cover-open) processing completed" },
    { { .paused = TRUE },
      LANYARD_PRINT_FAULT_PAUSED,
      "spooled processing stopped(paused) processing completed" },
    { { .ribbon_out = TRUE, .thermal_transfer = TRUE },
      LANYARD_PRINT_FAULT_RIBBON,
      "spooled processing stopped(ribbon) processing completed" },
  };
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");

  zpl_machine_set_eager (machine, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *serial = g_strdup_printf ("K0471-00000%u", i);

      lanyard_printer_submit (stage->printer, make_job (serial));
      print_stage_wait (stage, serial, LANYARD_PRINT_PROCESSING);
      zpl_machine_set_status (machine, &cases[i].status);
      g_assert_cmpint (print_stage_wait (stage, serial, LANYARD_PRINT_STOPPED)->fault, ==,
                       cases[i].fault);
      print_stage_wait_fault (stage, cases[i].fault);
      set_status (machine, FALSE, FALSE);
      print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_NONE);
      zpl_machine_print (machine);
      print_stage_wait (stage, serial, LANYARD_PRINT_COMPLETED);
      assert_states (stage, serial, cases[i].states);
      g_assert_cmpuint (zpl_machine_count_serial (machine, serial), ==, 1);
    }
}

/* A printer with a fault gets nothing, so that nothing comes out of it unasked when it is mended;
 * and because that is certain the same serial may go there again. */
static void
test_fault_before (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");
  const LanyardPrintReport *report;

  set_status (machine, TRUE, TRUE);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  report = print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_FAILED);
  g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_COVER_OPEN);
  g_assert_nonnull (strstr (report->detail, "head-open media-out"));
  g_assert_cmpuint (zpl_machine_count_serial (machine, "K0471-000001A"), ==, 0);
  set_status (machine, FALSE, FALSE);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_COMPLETED);
  g_assert_cmpuint (zpl_machine_count_serial (machine, "K0471-000001A"), ==, 1);
}

/* Some printers say nothing while the head is open, except when they are asked for errors. */
static void
test_silent_fault (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");

  set_status (machine, TRUE, FALSE);
  zpl_machine_set_mischief (machine, ZPL_MISCHIEF_SILENT);
  lanyard_printer_watch (stage->printer);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_COVER_OPEN);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  g_assert_cmpint (print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_FAILED)->fault, ==,
                   LANYARD_PRINT_FAULT_COVER_OPEN);
}

typedef struct
{
  const char *label;
  ZplMischief mischief;
  LanyardPrintFault fault;
  const char *words;
} HostileCase;

static const HostileCase hostile_cases[] = {
  { "mute", ZPL_MISCHIEF_MUTE, LANYARD_PRINT_FAULT_OFFLINE, "does not answer in time" },
  { "garbage", ZPL_MISCHIEF_GARBAGE, LANYARD_PRINT_FAULT_OFFLINE, "does not answer in time" },
  { "endless", ZPL_MISCHIEF_ENDLESS, LANYARD_PRINT_FAULT_OTHER, "does not stop answering" },
  { "nonsense", ZPL_MISCHIEF_NONSENSE, LANYARD_PRINT_FAULT_OTHER, "makes no sense" },
};

/* Whoever does not say how it is gets no badge. */
static void
test_hostile (gconstpointer data)
{
  const HostileCase *c = data;
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");
  const LanyardPrintReport *report;

  zpl_machine_set_mischief (machine, c->mischief);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  report = print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_FAILED);
  g_assert_cmpint (report->fault, ==, c->fault);
  g_assert_nonnull (strstr (report->detail, c->words));
  g_assert_cmpuint (zpl_machine_count_serial (machine, "K0471-000001A"), ==, 0);
  lanyard_printer_watch (stage->printer);
  print_stage_wait_fault (stage, c->fault);
  zpl_machine_set_mischief (machine, ZPL_MISCHIEF_NONE);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_NONE);
}

static void
test_wrong_resolution (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (12);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");
  const LanyardPrintReport *report;

  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  report = print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_FAILED);
  g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_REJECTED);
  g_assert_nonnull (strstr (report->detail, "12 dots per mm"));
  g_assert_cmpuint (zpl_machine_count_serial (machine, "K0471-000001A"), ==, 0);
}

static void
test_wrong_size (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203&width=100&height=150");

  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  g_assert_cmpint (print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_FAILED)->fault, ==,
                   LANYARD_PRINT_FAULT_REJECTED);
  g_assert_cmpuint (zpl_machine_count_asked (machine), ==, 0);
}

typedef struct
{
  const char *label;
  gboolean device;
  ZplMischief mischief;
  guint n_printed;
  gboolean fine; /* at 600 dpi: more than a terminal holds on its way */
} CutCase;

/* Whatever of a badge was on its way: it is lost, asked about, and never sent again. */
static const CutCase cut_cases[] = {
  { "before", FALSE, ZPL_MISCHIEF_CUT_BEFORE, 0 },
  { "within", FALSE, ZPL_MISCHIEF_CUT_WITHIN, 0 },
  { "after", FALSE, ZPL_MISCHIEF_CUT_AFTER, 1 },
  { "stuck", FALSE, ZPL_MISCHIEF_STUCK, 0 },
  { "device-within", TRUE, ZPL_MISCHIEF_CUT_WITHIN, 0 },
  { "device-after", TRUE, ZPL_MISCHIEF_CUT_AFTER, 1 },
  { "device-stuck", TRUE, ZPL_MISCHIEF_STUCK, 0, FALSE },
  { "device-stuck-within", TRUE, ZPL_MISCHIEF_STUCK, 0, TRUE },
};

static void
test_cut (gconstpointer data)
{
  const CutCase *c = data;
  guint dots_per_mm = c->fine ? 24 : 8;
  g_autoptr (ZplMachine) machine
      = c->device ? zpl_machine_new_device (dots_per_mm) : zpl_machine_new (dots_per_mm);
  g_autoptr (PrintStage) stage = open_stage (machine, c->fine ? "dpi=600" : "dpi=203");

  zpl_machine_set_mischief (machine, c->mischief);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_LOST);
  assert_states (stage, "K0471-000001A", "lost");
  g_assert_cmpuint (zpl_machine_count_serial (machine, "K0471-000001A"), ==, c->n_printed);
  /* Not even when it is asked for. */
  g_test_expect_message ("lanyard-print", G_LOG_LEVEL_CRITICAL, "*K0471-000001A*not sent again*");
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  g_test_assert_expected_messages ();
  zpl_machine_set_mischief (machine, ZPL_MISCHIEF_NONE);
  print_stage_run (stage, 200);
  g_assert_cmpuint (zpl_machine_count_serial (machine, "K0471-000001A"), ==, c->n_printed);
}

/* A label that has begun and never ends swallows the next one, unless it is dropped. */
static void
test_left_over (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");

  zpl_machine_leave_partial (machine);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_COMPLETED);
  assert_printed (machine, 0, "K0471-000001A", 203.2);
}

/* Off and on again: its memory is gone, and with it what would have come out. */
static void
test_power_cut (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");

  zpl_machine_set_eager (machine, FALSE);
  lanyard_printer_watch (stage->printer);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_PROCESSING);
  zpl_machine_switch_off (machine);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_OFFLINE);
  zpl_machine_switch_on (machine);
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_LOST);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_NONE);
  g_assert_cmpuint (zpl_machine_count (machine), ==, 0);
}

static void
test_switched_off (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");
  const LanyardPrintReport *report;

  zpl_machine_set_eager (machine, FALSE);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_PROCESSING);
  zpl_machine_switch_off (machine);
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_LOST);
  assert_states (stage, "K0471-000001A", "spooled processing stopped(offline) lost");
  lanyard_printer_submit (stage->printer, make_job ("K0471-000002B"));
  report = print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_FAILED);
  g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_OFFLINE);
  g_assert_nonnull (strstr (report->detail, "cannot be reached"));
}

static void
test_device_away (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new_device (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");

  zpl_machine_set_eager (machine, FALSE);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_PROCESSING);
  zpl_machine_switch_off (machine);
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_LOST);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000002B"));
  g_assert_cmpint (print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_FAILED)->fault, ==,
                   LANYARD_PRINT_FAULT_OFFLINE);
}

/* A file that somebody took for a printer keeps what is in it. */
static void
test_no_device (void)
{
  g_autofree char *path = NULL, *uri = NULL, *text = NULL;
  g_autoptr (PrintStage) stage = NULL;
  const LanyardPrintReport *report;
  int fd = g_file_open_tmp ("lanyard-zpl-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  uri = g_strdup_printf ("zpl://%s?dpi=203", path);
  stage = print_stage_new_zpl (uri, &print_stage_zpl_limits);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  report = print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_FAILED);
  g_assert_nonnull (strstr (report->detail, "is no device"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "");
  unlink (path);
}

static void
test_cancelled (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");

  zpl_machine_set_eager (machine, FALSE);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_PROCESSING);
  lanyard_printer_cancel (stage->printer, "K0471-000001A", NULL);
  /* The next one comes after the drop, over the same line. */
  lanyard_printer_submit (stage->printer, make_job ("K0471-000002B"));
  print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_PROCESSING);
  zpl_machine_print (machine);
  print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_COMPLETED);
  g_assert_cmpuint (zpl_machine_count_serial (machine, "K0471-000001A"), ==, 0);
  g_assert_cmpuint (zpl_machine_count_serial (machine, "K0471-000002B"), ==, 1);
}

static void
test_ask (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");

  lanyard_printer_ask (stage->printer, "K0471-000001A", NULL);
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_LOST);
  /* What was asked about has been sent: it is not sent again. */
  g_test_expect_message ("lanyard-print", G_LOG_LEVEL_CRITICAL, "*K0471-000001A*not sent again*");
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  g_test_assert_expected_messages ();
  print_stage_run (stage, 100);
  g_assert_cmpuint (zpl_machine_count (machine), ==, 0);
}

static void
test_condition (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autoptr (PrintStage) stage = open_stage (machine, "dpi=203");
  g_autoptr (LanyardPrinterCondition) fresh = NULL, open = NULL, off = NULL;

  lanyard_printer_watch (stage->printer);
  print_stage_wait_counter (stage, 0);
  fresh = lanyard_printer_dup_condition (stage->printer);
  g_assert_true (fresh->answers && fresh->accepting && !fresh->stopped);
  g_assert_cmpstr (fresh->make_and_model, ==, "ZT0-TEST ZPL V1.2.3");
  g_assert_cmpint (lanyard_printer_condition_get_counter (fresh, 1), ==, 0);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_COMPLETED);
  print_stage_wait_counter (stage, 1);
  set_status (machine, TRUE, TRUE);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_COVER_OPEN);
  open = lanyard_printer_dup_condition (stage->printer);
  g_assert_cmpuint (open->n_faults, ==, 2);
  g_assert_cmpint (open->faults[1], ==, LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  g_assert_true (open->stopped);
  zpl_machine_switch_off (machine);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_OFFLINE);
  off = lanyard_printer_dup_condition (stage->printer);
  g_assert_false (off->answers);
  /* What is known of it stays known. */
  g_assert_cmpint (lanyard_printer_condition_get_counter (off, 1), ==, 1);
  g_assert_cmpstr (off->make_and_model, ==, "ZT0-TEST ZPL V1.2.3");
}

/* Whoever closes the desk must not wait for a printer. */
static void
test_close_while_asking (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autofree char *uri = zpl_machine_dup_uri (machine, "dpi=203");
  const LanyardZplLimits patient = { .request_ms = 60 * 1000 };
  PrintStage *stage = print_stage_new_zpl (uri, &patient);
  gint64 start_us = g_get_monotonic_time ();

  zpl_machine_set_mischief (machine, ZPL_MISCHIEF_MUTE);
  lanyard_printer_submit (stage->printer, make_job ("K0471-000001A"));
  while (zpl_machine_count_asked (machine) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time () - start_us, <, 20 * G_USEC_PER_SEC);
      g_usleep (1000);
    }
  start_us = g_get_monotonic_time ();
  print_stage_free (stage);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 2 * G_USEC_PER_SEC);
}

static void
add_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/zpl-printer/good/%s", good_cases[i].label);

      g_test_add_data_func (path, &good_cases[i], test_good);
    }
  for (guint i = 0; i < G_N_ELEMENTS (hostile_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/zpl-printer/hostile/%s", hostile_cases[i].label);

      g_test_add_data_func (path, &hostile_cases[i], test_hostile);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cut_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/zpl-printer/cut/%s", cut_cases[i].label);

      g_test_add_data_func (path, &cut_cases[i], test_cut);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_cases ();
  g_test_add_func ("/zpl-printer/quick", test_quick);
  g_test_add_func ("/zpl-printer/faults-in-the-middle", test_faults_in_the_middle);
  g_test_add_func ("/zpl-printer/fault-before", test_fault_before);
  g_test_add_func ("/zpl-printer/silent-fault", test_silent_fault);
  g_test_add_func ("/zpl-printer/wrong-resolution", test_wrong_resolution);
  g_test_add_func ("/zpl-printer/wrong-size", test_wrong_size);
  g_test_add_func ("/zpl-printer/left-over", test_left_over);
  g_test_add_func ("/zpl-printer/power-cut", test_power_cut);
  g_test_add_func ("/zpl-printer/switched-off", test_switched_off);
  g_test_add_func ("/zpl-printer/device-away", test_device_away);
  g_test_add_func ("/zpl-printer/no-device", test_no_device);
  g_test_add_func ("/zpl-printer/cancelled", test_cancelled);
  g_test_add_func ("/zpl-printer/ask", test_ask);
  g_test_add_func ("/zpl-printer/condition", test_condition);
  g_test_add_func ("/zpl-printer/close-while-asking", test_close_while_asking);
  return g_test_run ();
}
