/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-hub-ledger.h"

/* A chain of records whose bytes are their own number and a salt. */
static LanyardBatch *
make_batch (guint64 first, guint n, guint64 fork_from)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_record_free);
  LanyardHash previous = { 0 };

  for (guint64 seq = 1; seq < first + n; seq++)
    {
      LanyardRecord *record = lanyard_record_new ();

      record->device = 7;
      record->epoch = 1;
      record->seq = seq;
      record->kind = LANYARD_RECORD_SIGN_IN;
      record->hlc = fork_from != 0 && seq >= fork_from ? 1 : 0;
      record->previous = previous;
      lanyard_record_seal (record);
      previous = record->hash;
      if (seq >= first)
        g_ptr_array_add (records, record);
      else
        lanyard_record_free (record);
    }
  return lanyard_batch_new (records, n);
}

typedef struct
{
  const char *what;
  guint64 head;      /* stored so far */
  guint64 first;     /* of the batch */
  guint n;           /* its records */
  guint64 fork_from; /* the batch's records differ from this seq on; 0: they do not */
  LanyardLedgerVerdict verdict;
  guint64 at;
} Case;

static const Case cases[] = {
  { "the very first", 0, 1, 3, 0, LANYARD_LEDGER_ACCEPT, 1 },
  { "next in line", 5, 6, 3, 0, LANYARD_LEDGER_ACCEPT, 6 },
  { "one record", 5, 6, 1, 0, LANYARD_LEDGER_ACCEPT, 6 },
  { "half of it known", 5, 4, 5, 0, LANYARD_LEDGER_ACCEPT, 6 },
  { "from the beginning, longer", 5, 1, 8, 0, LANYARD_LEDGER_ACCEPT, 6 },
  { "the same again", 5, 1, 5, 0, LANYARD_LEDGER_DUPLICATE, 0 },
  { "the last again", 5, 5, 1, 0, LANYARD_LEDGER_DUPLICATE, 0 },
  { "in the middle again", 5, 2, 2, 0, LANYARD_LEDGER_DUPLICATE, 0 },
  { "one left out", 5, 7, 3, 0, LANYARD_LEDGER_GAP, 0 },
  { "nothing stored, not the first", 0, 2, 1, 0, LANYARD_LEDGER_GAP, 0 },
  { "far away", 5, 5000, 1, 0, LANYARD_LEDGER_GAP, 0 },
  { "the same seqs, others", 5, 1, 5, 1, LANYARD_LEDGER_FORK, 1 },
  { "the last one another", 5, 5, 1, 5, LANYARD_LEDGER_FORK, 5 },
  { "differs in the middle", 5, 2, 4, 4, LANYARD_LEDGER_FORK, 4 },
  { "goes on from another past", 5, 6, 2, 5, LANYARD_LEDGER_FORK, 5 },
  { "goes on from a past long ago", 5, 6, 2, 1, LANYARD_LEDGER_FORK, 5 },
  { "overlaps and differs only in what is new", 5, 4, 5, 6, LANYARD_LEDGER_ACCEPT, 6 },
};

static void
check (const Case *c)
{
  g_autoptr (LanyardBatch) stored = make_batch (1, c->head == 0 ? 1 : (guint)c->head, 0);
  g_autoptr (LanyardBatch) batch = make_batch (c->first, c->n, c->fork_from);
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (LanyardHash));
  LanyardHubStream stream = { .head_seq = c->head };
  guint64 from, to, at;

  g_test_message ("%s", c->what);
  if (c->head > 0)
    stream.head_hash = stored->head;
  if (lanyard_hub_ledger_get_overlap (&stream, batch, &from, &to))
    for (guint64 seq = from; seq <= to; seq++)
      g_array_append_val (known, g_array_index (stored->hashes, LanyardHash, seq - 1));
  g_assert_cmpint (lanyard_hub_ledger_judge (&stream, known, batch, &at), ==, c->verdict);
  g_assert_cmpuint (at, ==, c->at);
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (&cases[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/ledger/table", test_table);
  return g_test_run ();
}
