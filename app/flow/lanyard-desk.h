/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-config.h"
#include "lanyard-day-part.h"
#include "lanyard-directory.h"
#include "lanyard-journal.h"
#include "lanyard-pack-shelf.h"
#include "lanyard-pack.h"
#include "lanyard-person-past.h"
#include "lanyard-scan.h"
#include "lanyard-scanner.h"
#include "lanyard-staff-action.h"
#include "lanyard-view.h"

G_BEGIN_DECLS

/*
 * One desk, running: pack, stores, printer, scanners, session. It lives on one thread, the desk's
 * thread, with the GMainContext that was thread-default when it was opened; that thread owns both
 * databases. Everything marked (thread-safe) may be called from the screen's thread and takes
 * effect on the desk's. Views and statuses come back through listeners.
 */
typedef struct _LanyardDesk LanyardDesk;

/* Below the state directory: editions of the pack that came from the hub. The newest of them and of
 * the pack that the configuration names is used. */
#define LANYARD_DESK_SHELF "pack"

/**
 * lanyard_desk_open:
 * @config: (transfer full): the configuration
 * @clock: (nullable): the system's when NULL
 * @error: what is missing or wrong, in one sentence
 *
 * Opens everything and recovers: every RESERVED or PRINTING pickup becomes a question (invariant
 * 6). A printer or camera that does not answer is no error, it shows in the status.
 */
LanyardDesk *lanyard_desk_open (LanyardConfig *config, const LanyardClock *clock, GError **error);

/* The list of people of an earlier version is being prepared for this one, which takes up to a
 * minute. On the thread that opens the desk.
 * @language: of the screen before somebody chooses another one */
typedef void (*LanyardDeskPreparesFunc) (const char *language, gpointer user_data);
/* As lanyard_desk_open(). @prepares: (nullable): called at most once, before it returns */
LanyardDesk *lanyard_desk_open_watched (LanyardConfig *config,
                                        const LanyardClock *clock,
                                        LanyardDeskPreparesFunc prepares,
                                        gpointer user_data,
                                        GError **error);
void lanyard_desk_close (LanyardDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDesk, lanyard_desk_close)

/* Borrowed parts, for the desk's thread only: what sync needs. */
LanyardJournal *lanyard_desk_get_journal (LanyardDesk *desk);
LanyardDirectory *lanyard_desk_get_directory (LanyardDesk *desk);
/* (thread-safe) both are immutable */
LanyardPack *lanyard_desk_get_pack (LanyardDesk *desk);
const LanyardConfig *lanyard_desk_get_config (LanyardDesk *desk);

/* Whether an edition of the pack waits and nobody would notice that the desk is opened anew: nobody
 * is served, nobody of the staff is signed in. For the desk's thread. */
gboolean lanyard_desk_may_renew (LanyardDesk *desk);

/* Called on the desk's thread by ui/main.c and the tool before the loop runs.
 * @link: (transfer none): kept; lists that it brings are taken up at its "changed" */
void lanyard_desk_set_link (LanyardDesk *desk, LanyardLink *link);
/* A further scanner, such as the camera. @scanner: (transfer none): kept and started */
void lanyard_desk_add_scanner (LanyardDesk *desk, LanyardScanner *scanner);
/* The scanners of the configuration's groups [scanner NAME]: serial lines and USB scanners. For a
 * desk that people stand at; a command that opens one for a moment leaves the devices alone. */
void lanyard_desk_add_configured_scanners (LanyardDesk *desk);

typedef void (*LanyardViewFunc) (LanyardView *view, gpointer user_data);
typedef void (*LanyardStatusFunc) (const LanyardDeskStatus *status, gpointer user_data);

/* (thread-safe) Both are called in the GMainContext that is thread-default for the caller, at once
 * with the present state and then at each change; never two at a time. */
void lanyard_desk_listen (LanyardDesk *desk,
                          LanyardViewFunc view_func,
                          LanyardStatusFunc status_func,
                          gpointer user_data);

/* What a person does. Not persisted. */
typedef enum
{
  LANYARD_INPUT_CONFIRM,    /* "yes, that's me": on CONFIRM, and on the staff page "issue" */
  LANYARD_INPUT_CANCEL,     /* back, not me, start again */
  LANYARD_INPUT_DONE,       /* "I have my badge" / next person */
  LANYARD_INPUT_EXTEND,     /* more time, please */
  LANYARD_INPUT_ACTIVITY,   /* touched: the idle clock starts again */
  LANYARD_INPUT_CALL_STAFF, /* leaves with a ticket for the help desk */
  LANYARD_INPUT_CAME_OUT,   /* staff: yes, this badge came out and is good (serial) */
  LANYARD_INPUT_NOT_OUT,    /* staff: no, nothing usable came out (serial) */
  LANYARD_INPUT_UNREADABLE, /* the new badge cannot be scanned back */
  LANYARD_INPUT_SIGN_OUT,
  LANYARD_INPUT_AGREE,   /* on CONSENT: to what is asked */
  LANYARD_INPUT_DECLINE, /* on CONSENT: not */
} LanyardInput;

/**
 * lanyard_desk_input: (thread-safe)
 * @question: of the view that was answered; 0 for EXTEND, ACTIVITY and SIGN_OUT, which answer none
 * @serial: (nullable): for CAME_OUT and NOT_OUT of a question
 *
 * An answer to a question that is not asked any more is dropped: what one person said of one pickup
 * is no word about the next. An answer that names a serial is about that serial, whatever the view.
 */
void
lanyard_desk_input (LanyardDesk *desk, LanyardInput input, guint64 question, const char *serial);
/* (thread-safe) @scan: (transfer full): from the wedge or the keypad, which the screen owns */
void lanyard_desk_scan (LanyardDesk *desk, LanyardScan *scan);
/* (thread-safe) @text: a number typed on the keypad */
void lanyard_desk_type_number (LanyardDesk *desk, const char *text);
/* (thread-safe) */
void lanyard_desk_set_language (LanyardDesk *desk, const char *language);
/* (thread-safe) The view's staff_signed_in or its notice answers. @pin is copied and wiped. */
void lanyard_desk_sign_in (LanyardDesk *desk, const char *pin);
/* (thread-safe) As lanyard_desk_sign_in() at desks that several may sign in to. @number:
 * (nullable): their staff number, copied */
void lanyard_desk_sign_in_as (LanyardDesk *desk, const char *number, const char *pin);
/* (thread-safe) Somebody is about to sign in, or no more: meanwhile a badge that is shown begins no
 * pickup, and the view's badge_staff says whose it is. */
void lanyard_desk_ask_badge (LanyardDesk *desk, gboolean ask);
/* (thread-safe) Staff only: opens the person on the staff page. */
void lanyard_desk_open_person (LanyardDesk *desk, const char *number);

/**
 * lanyard_desk_act: (thread-safe)
 * @action: what staff want done; copied, and the copy is wiped
 *
 * Refused with LANYARD_NOTICE_STAFF_ONLY when nobody is signed in, and with _NOT_POSSIBLE when this
 * desk knows no such kind. What came of it shows in the views that follow.
 */
void lanyard_desk_act (LanyardDesk *desk, const LanyardStaffAction *action);

/**
 * lanyard_desk_give_photo: (thread-safe)
 * @question: of the view that was answered
 * @photo: PNG or JPEG of the person who stands there; a reference is taken. Whoever made it wipes
 * it when the last one goes
 *
 * On PORTRAIT: what the person wants on their badge. It is sealed in this desk's directory, and the
 * badge is made. Dropped on any other page, and when something else is asked by now.
 */
void lanyard_desk_give_photo (LanyardDesk *desk, guint64 question, GBytes *photo);

/* (thread-safe) Staff only; answers in the caller's thread-default context. */
void lanyard_desk_search_async (LanyardDesk *desk,
                                const char *query,
                                guint max,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Returns: (transfer full) (nullable) (element-type LanyardHit) */
GPtrArray *lanyard_desk_search_finish (GAsyncResult *result, GError **error);

/* (thread-safe) Staff only; answers in the caller's thread-default context with a part of the day's
 * transactions. @ask: copied */
void lanyard_desk_list_day_async (LanyardDesk *desk,
                                  const LanyardDayAsk *ask,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* @error: LANYARD_ERROR_REFUSED: nobody is signed in; LANYARD_ERROR_STATE: the records cannot be
 * read. Returns: (transfer full) (nullable) */
LanyardDayPart *lanyard_desk_list_day_finish (GAsyncResult *result, GError **error);

/* (thread-safe) Staff only; answers in the caller's thread-default context with what happened with
 * @number, so far as this desk knows. */
void lanyard_desk_list_past_async (LanyardDesk *desk,
                                   const char *number,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* @error: LANYARD_ERROR_REFUSED: nobody is signed in; _CORRUPT, _IO, _STATE: the records cannot be
 * read. Returns: (transfer full) (nullable) */
LanyardPersonPast *lanyard_desk_list_past_finish (GAsyncResult *result, GError **error);

/* (thread-safe) Staff only; answers in the caller's thread-default context with who waits: for a
 * supervisor first, when one is signed in. */
void lanyard_desk_list_waiting_async (LanyardDesk *desk,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* @error: LANYARD_ERROR_REFUSED: nobody is signed in; _STATE: the desk is closing. Returns:
 * (transfer full) (nullable) (element-type LanyardWaitLine) */
GPtrArray *lanyard_desk_list_waiting_finish (GAsyncResult *result, GError **error);

/* Rows of one answer, at most. */
#define LANYARD_DESK_MAX_ASIDES 200

/* (thread-safe) Supervisors only; answers in the caller's thread-default context with the rows of
 * the feed that were not understood and are kept aside, the newest first. */
void lanyard_desk_list_asides_async (LanyardDesk *desk,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* @error: LANYARD_ERROR_REFUSED: no supervisor is signed in; _IO: they cannot be read; _STATE: the
 * desk is closing. Returns: (transfer full) (nullable) (element-type LanyardAside) */
GPtrArray *lanyard_desk_list_asides_finish (GAsyncResult *result, GError **error);

/* How a day is to be exported. Borrowed. */
typedef struct
{
  LanyardExportFormat format;
  gboolean names;           /* people's names are wanted in it */
  const char *path;         /* (nullable): of the file; NULL: a new one in the configured folder */
  const char *language;     /* (nullable): BCP 47: of labels of the pack; English when NULL */
  gboolean by_organisation; /* PEOPLE: in the order of organisations, not of names */
  gboolean from_right;      /* it is written from right to left */
  char **words;             /* (nullable): as lanyard_report_words_dup(); English when NULL */
} LanyardExportAsk;

/* What was exported. A value. */
typedef struct
{
  char *path;
  guint n_rows;
} LanyardExport;

void lanyard_export_free (LanyardExport *export);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardExport, lanyard_export_free)

/**
 * lanyard_desk_export_day_async: (thread-safe)
 * @ask: copied
 *
 * Supervisors only; answers in the caller's thread-default context. The day is gathered and written
 * while the desk goes on. The file gets its name only when the record that tells of it
 * (LANYARD_RECORD_DAY_EXPORTED) is on disk: there is no file of which nobody knows.
 */
void lanyard_desk_export_day_async (LanyardDesk *desk,
                                    const LanyardExportAsk *ask,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* @error: LANYARD_ERROR_UNTRUSTED: no supervisor is signed in; _USAGE: no folder is configured;
 * _BUSY: another export is under way; _STATE: the day cannot be read, or not yet; _NOT_FOUND: the
 * folder is not there; _REFUSED: it cannot be written to; _FULL; _IO. Returns: (transfer full)
 * (nullable) */
LanyardExport *lanyard_desk_export_day_finish (GAsyncResult *result, GError **error);

/**
 * lanyard_desk_set_pin:
 * @state_dir: where staff.pin is kept (an Argon2id verifier, mode 0600)
 * @pin: at least 4 digits
 */
gboolean lanyard_desk_set_pin (const char *state_dir, const char *pin, GError **error);

G_END_DECLS
