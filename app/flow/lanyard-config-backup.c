/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-config-private.h"

#include "lanyard-hash.h"

#define GROUP "backup"
#define USUAL_INTERVAL_MIN 5
#define MAX_INTERVAL_MIN 120

gboolean
lanyard_config_is_backup_key (const char *group, const char *key)
{
  static const char *const keys[] = { "folder", "interval", "recipient", NULL };

  return g_str_equal (group, GROUP) && g_strv_contains (keys, key);
}

gboolean
lanyard_config_read_backup (LanyardConfig *config, GKeyFile *file, GError **error)
{
  g_autofree char *recipient = lanyard_config_get_text (file, GROUP, "recipient");
  guint minutes = USUAL_INTERVAL_MIN;

  config->backup_folder = lanyard_config_get_text (file, GROUP, "folder");
  if (!lanyard_config_get_number (file, config->path, GROUP, "interval", 1, MAX_INTERVAL_MIN,
                                  &minutes, error))
    return FALSE;
  config->backup_interval_s = minutes * 60;
  if (config->backup_folder == NULL)
    return TRUE;
  if (!g_path_is_absolute (config->backup_folder))
    return lanyard_config_fail (error, config->path, GROUP, "folder",
                                "must be the whole path of the place where the stick comes up.");
  if (recipient == NULL
      || !lanyard_hex_decode (recipient, config->backup_recipient.bytes, LANYARD_RECIPIENT_BYTES))
    return lanyard_config_fail (
        error, config->path, GROUP, "recipient",
        "must be the 64 hexadecimal characters that 'lanyard backup key' printed.");
  return TRUE;
}
