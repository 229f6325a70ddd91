/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The photo of one person, cut and scaled for one slot. */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#include "lanyard-error.h"

#define MAX_PHOTO_BYTES (8 * 1024 * 1024)
#define MAX_PHOTO_SIDE_PX 12000
/* Enough for every badge printer; more would only make the job larger. */
#define PHOTO_DPI 300.0
#define JPEG_QUALITY "90"
/* A face stands above the middle of a picture: of what must go, this share goes above. */
#define CROP_ABOVE 0.35
/* Where it is known where the head is: how much of the slot's height it takes, and where its middle
 * stands from the top (ICAO Doc 9303-3 §3.9 has 70 to 80 % for passports; a badge shows shoulders).
 */
#define HEAD_SHARE 0.6
#define HEAD_CENTRE 0.47
/* A head that is smaller is not made larger than this. */
#define MIN_CROP_SHARE 0.1
/* Anything further from the slot's proportions than this is no portrait. */
#define MAX_STRETCH 6.0
/* What libjpeg can do. */
#define MAX_DIVISOR 8

/* What to load: the smallest size that covers the slot. */
typedef struct
{
  double width_px;
  double height_px;
  double share; /* of the photo's height that will be seen, at least */
  gboolean is_jpeg;
  gboolean is_absurd;
} Wanted;

/* A JPEG can be decoded at 1/2, 1/4 and 1/8 of its size, which costs less than its full size and
 * far less than any other size, to which it would be scaled here and then once more to the slot. */
static int
find_divisor (const Wanted *wanted, int width, int height)
{
  double scale = MAX (wanted->width_px / width, wanted->height_px / height) / wanted->share;
  int divisor = 1;

  /* A turned picture still covers the slot at twice the size. */
  while (wanted->is_jpeg && divisor < MAX_DIVISOR && scale * divisor * 4.0 <= 1.0)
    divisor *= 2;

  return divisor;
}

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Wanted *wanted = user_data;
  int divisor = find_divisor (wanted, width, height);

  wanted->is_absurd = width > MAX_PHOTO_SIDE_PX || height > MAX_PHOTO_SIDE_PX
                      || width > height * MAX_STRETCH || height > width * MAX_STRETCH;
  if (wanted->is_absurd)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
  else if (divisor > 1)
    gdk_pixbuf_loader_set_size (loader, (width + divisor - 1) / divisor,
                                (height + divisor - 1) / divisor);
}

static GdkPixbufLoader *
new_loader (const guint8 *data, gsize n_bytes)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G' };

  if (n_bytes > 3 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff)
    return gdk_pixbuf_loader_new_with_type ("jpeg", NULL);
  if (n_bytes > sizeof png && memcmp (data, png, sizeof png) == 0)
    return gdk_pixbuf_loader_new_with_type ("png", NULL);

  return NULL;
}

static gboolean
fail (GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "has a photo that is no sound JPEG or PNG portrait; take it again");

  return FALSE;
}

/* How much of the photo's height the slot shows when it is cropped to @face. */
static double
get_share (const LanyardFaceBox *face)
{
  if (face->width == 0)
    return 1.0;

  return CLAMP ((double)face->height / LANYARD_FACE_BOX_WHOLE / HEAD_SHARE, MIN_CROP_SHARE, 1.0);
}

/* Returns: (transfer full) (nullable): upright, large enough to cover the slot */
static GdkPixbuf *
load_photo (GBytes *photo, const LanyardFaceBox *face, const LanyardSlot *slot, GError **error)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (photo, &n_bytes);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  GdkPixbuf *pixbuf;
  Wanted wanted = { .width_px = slot->width_mm / 25.4 * PHOTO_DPI,
                    .height_px = slot->height_mm / 25.4 * PHOTO_DPI,
                    .share = get_share (face),
                    .is_jpeg = n_bytes > 0 && data[0] == 0xff };
  gboolean good;

  loader = n_bytes <= MAX_PHOTO_BYTES ? new_loader (data, n_bytes) : NULL;
  if (loader == NULL)
    {
      fail (error);
      return NULL;
    }

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &wanted);
  good = gdk_pixbuf_loader_write (loader, data, n_bytes, NULL);
  good = gdk_pixbuf_loader_close (loader, NULL) && good;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (!good || pixbuf == NULL || wanted.is_absurd)
    {
      fail (error);
      return NULL;
    }

  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

/* As cairo has it, with what is transparent multiplied in. */
static guint32
to_pixel (const guint8 *p, gboolean has_alpha)
{
  guint32 alpha;

  if (!has_alpha)
    return ((guint32)p[0] << 16) | ((guint32)p[1] << 8) | p[2];

  alpha = p[3];
  return (alpha << 24) | ((p[0] * alpha / 255) << 16) | ((p[1] * alpha / 255) << 8)
         | (p[2] * alpha / 255);
}

static cairo_surface_t *
to_surface (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int from_stride = gdk_pixbuf_get_rowstride (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  gboolean has_alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);
  cairo_surface_t *surface
      = cairo_image_surface_create (has_alpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width,
                                    height);
  int to_stride = cairo_image_surface_get_stride (surface);
  guint8 *to = cairo_image_surface_get_data (surface);

  for (int y = 0; to != NULL && y < height; y++)
    {
      const guint8 *p = from + (gsize)y * from_stride;
      guint32 *q = (guint32 *)(gpointer)(to + (gsize)y * to_stride);

      for (int x = 0; x < width; x++, p += n_channels)
        q[x] = to_pixel (p, has_alpha);
    }
  cairo_surface_mark_dirty (surface);

  return surface;
}

static GdkPixbuf *
to_pixbuf (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int from_stride = cairo_image_surface_get_stride (surface);
  const guint8 *from = cairo_image_surface_get_data (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  int to_stride = gdk_pixbuf_get_rowstride (pixbuf);
  guint8 *to = gdk_pixbuf_get_pixels (pixbuf);

  for (int y = 0; y < height; y++)
    {
      const guint32 *p = (const guint32 *)(gconstpointer)(from + (gsize)y * from_stride);
      guint8 *q = to + (gsize)y * to_stride;

      for (int x = 0; x < width; x++, q += 3)
        {
          q[0] = (p[x] >> 16) & 0xff;
          q[1] = (p[x] >> 8) & 0xff;
          q[2] = p[x] & 0xff;
        }
    }

  return pixbuf;
}

/* Takes @surface. Returns: (transfer full): half of it in each direction, nothing left out */
static cairo_surface_t *
halve (cairo_surface_t *surface)
{
  int width = MAX (1, cairo_image_surface_get_width (surface) / 2);
  int height = MAX (1, cairo_image_surface_get_height (surface) / 2);
  cairo_surface_t *half
      = cairo_image_surface_create (cairo_image_surface_get_format (surface), width, height);
  cairo_t *cr = cairo_create (half);

  /* Between four pixels, bilinear is their mean. */
  cairo_scale (cr, 0.5, 0.5);
  cairo_set_source_surface (cr, surface, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return half;
}

/* The part of a photo of @width × @height px that the slot shows, of the slot's proportions: as
 * large as it can be, or as the head wants it. @crop: (out): in pixels */
static void
find_crop (int width,
           int height,
           const LanyardFaceBox *face,
           const LanyardSlot *slot,
           LanyardBox *crop)
{
  double aspect = slot->width_mm / slot->height_mm;
  double whole = MIN (height, width / aspect);
  double tall = whole;
  double x = (width - whole * aspect) / 2.0;
  double y = (height - whole) * CROP_ABOVE;

  if (face->width > 0)
    {
      double head_x = (face->x + face->width / 2.0) / LANYARD_FACE_BOX_WHOLE * width;
      double head_y = (face->y + face->height / 2.0) / LANYARD_FACE_BOX_WHOLE * height;

      tall = MIN (whole, get_share (face) * height);
      x = CLAMP (head_x - tall * aspect / 2.0, 0.0, MAX (0.0, width - tall * aspect));
      y = CLAMP (head_y - tall * HEAD_CENTRE, 0.0, MAX (0.0, height - tall));
    }
  *crop = (LanyardBox){ x, y, tall * aspect, tall };
}

/* Crops and scales to PHOTO_DPI, on white. Bilinear down to a half, and halves before that: what
 * GdkPixbuf and cairo's better filters take for it is most of the time of a badge. */
static cairo_surface_t *
crop_photo (GdkPixbuf *photo, const LanyardFaceBox *face, const LanyardSlot *slot)
{
  int width = MAX (1, (int)lround (slot->width_mm / 25.4 * PHOTO_DPI));
  int height = MAX (1, (int)lround (slot->height_mm / 25.4 * PHOTO_DPI));
  cairo_surface_t *cropped = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_t *source = to_surface (photo);
  cairo_t *cr = cairo_create (cropped);
  LanyardBox crop;

  find_crop (cairo_image_surface_get_width (source), cairo_image_surface_get_height (source), face,
             slot, &crop);
  while (crop.width_mm >= 2 * width && crop.height_mm >= 2 * height)
    {
      source = halve (source);
      find_crop (cairo_image_surface_get_width (source), cairo_image_surface_get_height (source),
                 face, slot, &crop);
    }
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_scale (cr, width / crop.width_mm, height / crop.height_mm);
  cairo_translate (cr, -crop.x_mm, -crop.y_mm);
  cairo_set_source_surface (cr, source, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (source);

  return cropped;
}

/* Written anew, never passed through: the original may carry a place, a date or a name. */
static void
attach_jpeg (cairo_surface_t *surface)
{
  g_autoptr (GdkPixbuf) pixbuf = to_pixbuf (surface);
  char *data = NULL;
  gsize n_bytes;

  if (gdk_pixbuf_save_to_buffer (pixbuf, &data, &n_bytes, "jpeg", NULL, "quality", JPEG_QUALITY,
                                 NULL)
      && cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, (guchar *)data, n_bytes,
                                      g_free, data)
             != CAIRO_STATUS_SUCCESS)
    g_free (data);
}

LanyardPortrait *
lanyard_portrait_new (const LanyardBadgeContent *content, const LanyardSlot *slot, GError **error)
{
  const LanyardFaceBox *face = &content->entry->face_box;
  g_autoptr (GdkPixbuf) loaded = load_photo (content->photo, face, slot, error);
  LanyardPortrait *portrait;

  if (loaded == NULL)
    return NULL;

  portrait = g_new0 (LanyardPortrait, 1);
  portrait->photo = g_bytes_ref (content->photo);
  portrait->face = *face;
  portrait->surface = crop_photo (loaded, face, slot);
  attach_jpeg (portrait->surface);

  return portrait;
}

void
lanyard_portrait_free (LanyardPortrait *portrait)
{
  if (portrait == NULL)
    return;

  cairo_surface_destroy (portrait->surface);
  g_bytes_unref (portrait->photo);
  g_free (portrait);
}
