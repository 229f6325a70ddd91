/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge-shape.h"
#include "lanyard-badge-slot.h"

G_BEGIN_DECLS

/* How words are set. A value. */
typedef struct
{
  const char *font;     /* borrowed (nullable): families */
  const char *language; /* borrowed (nullable): BCP 47 */
  guint weight;
  double size_mm;
  double min_size_mm;
  guint lines;
  LanyardAlign align;
  LanyardValign valign;
} LanyardTextStyle;

/* Words set into a box: at which size, in which lines. */
typedef struct _LanyardText LanyardText;

/* Returns: (transfer full): for drawing on @cr, with metrics that do not depend on its resolution,
 * so that preview, PNG and PDF break lines alike */
PangoContext *lanyard_text_context_new (cairo_t *cr);

/**
 * lanyard_text_fit:
 * @context: from lanyard_text_context_new()
 * @style: how
 * @words: not empty
 * @width_mm: of the box
 * @height_mm: of the box
 * @error: LANYARD_ERROR_INVALID when it does not fit at min_size_mm: nothing is ever cut;
 *   LANYARD_ERROR_UNAVAILABLE when no font has a letter of it. Neither says the words.
 *
 * One line at four fifths of size_mm or more is preferred; then as many lines as allow the largest
 * size. Words are broken inside only when there is no other way. All ink lies within the box.
 *
 * Returns: (transfer full) (nullable): the words as they fit
 */
LanyardText *lanyard_text_fit (PangoContext *context,
                               const LanyardTextStyle *style,
                               const char *words,
                               double width_mm,
                               double height_mm,
                               GError **error);
void lanyard_text_free (LanyardText *text);
double lanyard_text_get_size_mm (const LanyardText *text);
guint lanyard_text_get_n_lines (const LanyardText *text);
/* Whether its first line runs from right to left. */
gboolean lanyard_text_is_rtl (const LanyardText *text);
/* @ink: (out): what is black, relative to the box */
void lanyard_text_get_ink (const LanyardText *text, LanyardBox *ink);
/* Widest line, mm. */
double lanyard_text_get_width_mm (const LanyardText *text);
/* Foot of the last line, relative to the box, mm. */
double lanyard_text_get_bottom_mm (const LanyardText *text);
/* Draws with the current source; @x_mm and @y_mm are the top left of the box. */
void lanyard_text_draw (const LanyardText *text, cairo_t *cr, double x_mm, double y_mm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardText, lanyard_text_free)

G_END_DECLS
