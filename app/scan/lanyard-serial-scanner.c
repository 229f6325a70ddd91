/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-serial-scanner.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "lanyard-aim.h"
#include "lanyard-error.h"

struct _LanyardSerialScanner
{
  LanyardStreamScanner parent_instance;

  LanyardSerialOptions options; /* set before the worker starts */
  LanyardFraming *framing;      /* owned: the worker's own while it runs */
};

G_DEFINE_FINAL_TYPE (LanyardSerialScanner, lanyard_serial_scanner, LANYARD_TYPE_STREAM_SCANNER)

static const struct
{
  guint speed; /* bit/s */
  speed_t code;
} speeds[] = {
  { 1200, B1200 },     { 2400, B2400 },     { 4800, B4800 },     { 9600, B9600 },
  { 19200, B19200 },   { 38400, B38400 },   { 57600, B57600 },   { 115200, B115200 },
  { 230400, B230400 }, { 460800, B460800 }, { 921600, B921600 },
};

static speed_t
find_speed (guint speed)
{
  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].speed == speed)
      return speeds[i].code;
  return B0;
}

static void
set_error (GError **error, const char *path, int cause)
{
  const char *advice = "check its plug";

  if (cause == EACCES || cause == EPERM)
    advice = "let the desk's user into the group that owns it (dialout)";
  else if (cause == EBUSY)
    advice = "another program reads it: end that one";
  else if (cause == ENOTTY)
    advice = "it is no serial line: correct the device of the scanner";
  g_set_error (error, LANYARD_ERROR, cause == EBUSY ? LANYARD_ERROR_BUSY : LANYARD_ERROR_IO,
               "The scanner at %s cannot be opened (%s); %s.", path, g_strerror (cause), advice);
}

/* Raw bytes, no flow control, no modem lines: a scanner's cable has neither. What arrives with a
 * wrong parity becomes a NUL, and a code with a NUL in it is nobody's. */
static gboolean
set_line (int fd, const LanyardSerialOptions *options)
{
  speed_t speed = find_speed (options->speed != 0 ? options->speed : LANYARD_SERIAL_DEFAULT_SPEED);
  struct termios line;

  if (tcgetattr (fd, &line) != 0)
    return FALSE;
  cfmakeraw (&line);
  line.c_cflag &= ~(tcflag_t)(CRTSCTS | CSTOPB | PARENB | PARODD | CSIZE);
  line.c_cflag |= CREAD | CLOCAL | (options->seven_bits ? CS7 : CS8);
  line.c_iflag &= ~(tcflag_t)(INPCK | IGNPAR | PARMRK | IXON | IXOFF);
  if (options->parity != LANYARD_PARITY_NONE)
    {
      line.c_cflag |= PARENB | (options->parity == LANYARD_PARITY_ODD ? PARODD : 0);
      line.c_iflag |= INPCK;
    }
  line.c_cc[VMIN] = 1;
  line.c_cc[VTIME] = 0;
  /* What was sent before anybody listened is nobody's. */
  return cfsetispeed (&line, speed) == 0 && cfsetospeed (&line, speed) == 0
         && tcflush (fd, TCIFLUSH) == 0 && tcsetattr (fd, TCSANOW, &line) == 0;
}

/* Returns: a descriptor of the line, for nobody else; -1 */
static int
open_line (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

  if (fd >= 0 && isatty (fd) && ioctl (fd, TIOCEXCL) == 0)
    return fd;
  set_error (error, path, errno);
  if (fd >= 0)
    close (fd);
  return -1;
}

static int
lanyard_serial_scanner_open_device (LanyardStreamScanner *stream, GError **error)
{
  LanyardSerialScanner *self = LANYARD_SERIAL_SCANNER (stream);
  const char *path = lanyard_stream_scanner_get_path (stream);
  int fd = open_line (path, error);

  lanyard_framing_reset (self->framing);
  if (fd >= 0 && !set_line (fd, &self->options))
    {
      set_error (error, path, errno);
      close (fd);
      fd = -1;
    }
  return fd;
}

static void
lanyard_serial_scanner_close_device (LanyardStreamScanner *stream, int fd)
{
  /* It stays with the line, not with the descriptor. */
  ioctl (fd, TIOCNXCL);
  close (fd);
}

static void
on_frame (const guint8 *bytes, gsize n_bytes, gint64 at_us, gpointer user_data)
{
  LanyardSerialScanner *self = user_data;
  LanyardScan *scan
      = lanyard_aim_make_scan (LANYARD_SCAN_SOURCE_SERIAL, bytes, n_bytes, self->options.aim);

  if (scan != NULL)
    scan->at_us = at_us;
  lanyard_stream_scanner_post (LANYARD_STREAM_SCANNER (self), scan);
}

static void
lanyard_serial_scanner_take_bytes (LanyardStreamScanner *stream,
                                   const guint8 *bytes,
                                   gsize n_bytes,
                                   gint64 at_us)
{
  LanyardSerialScanner *self = LANYARD_SERIAL_SCANNER (stream);

  lanyard_framing_feed (self->framing, bytes, n_bytes, at_us, on_frame, self);
}

static gint64
lanyard_serial_scanner_get_deadline (LanyardStreamScanner *stream)
{
  return lanyard_framing_get_deadline (LANYARD_SERIAL_SCANNER (stream)->framing);
}

static void
lanyard_serial_scanner_take_silence (LanyardStreamScanner *stream, gint64 now_us)
{
  LanyardSerialScanner *self = LANYARD_SERIAL_SCANNER (stream);

  lanyard_framing_idle (self->framing, now_us, on_frame, self);
}

static void
lanyard_serial_scanner_finalize (GObject *object)
{
  lanyard_framing_free (LANYARD_SERIAL_SCANNER (object)->framing);
  G_OBJECT_CLASS (lanyard_serial_scanner_parent_class)->finalize (object);
}

static void
lanyard_serial_scanner_class_init (LanyardSerialScannerClass *klass)
{
  LanyardStreamScannerClass *stream_class = LANYARD_STREAM_SCANNER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lanyard_serial_scanner_finalize;
  stream_class->open_device = lanyard_serial_scanner_open_device;
  stream_class->close_device = lanyard_serial_scanner_close_device;
  stream_class->take_bytes = lanyard_serial_scanner_take_bytes;
  stream_class->get_deadline = lanyard_serial_scanner_get_deadline;
  stream_class->take_silence = lanyard_serial_scanner_take_silence;
}

static void
lanyard_serial_scanner_init (LanyardSerialScanner *self)
{
}

gboolean
lanyard_serial_has_speed (guint speed)
{
  return find_speed (speed) != B0;
}

LanyardSerialScanner *
lanyard_serial_scanner_new (const char *path, const LanyardSerialOptions *options)
{
  LanyardSerialScanner *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (
      options == NULL || options->speed == 0 || lanyard_serial_has_speed (options->speed), NULL);

  self = g_object_new (LANYARD_TYPE_SERIAL_SCANNER, NULL);
  lanyard_stream_scanner_set_path (LANYARD_STREAM_SCANNER (self), path);
  if (options != NULL)
    self->options = *options;
  self->framing = lanyard_framing_new (&self->options.framing);
  return self;
}

gboolean
lanyard_serial_check (const char *path, GError **error)
{
  int exclusive = 0;
  int cause = 0;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = open (path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 || !isatty (fd))
    cause = errno;
  /* The superuser gets in all the same; the answer should be the desk's. */
  else if (ioctl (fd, TIOCGEXCL, &exclusive) == 0 && exclusive)
    cause = EBUSY;
  if (fd >= 0)
    close (fd);
  if (cause != 0)
    set_error (error, path, cause);
  return cause == 0;
}
