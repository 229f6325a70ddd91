/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge-field.h"
#include "lanyard-badge-text.h"
#include "lanyard-badge-template.h"

G_BEGIN_DECLS

/* The photo of one person as one slot shows it. */
typedef struct
{
  GBytes *photo;            /* owned: what it was made of */
  LanyardFaceBox face;      /* and how it was cropped */
  cairo_surface_t *surface; /* owned: PHOTO_DPI, with its JPEG */
} LanyardPortrait;

/* Returns: (transfer full) (nullable): the photo of @content, which has one
 * @error: LANYARD_ERROR_INVALID: it is no portrait */
LanyardPortrait *
lanyard_portrait_new (const LanyardBadgeContent *content, const LanyardSlot *slot, GError **error);
void lanyard_portrait_free (LanyardPortrait *portrait);

struct _LanyardBadge
{
  LanyardPack *pack;         /* owned */
  LanyardTemplate *template; /* owned */
  GBytes *svg;               /* owned: for the picture */
  GHashTable *pictures;      /* owned (element-type utf8 RsvgHandle): by page and colours */
  GHashTable *images;        /* owned (element-type utf8 RsvgHandle): by file of branding/ */
  GHashTable *portraits; /* owned (element-type LanyardSlot LanyardPortrait): the last of each */
};

/* Text slots that close up, one below the other. */
typedef struct
{
  const char *name;  /* borrowed */
  double lift_mm;    /* by how much the next slot moves up */
  double last_y_mm;  /* where the last slot stands in the template */
  gboolean is_empty; /* the last slot had no words */
} LanyardFlow;

/* One side being drawn. Lives on the stack. */
typedef struct
{
  LanyardBadge *badge;                /* borrowed */
  const LanyardBadgeContent *content; /* borrowed */
  cairo_t *cr;                        /* borrowed; user space in mm */
  PangoContext *context;              /* borrowed */
  GArray *flows;                      /* borrowed (element-type LanyardFlow) */
} LanyardDrawing;

/* One slot of any kind, when it is wanted. @error: without the slot's name, which the caller adds
 */
gboolean lanyard_draw_slot (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
/* Each draws one slot of its kind. */
gboolean lanyard_draw_text (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_codes (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_photo (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
/* Makes what lanyard_draw_photo() would have to make for @slot. */
gboolean lanyard_prepare_photo (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_qr (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_image (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_code128 (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_grid (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_list (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_guilloche (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
gboolean lanyard_draw_micro_text (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error);
/* The template's picture of @page without its slots, with its bands in the category's colours. */
gboolean lanyard_draw_picture (LanyardDrawing *drawing, guint page, GError **error);
/* Parses it. */
gboolean lanyard_prepare_picture (LanyardDrawing *drawing, guint page, GError **error);

/* An SVG of branding/ in @box; what it draws in currentColor has @colour, "#rrggbb". */
gboolean lanyard_draw_file (LanyardDrawing *drawing,
                            const char *file,
                            const char *colour,
                            const LanyardBox *box,
                            GError **error);

/* A cell of a codes slot is @side_mm high and stands in @box. */
gboolean lanyard_draw_cell (LanyardDrawing *drawing,
                            const LanyardSlot *slot,
                            const LanyardBadgeCode *code,
                            const LanyardBox *box,
                            double side_mm,
                            GError **error);
/* Width of a cell, and of a symbol at a font size of 1 mm; 0 and @error when it cannot be set. */
double lanyard_cell_get_width (const LanyardSlot *slot,
                               const LanyardBadgeCode *code,
                               double unit_width,
                               double side_mm);
double lanyard_cell_measure (LanyardDrawing *drawing,
                             const LanyardSlot *slot,
                             const LanyardBadgeCode *code,
                             GError **error);

/* Whether data-if, of the slot and of its group, wants @slot on this badge. */
gboolean lanyard_slot_is_wanted (LanyardDrawing *drawing, const LanyardSlot *slot);

/* Style and words as @slot wants them for @content. */
void
lanyard_text_style_init (LanyardTextStyle *style, LanyardDrawing *drawing, const LanyardSlot *slot);

G_END_DECLS
