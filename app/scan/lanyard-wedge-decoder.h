/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"

G_BEGIN_DECLS

/*
 * Tells a scanner that types from a person who types, by timing alone: a burst of characters with
 * less than max_gap_us between them, of at least min_length, ended by Enter or Tab or by silence.
 * Pure: time comes in with each key.
 */
typedef struct _LanyardWedgeDecoder LanyardWedgeDecoder;

typedef struct
{
  gint64 max_gap_us;  /* 0: the default 35 ms */
  guint min_length;   /* 0: the default 6 characters */
  const char *prefix; /* (nullable): characters that the scanner sends first */
  const char *suffix; /* (nullable): characters that the scanner sends last, before Enter */
} LanyardWedgeOptions;

typedef enum
{
  LANYARD_WEDGE_PASS,  /* a person's key: let it go where it was going */
  LANYARD_WEDGE_SWALLOW, /* part of a burst */
  LANYARD_WEDGE_SCAN,  /* a burst has ended: take the scan */
} LanyardWedgeVerdict;

LanyardWedgeDecoder *lanyard_wedge_decoder_new (const LanyardWedgeOptions *options);
void lanyard_wedge_decoder_free (LanyardWedgeDecoder *decoder);

/**
 * lanyard_wedge_decoder_key:
 * @character: Unicode character, 0 for keys without one (Shift); '\\r' for Enter, '\\t' for Tab
 * @at_us: monotonic time of the key
 * @scan: (out) (transfer full) (nullable): the scan when the verdict is SCAN
 */
LanyardWedgeVerdict lanyard_wedge_decoder_key (LanyardWedgeDecoder *decoder,
                                               gunichar character,
                                               gint64 at_us,
                                               LanyardScan **scan);
/* Silence: ends a burst that has no suffix. To be called when max_gap_us has passed without a key.
 * Returns: (transfer full) (nullable): the scan */
LanyardScan *lanyard_wedge_decoder_idle (LanyardWedgeDecoder *decoder, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardWedgeDecoder, lanyard_wedge_decoder_free)

G_END_DECLS
