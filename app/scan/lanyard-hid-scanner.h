/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-stream-scanner.h"

G_BEGIN_DECLS

/*
 * Assumes that each read gives one whole report, as hidraw does, with its number first where the
 * device numbers them, and that a device which comes back under the same path may be another one:
 * its description is asked anew each time. Held on a pair of sockets that keeps reports apart, and
 * where the machine allows it on a hidraw device of the kernel's own (test-hid-scanner, /dev/uhid).
 */

#define LANYARD_TYPE_HID_SCANNER (lanyard_hid_scanner_get_type ())
G_DECLARE_FINAL_TYPE (LanyardHidScanner,
                      lanyard_hid_scanner,
                      LANYARD,
                      HID_SCANNER,
                      LanyardStreamScanner)

/**
 * lanyard_hid_scanner_new:
 * @path: /dev/hidraw0; better a link that udev keeps, see packaging/60-lanyard-scanners.rules
 * @aim: whether the scanner puts symbology identifiers into the data itself
 *
 * A LanyardScanner on a USB scanner that is set to "HID point of sale" (lanyard-hid-pos.h).
 */
LanyardHidScanner *lanyard_hid_scanner_new (const char *path, gboolean aim);

/**
 * LanyardHidOpenFunc:
 * @path: of the device
 * @descriptor: gets the report descriptor
 *
 * On the scanner's thread. Returns: a descriptor on which each read gives one report; -1
 */
typedef int (*LanyardHidOpenFunc) (const char *path,
                                   GByteArray *descriptor,
                                   gpointer user_data,
                                   GError **error);

/* The same scanner on something else than hidraw. @user_data: borrowed, to outlive the scanner */
LanyardHidScanner *lanyard_hid_scanner_new_with_opener (const char *path,
                                                        gboolean aim,
                                                        LanyardHidOpenFunc open_func,
                                                        gpointer user_data);

/**
 * lanyard_hid_check:
 * @path: as above
 * @error: in one sentence: not there, not allowed, no bar code scanner
 *
 * Asks the device for its description; reads nothing that it sends.
 */
gboolean lanyard_hid_check (const char *path, GError **error);

G_END_DECLS
