/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, it depends on the order in which a relay tells of the other desks whether somebody
 * gets a second badge, or staff cannot find the one that is to be voided. */

#include "store-fixture.h"

typedef enum
{
  MADE = 1, /* RESERVED, PRINTING, REPORTED */
  OPEN = 2, /* ISSUED, UNKNOWN, VALIDATED */
  VOID = 4,
} Word;

/* What the hub says of number 7. @serial: (nullable) */
static void
apply_hub (LanyardDirectory *directory,
           guint64 gseq,
           guint32 open,
           guint32 sequence,
           const char *serial,
           guint32 lowest_valid)
{
  LanyardEntry *entry = store_entry (7);

  entry->issued.open_badges = open;
  entry->issued.last_sequence = sequence;
  entry->issued.last_serial = g_strdup (serial);
  entry->lowest_valid_sequence = lowest_valid;
  store_apply_one (directory, gseq, 7, entry);
}

static void
note (LanyardDirectory *directory, const char *serial, guint32 sequence, Word word)
{
  g_autofree char *number = store_number (7);
  LanyardVenueBadge badge = { .number = number,
                              .serial = serial,
                              .sequence = sequence,
                              .being_made = word == MADE,
                              .open = word == OPEN,
                              .is_void = word == VOID };

  lanyard_directory_note_badge (directory, &badge);
}

/* @serial: (nullable): none is looked at */
static void
check (LanyardDirectory *directory, guint32 open, guint32 being_made, const char *serial)
{
  g_autofree char *number = store_number (7);
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (directory, LANYARD_LOOKUP_NUMBER, number, NULL);

  g_assert_nonnull (entry);
  g_assert_cmpuint (entry->issued.open_badges, ==, open);
  g_assert_cmpuint (entry->issued.being_made, ==, being_made);
  if (serial != NULL)
    g_assert_cmpstr (entry->issued.last_serial, ==, serial);
}

static guint
get_word (guint order, guint position)
{
  static const Word words[] = { MADE, OPEN, VOID };

  for (guint i = 0; i < position; i++)
    order /= G_N_ELEMENTS (words);
  return words[order % G_N_ELEMENTS (words)];
}

/* Every sequence of four words of one badge, repetitions and all. */
static void
test_every_order (StoreFixture *fixture, gconstpointer data)
{
  for (guint order = 0; order < 81; order++)
    {
      LanyardDirectory *directory = store_fixture_open_directory (fixture);
      guint said = 0;

      apply_hub (directory, order + 1, 0, 0, NULL, 0);
      for (guint i = 0; i < 4; i++)
        {
          said |= get_word (order, i);
          note (directory, "K0002-000001A", 1, get_word (order, i));
          check (directory, (said & VOID) == 0, said == MADE,
                 (said & VOID) == 0 ? "K0002-000001A" : NULL);
        }
      lanyard_directory_close (directory);
    }
}

/* Two desks began at once: each is to be void before the person is free. */
static void
test_two_desks (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);

  apply_hub (directory, 1, 0, 1, "K0009-000001Z", 2);
  note (directory, "K0002-000001A", 2, MADE);
  note (directory, "K0003-000001B", 2, MADE);
  check (directory, 2, 2, NULL);
  note (directory, "K0003-000001B", 2, VOID);
  check (directory, 1, 1, "K0002-000001A");
  note (directory, "K0002-000001A", 2, OPEN);
  check (directory, 1, 0, "K0002-000001A");
  note (directory, "K0002-000001A", 0, VOID);
  check (directory, 0, 0, NULL);
}

/* The hub's word: that it has seen a serial says nothing, that it is void does. */
static void
test_hub (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);

  apply_hub (directory, 1, 0, 2, "K0002-000002A", 2);
  note (directory, "K0002-000002A", 2, MADE);
  check (directory, 1, 1, "K0002-000002A");
  apply_hub (directory, 2, 1, 2, "K0002-000002A", 2);
  check (directory, 1, 0, "K0002-000002A");
  apply_hub (directory, 3, 0, 2, "K0002-000002A", 3);
  check (directory, 0, 0, NULL);
  /* One of another venue is out, and one is being made here: the one that is out keeps its name. */
  apply_hub (directory, 4, 1, 9, "K0007-000001C", 3);
  note (directory, "K0003-000001B", 4, MADE);
  check (directory, 1, 0, "K0007-000001C");
  /* A desk that does not say which sequence it is: better two questions than two badges. */
  apply_hub (directory, 5, 0, 9, "K0007-000001C", 10);
  note (directory, "K0004-000001D", 0, MADE);
  check (directory, 1, 1, "K0004-000001D");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/directory-venue/" name, StoreFixture, NULL, store_fixture_set_up, func,      \
              store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("every-order", test_every_order);
  ADD ("two-desks", test_two_desks);
  ADD ("hub", test_hub);
  return g_test_run ();
}
