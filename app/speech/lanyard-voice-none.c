/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Without libspeechd nothing is said. */

#define G_LOG_DOMAIN "lanyard-speech"

#include "lanyard-voice.h"

gboolean
lanyard_voice_is_built_in (void)
{
  return FALSE;
}

gboolean
lanyard_voice_is_there (void)
{
  return FALSE;
}

LanyardVoice *
lanyard_voice_new (gboolean spawn, int volume, int rate)
{
  return NULL;
}

void
lanyard_voice_free (LanyardVoice *voice)
{
}

void
lanyard_voice_switch_on (LanyardVoice *voice)
{
}

void
lanyard_voice_switch_off (LanyardVoice *voice, const char *language, const char *farewell)
{
}

gboolean
lanyard_voice_is_on (LanyardVoice *voice)
{
  return FALSE;
}

void
lanyard_voice_say (LanyardVoice *voice, const char *language, const char *text)
{
}

void
lanyard_voice_add (LanyardVoice *voice, const char *language, const char *text)
{
}

gboolean
lanyard_voice_is_speaking (LanyardVoice *voice)
{
  return FALSE;
}

void
lanyard_voice_stop (LanyardVoice *voice)
{
}

void
lanyard_voice_change_volume (LanyardVoice *voice, int steps)
{
}

void
lanyard_voice_change_rate (LanyardVoice *voice, int steps)
{
}
