/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"

G_BEGIN_DECLS

/*
 * What a USB point-of-sale bar code scanner says. Pure. It describes its own reports (USB Device
 * Class Definition for HID 1.11 §6.2.2); what is looked for in them is the bar code scanner page
 * 0x8C of the HID Point of Sale Usage Tables 1.02 §3: Decoded Data, the three bytes of the
 * symbology identifier and Decode Data Continued; and Byte Count of the generic desktop page, with
 * which most makers say how much of the data field is filled. Both description and reports are
 * hostile.
 *
 * Assumes data of 8 bits that begin at a whole byte, one data field a report, eight kinds of report
 * at most; that a count which is not there is told by the NULs at the end; and that the reports of
 * a code come one after another, 300 ms apart at most. What justifies it are those tables, and the
 * example of a boarding pass in two reports in the LSR118's manual (Access-IS 2020, §B.1.1), which
 * test-hid-pos reads; no device was at hand to measure one.
 */
typedef struct _LanyardHidPos LanyardHidPos;

/* HID_MAX_DESCRIPTOR_SIZE of Linux, bytes */
#define LANYARD_HID_POS_MAX_DESCRIPTOR_BYTES 4096
/* A part that says "more follows" and after which nothing comes is the last one after so long. */
#define LANYARD_HID_POS_QUIET_US (300 * 1000)

/**
 * lanyard_hid_pos_new:
 * @descriptor: (array length=n_bytes): the device's report descriptor
 * @aim: whether a symbology identifier is to be looked for in the data of a report that has no
 *   fields for it
 * @error: LANYARD_ERROR_INVALID: it is malformed; _NOT_FOUND: it is no bar code scanner
 *
 * Returns: (transfer full) (nullable): what understands its reports
 */
LanyardHidPos *
lanyard_hid_pos_new (const guint8 *descriptor, gsize n_bytes, gboolean aim, GError **error);
/* Wipes what it frees. */
void lanyard_hid_pos_free (LanyardHidPos *pos);

/**
 * lanyard_hid_pos_take:
 * @report: (array length=n_bytes): one input report, with its number first when it has one
 * @at_us: monotonic
 *
 * Returns: (transfer full) (nullable): a scan that ends with this report; NULL when more follows,
 *   when it is a report of another kind, and at the end of one longer than LANYARD_SCAN_MAX_BYTES
 */
LanyardScan *
lanyard_hid_pos_take (LanyardHidPos *pos, const guint8 *report, gsize n_bytes, gint64 at_us);
/* Nothing has come until @now_us. Returns: (transfer full) (nullable): as above */
LanyardScan *lanyard_hid_pos_idle (LanyardHidPos *pos, gint64 now_us);
/* Returns: monotonic: when lanyard_hid_pos_idle() is to be called; -1 when nothing is pending */
gint64 lanyard_hid_pos_get_deadline (const LanyardHidPos *pos);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHidPos, lanyard_hid_pos_free)

G_END_DECLS
