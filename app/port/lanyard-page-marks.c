/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-port"

#include "lanyard-page-marks.h"

static const cairo_user_data_key_t codes_key, photos_key;

static void
code_free (gpointer data)
{
  LanyardPageCode *code = data;

  g_free (code->modules);
  g_free (code);
}

static void
marks_free (void *data)
{
  g_ptr_array_unref (data);
}

/* Returns: (transfer none) (nullable): where marks of that kind go; NULL when there is no page to
 * mark, or no room */
static GPtrArray *
get_marks (cairo_t *cr, const cairo_user_data_key_t *key, GDestroyNotify free_mark)
{
  cairo_surface_t *page = cairo_get_target (cr);
  GPtrArray *marks;

  if (cairo_surface_get_type (page) != CAIRO_SURFACE_TYPE_RECORDING)
    return NULL;
  marks = cairo_surface_get_user_data (page, key);
  if (marks == NULL)
    {
      marks = g_ptr_array_new_with_free_func (free_mark);
      if (cairo_surface_set_user_data (page, key, marks, marks_free) != CAIRO_STATUS_SUCCESS)
        {
          g_ptr_array_unref (marks);
          return NULL;
        }
    }
  return marks->len < LANYARD_PAGE_MAX_MARKS ? marks : NULL;
}

static void
to_page (cairo_t *cr, double *x, double *y, double *width, double *height)
{
  cairo_user_to_device (cr, x, y);
  cairo_user_to_device_distance (cr, width, height);
}

void
lanyard_page_mark_code (cairo_t *cr, const LanyardPageCode *code)
{
  GPtrArray *marks;
  LanyardPageCode *copy;

  g_return_if_fail (cr != NULL && code != NULL && code->modules != NULL);
  g_return_if_fail (code->columns > 0 && code->columns <= LANYARD_PAGE_MAX_MODULES);
  g_return_if_fail (code->rows > 0 && code->rows <= LANYARD_PAGE_MAX_MODULES);

  marks = get_marks (cr, &codes_key, code_free);
  if (marks == NULL)
    return;
  copy = g_memdup2 (code, sizeof *code);
  copy->modules = g_memdup2 (code->modules, (gsize)code->columns * code->rows);
  to_page (cr, &copy->x_mm, &copy->y_mm, &copy->width_mm, &copy->height_mm);
  g_ptr_array_add (marks, copy);
}

void
lanyard_page_mark_photo (cairo_t *cr, const LanyardPagePhoto *photo)
{
  GPtrArray *marks;
  LanyardPagePhoto *copy;

  g_return_if_fail (cr != NULL && photo != NULL);

  marks = get_marks (cr, &photos_key, g_free);
  if (marks == NULL)
    return;
  copy = g_memdup2 (photo, sizeof *photo);
  to_page (cr, &copy->x_mm, &copy->y_mm, &copy->width_mm, &copy->height_mm);
  g_ptr_array_add (marks, copy);
}

const GPtrArray *
lanyard_page_get_codes (cairo_surface_t *page)
{
  g_return_val_if_fail (page != NULL, NULL);

  return cairo_surface_get_user_data (page, &codes_key);
}

const GPtrArray *
lanyard_page_get_photos (cairo_surface_t *page)
{
  g_return_val_if_fail (page != NULL, NULL);

  return cairo_surface_get_user_data (page, &photos_key);
}
