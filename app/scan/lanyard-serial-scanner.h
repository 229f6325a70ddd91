/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-framing.h"
#include "lanyard-stream-scanner.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SERIAL_SCANNER (lanyard_serial_scanner_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSerialScanner,
                      lanyard_serial_scanner,
                      LANYARD,
                      SERIAL_SCANNER,
                      LanyardStreamScanner)

typedef enum
{
  LANYARD_PARITY_NONE = 0,
  LANYARD_PARITY_EVEN,
  LANYARD_PARITY_ODD,
} LanyardParity;

#define LANYARD_SERIAL_DEFAULT_SPEED 9600

typedef struct
{
  guint speed; /* bit/s; 0: the default. Means nothing on USB (CDC-ACM) */
  LanyardParity parity;
  gboolean seven_bits; /* instead of eight */
  gboolean aim;        /* the scanner sends symbology identifiers */
  LanyardFramingOptions framing;
} LanyardSerialOptions;

/* Returns: whether a line can be set to so many bit/s */
gboolean lanyard_serial_has_speed (guint speed);

/**
 * lanyard_serial_scanner_new:
 * @path: /dev/ttyACM0, /dev/ttyUSB0, /dev/ttyS0; better one below /dev/serial/by-id, which stays
 *   the same when others are plugged in
 * @options: (nullable): copied; NULL for the defaults
 *
 * A LanyardScanner on a tty, which nobody else can open meanwhile (TIOCEXCL).
 */
LanyardSerialScanner *lanyard_serial_scanner_new (const char *path,
                                                  const LanyardSerialOptions *options);

/**
 * lanyard_serial_check:
 * @path: as above
 * @error: in one sentence: not there, not allowed, not a tty; LANYARD_ERROR_BUSY: in use
 *
 * Opens the line and closes it again without sending anything.
 */
gboolean lanyard_serial_check (const char *path, GError **error);

G_END_DECLS
