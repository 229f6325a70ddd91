/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "code-pictures.h"

G_BEGIN_DECLS

/* How a QR symbol is seen; what is zero is straight, plain and clean. */
typedef struct
{
  guint version;    /* 0: as the text needs */
  guint level;      /* 0 to 3: L, M, Q, H */
  double module_px; /* before tilting */
  double turn;      /* degrees, clockwise */
  double tilt;      /* degrees, the lower edge away from the eye */
  double sag;       /* modules that the middle hangs down: paper around a bottle */
  gboolean mirrored;
  gboolean inverted;
  gboolean no_quiet_zone; /* the symbol lies on black */
  double quiet;           /* modules of paper around it, before the black */
  guint noise;            /* grey values either way, from a fixed seed */
} QrScene;

/* A symbol drawn in the middle of a picture. @modules: (nullable): side × side, 1 is dark, of 177 ×
 * 177 at most; as seen upright, so turned over when mirrored. @corners: (nullable): px, clockwise
 * from the top left as seen upright. Returns: (transfer full) */
Picture *qr_scene_draw (const QrScene *scene,
                        const char *text,
                        guint *side,
                        guint8 *modules,
                        double corners[4][2]);

G_END_DECLS
