/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a shift is closed over badges that nobody knows of, or a desk's count of cards
 * says something else than its records. */

#include "lanyard-shift.h"

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-print-fault.h"

#define ABSENT G_MAXUINT
#define SEQUENCES 100
#define LENGTH 300

/* What a record of a test carries; ABSENT and NULL are left out. */
typedef struct
{
  guint16 kind;
  const char *serial;
  const char *printer;
  guint cards;
  guint reason;
  guint fault;
  guint lifetime;
  GBytes *rows;
} Sample;

static void
write_number (LanyardCborWriter *writer, guint key, guint value)
{
  if (value == ABSENT)
    return;
  lanyard_cbor_write_uint (writer, key);
  lanyard_cbor_write_uint (writer, value);
}

static GBytes *
make_body (const Sample *sample)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  guint n = (sample->reason != ABSENT) + (sample->fault != ABSENT) + (sample->printer != NULL)
            + (sample->cards != ABSENT) + (sample->lifetime != ABSENT) + (sample->rows != NULL);

  lanyard_cbor_open_map (writer, n);
  write_number (writer, LANYARD_BODY_VOID_REASON, sample->reason);
  write_number (writer, LANYARD_BODY_FAULT, sample->fault);
  if (sample->printer != NULL)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_PRINTER);
      lanyard_cbor_write_text (writer, sample->printer);
    }
  write_number (writer, LANYARD_BODY_CARDS, sample->cards);
  write_number (writer, LANYARD_BODY_LIFETIME, sample->lifetime);
  if (sample->rows != NULL)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_SHIFT);
      lanyard_cbor_write_encoded (writer, g_bytes_get_data (sample->rows, NULL),
                                  g_bytes_get_size (sample->rows));
    }
  return lanyard_cbor_writer_end (writer);
}

static LanyardRecord *
make (const Sample *sample)
{
  LanyardRecord *record = lanyard_record_new ();

  record->kind = sample->kind;
  record->serial = g_strdup (sample->serial);
  record->wall_us = 1000;
  g_bytes_unref (record->body);
  record->body = make_body (sample);
  return record;
}

static void
take (LanyardShift *shift, Sample sample)
{
  g_autoptr (LanyardRecord) record = make (&sample);

  lanyard_shift_take (shift, record);
}

/* A badge step, with nothing that it need not have. */
#define STEP(KIND, SERIAL)                                                                         \
  (Sample)                                                                                         \
  {                                                                                                \
    .kind = LANYARD_RECORD_##KIND, .serial = SERIAL, .cards = ABSENT, .reason = ABSENT,            \
    .fault = ABSENT, .lifetime = ABSENT                                                            \
  }

static void
reserve (LanyardShift *shift, const char *serial, const char *printer)
{
  Sample sample = STEP (RESERVED, serial);

  sample.printer = printer;
  take (shift, sample);
}

static void
make_void (LanyardShift *shift, const char *serial, LanyardVoidReason reason, guint fault)
{
  Sample sample = STEP (VOIDED, serial);

  sample.reason = reason;
  sample.fault = fault;
  take (shift, sample);
}

static void
put_cards (LanyardShift *shift, guint16 kind, const char *printer, guint cards)
{
  Sample sample = STEP (CARDS_LOADED, NULL);

  sample.kind = kind;
  sample.printer = printer;
  sample.cards = cards;
  take (shift, sample);
}

static void
read_counter (LanyardShift *shift, const char *printer, guint lifetime)
{
  Sample sample = STEP (COUNTER_READ, NULL);

  sample.printer = printer;
  sample.lifetime = lifetime;
  take (shift, sample);
}

static void
assert_adds_up (const LanyardShiftCount *count)
{
  g_assert_cmpuint (count->allocated, ==, count->confirmed + count->voided + count->open);
  g_assert_cmpuint (count->handed, >=, count->confirmed);
  g_assert_cmpuint (count->handed, <=, count->confirmed + count->voided);
}

static GPtrArray *
make_rows (LanyardShift *shift)
{
  GPtrArray *counts = lanyard_shift_get_counts (shift);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_shift_row_free);

  for (guint i = 0; i < counts->len; i++)
    g_ptr_array_add (rows, lanyard_shift_row_new (g_ptr_array_index (counts, i)));
  return rows;
}

static void
close_shift (LanyardShift *shift, const char *chosen, guint lifetime)
{
  g_autoptr (GPtrArray) rows = make_rows (shift);
  g_autoptr (GBytes) encoded = NULL;
  Sample sample = STEP (SHIFT_CLOSED, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      LanyardShiftRow *row = g_ptr_array_index (rows, i);

      row->knows_lifetime = lifetime != ABSENT;
      row->lifetime = lifetime;
    }
  encoded = lanyard_shift_rows_encode (rows);
  sample.printer = chosen;
  sample.rows = encoded;
  take (shift, sample);
}

/* A pack of 10: three badges, one of them spoiled, one that never came out. */
static void
test_day (void)
{
  g_autoptr (LanyardShift) shift = lanyard_shift_new ();
  const LanyardShiftCount *count;
  LanyardReconciliation result;

  put_cards (shift, LANYARD_RECORD_CARDS_LOADED, "left", 10);
  read_counter (shift, "left", 5000);
  reserve (shift, "A", "left");
  take (shift, STEP (PRINTING, "A"));
  take (shift, STEP (REPORTED, "A"));
  take (shift, STEP (ISSUED, "A"));
  reserve (shift, "B", "left");
  take (shift, STEP (PRINTING, "B"));
  make_void (shift, "B", LANYARD_VOID_UNREADABLE, ABSENT);
  reserve (shift, "C", "left");
  take (shift, STEP (PRINTING, "C"));
  count = lanyard_shift_find (shift, "left");
  g_assert_cmpint (count->left, ==, 7);
  result = lanyard_shift_reconcile (count, TRUE, 5002);
  g_assert_cmpint (result.verdict, ==, LANYARD_SHIFT_HAS_QUESTIONS);

  make_void (shift, "C", LANYARD_VOID_NOT_PRINTED, ABSENT);
  g_assert_cmpint (count->left, ==, 8);
  g_assert_cmpuint (count->allocated, ==, 3);
  g_assert_cmpuint (count->confirmed, ==, 1);
  g_assert_cmpuint (count->voided, ==, 2);
  g_assert_cmpuint (count->spoiled, ==, 1);
  result = lanyard_shift_reconcile (count, TRUE, 5002);
  g_assert_cmpint (result.verdict, ==, LANYARD_SHIFT_AGREES);
  g_assert_cmpint (result.expected, ==, 2);
  result = lanyard_shift_reconcile (count, TRUE, 5005);
  g_assert_cmpint (result.verdict, ==, LANYARD_SHIFT_NEEDS_NOTE);
  g_assert_cmpint (result.difference, ==, 3);
  /* A printer that counts nothing hides nothing: it is only not compared. */
  result = lanyard_shift_reconcile (count, FALSE, 0);
  g_assert_cmpint (result.verdict, ==, LANYARD_SHIFT_AGREES);
  g_assert_false (result.compared);
}

static void
test_jam (void)
{
  g_autoptr (LanyardShift) shift = lanyard_shift_new ();
  const LanyardShiftCount *count;
  gint left = 0;

  put_cards (shift, LANYARD_RECORD_CARDS_COUNTED, "left", 10);
  reserve (shift, "A", "left");
  take (shift, STEP (PRINTING, "A"));
  g_assert_null (lanyard_shift_foresee_left (shift, "A", LANYARD_RECORD_REPORTED, 0, 0, &left));
  g_assert_cmpstr (lanyard_shift_foresee_left (shift, "A", LANYARD_RECORD_VOIDED,
                                               LANYARD_VOID_NOT_PRINTED, 0, &left),
                   ==, "left");
  g_assert_cmpint (left, ==, 10);
  make_void (shift, "A", LANYARD_VOID_NOT_PRINTED, LANYARD_PRINT_FAULT_MEDIA_JAM);
  count = lanyard_shift_find (shift, "left");
  g_assert_cmpint (count->left, ==, 9);
  g_assert_cmpuint (count->jammed, ==, 1);
  g_assert_cmpuint (count->spoiled, ==, 0);
}

/* A badge that was handed out and is void later was no spoiled card, and has no card to give back.
 */
static void
test_void_later (void)
{
  g_autoptr (LanyardShift) shift = lanyard_shift_new ();
  const LanyardShiftCount *count;

  put_cards (shift, LANYARD_RECORD_CARDS_COUNTED, NULL, 10);
  reserve (shift, "A", NULL);
  take (shift, STEP (PRINTING, "A"));
  take (shift, STEP (ISSUED, "A"));
  make_void (shift, "A", LANYARD_VOID_LOST, ABSENT);
  count = lanyard_shift_find (shift, LANYARD_PRINTER_NAME_ONLY);
  g_assert_cmpint (count->left, ==, 9);
  g_assert_cmpuint (count->handed, ==, 1);
  g_assert_cmpuint (count->spoiled, ==, 0);
  g_assert_cmpuint (count->confirmed, ==, 0);
  assert_adds_up (count);
  /* One of an earlier shift is counted there. */
  close_shift (shift, NULL, ABSENT);
  make_void (shift, "A", LANYARD_VOID_STOLEN, ABSENT);
  count = lanyard_shift_find (shift, LANYARD_PRINTER_NAME_ONLY);
  g_assert_cmpuint (count->voided, ==, 0);
  g_assert_cmpint (count->left, ==, 9);
}

static void
test_close_carries (void)
{
  g_autoptr (LanyardShift) shift = lanyard_shift_new ();
  const LanyardShiftCount *count;
  Sample chosen = STEP (PRINTER_CHOSEN, NULL);

  put_cards (shift, LANYARD_RECORD_CARDS_LOADED, "left", 100);
  put_cards (shift, LANYARD_RECORD_CARDS_SPOILED, "left", 2);
  chosen.printer = "right";
  take (shift, chosen);
  g_assert_cmpint (lanyard_shift_get_closed_us (shift), ==, 0);
  close_shift (shift, "right", 777);
  count = lanyard_shift_find (shift, "left");
  g_assert_cmpint (count->left, ==, 98);
  g_assert_cmpuint (count->loaded, ==, 0);
  g_assert_cmpuint (count->spoiled, ==, 0);
  g_assert_true (count->knows_base);
  g_assert_cmpint (count->base, ==, 777);
  g_assert_cmpstr (lanyard_shift_get_chosen (shift), ==, "right");
  g_assert_cmpint (lanyard_shift_get_closed_us (shift), ==, 1000);
}

/* Heard for the first time after two badges: those are in its counter already. */
static void
test_counter_heard_late (void)
{
  g_autoptr (LanyardShift) shift = lanyard_shift_new ();
  LanyardReconciliation result;

  for (guint i = 0; i < 3; i++)
    {
      const char *serials[] = { "A", "B", "C" };

      if (i == 2)
        read_counter (shift, "left", 902);
      reserve (shift, serials[i], "left");
      take (shift, STEP (PRINTING, serials[i]));
      take (shift, STEP (ISSUED, serials[i]));
    }
  result = lanyard_shift_reconcile (lanyard_shift_find (shift, "left"), TRUE, 903);
  g_assert_cmpint (result.verdict, ==, LANYARD_SHIFT_AGREES);
  g_assert_cmpint (result.counted, ==, 3);
}

static void
test_rows (void)
{
  LanyardShiftCount count = { .printer = (char *)"left",
                              .allocated = 9,
                              .confirmed = 7,
                              .voided = 2,
                              .handed = 8,
                              .spoiled = 1,
                              .jammed = 1,
                              .loaded = 100,
                              .knows_left = TRUE,
                              .left = -3 };
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_shift_row_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (LanyardRecord) record = NULL;
  Sample sample = STEP (SHIFT_CLOSED, NULL);
  LanyardShiftRow *row = lanyard_shift_row_new (&count);

  row->knows_lifetime = TRUE;
  row->lifetime = G_GUINT64_CONSTANT (1) << 40;
  row->note = LANYARD_SHIFT_NOTE_SHARED;
  g_ptr_array_add (rows, row);
  encoded = lanyard_shift_rows_encode (rows);
  sample.rows = encoded;
  record = make (&sample);
  read = lanyard_shift_rows_of (record);
  g_assert_cmpuint (read->len, ==, 1);
  row = g_ptr_array_index (read, 0);
  g_assert_cmpstr (row->count.printer, ==, "left");
  g_assert_cmpuint (row->count.loaded, ==, 100);
  g_assert_cmpint (row->count.left, ==, -3);
  g_assert_false (row->count.knows_base);
  g_assert_cmpuint (row->lifetime, ==, G_GUINT64_CONSTANT (1) << 40);
  g_assert_cmpint (row->note, ==, LANYARD_SHIFT_NOTE_SHARED);
  record->kind = LANYARD_RECORD_RESERVED;
  g_assert_null (lanyard_shift_rows_of (record));
}

static Sample
draw_record (GRand *rand, char *serial)
{
  static const guint16 kinds[]
      = { LANYARD_RECORD_RESERVED,     LANYARD_RECORD_PRINTING,       LANYARD_RECORD_REPORTED,
          LANYARD_RECORD_ISSUED,       LANYARD_RECORD_VOIDED,         LANYARD_RECORD_UNKNOWN,
          LANYARD_RECORD_CARDS_LOADED, LANYARD_RECORD_CARDS_COUNTED,  LANYARD_RECORD_CARDS_SPOILED,
          LANYARD_RECORD_COUNTER_READ, LANYARD_RECORD_PRINTER_CHOSEN, LANYARD_RECORD_SIGN_IN };
  static const guint reasons[]
      = { LANYARD_VOID_NOT_PRINTED, LANYARD_VOID_UNREADABLE, LANYARD_VOID_LOST, ABSENT };
  static const guint faults[] = { LANYARD_PRINT_FAULT_MEDIA_JAM, LANYARD_PRINT_FAULT_OFFLINE };
  static const char *const printers[] = { "left", "right", NULL };
  Sample sample = STEP (RESERVED, NULL);

  g_snprintf (serial, 8, "S%d", g_rand_int_range (rand, 0, 24));
  sample.kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  sample.serial = g_rand_int_range (rand, 0, 20) == 0 ? NULL : serial;
  sample.printer = printers[g_rand_int_range (rand, 0, 3)];
  sample.reason = reasons[g_rand_int_range (rand, 0, 4)];
  sample.fault = g_rand_boolean (rand) ? ABSENT : faults[g_rand_int_range (rand, 0, 2)];
  sample.cards = (guint)g_rand_int_range (rand, 0, 200);
  sample.lifetime = (guint)g_rand_int_range (rand, 0, 5000);
  return sample;
}

static void
assert_same (LanyardShift *a, LanyardShift *b)
{
  GPtrArray *counts = lanyard_shift_get_counts (a);

  g_assert_cmpuint (counts->len, ==, lanyard_shift_get_counts (b)->len);
  g_assert_cmpstr (lanyard_shift_get_chosen (a), ==, lanyard_shift_get_chosen (b));
  for (guint i = 0; i < counts->len; i++)
    {
      const LanyardShiftCount *one = g_ptr_array_index (counts, i);
      const LanyardShiftCount *other = lanyard_shift_find (b, one->printer);

      g_assert_nonnull (other);
      g_assert_cmpuint (one->allocated, ==, other->allocated);
      g_assert_cmpuint (one->open, ==, other->open);
      g_assert_cmpuint (one->spoiled, ==, other->spoiled);
      g_assert_cmpint (one->left, ==, other->left);
      g_assert_cmpint (one->base, ==, other->base);
    }
}

/* Any records in any order, with closes between them: the equation holds after each, what was
 * foreseen is what comes, and who begins at the last close comes to the same. */
static void
run_sequence (GRand *rand)
{
  g_autoptr (LanyardShift) whole = lanyard_shift_new ();
  g_autoptr (LanyardShift) since = lanyard_shift_new ();

  for (guint i = 0; i < LENGTH; i++)
    {
      char serial[8];
      Sample sample = draw_record (rand, serial);
      gint left = 0;
      const char *moved;
      GPtrArray *counts;

      if (g_rand_int_range (rand, 0, 60) == 0)
        {
          g_autoptr (GPtrArray) rows = make_rows (whole);
          g_autoptr (GBytes) encoded = lanyard_shift_rows_encode (rows);
          g_autofree char *chosen = g_strdup (lanyard_shift_get_chosen (whole));

          sample = STEP (SHIFT_CLOSED, NULL);
          sample.rows = encoded;
          sample.printer = chosen;
          take (whole, sample);
          lanyard_shift_free (since);
          since = lanyard_shift_new ();
          take (since, sample);
          continue;
        }
      moved = lanyard_shift_foresee_left (whole, sample.serial, sample.kind,
                                          sample.reason == ABSENT ? 0 : sample.reason,
                                          sample.fault == ABSENT ? 0 : sample.fault, &left);
      take (whole, sample);
      take (since, sample);
      if (moved != NULL)
        g_assert_cmpint (lanyard_shift_find (whole, moved)->left, ==, left);
      counts = lanyard_shift_get_counts (whole);
      for (guint c = 0; c < counts->len; c++)
        assert_adds_up (g_ptr_array_index (counts, c));
      assert_same (whole, since);
    }
}

static void
test_any_sequence (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20311107);

  for (guint i = 0; i < SEQUENCES; i++)
    run_sequence (rand);
}

/* What is no body says nothing and breaks nothing. */
static void
test_nonsense (void)
{
  static const char *const bodies[] = { "a1182001", "a1182418ff", "a11824818101", "a10a6161",
                                        "a1182078216161616161616161616161616161616161616161616161"
                                        "616161616161616161" };
  g_autoptr (LanyardShift) shift = lanyard_shift_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (LanyardRecord) record = lanyard_record_new ();
      gsize n_bytes = strlen (bodies[i]) / 2;
      g_autofree guint8 *bytes = g_malloc (n_bytes);

      g_assert_true (lanyard_hex_decode (bodies[i], bytes, n_bytes));
      g_bytes_unref (record->body);
      record->body = g_bytes_new (bytes, n_bytes);
      record->kind = LANYARD_RECORD_SHIFT_CLOSED;
      lanyard_shift_take (shift, record);
      g_assert_cmpuint (lanyard_shift_get_counts (shift)->len, ==, 0);
    }
}

static void
test_notes (void)
{
  guint n = 0;

  for (LanyardShiftNote note = lanyard_shift_note_next (LANYARD_SHIFT_NOTE_NONE);
       note != LANYARD_SHIFT_NOTE_NONE; note = lanyard_shift_note_next (note))
    {
      g_assert_nonnull (lanyard_shift_note_to_string (note));
      n++;
    }
  g_assert_cmpuint (n, ==, 5);
  g_assert_null (lanyard_shift_note_to_string (LANYARD_SHIFT_NOTE_NONE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/model/shift/day", test_day);
  g_test_add_func ("/model/shift/jam", test_jam);
  g_test_add_func ("/model/shift/void-later", test_void_later);
  g_test_add_func ("/model/shift/close-carries", test_close_carries);
  g_test_add_func ("/model/shift/counter-heard-late", test_counter_heard_late);
  g_test_add_func ("/model/shift/rows", test_rows);
  g_test_add_func ("/model/shift/any-sequence", test_any_sequence);
  g_test_add_func ("/model/shift/nonsense", test_nonsense);
  g_test_add_func ("/model/shift/notes", test_notes);
  return g_test_run ();
}
