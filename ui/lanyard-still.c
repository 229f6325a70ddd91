/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-still.h"

#include <string.h>

#include "lanyard-secret.h"

#define BYTES_PER_PX 4
#define LEAST_HEIGHT_PX 120

/* Returns: (transfer full): the middle of @picture, @width by its height, turned round */
static GBytes *
cut_middle (GdkTexture *picture, guint width)
{
  guint whole = (guint)gdk_texture_get_width (picture);
  guint height = (guint)gdk_texture_get_height (picture);
  gsize n_whole = (gsize)whole * height * BYTES_PER_PX;
  guint8 *all = g_malloc (n_whole);
  g_autoptr (GBytes) wiped = lanyard_secret_bytes_new (all, n_whole);
  guint8 *cut = g_malloc ((gsize)width * height * BYTES_PER_PX);
  guint left = (whole - width) / 2;

  gdk_texture_download (picture, all, (gsize)whole * BYTES_PER_PX);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      memcpy (cut + ((gsize)y * width + x) * BYTES_PER_PX,
              all + ((gsize)y * whole + left + width - 1 - x) * BYTES_PER_PX, BYTES_PER_PX);
  return lanyard_secret_bytes_new (cut, (gsize)width * height * BYTES_PER_PX);
}

static LanyardPictureCheck
measure (GBytes *pixels, guint width, guint height)
{
  const guint8 *at = g_bytes_get_data (pixels, NULL);
  gsize n = (gsize)width * height;
  guint8 *grey = g_malloc (n);
  g_autoptr (GBytes) wiped = lanyard_secret_bytes_new (grey, n);
  LanyardPlane plane = { grey, width, height, width };

  /* ITU-R BT.601, of blue, green and red in this order */
  for (gsize i = 0; i < n; i++)
    grey[i] = (guint8)((29u * at[4 * i] + 150u * at[4 * i + 1] + 77u * at[4 * i + 2]) >> 8);
  return lanyard_picture_check (&plane);
}

/* Returns: FALSE when the picture is too small. @width, @height: (out): of the portrait in it */
static gboolean
find_size (GdkTexture *picture, guint *width, guint *height)
{
  *height = (guint)gdk_texture_get_height (picture);
  *width = MIN ((guint)gdk_texture_get_width (picture), (guint)(*height * LANYARD_STILL_ASPECT));
  return *height >= LEAST_HEIGHT_PX && *width >= LEAST_HEIGHT_PX / 2;
}

LanyardStill *
lanyard_still_new (GdkTexture *picture)
{
  g_autoptr (GBytes) pixels = NULL;
  LanyardPictureCheck check;
  LanyardStill *still;
  guint height, width;
  gsize n_bytes = 0;
  gpointer png;

  g_return_val_if_fail (GDK_IS_TEXTURE (picture), NULL);

  if (!find_size (picture, &width, &height))
    return NULL;
  pixels = cut_middle (picture, width);
  check = measure (pixels, width, height);
  still = g_new0 (LanyardStill, 1);
  still->flaw = lanyard_picture_check_judge (&check);
  still->texture = gdk_memory_texture_new ((int)width, (int)height, GDK_MEMORY_DEFAULT, pixels,
                                           (gsize)width * BYTES_PER_PX);
  png = g_bytes_unref_to_data (gdk_texture_save_to_png_bytes (still->texture), &n_bytes);
  still->png = lanyard_secret_bytes_new (png, n_bytes);
  return still;
}

void
lanyard_still_free (LanyardStill *still)
{
  if (still == NULL)
    return;
  g_clear_object (&still->texture);
  g_bytes_unref (still->png);
  g_free (still);
}

LanyardPictureFlaw
lanyard_still_look (GdkTexture *picture)
{
  g_autoptr (GBytes) pixels = NULL;
  LanyardPictureCheck check;
  guint height, width;

  g_return_val_if_fail (GDK_IS_TEXTURE (picture), LANYARD_PICTURE_GOOD);

  if (!find_size (picture, &width, &height))
    return LANYARD_PICTURE_GOOD;
  pixels = cut_middle (picture, width);
  check = measure (pixels, width, height);
  check.sharpness = 1;
  return lanyard_picture_check_judge (&check);
}
