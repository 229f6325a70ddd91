/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include <cups/raster.h>

#include "lanyard-error.h"
#include "lanyard-printers.h"
#include "loopback.h"
#include "print-stage.h"

/* One of each serves all tests: starting one takes a second. */
static Loopback *pdf_printer, *raster_printer;

static Loopback *
get_printer (Loopback **printer, const char *formats)
{
  if (*printer == NULL)
    *printer = loopback_new (formats, NULL);
  if (*printer != NULL)
    loopback_behave (*printer, "true");
  return *printer;
}

static Loopback *
get_pdf_printer (void)
{
  return get_printer (&pdf_printer, "application/pdf");
}

static Loopback *
get_raster_printer (void)
{
  return get_printer (&raster_printer, "image/pwg-raster");
}

static void
print_pdf (const char *serial, double width_mm, double height_mm, const char *x, const char *y)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) sent = NULL, printed = NULL;
  g_autofree char *media = NULL, *states = NULL;
  LanyardPrintJob *job;

  if (loopback == NULL)
    return;
  loopback_behave (loopback, "wait");
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  job = print_stage_job (serial, width_mm, height_mm);
  sent = g_bytes_ref (job->pdf);
  lanyard_printer_submit (stage->printer, job);
  print_stage_wait (stage, serial, LANYARD_PRINT_PROCESSING);
  loopback_go (loopback);
  g_assert_nonnull (print_stage_wait (stage, serial, LANYARD_PRINT_COMPLETED)->job);
  states = print_stage_states (stage, serial);
  g_assert_cmpstr (states, ==, "spooled processing completed");
  /* Named by its job-name: the serial. */
  printed = loopback_take (loopback, serial, "pdf");
  g_assert_nonnull (printed);
  g_assert_true (g_bytes_equal (printed, sent));
  media = loopback_dup_media (loopback);
  g_assert_nonnull (strstr (media, x));
  g_assert_nonnull (strstr (media, y));
}

static void
test_pdf (void)
{
  print_pdf ("K0471-000001A", 105, 135, "x-dimension=10500", "y-dimension=13500");
}

static void
test_card (void)
{
  print_pdf ("K0471-000002B", 85.60, 53.98, "x-dimension=8560", "y-dimension=5398");
}

static void
test_jam (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  const LanyardPrintReport *report;

  if (loopback == NULL)
    return;
  loopback_behave (loopback, "echo 'STATE: +media-jam' >&2; wait; "
                             "echo 'STATE: -media-jam' >&2; wait");
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000003C");
  report = print_stage_wait (stage, "K0471-000003C", LANYARD_PRINT_STOPPED);
  g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_MEDIA_JAM);
  g_assert_nonnull (strstr (report->detail, "media-jam"));
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_MEDIA_JAM);
  g_assert_null (loopback_take (loopback, "K0471-000003C", "pdf"));
  loopback_go (loopback);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_NONE);
  loopback_go (loopback);
  print_stage_wait (stage, "K0471-000003C", LANYARD_PRINT_COMPLETED);
}

/* What does not stop it yet is told, and the badge goes on. */
static void
test_warning (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (LanyardPrinterCondition) low = NULL, filled = NULL;
  g_autofree char *states = NULL;
  guint n_changes;

  if (loopback == NULL)
    return;
  loopback_behave (loopback, "echo 'STATE: +media-low-warning' >&2; wait; "
                             "echo 'STATE: -media-low-warning' >&2");
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000018R");
  print_stage_wait (stage, "K0471-000018R", LANYARD_PRINT_PROCESSING);
  do
    {
      g_clear_pointer (&low, lanyard_printer_condition_free);
      g_main_context_iteration (stage->context, TRUE);
      low = lanyard_printer_dup_condition (stage->printer);
    }
  while (!lanyard_printer_condition_has_warning (low, LANYARD_PRINT_FAULT_MEDIA_LOW));
  g_assert_cmpint (low->fault, ==, LANYARD_PRINT_FAULT_NONE);
  n_changes = stage->n_changes;
  loopback_go (loopback);
  print_stage_wait (stage, "K0471-000018R", LANYARD_PRINT_COMPLETED);
  states = print_stage_states (stage, "K0471-000018R");
  g_assert_cmpstr (states, ==, "spooled processing completed");
  lanyard_printer_watch (stage->printer);
  while (stage->n_changes == n_changes)
    g_main_context_iteration (stage->context, TRUE);
  filled = lanyard_printer_dup_condition (stage->printer);
  g_assert_cmpuint (filled->n_warnings, ==, 0);
}

static void
test_fails (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (loopback == NULL)
    return;
  loopback_behave (loopback, "exit 1");
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000004D");
  g_assert_cmpint (print_stage_wait (stage, "K0471-000004D", LANYARD_PRINT_ENDED)->fault, ==,
                   LANYARD_PRINT_FAULT_OTHER);
}

static void
test_forgotten (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) first = NULL, second = NULL;
  g_autofree char *states = NULL;

  if (loopback == NULL)
    return;
  loopback_behave (loopback, "wait");
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  first = print_stage_submit (stage, "K0471-000005E");
  print_stage_wait (stage, "K0471-000005E", LANYARD_PRINT_PROCESSING);
  lanyard_printer_forget (stage->printer, "K0471-000005E");
  loopback_go (loopback);
  print_stage_run (stage, 500);
  states = print_stage_states (stage, "K0471-000005E");
  g_assert_cmpstr (states, ==, "spooled processing");
}

/* The pickup ended before the printer had time for its badge: that is void and never comes out. */
static void
test_forgotten_in_time (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  guint n_before;

  if (loopback == NULL)
    return;
  n_before = loopback_count (loopback);
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  lanyard_printer_submit (stage->printer, print_stage_job ("K0471-000015O", 297, 420));
  pdf = print_stage_submit (stage, "K0471-000016P");
  lanyard_printer_forget (stage->printer, "K0471-000016P");
  print_stage_wait (stage, "K0471-000015O", LANYARD_PRINT_FAILED);
  print_stage_run (stage, 1000);
  g_assert_cmpuint (loopback_count (loopback), ==, n_before);
}

/* Staff say that it did not come out, which is true only until there is paper again. */
static void
test_cancelled (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *job = NULL;

  if (loopback == NULL)
    return;
  loopback_behave (loopback, "wait");
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000017Q");
  job = g_strdup (print_stage_wait (stage, "K0471-000017Q", LANYARD_PRINT_PROCESSING)->job);
  lanyard_printer_cancel (stage->printer, "K0471-000017Q", job);
  print_stage_run (stage, 500);
  loopback_go (loopback);
  lanyard_printer_ask (stage->printer, "K0471-000017Q", job);
  g_assert_cmpint (print_stage_wait (stage, "K0471-000017Q", LANYARD_PRINT_ENDED)->fault, ==,
                   LANYARD_PRINT_FAULT_CANCELLED);
}

/* The second must be refused without anything being told of the first. */
static void
test_never_twice (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) first = NULL, second = NULL;
  guint n;

  if (loopback == NULL)
    return;
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  first = print_stage_submit (stage, "K0471-000006F");
  print_stage_wait (stage, "K0471-000006F", LANYARD_PRINT_COMPLETED);
  n = stage->reports->len;
  g_test_expect_message ("lanyard-print", G_LOG_LEVEL_CRITICAL, "*K0471-000006F*not sent again*");
  second = print_stage_submit (stage, "K0471-000006F");
  g_test_assert_expected_messages ();
  print_stage_run (stage, 500);
  g_assert_cmpuint (stage->reports->len, ==, n);
}

static void
test_ask (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *job = NULL;

  if (loopback == NULL)
    return;
  {
    g_autoptr (PrintStage) before = print_stage_new (loopback->uri, &print_stage_limits);

    pdf = print_stage_submit (before, "K0471-000007G");
    job = g_strdup (print_stage_wait (before, "K0471-000007G", LANYARD_PRINT_COMPLETED)->job);
  }
  {
    g_autoptr (PrintStage) after = print_stage_new (loopback->uri, &print_stage_limits);

    /* By its number, by its name, and by its name when the number is another badge's. */
    lanyard_printer_ask (after->printer, "K0471-000007G", job);
    g_assert_cmpstr (print_stage_wait (after, "K0471-000007G", LANYARD_PRINT_COMPLETED)->job, ==,
                     job);
    g_ptr_array_set_size (after->reports, 0);
    lanyard_printer_ask (after->printer, "K0471-000007G", NULL);
    g_assert_cmpstr (print_stage_wait (after, "K0471-000007G", LANYARD_PRINT_COMPLETED)->job, ==,
                     job);
    g_ptr_array_set_size (after->reports, 0);
    lanyard_printer_ask (after->printer, "K0471-000007G", "1");
    g_assert_cmpstr (print_stage_wait (after, "K0471-000007G", LANYARD_PRINT_COMPLETED)->job, ==,
                     job);
    lanyard_printer_ask (after->printer, "K0471-999999Z", NULL);
    print_stage_wait (after, "K0471-999999Z", LANYARD_PRINT_LOST);
    lanyard_printer_ask (after->printer, "K0471-999998Y", job);
    print_stage_wait (after, "K0471-999998Y", LANYARD_PRINT_LOST);
  }
}

static void
test_size_refused (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (PrintStage) stage = NULL;
  const LanyardPrintReport *report;

  if (loopback == NULL)
    return;
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  lanyard_printer_submit (stage->printer, print_stage_job ("K0471-000008H", 297, 420));
  report = print_stage_wait (stage, "K0471-000008H", LANYARD_PRINT_FAILED);
  g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_REJECTED);
  g_assert_nonnull (strstr (report->detail, "297.00 × 420.00 mm"));
}

static void
test_probe (void)
{
  Loopback *loopback = get_pdf_printer ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *refused = NULL;

  if (loopback == NULL)
    return;
  text = lanyard_printer_probe (loopback->uri, 105, 135, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "Loopback Badge Printer: 105.00 × 135.00 mm, application/pdf");
  refused = lanyard_printer_probe (loopback->uri, 297, 420, &error);
  g_assert_null (refused);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
}

/* Off, on, off in the middle of a badge, and on again without a memory of it. */
static void
test_killed (void)
{
  g_autoptr (Loopback) loopback = loopback_new ("application/pdf", NULL);
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *states = NULL, *description = NULL;

  if (loopback == NULL)
    return;
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  lanyard_printer_watch (stage->printer);
  while (stage->n_changes == 0)
    g_main_context_iteration (stage->context, TRUE);
  description = lanyard_printer_dup_description (stage->printer);
  g_assert_cmpstr (description, ==, "Loopback Badge Printer");
  loopback_behave (loopback, "wait");
  pdf = print_stage_submit (stage, "K0471-000009I");
  print_stage_wait (stage, "K0471-000009I", LANYARD_PRINT_PROCESSING);
  loopback_stop (loopback);
  print_stage_wait (stage, "K0471-000009I", LANYARD_PRINT_LOST);
  states = print_stage_states (stage, "K0471-000009I");
  g_assert_cmpstr (states, ==, "spooled processing stopped(offline) lost");
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_OFFLINE);
  {
    g_autoptr (Loopback) again = loopback_new ("application/pdf", loopback->port);

    if (again == NULL)
      return;
    print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_NONE);
    g_ptr_array_set_size (stage->reports, 0);
    lanyard_printer_ask (stage->printer, "K0471-000009I", "1");
    print_stage_wait (stage, "K0471-000009I", LANYARD_PRINT_LOST);
    g_assert_cmpuint (loopback_count (again), ==, 0);
  }
}

static ssize_t
on_read (void *context, unsigned char *bytes, size_t n_bytes)
{
  return g_input_stream_read (context, bytes, n_bytes, NULL, NULL);
}

static void
assert_pixel (const guint8 *rows,
              const cups_page_header2_t *header,
              double x_mm,
              double y_mm,
              guint32 expected)
{
  guint x = x_mm / 25.4 * header->HWResolution[0], y = y_mm / 25.4 * header->HWResolution[1];
  const guint8 *pixel = rows + (gsize)y * header->cupsBytesPerLine + x * 3;

  g_assert_cmphex ((pixel[0] << 16) | (pixel[1] << 8) | pixel[2], ==, expected);
}

static void
test_raster (void)
{
  Loopback *loopback = get_raster_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) printed = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autofree guint8 *rows = NULL;
  cups_page_header2_t header;
  cups_raster_t *raster;

  if (loopback == NULL)
    return;
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  lanyard_printer_submit (stage->printer, print_stage_job ("K0471-000010J", 105, 135));
  print_stage_wait (stage, "K0471-000010J", LANYARD_PRINT_COMPLETED);
  printed = loopback_take (loopback, "K0471-000010J", "pwg");
  g_assert_nonnull (printed);
  stream = g_memory_input_stream_new_from_bytes (printed);
  raster = cupsRasterOpenIO (on_read, stream, CUPS_RASTER_READ);
  g_assert_true (cupsRasterReadHeader2 (raster, &header) != 0);
  g_assert_cmpuint (header.HWResolution[0], ==, 300);
  g_assert_cmpuint (header.HWResolution[1], ==, 300);
  g_assert_cmpuint (header.cupsWidth, ==, 1240);
  g_assert_cmpuint (header.cupsHeight, ==, 1594);
  g_assert_cmpuint (header.cupsBitsPerPixel, ==, 24);
  rows = g_malloc ((gsize)header.cupsBytesPerLine * header.cupsHeight);
  for (guint y = 0; y < header.cupsHeight; y++)
    g_assert_cmpuint (cupsRasterReadPixels (raster, rows + (gsize)y * header.cupsBytesPerLine,
                                            header.cupsBytesPerLine),
                      ==, header.cupsBytesPerLine);
  cupsRasterClose (raster);
  assert_pixel (rows, &header, 0.1, 0.1, 0x000000);
  assert_pixel (rows, &header, 19.8, 19.8, 0x000000);
  assert_pixel (rows, &header, 20.2, 20.2, 0xffffff);
  assert_pixel (rows, &header, 20.2, 9.8, 0xff0000);
  assert_pixel (rows, &header, 104, 134, 0xffffff);
}

static void
test_raster_without_pages (void)
{
  Loopback *loopback = get_raster_printer ();
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (loopback == NULL)
    return;
  stage = print_stage_new (loopback->uri, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000011K");
  g_assert_cmpint (print_stage_wait (stage, "K0471-000011K", LANYARD_PRINT_FAILED)->fault, ==,
                   LANYARD_PRINT_FAULT_REJECTED);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ipp-printer/pdf", test_pdf);
  g_test_add_func ("/ipp-printer/card", test_card);
  g_test_add_func ("/ipp-printer/jam", test_jam);
  g_test_add_func ("/ipp-printer/warning", test_warning);
  g_test_add_func ("/ipp-printer/fails", test_fails);
  g_test_add_func ("/ipp-printer/forgotten", test_forgotten);
  g_test_add_func ("/ipp-printer/forgotten-in-time", test_forgotten_in_time);
  g_test_add_func ("/ipp-printer/cancelled", test_cancelled);
  g_test_add_func ("/ipp-printer/never-twice", test_never_twice);
  g_test_add_func ("/ipp-printer/ask", test_ask);
  g_test_add_func ("/ipp-printer/size-refused", test_size_refused);
  g_test_add_func ("/ipp-printer/probe", test_probe);
  g_test_add_func ("/ipp-printer/killed", test_killed);
  g_test_add_func ("/ipp-printer/raster", test_raster);
  g_test_add_func ("/ipp-printer/raster-without-pages", test_raster_without_pages);
  result = g_test_run ();
  g_clear_pointer (&pdf_printer, loopback_free);
  g_clear_pointer (&raster_printer, loopback_free);
  return result;
}
