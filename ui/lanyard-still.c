/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-still.h"

#include <string.h>

#define BYTES_PER_PX 4
#define LEAST_HEIGHT_PX 120

/* Memory that is overwritten before it is anybody's. */
typedef struct
{
  guint8 *data;
  gsize n_bytes;
} Secret;

static void
free_secret (gpointer data)
{
  Secret *secret = data;

  memset (secret->data, 0, secret->n_bytes);
  g_free (secret->data);
  g_free (secret);
}

/* @data: (transfer full) */
static GBytes *
take_secret (guint8 *data, gsize n_bytes)
{
  Secret *secret = g_new (Secret, 1);

  *secret = (Secret){ data, n_bytes };
  return g_bytes_new_with_free_func (data, n_bytes, free_secret, secret);
}

/* Returns: (transfer full): the middle of @picture, @width by its height, turned round */
static GBytes *
cut_middle (GdkTexture *picture, guint width)
{
  guint whole = (guint)gdk_texture_get_width (picture);
  guint height = (guint)gdk_texture_get_height (picture);
  gsize n_whole = (gsize)whole * height * BYTES_PER_PX;
  guint8 *all = g_malloc (n_whole);
  guint8 *cut = g_malloc ((gsize)width * height * BYTES_PER_PX);
  guint left = (whole - width) / 2;

  gdk_texture_download (picture, all, (gsize)whole * BYTES_PER_PX);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      memcpy (cut + ((gsize)y * width + x) * BYTES_PER_PX,
              all + ((gsize)y * whole + left + width - 1 - x) * BYTES_PER_PX, BYTES_PER_PX);
  memset (all, 0, n_whole);
  g_free (all);
  return take_secret (cut, (gsize)width * height * BYTES_PER_PX);
}

static LanyardPictureFlaw
judge (GBytes *pixels, guint width, guint height)
{
  const guint8 *at = g_bytes_get_data (pixels, NULL);
  gsize n = (gsize)width * height;
  guint8 *grey = g_malloc (n);
  g_autoptr (GBytes) wiped = take_secret (grey, n);
  LanyardPlane plane = { grey, width, height, width };
  LanyardPictureCheck check;

  /* ITU-R BT.601, of blue, green and red in this order */
  for (gsize i = 0; i < n; i++)
    grey[i] = (guint8)((29u * at[4 * i] + 150u * at[4 * i + 1] + 77u * at[4 * i + 2]) >> 8);
  check = lanyard_picture_check (&plane);
  return lanyard_picture_check_judge (&check);
}

GBytes *
lanyard_still_new (GdkTexture *picture, LanyardPictureFlaw *flaw)
{
  g_autoptr (GBytes) pixels = NULL;
  g_autoptr (GdkTexture) portrait = NULL;
  guint height, width;
  gsize n_bytes = 0;
  gpointer png;

  g_return_val_if_fail (GDK_IS_TEXTURE (picture) && flaw != NULL, NULL);

  height = (guint)gdk_texture_get_height (picture);
  width = MIN ((guint)gdk_texture_get_width (picture), (guint)(height * LANYARD_STILL_ASPECT));
  if (height < LEAST_HEIGHT_PX || width < LEAST_HEIGHT_PX / 2)
    return NULL;
  pixels = cut_middle (picture, width);
  *flaw = judge (pixels, width, height);
  portrait = gdk_memory_texture_new ((int)width, (int)height, GDK_MEMORY_DEFAULT, pixels,
                                     (gsize)width * BYTES_PER_PX);
  png = g_bytes_unref_to_data (gdk_texture_save_to_png_bytes (portrait), &n_bytes);
  return take_secret (png, n_bytes);
}
