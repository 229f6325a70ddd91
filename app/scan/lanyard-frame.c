/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-frame.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "lanyard-clock.h"
#include "lanyard-error.h"

#define READ_BYTES (64 * 1024)

/* What the loader says about the picture while it reads. */
typedef struct
{
  gboolean too_large;
  int n_rows; /* px: how far down it has come */
} LoadLimits;

static gboolean
check_size (guint width, guint height, GError **error)
{
  if (width == 0 || height == 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The picture has no width or no height.");
      return FALSE;
    }
  if (width > LANYARD_FRAME_MAX_SIDE_PX || height > LANYARD_FRAME_MAX_SIDE_PX
      || (guint64)width * height > LANYARD_FRAME_MAX_PIXELS)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The picture of %u × %u pixels is too large; make it smaller.", width, height);
      return FALSE;
    }
  return TRUE;
}

/* Only what a camera or a scanner makes is let near a decoder. */
static const char *
sniff_type (const guint8 *start, gsize n_bytes)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff };

  if (n_bytes >= sizeof png && memcmp (start, png, sizeof png) == 0)
    return "png";
  if (n_bytes >= sizeof jpeg && memcmp (start, jpeg, sizeof jpeg) == 0)
    return "jpeg";
  return NULL;
}

static guint8
over_white (guint value, guint alpha)
{
  return (value * alpha + 255 * (255 - alpha) + 127) / 255;
}

/* ITU-R BT.601 luma in 8-bit integers. */
static void
row_to_grey (guint8 *to, const guint8 *from, guint width, guint n_channels)
{
  for (guint x = 0; x < width; x++, from += n_channels)
    {
      guint grey = (77 * from[0] + 150 * from[1] + 29 * from[2] + 128) >> 8;

      to[x] = n_channels == 4 ? over_white (grey, from[3]) : grey;
    }
}

static LanyardFrame *
frame_from_pixbuf (GdkPixbuf *pixbuf, GError **error)
{
  guint width = gdk_pixbuf_get_width (pixbuf);
  guint height = gdk_pixbuf_get_height (pixbuf);
  guint n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  gsize stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);
  g_autoptr (GBytes) bytes = NULL;
  guint8 *grey;

  if (!check_size (width, height, error))
    return NULL;
  g_assert (n_channels == 3 || n_channels == 4);
  grey = g_malloc ((gsize)width * height);
  bytes = g_bytes_new_take (grey, (gsize)width * height);
  for (guint y = 0; y < height; y++)
    row_to_grey (grey + (gsize)y * width, from + y * stride, width, n_channels);
  return lanyard_frame_new (bytes, width, height, width,
                            lanyard_clock_monotonic_us (lanyard_clock_system ()), error);
}

/* Opens regular files only: a pipe or a device would hold the caller for ever. */
static int
open_picture (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  struct stat info;

  if (fd < 0)
    {
      int saved = errno;

      g_set_error (error, LANYARD_ERROR,
                   saved == ENOENT ? LANYARD_ERROR_NOT_FOUND : LANYARD_ERROR_IO,
                   "The picture %s cannot be opened: %s.", path, g_strerror (saved));
      return -1;
    }
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "%s is not a picture file.", path);
  else if (info.st_size > LANYARD_FRAME_MAX_FILE_BYTES)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                 "The picture %s is larger than %d MB; make it smaller.", path,
                 LANYARD_FRAME_MAX_FILE_BYTES / (1024 * 1024));
  else
    return fd;
  close (fd);
  return -1;
}

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  LoadLimits *limits = user_data;

  limits->too_large = width <= 0 || height <= 0 || !check_size (width, height, NULL);
  /* The loader's way to be told no: the decoders refuse a picture of no size before they make
   * room for it. */
  if (limits->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
on_area_updated (GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer user_data)
{
  LoadLimits *limits = user_data;

  limits->n_rows = MAX (limits->n_rows, y + height);
}

/* Feeds the file to the loader; the first bytes choose it. */
static gboolean
feed (int fd, GdkPixbufLoader **loader, LoadLimits *limits, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (READ_BYTES);
  gsize total = 0;
  gssize n;

  while ((n = read (fd, chunk, READ_BYTES)) > 0)
    {
      total += n;
      if (total > LANYARD_FRAME_MAX_FILE_BYTES)
        return FALSE;
      if (*loader == NULL)
        {
          const char *type = sniff_type (chunk, n);

          if (type == NULL || (*loader = gdk_pixbuf_loader_new_with_type (type, error)) == NULL)
            return FALSE;
          g_signal_connect (*loader, "size-prepared", G_CALLBACK (on_size_prepared), limits);
          g_signal_connect (*loader, "area-updated", G_CALLBACK (on_area_updated), limits);
        }
      if (!gdk_pixbuf_loader_write (*loader, chunk, n, error) || limits->too_large)
        return FALSE;
    }
  return n == 0 && *loader != NULL;
}

static void
set_load_error (GError **error, const char *path, gboolean too_large, const GError *cause)
{
  if (too_large)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                 "The picture %s has too many pixels; make it smaller.", path);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "%s cannot be read as a PNG or JPEG picture%s%s.", path, cause != NULL ? ": " : "",
                 cause != NULL ? cause->message : "");
}

LanyardFrame *
lanyard_frame_new (GBytes *pixels,
                   guint width,
                   guint height,
                   guint stride,
                   gint64 at_us,
                   GError **error)
{
  LanyardFrame *frame;
  guint64 needed;

  g_return_val_if_fail (pixels != NULL, NULL);

  if (!check_size (width, height, error))
    return NULL;
  needed = (guint64)stride * (height - 1) + width;
  if (stride < width || needed > g_bytes_get_size (pixels))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "A frame said to be %u × %u pixels in rows of %u bytes has only %" G_GSIZE_FORMAT
                   " bytes.",
                   width, height, stride, g_bytes_get_size (pixels));
      return NULL;
    }
  frame = g_new0 (LanyardFrame, 1);
  frame->pixels = g_bytes_ref (pixels);
  frame->width = width;
  frame->height = height;
  frame->stride = stride;
  frame->at_us = at_us;
  return frame;
}

void
lanyard_frame_free (LanyardFrame *frame)
{
  if (frame == NULL)
    return;
  g_bytes_unref (frame->pixels);
  g_free (frame);
}

LanyardFrame *
lanyard_frame_copy (const LanyardFrame *frame)
{
  LanyardFrame *copy;

  g_return_val_if_fail (frame != NULL, NULL);

  copy = g_memdup2 (frame, sizeof *frame);
  g_bytes_ref (copy->pixels);
  return copy;
}

LanyardFrame *
lanyard_frame_load (const char *path, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GError) end_error = NULL;
  LoadLimits limits = { FALSE, 0 };
  GdkPixbuf *pixbuf;
  gboolean fed;
  gboolean ended;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open_picture (path, error);
  if (fd < 0)
    return NULL;
  fed = feed (fd, &loader, &limits, &cause);
  close (fd);
  /* Must be closed in any case, or the loader complains when it goes. */
  ended = loader != NULL && gdk_pixbuf_loader_close (loader, &end_error);
  pixbuf = fed && ended ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  /* A file that was cut off gives a picture too, white or grey from somewhere on. */
  if (pixbuf == NULL || limits.too_large || limits.n_rows < gdk_pixbuf_get_height (pixbuf))
    {
      set_load_error (error, path, limits.too_large, cause != NULL ? cause : end_error);
      return NULL;
    }
  return frame_from_pixbuf (pixbuf, error);
}

const guint8 *
lanyard_frame_get_data (const LanyardFrame *frame)
{
  g_return_val_if_fail (frame != NULL, NULL);

  return g_bytes_get_data (frame->pixels, NULL);
}
