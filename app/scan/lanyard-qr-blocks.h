/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-sample.h"

G_BEGIN_DECLS

/*
 * Which blocks of a symbol error correction would mend; the mending itself is ZBar's.
 *
 * Why: a drawing that ZBar cannot mend costs 0.1 to 10 ms, asking here 2 to 100 µs. And a threshold
 * that is right for one part of a symbol is wrong for another: blocks stand alone, so each may come
 * from another hypothesis (ISO/IEC 18004:2015 §7.5, §7.6).
 */
#define LANYARD_QR_MAX_BLOCKS 81

/* Collects blocks over several hypotheses of one grid. */
typedef struct
{
  guint n_blocks;
  guint n_good;  /* blocks that can be mended */
  guint n_wrong; /* codewords to be mended in those */
  guint data;    /* the five bits that the format information carries */
  gboolean mirrored;
  gboolean is_good[LANYARD_QR_MAX_BLOCKS];
  guint8 dark[LANYARD_QR_MAX_MODULES]; /* the blocks that are good; turned over if mirrored */
} LanyardQrBlocks;

/* Nothing collected yet. */
void lanyard_qr_blocks_begin (LanyardQrBlocks *blocks);

/**
 * lanyard_qr_blocks_add:
 * @dark: side × side, 1 is dark
 *
 * Adds what can be mended in @dark. Another format information than before starts anew.
 *
 * Returns: whether all blocks are good, so that blocks->dark can be drawn
 */
gboolean lanyard_qr_blocks_add (LanyardQrBlocks *blocks,
                                const LanyardQrLayout *layout,
                                const guint8 *dark,
                                const LanyardQrFormat *format);

G_END_DECLS
