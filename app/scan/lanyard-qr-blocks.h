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
 *
 * Assumes that version, grid and format information are right: with another mask or level no block
 * is good. Assumes Model 2, and that ZBar mends as many codewords as the standard lets it and no
 * more. Which modules are doubtful is not known here, so a block with more wrong codewords than
 * half of those that protect it is given up, wherever they lie. Another format information forgets
 * what was collected: thresholds that read two of them in turn collect nothing.
 *
 * Measured on 398 photographs and 121 drawings by bench-scan --corpus --alone --turns 1, read:
 *   389 and 98   as it is
 *   378 and 91   nothing is asked here: a drawing that ZBar does not know ends the attempt too soon
 *   386 and 98   codewords that small symbols keep in reserve are mended, which ZBar does not do
 *   389 and 98   all blocks from one threshold, by as many work steps: none of these needs two
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
