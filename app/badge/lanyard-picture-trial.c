/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-picture-trial.h"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <time.h>

#include "lanyard-badge-svg.h"
#include "lanyard-error.h"

/* librsvg 2.54 does not declare it. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RsvgHandle, g_object_unref)

#define SIDE_PX 256
/* Of this thread's own time: a machine that is busy with other things does not refuse a picture.
 * The screen draws some times larger, and a tenth of this is what a page change may take. */
#define LIMIT_MS 500

static gboolean
fail (GError **error, const char *what, const char *why)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "%s %s", what, why);

  return FALSE;
}

static gint64
get_spent_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static gboolean
draw (RsvgHandle *handle, GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE_PX, SIDE_PX);
  cairo_t *cr = cairo_create (surface);
  RsvgRectangle viewport = { 0, 0, SIDE_PX, SIDE_PX };
  gboolean drawn = rsvg_handle_render_document (handle, cr, &viewport, error);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return drawn;
}

gboolean
lanyard_picture_try (GBytes *svg, const char *what, GError **error)
{
  g_autoptr (RsvgHandle) handle = NULL;
  g_autoptr (GError) local = NULL;
  gint64 begun_ms = get_spent_ms ();
  gsize n_bytes;
  const guint8 *data;

  g_return_val_if_fail (svg != NULL && what != NULL, FALSE);

  if (!lanyard_svg_check_for_screen (svg, what, error))
    return FALSE;
  data = g_bytes_get_data (svg, &n_bytes);
  handle = rsvg_handle_new_from_data (data, n_bytes, &local);
  if (handle == NULL || !draw (handle, &local))
    {
      g_autofree char *why = g_strdup_printf ("cannot be drawn: %s", local->message);

      return fail (error, what, why);
    }
  if (get_spent_ms () - begun_ms > LIMIT_MS)
    return fail (error, what, "takes too long to draw; simplify it, or make a picture of it");
  return TRUE;
}
