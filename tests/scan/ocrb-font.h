/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/*
 * OCR-B as Debian's fonts-ocr-b draws it (Norbert Schwarz 1995 and 2010, "may freely use, modify
 * and/or distribute"; Matthew Skala 2012, public domain). Its characters are 723/1000 em apart;
 * capitals stand from -10 to 713.
 */
#define OCRB_CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
#define OCRB_N_CHARACTERS 37

typedef enum
{
  OCRB_ROUND, /* "OCR B", as ISO 1073-2 has it */
  OCRB_SHARP, /* "OCR B S", strokes that end square */
} OcrbCut;

typedef struct
{
  OcrbCut cut;
  double weight;  /* pitches that each edge of a stroke is moved outwards; negative: thinner */
  double stretch; /* of the width of each character, not of the pitch; 1: as it is */
} OcrbLook;

/* Whether the font is installed: without it another font would be drawn, and nothing proven. */
gboolean ocrb_font_is_there (void);

/* Draws one character in the current source, @pitch wide, the middle of its cell and of the height
 * of its capitals at @x, @y. */
void ocrb_font_draw (cairo_t *cairo,
                     const OcrbLook *look,
                     char character,
                     double x,
                     double y,
                     double pitch);

/* How the classifier's table has a character: 32 rows of 24 values from 0 (paper) to 15 (ink), the
 * cell one pitch wide, as hexadecimal digits. @hex: room for 32 × 24 and the end */
void ocrb_font_glyph (char character, char *hex);

G_END_DECLS
