/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-keys.h"
#include "lanyard-voice.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SPEAKER (lanyard_speaker_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSpeaker, lanyard_speaker, LANYARD, SPEAKER, GObject)

/*
 * Decides what is said when: of a page that comes on its words and the control that has the focus,
 * of one that changes its words again; each control that gets the focus; each character that is
 * typed; hints of the camera after what is being said. Nothing is ever said of a page that it has
 * not been given. Off until somebody asks for it.
 *
 * Signal "corner": somebody held a finger on the lower left corner of the window, which can be
 * found without seeing and asks for sound.
 */

/* @window: (transfer none). Returns: (transfer full): to be kept as long as it is */
LanyardSpeaker *lanyard_speaker_new (GtkWindow *window);
/* @voice: (transfer full) (nullable): NULL: nothing can be said */
void lanyard_speaker_set_voice (LanyardSpeaker *self, LanyardVoice *voice);
gboolean lanyard_speaker_has_voice (LanyardSpeaker *self);
void lanyard_speaker_set_words (LanyardSpeaker *self, LanyardWords *words);
/* @own_keys: the keypad has keys of its own: those of a keyboard are not explained */
void lanyard_speaker_set_on (LanyardSpeaker *self, gboolean on, gboolean own_keys);
/* @page: (transfer none) (nullable): what is in front now, or has changed; NULL: it is for staff.
 * What was being said of another page ends at once. */
void lanyard_speaker_show_page (LanyardSpeaker *self, GtkWidget *page);
/* Whether something of the page is still to be said, or is being said. */
gboolean lanyard_speaker_is_speaking (LanyardSpeaker *self);
/* Something that is not of the page: a notice, or what a key has done. */
void lanyard_speaker_tell (LanyardSpeaker *self, const char *text);
/* The same, of a control with its state. */
void lanyard_speaker_tell_control (LanyardSpeaker *self, GtkWidget *control);
/* @action: LANYARD_KEY_REPEAT or one of volume and rate */
void lanyard_speaker_perform (LanyardSpeaker *self, LanyardKeyAction action);

G_END_DECLS
