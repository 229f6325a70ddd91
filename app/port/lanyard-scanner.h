/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "lanyard-scan.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SCANNER (lanyard_scanner_get_type ())
G_DECLARE_INTERFACE (LanyardScanner, lanyard_scanner, LANYARD, SCANNER, GObject)

/**
 * LanyardScannerInterface:
 *
 * The one port at which camera, wedge, serial reader and typed numbers meet.
 *
 * Signals, emitted in the GMainContext that was thread-default when the scanner was made:
 *   "scanned" (LanyardScanner *, const LanyardScan *scan): a code, once until it leaves the picture
 *   "changed" (LanyardScanner *): lanyard_scanner_get_fault() may say something else now
 */
struct _LanyardScannerInterface
{
  GTypeInterface parent_iface;
  gboolean (*start) (LanyardScanner *self, GError **error);
  void (*stop) (LanyardScanner *self);
  const char *(*get_fault) (LanyardScanner *self);
};

/* Starts to look. Losing the device later is no error: it comes back by itself. */
gboolean lanyard_scanner_start (LanyardScanner *self, GError **error);
void lanyard_scanner_stop (LanyardScanner *self);
/* Returns: (transfer none) (nullable): one sentence for staff; NULL when all is well */
const char *lanyard_scanner_get_fault (LanyardScanner *self);

G_END_DECLS
