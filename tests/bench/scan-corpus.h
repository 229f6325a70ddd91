/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-frame.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/* The labelled pictures in LANYARD_CORPUS, or ../shared/corpus beside the source tree. */
typedef struct
{
  char *file;            /* below the corpus */
  char *set;             /* "boof-glare" */
  char *symbology;       /* as the label has it: "QR", "NONE" */
  char **texts;          /* any of them is right; empty: nobody knows */
  double (*polygons)[8]; /* x, y of four corners each, px */
  guint n_polygons;
} CorpusPicture;

/* Returns: (transfer full) (nullable) (element-type CorpusPicture): NULL when there is none;
 *   @directory then says where it would be */
GPtrArray *corpus_load (char **directory);

LanyardFrame *corpus_picture_load (const CorpusPicture *picture, const char *directory);
/* Whether @scan says what the label says. */
gboolean corpus_picture_is_right (const CorpusPicture *picture, const LanyardScan *scan);
/* Whether @scan, of the picture in its corpus_letterbox(), is one of several codes that the label
 * outlines, of which it does not name every text: the text then says nothing against it. */
gboolean corpus_picture_is_outlined (const CorpusPicture *picture,
                                     const LanyardFrame *upright,
                                     const LanyardScan *scan);
/* By quarter turns. */
LanyardFrame *corpus_rotate (const LanyardFrame *frame, guint n_turns);
/* Fitted into 1280 × 720 px on mid-grey, as a camera would show it. */
LanyardFrame *corpus_letterbox (const LanyardFrame *frame);
/* The same without its codes: each polygon and a margin around it under a smooth patch. */
LanyardFrame *corpus_erase (const LanyardFrame *frame, const CorpusPicture *picture);

G_END_DECLS
