/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long it takes until a desk that is connected hears that a badge of its own is not the only
 * one: from the record at the other desk, through a hub that is a process of its own. */

#include <stdlib.h>

#include "hub-run.h"
#include "lanyard-link.h"

#define N_CONFLICTS 40
#define LIMIT_S 5
#define WAIT_S 120

typedef struct
{
  SyncDesk *desk;
  guint n;
} Wait;

static guint
count (SyncDesk *desk, const char *kind)
{
  guint n = 0;

  for (guint i = 0; i < desk->alerts->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (desk->alerts, i), kind);
  return n;
}

static gboolean
has_conflicts (gpointer data)
{
  const Wait *wait = data;

  return count (wait->desk, "conflict ") >= wait->n;
}

static gboolean
has_sent_all (gpointer data)
{
  return sync_desk_pending (((Wait *)data)->desk) == 0;
}

static gboolean
knows_people (gpointer data)
{
  return lanyard_directory_get_size (((Wait *)data)->desk->store) >= N_CONFLICTS;
}

static int
compare (const void *a, const void *b)
{
  gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

static void
start (SyncDesk *desk)
{
  Wait wait = { desk, 0 };

  lanyard_link_start (LANYARD_LINK (desk->engine));
  sync_wait_for (knows_people, &wait, WAIT_S);
}

/* The entry came with both badges, and the desks to call. */
static void
check_dispute (SyncDesk *desk, const char *number, const char *a, const char *b)
{
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (desk->store, LANYARD_LOOKUP_NUMBER, number, NULL);
  const LanyardSide *first, *second;

  g_assert_nonnull (entry->dispute);
  g_assert_cmpuint (entry->dispute->sides->len, ==, 2);
  first = g_ptr_array_index (entry->dispute->sides, 0);
  second = g_ptr_array_index (entry->dispute->sides, 1);
  g_assert_cmpstr (first->serial, ==, a);
  g_assert_cmpstr (second->serial, ==, b);
  g_assert_cmpuint (first->device, !=, second->device);
  g_assert_cmpint (first->out_us, >, 0);
  g_assert_nonnull (first->venue);
  g_assert_cmpstr (second->name, ==, "a desk");
}

static gboolean
knows_dispute (gpointer data)
{
  g_autofree char *number = sync_fixture_number (N_CONFLICTS - 1);
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (((Wait *)data)->desk->store, LANYARD_LOOKUP_NUMBER, number, NULL);

  return entry != NULL && entry->dispute != NULL;
}

static void
test_p95 (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autoptr (GSubprocess) hub = NULL;
  SyncDesk *desks[2];
  gint64 took_us[N_CONFLICTS];
  g_autofree char *serial = NULL;
  Wait wait;

  sync_fixture_import (fixture, 0, N_CONFLICTS);
  hub = hub_serve (fixture, NULL, G_SUBPROCESS_FLAGS_NONE);
  desks[0] = sync_desk_new (fixture, "a");
  desks[1] = sync_desk_new (fixture, "b");
  start (desks[0]);
  start (desks[1]);
  for (guint i = 0; i < N_CONFLICTS; i++)
    {
      g_autofree char *number = sync_fixture_number (i);
      g_autofree char *other = NULL;
      gint64 began_us;

      g_free (serial);
      serial = sync_desk_issue (desks[0], number);
      lanyard_link_nudge (LANYARD_LINK (desks[0]->engine));
      wait = (Wait){ desks[0], 0 };
      sync_wait_for (has_sent_all, &wait, WAIT_S);

      began_us = g_get_monotonic_time ();
      other = sync_desk_issue (desks[1], number);
      lanyard_link_nudge (LANYARD_LINK (desks[1]->engine));
      wait = (Wait){ desks[0], i + 1 };
      sync_wait_for (has_conflicts, &wait, WAIT_S);
      took_us[i] = g_get_monotonic_time () - began_us;
      wait = (Wait){ desks[1], i + 1 };
      sync_wait_for (has_conflicts, &wait, WAIT_S);
      if (i + 1 < N_CONFLICTS)
        continue;
      sync_wait_for (knows_dispute, &wait, WAIT_S);
      check_dispute (desks[1], number, serial, other);
    }
  qsort (took_us, N_CONFLICTS, sizeof *took_us, compare);
  g_test_message ("alert after median %.3f s, p95 %.3f s, worst %.3f s of %d conflicts",
                  (double)took_us[N_CONFLICTS / 2] / G_USEC_PER_SEC,
                  (double)took_us[N_CONFLICTS * 95 / 100 - 1] / G_USEC_PER_SEC,
                  (double)took_us[N_CONFLICTS - 1] / G_USEC_PER_SEC, N_CONFLICTS);
  g_assert_cmpint (took_us[N_CONFLICTS * 95 / 100 - 1], <=, LIMIT_S * G_USEC_PER_SEC);
  sync_desk_free (desks[0]);
  sync_desk_free (desks[1]);
  hub_stop (hub);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/conflict-alert/p95", test_p95);
  return g_test_run ();
}
