/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include <librsvg/rsvg.h>
#include <string.h>

#include "lanyard-error.h"

/* librsvg 2.54 does not declare it. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RsvgHandle, g_object_unref)

#define QR_COLOUR "#000000"
#define QR_BACK "#ffffff"

/* Every run of dark modules is one rectangle and all of them one path: vectors without seams. */
static void
trace_modules (cairo_t *cr, const LanyardQr *qr, double x_mm, double y_mm, double module_mm)
{
  for (guint y = 0; y < qr->size; y++)
    {
      for (guint x = 0; x < qr->size; x++)
        {
          guint start = x;

          while (x < qr->size && lanyard_qr_get (qr, x, y))
            x++;
          if (x > start)
            cairo_rectangle (cr, x_mm + start * module_mm, y_mm + y * module_mm,
                             (x - start) * module_mm, module_mm);
        }
    }
}

static RsvgHandle *
new_picture (LanyardDrawing *drawing, const char *style, GError **error)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (drawing->badge->svg, &n_bytes);
  g_autoptr (GError) local = NULL;
  g_autoptr (RsvgHandle) handle = rsvg_handle_new_from_data (data, n_bytes, &local);

  if (handle == NULL
      || !rsvg_handle_set_stylesheet (handle, (const guint8 *)style, strlen (style), &local))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "The badge template cannot be drawn: %s",
                   local != NULL ? local->message : "it is no SVG file");
      return NULL;
    }

  return g_steal_pointer (&handle);
}

/* Hides slots and the other page, and gives bands the colours of this person's category. */
static char *
make_style (LanyardDrawing *drawing, guint page)
{
  const LanyardTemplate *template = drawing->badge->template;
  GString *style = g_string_new ("[data-slot]{display:none}[data-slot=\"band\"]{display:inline}");

  g_string_append_printf (style, "[data-page=\"%s\"]{display:none}", page == 0 ? "back" : "front");
  for (guint i = 0; i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);

      if (slot->kind == LANYARD_SLOT_BAND)
        g_string_append_printf (style, "[data-slot=\"band\"][data-fill=\"%s\"]{fill:%s}",
                                slot->fill,
                                lanyard_badge_colour_resolve (
                                    drawing->badge->pack, drawing->content, slot->fill, QR_COLOUR));
    }

  return g_string_free (style, FALSE);
}

static gboolean
render (RsvgHandle *handle, cairo_t *cr, const LanyardBox *box, GError **error)
{
  RsvgRectangle viewport = { box->x_mm, box->y_mm, box->width_mm, box->height_mm };
  g_autoptr (GError) local = NULL;

  if (rsvg_handle_render_document (handle, cr, &viewport, &local))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "cannot be drawn: %s", local->message);
  return FALSE;
}

gboolean
lanyard_draw_picture (LanyardDrawing *drawing, guint page, GError **error)
{
  LanyardBadge *badge = drawing->badge;
  LanyardBox box = { 0.0, 0.0, badge->template->width_mm, badge->template->height_mm };
  g_autofree char *style = make_style (drawing, page);
  RsvgHandle *handle = g_hash_table_lookup (badge->pictures, style);

  if (handle == NULL)
    {
      handle = new_picture (drawing, style, error);
      if (handle == NULL)
        return FALSE;
      g_hash_table_replace (badge->pictures, g_steal_pointer (&style), handle);
    }

  if (render (handle, drawing->cr, &box, error))
    return TRUE;

  g_prefix_error (error, "The badge template ");
  return FALSE;
}

gboolean
lanyard_draw_image (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  LanyardBadge *badge = drawing->badge;
  LanyardBox box = { slot->x_mm, slot->y_mm, slot->width_mm, slot->height_mm };
  RsvgHandle *handle = g_hash_table_lookup (badge->images, slot->file);

  if (handle == NULL)
    {
      g_autoptr (GBytes) file = lanyard_pack_dup_branding (badge->pack, slot->file, error);
      g_autoptr (GError) local = NULL;
      gsize n_bytes;
      const guint8 *data;

      if (file == NULL)
        return FALSE;
      data = g_bytes_get_data (file, &n_bytes);
      handle = rsvg_handle_new_from_data (data, n_bytes, &local);
      if (handle == NULL)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "is not an SVG file: %s",
                       local->message);
          return FALSE;
        }
      g_hash_table_replace (badge->images, g_strdup (slot->file), handle);
    }

  return render (handle, drawing->cr, &box, error);
}

gboolean
lanyard_draw_qr (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  g_autoptr (LanyardQr) qr = lanyard_qr_new (drawing->content->credential, slot->level, error);
  cairo_t *cr = drawing->cr;
  double module_mm;

  if (qr == NULL)
    return FALSE;

  module_mm = slot->width_mm / (qr->size + 2 * slot->quiet);
  if (module_mm < slot->min_module_mm)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "would have modules of %.2f mm, less than %.2f mm; make the slot larger or the"
                   " credential shorter",
                   module_mm, slot->min_module_mm);
      return FALSE;
    }

  lanyard_shape_set_colour (cr, QR_BACK);
  cairo_rectangle (cr, slot->x_mm, slot->y_mm, slot->width_mm, slot->height_mm);
  cairo_fill (cr);
  lanyard_shape_set_colour (cr, slot->fill != NULL ? slot->fill : QR_COLOUR);
  trace_modules (cr, qr, slot->x_mm + slot->quiet * module_mm, slot->y_mm + slot->quiet * module_mm,
                 module_mm);
  cairo_fill (cr);

  return TRUE;
}
