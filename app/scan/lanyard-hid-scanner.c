/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-hid-scanner.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/hidraw.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hid-pos.h"

struct _LanyardHidScanner
{
  LanyardStreamScanner parent_instance;

  /* set before the worker starts */
  LanyardHidOpenFunc open_func;
  gpointer user_data; /* borrowed */
  gboolean aim;

  LanyardHidPos *pos; /* owned (nullable): the worker's own while it runs: of the device that is
                       * open now */
};

G_DEFINE_FINAL_TYPE (LanyardHidScanner, lanyard_hid_scanner, LANYARD_TYPE_STREAM_SCANNER)

static void
set_error (GError **error, const char *path, int cause)
{
  const char *advice = "check its plug";

  if (cause == EACCES || cause == EPERM)
    advice = "let the desk's user read it with a udev rule";
  else if (cause == ENOTTY || cause == EINVAL)
    advice = "it is no hidraw device: correct the device of the scanner";
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The scanner at %s cannot be opened (%s); %s.", path, g_strerror (cause), advice);
}

static gboolean
read_descriptor (int fd, GByteArray *descriptor)
{
  struct hidraw_report_descriptor raw = { 0 };
  int size = 0;

  if (ioctl (fd, HIDIOCGRDESCSIZE, &size) < 0)
    return FALSE;
  raw.size = (guint32)CLAMP (size, 0, HID_MAX_DESCRIPTOR_SIZE);
  if (ioctl (fd, HIDIOCGRDESC, &raw) < 0)
    return FALSE;
  g_byte_array_append (descriptor, raw.value, MIN (raw.size, HID_MAX_DESCRIPTOR_SIZE));
  return TRUE;
}

/* Read only: nothing that the desk does can change how the scanner is set up. */
static int
open_hidraw (const char *path, GByteArray *descriptor, gpointer user_data, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

  if (fd >= 0 && read_descriptor (fd, descriptor))
    return fd;
  set_error (error, path, errno);
  if (fd >= 0)
    close (fd);
  return -1;
}

static int
lanyard_hid_scanner_open_device (LanyardStreamScanner *stream, GError **error)
{
  LanyardHidScanner *self = LANYARD_HID_SCANNER (stream);
  const char *path = lanyard_stream_scanner_get_path (stream);
  g_autoptr (GByteArray) descriptor = g_byte_array_new ();
  int fd = self->open_func (path, descriptor, self->user_data, error);

  g_clear_pointer (&self->pos, lanyard_hid_pos_free);
  if (fd < 0)
    return -1;
  self->pos = lanyard_hid_pos_new (descriptor->data, descriptor->len, self->aim, error);
  if (self->pos != NULL)
    return fd;
  g_prefix_error (error, "%s: ", path);
  close (fd);
  return -1;
}

static void
lanyard_hid_scanner_take_bytes (LanyardStreamScanner *stream,
                                const guint8 *bytes,
                                gsize n_bytes,
                                gint64 at_us)
{
  LanyardHidScanner *self = LANYARD_HID_SCANNER (stream);

  lanyard_stream_scanner_post (stream, lanyard_hid_pos_take (self->pos, bytes, n_bytes, at_us));
}

static gint64
lanyard_hid_scanner_get_deadline (LanyardStreamScanner *stream)
{
  return lanyard_hid_pos_get_deadline (LANYARD_HID_SCANNER (stream)->pos);
}

static void
lanyard_hid_scanner_take_silence (LanyardStreamScanner *stream, gint64 now_us)
{
  LanyardHidScanner *self = LANYARD_HID_SCANNER (stream);

  lanyard_stream_scanner_post (stream, lanyard_hid_pos_idle (self->pos, now_us));
}

static void
lanyard_hid_scanner_finalize (GObject *object)
{
  lanyard_hid_pos_free (LANYARD_HID_SCANNER (object)->pos);
  G_OBJECT_CLASS (lanyard_hid_scanner_parent_class)->finalize (object);
}

static void
lanyard_hid_scanner_class_init (LanyardHidScannerClass *klass)
{
  LanyardStreamScannerClass *stream_class = LANYARD_STREAM_SCANNER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lanyard_hid_scanner_finalize;
  stream_class->open_device = lanyard_hid_scanner_open_device;
  stream_class->take_bytes = lanyard_hid_scanner_take_bytes;
  stream_class->get_deadline = lanyard_hid_scanner_get_deadline;
  stream_class->take_silence = lanyard_hid_scanner_take_silence;
}

static void
lanyard_hid_scanner_init (LanyardHidScanner *self)
{
}

LanyardHidScanner *
lanyard_hid_scanner_new (const char *path, gboolean aim)
{
  return lanyard_hid_scanner_new_with_opener (path, aim, open_hidraw, NULL);
}

LanyardHidScanner *
lanyard_hid_scanner_new_with_opener (const char *path,
                                     gboolean aim,
                                     LanyardHidOpenFunc open_func,
                                     gpointer user_data)
{
  LanyardHidScanner *self;

  g_return_val_if_fail (path != NULL && open_func != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_HID_SCANNER, NULL);
  lanyard_stream_scanner_set_path (LANYARD_STREAM_SCANNER (self), path);
  self->open_func = open_func;
  self->user_data = user_data;
  self->aim = aim;
  return self;
}

gboolean
lanyard_hid_check (const char *path, GError **error)
{
  g_autoptr (GByteArray) descriptor = g_byte_array_new ();
  g_autoptr (LanyardHidPos) pos = NULL;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = open_hidraw (path, descriptor, NULL, error);
  if (fd < 0)
    return FALSE;
  close (fd);
  pos = lanyard_hid_pos_new (descriptor->data, descriptor->len, FALSE, error);
  if (pos == NULL)
    g_prefix_error (error, "%s: ", path);
  return pos != NULL;
}
