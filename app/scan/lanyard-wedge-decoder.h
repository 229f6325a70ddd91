/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"
#include "lanyard-wedge-layout.h"

G_BEGIN_DECLS

/*
 * Tells a scanner that types from a person who types, by timing alone: a burst of characters with
 * less than max_gap_us between them, of at least min_length, ended by Enter or Tab or by silence.
 * Pure: time comes in with each key.
 *
 * The first character of a burst looks like anybody's and is let through, and so is what repeats
 * it: a key that is held down repeats as fast as a scanner types. With a prefix a burst is known at
 * once, and nothing that does not begin with the prefix is held. What was held and turns out to be
 * a person's after all is given back, so no key is lost.
 *
 * What a burst says is decided at its end, by evidence: the keys are read in each layout that a
 * scanner may be set to (lanyard-wedge-layout.h), and when what the desk's layout made of them
 * makes no sense and exactly one other reading does, that one is the scan. When none does, or
 * several do, the text stays as it is.
 *
 * Assumes that a scanner's keys are less than 35 ms apart and that nobody types six different keys
 * like that; that a scanner ends a code by Enter, Tab or silence; and that keys come with the time
 * at which they were pressed, not at which somebody had time for them. Neither number was measured
 * on people or scanners: they are defaults. The set-up measures the scanner at hand against the
 * first and warns (lanyard-setup-trial). What follows from them is held by test-wedge-decoder: gaps
 * of 34 and 35 ms, a typist of 120 ms, keys held down at 30.
 */
typedef struct _LanyardWedgeDecoder LanyardWedgeDecoder;

#define LANYARD_WEDGE_DEFAULT_GAP_US (35 * 1000)
#define LANYARD_WEDGE_DEFAULT_MIN_LENGTH 6

typedef enum
{
  LANYARD_WEDGE_LAYOUT_AUTO = 0, /* by evidence */
  LANYARD_WEDGE_LAYOUT_TYPED,    /* as the desk's layout has it */
  LANYARD_WEDGE_LAYOUT_FIXED,    /* the scanner is set to keyboard, whatever the desk has */
} LanyardWedgeLayout;

/* Returns: whether @text, UTF-8 without NUL and without prefix, suffix and symbology identifier, is
 *   something that somebody would scan */
typedef gboolean (*LanyardWedgeSenseFunc) (const char *text, gpointer user_data);

typedef struct
{
  gint64 max_gap_us;  /* 0: the default 35 ms */
  guint min_length;   /* characters between prefix and suffix; 0: the default 6 */
  const char *prefix; /* (nullable): characters that the scanner sends first */
  /* (nullable): characters that the scanner sends last, before Enter; with one, an Enter or Tab
   * that does not follow it is part of the content, and a burst that ends without it is dropped */
  const char *suffix;
  gboolean aim; /* the scanner sends symbology identifiers, after the prefix */
  LanyardWedgeLayout layout;
  LanyardKeyboard keyboard;          /* with FIXED */
  LanyardWedgeSenseFunc makes_sense; /* (nullable): without one nothing is read anew */
  gpointer sense_data;               /* borrowed, as long as the decoder lives */
} LanyardWedgeOptions;

typedef enum
{
  LANYARD_WEDGE_PASS,    /* a person's key: let it go where it was going */
  LANYARD_WEDGE_SWALLOW, /* part of a burst */
  LANYARD_WEDGE_SCAN,    /* a burst has ended: take the scan; the key itself is swallowed */
} LanyardWedgeVerdict;

/* @options: (nullable): copied; NULL for the defaults */
LanyardWedgeDecoder *lanyard_wedge_decoder_new (const LanyardWedgeOptions *options);
/* Wipes what it frees. */
void lanyard_wedge_decoder_free (LanyardWedgeDecoder *decoder);

/**
 * lanyard_wedge_decoder_press:
 * @key: a key that was pressed; Shift, AltGr and Control are no keys of their own
 * @at_us: monotonic time of the key
 * @scan: (out) (transfer full) (nullable): the scan when the verdict is SCAN
 *
 * Enter is '\r' and Tab '\t'. A key that writes nothing is held when it comes in a burst: a code
 * must not be able to press Escape. A burst whose content is longer than LANYARD_SCAN_MAX_BYTES is
 * swallowed to its end and gives no scan.
 */
LanyardWedgeVerdict lanyard_wedge_decoder_press (LanyardWedgeDecoder *decoder,
                                                 const LanyardWedgeKey *key,
                                                 gint64 at_us,
                                                 LanyardScan **scan);

/**
 * lanyard_wedge_decoder_key:
 * @character: Unicode character, 0 for keys without one (Shift); '\r' for Enter, '\t' for Tab
 * @at_us: monotonic time of the key
 * @scan: (out) (transfer full) (nullable): the scan when the verdict is SCAN
 *
 * The same where only characters are known. Keys that write nothing are always let through.
 */
LanyardWedgeVerdict lanyard_wedge_decoder_key (LanyardWedgeDecoder *decoder,
                                               gunichar character,
                                               gint64 at_us,
                                               LanyardScan **scan);
/* Silence: ends a burst that has no suffix. To be called when max_gap_us has passed without a key.
 * Returns: (transfer full) (nullable): the scan */
LanyardScan *lanyard_wedge_decoder_idle (LanyardWedgeDecoder *decoder, gint64 now_us);

/* Returns: (transfer full) (nullable): characters that were swallowed and are a person's, UTF-8, to
 *   be typed before the key at hand; NULL when there are none. To be asked after each key and idle.
 */
char *lanyard_wedge_decoder_take_rejected (LanyardWedgeDecoder *decoder);

/* Returns: how many of the keys that were swallowed turned out to be a person's since it was last
 *   asked: the oldest ones that the caller keeps; to be pressed again before the key at hand. For a
 *   caller that keeps the keys themselves rather than asking for their characters. */
guint lanyard_wedge_decoder_take_n_rejected (LanyardWedgeDecoder *decoder);
/* Returns: how many keys are swallowed and not yet decided: the newest ones. What a caller keeps
 *   beyond these and the rejected ones has become a scan, or nothing. */
guint lanyard_wedge_decoder_get_n_held (LanyardWedgeDecoder *decoder);

/* Returns: whether the scan that was given last is known to be a scan: it has the prefix, or makes
 *   sense */
gboolean lanyard_wedge_decoder_is_sure (LanyardWedgeDecoder *decoder);

/* Returns: how many characters of the scan that was given last had been let through before it was
 *   known to be one: a focused field holds them and should lose them */
guint lanyard_wedge_decoder_get_passed (LanyardWedgeDecoder *decoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardWedgeDecoder, lanyard_wedge_decoder_free)

G_END_DECLS
