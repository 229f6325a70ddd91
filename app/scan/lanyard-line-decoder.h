/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-line-band.h"
#include "lanyard-line-vote.h"
#include "lanyard-work.h"
#include "lanyard-zbar.h"

G_BEGIN_DECLS

/* From grey values along a line to what they say: edges, widths, ZBar, and the vote. */
typedef struct _LanyardLineDecoder LanyardLineDecoder;

/* How much to try on one line. */
typedef struct
{
  double per_px;     /* samples */
  guint sensitivity; /* percent, as of lanyard_edges_find() */
  guint n_rules;     /* of LanyardEdgeRule, from the first on, until one reads */
} LanyardLineEffort;

/* @zbar: borrowed */
LanyardLineDecoder *lanyard_line_decoder_new (LanyardZbar *zbar);
void lanyard_line_decoder_free (LanyardLineDecoder *decoder);
/* Returns: (transfer none) */
LanyardLineVote *lanyard_line_decoder_get_vote (LanyardLineDecoder *decoder);
/* Whom to tell what becomes certain; NULL for nobody. */
void lanyard_line_decoder_set_func (LanyardLineDecoder *decoder,
                                    LanyardFoundFunc func,
                                    gpointer user_data);

/* Returns: how many codes the line says, certain or not */
guint lanyard_line_decoder_read (LanyardLineDecoder *decoder,
                                 LanyardWork *work,
                                 const LanyardPlane *plane,
                                 const LanyardSegment *segment,
                                 const LanyardLineEffort *effort);

/* The same for the mean of a band; tries edges first, then patterns (lanyard-line-fit). */
guint lanyard_line_decoder_read_band (LanyardLineDecoder *decoder,
                                      LanyardWork *work,
                                      const LanyardPlane *plane,
                                      const LanyardLineBand *band);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLineDecoder, lanyard_line_decoder_free)

G_END_DECLS
