/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-plane.h"
#include "lanyard-scanner.h"

G_BEGIN_DECLS

/* What one frame says about how a code is held. All shares are 0…1. */
typedef struct
{
  gint64 at_us;        /* monotonic: when the frame was taken */
  gboolean open;       /* something is going on in the picture */
  gboolean read;       /* a code was read in it, or is known to be still there */
  double moving_share; /* of the picture that differs from the frame before */
  double brightest;    /* grey level below which 19 of 20 px are */
  gboolean located;    /* what follows is known: a symbol was located and not read */
  double module_px;    /* of it; 0: not known */
  double least_px;     /* of module_px, to be read */
  double symbol_share; /* of the picture's width or height, whichever it fills more of */
  double speed_px;     /* px a frame */
  double sharpness;    /* steepest step between neighbours to the whole range of grey */
  double glare_share;  /* of the symbol's parts that show nothing but white */
  gboolean glaring;    /* who located it saw that glare covers a part of it */
} LanyardHintSight;

/* What would be said of this frame alone. Pure. */
LanyardHint lanyard_hint_judge (const LanyardHintSight *sight);

/* @small: the reduced picture. Fills what is asked of the whole picture. */
void lanyard_hint_measure_light (LanyardHintSight *sight, const LanyardPlane *small);
/* Fills what is asked of a symbol that was not read; @speed_px: px a frame. */
void lanyard_hint_measure_suspect (LanyardHintSight *sight,
                                   const LanyardPlane *plane,
                                   const LanyardSuspect *suspect,
                                   double speed_px);

/* What is shown: it follows the frames slowly enough to be read. Zero-initialised shows nothing. */
typedef struct
{
  LanyardHint shown;
  gint64 shown_us;    /* since when */
  LanyardHint wanted; /* what the frames say */
  gint64 wanted_us;   /* since when they have said so */
  gint64 said_us;     /* when a frame said so last */
} LanyardHinter;

/* A hint is shown when frames have asked for it for this long, µs … */
#define LANYARD_HINT_WAIT_US (6 * G_USEC_PER_SEC / 10)
/* … stays at least this long, unless a code is read, … */
#define LANYARD_HINT_STAY_US (15 * G_USEC_PER_SEC / 10)
/* … and frames that say nothing do not count before this. */
#define LANYARD_HINT_GAP_US (4 * G_USEC_PER_SEC / 10)

/* Returns: whether another hint is shown now */
gboolean lanyard_hinter_add (LanyardHinter *hinter, const LanyardHintSight *sight);

G_END_DECLS
