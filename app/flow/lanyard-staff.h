/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-journal.h"

G_BEGIN_DECLS

/* Number of the only member of staff at desks that have one PIN for all. */
#define LANYARD_STAFF_ONLY_NUMBER "1"
/* A staff number: this many digits at most. */
#define LANYARD_STAFF_MAX_DIGITS 8

/* Stands in the staff file by name. */
typedef enum
{
  LANYARD_STAFF_ROLE_STAFF = 10,
  LANYARD_STAFF_ROLE_SUPERVISOR = 20, /* closes shifts, decides */
} LanyardStaffRole;

/* One person who may sign in. A value. Nobody's name stands anywhere: the number is what records
 * carry, and who has it is known where the desk is set up. */
typedef struct
{
  char *number;
  LanyardStaffRole role;
  char *verifier; /* Argon2id, as libsodium writes it */
  char *badge; /* (nullable): accreditation number of the badge that says who they are; the PIN is
                  asked for all the same */
} LanyardStaffMember;

void lanyard_staff_member_free (LanyardStaffMember *member);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardStaffMember, lanyard_staff_member_free)

typedef enum
{
  LANYARD_STAFF_WELCOME = 10, /* the PIN is right */
  LANYARD_STAFF_WRONG = 20,   /* it is not, or nobody has this number */
  LANYARD_STAFF_LOCKED = 30,  /* too many wrong ones: not even looked at */
  LANYARD_STAFF_NUMBER = 40,  /* there are several: a PIN alone does not say who; not counted */
} LanyardStaffAnswer;

/**
 * lanyard_staff_list:
 * @state_dir: where staff.pin is kept
 * @error: LANYARD_ERROR_NOT_FOUND when no PIN was ever set, _INVALID
 *
 * staff.pin has a line "NUMBER ROLE VERIFIER" for each member, with the accreditation number of
 * their badge behind it where they have one. A line that is a verifier alone, as
 * desks with one PIN have it, is supervisor "1".
 *
 * Returns: (transfer full) (nullable) (element-type LanyardStaffMember): at least one
 */
GPtrArray *lanyard_staff_list (const char *state_dir, GError **error);

/**
 * lanyard_staff_put:
 * @state_dir: where staff.pin is kept (mode 0600)
 * @number: 1 to LANYARD_STAFF_MAX_DIGITS digits
 * @role: what they may do
 * @pin: 4 to 64 digits
 * @error: LANYARD_ERROR_USAGE, _IO, _LIMIT
 *
 * Adds a member, or gives one another PIN and role; a badge stays theirs. Replaces the file whole
 * and durably.
 */
gboolean lanyard_staff_put (const char *state_dir,
                            const char *number,
                            LanyardStaffRole role,
                            const char *pin,
                            GError **error);
/**
 * lanyard_staff_set_badge:
 * @number: of a member
 * @badge: (nullable): accreditation number, as lanyard_presented_normalise_number() makes it; NULL:
 *   no badge says who they are any more
 * @error: LANYARD_ERROR_NOT_FOUND, _USAGE when it is another member's, or no such number; _IO
 *
 * The badge takes the place of typing the staff number, never of the PIN.
 */
gboolean lanyard_staff_set_badge (const char *state_dir,
                                  const char *number,
                                  const char *badge,
                                  GError **error);
/* Takes a member out. @error: LANYARD_ERROR_NOT_FOUND, _USAGE for the last one, _IO */
gboolean lanyard_staff_remove (const char *state_dir, const char *number, GError **error);
/* As lanyard_staff_put() of supervisor "1": desks with one PIN for all. */
gboolean lanyard_staff_set_pin (const char *state_dir, const char *pin, GError **error);

/**
 * lanyard_staff_check:
 * @state_dir: where staff.pin is kept
 * @journal: counts the attempt, durably, before the PIN is looked at
 * @number: (nullable): who they say they are; NULL where there is only one
 * @pin: what was typed
 * @member: (out) (transfer full) (nullable): with WELCOME, who it is
 * @locked_until_us: (out): wall time until which nothing is tried any more; 0: not locked
 * @error: LANYARD_ERROR_NOT_FOUND when no PIN was ever set, or what the journal says
 *
 * A crash or a power cut between two guesses gives no further guess. Each member's tries are
 * counted by themselves, and those for numbers that nobody has by themselves too. Takes about a
 * tenth of a second.
 *
 * Returns: the answer; 0 with @error set
 */
LanyardStaffAnswer lanyard_staff_check (const char *state_dir,
                                        LanyardJournal *journal,
                                        const char *number,
                                        const char *pin,
                                        LanyardStaffMember **member,
                                        gint64 *locked_until_us,
                                        GError **error);

/* "supervisor" (transfer none) */
const char *lanyard_staff_role_to_string (LanyardStaffRole role);

G_END_DECLS
