/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-hand-over.h"

#include "lanyard-plain-text.h"

static const LanyardHandOver REASONS[] = {
  LANYARD_HAND_OVER_IDENTITY, LANYARD_HAND_OVER_DATA,  LANYARD_HAND_OVER_CLEARANCE,
  LANYARD_HAND_OVER_BADGE,    LANYARD_HAND_OVER_OTHER, LANYARD_HAND_OVER_NONE,
};

const LanyardHandOver *
lanyard_hand_overs (void)
{
  return REASONS;
}

const char *
lanyard_hand_over_to_string (LanyardHandOver reason)
{
  switch (reason)
    {
    case LANYARD_HAND_OVER_IDENTITY:
      return "identity";
    case LANYARD_HAND_OVER_DATA:
      return "data";
    case LANYARD_HAND_OVER_CLEARANCE:
      return "clearance";
    case LANYARD_HAND_OVER_BADGE:
      return "badge";
    case LANYARD_HAND_OVER_OTHER:
      return "other";
    case LANYARD_HAND_OVER_NONE:
    default:
      return NULL;
    }
}

gboolean
lanyard_note_is_sound (const char *text)
{
  gboolean is_empty = TRUE;

  if (text == NULL || !lanyard_plain_text_is_sound (text, LANYARD_NOTE_MAX_BYTES)
      || g_utf8_strlen (text, -1) > LANYARD_NOTE_MAX_CHARS)
    return FALSE;
  for (const char *at = text; *at != '\0' && is_empty; at = g_utf8_next_char (at))
    is_empty = g_unichar_isspace (g_utf8_get_char (at));
  return !is_empty;
}
