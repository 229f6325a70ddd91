/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-frame.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "code-pictures.h"
#include "lanyard-error.h"

typedef struct
{
  const char *label;
  gsize n_bytes;
  guint width, height, stride;
  int code; /* LanyardError; 0: taken */
} SizeCase;

static const SizeCase size_cases[] = {
  { "exact", 12, 4, 3, 4, 0 },
  { "last row without its gap", 14, 4, 3, 5, 0 },
  { "one byte short", 13, 4, 3, 5, LANYARD_ERROR_INVALID },
  { "stride under width", 12, 4, 3, 3, LANYARD_ERROR_INVALID },
  { "no width", 12, 0, 3, 4, LANYARD_ERROR_INVALID },
  { "no height", 12, 4, 0, 4, LANYARD_ERROR_INVALID },
  { "no bytes", 0, 1, 1, 1, LANYARD_ERROR_INVALID },
  { "size that overflows 32 bits", 12, 16384, 16384, 0xffffffff, LANYARD_ERROR_LIMIT },
  { "stride that overflows 32 bits", 12, 2, 16384, 0xffffffff, LANYARD_ERROR_INVALID },
  { "too wide", 20000, 16385, 1, 16385, LANYARD_ERROR_LIMIT },
  { "widest", 20000, 16384, 1, 16384, 0 },
  { "too high", 20000, 1, 16385, 1, LANYARD_ERROR_LIMIT },
  { "absurd", 12, 0xffffffff, 0xffffffff, 0xffffffff, LANYARD_ERROR_LIMIT },
};

static void
test_sizes (gconstpointer data)
{
  const SizeCase *expected = data;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (expected->n_bytes), expected->n_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFrame) frame
      = lanyard_frame_new (bytes, expected->width, expected->height, expected->stride, 7, &error);

  if (expected->code != 0)
    {
      g_assert_error (error, LANYARD_ERROR, expected->code);
      g_assert_null (frame);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (frame->width, ==, expected->width);
  g_assert_cmpint (frame->at_us, ==, 7);
}

static char *
scratch_path (const char *name)
{
  g_autofree char *dir = g_dir_make_tmp ("lanyard-frame-XXXXXX", NULL);

  g_assert_nonnull (dir);
  return g_build_filename (dir, name, NULL);
}

static void
remove_scratch (char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (path);
}

static void
assert_load_fails (const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFrame) frame = lanyard_frame_load (path, &error);

  g_assert_null (frame);
  g_assert_error (error, LANYARD_ERROR, code);
}

static void
test_load_grey (void)
{
  char *path = scratch_path ("grey.png");
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 3, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFrame) frame = NULL;
  const guint8 *grey;

  gdk_pixbuf_fill (pixbuf, 0x000000ff);
  gdk_pixbuf_get_pixels (pixbuf)[3] = 0;        /* transparent black */
  gdk_pixbuf_get_pixels (pixbuf)[4 + 1] = 0xff; /* green */
  memset (gdk_pixbuf_get_pixels (pixbuf) + 8, 0x80, 3);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
  frame = lanyard_frame_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (frame->width, ==, 3);
  g_assert_cmpuint (frame->height, ==, 2);
  grey = lanyard_frame_get_data (frame);
  g_assert_cmpuint (grey[0], ==, 255);
  g_assert_cmpuint (grey[1], ==, 149);
  g_assert_cmpuint (grey[2], ==, 128);
  g_assert_cmpuint (grey[frame->stride], ==, 0);
  remove_scratch (path);
}

static void
test_load_jpeg (void)
{
  char *path = scratch_path ("white.jpg");
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 33, 17);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFrame) frame = NULL;

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, NULL);
  g_assert_no_error (error);
  frame = lanyard_frame_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (frame->width, ==, 33);
  g_assert_cmpuint (lanyard_frame_get_data (frame)[16 * frame->stride + 32], >=, 254);
  remove_scratch (path);
}

static void
test_load_refuses (void)
{
  char *path = scratch_path ("bad.png");
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (Picture) picture = picture_new (40, 40);
  g_autofree char *contents = NULL;
  gsize n_bytes;

  assert_load_fails (path, LANYARD_ERROR_NOT_FOUND);
  assert_load_fails (dir, LANYARD_ERROR_INVALID);
  assert_load_fails ("/dev/zero", LANYARD_ERROR_INVALID);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_load_fails (path, LANYARD_ERROR_INVALID);
  /* A picture, but of a kind that no camera makes. */
  g_assert_true (g_file_set_contents (path, "P5 1 1 255 x", -1, NULL));
  assert_load_fails (path, LANYARD_ERROR_INVALID);
  picture_save (picture, path);
  g_assert_true (g_file_get_contents (path, &contents, &n_bytes, NULL));
  g_assert_true (g_file_set_contents (path, contents, n_bytes / 2, NULL));
  assert_load_fails (path, LANYARD_ERROR_INVALID);
  remove_scratch (path);
}

static guint32
crc32_of (const guint8 *bytes, gsize n)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < n; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
  return ~crc;
}

/* A small file that says that it is a huge picture costs no memory. */
static void
test_load_huge (void)
{
  char *path = scratch_path ("huge.png");
  g_autoptr (Picture) picture = picture_new (8, 8);
  g_autofree char *contents = NULL;
  gsize n_bytes;
  guint32 value;

  picture_save (picture, path);
  g_assert_true (g_file_get_contents (path, &contents, &n_bytes, NULL));
  value = GUINT32_TO_BE (16000);
  memcpy (contents + 16, &value, 4);
  memcpy (contents + 20, &value, 4);
  value = GUINT32_TO_BE (crc32_of ((const guint8 *)contents + 12, 17));
  memcpy (contents + 29, &value, 4);
  g_assert_true (g_file_set_contents (path, contents, n_bytes, NULL));
  assert_load_fails (path, LANYARD_ERROR_LIMIT);
  remove_scratch (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (size_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/frame/size/%s", size_cases[i].label);

      g_test_add_data_func (path, &size_cases[i], test_sizes);
    }
  g_test_add_func ("/frame/load/grey", test_load_grey);
  g_test_add_func ("/frame/load/jpeg", test_load_jpeg);
  g_test_add_func ("/frame/load/refuses", test_load_refuses);
  g_test_add_func ("/frame/load/huge", test_load_huge);
  return g_test_run ();
}
