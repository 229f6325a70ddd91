/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include <cairo-pdf.h>
#include <math.h>

#include "lanyard-badge-condition.h"
#include "lanyard-badge-pdf.h"
#include "lanyard-error.h"

#define MM_PER_INCH 25.4
#define POINTS_PER_INCH 72.0
#define MIN_DPI 30.0
#define MAX_DPI 1200.0

gboolean
lanyard_slot_is_wanted (LanyardDrawing *drawing, const LanyardSlot *slot)
{
  LanyardPack *pack = drawing->badge->pack;

  return lanyard_condition_holds (pack, drawing->content, slot->only_if)
         && lanyard_condition_holds (pack, drawing->content, slot->group_if);
}

gboolean
lanyard_draw_slot (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  /* Text that is not wanted still closes up its flow. */
  if (slot->kind != LANYARD_SLOT_TEXT && !lanyard_slot_is_wanted (drawing, slot))
    return TRUE;

  switch (slot->kind)
    {
    case LANYARD_SLOT_TEXT:
      return lanyard_draw_text (drawing, slot, error);
    case LANYARD_SLOT_CODES:
      return lanyard_draw_codes (drawing, slot, error);
    case LANYARD_SLOT_PHOTO:
      return lanyard_draw_photo (drawing, slot, error);
    case LANYARD_SLOT_QR:
      return lanyard_draw_qr (drawing, slot, error);
    case LANYARD_SLOT_IMAGE:
      return lanyard_draw_image (drawing, slot, error);
    case LANYARD_SLOT_CODE128:
      return lanyard_draw_code128 (drawing, slot, error);
    case LANYARD_SLOT_LIST:
      return lanyard_draw_list (drawing, slot, error);
    case LANYARD_SLOT_GUILLOCHE:
      return lanyard_draw_guilloche (drawing, slot, error);
    case LANYARD_SLOT_MICRO_TEXT:
      return lanyard_draw_micro_text (drawing, slot, error);
    case LANYARD_SLOT_KEEP_OUT:
    case LANYARD_SLOT_BAND: /* part of the picture */
    default:
      return TRUE;
    }
}

static gboolean
draw_page (LanyardDrawing *drawing, guint page, GError **error)
{
  const LanyardTemplate *template = drawing->badge->template;

  if (!lanyard_draw_picture (drawing, page, error))
    return FALSE;

  for (guint i = 0; i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);
      g_autofree char *words = NULL;

      if (slot->page != page || lanyard_draw_slot (drawing, slot, error))
        continue;
      words = lanyard_slot_describe (slot);
      g_prefix_error (error, "On this badge, %s ", words);
      return FALSE;
    }

  return TRUE;
}

static cairo_status_t
on_write (void *closure, const unsigned char *data, unsigned int n_bytes)
{
  g_byte_array_append (closure, data, n_bytes);

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The badge could not be drawn (%s); look at its template and fonts with lanyard pack"
               " check",
               cairo_status_to_string (status));
  return FALSE;
}

static gboolean
draw_pdf (LanyardBadge *badge,
          const LanyardBadgeContent *content,
          cairo_surface_t *surface,
          GError **error)
{
  cairo_t *cr = cairo_create (surface);
  gboolean good = TRUE;

  cairo_scale (cr, POINTS_PER_INCH / MM_PER_INCH, POINTS_PER_INCH / MM_PER_INCH);
  for (guint page = 0; good && page < badge->template->n_pages; page++)
    {
      good = lanyard_badge_draw (badge, content, page, cr, error);
      cairo_show_page (cr);
    }
  good = good && check_status (cairo_status (cr), error);
  cairo_destroy (cr);

  return good;
}

GBytes *
lanyard_badge_to_pdf (LanyardBadge *badge, const LanyardBadgeContent *content, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  gboolean good;

  g_return_val_if_fail (badge != NULL && content != NULL, NULL);

  surface = cairo_pdf_surface_create_for_stream (
      on_write, bytes, badge->template->width_mm * POINTS_PER_INCH / MM_PER_INCH,
      badge->template->height_mm * POINTS_PER_INCH / MM_PER_INCH);
  /* The same badge is the same file, whenever it is made. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  good = draw_pdf (badge, content, surface, error);
  cairo_surface_finish (surface);
  good = good && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  /* cairo gives no error where it fails at a font: it leaves out an object. */
  if (good && !lanyard_pdf_is_sound (bytes->data, bytes->len))
    good = check_status (CAIRO_STATUS_WRITE_ERROR, error);

  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

GBytes *
lanyard_badge_to_png (LanyardBadge *badge,
                      const LanyardBadgeContent *content,
                      guint page,
                      double dpi,
                      GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean good;

  g_return_val_if_fail (badge != NULL && content != NULL, NULL);
  g_return_val_if_fail (page < badge->template->n_pages, NULL);
  g_return_val_if_fail (dpi >= MIN_DPI && dpi <= MAX_DPI, NULL);

  surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                    (int)lround (badge->template->width_mm * dpi / MM_PER_INCH),
                                    (int)lround (badge->template->height_mm * dpi / MM_PER_INCH));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_scale (cr, dpi / MM_PER_INCH, dpi / MM_PER_INCH);
  good = lanyard_badge_draw (badge, content, page, cr, error)
         && check_status (cairo_status (cr), error);
  cairo_destroy (cr);
  good = good
         && cairo_surface_write_to_png_stream (surface, on_write, bytes) == CAIRO_STATUS_SUCCESS
         && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);

  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

LanyardBadge *
lanyard_badge_new (GBytes *svg, LanyardPack *pack, GError **error)
{
  g_autoptr (LanyardBadge) badge = g_new0 (LanyardBadge, 1);

  g_return_val_if_fail (svg != NULL && pack != NULL, NULL);

  badge->pack = lanyard_pack_ref (pack);
  badge->svg = g_bytes_ref (svg);
  badge->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  badge->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  badge->portraits
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)lanyard_portrait_free);
  badge->template = lanyard_template_parse (svg, pack, error);

  return badge->template != NULL ? g_steal_pointer (&badge) : NULL;
}

LanyardBadge *
lanyard_badge_new_for_category (LanyardPack *pack, const char *category, GError **error)
{
  g_autoptr (GBytes) svg = NULL;

  g_return_val_if_fail (pack != NULL, NULL);

  svg = lanyard_pack_dup_template (pack, category, error);

  return svg != NULL ? lanyard_badge_new (svg, pack, error) : NULL;
}

void
lanyard_badge_free (LanyardBadge *badge)
{
  if (badge == NULL)
    return;

  g_clear_pointer (&badge->portraits, g_hash_table_unref);
  g_clear_pointer (&badge->template, lanyard_template_free);
  g_clear_pointer (&badge->pictures, g_hash_table_unref);
  g_clear_pointer (&badge->images, g_hash_table_unref);
  g_clear_pointer (&badge->svg, g_bytes_unref);
  g_clear_pointer (&badge->pack, lanyard_pack_unref);
  g_free (badge);
}

double
lanyard_badge_get_width_mm (const LanyardBadge *badge)
{
  return badge->template->width_mm;
}

double
lanyard_badge_get_height_mm (const LanyardBadge *badge)
{
  return badge->template->height_mm;
}

guint
lanyard_badge_get_n_pages (const LanyardBadge *badge)
{
  return badge->template->n_pages;
}

gboolean
lanyard_badge_draw (LanyardBadge *badge,
                    const LanyardBadgeContent *content,
                    guint page,
                    cairo_t *cr,
                    GError **error)
{
  LanyardDrawing drawing = { .badge = badge, .content = content, .cr = cr };
  gboolean good;

  g_return_val_if_fail (badge != NULL && content != NULL && cr != NULL, FALSE);
  g_return_val_if_fail (page < badge->template->n_pages, FALSE);
  g_return_val_if_fail (content->entry != NULL && content->credential != NULL, FALSE);

  cairo_save (cr);
  drawing.context = lanyard_text_context_new (cr);
  drawing.flows = g_array_new (FALSE, FALSE, sizeof (LanyardFlow));
  good = draw_page (&drawing, page, error);
  g_array_unref (drawing.flows);
  g_object_unref (drawing.context);
  cairo_restore (cr);

  return good;
}

gboolean
lanyard_badge_prepare (LanyardBadge *badge, const LanyardBadgeContent *content, GError **error)
{
  LanyardDrawing drawing = { .badge = badge, .content = content };

  g_return_val_if_fail (badge != NULL && content != NULL && content->entry != NULL, FALSE);

  for (guint page = 0; page < badge->template->n_pages; page++)
    {
      if (!lanyard_prepare_picture (&drawing, page, error))
        return FALSE;
    }
  for (guint i = 0; i < badge->template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (badge->template->slots, i);

      if (slot->kind == LANYARD_SLOT_PHOTO && lanyard_slot_is_wanted (&drawing, slot)
          && !lanyard_prepare_photo (&drawing, slot, error))
        return FALSE;
    }

  return TRUE;
}
