/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "demo-picture.h"

G_BEGIN_DECLS

typedef enum
{
  DEMO_HARDNESS_EASY,   /* held still, well lit */
  DEMO_HARDNESS_NORMAL, /* what a webcam over a kiosk sees all day */
  DEMO_HARDNESS_HARD,   /* far, tilted, dim, moving */
} DemoHardness;

/* What to photograph and how. Strings are borrowed. */
typedef struct
{
  const char *text;  /* (nullable): of a QR code */
  const char *image; /* (nullable): path of a picture; exactly one of both is given */
  guint width;       /* px */
  guint height;      /* px */
  DemoHardness hardness;
  guint32 seed; /* of the scene */
} DemoPhotograph;

/* @text: "easy", "normal", "hard". Returns: whether it was one of them */
gboolean demo_hardness_parse (const char *text, DemoHardness *hardness);

/* Returns: (transfer full) (nullable): the scene as the sensor sees it */
DemoPicture *demo_photograph_take (const DemoPhotograph *photograph, GError **error);

/* Takes a photograph and writes it as PNG, after the camera's own compression. */
gboolean demo_photograph_write (const DemoPhotograph *photograph, const char *path, GError **error);

G_END_DECLS
