/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much a small picture of one character looks like each character of a machine readable zone,
 * printed in OCR-B (ISO 1073-2). */

#define LANYARD_OCRB_CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
#define LANYARD_OCRB_N_CLASSES 37
/* Samples a pitch, across and down. */
#define LANYARD_OCRB_SCALE 16
/* What is compared: the middle of the cell. */
#define LANYARD_OCRB_WIDTH 14
#define LANYARD_OCRB_HEIGHT 20
/* How far it may be moved. */
#define LANYARD_OCRB_REACH 2
#define LANYARD_OCRB_PATCH_WIDTH (LANYARD_OCRB_WIDTH + 2 * LANYARD_OCRB_REACH)
#define LANYARD_OCRB_PATCH_HEIGHT (LANYARD_OCRB_HEIGHT + 2 * LANYARD_OCRB_REACH)

/* How print may look: weight of the strokes × blur. */
#define LANYARD_OCRB_N_WEIGHTS 3
#define LANYARD_OCRB_N_BLURS 4
#define LANYARD_OCRB_N_LOOKS (LANYARD_OCRB_N_WEIGHTS * LANYARD_OCRB_N_BLURS)
/* To begin with: as the font has it, somewhat blurred. */
#define LANYARD_OCRB_USUAL_LOOK (1 * LANYARD_OCRB_N_BLURS + 1)

/* Grey samples of a cell and a little around it, rows from the top; the middle of the capitals is
 * the middle of the patch. */
typedef guint8 LanyardOcrbPatch[LANYARD_OCRB_PATCH_HEIGHT * LANYARD_OCRB_PATCH_WIDTH];

typedef struct
{
  float scores[LANYARD_OCRB_N_CLASSES]; /* correlation with each, -1 to 1 */
  guint best;                           /* the class with the highest */
  float dx, dy; /* samples that this one stands to the right of and below the middle */
} LanyardOcrbMatch;

/**
 * lanyard_ocrb_match:
 * @look: 0 to LANYARD_OCRB_N_LOOKS - 1
 * @patch: dark print on light
 * @reach: how many samples it may be moved each way to fit, at most LANYARD_OCRB_REACH
 */
void
lanyard_ocrb_match (guint look, const LanyardOcrbPatch patch, guint reach, LanyardOcrbMatch *match);

/* Returns: how much two characters look like each other: the correlation of their templates */
float lanyard_ocrb_likeness (guint look, guint class_a, guint class_b);

/* Returns: the class of @character; LANYARD_OCRB_N_CLASSES when there is none */
guint lanyard_ocrb_class_of (char character);

G_END_DECLS
