/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What is said aloud, through speech-dispatcher (SSIP). Every function returns at once: speech has
 * a thread of its own, which keeps only what is to be said last, so that a daemon that is missing,
 * dead or hangs holds up nobody. One that comes later says what is to be said then. Nothing is
 * opened before the voice is switched on, and what was to be said is forgotten when it is switched
 * off.
 *
 * All functions take a voice that is NULL, which says nothing, and are for one thread.
 */
typedef struct _LanyardVoice LanyardVoice;

/* Volume and rate go from -100 to 100 in steps of this. */
#define LANYARD_VOICE_STEP 25
#define LANYARD_VOICE_LIMIT 100

/* Returns: whether this Lanyard was built with libspeechd */
gboolean lanyard_voice_is_built_in (void);
/* Returns: whether it was, and this machine has a speech-dispatcher */
gboolean lanyard_voice_is_there (void);
/**
 * lanyard_voice_new:
 * @spawn: start a speech-dispatcher where none runs
 * @volume: as loud as usual, -100 to 100
 * @rate: as fast as usual, -100 to 100
 *
 * Returns: (transfer full) (nullable): a voice that is off; NULL when none was built in
 */
LanyardVoice *lanyard_voice_new (gboolean spawn, int volume, int rate);
/* Does not wait for the thread: one that hangs in a call ends with the program. */
void lanyard_voice_free (LanyardVoice *voice);

/* As loud and as fast as usual. */
void lanyard_voice_switch_on (LanyardVoice *voice);
/* Silent at once, and forgets. @language, @farewell: (nullable): the last that is said */
void lanyard_voice_switch_off (LanyardVoice *voice, const char *language, const char *farewell);
gboolean lanyard_voice_is_on (LanyardVoice *voice);

/**
 * lanyard_voice_say:
 * @language: BCP 47
 * @text: said now, in place of what is being said; nothing when the voice is off
 */
void lanyard_voice_say (LanyardVoice *voice, const char *language, const char *text);
/* The same, after what is being said. */
void lanyard_voice_add (LanyardVoice *voice, const char *language, const char *text);
/* Returns: whether something that was given is still to be said, or to be said to its end. The
 * daemon says when that is; one that is not there, or is dead, says nothing: FALSE. One that never
 * tells leaves it TRUE. */
gboolean lanyard_voice_is_speaking (LanyardVoice *voice);
/* What is being said is over. */
void lanyard_voice_stop (LanyardVoice *voice);

/* @steps: of LANYARD_VOICE_STEP; heard from the next text on. */
void lanyard_voice_change_volume (LanyardVoice *voice, int steps);
void lanyard_voice_change_rate (LanyardVoice *voice, int steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardVoice, lanyard_voice_free)

G_END_DECLS
