/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What staff may ask a desk to do beyond a pickup. Not persisted: the records that follow are. Each
 * group of kinds has a file of its own, lanyard-session-<what>.c, and a row for each kind in the
 * table of lanyard-session-act.c. */
typedef enum
{
  LANYARD_ACT_NONE = 0, /* no action: always refused */
  /* lanyard-session-reissue.c; reason: a LanyardVoidReason that staff may give; second person where
   * the pack asks for one */
  LANYARD_ACT_REISSUE = 10, /* number, serial, reason: void that badge and print another */
  LANYARD_ACT_VOID = 11,    /* number, serial, reason: that badge is none any more */
  /* lanyard-session-resolve.c; for supervisors; reason: a LanyardResolveReason; second person as
   * above */
  LANYARD_ACT_RESOLVE = 12, /* number, serial: of several badges this one stays */

  /* Printers and cards; text: name of the printer */
  LANYARD_ACT_LOAD_CARDS = 140,      /* count: so many blank cards were put in */
  LANYARD_ACT_COUNT_CARDS = 141,     /* count: so many are in it */
  LANYARD_ACT_SPOIL_CARDS = 142,     /* count: so many were used up that never had a serial */
  LANYARD_ACT_CHOOSE_PRINTER = 143,  /* new badges go there */
  LANYARD_ACT_EXPLAIN_COUNTER = 144, /* reason: LanyardShiftNote, why its counter differs */
  LANYARD_ACT_CLOSE_SHIFT = 145,

  /* Cards and passes */
  LANYARD_ACT_DOCUMENT_SEEN = 200,   /* staff's word; text: "TYPE" or "TYPE:ISSUER" */
  LANYARD_ACT_VALIDATE = 210,        /* the card that is open; serial: its seal (nullable) */
  LANYARD_ACT_UNDO_VALIDATION = 220, /* serial: of the card */
  LANYARD_ACT_OPEN_VERIFY = 230,     /* the page that checks badges and does nothing else */
  LANYARD_ACT_OPEN_PASSES = 240,     /* the page of day passes */
  LANYARD_ACT_GIVE_PASS = 260,       /* pool; name, or serial: its number; text: code of its host */
  LANYARD_ACT_RETURN_PASS = 270,     /* serial: its number (nullable): the one that was shown */
  LANYARD_ACT_LOAD_PASSES = 280,     /* pool; count; serial: number of the first (nullable) */
  LANYARD_ACT_TAKE_PASSES = 290,     /* pool; count: for another desk */

  /* lanyard-session-hand-over.c */
  LANYARD_ACT_NOTE = 300,      /* number, note: for the next desk */
  LANYARD_ACT_HAND_OVER = 310, /* number, reason: LanyardHandOver, note (nullable): a supervisor
                                  takes this person on */
  LANYARD_ACT_CONSENT = 330,   /* number; text: id of a consent, count: its version, reason:
                                  LanyardConsentDecision: what the person says to it */
  LANYARD_ACT_PHOTO = 340,     /* number, photo: a picture of them for the badge */
  LANYARD_ACT_WAIT_OVER = 320, /* text: id of a LanyardWait: that person waits no more */

  /* lanyard-session-team.c: one person collects for many */
  LANYARD_ACT_OPEN_TEAM
  = 350, /* number (nullable): of who collects, who is open: lists their team */
  LANYARD_ACT_TICK_TEAM = 351,  /* number (nullable): of whom, all; count: 1 to print, 0 not to */
  LANYARD_ACT_PRINT_TEAM = 352, /* those who are ticked, one after the other */
  LANYARD_ACT_STOP_TEAM = 353,  /* after the present one */
} LanyardStaffActionKind;

/* Longest text of any member but the note: what is longer is no action of ours. */
#define LANYARD_STAFF_ACTION_MAX_BYTES 256

/*
 * One thing that signed-in staff want done, with all that it needs to be done or refused. A value:
 * it names what it is about, so it means the same whatever the screen shows by then. Carries a PIN:
 * every text is wiped when it is freed.
 */
typedef struct
{
  LanyardStaffActionKind kind;
  char *number;        /* (nullable): accreditation number */
  char *serial;        /* (nullable): of a badge, card or seal */
  guint reason;        /* of the kind, such as a LanyardVoidReason; 0: none */
  char *second_number; /* (nullable): staff number of a second person who agrees */
  char *second_pin;    /* (nullable): and their PIN, as typed */
  char *text;          /* (nullable): of the kind; never a name: it may go into a record */
  guint count;         /* of the kind, such as cards in a new pack; 0: none */
  char *pool;          /* (nullable): of day passes, a code of the pack */
  char *name;          /* (nullable): of a visitor; goes onto the pass and into no record */
  char *note;          /* (nullable): what staff wrote of a person, up to LANYARD_NOTE_MAX_CHARS;
                          goes into a record when it is sealed */
  GBytes *photo;       /* (nullable): PNG or JPEG; never in a record. Whoever made it wipes it when
                          its last reference goes */
} LanyardStaffAction;

#define LANYARD_TYPE_STAFF_ACTION (lanyard_staff_action_get_type ())
GType lanyard_staff_action_get_type (void);

/* Returns: (transfer full): an action with nothing but its kind */
LanyardStaffAction *lanyard_staff_action_new (LanyardStaffActionKind kind);
LanyardStaffAction *lanyard_staff_action_copy (const LanyardStaffAction *action);
/* Wipes what it frees. @action: (nullable) */
void lanyard_staff_action_free (LanyardStaffAction *action);
/* Returns: whether every text of it is short enough and UTF-8: to be asked before it is looked at
 */
gboolean lanyard_staff_action_is_sound (const LanyardStaffAction *action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardStaffAction, lanyard_staff_action_free)

G_END_DECLS
