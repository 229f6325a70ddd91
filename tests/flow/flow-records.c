/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What must hold of every journal, whatever happened; and what tests ask about its records. */

#include "flow-fixture.h"

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-pickup-machine.h"

typedef struct
{
  FlowFixture *fixture;
  guint64 last_seq;
  LanyardHash last_hash;
  GHashTable *states;  /* (element-type utf8 gpointer): pickup → state + 1 */
  GHashTable *serials; /* (element-type utf8 utf8): serial → pickup */
} Check;

typedef struct
{
  const char *number; /* (nullable) */
  guint16 kind;
  GString *kinds;
  guint n;
  LanyardBodyKey key;
  guint64 value;
  char *text; /* (nullable) */
} Query;

static gboolean
collect_kinds (const LanyardRecord *record, gpointer user_data)
{
  Query *query = user_data;

  if (g_strcmp0 (record->accreditation, query->number) == 0 && record->kind < 100)
    {
      if (query->kinds->len > 0)
        g_string_append_c (query->kinds, ' ');
      g_string_append (query->kinds, lanyard_record_kind_to_string (record->kind));
    }
  return TRUE;
}

static gboolean
count_kind (const LanyardRecord *record, gpointer user_data)
{
  Query *query = user_data;

  if (record->kind == query->kind)
    query->n++;
  return TRUE;
}

static gboolean
read_body (const LanyardRecord *record, gpointer user_data)
{
  Query *query = user_data;
  LanyardCborReader reader;
  gsize n_pairs;

  if (record->kind != query->kind)
    return TRUE;
  query->value = G_MAXUINT64;
  g_clear_pointer (&query->text, g_free);
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (record->body, NULL),
                            g_bytes_get_size (record->body), LANYARD_RECORD_MAX_BODY_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, 32);
  for (gsize i = 0; i < n_pairs; i++)
    {
      guint64 key = lanyard_cbor_read_uint (&reader, G_MAXUINT64);

      if (key == (guint64)query->key && lanyard_cbor_peek (&reader) == LANYARD_CBOR_TEXT)
        query->text = lanyard_cbor_read_text (&reader, LANYARD_RECORD_MAX_TEXT_BYTES);
      else if (key == (guint64)query->key)
        query->value = lanyard_cbor_read_uint (&reader, G_MAXUINT64);
      else
        lanyard_cbor_skip (&reader, NULL);
    }
  g_assert_true (lanyard_cbor_reader_end (&reader, "body", NULL));
  return TRUE;
}

static LanyardPickupState
state_after (guint16 kind)
{
  switch (kind)
    {
    case LANYARD_RECORD_RESERVED:
      return LANYARD_PICKUP_RESERVED;
    case LANYARD_RECORD_PRINTING:
      return LANYARD_PICKUP_PRINTING;
    case LANYARD_RECORD_REPORTED:
      return LANYARD_PICKUP_REPORTED;
    case LANYARD_RECORD_ISSUED:
      return LANYARD_PICKUP_ISSUED;
    case LANYARD_RECORD_VOIDED:
      return LANYARD_PICKUP_VOID;
    case LANYARD_RECORD_REFUSED:
      return LANYARD_PICKUP_REFUSED;
    case LANYARD_RECORD_REFERRED:
      return LANYARD_PICKUP_REFERRED;
    case LANYARD_RECORD_VALIDATED:
      return LANYARD_PICKUP_VALIDATED;
    case LANYARD_RECORD_PASS_HANDED:
      return LANYARD_PICKUP_HANDED;
    default:
      g_assert_cmpuint (kind, ==, LANYARD_RECORD_UNKNOWN);
      return LANYARD_PICKUP_ATTENTION;
    }
}

/* Some input must lead from the state before to the one of this record: the machine's own table. */
static gboolean
is_legal (LanyardPickupState from, const LanyardRecord *record)
{
  static const LanyardPickupContext contexts[]
      = { { TRUE, TRUE, 0 }, { TRUE, TRUE, 2 }, { TRUE, TRUE, 0, LANYARD_VOID_LOST } };

  if (from == LANYARD_PICKUP_IDLE
      && (record->kind == LANYARD_RECORD_RESERVED || record->kind == LANYARD_RECORD_VALIDATED))
    from = LANYARD_PICKUP_CONFIRM;
  for (int input = 0; input < LANYARD_PICKUP_N_INPUTS; input++)
    for (guint c = 0; c < G_N_ELEMENTS (contexts); c++)
      {
        LanyardPickupStep step
            = lanyard_pickup_machine_step (from, (LanyardPickupInput)input, &contexts[c]);

        if (step.record == record->kind && step.to == state_after (record->kind))
          return TRUE;
      }
  return FALSE;
}

/* Invariants 2 and 3. */
static gboolean
check_record (const LanyardRecord *record, gpointer user_data)
{
  Check *check = user_data;
  g_autofree char *pickup = lanyard_id_to_string (&record->pickup);
  const char *owner;
  LanyardPickupState from;

  g_assert_cmpuint (record->seq, ==, check->last_seq + 1);
  g_assert_true (lanyard_hash_equal (&record->previous, &check->last_hash));
  check->last_seq = record->seq;
  check->last_hash = record->hash;
  if (lanyard_id_is_zero (&record->pickup))
    return TRUE;

  from = (LanyardPickupState)GPOINTER_TO_INT (g_hash_table_lookup (check->states, pickup));
  g_assert_true (!lanyard_pickup_state_is_terminal (from)
                 || (from == LANYARD_PICKUP_ISSUED && record->kind == LANYARD_RECORD_VOIDED));
  g_assert_true (is_legal (from, record));
  g_hash_table_replace (check->states, g_strdup (pickup),
                        GINT_TO_POINTER ((int)state_after (record->kind)));
  if (record->serial != NULL)
    {
      owner = g_hash_table_lookup (check->serials, record->serial);
      if (owner != NULL)
        g_assert_cmpstr (owner, ==, pickup);
      else
        g_hash_table_insert (check->serials, g_strdup (record->serial), g_strdup (pickup));
    }
  return TRUE;
}

/* The pickup table says what the records say. */
static void
check_states (Check *check)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, check->states);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autoptr (LanyardPickup) pickup = NULL;
      LanyardId id;

      g_assert_true (lanyard_id_parse (&id, key));
      pickup = lanyard_journal_dup_pickup (check->fixture->journal, &id);
      g_assert_nonnull (pickup);
      g_assert_cmpint ((int)pickup->state, ==, GPOINTER_TO_INT (value));
    }
}

/* Invariant 1: what came to the printer is on disk, once. */
static void
check_printer_log (Check *check)
{
  g_autofree char *path = g_build_filename (check->fixture->folder, "printer.log", NULL);
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!g_file_get_contents (path, &log, NULL, NULL))
    return;
  lines = g_strsplit (g_strchomp (log), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_nonnull (g_hash_table_lookup (check->serials, lines[i]));
      g_assert_true (g_hash_table_add (seen, lines[i]));
    }
}

/* Invariant 9, on the very bytes of the file and of what SQLite keeps beside it. */
static void
check_no_names (FlowFixture *fixture)
{
  static const char *const files[] = { "journal.db", "journal.db-wal", "printer.log" };
  static const char *const secrets[]
      = { FLOW_NAME_MARK, "Person0", "1993-04-17", "Goalkeeper", FLOW_DOCUMENT_MARK };

  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, files[f], NULL);
      g_autofree char *content = NULL;
      gsize n_bytes;

      if (!g_file_get_contents (path, &content, &n_bytes, NULL))
        continue;
      for (guint s = 0; s < G_N_ELEMENTS (secrets); s++)
        g_assert_null (memmem (content, n_bytes, secrets[s], strlen (secrets[s])));
    }
}

void
flow_check_journal (FlowFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Check check = { .fixture = fixture, .states = states, .serials = serials };
  LanyardOutbox outbox;
  guint64 n_records;

  lanyard_journal_verify (fixture->journal, &n_records, &error);
  g_assert_no_error (error);
  lanyard_journal_foreach (fixture->journal, check_record, &check, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (check.last_seq, ==, n_records);
  /* Invariant 4: nothing leaves the outbox without a receipt, and there was none. */
  lanyard_journal_get_outbox (fixture->journal, &outbox);
  g_assert_cmpuint (outbox.pending, ==, n_records);
  check_states (&check);
  check_printer_log (&check);
  check_no_names (fixture);
}

char *
flow_kinds_of (FlowFixture *fixture, const char *number)
{
  Query query = { .number = number, .kinds = g_string_new (NULL) };

  lanyard_journal_foreach (fixture->journal, collect_kinds, &query, NULL);
  return g_string_free (query.kinds, FALSE);
}

guint
flow_count_kind (FlowFixture *fixture, guint16 kind)
{
  Query query = { .kind = kind };

  lanyard_journal_foreach (fixture->journal, count_kind, &query, NULL);
  return query.n;
}

guint64
flow_body_number (FlowFixture *fixture, guint16 kind, LanyardBodyKey key)
{
  Query query = { .kind = kind, .key = key, .value = G_MAXUINT64 };

  lanyard_journal_foreach (fixture->journal, read_body, &query, NULL);
  return query.value;
}

char *
flow_body_text (FlowFixture *fixture, guint16 kind, LanyardBodyKey key)
{
  Query query = { .kind = kind, .key = key };

  lanyard_journal_foreach (fixture->journal, read_body, &query, NULL);
  return query.text;
}
