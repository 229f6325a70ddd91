/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-desk.h"
#include "lanyard-key.h"
#include "lanyard-negative-list.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/*
 * The session: runs the effects of the pickup machine through the ports, and makes the views. The
 * only impure part of a pickup. Belongs to the desk's thread; nothing here blocks for long, nothing
 * waits.
 */
typedef struct _LanyardSession LanyardSession;

/* What a session works with. All borrowed; must outlive it. */
typedef struct
{
  const LanyardConfig *config;
  const LanyardClock *clock;
  LanyardPack *pack;
  LanyardJournal *journal;
  LanyardDirectory *directory;
  LanyardPrinter *printer; /* a LanyardPrinterSwitch, or the only one */
  LanyardKey *desk_key;    /* (nullable): not enrolled: OUT_OF_ORDER */
} LanyardSessionParts;

/**
 * lanyard_session_new:
 * @parts: (copied): what to work with
 * @view_func: gets every view, with a reference of the session's that it may add to
 * @user_data: passed to @view_func
 *
 * Nothing happens before lanyard_session_start().
 *
 * Returns: (transfer full): the session
 */
LanyardSession *lanyard_session_new (const LanyardSessionParts *parts,
                                     LanyardViewFunc view_func,
                                     gpointer user_data);
void lanyard_session_free (LanyardSession *session);

/* Takes up the lists, makes every unfinished pickup a question, and shows the first view. */
void lanyard_session_start (LanyardSession *session);

/* Reads trust list and negative list from the directory again; keeps the old ones when the new ones
 * are not acceptable. For the start, and when sync brought something. */
void lanyard_session_take_lists (LanyardSession *session);

/* Sync brought an alert about @accreditation (nullable): records that this desk saw it. */
void lanyard_session_note_alert (LanyardSession *session, const char *accreditation);

/* Told after every commit that there are new records. @link: (nullable) (transfer none): kept */
void lanyard_session_set_link (LanyardSession *session, LanyardLink *link);

/* As the functions of lanyard-desk.h of the same names, on the desk's thread. */
void lanyard_session_input (LanyardSession *session,
                            LanyardInput input,
                            guint64 question,
                            const char *serial);
void lanyard_session_scan (LanyardSession *session, const LanyardScan *scan);
void lanyard_session_type_number (LanyardSession *session, const char *text);
void lanyard_session_set_language (LanyardSession *session, const char *language);
void lanyard_session_sign_in (LanyardSession *session, const char *pin);
void lanyard_session_sign_in_as (LanyardSession *session, const char *number, const char *pin);
/* From now on a badge that is shown says who signs in, and begins no pickup; or no more. */
void lanyard_session_ask_badge (LanyardSession *session, gboolean ask);
void lanyard_session_open_person (LanyardSession *session, const char *number);
void lanyard_session_act (LanyardSession *session, const LanyardStaffAction *action);
void lanyard_session_give_photo (LanyardSession *session, guint64 question, GBytes *photo);

/* Looks at the clock: to be called a few times a second while somebody is served. */
void lanyard_session_tick (LanyardSession *session);
/* Whether an identity document that is shown now would be looked at: somebody is asked for one, or
 * people and staff may show one. */
gboolean lanyard_session_asks_document (LanyardSession *session);
/* What came of the desk's printers and of the cards in them.
 * Returns: (transfer full) (nullable): NULL when the journal cannot be read */
LanyardStock *lanyard_session_make_stock (LanyardSession *session);
/* A printer said something of itself: records where its own counter stands, when that is not known.
 */
void lanyard_session_read_counters (LanyardSession *session);
/* The printer's fault may be another one now. */
void lanyard_session_check_health (LanyardSession *session);

/* Returns: (transfer none): the present view */
LanyardView *lanyard_session_get_view (LanyardSession *session);
gboolean lanyard_session_is_staff (LanyardSession *session);
/* Returns: (transfer none) (nullable): staff number of the supervisor who is signed in */
const char *lanyard_session_get_supervisor (LanyardSession *session);
/* Records that the day was exported. @staff: who asked for it. @error: of the journal */
gboolean lanyard_session_record_export (LanyardSession *session,
                                        const char *staff,
                                        LanyardExportFormat format,
                                        guint n_rows,
                                        gboolean names,
                                        GError **error);
guint lanyard_session_count_questions (LanyardSession *session);
/* Whether the negative list is past the age from which the desk warns. */
gboolean lanyard_session_is_negative_list_old (LanyardSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSession, lanyard_session_free)

G_END_DECLS
