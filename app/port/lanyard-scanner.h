/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "lanyard-scan.h"

G_BEGIN_DECLS

/* What a person can do so that the code they hold can be read. */
typedef enum
{
  LANYARD_HINT_NONE = 0,
  LANYARD_HINT_CLOSER = 10,
  LANYARD_HINT_FARTHER = 20,
  LANYARD_HINT_HOLD_STILL = 30,
  LANYARD_HINT_LESS_GLARE = 40,
  LANYARD_HINT_MORE_LIGHT = 50,
  LANYARD_HINT_NO_PICTURE = 60, /* nothing: the camera gives no picture, so another way is needed */
} LanyardHint;

/* Static: "hold-still", for the tool and for tests; people get words of the screen's language. */
const char *lanyard_hint_to_string (LanyardHint hint);

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
 *   "hint" (LanyardScanner *): lanyard_scanner_get_hint() says something else now
 */
struct _LanyardScannerInterface
{
  GTypeInterface parent_iface;
  gboolean (*start) (LanyardScanner *self, GError **error);
  void (*stop) (LanyardScanner *self);
  const char *(*get_fault) (LanyardScanner *self);
  LanyardHint (*get_hint) (LanyardScanner *self);           /* (nullable): of what sees nothing */
  void (*set_asked) (LanyardScanner *self, gboolean asked); /* (nullable): of what sees nothing */
};

/* Starts to look. Losing the device later is no error: it comes back by itself. */
gboolean lanyard_scanner_start (LanyardScanner *self, GError **error);
void lanyard_scanner_stop (LanyardScanner *self);
/* Returns: (transfer none) (nullable): one sentence for staff; NULL when all is well */
const char *lanyard_scanner_get_fault (LanyardScanner *self);
/* @asked: whether the desk would take an identity document now. A code that is none does not end a
 * camera's search for one then; scanners that are aimed at one code have nothing to do. */
void lanyard_scanner_set_asked (LanyardScanner *self, gboolean asked);
/* What to tell the person before it; LANYARD_HINT_NONE of a scanner that has no picture. */
LanyardHint lanyard_scanner_get_hint (LanyardScanner *self);

G_END_DECLS
