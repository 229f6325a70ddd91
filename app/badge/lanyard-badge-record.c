/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge.h"

#include "lanyard-error.h"

static void
destroy_surface (gpointer data)
{
  cairo_surface_destroy (data);
}

static cairo_surface_t *
record_page (LanyardBadge *badge, const LanyardBadgeContent *content, guint page, GError **error)
{
  const cairo_rectangle_t extents
      = { 0, 0, lanyard_badge_get_width_mm (badge), lanyard_badge_get_height_mm (badge) };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t *cr = cairo_create (surface);
  gboolean good = lanyard_badge_draw (badge, content, page, cr, error);

  cairo_destroy (cr);
  if (good && cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      good = FALSE;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The badge could not be drawn: %s",
                   cairo_status_to_string (cairo_surface_status (surface)));
    }
  if (good)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

GPtrArray *
lanyard_badge_record (LanyardBadge *badge, const LanyardBadgeContent *content, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (destroy_surface);

  g_return_val_if_fail (badge != NULL && content != NULL, NULL);

  for (guint page = 0; page < lanyard_badge_get_n_pages (badge); page++)
    {
      cairo_surface_t *surface = record_page (badge, content, page, error);

      if (surface == NULL)
        return NULL;
      g_ptr_array_add (pages, surface);
    }
  return g_steal_pointer (&pages);
}
