/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-devices.h"

#include <string.h>

#include "lanyard-hid-scanner.h"

#define BY_ID "serial/by-id"

static void
free_device (gpointer data)
{
  LanyardSetupDevice *device = data;

  g_free (device->path);
  g_free (device->name);
  g_free (device);
}

/* "usb-MAKER_MODEL_SERIAL-if00" → "MAKER MODEL SERIAL" (transfer full) */
static char *
make_name (const char *file)
{
  g_autofree char *valid = g_utf8_make_valid (file, -1);
  const char *from = g_str_has_prefix (valid, "usb-") ? valid + 4 : valid;
  const char *end = g_strrstr (from, "-if");
  char *name = g_strndup (from, end != NULL && end > from ? (gsize)(end - from) : strlen (from));

  return g_strdelimit (name, "_", ' ');
}

static void
add (GPtrArray *devices, const char *folder, const char *file, gboolean hid)
{
  LanyardSetupDevice *device;

  if (devices->len == LANYARD_SETUP_MAX_DEVICES)
    return;
  device = g_new0 (LanyardSetupDevice, 1);
  device->path = g_build_filename (folder, file, NULL);
  device->name = make_name (file);
  device->hid = hid;
  g_ptr_array_add (devices, device);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Returns: (transfer full): names in @folder, sorted */
static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
add_serial (GPtrArray *devices, const char *folder)
{
  g_autofree char *by_id = g_build_filename (folder, BY_ID, NULL);
  g_autoptr (GPtrArray) known = list_names (by_id);
  g_autoptr (GPtrArray) all = list_names (folder);

  for (guint i = 0; i < known->len; i++)
    add (devices, by_id, g_ptr_array_index (known, i), FALSE);
  for (guint i = 0; i < all->len && known->len == 0; i++)
    if (g_str_has_prefix (g_ptr_array_index (all, i), "ttyACM")
        || g_str_has_prefix (g_ptr_array_index (all, i), "ttyUSB"))
      add (devices, folder, g_ptr_array_index (all, i), FALSE);
}

static void
add_hid (GPtrArray *devices, const char *folder)
{
  g_autoptr (GPtrArray) all = list_names (folder);

  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (all, i), NULL);

      if (g_str_has_prefix (g_ptr_array_index (all, i), "hidraw") && lanyard_hid_check (path, NULL))
        add (devices, folder, g_ptr_array_index (all, i), TRUE);
    }
}

GPtrArray *
lanyard_setup_list_devices (const char *folder)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func (free_device);

  g_return_val_if_fail (folder != NULL, devices);

  add_serial (devices, folder);
  add_hid (devices, folder);
  return devices;
}
