/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What text from outside may hold before people are shown it. */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-plain-text.h"

#include <string.h>

#define LEFT_TO_RIGHT_OVERRIDE 0x202d
#define RIGHT_TO_LEFT_OVERRIDE 0x202e

static gboolean
is_override (gunichar character)
{
  return character == LEFT_TO_RIGHT_OVERRIDE || character == RIGHT_TO_LEFT_OVERRIDE;
}

gboolean
lanyard_plain_text_may_hold (gunichar character)
{
  return !g_unichar_iscntrl (character) && !is_override (character);
}

gboolean
lanyard_plain_text_is_sound (const char *text, gsize max_bytes)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (strnlen (text, max_bytes + 1) > max_bytes || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (!lanyard_plain_text_may_hold (g_utf8_get_char (at)))
        return FALSE;
    }
  return TRUE;
}

char *
lanyard_plain_text_dup_clean (const char *text)
{
  GString *clean;

  g_return_val_if_fail (text != NULL && g_utf8_validate (text, -1, NULL), NULL);

  /* never longer: what is not wiped here is not left behind by growing */
  clean = g_string_sized_new (strlen (text) + 1);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (lanyard_plain_text_may_hold (character))
        g_string_append_unichar (clean, character);
      else if (!is_override (character))
        g_string_append_c (clean, ' ');
    }
  return g_string_free (clean, FALSE);
}
