/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-kiosk-window.h"

#include <stdio.h>

#include "lanyard-chime.h"
#include "lanyard-voice.h"

void
lanyard_kiosk_window_map_keypad (LanyardWindow *window, const LanyardConfig *config)
{
  GHashTableIter iter;
  gpointer action, names;

  g_hash_table_iter_init (&iter, config->keypad);
  while (g_hash_table_iter_next (&iter, &action, &names))
    if (!lanyard_keys_map (lanyard_window_get_keys (window), action, names))
      g_printerr (
          "lanyard-kiosk: [keypad] %s: “%s” are no names of keys; docs/access.md has them.\n",
          (const char *)action, (const char *)names);
}

void
lanyard_kiosk_window_set_voice (LanyardWindow *window, const LanyardConfig *config)
{
  if (config->speech && lanyard_voice_is_there ())
    lanyard_window_set_voice (window,
                              lanyard_voice_new (config->speech_start, config->speech_volume,
                                                 config->speech_rate));
}

void
lanyard_kiosk_window_set_chime (LanyardWindow *window, const LanyardConfig *config)
{
  if (config->scan_sound && config->sound_volume > 0)
    lanyard_window_set_chime (window, lanyard_chime_new (config->sound_sink, config->sound_volume));
}

gboolean
lanyard_kiosk_window_set_size (GtkWindow *window, const char *size, gboolean windowed)
{
  int width = 1280, height = 800;

  if (size != NULL && (sscanf (size, "%dx%d", &width, &height) != 2 || width < 1 || height < 1))
    g_printerr ("lanyard-kiosk: --window-size wants WIDTHxHEIGHT, such as 1280x800.\n");
  gtk_window_set_default_size (window, width, height);
  gtk_window_set_decorated (window, windowed);
  if (windowed || size != NULL)
    return height > width;
  gtk_window_fullscreen (window);
  return FALSE;
}
