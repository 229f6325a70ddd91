/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The thread that reads reports, on a socket pair that keeps them apart as hidraw does; and, where
 * this machine can make a USB device of its own (/dev/uhid), on a real hidraw device. */

#include "lanyard-hid-scanner.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/uhid.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hid-samples.h"
#include "lanyard-error.h"

#define LIMIT_S 20

typedef struct
{
  LanyardScanner *scanner;
  GString *scans;  /* "{…}" for each */
  GString *faults; /* what was said last */
  GSource *limit;
  gboolean late;

  /* guarded by lock: the device */
  GMutex lock;
  int near; /* what the next open gets; -1: unplugged */
  int far;  /* the scanner's end; -1: unplugged */
  GBytes *descriptor;
} Desk;

static gboolean
on_limit (gpointer data)
{
  ((Desk *)data)->late = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
on_scanned (LanyardScanner *scanner, const LanyardScan *scan, Desk *desk)
{
  g_autofree char *text = lanyard_scan_dup_text (scan);

  g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_HID);
  g_string_append_printf (desk->scans, "{%s:%s}", lanyard_symbology_to_string (scan->symbology),
                          text);
}

static void
on_changed (LanyardScanner *scanner, Desk *desk)
{
  const char *fault = lanyard_scanner_get_fault (scanner);

  g_string_assign (desk->faults, fault != NULL ? fault : "none");
}

static int
open_pair (const char *path, GByteArray *descriptor, gpointer user_data, GError **error)
{
  Desk *desk = user_data;
  int fd;

  g_mutex_lock (&desk->lock);
  fd = desk->near;
  desk->near = -1;
  g_byte_array_append (descriptor, g_bytes_get_data (desk->descriptor, NULL),
                       (guint)g_bytes_get_size (desk->descriptor));
  g_mutex_unlock (&desk->lock);
  if (fd < 0)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "Nothing is plugged in.");
  return fd;
}

static void
plug (Desk *desk, const guint8 *descriptor, gsize n_bytes)
{
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), ==, 0);
  g_assert_cmpint (fcntl (pair[0], F_SETFL, O_NONBLOCK), ==, 0);
  g_mutex_lock (&desk->lock);
  g_clear_pointer (&desk->descriptor, g_bytes_unref);
  desk->descriptor = g_bytes_new (descriptor, n_bytes);
  desk->near = pair[0];
  desk->far = pair[1];
  g_mutex_unlock (&desk->lock);
}

static void
unplug (Desk *desk)
{
  close (desk->far);
  desk->far = -1;
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->scans = g_string_new (NULL);
  desk->faults = g_string_new (NULL);
  desk->near = desk->far = -1;
  desk->descriptor = g_bytes_new (NULL, 0);
  g_mutex_init (&desk->lock);
  desk->limit = g_timeout_source_new_seconds (LIMIT_S);
  g_source_set_callback (desk->limit, on_limit, desk, NULL);
  g_source_attach (desk->limit, NULL);
}

/* @scanner: (transfer full) */
static void
start (Desk *desk, LanyardHidScanner *scanner)
{
  desk->scanner = LANYARD_SCANNER (scanner);
  g_signal_connect (desk->scanner, "scanned", G_CALLBACK (on_scanned), desk);
  g_signal_connect (desk->scanner, "changed", G_CALLBACK (on_changed), desk);
  g_assert_true (lanyard_scanner_start (desk->scanner, NULL));
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  if (desk->scanner != NULL)
    {
      lanyard_scanner_stop (desk->scanner);
      g_assert_finalize_object (G_OBJECT (desk->scanner));
    }
  if (desk->near >= 0)
    close (desk->near);
  if (desk->far >= 0)
    close (desk->far);
  g_source_destroy (desk->limit);
  g_source_unref (desk->limit);
  g_string_free (desk->scans, TRUE);
  g_string_free (desk->faults, TRUE);
  g_bytes_unref (desk->descriptor);
  g_mutex_clear (&desk->lock);
}

static void
run_until (Desk *desk, GString *have, const char *wanted)
{
  while (!desk->late && strstr (have->str, wanted) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (have->str, wanted));
}

/* A report of hid_counted. */
static void
make_report (guint8 *report, const char *identifier, const char *data, gboolean continued)
{
  memset (report, 0, HID_COUNTED_REPORT_BYTES);
  report[0] = 2;
  report[1] = (guint8)strlen (data);
  memcpy (report + 2, identifier, 3);
  memcpy (report + 5, data, strlen (data));
  report[63] = continued;
}

static void
send_report (Desk *desk, const char *identifier, const char *data, gboolean continued)
{
  guint8 report[HID_COUNTED_REPORT_BYTES];

  make_report (report, identifier, data, continued);
  g_assert_cmpint (write (desk->far, report, sizeof report), ==, sizeof report);
}

static void
start_on_pair (Desk *desk)
{
  plug (desk, hid_counted, sizeof hid_counted);
  start (desk, lanyard_hid_scanner_new_with_opener ("/dev/hidraw9", FALSE, open_pair, desk));
}

static void
test_scans (Desk *desk, gconstpointer data)
{
  start_on_pair (desk);
  send_report (desk, "]C0", "31A0004711K", FALSE);
  send_report (desk, "]Q1", "LY1:ABC", TRUE);
  send_report (desk, "]Q1", "DEF", FALSE);
  run_until (desk, desk->scans, "DEF}");
  g_assert_cmpstr (desk->scans->str, ==, "{Code-128:31A0004711K}{QR-Code:LY1:ABCDEF}");
}

/* The silence after a part that says "more follows" is the thread's to notice. */
static void
test_silence (Desk *desk, gconstpointer data)
{
  start_on_pair (desk);
  send_report (desk, "]C0", "31A0004711K", TRUE);
  run_until (desk, desk->scans, "{Code-128:31A0004711K}");
}

static void
test_unplugged_and_back (Desk *desk, gconstpointer data)
{
  start_on_pair (desk);
  send_report (desk, "]C0", "half", TRUE);
  unplug (desk);
  run_until (desk, desk->faults, "Nothing is plugged in.");
  plug (desk, hid_counted, sizeof hid_counted);
  run_until (desk, desk->faults, "none");
  send_report (desk, "]C0", "31A0004711K", FALSE);
  run_until (desk, desk->scans, "31A0004711K");
  g_assert_cmpstr (desk->scans->str, ==, "{Code-128:31A0004711K}");
}

/* Another device took its place. */
static void
test_no_scanner (Desk *desk, gconstpointer data)
{
  const guint8 mouse[] = { 0x05, 0x01, 0x09, 0x02, 0xa1, 0x01, 0xc0 };

  plug (desk, mouse, sizeof mouse);
  start (desk, lanyard_hid_scanner_new_with_opener ("/dev/hidraw9", FALSE, open_pair, desk));
  run_until (desk, desk->faults, "/dev/hidraw9: The device does not say that it sends bar codes");
  unplug (desk);
  plug (desk, hid_counted, sizeof hid_counted);
  run_until (desk, desk->faults, "none");
}

static void
test_no_device (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_hid_check ("/nowhere/hidraw9", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (lanyard_hid_check ("/dev/null", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_IO);
  start (desk, lanyard_hid_scanner_new ("/dev/null", FALSE));
  run_until (desk, desk->faults, "no hidraw device");
}

/* Finds the hidraw device whose name is "lanyard test PID". Returns: (transfer full) (nullable) */
static char *
find_hidraw (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open ("/sys/class/hidraw", 0, NULL);
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/sys/class/hidraw", entry, "device/uevent", NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && strstr (text, name) != NULL)
        return g_build_filename ("/dev", entry, NULL);
    }
  return NULL;
}

static gboolean
write_event (int fd, const struct uhid_event *event)
{
  return write (fd, event, sizeof *event) == sizeof *event;
}

static void
test_kernel (Desk *desk, gconstpointer data)
{
  struct uhid_event event = { .type = UHID_CREATE2 };
  int fd = open ("/dev/uhid", O_RDWR | O_CLOEXEC);
  g_autofree char *name = g_strdup_printf ("lanyard test %d", (int)getpid ());
  g_autofree char *path = NULL;

  if (fd < 0)
    {
      g_test_skip ("this machine has no /dev/uhid");
      return;
    }
  g_strlcpy ((char *)event.u.create2.name, name, sizeof event.u.create2.name);
  event.u.create2.bus = 0x03;
  event.u.create2.rd_size = sizeof hid_counted;
  memcpy (event.u.create2.rd_data, hid_counted, sizeof hid_counted);
  g_assert_true (write_event (fd, &event));
  while (!desk->late && (path = find_hidraw (name)) == NULL)
    g_main_context_iteration (NULL, FALSE);
  g_assert_nonnull (path);
  g_assert_true (lanyard_hid_check (path, NULL));
  start (desk, lanyard_hid_scanner_new (path, FALSE));
  memset (&event, 0, sizeof event);
  event.type = UHID_INPUT2;
  event.u.input2.size = HID_COUNTED_REPORT_BYTES;
  make_report (event.u.input2.data, "]C0", "31A0004711K", FALSE);
  while (!desk->late && strstr (desk->scans->str, "31A0004711K") == NULL)
    {
      g_assert_true (write_event (fd, &event));
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_nonnull (strstr (desk->scans->str, "{Code-128:31A0004711K}"));
  close (fd);
  run_until (desk, desk->faults, "cannot be opened");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/hid-scanner/" name, Desk, NULL, set_up, func, tear_down)
  ADD ("scans", test_scans);
  ADD ("silence", test_silence);
  ADD ("unplugged-and-back", test_unplugged_and_back);
  ADD ("no-scanner", test_no_scanner);
  ADD ("no-device", test_no_device);
  ADD ("kernel", test_kernel);
#undef ADD
  return g_test_run ();
}
