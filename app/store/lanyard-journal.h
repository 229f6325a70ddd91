/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-clock.h"
#include "lanyard-consent.h"
#include "lanyard-day.h"
#include "lanyard-entry.h"
#include "lanyard-past.h"
#include "lanyard-record.h"
#include "lanyard-shift-summary.h"
#include "lanyard-waiting.h"

G_BEGIN_DECLS

/*
 * journal.db: the desk's append-only memory. Belongs to the thread that opened it, asserted in
 * every function. No personal data.
 */
typedef struct _LanyardJournal LanyardJournal;

typedef enum
{
  LANYARD_JOURNAL_CREATE = 1 << 0,    /* make it when there is no file; otherwise NOT_FOUND */
  LANYARD_JOURNAL_READ_ONLY = 1 << 1, /* for tools: list, verify, export */
} LanyardJournalFlags;

/**
 * lanyard_journal_open:
 * @path: file path of journal.db
 * @flags: how
 * @clock: (nullable): the system's when NULL; must outlive the journal
 * @error: LANYARD_ERROR_BUSY (a kiosk runs), _CORRUPT, _NEWER (kept as it is, never re-made),
 * _FULL, _IO, _NOT_FOUND
 *
 * After an unclean end the chain is verified before the journal is given out.
 */
LanyardJournal *lanyard_journal_open (const char *path,
                                      LanyardJournalFlags flags,
                                      const LanyardClock *clock,
                                      GError **error);
void lanyard_journal_close (LanyardJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardJournal, lanyard_journal_close)

/* Who this desk is. A value. */
typedef struct
{
  guint32 device;      /* 0: not enrolled yet */
  guint32 epoch;       /* 0: not enrolled yet */
  char *event;         /* (nullable) */
  char *hub_url;       /* (nullable) */
  char *serial_prefix; /* (nullable): "K0471"; serials are PREFIX-NNNNNN and a check character */
} LanyardIdentity;

void lanyard_identity_clear (LanyardIdentity *identity);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardIdentity, lanyard_identity_clear)
void lanyard_journal_get_identity (LanyardJournal *journal, LanyardIdentity *identity);
/* A new (device, epoch); seq starts at 1 again under it. LANYARD_ERROR_STATE while records of the
 * old epoch have no receipt, or when device and epoch do not both go up or differ. */
gboolean lanyard_journal_set_identity (LanyardJournal *journal,
                                       const LanyardIdentity *identity,
                                       GError **error);

/* For the journal of a machine that was lost, put back on another: nothing is ever added to the
 * epoch it was in, since the lost machine may have gone on in it. This desk is as before its
 * enrolment, device 0, and knows what the lost one did. Records of that epoch without a receipt are
 * in a copy that goes to the hub by another way: sync sends the present epoch alone. */
gboolean lanyard_journal_leave_identity (LanyardJournal *journal, GError **error);

/* One row of the pickup table: the present state of one pickup. A value. */
typedef struct
{
  LanyardId id;
  LanyardPickupState state;
  char *accreditation; /* (nullable) */
  char *serial;        /* (nullable): from RESERVED on */
  guint32 sequence;    /* badge sequence; 0 before RESERVED */
  char *printer_job;   /* (nullable): from PRINTING on */
  gint64 started_us;   /* wall */
  gint64 changed_us;   /* wall */
} LanyardPickup;

LanyardPickup *lanyard_pickup_copy (const LanyardPickup *pickup);
void lanyard_pickup_free (LanyardPickup *pickup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPickup, lanyard_pickup_free)

/* Most passes that are loaded at a time. */
#define LANYARD_POOL_MAX_PASSES 100000

/* What a step does to a pool of day passes. Borrowed. */
typedef struct
{
  const char *pool;           /* code of the pack */
  const char *organisation;   /* (nullable): code of the host */
  gint day;                   /* of the event, as lanyard_event_day() */
  guint max_per_organisation; /* and day; 0: no limit */
  guint count;                /* PASSES_LOADED, PASSES_TAKEN: how many */
  gboolean reuse;             /* PASSES_LOADED: a pass that comes back may go out again */
  const char *first;          /* (nullable): PASSES_LOADED: number of the first of a block that was
                                 printed beforehand; ends with digits */
} LanyardPassStep;

/* What somebody said to a consent. Borrowed. */
typedef struct
{
  const char *id;
  guint version;
  LanyardConsentDecision decision;
} LanyardConsentStep;

/*
 * One durable step of a pickup: exactly one record, and the row of the pickup, in one transaction.
 */
typedef struct
{
  LanyardId pickup;            /* zero: a record of no pickup (STARTED, SIGN_IN, …, RESOLVED, and
                                  VOIDED of a badge that another desk made) */
  guint16 kind;                /* LanyardRecordKind */
  LanyardPickupState from;     /* state that the row must have; IDLE: there is no row yet */
  LanyardPickupState to;       /* state that it has afterwards */
  const char *accreditation;   /* (nullable) */
  const char *printer_job;     /* (nullable): kept when NULL */
  GBytes *body;                /* (nullable): CBOR map; empty map when NULL.  Of RESERVED, the
                                  journal adds LANYARD_BODY_SEQUENCE itself */
  guint32 sequence_at_least;   /* RESERVED: the new badge's sequence is at least this */
  const char *serial;          /* (nullable): VALIDATED: of the card. PASS_RETURNED from IDLE: of
                                  a pass that another desk gave. VOIDED with no pickup: of a badge that
                                  another desk made */
  guint32 sequence;            /* with serial: the card's or pass's */
  const char *seal;            /* (nullable): VALIDATED: used once, or the step is refused */
  const LanyardPassStep *pass; /* (nullable): RESERVED, PASS_HANDED, PASSES_LOADED, PASSES_TAKEN:
                                  what it does to a pool of day passes */
  const LanyardConsentStep *consent; /* (nullable): CONSENT: what is not asked again */
} LanyardStep;

/**
 * lanyard_journal_commit:
 * @step: what happened
 * @record: (out) (optional) (transfer full): the record as it is on disk
 * @error: LANYARD_ERROR_STATE when the row is not in @step->from, _FULL, _IO. Nothing changed then.
 *   After an IO error the journal stays closed to writing until it is opened anew.
 *
 * On return the step is durable: WAL, synchronous FULL. RESERVED takes the next serial and sequence
 * in the same transaction.
 */
gboolean lanyard_journal_commit (LanyardJournal *journal,
                                 const LanyardStep *step,
                                 LanyardRecord **record,
                                 GError **error);

/**
 * lanyard_journal_commit_all:
 * @steps: (array length=n_steps): what happened, in this order
 * @records: (out) (optional) (transfer full) (element-type LanyardRecord): as they are on disk
 * @error: as lanyard_journal_commit()
 *
 * Several steps in one transaction: all of them are on disk afterwards, or none is. A reissue voids
 * the old badge and reserves the new one so.
 */
gboolean lanyard_journal_commit_all (LanyardJournal *journal,
                                     const LanyardStep *steps,
                                     guint n_steps,
                                     GPtrArray **records,
                                     GError **error);

/* Whether a badge may be begun: RESERVED is refused while the disk may be too full to finish it.
 * @error: LANYARD_ERROR_FULL */
gboolean lanyard_journal_check_room (LanyardJournal *journal, GError **error);

/* Returns: (transfer full) (nullable): the pickup */
LanyardPickup *lanyard_journal_dup_pickup (LanyardJournal *journal, const LanyardId *id);
/* Returns: (transfer full) (element-type LanyardPickup): those that are not at an end, oldest first
 */
GPtrArray *lanyard_journal_list_open_pickups (LanyardJournal *journal);
/* Returns: (transfer full) (nullable): the pickup to which @serial belongs */
LanyardPickup *lanyard_journal_find_serial (LanyardJournal *journal, const char *serial);

/* Returns: (transfer full) (nullable): the pickup of @number whose badge came out here and is not
 * void; of several that with the highest sequence */
LanyardPickup *lanyard_journal_find_issued (LanyardJournal *journal, const char *number);
/* Whether this desk itself has voided the badge, whoever made it. One index look-up. */
gboolean lanyard_journal_is_void (LanyardJournal *journal, const char *serial);

/* Returns: what @number said to version @version of the consent @id at this desk, the last time.
 * One index look-up. */
LanyardConsentDecision lanyard_journal_get_consent (LanyardJournal *journal,
                                                    const char *number,
                                                    const char *id,
                                                    guint version);

/* Returns: (transfer full) (element-type LanyardResolution): decisions of this desk about @number
 * for which there is no receipt of the hub, in order. One index look-up. */
GPtrArray *lanyard_journal_list_decisions (LanyardJournal *journal, const char *number);

/**
 * lanyard_journal_get_issued:
 * @number: accreditation number
 * @issued: (out caller-allocates): what this desk's own records say
 * @voided: (out) (optional) (transfer full): serials that this desk voided; never NULL
 *
 * One index look-up. Every RESERVED serial that has no end yet counts as open.
 */
void lanyard_journal_get_issued (LanyardJournal *journal,
                                 const char *number,
                                 LanyardIssued *issued,
                                 char ***voided);

/**
 * lanyard_journal_get_shift:
 * @error: LANYARD_ERROR_CORRUPT, _IO
 *
 * Badges and cards since the last close. Read from the records the first time, then kept up with
 * each commit; there is nothing on disk that could say something else.
 *
 * Returns: (transfer none) (nullable): valid until the journal is closed; its counts until the next
 *   commit
 */
LanyardShift *lanyard_journal_get_shift (LanyardJournal *journal, GError **error);

/**
 * lanyard_journal_summarise_shift:
 * @error: LANYARD_ERROR_NOT_FOUND: none was closed yet; _CORRUPT, _IO
 *
 * Reads the records of the shift that was closed last.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardShiftSummary *lanyard_journal_summarise_shift (LanyardJournal *journal, GError **error);

/**
 * lanyard_journal_begin_day:
 * @since_us: wall: when the day began
 * @error: LANYARD_ERROR_CORRUPT, _IO
 *
 * Forgets the day that was kept and begins another one. Nothing is read yet but where it begins.
 */
gboolean lanyard_journal_begin_day (LanyardJournal *journal, gint64 since_us, GError **error);

/**
 * lanyard_journal_read_day:
 * @max_records: how many to read at most
 * @complete: (out): all are read: from now on the day is kept up with each commit
 * @error: LANYARD_ERROR_CORRUPT, _IO
 */
gboolean lanyard_journal_read_day (LanyardJournal *journal,
                                   guint max_records,
                                   gboolean *complete,
                                   GError **error);
/* Tells the day of a record of another desk of the venue, which is kept nowhere: whoever restarts
 * hears it again. */
void lanyard_journal_note_venue (LanyardJournal *journal, const LanyardRecord *record);
/* Returns: (transfer none) (nullable): what is read of it; until the next begin_day */
LanyardDay *lanyard_journal_get_day (LanyardJournal *journal);
/* Returns: (transfer none) (nullable): who waits since that day began, by what is read of it */
LanyardWaiting *lanyard_journal_get_waiting (LanyardJournal *journal);
/* Returns: the position up to which the hub has the journal, as LanyardDayRow counts it */
gint64 lanyard_journal_get_acknowledged_position (LanyardJournal *journal);

/**
 * lanyard_journal_read_past:
 * @max_records: how many to look at, at most
 * @complete: (out): all were looked at: from now on what is known is kept up with each commit
 * @error: LANYARD_ERROR_CORRUPT, _IO
 *
 * Finds where the records about each person stand, over all epochs.
 */
gboolean lanyard_journal_read_past (LanyardJournal *journal,
                                    guint max_records,
                                    gboolean *complete,
                                    GError **error);

/**
 * lanyard_journal_list_past:
 * @number: accreditation number
 * @max_records: how many of the newest about this person are read, at most: what it costs
 * @complete: (out): all records were looked at
 * @error: LANYARD_ERROR_CORRUPT, _IO
 *
 * Returns: (transfer full) (nullable) (element-type LanyardPastLine): what happened with @number
 *   here, newest first, as far as lanyard_journal_read_past() has come
 */
GPtrArray *lanyard_journal_list_past (LanyardJournal *journal,
                                      const char *number,
                                      guint max_records,
                                      gboolean *complete,
                                      GError **error);

/* One pool of day passes as it stands at this desk. A value. */
typedef struct
{
  char *code;
  guint loaded;    /* less what was taken away again */
  guint available; /* to give now */
  guint out;       /* given, or on their way out, and not returned */
  guint returned;
} LanyardPool;

void lanyard_pool_free (LanyardPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPool, lanyard_pool_free)

/* Returns: (transfer full): all zero when nothing was ever loaded */
LanyardPool *lanyard_journal_get_pool (LanyardJournal *journal, const char *code);

/**
 * lanyard_journal_check_pass:
 * @pass: what is to be given
 * @number: (nullable): that of a pass which was printed beforehand; NULL: one that is printed now
 * @error: LANYARD_ERROR_LIMIT (the pool is empty), LANYARD_ERROR_REFUSED (the host has had enough
 *   today, or none was named), LANYARD_ERROR_NOT_FOUND (no pass of this pool), LANYARD_ERROR_STATE
 * (it is out, or came back and is not given again)
 *
 * Returns: whether lanyard_journal_commit() would give it now
 */
gboolean lanyard_journal_check_pass (LanyardJournal *journal,
                                     const LanyardPassStep *pass,
                                     const char *number,
                                     GError **error);
/* Whether lanyard_journal_commit() would load @pass now. @error: as it would say */
gboolean
lanyard_journal_check_load (LanyardJournal *journal, const LanyardPassStep *pass, GError **error);
/* Whether @number is the one that a day pass with @serial has, of whatever desk. */
gboolean lanyard_journal_is_pass_number (const char *number, const char *serial);
/* Returns: (transfer full) (nullable): code of the pool of the pass @number; NULL: none of this
 * desk's */
char *lanyard_journal_dup_pool_of (LanyardJournal *journal, const char *number);
/* Returns: (transfer full) (nullable): serial of the card that has @seal */
char *lanyard_journal_dup_sealed (LanyardJournal *journal, const char *seal);
/* Returns: (transfer full) (nullable): the seal of the card @serial */
char *lanyard_journal_dup_seal (LanyardJournal *journal, const char *serial);

guint64 lanyard_journal_get_head_seq (LanyardJournal *journal);
void lanyard_journal_get_head_hash (LanyardJournal *journal, LanyardHash *hash);

/* Returns: (transfer full) (nullable) (element-type LanyardRecord): at most @max records of the
 * present epoch with seq > @after, in order; NULL on error */
GPtrArray *lanyard_journal_read (LanyardJournal *journal, guint64 after, guint max, GError **error);

typedef gboolean (*LanyardRecordFunc) (const LanyardRecord *record, gpointer user_data);
/* All records of all epochs in order, until @func returns FALSE. */
gboolean lanyard_journal_foreach (LanyardJournal *journal,
                                  LanyardRecordFunc func,
                                  gpointer user_data,
                                  GError **error);
/* Recomputes every hash. LANYARD_ERROR_CORRUPT names the first record that does not hold. */
gboolean lanyard_journal_verify (LanyardJournal *journal, guint64 *n_records, GError **error);

/* The outbox is seq > acknowledged. */
typedef struct
{
  guint64 acknowledged_seq; /* the hub's receipt reaches to here; 0: none */
  guint64 pending;          /* head - acknowledged_seq */
  gint64 oldest_pending_us; /* wall time of the oldest of them; 0: none */
} LanyardOutbox;

void lanyard_journal_get_outbox (LanyardJournal *journal, LanyardOutbox *outbox);

/**
 * lanyard_journal_acknowledge:
 * @through: the receipt's "accepted through"
 * @head: the hub's hash of that record
 * @receipt: the signed receipt, kept as proof
 * @error: LANYARD_ERROR_FORK when @head is not the hash of record @through; LANYARD_ERROR_ROLLBACK
 *   when @through is lower than acknowledged before: the mark is set back to @through, so that all
 *   is sent again, and the error tells it. LANYARD_ERROR_PROTOCOL when @through is beyond the head.
 */
gboolean lanyard_journal_acknowledge (LanyardJournal *journal,
                                      guint64 through,
                                      const LanyardHash *head,
                                      GBytes *receipt,
                                      GError **error);

/* Lock-out of PIN entry and of typed numbers, durable before each check. @subject: "staff", a staff
 * number, or "typed-number". */
gboolean lanyard_journal_lockout_begin_try (LanyardJournal *journal,
                                            const char *subject,
                                            gint64 *locked_until_us,
                                            GError **error);
gboolean
lanyard_journal_lockout_reset (LanyardJournal *journal, const char *subject, GError **error);

/* Counts by state of this desk's pickups since @since_us (wall), for status lines. */
typedef struct
{
  guint issued;
  guint refused;
  guint referred;
  guint attention;
  guint voided;
} LanyardDayCounts;
void lanyard_journal_count (LanyardJournal *journal, gint64 since_us, LanyardDayCounts *counts);

G_END_DECLS
