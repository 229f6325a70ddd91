/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-qr.h"

#include <cairo.h>
#include <qrencode.h>

#include "lanyard-error.h"
#include "lanyard-hub-output.h"

/* ISO/IEC 18004 §5.3.8: four modules of light around it. */
#define QUIET_MODULES 4
#define PNG_MODULE_PX 8

#define BLACK_ON_WHITE "\033[30;107m"
#define PLAIN "\033[0m"

static QRcode *
encode (const char *text, GError **error)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

  if (code == NULL)
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                         "The text is too long for a QR code.");
  return code;
}

static gboolean
is_dark (const QRcode *code, int x, int y)
{
  return x >= 0 && y >= 0 && x < code->width && y < code->width
         && (code->data[y * code->width + x] & 1) != 0;
}

/* Each character is two modules, one above the other. @ink: what is drawn, of dark and light */
static void
append_row (GString *text, const QRcode *code, int y, gboolean ink)
{
  static const char *const blocks[] = { " ", "▄", "▀", "█" };

  for (int x = -QUIET_MODULES; x < code->width + QUIET_MODULES; x++)
    {
      guint top = is_dark (code, x, y) == ink;
      guint bottom = is_dark (code, x, y + 1) == ink;

      g_string_append (text, blocks[top * 2 + bottom]);
    }
}

gboolean
lanyard_hub_qr_draw (const char *text,
                     const char *mode,
                     gboolean terminal,
                     char **drawn,
                     GError **error)
{
  gboolean colours = mode == NULL && terminal;
  gboolean ink = g_strcmp0 (mode, "dark") != 0; /* on a dark background the light is drawn */
  GString *lines;
  QRcode *code;

  *drawn = g_strdup ("");
  if ((mode == NULL && !terminal) || g_strcmp0 (mode, "none") == 0)
    return TRUE;
  if (mode != NULL && !g_str_equal (mode, "dark") && !g_str_equal (mode, "light"))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--qr is dark or light, as the terminal's background is, or none.");
      return FALSE;
    }
  code = encode (text, error);
  if (code == NULL)
    return FALSE;
  lines = g_string_new (NULL);
  for (int y = -QUIET_MODULES; y < code->width + QUIET_MODULES; y += 2)
    {
      g_string_append (lines, colours ? BLACK_ON_WHITE : "");
      append_row (lines, code, y, ink);
      g_string_append (lines, colours ? PLAIN "\n" : "\n");
    }
  QRcode_free (code);
  g_free (*drawn);
  *drawn = g_string_free (lines, FALSE);
  return TRUE;
}

static cairo_surface_t *
paint (const QRcode *code)
{
  int side = (code->width + 2 * QUIET_MODULES) * PNG_MODULE_PX;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, side, side);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if (is_dark (code, x, y))
        cairo_rectangle (cr, (x + QUIET_MODULES) * PNG_MODULE_PX,
                         (y + QUIET_MODULES) * PNG_MODULE_PX, PNG_MODULE_PX, PNG_MODULE_PX);
  cairo_fill (cr);
  cairo_destroy (cr);
  return surface;
}

static cairo_status_t
on_write (void *closure, const unsigned char *data, unsigned int n_bytes)
{
  return fwrite (data, 1, n_bytes, closure) == n_bytes ? CAIRO_STATUS_SUCCESS
                                                       : CAIRO_STATUS_WRITE_ERROR;
}

gboolean
lanyard_hub_qr_save (const char *text, const char *directory, const char *path, GError **error)
{
  QRcode *code = encode (text, error);
  LanyardHubOutput output;
  cairo_surface_t *surface;
  cairo_status_t status;

  if (code == NULL)
    return FALSE;
  surface = paint (code);
  QRcode_free (code);
  if (!lanyard_hub_output_open (&output, directory, path, error))
    {
      cairo_surface_destroy (surface);
      return FALSE;
    }
  status = cairo_surface_write_to_png_stream (surface, on_write, output.file);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be written: %s.", path,
                 cairo_status_to_string (status));
  return lanyard_hub_output_end (&output, status == CAIRO_STATUS_SUCCESS, error);
}
