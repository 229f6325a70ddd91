/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The camera of a set-up: which there are, and what is seen through one. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-private.h"

#include <string.h>

#define DEVICES "/sys/class/video4linux"
#define MAX_CAMERAS 8

static void
free_camera (gpointer data)
{
  LanyardSetupCamera *camera = data;

  g_free (camera->words);
  g_free (camera->name);
  g_free (camera);
}

static void
add (GPtrArray *cameras, const char *words, const char *name)
{
  LanyardSetupCamera *camera;

  for (guint i = 0; i < cameras->len; i++)
    if (g_str_equal (((LanyardSetupCamera *)g_ptr_array_index (cameras, i))->words, words))
      return;
  if (cameras->len == MAX_CAMERAS)
    return;
  camera = g_new0 (LanyardSetupCamera, 1);
  camera->words = g_strdup (words);
  camera->name = g_utf8_make_valid (name, -1);
  g_ptr_array_add (cameras, camera);
}

/* Returns: (transfer full) (nullable): first line of a file of the device */
static char *
read_line (const char *device, const char *name)
{
  g_autofree char *path = g_build_filename (DEVICES, device, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_strstrip (text) : NULL;
}

/* A camera has a node for its pictures, and others that tell of them; the first one is it. */
static void
add_device (GPtrArray *cameras, const char *device)
{
  g_autofree char *index = read_line (device, "index");
  g_autofree char *name = read_line (device, "name");
  g_autofree char *words = g_strconcat ("v4l2src device=/dev/", device, NULL);

  if (g_str_has_prefix (device, "video") && g_strcmp0 (index, "0") == 0)
    add (cameras, words, name != NULL ? name : device);
}

GPtrArray *
lanyard_setup_list_cameras (LanyardSetup *self)
{
  g_autoptr (GPtrArray) cameras = g_ptr_array_new_with_free_func (free_camera);
  g_autofree char *present = NULL;
  g_autoptr (GDir) devices = NULL;
  const char *device;

  g_return_val_if_fail (LANYARD_IS_SETUP (self), NULL);

  present = lanyard_setup_file_get (self->file, "scanner", "camera");
  if (self->own_camera != NULL)
    add (cameras, self->own_camera, "--camera");
  devices = g_dir_open (DEVICES, 0, NULL);
  while (devices != NULL && (device = g_dir_read_name (devices)) != NULL)
    add_device (cameras, device);
  if (present != NULL)
    add (cameras, present, "lanyard.conf");
  return g_steal_pointer (&cameras);
}

static void
on_picture (gpointer object, gpointer data)
{
  LanyardSetup *self = object;
  g_autoptr (GdkTexture) picture = NULL;

  g_mutex_lock (&self->lock);
  picture = g_steal_pointer (&self->picture);
  g_mutex_unlock (&self->lock);
  if (picture != NULL)
    g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_PICTURE], 0, picture);
}

/* On the camera's thread. The newest picture wins. GTK 4.8 knows no BGRx. */
static void
on_preview (const LanyardPreview *preview, gpointer user_data)
{
  LanyardSetup *self = user_data;
  gsize size;
  gconstpointer data = g_bytes_get_data (preview->pixels, &size);
  guint8 *pixels = g_memdup2 (data, size);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *picture;
  gboolean post;

  for (gsize i = 3; i < size; i += 4)
    pixels[i] = 0xff;
  bytes = g_bytes_new_take (pixels, size);
  picture = gdk_memory_texture_new ((int)preview->width, (int)preview->height,
                                    GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, preview->stride);
  g_mutex_lock (&self->lock);
  post = self->picture == NULL;
  g_clear_object (&self->picture);
  self->picture = picture;
  g_mutex_unlock (&self->lock);
  if (post)
    lanyard_home_post (self->home, on_picture, NULL, NULL);
}

static void
on_scanned (LanyardScanner *camera, const LanyardScan *scan, LanyardSetup *self)
{
  g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_SCANNED], 0, scan);
}

static void
on_hint (LanyardScanner *camera, LanyardSetup *self)
{
  g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_HINT], 0,
                 (int)lanyard_scanner_get_hint (camera));
}

static void
on_fault (LanyardScanner *camera, LanyardSetup *self)
{
  if (lanyard_scanner_get_fault (camera) != NULL)
    g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_PICTURE], 0, NULL);
}

static void
stop (LanyardSetup *self)
{
  if (self->camera == NULL)
    return;
  lanyard_camera_set_preview_func (self->camera, NULL, NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->camera, self);
  lanyard_scanner_stop (LANYARD_SCANNER (self->camera));
  g_clear_object (&self->camera);
}

void
lanyard_setup_use_camera (LanyardSetup *self, const char *words)
{
  g_return_if_fail (LANYARD_IS_SETUP (self));

  if (g_strcmp0 (words, self->camera_words) == 0)
    return;
  stop (self);
  g_free (self->camera_words);
  self->camera_words = g_strdup (words);
  g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_PICTURE], 0, NULL);
  if (words == NULL)
    return;
  self->camera = lanyard_camera_new (words);
  lanyard_camera_set_preview_func (self->camera, on_preview, self, NULL);
  g_signal_connect (self->camera, "scanned", G_CALLBACK (on_scanned), self);
  g_signal_connect (self->camera, "hint", G_CALLBACK (on_hint), self);
  g_signal_connect (self->camera, "changed", G_CALLBACK (on_fault), self);
  /* one that is not there now is tried again */
  lanyard_scanner_start (LANYARD_SCANNER (self->camera), NULL);
}

const char *
lanyard_setup_get_camera (LanyardSetup *self)
{
  return self->camera_words;
}

const char *
lanyard_setup_get_camera_fault (LanyardSetup *self)
{
  return self->camera != NULL ? lanyard_scanner_get_fault (LANYARD_SCANNER (self->camera)) : NULL;
}
