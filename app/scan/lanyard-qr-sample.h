/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-grid.h"

G_BEGIN_DECLS

/*
 * From a grid to light and dark modules.
 *
 * No one threshold is right for all pictures: the box around each px, the middle between the
 * lightest and the darkest modules near by or farther around, the same after undoing some blur,
 * one threshold for all. Each costs little; the format information, which carries its own check,
 * tells most wrong ones before the dear step.
 *
 * Assumes a grid that is right to less than half a module, and that light changes little over three
 * modules. Measured on the labelled pictures (bench-scan --corpus --alone --turns 1): of the 1,339
 * grids that were tried 979 were read by the box, 80 by what is near, 1 by what is farther around,
 * 21 after undoing blur and 1 by one threshold for all.
 */
typedef enum
{
  LANYARD_QR_BY_BOX,    /* the mean of the box, as for the search */
  LANYARD_QR_BY_NEAR,   /* middle of the extremes within 3 modules */
  LANYARD_QR_BY_FAR,    /* within 8 modules */
  LANYARD_QR_BY_DEBLUR, /* within 3 modules, after subtracting what neighbours add */
  LANYARD_QR_BY_ALL,    /* one threshold */
  LANYARD_QR_N_WAYS
} LanyardQrWay;

#define LANYARD_QR_MAX_MODULES (LANYARD_QR_MAX_SIDE * LANYARD_QR_MAX_SIDE)

/* Grey values of all modules; light on dark is turned round. */
typedef struct
{
  guint side;                         /* modules */
  float grey[LANYARD_QR_MAX_MODULES]; /* 0 to 255 */
  float mean[LANYARD_QR_MAX_MODULES]; /* of the box around */
  float low[LANYARD_QR_MAX_MODULES];  /* for the thresholds */
  float high[LANYARD_QR_MAX_MODULES];
  float sharp[LANYARD_QR_MAX_MODULES];
} LanyardQrSamples;

/* Format information as read. */
typedef struct
{
  gboolean mirrored;
  guint bits;    /* the nearest right 15 */
  guint n_wrong; /* of the 30 in both copies */
} LanyardQrFormat;

void lanyard_qr_samples_take (LanyardQrSamples *samples,
                              const LanyardQrPicture *picture,
                              const LanyardQrGrid *grid);

/* @dark: side × side, 1 is dark */
void lanyard_qr_samples_judge (LanyardQrSamples *samples, LanyardQrWay way, guint8 *dark);

/* Returns: FALSE when neither copy holds */
gboolean lanyard_qr_format_read (const guint8 *dark, guint side, LanyardQrFormat *format);

G_END_DECLS
