/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-record.h"

G_BEGIN_DECLS

/* Why staff hand a person over to a supervisor: a class, never what is the matter with somebody.
 * Persisted in records: values are never reused. */
typedef enum
{
  LANYARD_HAND_OVER_NONE = 0,
  LANYARD_HAND_OVER_IDENTITY = 10,  /* whether this is the person */
  LANYARD_HAND_OVER_DATA = 20,      /* what is known of the person is wrong */
  LANYARD_HAND_OVER_CLEARANCE = 30, /* something is missing that this desk cannot give */
  LANYARD_HAND_OVER_BADGE = 40,     /* a badge or card */
  LANYARD_HAND_OVER_OTHER = 90,
} LanyardHandOver;

/* Returns: (transfer none) (array zero-terminated): in the order in which a screen offers them */
const LanyardHandOver *lanyard_hand_overs (void);
/* "identity" (transfer none) (nullable): NULL for none */
const char *lanyard_hand_over_to_string (LanyardHandOver reason);

/* What staff write for the next desk, at most. */
#define LANYARD_NOTE_MAX_CHARS 280
#define LANYARD_NOTE_MAX_BYTES (4 * LANYARD_NOTE_MAX_CHARS)
/* Sealed, as a record carries it. */
#define LANYARD_NOTE_MAX_SEALED_BYTES 1400

/* Whether staff may write @text (nullable) as a note: more than space, plain text of one line
 * (lanyard_plain_text_is_sound()), short enough. */
gboolean lanyard_note_is_sound (const char *text);

G_END_DECLS
