/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-journal.h"

G_BEGIN_DECLS

/* The one PIN of a desk until there are staff of their own; stands in records as this. */
#define LANYARD_STAFF_SUBJECT "staff"

typedef enum
{
  LANYARD_STAFF_WELCOME = 10, /* the PIN is right */
  LANYARD_STAFF_WRONG = 20,   /* it is not */
  LANYARD_STAFF_LOCKED = 30,  /* too many wrong ones: not even looked at */
} LanyardStaffAnswer;

/**
 * lanyard_staff_set_pin:
 * @state_dir: where staff.pin is kept (an Argon2id verifier, mode 0600)
 * @pin: 4 to 64 digits
 * @error: LANYARD_ERROR_USAGE, _IO
 *
 * Replaces the file whole and durably.
 */
gboolean lanyard_staff_set_pin (const char *state_dir, const char *pin, GError **error);

/**
 * lanyard_staff_check_pin:
 * @state_dir: where staff.pin is kept
 * @journal: counts the attempt, durably, before the PIN is looked at
 * @pin: what was typed
 * @locked_until_us: (out): wall time until which nothing is tried any more; 0: not locked
 * @error: LANYARD_ERROR_NOT_FOUND when no PIN was ever set, or what the journal says
 *
 * A crash or a power cut between two guesses gives no further guess. Takes about a tenth of a
 * second.
 *
 * Returns: the answer; 0 with @error set
 */
LanyardStaffAnswer lanyard_staff_check_pin (const char *state_dir,
                                            LanyardJournal *journal,
                                            const char *pin,
                                            gint64 *locked_until_us,
                                            GError **error);

G_END_DECLS
