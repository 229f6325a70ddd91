/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "code-pictures.h"

#include <math.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <qrencode.h>

/* ISO/IEC 15417 table 1: widths of bars and spaces of each value; 103 to 105 start, 106 stop. */
static const char *const code128_widths[]
    = { "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
        "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
        "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
        "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
        "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
        "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
        "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
        "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
        "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
        "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
        "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
        "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112" };

static guint
draw_widths (Picture *picture, guint x, guint y, guint module_px, const char *widths)
{
  for (guint i = 0; widths[i] != '\0'; i++)
    {
      guint width = (widths[i] - '0') * module_px;

      if (i % 2 == 0)
        picture_fill (picture, x, y, width, 40, 0);
      x += width;
    }
  return x;
}

Picture *
picture_new (guint width, guint height)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->pixels = g_malloc ((gsize)width * height);
  picture->width = width;
  picture->height = height;
  memset (picture->pixels, 255, (gsize)width * height);
  return picture;
}

void
picture_free (Picture *picture)
{
  g_free (picture->pixels);
  g_free (picture);
}

void
picture_fill (Picture *picture, guint x, guint y, guint width, guint height, guint8 value)
{
  g_assert_cmpuint (x + width, <=, picture->width);
  g_assert_cmpuint (y + height, <=, picture->height);
  for (guint row = y; row < y + height; row++)
    memset (picture->pixels + (gsize)row * picture->width + x, value, width);
}

guint
picture_draw_qr (Picture *picture,
                 guint x,
                 guint y,
                 guint module_px,
                 const void *data,
                 gsize n_bytes)
{
  QRcode *code = QRcode_encodeData (n_bytes, data, 0, QR_ECLEVEL_M);
  guint side;

  g_assert_nonnull (code);
  for (int row = 0; row < code->width; row++)
    for (int column = 0; column < code->width; column++)
      if ((code->data[row * code->width + column] & 1) != 0)
        picture_fill (picture, x + column * module_px, y + row * module_px, module_px, module_px,
                      0);
  side = code->width * module_px;
  QRcode_free (code);
  return side;
}

void
picture_draw_code128 (Picture *picture, guint x, guint y, guint module_px, const char *text)
{
  guint sum = 104;

  x = draw_widths (picture, x, y, module_px, code128_widths[104]);
  for (guint i = 0; text[i] != '\0'; i++)
    {
      guint value = text[i] - ' ';

      sum += value * (i + 1);
      x = draw_widths (picture, x, y, module_px, code128_widths[value]);
    }
  x = draw_widths (picture, x, y, module_px, code128_widths[sum % 103]);
  draw_widths (picture, x, y, module_px, code128_widths[106]);
}

const char *
picture_code128_widths (guint value)
{
  g_assert_cmpuint (value, <, G_N_ELEMENTS (code128_widths));
  return code128_widths[value];
}

Picture *
picture_turn (const Picture *picture, double degrees)
{
  Picture *turned = picture_new (picture->width, picture->height);
  double sine = sin (degrees * G_PI / 180), cosine = cos (degrees * G_PI / 180);
  double middle_x = (picture->width - 1) / 2.0, middle_y = (picture->height - 1) / 2.0;

  for (guint y = 0; y < turned->height; y++)
    for (guint x = 0; x < turned->width; x++)
      {
        double from_x = cosine * (x - middle_x) + sine * (y - middle_y) + middle_x;
        double from_y = -sine * (x - middle_x) + cosine * (y - middle_y) + middle_y;
        glong column = lround (from_x), row = lround (from_y);

        if (column >= 0 && row >= 0 && column < picture->width && row < picture->height)
          turned->pixels[(gsize)y * turned->width + x]
              = picture->pixels[(gsize)row * picture->width + column];
      }
  return turned;
}

LanyardFrame *
picture_to_frame (const Picture *picture, guint extra_stride)
{
  gsize stride = picture->width + extra_stride;
  gsize n_bytes = stride * (picture->height - 1) + picture->width;
  guint8 *rows = g_malloc (n_bytes);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rows, n_bytes);
  g_autoptr (GError) error = NULL;
  LanyardFrame *frame;

  for (gsize i = 0; i < n_bytes; i++)
    rows[i] = (i * 7919) >> 3;
  for (guint y = 0; y < picture->height; y++)
    memcpy (rows + y * stride, picture->pixels + (gsize)y * picture->width, picture->width);
  frame = lanyard_frame_new (bytes, picture->width, picture->height, stride, 0, &error);
  g_assert_no_error (error);
  return frame;
}

void
picture_save (const Picture *picture, const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, picture->width, picture->height);
  g_autofree char *beside = g_strconcat (path, ".new", NULL);
  g_autoptr (GError) error = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      memset (pixels + (gsize)y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3,
              picture->pixels[(gsize)y * picture->width + x], 3);
  gdk_pixbuf_save (pixbuf, beside, "png", &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (beside, path), ==, 0);
}
