/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-directory.h"
#include "lanyard-journal.h"

extern const guint8 STORE_SECRET[32];

/* A folder of its own for each test, and a clock that stands still until it is turned. */
typedef struct
{
  char *folder;
  char *journal_path;
  char *directory_path;
  LanyardClock clock;
  gint64 now_us;
} StoreFixture;

void store_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer data);

/* Opens the journal, which must succeed, with little reserve, and enrols it as K0471 when it is
 * new. */
LanyardJournal *store_fixture_open_journal (StoreFixture *fixture);
/* Opens the directory, which must succeed, under STORE_SECRET. */
LanyardDirectory *store_fixture_open_directory (StoreFixture *fixture);
gboolean store_fixture_enrol (LanyardJournal *journal, guint32 epoch, GError **error);

/* Takes one step of @pickup, which must succeed. Returns: (transfer full): the record */
LanyardRecord *store_commit (LanyardJournal *journal,
                             const LanyardId *pickup,
                             guint16 kind,
                             LanyardPickupState from,
                             LanyardPickupState to,
                             const char *accreditation);
/* RESERVED, PRINTING, REPORTED, ISSUED of a new pickup. @id: (out) (optional)
 * Returns: (transfer full): its serial */
char *store_issue (LanyardJournal *journal, const char *accreditation, LanyardId *id);

/* A made-up number with its check character: "26" and @n. */
char *store_number (guint n);

/* Returns: (transfer full): somebody with number @n, and with nothing that is not needed */
LanyardEntry *store_entry (guint n);
/* What the hub says of number @n, which must be taken. @entry: (transfer full) (nullable) */
void store_apply_one (LanyardDirectory *directory, guint64 gseq, guint n, LanyardEntry *entry);

/* The whole of a file. */
GBytes *store_read_file (const char *path);
/* Runs one statement on a closed database, behind Lanyard's back. */
void store_spoil (const char *path, const char *sql);
