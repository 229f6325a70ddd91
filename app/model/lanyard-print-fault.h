/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keeps a printer from printing, as far as a person can do something about it.
 * From printer-state-reasons (RFC 8011 §5.4.12). Persisted in records. */
typedef enum
{
  LANYARD_PRINT_FAULT_NONE = 0,
  LANYARD_PRINT_FAULT_OFFLINE = 10,      /* no answer */
  LANYARD_PRINT_FAULT_MEDIA_EMPTY = 20,  /* media-empty, media-needed, input-tray-missing */
  LANYARD_PRINT_FAULT_MEDIA_JAM = 30,    /* media-jam */
  LANYARD_PRINT_FAULT_COVER_OPEN = 40,   /* cover-open, door-open, interlock-open */
  LANYARD_PRINT_FAULT_RIBBON = 50,       /* marker-supply-empty, marker-waste-full, toner-empty */
  LANYARD_PRINT_FAULT_PAUSED = 60,       /* paused, moving-to-paused */
  LANYARD_PRINT_FAULT_OUTPUT_FULL = 70,  /* output-area-full */
  LANYARD_PRINT_FAULT_REJECTED = 80,     /* the printer does not take this job: size, format */
  LANYARD_PRINT_FAULT_CANCELLED = 90,    /* somebody cancelled the job at the printer */
  LANYARD_PRINT_FAULT_OTHER = 100,       /* any other error; the raw reason is in the report */
} LanyardPrintFault;

/* "media-empty" (transfer none) */
const char *lanyard_print_fault_to_string (LanyardPrintFault fault);

G_END_DECLS
