/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every scanner of a desk but the camera: those that type, and those that are devices. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-config-private.h"

#include <string.h>

#define GROUP_PREFIX "scanner "
#define MAX_SCANNERS 8
/* A scanner that sends twice does so at once; a person who shows a code again takes longer. */
#define DEFAULT_REPEAT_MS 700
#define MAX_REPEAT_MS 10000
#define MAX_QUIET_MS 5000

static const char *const scanner_keys[]
    = { "type", "device", "speed", "parity", "data-bits", "frame", "length", "quiet", "aim", NULL };
/* What means nothing to a scanner that is no serial line. */
static const char *const serial_keys[]
    = { "speed", "parity", "data-bits", "frame", "length", "quiet", NULL };

/* One group under way. */
typedef struct
{
  GKeyFile *file;
  const char *path;
  const char *group;
  LanyardScannerConfig *scanner;
} Reading;

static void
free_scanner (gpointer data)
{
  LanyardScannerConfig *scanner = data;

  g_free (scanner->name);
  g_free (scanner->device);
  g_free (scanner);
}

static gboolean
fail (const Reading *reading, const char *key, const char *what, GError **error)
{
  return lanyard_config_fail (error, reading->path, reading->group, key, what);
}

static gboolean
read_type (const Reading *reading, GError **error)
{
  g_autofree char *type = lanyard_config_get_text (reading->file, reading->group, "type");

  reading->scanner->device = lanyard_config_get_text (reading->file, reading->group, "device");
  if (reading->scanner->device == NULL || !g_path_is_absolute (reading->scanner->device))
    return fail (reading, "device", "must be a path such as /dev/ttyACM0.", error);
  if (g_strcmp0 (type, "serial") == 0)
    reading->scanner->type = LANYARD_SCANNER_SERIAL;
  else if (g_strcmp0 (type, "hid") == 0)
    reading->scanner->type = LANYARD_SCANNER_HID;
  else
    return fail (reading, "type", "must be serial or hid.", error);
  return TRUE;
}

static gboolean
read_line (const Reading *reading, GError **error)
{
  LanyardSerialOptions *serial = &reading->scanner->serial;
  g_autofree char *parity = lanyard_config_get_text (reading->file, reading->group, "parity");
  guint data_bits = 8;

  serial->speed = LANYARD_SERIAL_DEFAULT_SPEED;
  if (!lanyard_config_get_number (reading->file, reading->path, reading->group, "speed", 1200,
                                  921600, &serial->speed, error)
      || !lanyard_config_get_number (reading->file, reading->path, reading->group, "data-bits", 7,
                                     8, &data_bits, error))
    return FALSE;
  if (!lanyard_serial_has_speed (serial->speed))
    return fail (reading, "speed", "must be a usual one, such as 9600 or 115200.", error);
  serial->seven_bits = data_bits == 7;
  if (parity == NULL || g_str_equal (parity, "none"))
    serial->parity = LANYARD_PARITY_NONE;
  else if (g_str_equal (parity, "even"))
    serial->parity = LANYARD_PARITY_EVEN;
  else if (g_str_equal (parity, "odd"))
    serial->parity = LANYARD_PARITY_ODD;
  else
    return fail (reading, "parity", "must be none, even or odd.", error);
  return TRUE;
}

static gboolean
read_frame (const Reading *reading, GError **error)
{
  LanyardFramingOptions *framing = &reading->scanner->serial.framing;
  g_autofree char *frame = lanyard_config_get_text (reading->file, reading->group, "frame");
  guint quiet_ms = LANYARD_FRAMING_DEFAULT_QUIET_US / 1000;

  if (!lanyard_config_get_number (reading->file, reading->path, reading->group, "length", 1,
                                  LANYARD_SCAN_MAX_BYTES, &framing->length, error)
      || !lanyard_config_get_number (reading->file, reading->path, reading->group, "quiet", 10,
                                     MAX_QUIET_MS, &quiet_ms, error))
    return FALSE;
  if (frame != NULL && !lanyard_framing_kind_from_string (frame, &framing->kind))
    return fail (reading, "frame", "must be line, cr, lf, crlf, stx-etx, fixed or quiet.", error);
  if ((framing->kind == LANYARD_FRAMING_FIXED) != (framing->length > 0))
    return fail (reading, "length", "goes with frame=fixed, and with that alone.", error);
  framing->quiet_us = (gint64)quiet_ms * 1000;
  return TRUE;
}

static gboolean
check_hid (const Reading *reading, GError **error)
{
  for (guint i = 0; serial_keys[i] != NULL; i++)
    if (g_key_file_has_key (reading->file, reading->group, serial_keys[i], NULL))
      return fail (reading, serial_keys[i], "is for serial lines; remove it.", error);
  return TRUE;
}

static gboolean
read_scanner (const Reading *reading, GError **error)
{
  LanyardScannerConfig *scanner = reading->scanner;

  scanner->name = g_strstrip (g_strdup (reading->group + strlen (GROUP_PREFIX)));
  if (!read_type (reading, error)
      || !lanyard_config_get_boolean (reading->file, reading->path, reading->group, "aim",
                                      &scanner->serial.aim, error))
    return FALSE;
  if (scanner->type == LANYARD_SCANNER_HID)
    return check_hid (reading, error);
  return read_line (reading, error) && read_frame (reading, error);
}

/* Two that read one device would each get half of it. */
static gboolean
check_device (LanyardConfig *config, const Reading *reading, GError **error)
{
  if (config->scanners->len > MAX_SCANNERS)
    return fail (reading, "device", "is one too many; a desk has at most eight.", error);
  for (guint i = 0; i < config->scanners->len; i++)
    {
      const LanyardScannerConfig *other = g_ptr_array_index (config->scanners, i);

      if (other != reading->scanner && g_str_equal (other->device, reading->scanner->device))
        return fail (reading, "device", "is that of another scanner.", error);
    }
  return TRUE;
}

static gboolean
read_groups (LanyardConfig *config, GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  config->scanners = g_ptr_array_new_with_free_func (free_scanner);
  for (guint g = 0; groups[g] != NULL; g++)
    {
      Reading reading = { .file = file, .path = config->path, .group = groups[g] };

      if (!g_str_has_prefix (groups[g], GROUP_PREFIX))
        continue;
      reading.scanner = g_new0 (LanyardScannerConfig, 1);
      g_ptr_array_add (config->scanners, reading.scanner);
      if (!read_scanner (&reading, error) || !check_device (config, &reading, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_layout (LanyardConfig *config, GKeyFile *file, GError **error)
{
  g_autofree char *layout = lanyard_config_get_text (file, "scanner", "wedge-layout");

  if (layout == NULL || g_str_equal (layout, "auto"))
    config->wedge_layout = LANYARD_WEDGE_LAYOUT_AUTO;
  else if (g_str_equal (layout, "typed"))
    config->wedge_layout = LANYARD_WEDGE_LAYOUT_TYPED;
  else if (lanyard_keyboard_from_string (layout, &config->wedge_keyboard))
    config->wedge_layout = LANYARD_WEDGE_LAYOUT_FIXED;
  else
    return lanyard_config_fail (error, config->path, "scanner", "wedge-layout",
                                "must be auto, typed, us, fr or de.");
  return TRUE;
}

gboolean
lanyard_config_is_scanner_key (const char *group, const char *key)
{
  return g_str_has_prefix (group, GROUP_PREFIX) && g_strv_contains (scanner_keys, key);
}

gboolean
lanyard_config_read_scanners (LanyardConfig *config, GKeyFile *file, GError **error)
{
  config->wedge = TRUE;
  config->wedge_prefix = g_key_file_get_string (file, "scanner", "wedge-prefix", NULL);
  config->wedge_suffix = g_key_file_get_string (file, "scanner", "wedge-suffix", NULL);
  config->repeat_ms = DEFAULT_REPEAT_MS;
  return lanyard_config_get_boolean (file, config->path, "scanner", "wedge", &config->wedge, error)
         && lanyard_config_get_boolean (file, config->path, "scanner", "wedge-aim",
                                        &config->wedge_aim, error)
         && lanyard_config_get_number (file, config->path, "scanner", "repeat", 0, MAX_REPEAT_MS,
                                       &config->repeat_ms, error)
         && read_layout (config, file, error) && read_groups (config, file, error);
}
