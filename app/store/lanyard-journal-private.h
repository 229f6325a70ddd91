/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"
#include "lanyard-error.h"
#include "lanyard-journal.h"

G_BEGIN_DECLS

#define LANYARD_JOURNAL_APPLICATION_ID 0x4c594a31 /* "LYJ1" */
/* Room that must be left before a new badge is begun: enough for the steps that follow it and for
 * the log's checkpoint, so that what was begun can be finished. */
#define LANYARD_JOURNAL_RESERVE_BYTES (G_GUINT64_CONSTANT (64) << 20)

/* The end of the chain of the present epoch. A value. */
typedef struct
{
  gint64 position;  /* in the record table, over all epochs; 0: there is no record */
  guint64 seq;      /* within the epoch; 0: there is none yet */
  guint64 hlc;      /* last stamp given, over all epochs */
  LanyardHash hash; /* of seq; zero when seq is 0 */
} LanyardHead;

struct _LanyardJournal
{
  /* owned */
  LanyardDatabase *database;
  LanyardIdentity identity;
  LanyardShift *shift;     /* (nullable): until somebody asks for it */
  LanyardDay *day;         /* (nullable): until somebody begins one */
  LanyardWaiting *waiting; /* (nullable): of that day */
  GHashTable *about; /* (element-type utf8 GArray) (nullable): positions of the records about each
                      * person; until somebody asks for it */

  /* borrowed */
  const LanyardClock *clock;

  /* state: what is on disk, kept to spare reading it */
  gint64 epoch_id;       /* row of the epoch table */
  gint64 first_position; /* of the epoch's seq 1 */
  guint64 acknowledged_seq;
  LanyardHead head;
  guint64 reserve_bytes;
  gint64 day_position;   /* of the next record that the day takes */
  gint64 about_position; /* of the next record that is looked at for about */
};

/* lanyard-journal-identity.c: reads the newest epoch */
gboolean lanyard_journal_load_identity (LanyardJournal *journal, GError **error);

/* Notes where a decision stands, with its record. */
gboolean lanyard_journal_note_decision (LanyardJournal *journal,
                                        const LanyardRecord *record,
                                        GError **error);
/* lanyard-journal-record.c: reads the head */
gboolean lanyard_journal_load_head (LanyardJournal *journal, GError **error);
/* Seals @record as the next one after @head and inserts it, within the caller's transaction. @head:
 * (inout): what becomes the journal's head when that is committed */
gboolean lanyard_journal_append (LanyardJournal *journal,
                                 LanyardRecord *record,
                                 LanyardHead *head,
                                 GError **error);
/* lanyard-journal-reserve.c: gives the badge of @row its serial and sequence, within the caller's
 * transaction, and puts the sequence into the body of @record. @row: what the journal holds, then
 * changed to what it is to hold; @replaces: (out) (nullable): what the body names */
gboolean lanyard_journal_reserve (LanyardJournal *journal,
                                  const LanyardStep *step,
                                  LanyardPickup *row,
                                  LanyardRecord *record,
                                  char **replaces,
                                  GError **error);
/* Puts the sequence into the body of @record. @replaces: (out) (nullable): what the body names */
gboolean lanyard_journal_put_sequence (LanyardRecord *record,
                                       guint32 sequence,
                                       char **replaces,
                                       GError **error);
/* lanyard-journal-void.c: keeps that a badge which another desk made is void, within the caller's
 * transaction. @error: LANYARD_ERROR_STATE when it is void already, or this desk's own */
gboolean
lanyard_journal_void_another (LanyardJournal *journal, const LanyardStep *step, GError **error);
/* Adds the serials of @number's badges that other desks made and this one voided. */
void
lanyard_journal_add_void_others (LanyardJournal *journal, const char *number, GPtrArray *serials);
/* Returns: (transfer full) (nullable): the record at @position, its hash checked against the stored
 */
LanyardRecord *
lanyard_journal_read_position (LanyardJournal *journal, gint64 position, GError **error);

/* lanyard-journal-day.c: what was committed. @position: of @record */
void
lanyard_journal_keep_day (LanyardJournal *journal, const LanyardRecord *record, gint64 position);

/* lanyard-journal-past.c: the same */
void
lanyard_journal_keep_past (LanyardJournal *journal, const LanyardRecord *record, gint64 position);

/* lanyard-journal-passes.c: all within the caller's transaction */
/* Makes @row what @step says of a card or pass that has not its serial from the counter.
 * @has_sequence: (out): whether the record is to carry the row's sequence */
gboolean lanyard_journal_take_card (LanyardJournal *journal,
                                    const LanyardStep *step,
                                    LanyardPickup *row,
                                    gboolean *has_sequence,
                                    GError **error);
/* A pass is reserved: takes it out of its pool, and gives it the number that its serial makes. */
gboolean lanyard_journal_reserve_pass (LanyardJournal *journal,
                                       const LanyardPassStep *pass,
                                       LanyardPickup *row,
                                       GError **error);
/* A pickup ends as void or returned: if it is a pass, its pool hears of it. */
gboolean lanyard_journal_end_pass (LanyardJournal *journal,
                                   const LanyardStep *step,
                                   const LanyardPickup *row,
                                   GError **error);
gboolean
lanyard_journal_change_pool (LanyardJournal *journal, const LanyardStep *step, GError **error);

/* lanyard-journal-consent.c: keeps what was said, within the caller's transaction */
gboolean
lanyard_journal_keep_consent (LanyardJournal *journal, const LanyardStep *step, GError **error);

/* lanyard-journal-pools.c: whether each pool is what its passes make it */
gboolean lanyard_journal_verify_pools (LanyardJournal *journal, GError **error);
G_GNUC_PRINTF (3, 4)
gboolean lanyard_journal_fail (GError **error, LanyardError code, const char *format, ...);

/* For tests: what low water is, and the database below, whose settings they spoil. */
void lanyard_journal_set_reserve_bytes (LanyardJournal *journal, guint64 reserve_bytes);
LanyardDatabase *lanyard_journal_get_database (LanyardJournal *journal);

G_END_DECLS
