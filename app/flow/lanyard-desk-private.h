/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge-rehearsal.h"
#include "lanyard-desk.h"
#include "lanyard-echoes.h"
#include "lanyard-home.h"
#include "lanyard-report.h"
#include "lanyard-session.h"
#include "lanyard-vault.h"

G_BEGIN_DECLS

typedef struct _LanyardDeskBackup LanyardDeskBackup;

struct _LanyardDesk
{
  /* owned; set when opened and never changed */
  LanyardConfig *config;
  LanyardPack *pack;
  LanyardHome *home; /* of the desk's thread; any thread may post to it */

  /* borrowed */
  const LanyardClock *clock;

  /* owned; for the desk's thread only */
  LanyardVault *vault;
  LanyardJournal *journal;
  LanyardDirectory *directory;
  LanyardKey *key; /* (nullable): not enrolled */
  LanyardPrinter *printer;
  LanyardSession *session;
  LanyardLink *link;     /* (nullable) */
  GPtrArray *scanners;   /* (element-type LanyardScanner) */
  LanyardEchoes *echoes; /* of all scanners that people aim */
  GPtrArray *listeners;  /* (element-type Listener), of lanyard-desk-proxy.c */
  GSource *ticker;
  GSource *indexer; /* (nullable): while the name search is not complete */
  GSource *retrier; /* (nullable): while rows that an earlier program set aside are tried again */
  LanyardBadgeRehearsal *rehearsal;
  GSource *rehearser;   /* (nullable): until all of it is drawn */
  GSource *day_reader;  /* (nullable): while records of the day are still to be read */
  GSource *past_reader; /* (nullable): while the journal is read for what happened with people */
  GSource *exporter;    /* (nullable): while a day is gathered for a file */
  gboolean exporting;   /* until that file is there */
  LanyardDeskBackup *backup; /* (nullable): no backups are configured */

  LanyardDeskStatus status; /* what the listeners know */
  gboolean index_ready;
  gint64 day_begin_s; /* of the event's day that the journal keeps, s since 1970-01-01 UTC */
  gint64 day_end_s;   /* exclusive; 0: none is kept */
};

/* lanyard-desk-proxy.c */
GPtrArray *lanyard_desk_new_listeners (void);
void lanyard_desk_close_listeners (GPtrArray *listeners);
void lanyard_desk_tell_view (LanyardDesk *desk, LanyardView *view);
void lanyard_desk_tell_status (LanyardDesk *desk);

/* lanyard-desk.c: tells the listeners what has changed. */
void lanyard_desk_update_status (LanyardDesk *desk);

/* lanyard-desk-backup.c */
/* Returns: (transfer full) (nullable): NULL when none are configured */
LanyardDeskBackup *lanyard_desk_begin_backups (LanyardDesk *desk);
/* @backup: (nullable): before the stores are closed */
void lanyard_desk_end_backups (LanyardDeskBackup *backup);
/* @backup: (nullable). Returns: (transfer full) (nullable): one sentence: the last good backup is
 * older than three intervals; NULL: all is well */
char *lanyard_desk_backup_dup_problem (const LanyardDeskBackup *backup);

/* lanyard-desk-people.c */
/* Puts the next of those who may collect at this venue into @report, in no order, until walk->over.
 * @error: LANYARD_ERROR_LIMIT: nobody could go on by hand with so many */
gboolean lanyard_desk_list_people (LanyardDesk *desk,
                                   LanyardReport *report,
                                   LanyardDirectoryWalk *walk,
                                   GError **error);

/* lanyard-desk-day.c */
/* Begins a new day when it is one. */
void lanyard_desk_check_day (LanyardDesk *desk);
/* Another number whenever a list of the day's transactions would be another one. */
guint64 lanyard_desk_get_day_version (LanyardDesk *desk);
/* Another number whenever somebody else waits, and when all of the past is known. */
guint64 lanyard_desk_get_waiting_version (LanyardDesk *desk);

/* Returns: (transfer full) (element-type utf8): numbers of the people of the day who have several
 * badges, of which nobody has decided; the strings are the day's */
GHashTable *lanyard_desk_find_disputed (LanyardDesk *desk, LanyardDay *day);

/* lanyard-desk-past.c */
/* Finds what happened with each person, behind everything else. */
void lanyard_desk_read_past (LanyardDesk *desk);

/* lanyard-desk-scanners.c */
/* A code that came in, whichever way. */
void lanyard_desk_take_scan (LanyardDesk *desk, const LanyardScan *scan);
/* Returns: (transfer none) (nullable): the first fault of any of them */
const char *lanyard_desk_find_scanner_fault (LanyardDesk *desk);
void lanyard_desk_drop_scanners (LanyardDesk *desk);
/* Tells them whether a document is asked for now. */
void lanyard_desk_ask_scanners (LanyardDesk *desk);

G_END_DECLS
