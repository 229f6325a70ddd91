/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fake-printer.h"
#include "lanyard-credential.h"
#include "lanyard-scan.h"
#include "lanyard-session.h"
#include "lanyard-staff.h"
#include "lanyard-vault.h"

/* People of the fixture's directory, all made up; see flow-fixture.c for what is special about
 * each. */
typedef enum
{
  PERSON_READY,
  PERSON_OTHER,   /* ready too */
  PERSON_PENDING, /* a clearance is pending */
  PERSON_CANCELLED,
  PERSON_GUEST,     /* a category that is not for self-service */
  PERSON_ELSEWHERE, /* to be collected at another venue */
  PERSON_ISSUED,    /* has a badge from another desk */
  PERSON_DISPUTED,  /* two badges, and nobody has decided */
  N_PEOPLE,
  PERSON_NOBODY, /* a right number of nobody */
} Person;

#define FLOW_PIN "258025"
/* Stands in the name of every person: what must never be found where no name belongs. */
#define FLOW_NAME_MARK "Quillfeather"
/* … and in the number of every passport. */
#define FLOW_DOCUMENT_MARK "QF47"

/* A desk with a real pack, journal, directory, badge and intake; a printer and a clock of the
 * test's. */
typedef struct
{
  char *folder;
  LanyardConfig *config;
  LanyardClock clock;
  gint64 wall_us;
  gint64 monotonic_us;
  LanyardKey *root;
  LanyardKey *hub;
  LanyardKey *desk_key;
  LanyardPack *pack;
  LanyardVault *vault;
  LanyardJournal *journal;
  LanyardDirectory *directory;
  FakePrinter *printer;
  gboolean two_printers; /* to be set before it is opened: "left", which is printer, and "right" */
  FakePrinter *right;    /* (nullable) */
  LanyardPrinter *real; /* (nullable): borrowed: to be set before it is opened: a printer that there
                         * is; then the two above are NULL */
  LanyardSession *session;
  LanyardView *view; /* the last one, with a reference */
  guint n_views;
} FlowFixture;

/* Makes everything in a new folder and opens it. */
void flow_set_up (FlowFixture *fixture, gconstpointer data);
/* Closes and removes everything. */
void flow_tear_down (FlowFixture *fixture, gconstpointer data);
/* The two halves, for tests that die in between. @folder: (nullable): a new one when NULL */
void flow_make (FlowFixture *fixture, const char *folder);
void flow_open (FlowFixture *fixture);
void flow_close (FlowFixture *fixture);
void flow_reopen (FlowFixture *fixture);
void flow_free (FlowFixture *fixture);
void flow_remove_folder (const char *folder);

const char *flow_number (Person person);
/* Puts the person's row into the directory again, as @change left it. */
void flow_change_person (FlowFixture *fixture, Person person, void (*change) (LanyardEntry *entry));

/* Puts @n more people who are ready into the directory, for many badges in a row.
 * @photo: (nullable): JPEG or PNG, the same for all */
void flow_add_people (FlowFixture *fixture, guint n, GBytes *photo);
/* Number of the @i-th of them. Returns: (transfer full) */
char *flow_dup_more_number (guint i);

/* What sync would bring. @counter: higher than that of the list before
 * @void_person: whose badges are void; PERSON_NOBODY: nobody's */
void flow_put_negative_list (FlowFixture *fixture, guint64 counter, Person void_person);

/* Shows things to the scanner. */
void flow_scan_text (FlowFixture *fixture, const char *text);
void flow_scan_invitation (FlowFixture *fixture, Person person);
void flow_scan_badge (FlowFixture *fixture, const char *serial);
char *flow_make_credential (FlowFixture *fixture,
                            const LanyardKey *key,
                            LanyardCredentialKind kind,
                            const char *number,
                            const char *serial,
                            guint32 sequence);

/* A passport, as a camera reads it. @number: behind FLOW_DOCUMENT_MARK, 5 characters
 * @birth, @expiry: YYMMDD. Returns: (transfer full): two lines */
char *
flow_make_passport (const char *names, const char *number, const char *birth, const char *expiry);
/* @source: camera or typed. The passport of a fixture's person */
void flow_scan_passport (FlowFixture *fixture, Person person, LanyardScanSource source);
/* What a roster with documents would say of the person. */
void flow_give_passport (FlowFixture *fixture, Person person);
/* What the pack would allow, for the players that all people but one are. */
void flow_rule_documents (FlowFixture *fixture, gboolean identify, gboolean check);

/* Takes everybody out of the directory, and puts them back. */
void flow_empty_directory (FlowFixture *fixture);
void flow_fill_directory (FlowFixture *fixture);

void flow_press (FlowFixture *fixture, LanyardInput input);
/* Turns both clocks and looks. */
void flow_wait (FlowFixture *fixture, guint seconds);
void flow_sign_in (FlowFixture *fixture);

/* What the pack would ask of everybody, behind what it asks already. */
void flow_rule_consent (FlowFixture *fixture, const char *id, guint version, gboolean required);
/* Staff say what the fixture's person said to a consent. */
void flow_act_consent (FlowFixture *fixture,
                       Person person,
                       const char *id,
                       guint version,
                       LanyardConsentDecision decision);

/* What the pack would ask of every category: a photo on the badge. */
void flow_rule_photo (FlowFixture *fixture);
#define FLOW_PORTRAIT_MARK "portrait-"
/* @which: 0 or 1. Returns: (transfer full): a PNG with FLOW_PORTRAIT_MARK in it */
GBytes *flow_make_portrait (guint which);

/* What the pack would say of validation; seals are VS-###### */
void flow_rule_validation (FlowFixture *fixture, LanyardSealRule seal, gboolean document);
void flow_scan_card (FlowFixture *fixture, Person person, const char *serial, guint32 sequence);
/* @serial, @text: (nullable) */
void
flow_act (FlowFixture *fixture, LanyardStaffActionKind kind, const char *serial, const char *text);
/* @first: (nullable): number of the first of a block */
void flow_change_pool (FlowFixture *fixture,
                       LanyardStaffActionKind kind,
                       const char *pool,
                       guint count,
                       const char *first);
/* @what: name, or number of a numbered pass; @host: (nullable) */
void flow_give_pass (FlowFixture *fixture, const char *pool, const char *what, const char *host);
/* Returns: (transfer full): "1 of 2, 1 out, 0 back" */
char *flow_describe_pool (FlowFixture *fixture, const char *code);

/* Walks to a state of the main path. Returns: (transfer full): the serial */
char *flow_walk_to_reserved (FlowFixture *fixture, Person person);
char *flow_walk_to_printing (FlowFixture *fixture, Person person);
char *flow_walk_to_reported (FlowFixture *fixture, Person person);
char *flow_walk_to_issued (FlowFixture *fixture, Person person);

#define flow_assert_page(fixture, name)                                                            \
  g_assert_cmpstr (lanyard_page_to_string ((fixture)->view->page), ==, name)

/* Returns: (transfer full): kinds of all records of pickups with @number, "reserved printing …" */
char *flow_kinds_of (FlowFixture *fixture, const char *number);
guint flow_count_kind (FlowFixture *fixture, guint16 kind);
/* An unsigned number of the body of the last record of @kind; G_MAXUINT64 when it is not there. */
guint64 flow_body_number (FlowFixture *fixture, guint16 kind, LanyardBodyKey key);
/* The same of a text. Returns: (transfer full) (nullable) */
char *flow_body_text (FlowFixture *fixture, guint16 kind, LanyardBodyKey key);
/* Chain, order, ends, serials, and no name anywhere: what must hold of every journal. */
void flow_check_journal (FlowFixture *fixture);
