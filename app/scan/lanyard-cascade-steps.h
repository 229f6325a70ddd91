/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-line-reader.h"
#include "lanyard-matrix-reader.h"
#include "lanyard-mrz-reader.h"
#include "lanyard-plane.h"
#include "lanyard-qr-reader.h"
#include "lanyard-scan.h"
#include "lanyard-small-reader.h"
#include "lanyard-zbar.h"

G_BEGIN_DECLS

/*
 * The cascade's own: what its steps are and in which order they come. Nothing else includes this.
 *
 * Assumes that what a cheap step reads need not be confirmed by a dear one, and that nobody waits
 * for another code that only deep steps read once one is read, except where documents have them
 * side by side. Which step comes when follows from a measurement that stands in README.md: of 815
 * labelled pictures, how many each read first.
 */

/* Reductions of the frame, made when a step first wants them. */
typedef enum
{
  LANYARD_SCALE_FULL,
  LANYARD_SCALE_HALF,
  LANYARD_SCALE_QUARTER,
  LANYARD_N_SCALES,
} LanyardScale;

/* When a step is done. */
typedef enum
{
  LANYARD_STEP_ALWAYS,   /* on each frame of a camera */
  LANYARD_STEP_IF_NONE,  /* the same, unless something has been found in the picture */
  LANYARD_STEP_DOCUMENT, /* in slices, unless something has been found beside which documents have
                            nothing: see lanyard_cascade_is_beside() */
  LANYARD_STEP_ASKED,    /* the same, only while a document is asked for */
  LANYARD_STEP_UNASKED,  /* in slices, unless something has been found or a document is asked for */
  LANYARD_STEP_DEEP,     /* in slices, unless something has been found */
  LANYARD_STEP_DEEP_WHOLE /* cannot be cut and takes longer than a frame: only where work has no
                             limit */
} LanyardStepWhen;

/* All that search; each keeps its memory from picture to picture. */
typedef struct
{
  LanyardSymbologies symbologies;
  LanyardZbar *zbar;           /* owned */
  LanyardQrReader *qr;         /* owned */
  LanyardSmallReader *small;   /* owned */
  LanyardLineReader *lines;    /* owned */
  LanyardMatrixReader *matrix; /* owned */
  LanyardMrzReader *mrz;       /* owned */
  const LanyardPlane *plane;   /* borrowed: what the step at hand searches */
} LanyardSearchers;

void lanyard_searchers_init (LanyardSearchers *searchers, LanyardSymbologies symbologies);
void lanyard_searchers_clear (LanyardSearchers *searchers);

typedef struct _LanyardCascadeStep LanyardCascadeStep;

struct _LanyardCascadeStep
{
  const char *name;
  LanyardSymbologies symbologies; /* left out when none of them is wanted */
  LanyardScale scale;
  LanyardStepWhen when;
  guint radius; /* px of the plane: of the local mean; 0: not a step for QR */
  void (*begin) (LanyardSearchers *searchers, const LanyardCascadeStep *step);
  /* Returns: whether it is at its end */
  gboolean (*go_on) (LanyardSearchers *searchers,
                     LanyardWork *work,
                     LanyardFoundFunc func,
                     gpointer user_data);
  /* (nullable): what it has located and not read, px of the plane */
  gboolean (*get_suspect) (const LanyardSearchers *searchers, LanyardSuspect *suspect);
};

/* Returns: (transfer none) (array length=n_steps): in their order */
const LanyardCascadeStep *lanyard_cascade_get_steps (guint *n_steps);

static inline gboolean
lanyard_cascade_step_is_deep (const LanyardCascadeStep *step)
{
  return step->when >= LANYARD_STEP_DOCUMENT;
}

G_END_DECLS
