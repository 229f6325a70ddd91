/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is the matter with a printer, as far as a person can do something about it.
 * From printer-state-reasons (RFC 8011 §5.4.12, PWG 5100.9). Persisted in records: values are
 * appended between the others and never used again for something else.
 *
 * The first group keeps the printer from printing. The second never does: it is what somebody can
 * mend before it does, and stands only in the warnings of a LanyardPrinterCondition. */
typedef enum
{
  LANYARD_PRINT_FAULT_NONE = 0,
  LANYARD_PRINT_FAULT_OFFLINE = 10,      /* no answer, shut down, no line to it */
  LANYARD_PRINT_FAULT_MEDIA_EMPTY = 20,  /* media-empty, media-needed */
  LANYARD_PRINT_FAULT_TRAY_MISSING = 24, /* input-tray-missing, output-tray-missing */
  LANYARD_PRINT_FAULT_MEDIA_WRONG = 26,  /* input-media-size-change, …: other cards are wanted */
  LANYARD_PRINT_FAULT_MEDIA_JAM = 30,    /* media-jam */
  LANYARD_PRINT_FAULT_COVER_OPEN = 40,   /* cover-open, door-open, interlock-open */
  LANYARD_PRINT_FAULT_RIBBON = 50,       /* marker-supply-empty, toner-empty: ribbon, ink, toner */
  LANYARD_PRINT_FAULT_WASTE_FULL = 54,   /* marker-waste-full */
  LANYARD_PRINT_FAULT_PAUSED = 60,       /* paused, moving-to-paused, not accepting jobs */
  LANYARD_PRINT_FAULT_OUTPUT_FULL = 70,  /* output-area-full */
  LANYARD_PRINT_FAULT_SPOOL_FULL = 74,   /* spool-area-full: its memory */
  LANYARD_PRINT_FAULT_REJECTED = 80,     /* the printer does not take this job: size, format */
  LANYARD_PRINT_FAULT_HOT = 84,          /* fuser-over-temp, cooling-down: goes on by itself */
  LANYARD_PRINT_FAULT_CANCELLED = 90,    /* somebody cancelled the job at the printer */
  LANYARD_PRINT_FAULT_SERVICE = 94,      /* motor-failure, life-over: needs a technician */
  LANYARD_PRINT_FAULT_OTHER = 100,       /* any other error; the raw reason is in the report */

  LANYARD_PRINT_FAULT_CONNECTING = 12,  /* connecting-to-device: OFFLINE when it lasts */
  LANYARD_PRINT_FAULT_MEDIA_LOW = 22,   /* media-low */
  LANYARD_PRINT_FAULT_RIBBON_LOW = 52,  /* marker-supply-low, toner-low */
  LANYARD_PRINT_FAULT_WASTE_HIGH = 56,  /* marker-waste-almost-full */
  LANYARD_PRINT_FAULT_OUTPUT_HIGH = 72, /* output-area-almost-full */
  LANYARD_PRINT_FAULT_WORN = 96,        /* life-almost-over: a technician soon */
} LanyardPrintFault;

/* "media-empty" (transfer none) */
const char *lanyard_print_fault_to_string (LanyardPrintFault fault);

G_END_DECLS
