/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-finder.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/*
 * Where finder patterns may be: rows of the sign image with runs of 1 : 1 : 3 : 1 : 1, dark or
 * light, checked along the column and then along all rays (lanyard-qr-finder).
 *
 * Open ones, whose outermost runs go on into ground of their colour (lanyard-qr-finder), are looked
 * for when asked: 1 : 3 : 1 is in every other word of print.
 *
 * Assumes that a row passes through the core, three modules high: every third row is enough down
 * to a px a module.
 */
#define LANYARD_QR_MAX_FINDERS 200
#define LANYARD_QR_MAX_REFUSED 16 /* places that are remembered */

typedef struct
{
  LanyardQrFinder finders[LANYARD_QR_MAX_FINDERS];
  guint n_finders;
  double refused[LANYARD_QR_MAX_REFUSED][2]; /* px: what was no pattern, the last ones */
  guint n_refused;                           /* since the first row */
  guint row;                                 /* next to be searched */
  guint row_step;                            /* 1: every row */
  gboolean open;                             /* outermost runs may be longer */
  gboolean between;                          /* the rows that the first pass has left out */
  guint *borders;  /* owned: room for one, then px at which the colour of a row changes */
  guint n_borders; /* room in borders */
} LanyardQrLocator;

void
lanyard_qr_locator_begin (LanyardQrLocator *locator, guint width, guint row_step, gboolean open);
/* After the last row: once more, through all rows that were left out. What was found stays. */
void lanyard_qr_locator_go_between (LanyardQrLocator *locator);

/* Returns: TRUE when all rows have been searched */
gboolean lanyard_qr_locator_step (LanyardQrLocator *locator,
                                  const LanyardSignImage *sign,
                                  const LanyardPlane *plane,
                                  LanyardWork *work);
void lanyard_qr_locator_clear (LanyardQrLocator *locator);

G_END_DECLS
