/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge.h"
#include "lanyard-credential.h"
#include "lanyard-document.h"
#include "lanyard-pickup-machine.h"
#include "lanyard-presented.h"
#include "lanyard-printer-switch.h"
#include "lanyard-session.h"
#include "lanyard-staff.h"

G_BEGIN_DECLS

/* What is kept of a document that was shown: nothing personal. A value. The comparison is for the
 * screen of staff while the person is there, and in no record. */
typedef struct
{
  LanyardDocumentVerdict verdict;
  char type[3];   /* "P" */
  char issuer[6]; /* "UTO" */
  LanyardDocumentBy by;
  gboolean compared; /* by a scanner, and not by eye */
  LanyardDocumentComparison comparison;
} LanyardShown;

/* The badge of the person served that staff may void: the one that was shown, or the one that is
 * out. A value. */
typedef struct
{
  char *serial;             /* owned (nullable): there is none, or nobody knows which */
  guint32 sequence;         /* 0: not known */
  LanyardId pickup;         /* of this desk's own; zero: another desk made it */
  LanyardPickupState state; /* of that pickup */
  gboolean only;            /* nobody knows of another one that is out */
} LanyardOldBadge;
/* A day pass that is being given. */
typedef struct
{
  char *pool;         /* code of the pack */
  char *organisation; /* (nullable): code of the host */
  gint day;           /* of the event */
  gint64 expires_s;   /* s since 1970-01-01 UTC */
} LanyardPassGiven;

/* The person being served and their pickup: all that goes when they do. */
typedef struct
{
  LanyardId pickup;             /* zero: none was begun */
  LanyardEntry *entry;          /* owned (nullable) */
  GBytes *photo;                /* owned (nullable) */
  gboolean photo_is_taken;      /* here, and not the roster's */
  LanyardBadge *badge;          /* owned (nullable): made ready to be printed for the two */
  gboolean readied;             /* that has been tried */
  char *number;                 /* owned (nullable): accreditation number */
  LanyardCredentialKind source; /* what was presented */
  guint32 presented_sequence;   /* sequence of the badge that was presented; 0: none was */
  char *presented_serial;       /* owned (nullable): its serial */
  LanyardOldBadge old;          /* the badge that a new one would take the place of */
  LanyardShown shown;           /* the document that was shown */
  LanyardVerdict verdict;
  guint64 directory_version; /* that the verdict was made with */
  guint32 sequence_at_least; /* for the new badge */
  char *serial;              /* owned (nullable): from RESERVED on */
  guint32 sequence;          /* of the new badge; 0 before RESERVED */
  char *job;                 /* owned (nullable): the printer's */
  LanyardPrintState print;   /* last report; 0: none */
  LanyardPrintFault fault;   /* last report */
  char *ticket;              /* owned (nullable): for the help desk */
  guint wrong_badges;        /* at scan-back so far */
  gboolean told_no_document; /* that what they showed was none, while one was asked for */
  gboolean by_number;        /* by a number that nobody has signed, at self-service */
  char *card;                /* owned (nullable): serial of a pre-valid card that is to be valid */
  guint32 card_sequence;     /* of it */
  gboolean card_is_old;      /* a later card or badge was made */
  char *seal;                /* owned (nullable): for the card, as it is printed */
  char *decided;             /* owned (nullable): serial of the badge that stays, by a decision of
                                this desk that the hub does not have yet */
  LanyardPassGiven *pass;    /* owned (nullable): what is given is a day pass */
  GPtrArray *consents; /* owned (nullable) (element-type LanyardConsentAnswer): what the pack asks
                          of them; replaced and never changed: views have it, too */
  guint n_said;        /* to how many of them something was said since */
} LanyardServed;

struct _LanyardSession
{
  /* borrowed */
  LanyardSessionParts parts;
  LanyardViewFunc view_func;
  gpointer user_data;

  /* owned */
  LanyardTrustList *trust;
  LanyardNegativeList *negative; /* (nullable) */
  LanyardLink *link;             /* (nullable) */
  LanyardView *view;             /* the present one */
  GPtrArray *questions;          /* (element-type LanyardPickup): ATTENTION on disk, oldest first */
  GHashTable *words;   /* (element-type utf8 LanyardPrintReport): the printer's, by serial */
  GHashTable *spoiled; /* (element-type utf8): numbers of people who said that their badge is no
                        * good, and have it all the same */
  gboolean questions_first;       /* found at the start: shown one after the other */
  GQueue reports;                 /* (element-type LanyardPrintReport): not looked at yet */
  gulong report_handler;          /* of the printer's "report" */
  LanyardPrinterSwitch *printers; /* parts.printer, or around it */
  GPtrArray *printer_configs;     /* (element-type LanyardPrinterConfig) */
  GHashTable *counter_notes; /* (element-type utf8 LanyardShiftNote): by printer, until a close */
  char *again; /* (nullable): number of who stands there without a badge since a change-over */

  /* who is served */
  LanyardPickupState state;
  LanyardServed served;

  /* the desk */
  gboolean enrolled;             /* this desk has a device number and a key */
  gboolean trusted;              /* the trust list has the key */
  gboolean staff;                /* staff are signed in */
  LanyardStaffMember *member;    /* owned (nullable): who, while they are */
  gboolean many_staff;           /* several may sign in */
  gboolean staff_badges;         /* some of them by badge and PIN */
  gboolean asks_badge;           /* somebody is about to sign in: a badge says who */
  char *badge_staff;             /* owned (nullable): staff number of the badge that was shown */
  LanyardVoidReason void_reason; /* of the void or reissue that is being done; 0: none is */
  char *second_staff;            /* owned (nullable): who agreed to that, while it is being done */
  const char *showing; /* borrowed (nullable): serial of a badge, while it is being shown */
  gboolean called;     /* somebody without a pickup has called for help on this visit */
  char *language;      /* owned (nullable): chosen, or the person's */
  GError *broken;      /* owned (nullable): the journal does not take records */
  gint64 retry_us;     /* monotonic: when to try the journal again; 0: never */

  /* what staff do beside serving: see lanyard-session-passes.c and -verify.c */
  LanyardPage side;          /* PASSES or VERIFY; WELCOME: neither */
  LanyardChecked *checked;   /* owned (nullable): on VERIFY */
  LanyardClaims *shown_pass; /* owned (nullable): on PASSES: the badge that was shown */
  char *shown_number;        /* owned (nullable): on PASSES: number of the pass that was shown */
  LanyardTeam *team;         /* owned (nullable): on TEAM, and while its badges are printed */
  gboolean team_busy;        /* whose turn it is, is being found */
  LanyardCredentialKind leader_source; /* of a team without staff: what who collects presented, */
  LanyardShown leader_shown;           /* and the document that they showed */

  /* the screen */
  LanyardNotice notice;
  guint64 notice_generation;
  LanyardTone tone;
  guint64 tone_generation;
  guint64 generation;
  guint64 question;              /* of the present view */
  LanyardPage asked;             /* what the question was asked on, */
  LanyardId asked_about;         /* about which pickup, */
  guint asked_said;              /* the how manieth consent, */
  gboolean asked_staff;          /* and whether of staff */
  gint64 deadline_us;            /* monotonic; 0: none */
  gint64 staff_deadline_us;      /* monotonic: when staff are signed out */
  gint64 typing_locked_until_us; /* wall: of the lock-out that was last recorded */
  gboolean running;              /* effects are being run: reports wait */
  gboolean submit_failed;        /* the badge could not even be made */
  guint n_sides;                 /* most sides of a badge of the pack; 0: not looked at yet */
};

/* The pickup to which effects belong: the one served, or a question. Borrowed strings. */
typedef struct
{
  LanyardId pickup;
  const char *accreditation; /* (nullable) */
  const char *serial;        /* (nullable) */
  const char *job;           /* (nullable) */
  guint32 sequence;
} LanyardSubject;

/* lanyard-session.c */
gboolean lanyard_session_feed (LanyardSession *session, LanyardPickupInput input);
void lanyard_session_break_down (LanyardSession *session, const GError *error);
gboolean lanyard_session_is_out_of_order (LanyardSession *session);
void lanyard_session_wipe_served (LanyardSession *session);
/* What was scanned may be somebody's passport. @text: (transfer full) (nullable) */
void lanyard_session_free_text (char *text);

/* lanyard-session-reissue.c */
void lanyard_session_act_reissue (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_void (LanyardSession *session, const LanyardStaffAction *action);
/* Finds the badge that staff may void, anew. @issued: what is known of badges now */
void lanyard_session_find_old_badge (LanyardSession *session, const LanyardIssued *issued);
gboolean lanyard_session_may_reissue (LanyardSession *session);
/* The old badge is void on disk: where another desk made it, it counts no more as one that is on
 * its way. */
void lanyard_session_note_void (LanyardSession *session);
gboolean lanyard_session_may_void (LanyardSession *session);
void lanyard_old_badge_clear (LanyardOldBadge *old);

/* The person stays on the page, with what is true of them now. */
void lanyard_session_show_again (LanyardSession *session, const char *number);

/* lanyard-session-resolve.c */
void lanyard_session_act_resolve (LanyardSession *session, const LanyardStaffAction *action);
gboolean lanyard_session_may_resolve (LanyardSession *session);
/* Whether a badge is void by anything that this desk knows: its journal, the directory, the
 * negative list, a decision of its own that the hub does not have yet. @entry: (nullable)
 * @sequence: 0: not known */
gboolean lanyard_session_is_void (LanyardSession *session,
                                  const LanyardEntry *entry,
                                  const char *number,
                                  const char *serial,
                                  guint32 sequence);
/* Puts decisions of this desk into what is known of badges of the person served. */
void lanyard_session_settle (LanyardSession *session, LanyardIssued *issued);

/* lanyard-session-act.c */
/* Does one kind of action for signed-in staff, or refuses it with a notice; the view is published
 * afterwards. */
typedef void (*LanyardActFunc) (LanyardSession *session, const LanyardStaffAction *action);

/* lanyard-session-consent.c */
/* Finds what the person served is asked for, and what they said to it so far. */
void lanyard_session_look_at_consents (LanyardSession *session);
LanyardConsentNeed lanyard_session_get_consent_need (LanyardSession *session);
/* @input: AGREE or DECLINE, to what is asked; goes on when nothing is left to ask */
void lanyard_session_say_to_consent (LanyardSession *session, LanyardPickupInput input);
void lanyard_session_act_consent (LanyardSession *session, const LanyardStaffAction *action);

/* lanyard-session-photo.c */
/* The photo of the person served: that of the roster, or one that was taken at this desk. */
void lanyard_session_fetch_photo (LanyardSession *session);
gboolean lanyard_session_may_take_photo (LanyardSession *session);
void lanyard_session_act_photo (LanyardSession *session, const LanyardStaffAction *action);
/* Whether the badge of the person served is to have a photo, and there is none. */
gboolean lanyard_session_lacks_photo (LanyardSession *session);

/* lanyard-session-validate.c */
/* A pre-valid card was shown that has what it takes to become a badge. */
gboolean lanyard_session_is_card (LanyardSession *session, const LanyardClaims *claims);
/* Returns: whether @scan was the number of a seal for the card that is open */
gboolean lanyard_session_take_seal (LanyardSession *session, const LanyardScan *scan);
gboolean lanyard_session_may_validate (LanyardSession *session);
void lanyard_session_fill_card (LanyardSession *session, LanyardView *view);
void lanyard_session_act_document_seen (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_validate (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_undo_validation (LanyardSession *session,
                                          const LanyardStaffAction *action);

/* lanyard-session-passes.c */
LanyardPassGiven *
lanyard_pass_given_new (LanyardSession *session, const char *pool, const char *organisation);
void lanyard_pass_given_free (LanyardPassGiven *pass);
void lanyard_session_fill_passes (LanyardSession *session, LanyardView *view);
/* Returns: whether @scan was for the page of day passes */
gboolean lanyard_session_take_pass (LanyardSession *session, const LanyardScan *scan);
void lanyard_session_act_open_passes (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_give_pass (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_return_pass (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_load_passes (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_take_passes (LanyardSession *session, const LanyardStaffAction *action);

/* lanyard-session-staff.c */
/* "Yes, print": whoever is open, when nothing speaks against it by now. */
void lanyard_session_confirm (LanyardSession *session);

/* lanyard-session-team.c */
/* Goes on with the team, when the badge that was under way has come to an end. */
void lanyard_session_run_team (LanyardSession *session);
/* Returns: (transfer none) (nullable): accreditation number of who collects the badge of @number */
const char *lanyard_session_get_collector (LanyardSession *session, const char *number);
void lanyard_session_act_open_team (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_tick_team (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_print_team (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_stop_team (LanyardSession *session, const LanyardStaffAction *action);

gboolean lanyard_session_is_question (LanyardSession *session, const char *number);

/* lanyard-session-delegation.c */
/* Whether somebody collects for others now, and no staff are there. */
gboolean lanyard_session_is_delegation (LanyardSession *session);
/* Whether the person who is asked "is this you?" may collect for others here. */
gboolean lanyard_session_may_collect (LanyardSession *session);
/* "Yes" of who may: lists whose badges there are. Returns: FALSE: there is nobody to collect for */
gboolean lanyard_session_open_delegation (LanyardSession *session);
/* "Print those." Returns: whether this was meant */
gboolean lanyard_session_print_delegation (LanyardSession *session);
/* Nobody is there any more. */
void lanyard_session_close_delegation (LanyardSession *session);
/* Serves the next one of the team: reserved, or not possible without anything recorded. */
void lanyard_session_begin_delegated (LanyardSession *session, const LanyardTeamMember *member);
/* What a leader may see of who else's badge is on its way. Returns: (transfer full) (nullable) */
LanyardEntry *lanyard_session_dup_delegated (LanyardSession *session);
/* Staff signed in: it is their team from now on. */
void lanyard_session_take_over_delegation (LanyardSession *session);

/* lanyard-session-verify.c */
/* Opens a page beside serving: nobody is served any more. Returns: whether it could */
gboolean lanyard_session_open_side (LanyardSession *session, LanyardPage side);
void lanyard_session_close_side (LanyardSession *session);
/* Returns: whether @scan was for the page that checks badges */
gboolean lanyard_session_check (LanyardSession *session, const LanyardScan *scan);
void lanyard_session_act_open_verify (LanyardSession *session, const LanyardStaffAction *action);

/* lanyard-session-effects.c */
/* Commits a record that is no step of the pickup being served. Returns: FALSE: the desk is broken
 * down */
gboolean lanyard_session_commit_step (LanyardSession *session, const LanyardStep *step);
void lanyard_session_get_subject (LanyardSession *session, LanyardSubject *subject);
gboolean lanyard_session_run_effects (LanyardSession *session,
                                      const LanyardSubject *subject,
                                      const LanyardPickupStep *step,
                                      GError **error);
gboolean lanyard_session_commit_plain (LanyardSession *session,
                                       guint16 kind,
                                       const char *accreditation,
                                       GError **error);

/* lanyard-session-body.c */
GBytes *lanyard_session_make_body (LanyardSession *session,
                                   const LanyardPickupStep *step,
                                   const LanyardSubject *subject);
GBytes *lanyard_session_make_plain_body (LanyardSession *session, guint16 kind);
/* Of PASS_RETURNED, PASSES_LOADED and PASSES_TAKEN. @sequence: 0: none; @pass: (nullable) */
GBytes *lanyard_session_make_pass_body (LanyardSession *session,
                                        guint16 kind,
                                        guint32 sequence,
                                        const LanyardPassStep *pass);

/* One record of printers and cards; what is NULL or negative is left out. A value. */
typedef struct
{
  const char *printer;
  gint cards;
  gboolean knows_left;
  gint left;
  gint64 lifetime;
  GBytes *rows; /* encoded */
} LanyardSupplyFacts;

GBytes *lanyard_session_make_supply_body (LanyardSession *session, const LanyardSupplyFacts *facts);
/* Of DAY_EXPORTED. */
GBytes *lanyard_session_make_export_body (LanyardSession *session,
                                          const char *staff,
                                          LanyardExportFormat format,
                                          guint n_rows,
                                          gboolean names);

/* Of CONSENT. */
GBytes *lanyard_session_make_consent_body (LanyardSession *session, const LanyardConsentStep *said);

/* One record of notes and of people who wait; what is NULL or 0 is left out. Borrowed. */
typedef struct
{
  GBytes *note; /* sealed */
  LanyardHandOver hand_over;
  const char *wait; /* id of a LanyardWait */
} LanyardWaitFacts;

GBytes *lanyard_session_make_wait_body (LanyardSession *session, const LanyardWaitFacts *facts);

/* lanyard-session-hand-over.c */
void lanyard_session_act_note (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_hand_over (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_act_wait_over (LanyardSession *session, const LanyardStaffAction *action);

/* lanyard-session-badge.c */
/* Does what takes long of making a badge while the person looks at their screen. */
void lanyard_session_ready_badge (LanyardSession *session);
/* Forgets it, and the photo that it has. */
void lanyard_session_drop_badge (LanyardSession *session);
LanyardPrintJob *lanyard_session_make_job (LanyardSession *session, GError **error);

/* lanyard-session-scan.c */
gboolean lanyard_session_is_busy (LanyardSession *session);
/* @shown: (nullable): a document that was shown together with it, or that named it */
void lanyard_session_present (LanyardSession *session,
                              const char *number,
                              LanyardCredentialKind source,
                              guint32 sequence,
                              const LanyardShown *shown);
/* Offers what the verdict allows. */
void lanyard_session_offer (LanyardSession *session, gboolean readable);

/* The same of a pre-valid card that is to be validated. @sequence: of it
 * @shown: (nullable): as above */
void lanyard_session_present_card (LanyardSession *session,
                                   const char *number,
                                   const char *serial,
                                   guint32 sequence,
                                   const LanyardShown *shown);

/* lanyard-session-document.c */
void lanyard_session_show_document (LanyardSession *session,
                                    const LanyardDocument *document,
                                    LanyardScanSource source);

/* For staff: how the document that was shown stands to the person served, field by field. */
void lanyard_session_fill_document (LanyardSession *session, LanyardView *view);

/* lanyard-session-typed.c */
gboolean lanyard_session_may_ask_by_number (LanyardSession *session);
void lanyard_session_forgive_typing (LanyardSession *session);

/* lanyard-session-verdict.c */
gboolean lanyard_session_decide (LanyardSession *session);

/* lanyard-session-questions.c */
gboolean lanyard_session_recover (LanyardSession *session, GError **error);
void lanyard_session_load_questions (LanyardSession *session);
LanyardPickup *lanyard_session_find_question (LanyardSession *session, const char *serial);
void lanyard_session_adopt (LanyardSession *session, const LanyardPickup *question);
gboolean lanyard_session_adopt_oldest (LanyardSession *session);
/* One input for a pickup that is not the one served. Returns: whether it was taken and all its
 * effects done */
gboolean lanyard_session_feed_other (LanyardSession *session,
                                     LanyardPickupInput input,
                                     const LanyardPickup *pickup);
void lanyard_session_answer (LanyardSession *session, LanyardPickupInput input, const char *serial);

/* lanyard-session-print.c */
void lanyard_session_on_report (LanyardPrinter *printer,
                                const LanyardPrintReport *report,
                                gpointer user_data);
void lanyard_session_drain_reports (LanyardSession *session);

/* lanyard-session-lists.c */
gboolean lanyard_session_check_trust (LanyardSession *session);

/* lanyard-session-second.c */
/* Whether a second person agrees to an action, or none is needed; tells when not. @who: (out)
 * (transfer full) (nullable): their staff number */
gboolean lanyard_session_ask_second (LanyardSession *session,
                                     const LanyardStaffAction *action,
                                     gboolean needed,
                                     char **who);

/* lanyard-session-supplies.c */
gboolean lanyard_session_open_supplies (LanyardSession *session, GError **error);
/* Returns: (transfer none) (nullable): the printer that has this badge, or will have the next */
const char *lanyard_session_find_printer (LanyardSession *session, const char *serial);
/* Commits one record of printers and cards. Returns: whether it is on disk; otherwise the session
 * has broken down */
gboolean lanyard_session_commit_supply (LanyardSession *session,
                                        guint16 kind,
                                        const LanyardSupplyFacts *facts);
void lanyard_session_note_cards (LanyardSession *session, const LanyardStaffAction *action);

/* lanyard-session-shift.c */
void lanyard_session_explain_counter (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_close_shift (LanyardSession *session, const LanyardStaffAction *action);

/* lanyard-session-swap.c */
void lanyard_session_choose_printer (LanyardSession *session, const LanyardStaffAction *action);
/* Staff answered what a change-over left open: opens the person again, who has no badge. */
void lanyard_session_serve_again (LanyardSession *session);
/* Returns: (transfer none) (nullable): a printer that is ready and is not @name */
const char *lanyard_session_find_other_printer (LanyardSession *session, const char *name);

/* lanyard-session-staff.c */
/* "Yes, that is me", or all is said that had to be: the badge is made, or asked about. */
void lanyard_session_confirm (LanyardSession *session);
void lanyard_session_sign_out (LanyardSession *session);
/* Looks how many may sign in: more may have been added while the program runs. */
void lanyard_session_count_staff (LanyardSession *session);

/* lanyard-session-badge-sign-in.c */
/* Returns: whether what was presented was for somebody who is about to sign in */
gboolean lanyard_session_take_staff_badge (LanyardSession *session,
                                           const LanyardPresented *presented);

/* lanyard-session-view.c */
LanyardEntry *lanyard_session_redact (const LanyardEntry *entry);
void lanyard_session_publish (LanyardSession *session);
void lanyard_session_notify (LanyardSession *session, LanyardNotice notice);
void lanyard_session_touch (LanyardSession *session);
/* Whoever waits for paper or cards has as long as for a badge that stands in the printer. */
void lanyard_session_wait_for_printer (LanyardSession *session);
/* They ask for more time. */
void lanyard_session_extend (LanyardSession *session);
void lanyard_session_restart_clock (LanyardSession *session,
                                    LanyardPickupState from,
                                    LanyardPickupInput cause);

G_END_DECLS
