/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"

G_BEGIN_DECLS

/*
 * Has anything in the picture changed since all was tried on it? As long as it has not, no step of
 * the reader is worth its work. What it assumes and what that costs stands in lanyard-gate.c.
 * Pure: time comes in with each frame.
 */
typedef struct _LanyardGate LanyardGate;

/* How long it stays open after the last movement, µs: a lens needs that long to find its focus. */
#define LANYARD_GATE_LINGER_US (3 * G_USEC_PER_SEC / 2)

/* What one frame said. */
typedef struct
{
  gboolean open;       /* the picture is worth a search */
  double moving_share; /* 0…1 of the picture that differs from the frame before */
  gint64 still_us;     /* since when nothing has moved; the first frame counts as movement */
  LanyardPlane small;  /* the picture at about 160 × 90 px; valid until the next frame */
  guint scale;         /* px of the frame to a px of small */
} LanyardGateLook;

LanyardGate *lanyard_gate_new (void);
void lanyard_gate_free (LanyardGate *gate);

/**
 * lanyard_gate_look:
 * @plane: the whole frame; another size than before is another picture
 * @at_us: monotonic: when it was taken
 * @look: (out): what it says
 */
void lanyard_gate_look (LanyardGate *gate,
                        const LanyardPlane *plane,
                        gint64 at_us,
                        LanyardGateLook *look);

/**
 * lanyard_gate_settle:
 *
 * Says that all has been tried on what is in the picture now. The gate shuts until something
 * differs from the last frame it looked at.
 *
 * Returns: FALSE: it stays open, because something has moved less than LANYARD_GATE_LINGER_US ago
 */
gboolean lanyard_gate_settle (LanyardGate *gate);
/* Something else is asked of the picture: the next look opens the gate as movement does. */
void lanyard_gate_reopen (LanyardGate *gate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardGate, lanyard_gate_free)

G_END_DECLS
