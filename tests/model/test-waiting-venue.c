/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, staff do not see whom the kiosks of their venue sent to them, or see people who
 * were helped long ago. */

#include "lanyard-cbor.h"
#include "lanyard-waiting.h"

#define START_US G_GINT64_CONSTANT (1795000000000000)
#define ME "2600000001"
#define OTHER "2600000002"
#define THIRD "2600000003"
/* Desks: this one, two kiosks and another staff desk. */
#define HERE 7
#define KIOSK 8
#define SECOND 9
#define STAFF 10
#define MAX_RECORDS 16
#define SHUFFLES 2000

typedef struct
{
  guint32 device;
  guint16 kind;
  const char *number; /* (nullable) */
  const char *wait;   /* (nullable): WAIT_ENDED: which */
} Step;

static gint64
get_wall_us (guint i)
{
  return START_US + (gint64)i * G_USEC_PER_SEC;
}

static GBytes *
make_body (const Step *step)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  gboolean referred = step->kind == LANYARD_RECORD_REFERRED;

  lanyard_cbor_open_map (writer, referred || step->wait != NULL ? 1 : 0);
  if (referred)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_MODE);
      lanyard_cbor_write_uint (writer, LANYARD_MODE_SELF_SERVICE);
    }
  else if (step->wait != NULL)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_WAIT);
      lanyard_cbor_write_text (writer, step->wait);
    }
  return lanyard_cbor_writer_end (writer);
}

/* What is true comes in the order of @i, which is seq, wall and HLC. */
static void
take (LanyardWaiting *waiting, const Step *step, guint i)
{
  g_autoptr (LanyardRecord) record = lanyard_record_new ();

  record->device = step->device;
  record->epoch = 1;
  record->seq = i + 1;
  record->kind = step->kind;
  record->wall_us = get_wall_us (i);
  record->hlc = (guint64)record->wall_us << 4;
  record->accreditation = g_strdup (step->number);
  g_clear_pointer (&record->body, g_bytes_unref);
  record->body = make_body (step);
  if (step->device == HERE)
    lanyard_waiting_take (waiting, record);
  else
    lanyard_waiting_take_other (waiting, record);
}

static char *
dup_ids (LanyardWaiting *waiting)
{
  GPtrArray *waits = lanyard_waiting_get_waits (waiting);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < waits->len; i++)
    g_string_append_printf (ids, "%s ", ((const LanyardWait *)g_ptr_array_index (waits, i))->id);
  return g_string_free (ids, FALSE);
}

/* A relay tells each desk's records in their order, but the desks one before another as it comes,
 * and now and then a desk's from the beginning. This desk's own are heard once. */
static char *
play_shuffled (const Step *steps, guint n, GRand *random)
{
  g_autoptr (LanyardWaiting) waiting = lanyard_waiting_new (START_US);
  guint next[STAFF + 1] = { 0 }, left = n;
  gboolean heard[MAX_RECORDS] = { FALSE };

  while (left > 0)
    {
      guint32 device = (guint32)g_rand_int_range (random, HERE, STAFF + 1);
      guint i = next[device];

      while (i < n && steps[i].device != device)
        i++;
      if (i < n)
        {
          take (waiting, &steps[i], i);
          left -= !heard[i];
          heard[i] = TRUE;
        }
      next[device] = i + 1;
      if (device != HERE && g_rand_int_range (random, 0, 6) == 0)
        next[device] = 0;
    }
  return dup_ids (waiting);
}

static void
assert_in_any_order (const Step *steps, guint n, const char *wanted)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20330704);

  g_assert_cmpuint (n, <=, MAX_RECORDS);
  for (guint i = 0; i < SHUFFLES; i++)
    {
      g_autofree char *ids = play_shuffled (steps, n, random);

      g_assert_cmpstr (ids, ==, wanted);
    }
}

/* Whom any kiosk sent on, until any desk helped them. */
static void
test_helped_anywhere (void)
{
  const Step steps[] = {
    { KIOSK, LANYARD_RECORD_REFERRED, ME, NULL }, { SECOND, LANYARD_RECORD_REFERRED, OTHER, NULL },
    { STAFF, LANYARD_RECORD_ISSUED, ME, NULL },   { SECOND, LANYARD_RECORD_REFERRED, THIRD, NULL },
    { HERE, LANYARD_RECORD_ISSUED, THIRD, NULL }, { KIOSK, LANYARD_RECORD_REFERRED, NULL, NULL },
  };

  assert_in_any_order (steps, G_N_ELEMENTS (steps), "9-1-2 8-1-6 ");
}

/* Who comes back after a badge waits again, and once, with the newest ticket. */
static void
test_comes_back (void)
{
  const Step steps[] = {
    { KIOSK, LANYARD_RECORD_REFERRED, ME, NULL },   { STAFF, LANYARD_RECORD_VALIDATED, ME, NULL },
    { KIOSK, LANYARD_RECORD_REFERRED, ME, NULL },   { SECOND, LANYARD_RECORD_REFERRED, ME, NULL },
    { HERE, LANYARD_RECORD_REFERRED, OTHER, NULL },
  };

  assert_in_any_order (steps, G_N_ELEMENTS (steps), "9-1-4 7-1-5 ");
}

/* "Done" of any desk ends a wait of any other, and the end of a shift those of that desk. */
static void
test_done (void)
{
  const Step steps[] = {
    { KIOSK, LANYARD_RECORD_REFERRED, NULL, NULL },
    { SECOND, LANYARD_RECORD_REFERRED, OTHER, NULL },
    { HERE, LANYARD_RECORD_WAIT_ENDED, NULL, "8-1-1" },
    { STAFF, LANYARD_RECORD_WAIT_ENDED, OTHER, "9-1-2" },
    { KIOSK, LANYARD_RECORD_REFERRED, THIRD, NULL },
    { SECOND, LANYARD_RECORD_REFERRED, ME, NULL },
    { KIOSK, LANYARD_RECORD_SHIFT_CLOSED, NULL, NULL },
    { HERE, LANYARD_RECORD_SHIFT_CLOSED, NULL, NULL },
  };

  assert_in_any_order (steps, G_N_ELEMENTS (steps), "9-1-6 ");
}

/* A supervisor anywhere is waited for everywhere; only "Done" ends that, not a badge. */
static void
test_supervisor (void)
{
  const Step steps[] = {
    { KIOSK, LANYARD_RECORD_REFERRED, ME, NULL },
    { STAFF, LANYARD_RECORD_HANDED_OVER, ME, NULL },
    { SECOND, LANYARD_RECORD_REFERRED, ME, NULL },
    { HERE, LANYARD_RECORD_ISSUED, ME, NULL },
  };

  assert_in_any_order (steps, G_N_ELEMENTS (steps), "10-1-2 ");
}

/* Where it began is told; the wait of this desk's people counts only those. */
static void
test_where (void)
{
  g_autoptr (LanyardWaiting) waiting = lanyard_waiting_new (START_US);
  const Step there = { KIOSK, LANYARD_RECORD_REFERRED, ME, NULL };
  const Step here = { HERE, LANYARD_RECORD_REFERRED, OTHER, NULL };
  const Step nobody = { 0, LANYARD_RECORD_REFERRED, THIRD, NULL };
  GPtrArray *waits = lanyard_waiting_get_waits (waiting);

  take (waiting, &here, 0);
  take (waiting, &here, 2);
  take (waiting, &there, 1);
  take (waiting, &nobody, 3);
  g_assert_cmpuint (waits->len, ==, 2);
  g_assert_cmpuint (((const LanyardWait *)g_ptr_array_index (waits, 0))->device, ==, KIOSK);
  g_assert_cmpuint (((const LanyardWait *)g_ptr_array_index (waits, 1))->device, ==, 0);
  g_assert_cmpuint (lanyard_waiting_count_own (waiting, G_MAXUINT), ==, 1);
  g_assert_cmpuint (lanyard_waiting_count_own (waiting, 3), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/model/waiting-venue/helped-anywhere", test_helped_anywhere);
  g_test_add_func ("/model/waiting-venue/comes-back", test_comes_back);
  g_test_add_func ("/model/waiting-venue/done", test_done);
  g_test_add_func ("/model/waiting-venue/supervisor", test_supervisor);
  g_test_add_func ("/model/waiting-venue/where", test_where);
  return g_test_run ();
}
