/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* Descriptors written out from the standards, item by item: HID 1.11 §6.2.2 for the items, HID
 * Point of Sale Usage Tables 1.02 §3 for the usages of page 0x8C. */

/* With a byte count, three identifier bytes, 56 bytes of data, two bytes of the maker's, and eight
 * flags of which the first is Decode Data Continued: the layout that makers of scanners print in
 * their manuals, such as Access-IS, LSR118 product manual, §B.1. */
static const guint8 hid_counted[] = {
  0x05, 0x8c,       /* Usage Page (Bar Code Scanner) */
  0x09, 0x02,       /* Usage (Bar Code Scanner) */
  0xa1, 0x01,       /* Collection (Application) */
  0x09, 0x12,       /*   Usage (Scanned Data Report) */
  0xa1, 0x02,       /*   Collection (Logical) */
  0x85, 0x02,       /*     Report ID (2) */
  0x15, 0x00,       /*     Logical Minimum (0) */
  0x26, 0xff, 0x00, /*     Logical Maximum (255) */
  0x75, 0x08,       /*     Report Size (8) */
  0x95, 0x01,       /*     Report Count (1) */
  0x05, 0x01,       /*     Usage Page (Generic Desktop) */
  0x09, 0x3b,       /*     Usage (Byte Count) */
  0x81, 0x02,       /*     Input (Data, Variable, Absolute) */
  0x95, 0x03,       /*     Report Count (3) */
  0x05, 0x8c,       /*     Usage Page (Bar Code Scanner) */
  0x09, 0xfb,       /*     Usage (Symbology Identifier 1) */
  0x09, 0xfc,       /*     Usage (Symbology Identifier 2) */
  0x09, 0xfd,       /*     Usage (Symbology Identifier 3) */
  0x81, 0x02,       /*     Input (Data, Variable, Absolute) */
  0x95, 0x38,       /*     Report Count (56) */
  0x09, 0xfe,       /*     Usage (Decoded Data) */
  0x82, 0x02, 0x01, /*     Input (Data, Variable, Absolute, Buffered Bytes) */
  0x06, 0x66, 0xff, /*     Usage Page (Vendor Defined) */
  0x95, 0x02,       /*     Report Count (2) */
  0x09, 0x04,       /*     Usage (4) */
  0x09, 0x00,       /*     Usage (0) */
  0x81, 0x02,       /*     Input (Data, Variable, Absolute) */
  0x05, 0x8c,       /*     Usage Page (Bar Code Scanner) */
  0x25, 0x01,       /*     Logical Maximum (1) */
  0x75, 0x01,       /*     Report Size (1) */
  0x95, 0x08,       /*     Report Count (8) */
  0x09, 0xff,       /*     Usage (Decode Data Continued) */
  0x81, 0x02,       /*     Input (Data, Variable, Absolute) */
  0xc0,             /*   End Collection */
  0x09, 0x14,       /*   Usage (Trigger Report) */
  0xa1, 0x02,       /*   Collection (Logical) */
  0x85, 0x04,       /*     Report ID (4) */
  0x75, 0x01,       /*     Report Size (1) */
  0x95, 0x08,       /*     Report Count (8) */
  0x09, 0x00,       /*     Usage (Undefined) */
  0x09, 0x60,       /*     Usage (Initiate Barcode Read) */
  0x91, 0x02,       /*     Output (Data, Variable, Absolute) */
  0xc0,             /*   End Collection */
  0xc0,             /* End Collection */
};
#define HID_COUNTED_REPORT_BYTES 64
#define HID_COUNTED_DATA_BYTES 56

/* No report numbers, no byte count, identifier by a range of usages, data filled up with NUL. */
static const guint8 hid_plain[] = {
  0x05, 0x8c,                   /* Usage Page (Bar Code Scanner) */
  0x09, 0x02,                   /* Usage (Bar Code Scanner) */
  0xa1, 0x01,                   /* Collection (Application) */
  0x75, 0x08,                   /*   Report Size (8) */
  0x95, 0x10,                   /*   Report Count (16) */
  0x09, 0xfe,                   /*   Usage (Decoded Data) */
  0x82, 0x02, 0x01,             /*   Input (Data, Variable, Absolute, Buffered Bytes) */
  0x95, 0x03,                   /*   Report Count (3) */
  0x19, 0xfb,                   /*   Usage Minimum (Symbology Identifier 1) */
  0x29, 0xfd,                   /*   Usage Maximum (Symbology Identifier 3) */
  0x81, 0x02,                   /*   Input (Data, Variable, Absolute) */
  0x75, 0x07,                   /*   Report Size (7) */
  0x95, 0x01,                   /*   Report Count (1) */
  0x81, 0x03,                   /*   Input (Constant) */
  0x75, 0x01,                   /*   Report Size (1) */
  0x0b, 0xff, 0x00, 0x8c, 0x00, /*   Usage (Bar Code Scanner: Decode Data Continued) */
  0x81, 0x02,                   /*   Input (Data, Variable, Absolute) */
  0xc0,                         /* End Collection */
};
#define HID_PLAIN_REPORT_BYTES 20
