/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lanyard-print-fault.h"

G_BEGIN_DECLS

/* What a ZPL II printer says of itself, as in Zebra's "ZPL II Programming Guide". Pure. */

/* The three strings of the answer to ~HS, or what ~HQES says instead. A value. */
typedef struct
{
  /* string 1 */
  guint interface_settings; /* aaa: bits: baud rate, handshake, parity */
  gboolean paper_out;       /* b: no media */
  gboolean paused;          /* c */
  guint label_dots;         /* dddd: length of a label */
  guint n_formats;          /* eee: labels in the receive buffer */
  gboolean buffer_full;     /* f */
  gboolean diagnostic;      /* g: what it gets is printed as numbers */
  gboolean partial_format;  /* h: a label has begun to come and has not ended */
  gboolean ram_corrupt;     /* j: its settings are lost */
  gboolean too_cold;        /* k */
  gboolean too_hot;         /* l */
  /* string 2 */
  guint function_settings;   /* mmm: bits: media type, sensor */
  gboolean head_open;        /* o */
  gboolean ribbon_out;       /* p */
  gboolean thermal_transfer; /* q: with a ribbon */
  guint print_mode;          /* r: 0 rewind, 1 peel off, 2 tear off, 3 cutter, … */
  guint width_mode;          /* s */
  gboolean label_waiting;    /* t: in peel-off mode: a label waits to be taken */
  guint labels_remaining;    /* uuuuuuuu: in the batch; some printers only say 1 while they print */
  guint n_graphics;          /* www: images that are stored */
  /* string 3: the password xxxx is not kept */
  gboolean static_ram; /* y */
  /* ~HQES only */
  gboolean errors_only; /* what is left to print is not known */
  gboolean jammed;      /* paper feed error, jam, paper path not clear */
  gboolean broken;      /* cutter, head, motor, firmware: what the display says */
} LanyardZplStatus;

#define LANYARD_ZPL_STATUS_STRINGS 3

/**
 * lanyard_zpl_status_parse:
 * @strings: (array fixed-size=3): what stood between <STX> and <ETX>, each ended with 0
 * @status: (out caller-allocates)
 * @error: LANYARD_ERROR_PROTOCOL naming the string and the field
 */
gboolean
lanyard_zpl_status_parse (const char *const *strings, LanyardZplStatus *status, GError **error);

/**
 * lanyard_zpl_status_parse_errors:
 * @string: answer to ~HQES, with "ERRORS: 1 00000000 00000005" in it
 * @status: (out caller-allocates)
 * @error: LANYARD_ERROR_PROTOCOL
 *
 * For printers that leave ~HS unanswered while media or ribbon is out or the head is open.
 */
gboolean
lanyard_zpl_status_parse_errors (const char *string, LanyardZplStatus *status, GError **error);

#define LANYARD_ZPL_MAX_FAULTS 10

/**
 * lanyard_zpl_status_get_faults:
 * @faults: (out) (array): room for LANYARD_ZPL_MAX_FAULTS
 *
 * Returns: how many keep the printer from printing, in the order in which a person must mend them
 */
guint lanyard_zpl_status_get_faults (const LanyardZplStatus *status, LanyardPrintFault *faults);
/* Returns: the first of them, or NONE */
LanyardPrintFault lanyard_zpl_status_get_fault (const LanyardZplStatus *status);

/* Returns: whether the printer says that something is left to print */
gboolean lanyard_zpl_status_is_at_work (const LanyardZplStatus *status);
/* Returns: whether the printer says that nothing is left to print, nor on its way */
gboolean lanyard_zpl_status_is_idle (const LanyardZplStatus *status);

/* Returns: (transfer full): "head-open paused formats=1 remaining=1", for support */
char *lanyard_zpl_status_to_string (const LanyardZplStatus *status);

/* The answer to ~HI. A value; clear with lanyard_zpl_identity_clear(). */
typedef struct
{
  char *model;       /* "ZD421-300dpi ZPL" */
  char *firmware;    /* "V93.21.19Z" */
  guint dots_per_mm; /* 6, 8, 12 or 24 */
} LanyardZplIdentity;

void lanyard_zpl_identity_clear (LanyardZplIdentity *identity);

/**
 * lanyard_zpl_identity_parse:
 * @string: "model,firmware,dots per mm,memory,…"
 * @identity: (out caller-allocates)
 * @error: LANYARD_ERROR_PROTOCOL
 */
gboolean
lanyard_zpl_identity_parse (const char *string, LanyardZplIdentity *identity, GError **error);

/**
 * lanyard_zpl_counter_parse:
 * @text: the answer to getvar "odometer.total_label_count": a number in quotation marks
 * @counter: (out): labels since the printer was made
 *
 * Returns: whether the printer has one: "?" is how it says that it has not
 */
gboolean lanyard_zpl_counter_parse (const char *text, guint64 *counter);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardZplIdentity, lanyard_zpl_identity_clear)

G_END_DECLS
