/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include <librsvg/rsvg.h>
#include <string.h>

#include "lanyard-badge-condition.h"
#include "lanyard-badge-svg.h"
#include "lanyard-error.h"

/* librsvg 2.54 does not declare it. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RsvgHandle, g_object_unref)

#define BAND_COLOUR "#000000"
/* A parsed picture is kept for each set of colours and conditions; more of them than this are not
 * met again soon. */
#define MAX_PICTURES 64

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

/* Hides slots, the other page and what is not for this person, and gives bands the colours of this
 * person's category. All of it is important: editors write display and fill into each element's
 * style, which would win otherwise. */
static char *
make_style (LanyardDrawing *drawing, guint page)
{
  const LanyardTemplate *template = drawing->badge->template;
  GString *style = g_string_new ("[data-slot]:not([data-slot=\"band\"]){display:none!important}");

  g_string_append_printf (style, "[data-page=\"%s\"]{display:none!important}",
                          page == 0 ? "back" : "front");
  for (guint i = 0; i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);

      if (slot->kind == LANYARD_SLOT_BAND)
        g_string_append_printf (style, "[data-slot=\"band\"][data-fill=\"%s\"]{fill:%s!important}",
                                slot->fill,
                                lanyard_badge_colour_resolve (drawing->badge->pack,
                                                              drawing->content, slot->fill,
                                                              BAND_COLOUR));
    }
  for (guint i = 0; i < template->conditions->len; i++)
    {
      const char *condition = g_ptr_array_index (template->conditions, i);

      if (!lanyard_condition_holds (drawing->badge->pack, drawing->content, condition))
        g_string_append_printf (style, "[data-if=\"%s\"]{display:none!important}", condition);
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

/* Returns: (transfer none) (nullable): the picture of @page as this person has it, parsed */
static RsvgHandle *
get_picture (LanyardDrawing *drawing, guint page, GError **error)
{
  LanyardBadge *badge = drawing->badge;
  g_autofree char *style = make_style (drawing, page);
  RsvgHandle *handle = g_hash_table_lookup (badge->pictures, style);

  if (handle != NULL)
    return handle;

  handle = new_picture (drawing, style, error);
  if (handle == NULL)
    return NULL;
  if (g_hash_table_size (badge->pictures) >= MAX_PICTURES)
    g_hash_table_remove_all (badge->pictures);
  g_hash_table_replace (badge->pictures, g_steal_pointer (&style), handle);

  return handle;
}

gboolean
lanyard_prepare_picture (LanyardDrawing *drawing, guint page, GError **error)
{
  return get_picture (drawing, page, error) != NULL;
}

gboolean
lanyard_draw_picture (LanyardDrawing *drawing, guint page, GError **error)
{
  const LanyardTemplate *template = drawing->badge->template;
  LanyardBox box = { 0.0, 0.0, template->width_mm, template->height_mm };
  RsvgHandle *handle = get_picture (drawing, page, error);

  if (handle == NULL)
    return FALSE;
  if (render (handle, drawing->cr, &box, error))
    return TRUE;

  g_prefix_error (error, "The badge template ");
  return FALSE;
}

/* Returns: (transfer none) (nullable): the picture in the pack's @file */
static RsvgHandle *
get_image (LanyardBadge *badge, const char *file, GError **error)
{
  RsvgHandle *handle = g_hash_table_lookup (badge->images, file);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *what = NULL;

  if (handle != NULL)
    return handle;

  content = lanyard_pack_dup_branding (badge->pack, file, error);
  if (content == NULL)
    return NULL;
  what = g_strdup_printf ("shows branding/%s, which", file);
  if (!lanyard_svg_check (content, what, error))
    return NULL;
  handle = rsvg_handle_new_from_data (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                                      &local);
  if (handle == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "is not an SVG file: %s",
                   local->message);
      return NULL;
    }
  g_hash_table_replace (badge->images, g_strdup (file), handle);

  return handle;
}

gboolean
lanyard_draw_file (LanyardDrawing *drawing,
                   const char *file,
                   const char *colour,
                   const LanyardBox *box,
                   GError **error)
{
  RsvgHandle *handle = get_image (drawing->badge, file, error);
  g_autofree char *style = g_strdup_printf (":root{color:%s}", colour);

  return handle != NULL
         && rsvg_handle_set_stylesheet (handle, (const guint8 *)style, strlen (style), error)
         && render (handle, drawing->cr, box, error);
}

gboolean
lanyard_draw_image (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  LanyardBox box = { slot->x_mm, slot->y_mm, slot->width_mm, slot->height_mm };
  const char *colour = lanyard_badge_colour_resolve (drawing->badge->pack, drawing->content,
                                                     slot->fill, BAND_COLOUR);

  return lanyard_draw_file (drawing, slot->file, colour, &box, error);
}
