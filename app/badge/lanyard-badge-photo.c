/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include "lanyard-error.h"
#include "lanyard-page-marks.h"

#define PLACEHOLDER_BACK "#e6eaef"
#define PLACEHOLDER_FRONT "#b4bfcb"

/* Head and shoulders, for people without a photo. */
static void
draw_placeholder (cairo_t *cr, const LanyardSlot *slot)
{
  double centre = slot->x_mm + slot->width_mm / 2.0;
  double unit = MIN (slot->width_mm, slot->height_mm * 0.8);
  double neck = slot->y_mm + slot->height_mm * 0.62;

  lanyard_shape_set_colour (cr, PLACEHOLDER_BACK);
  cairo_paint (cr);
  lanyard_shape_set_colour (cr, PLACEHOLDER_FRONT);
  cairo_arc (cr, centre, slot->y_mm + slot->height_mm * 0.38, unit * 0.21, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
  cairo_save (cr);
  cairo_translate (cr, centre, neck + unit * 0.42);
  cairo_scale (cr, unit * 0.4, unit * 0.42);
  cairo_arc (cr, 0.0, 0.0, 1.0, G_PI, 2.0 * G_PI);
  cairo_rectangle (cr, -1.0, 0.0, 2.0, 1.0);
  cairo_restore (cr);
  cairo_fill (cr);
}

static gboolean
is_same (const LanyardPortrait *portrait, const LanyardBadgeContent *content)
{
  const LanyardFaceBox *face = &content->entry->face_box;

  return portrait != NULL && portrait->face.x == face->x && portrait->face.y == face->y
         && portrait->face.width == face->width && portrait->face.height == face->height
         && g_bytes_equal (portrait->photo, content->photo);
}

/* Decoding, scaling and coding a photo takes about as long as all the rest of a badge: what was
 * made for the PDF serves for the recorded pages too, and may be there before either is asked for.
 * Returns: (transfer none) (nullable) */
static const LanyardPortrait *
get_portrait (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  GHashTable *portraits = drawing->badge->portraits;
  LanyardPortrait *portrait = g_hash_table_lookup (portraits, slot);

  if (is_same (portrait, drawing->content))
    return portrait;

  portrait = lanyard_portrait_new (drawing->content, slot, error);
  if (portrait != NULL)
    g_hash_table_replace (portraits, (gpointer)slot, portrait);

  return portrait;
}

static gboolean
draw_portrait (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  const LanyardPortrait *portrait = get_portrait (drawing, slot, error);
  cairo_t *cr = drawing->cr;
  cairo_surface_t *surface;

  if (portrait == NULL)
    return FALSE;

  surface = portrait->surface;
  cairo_translate (cr, slot->x_mm, slot->y_mm);
  cairo_scale (cr, slot->width_mm / cairo_image_surface_get_width (surface),
               slot->height_mm / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  /* On a raster the edges would be mixed with nothing. In a PDF the JPEG goes as it is, but not
   * when padding was asked for. */
  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE)
    cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);

  return TRUE;
}

gboolean
lanyard_draw_photo (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  LanyardBox box = { slot->x_mm, slot->y_mm, slot->width_mm, slot->height_mm };
  LanyardPagePhoto mark = { slot->x_mm, slot->y_mm, slot->width_mm, slot->height_mm };
  gboolean good = TRUE;

  if (drawing->content->photo == NULL && slot->required)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "is required, but this person has no photo; take one");
      return FALSE;
    }

  cairo_save (drawing->cr);
  lanyard_shape_rounded (drawing->cr, &box, slot->radius_mm);
  cairo_clip (drawing->cr);
  if (drawing->content->photo != NULL)
    good = draw_portrait (drawing, slot, error);
  else
    draw_placeholder (drawing->cr, slot);
  cairo_restore (drawing->cr);
  lanyard_page_mark_photo (drawing->cr, &mark);

  return good;
}

gboolean
lanyard_prepare_photo (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  return drawing->content->photo == NULL || get_portrait (drawing, slot, error) != NULL;
}
