/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A scanner on a real pseudo-terminal: the test holds the other end of the line. */

#include "lanyard-serial-scanner.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lanyard-error.h"

#define LIMIT_S 20

typedef struct
{
  char *folder;
  char *path; /* a link to the line, as below /dev/serial/by-id */
  int far;    /* the scanner's end of the line; -1: unplugged */
  LanyardScanner *scanner;
  GString *scans; /* "{…}" for each */
  GString *faults;
  GSource *limit;
  gboolean late;
} Line;

static gboolean
on_limit (gpointer data)
{
  ((Line *)data)->late = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
on_scanned (LanyardScanner *scanner, const LanyardScan *scan, Line *line)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (scan->data, &n_bytes);

  g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_SERIAL);
  g_string_append_c (line->scans, '{');
  if (scan->symbology != LANYARD_SYMBOLOGY_WEDGE)
    g_string_append_printf (line->scans, "%s:", lanyard_symbology_to_string (scan->symbology));
  g_string_append_len (line->scans, data, n_bytes);
  g_string_append_c (line->scans, '}');
}

static void
on_changed (LanyardScanner *scanner, Line *line)
{
  const char *fault = lanyard_scanner_get_fault (scanner);

  g_string_assign (line->faults, fault != NULL ? fault : "none");
}

static void
plug (Line *line)
{
  char name[128];

  line->far = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (line->far, >=, 0);
  g_assert_cmpint (grantpt (line->far), ==, 0);
  g_assert_cmpint (unlockpt (line->far), ==, 0);
  g_assert_cmpint (ptsname_r (line->far, name, sizeof name), ==, 0);
  g_unlink (line->path);
  g_assert_cmpint (symlink (name, line->path), ==, 0);
}

static void
unplug (Line *line)
{
  g_unlink (line->path);
  close (line->far);
  line->far = -1;
}

static void
set_up (Line *line, gconstpointer data)
{
  line->folder = g_dir_make_tmp ("lanyard-serial-XXXXXX", NULL);
  line->path = g_build_filename (line->folder, "scanner", NULL);
  line->scanner = LANYARD_SCANNER (lanyard_serial_scanner_new (line->path, data));
  line->scans = g_string_new (NULL);
  line->faults = g_string_new (NULL);
  line->far = -1;
  g_signal_connect (line->scanner, "scanned", G_CALLBACK (on_scanned), line);
  g_signal_connect (line->scanner, "changed", G_CALLBACK (on_changed), line);
  line->limit = g_timeout_source_new_seconds (LIMIT_S);
  g_source_set_callback (line->limit, on_limit, line, NULL);
  g_source_attach (line->limit, NULL);
}

static void
tear_down (Line *line, gconstpointer data)
{
  lanyard_scanner_stop (line->scanner);
  g_assert_finalize_object (G_OBJECT (line->scanner));
  if (line->far >= 0)
    close (line->far);
  g_unlink (line->path);
  g_rmdir (line->folder);
  g_source_destroy (line->limit);
  g_source_unref (line->limit);
  g_string_free (line->scans, TRUE);
  g_string_free (line->faults, TRUE);
  g_free (line->path);
  g_free (line->folder);
}

/* Bytes on the line before anybody listens are dropped, as they are on a real one: wait until the
 * scanner has made it raw. */
static void
wait_until_held (Line *line)
{
  struct termios mode = { .c_lflag = ICANON };

  while (!line->late && (mode.c_lflag & ICANON) != 0)
    {
      g_assert_cmpint (tcgetattr (line->far, &mode), ==, 0);
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  g_assert_false (line->late);
}

static void
send (Line *line, const char *bytes, gsize n_bytes)
{
  while (n_bytes > 0)
    {
      ssize_t n = write (line->far, bytes, n_bytes);

      g_assert_cmpint (n, >, 0);
      bytes += n;
      n_bytes -= n;
    }
}

static void
send_text (Line *line, const char *text)
{
  send (line, text, strlen (text));
}

static gboolean
says (GString *have, const char *wanted)
{
  return memmem (have->str, have->len, wanted, strlen (wanted)) != NULL;
}

/* Runs until @have says @wanted. */
static void
run_until (Line *line, GString *have, const char *wanted)
{
  while (!line->late && !says (have, wanted))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (says (have, wanted));
}

static gboolean
on_beat (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Sends @code again and again until it gets through. */
static void
send_until_scanned (Line *line, const char *code)
{
  g_autofree char *scan = g_strdup_printf ("{%s}", code);
  guint beat = g_timeout_add (20, on_beat, NULL);

  while (!line->late && !says (line->scans, scan))
    {
      send_text (line, code);
      send_text (line, "\r");
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (beat);
  g_assert_false (line->late);
}

static void
start (Line *line)
{
  g_autoptr (GError) error = NULL;

  plug (line);
  g_assert_true (lanyard_scanner_start (line->scanner, &error));
  g_assert_no_error (error);
  wait_until_held (line);
}

static const LanyardSerialOptions with_identifiers = { .aim = TRUE };
static const LanyardSerialOptions with_marks
    = { .speed = 115200, .framing = { .kind = LANYARD_FRAMING_STX_ETX } };
static const LanyardSerialOptions slow_and_even
    = { .speed = 1200, .parity = LANYARD_PARITY_EVEN, .seven_bits = TRUE };

static void
test_scans (Line *line, gconstpointer data)
{
  start (line);
  send_text (line, "LY1:ABC DEF\r31A00");
  send_text (line, "04711K\r\n");
  run_until (line, line->scans, "{31A0004711K}");
  g_assert_cmpstr (line->scans->str, ==, "{LY1:ABC DEF}{31A0004711K}");
  g_assert_null (lanyard_scanner_get_fault (line->scanner));
}

/* Nothing ends it but silence. */
static void
test_silence (Line *line, gconstpointer data)
{
  start (line);
  send_text (line, "31A0004711K");
  run_until (line, line->scans, "{31A0004711K}");
}

static void
test_identifiers (Line *line, gconstpointer data)
{
  start (line);
  send_text (line, "]C031A0004711K\r]Q1LY1:ABC\rplain\r");
  run_until (line, line->scans, "{plain}");
  g_assert_cmpstr (line->scans->str, ==, "{Code-128:31A0004711K}{QR-Code:LY1:ABC}{plain}");
}

/* Every byte there is: the line is raw, so that none of them is an end of file, a signal or flow
 * control. */
static void
test_every_byte (Line *line, gconstpointer data)
{
  char all[256 + 2];
  gsize n = 0;

  start (line);
  all[n++] = 0x02;
  for (guint i = 0; i < 256; i++)
    if (i != 0x02 && i != 0x03)
      all[n++] = (char)i;
  all[n++] = 0x03;
  send (line, all, n);
  send_text (line, "\x02"
                   "end\x03");
  run_until (line, line->scans, "{end}");
  g_assert_cmpuint (line->scans->len, ==, 254 + 2 + strlen ("{end}"));
  g_assert_cmpmem (line->scans->str + 1, 254, all + 1, 254);
}

static void
test_settings (Line *line, gconstpointer data)
{
  struct termios mode;

  start (line);
  g_assert_cmpint (tcgetattr (line->far, &mode), ==, 0);
  g_assert_cmpint (cfgetispeed (&mode), ==, B1200);
  g_assert_cmpuint (mode.c_lflag & (ECHO | ICANON | ISIG), ==, 0);
  g_assert_cmpuint (mode.c_iflag & (ICRNL | IXON | ISTRIP), ==, 0);
}

static void
test_unplugged_and_back (Line *line, gconstpointer data)
{
  start (line);
  send_text (line, "half a co");
  unplug (line);
  run_until (line, line->faults, "has gone");
  g_assert_nonnull (strstr (line->faults->str, line->path));
  run_until (line, line->faults, "cannot be opened");
  plug (line);
  run_until (line, line->faults, "none");
  g_assert_null (lanyard_scanner_get_fault (line->scanner));
  wait_until_held (line);
  send_text (line, "31A0004711K\r");
  run_until (line, line->scans, "{31A0004711K}");
  g_assert_cmpstr (line->scans->str, ==, "{31A0004711K}");
}

static void
test_not_there_at_start (Line *line, gconstpointer data)
{
  g_assert_true (lanyard_scanner_start (line->scanner, NULL));
  run_until (line, line->faults, "cannot be opened");
  plug (line);
  run_until (line, line->faults, "none");
  wait_until_held (line);
  send_text (line, "31A0004711K\r");
  run_until (line, line->scans, "{31A0004711K}");
}

static void
test_no_line (Line *line, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (line->path, "a file", -1, NULL));
  g_assert_false (lanyard_serial_check (line->path, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_IO);
  g_assert_true (lanyard_scanner_start (line->scanner, NULL));
  run_until (line, line->faults, "no serial line");
}

static void
test_exclusive (Line *line, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start (line);
  g_assert_false (lanyard_serial_check (line->path, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_BUSY);
  lanyard_scanner_stop (line->scanner);
  g_assert_true (lanyard_serial_check (line->path, NULL));
  g_assert_true (lanyard_scanner_start (line->scanner, NULL));
  send_until_scanned (line, "again");
}

static void
test_enormous_line (Line *line, gconstpointer data)
{
  g_autofree char *noise = g_strnfill (50 * LANYARD_SCAN_MAX_BYTES, 'x');

  start (line);
  send_text (line, noise);
  send_text (line, "\r31A0004711K\r");
  run_until (line, line->scans, "{31A0004711K}");
  g_assert_cmpstr (line->scans->str, ==, "{31A0004711K}");
}

/* While the desk is busy a device that never stops must not fill the memory. */
static void
test_flood (Line *line, gconstpointer data)
{
  guint n_scans = 0;

  start (line);
  for (guint i = 0; i < 2000; i++)
    send_text (line, "x\r");
  g_assert_cmpuint (line->scans->len, ==, 0);
  /* What was sent while nobody took it is gone; what comes now is read. */
  send_until_scanned (line, "end");
  for (const char *p = line->scans->str; (p = strstr (p, "{x}")) != NULL; p++)
    n_scans++;
  g_assert_cmpuint (n_scans, <, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, options, func)                                                                   \
  g_test_add ("/serial/" name, Line, options, set_up, func, tear_down)
  ADD ("scans", NULL, test_scans);
  ADD ("silence", NULL, test_silence);
  ADD ("identifiers", &with_identifiers, test_identifiers);
  ADD ("every-byte", &with_marks, test_every_byte);
  ADD ("settings", &slow_and_even, test_settings);
  ADD ("unplugged-and-back", NULL, test_unplugged_and_back);
  ADD ("not-there-at-start", NULL, test_not_there_at_start);
  ADD ("no-line", NULL, test_no_line);
  ADD ("exclusive", NULL, test_exclusive);
  ADD ("enormous-line", NULL, test_enormous_line);
  ADD ("flood", NULL, test_flood);
#undef ADD
  return g_test_run ();
}
