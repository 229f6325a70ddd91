/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scanner.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_STREAM_SCANNER (lanyard_stream_scanner_get_type ())
G_DECLARE_DERIVABLE_TYPE (LanyardStreamScanner,
                          lanyard_stream_scanner,
                          LANYARD,
                          STREAM_SCANNER,
                          GObject)

/* Bytes of one read: the longest report of a hidraw device (HID_MAX_BUFFER_SIZE of Linux). */
#define LANYARD_STREAM_READ_BYTES 16384

/**
 * LanyardStreamScannerClass:
 *
 * A LanyardScanner behind a file descriptor: a thread of its own opens the device, reads it, and
 * opens it again when it goes: after a quarter of a second, doubling to eight. While the device is
 * away get_fault() says so. What subclasses implement is called on that thread only.
 */
struct _LanyardStreamScannerClass
{
  GObjectClass parent_class;

  /* Returns: (transfer full): a descriptor to poll and read; -1 with @error set. Also where what is
   * left of an earlier run is forgotten. */
  int (*open_device) (LanyardStreamScanner *self, GError **error);
  /* Closes it; the default does no more. */
  void (*close_device) (LanyardStreamScanner *self, int fd);
  /* One read's bytes, at least one. Gone after the call. */
  void (*take_bytes) (LanyardStreamScanner *self, const guint8 *bytes, gsize n_bytes, gint64 at_us);
  /* Returns: monotonic: when take_silence() is to be called if nothing comes; -1: not at all */
  gint64 (*get_deadline) (LanyardStreamScanner *self);
  void (*take_silence) (LanyardStreamScanner *self, gint64 now_us);
};

/* For subclasses, on the scanner's thread. @scan: (transfer full) (nullable): what was read. A
 * device that sends faster than the desk takes loses scans rather than the desk its memory. */
void lanyard_stream_scanner_post (LanyardStreamScanner *self, LanyardScan *scan);

/* Where the device is. (transfer none) */
const char *lanyard_stream_scanner_get_path (LanyardStreamScanner *self);
/* For subclasses, once, right after they were made. */
void lanyard_stream_scanner_set_path (LanyardStreamScanner *self, const char *path);

G_END_DECLS
