/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"

G_BEGIN_DECLS

/*
 * Finds where one scan ends and the next begins in the bytes of a serial line. Pure: time comes in
 * with the bytes. The bytes are hostile: a frame that is longer than any scan is dropped to its end
 * and the next one is read again; half a frame never becomes part of the next.
 */
typedef struct _LanyardFraming LanyardFraming;

typedef enum
{
  /* CR, LF or both end it, and so does silence: whatever a scanner is set to. Documents have line
   * ends inside: after a line for which lanyard_framing_is_first_line() holds, what follows belongs
   * to it until silence. */
  LANYARD_FRAMING_LINE = 0,
  LANYARD_FRAMING_CR,      /* only CR: a LF is content */
  LANYARD_FRAMING_LF,      /* only LF: a CR is content */
  LANYARD_FRAMING_CRLF,    /* only CR LF; either alone is content */
  LANYARD_FRAMING_STX_ETX, /* between STX and ETX; anything outside is noise */
  LANYARD_FRAMING_FIXED,   /* every length bytes */
  LANYARD_FRAMING_QUIET,   /* only silence; line ends at the end are not content */
} LanyardFramingKind;

#define LANYARD_FRAMING_DEFAULT_QUIET_US (100 * 1000)

typedef struct
{
  LanyardFramingKind kind;
  guint length;    /* bytes of FIXED: 1 to LANYARD_SCAN_MAX_BYTES */
  gint64 quiet_us; /* what counts as silence; 0: the default */
} LanyardFramingOptions;

/* @bytes: (array length=n_bytes): one frame without its marks, 1 to LANYARD_SCAN_MAX_BYTES +
 *   LANYARD_FRAMING_SPARE_BYTES bytes, gone after the call
 * @at_us: monotonic: when its last byte came */
typedef void (*LanyardFrameFunc) (const guint8 *bytes,
                                  gsize n_bytes,
                                  gint64 at_us,
                                  gpointer user_data);

/* Room beside the content for a symbology identifier. */
#define LANYARD_FRAMING_SPARE_BYTES 16

/**
 * lanyard_framing_kind_from_string:
 * @word: "line", "cr", "lf", "crlf", "stx-etx", "fixed" or "quiet"
 * @kind: (out): what it means
 *
 * Returns: whether @word is one of these
 */
gboolean lanyard_framing_kind_from_string (const char *word, LanyardFramingKind *kind);

/* @options: (nullable): copied; NULL for LINE */
LanyardFraming *lanyard_framing_new (const LanyardFramingOptions *options);
/* Wipes what it frees. */
void lanyard_framing_free (LanyardFraming *framing);

/**
 * lanyard_framing_feed:
 * @bytes: (array length=n_bytes): what came next
 * @at_us: monotonic: when it was read
 * @func: gets each frame that ends here
 *
 * A gap before @bytes does not end a frame: a reader that was held up would see gaps where the line
 * had none. Only lanyard_framing_idle() does, after the reader looked and found nothing.
 */
void lanyard_framing_feed (LanyardFraming *framing,
                           const guint8 *bytes,
                           gsize n_bytes,
                           gint64 at_us,
                           LanyardFrameFunc func,
                           gpointer user_data);

/* Nothing has come until @now_us. Ends a frame where silence does, and drops half a frame where it
 * does not. */
void lanyard_framing_idle (LanyardFraming *framing,
                           gint64 now_us,
                           LanyardFrameFunc func,
                           gpointer user_data);

/* Returns: monotonic: when lanyard_framing_idle() is to be called; -1 when nothing is pending */
gint64 lanyard_framing_get_deadline (const LanyardFraming *framing);

/* Returns: whether @line is the first of several that belong together: "@" and nothing but control
 *   characters (AAMVA DL/ID §D.12.3), or the first line of a machine-readable zone (ICAO 9303-3
 *   §4.1), with or without a symbology identifier */
gboolean lanyard_framing_is_first_line (const guint8 *line, gsize n_bytes);

/* The line was lost: forgets what came of the frame under way. */
void lanyard_framing_reset (LanyardFraming *framing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardFraming, lanyard_framing_free)

G_END_DECLS
