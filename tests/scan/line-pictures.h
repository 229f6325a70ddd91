/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "code-pictures.h"

G_BEGIN_DECLS

/* Widths of bars and spaces in turn, in modules, one digit each, from the first bar to the last.
 * Returns: (transfer full) */
char *line_code128 (const char *text); /* set B; \x84 is FNC4 */
char *line_code39 (const char *text);  /* wide elements of 3 modules */
char *line_itf (const char *digits);   /* an even number; wide elements of 3 modules */
char *line_codabar (const char *text); /* digits, with start and stop A; wide elements of 3 */
char *line_ean13 (const char *digits); /* 13, the last is the check digit */
char *line_ean8 (const char *digits);  /* 8 */

/* How a code is drawn: on white paper with a quiet zone, on a grey table. */
typedef struct
{
  double module_px;
  double height_px;
  double degrees; /* clockwise */
  double blur_px; /* standard deviation */
  double noise;   /* standard deviation, levels */
  double quiet;   /* modules to both ends; 0: 10 */
  guint8 dark;    /* level of bars */
} LineLook;

/* Returns: (transfer full): @width × @height px with @widths in the middle */
Picture *line_picture (const char *widths, const LineLook *look, guint width, guint height);

/* Adds noise; the same every time. */
void line_add_noise (Picture *picture, double noise, guint32 seed);

G_END_DECLS
