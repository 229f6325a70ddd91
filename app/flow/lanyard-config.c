/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-config-private.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"

#define DEFAULT_IDLE_S 45
#define MIN_IDLE_S 10
#define MAX_IDLE_S 600
#define MAX_HOUR_PLAN 10000
#define MAX_SPEECH_LEVEL 100
#define USUAL_SPEECH_VOLUME 50
/* Heard at the desk, not at the next one. */
#define USUAL_SOUND_VOLUME 40
#define MAX_SOUND_VOLUME 100

/* Every key there is: a misspelt one is an error, not a setting that silently does nothing. */
static const char *const known_keys[] = {
  "desk/state-dir",
  "desk/name",
  "desk/venue",
  "desk/mode",
  "desk/language",
  "pack/directory",
  "pack/root-key",
  "hub/urls",
  "hub/relay",
  "hub/ca",
  "hub/certificate",
  "hub/key",
  "scanner/camera",
  "scanner/wedge",
  "scanner/wedge-prefix",
  "scanner/wedge-suffix",
  "printer/uri",
  "printer/scan-back",
  "printer/cards-warn",
  "printer/use",
  "vault/key-file",
  "keypad/up",
  "keypad/down",
  "keypad/left",
  "keypad/right",
  "keypad/next",
  "keypad/previous",
  "keypad/select",
  "keypad/back",
  "keypad/low",
  "keypad/letters",
  "keypad/sound",
  "keypad/sound-on",
  "keypad/sound-off",
  "keypad/repeat",
  "keypad/softer",
  "keypad/louder",
  "keypad/slower",
  "keypad/faster",
  "speech/use",
  "speech/start",
  "speech/volume",
  "speech/rate",
  "sound/scan",
  "sound/volume",
  "sound/sink",
  "screen/idle",
  "screen/look",
  "scanner/wedge-layout",
  "scanner/wedge-aim",
  "scanner/repeat",
  "exports/folder",
  "desk/hour-plan",
  NULL,
};

gboolean
lanyard_config_fail (GError **error,
                     const char *path,
                     const char *group,
                     const char *key,
                     const char *what)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "%s: [%s] %s %s", path, group, key, what);
  return FALSE;
}

static gboolean
check_keys (GKeyFile *file, const char *path, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[g], NULL, NULL);

      for (guint k = 0; keys != NULL && keys[k] != NULL; k++)
        {
          g_autofree char *name = g_strconcat (groups[g], "/", keys[k], NULL);

          if (!g_strv_contains (known_keys, name)
              && !lanyard_config_is_backup_key (groups[g], keys[k])
              && !lanyard_config_is_scanner_key (groups[g], keys[k])
              && !lanyard_config_is_printer_key (groups[g], keys[k]))
            return lanyard_config_fail (error, path, groups[g], keys[k],
                                        "is not a setting; remove or correct it.");
        }
    }
  return TRUE;
}

char *
lanyard_config_get_text (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);

  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

static gboolean
require_text (GKeyFile *file,
              const char *path,
              const char *group,
              const char *key,
              char **text,
              GError **error)
{
  *text = lanyard_config_get_text (file, group, key);
  return *text != NULL || lanyard_config_fail (error, path, group, key, "is missing; add it.");
}

gboolean
lanyard_config_get_boolean (GKeyFile *file,
                            const char *path,
                            const char *group,
                            const char *key,
                            gboolean *value,
                            GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean read;

  if (!g_key_file_has_key (file, group, key, NULL))
    return TRUE;
  read = g_key_file_get_boolean (file, group, key, &local);
  if (local != NULL)
    return lanyard_config_fail (error, path, group, key, "must be true or false.");
  *value = read;
  return TRUE;
}

gboolean
lanyard_config_get_number (GKeyFile *file,
                           const char *path,
                           const char *group,
                           const char *key,
                           guint least,
                           guint most,
                           guint *value,
                           GError **error)
{
  g_autofree char *text = lanyard_config_get_text (file, group, key);
  g_autofree char *range = NULL;
  guint64 number;

  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, least, most, &number, NULL))
    {
      *value = (guint)number;
      return TRUE;
    }
  range = g_strdup_printf ("must be a number from %u to %u.", least, most);
  return lanyard_config_fail (error, path, group, key, range);
}

static void
make_absolute (char **name, const char *folder)
{
  char *absolute;

  if (*name == NULL || g_path_is_absolute (*name) || g_str_has_prefix (*name, "pkcs11:"))
    return;
  absolute = g_canonicalize_filename (*name, folder);
  g_free (*name);
  *name = absolute;
}

static gboolean
read_desk (LanyardConfig *config, GKeyFile *file, GError **error)
{
  g_autofree char *mode = lanyard_config_get_text (file, "desk", "mode");

  if (!require_text (file, config->path, "desk", "state-dir", &config->state_dir, error)
      || !require_text (file, config->path, "desk", "venue", &config->venue, error))
    return FALSE;
  config->name = lanyard_config_get_text (file, "desk", "name");
  if (config->name == NULL)
    config->name = g_strdup (config->venue);
  config->language = lanyard_config_get_text (file, "desk", "language");
  if (!lanyard_config_get_number (file, config->path, "desk", "hour-plan", 0, MAX_HOUR_PLAN,
                                  &config->hour_plan, error))
    return FALSE;
  if (mode == NULL || g_str_equal (mode, "self-service"))
    config->mode = LANYARD_MODE_SELF_SERVICE;
  else if (g_str_equal (mode, "staff"))
    config->mode = LANYARD_MODE_STAFF;
  else
    return lanyard_config_fail (error, config->path, "desk", "mode",
                                "must be self-service or staff.");
  return TRUE;
}

static gboolean
read_pack (LanyardConfig *config, GKeyFile *file, GError **error)
{
  guint8 key[32];

  if (!require_text (file, config->path, "pack", "directory", &config->pack_dir, error)
      || !require_text (file, config->path, "pack", "root-key", &config->root_key, error))
    return FALSE;
  if (!lanyard_hex_decode (config->root_key, key, sizeof key))
    return lanyard_config_fail (
        error, config->path, "pack", "root-key",
        "must be the 64 hexadecimal characters that the hub printed at init.");
  return TRUE;
}

static gboolean
read_devices (LanyardConfig *config, GKeyFile *file, const char *folder, GError **error)
{
  config->camera = lanyard_config_get_text (file, "scanner", "camera");
  return lanyard_config_read_scanners (config, file, error)
         && lanyard_config_read_printers (config, file, folder, error);
}

static gboolean
read_screen (LanyardConfig *config, GKeyFile *file, GError **error)
{
  g_autoptr (GError) local = NULL;
  int idle = DEFAULT_IDLE_S;

  if (g_key_file_has_key (file, "screen", "idle", NULL))
    idle = g_key_file_get_integer (file, "screen", "idle", &local);
  if (local != NULL || idle < MIN_IDLE_S || idle > MAX_IDLE_S)
    return lanyard_config_fail (error, config->path, "screen", "idle",
                                "must be 10 to 600 seconds.");
  config->idle_s = (guint)idle;
  config->look = lanyard_config_get_text (file, "screen", "look");
  if (config->look != NULL && !g_str_equal (config->look, "light")
      && !g_str_equal (config->look, "dark") && !g_str_equal (config->look, "high-contrast"))
    return lanyard_config_fail (error, config->path, "screen", "look",
                                "must be light, dark or high-contrast.");
  return TRUE;
}

/* @value: as it is without it. Returns: FALSE with @error set */
static gboolean
read_level (LanyardConfig *config, GKeyFile *file, const char *key, int *value, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!g_key_file_has_key (file, "speech", key, NULL))
    return TRUE;
  *value = g_key_file_get_integer (file, "speech", key, &local);
  if (local != NULL || *value < -MAX_SPEECH_LEVEL || *value > MAX_SPEECH_LEVEL)
    return lanyard_config_fail (error, config->path, "speech", key, "must be -100 to 100.");
  return TRUE;
}

static gboolean
read_speech (LanyardConfig *config, GKeyFile *file, GError **error)
{
  config->speech = config->speech_start = TRUE;
  config->speech_volume = USUAL_SPEECH_VOLUME;
  return lanyard_config_get_boolean (file, config->path, "speech", "use", &config->speech, error)
         && lanyard_config_get_boolean (file, config->path, "speech", "start",
                                        &config->speech_start, error)
         && read_level (config, file, "volume", &config->speech_volume, error)
         && read_level (config, file, "rate", &config->speech_rate, error);
}

static gboolean
read_sound (LanyardConfig *config, GKeyFile *file, GError **error)
{
  g_autoptr (GError) local = NULL;
  int volume = USUAL_SOUND_VOLUME;

  config->scan_sound = TRUE;
  if (g_key_file_has_key (file, "sound", "volume", NULL))
    volume = g_key_file_get_integer (file, "sound", "volume", &local);
  if (local != NULL || volume < 0 || volume > MAX_SOUND_VOLUME)
    return lanyard_config_fail (error, config->path, "sound", "volume", "must be 0 to 100.");
  config->sound_volume = (guint)volume;
  config->sound_sink = g_key_file_get_string (file, "sound", "sink", NULL);
  if (config->sound_sink == NULL)
    config->sound_sink = g_strdup ("autoaudiosink");
  return lanyard_config_get_boolean (file, config->path, "sound", "scan", &config->scan_sound,
                                     error);
}

/* Which names there are is the screen's to know: see ui/lanyard-keys.c. */
static void
read_keypad (LanyardConfig *config, GKeyFile *file)
{
  g_auto (GStrv) actions = g_key_file_get_keys (file, "keypad", NULL, NULL);

  config->keypad = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; actions != NULL && actions[i] != NULL; i++)
    g_hash_table_insert (config->keypad, g_strdup (actions[i]),
                         g_key_file_get_string (file, "keypad", actions[i], NULL));
}

/* Whether the files are right is seen when there is a hub to speak with. */
static void
read_hub (LanyardConfig *config, GKeyFile *file, const char *folder)
{
  config->hub_urls = g_key_file_get_string_list (file, "hub", "urls", NULL, NULL);
  if (config->hub_urls == NULL)
    config->hub_urls = g_new0 (char *, 1);
  config->hub_ca = lanyard_config_get_text (file, "hub", "ca");
  config->hub_certificate = lanyard_config_get_text (file, "hub", "certificate");
  config->hub_key = lanyard_config_get_text (file, "hub", "key");
  make_absolute (&config->hub_ca, folder);
  make_absolute (&config->hub_certificate, folder);
  make_absolute (&config->hub_key, folder);
}

/* A credential that systemd hands over wins; the key file is for demos. */
static void
find_vault_key (LanyardConfig *config, GKeyFile *file, const char *folder)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *given
      = credentials != NULL ? g_build_filename (credentials, "lanyard-vault", NULL) : NULL;

  if (given != NULL && g_file_test (given, G_FILE_TEST_IS_REGULAR))
    {
      config->vault_key_file = g_steal_pointer (&given);
      return;
    }
  config->vault_key_file = lanyard_config_get_text (file, "vault", "key-file");
  if (config->vault_key_file == NULL)
    config->vault_key_file = lanyard_config_state_path (config, "vault.key");
  make_absolute (&config->vault_key_file, folder);
}

/* A setting that is no text would be passed over as if it were not there: the whole file is text.
 */
static gboolean
read_file (GKeyFile *file, const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *content = NULL;
  gsize n_bytes;

  if (!g_file_get_contents (path, &content, &n_bytes, &local))
    {
      gboolean absent = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT);

      g_set_error (error, LANYARD_ERROR, absent ? LANYARD_ERROR_NOT_FOUND : LANYARD_ERROR_USAGE,
                   "%s cannot be read as a configuration: %s", path, local->message);
      return FALSE;
    }
  if (!g_utf8_validate_len (content, n_bytes, NULL))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "%s cannot be read as a configuration: it is not UTF-8 text; save it as UTF-8.",
                   path);
      return FALSE;
    }
  if (g_key_file_load_from_data (file, content, n_bytes, G_KEY_FILE_NONE, &local))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "%s cannot be read as a configuration: %s", path, local->message);
  return FALSE;
}

LanyardConfig *
lanyard_config_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (LanyardConfig) config = g_new0 (LanyardConfig, 1);
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  config->path = g_canonicalize_filename (path, NULL);
  folder = g_path_get_dirname (config->path);
  if (!read_file (file, config->path, error) || !check_keys (file, config->path, error)
      || !read_desk (config, file, error) || !read_pack (config, file, error)
      || !read_devices (config, file, folder, error) || !read_screen (config, file, error)
      || !read_speech (config, file, error) || !read_sound (config, file, error)
      || !lanyard_config_read_backup (config, file, error))
    return NULL;
  read_keypad (config, file);

  read_hub (config, file, folder);
  if (!lanyard_config_read_relay (config, file, error))
    return NULL;
  config->exports_folder = lanyard_config_get_text (file, "exports", "folder");
  make_absolute (&config->exports_folder, folder);
  make_absolute (&config->state_dir, folder);
  make_absolute (&config->pack_dir, folder);
  find_vault_key (config, file, folder);
  return g_steal_pointer (&config);
}

void
lanyard_config_free (LanyardConfig *config)
{
  if (config == NULL)
    return;
  g_free (config->path);
  g_free (config->state_dir);
  g_free (config->name);
  g_free (config->venue);
  g_free (config->language);
  g_free (config->pack_dir);
  g_free (config->root_key);
  g_strfreev (config->hub_urls);
  g_free (config->hub_ca);
  g_free (config->hub_certificate);
  g_free (config->hub_key);
  g_free (config->camera);
  g_free (config->wedge_prefix);
  g_free (config->wedge_suffix);
  g_clear_pointer (&config->scanners, g_ptr_array_unref);
  g_free (config->printer_uri);
  g_clear_pointer (&config->printers, g_ptr_array_unref);
  g_free (config->vault_key_file);
  g_free (config->look);
  g_free (config->exports_folder);
  g_free (config->backup_folder);
  g_clear_pointer (&config->keypad, g_hash_table_unref);
  g_free (config->sound_sink);
  g_free (config);
}

char *
lanyard_config_state_path (const LanyardConfig *config, const char *name)
{
  g_return_val_if_fail (config != NULL && name != NULL, NULL);

  return g_build_filename (config->state_dir, name, NULL);
}
