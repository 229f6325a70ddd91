/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Assumes the short items of USB HID 1.11 §6.2.2 and no others: a long item, which no
 * standard defines, is passed over, and of all input items only those with data and a usage, of 32
 * bits at most, are told. Limits instead of trust: collections and pushed states 16 deep, 256
 * usages an item, reports as long as Linux lets them be. Its justification is the standard; no
 * device was at hand, so the descriptors of the tests are written from it and from a maker's
 * manual.
 */

/* Where one usage stands in an input report. */
typedef struct
{
  guint32 usage;   /* page << 16 | id */
  guint report_id; /* 0: the device does not number its reports */
  guint bit;       /* from the first bit after the report's number */
  guint n_bits;    /* of one value: 1 to 32 */
  guint count;     /* values beside one another, ≥ 1 */
} LanyardHidField;

/* @field: gone after the call */
typedef void (*LanyardHidFieldFunc) (const LanyardHidField *field, gpointer user_data);

/* Longest report, bytes: HID_MAX_BUFFER_SIZE of Linux. */
#define LANYARD_HID_MAX_REPORT_BYTES 16384

/**
 * lanyard_hid_descriptor_walk:
 * @descriptor: (array length=n_bytes): a report descriptor, HID 1.11 §6.2.2; hostile
 * @numbered: (out): whether reports begin with their number
 * @func: called for each data field of the input reports, in their order
 * @error: LANYARD_ERROR_INVALID
 *
 * Returns: whether it is well-formed
 */
gboolean lanyard_hid_descriptor_walk (const guint8 *descriptor,
                                      gsize n_bytes,
                                      gboolean *numbered,
                                      LanyardHidFieldFunc func,
                                      gpointer user_data,
                                      GError **error);

G_END_DECLS
