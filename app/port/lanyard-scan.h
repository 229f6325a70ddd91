/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  LANYARD_SYMBOLOGY_NONE = 0, /* typed */
  LANYARD_SYMBOLOGY_QR = 10,
  LANYARD_SYMBOLOGY_CODE128 = 20,
  LANYARD_SYMBOLOGY_CODE39 = 30,
  LANYARD_SYMBOLOGY_ITF = 40,
  LANYARD_SYMBOLOGY_CODABAR = 50,
  LANYARD_SYMBOLOGY_EAN13 = 60,
  LANYARD_SYMBOLOGY_EAN8 = 70,
  LANYARD_SYMBOLOGY_UPCA = 80,
  LANYARD_SYMBOLOGY_UPCE = 90,
  LANYARD_SYMBOLOGY_PDF417 = 100,
  LANYARD_SYMBOLOGY_DATA_MATRIX = 110,
  LANYARD_SYMBOLOGY_MRZ = 120,
  LANYARD_SYMBOLOGY_WEDGE = 130, /* a scanner that does not say */
} LanyardSymbology;

/* A set of symbologies, a bit each. */
typedef guint32 LanyardSymbologies;
#define LANYARD_SYMBOLOGY_BIT(symbology) (1U << ((symbology) / 10U))
#define LANYARD_SYMBOLOGIES_ALL G_MAXUINT32

/* "QR-Code" (transfer none) */
const char *lanyard_symbology_to_string (LanyardSymbology symbology);

typedef enum
{
  LANYARD_SCAN_SOURCE_CAMERA = 10,
  LANYARD_SCAN_SOURCE_IMAGE = 20,
  LANYARD_SCAN_SOURCE_WEDGE = 30,
  LANYARD_SCAN_SOURCE_TYPED = 40,
  LANYARD_SCAN_SOURCE_SERIAL = 50, /* a tty: RS-232, or USB as a serial line */
  LANYARD_SCAN_SOURCE_HID = 60,    /* a USB point-of-sale scanner */
} LanyardScanSource;

/* Longest content that is passed on, bytes. QR 40-L holds 2,953. */
#define LANYARD_SCAN_MAX_BYTES 4096

typedef struct
{
  double x; /* px from the left of the frame */
  double y; /* px from the top of the frame */
} LanyardPoint;

/* One code that was read. What it says is hostile until proven otherwise. */
typedef struct
{
  LanyardSymbology symbology;
  LanyardScanSource source;
  GBytes *data;            /* the exact bytes, at most LANYARD_SCAN_MAX_BYTES */
  LanyardPoint corners[4]; /* clockwise from the symbol's own top left; zero when not known */
  gint64 at_us;            /* monotonic: when the frame was taken or the last key came */
  gint64 took_us;          /* time spent on the frame */
  const char *step;        /* static (nullable): which step of the reader found it: "qr-half" */
} LanyardScan;

LanyardScan *lanyard_scan_new (LanyardSymbology symbology,
                               LanyardScanSource source,
                               const void *data,
                               gsize n_bytes);
LanyardScan *lanyard_scan_copy (const LanyardScan *scan);
/* Wipes what it frees. */
void lanyard_scan_free (LanyardScan *scan);
/* Returns: (transfer full) (nullable): the data as text; NULL when not UTF-8 or with a NUL */
char *lanyard_scan_dup_text (const LanyardScan *scan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardScan, lanyard_scan_free)

G_END_DECLS
