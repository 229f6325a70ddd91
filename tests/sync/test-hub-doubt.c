/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-alerts.h"
#include "lanyard-error.h"
#include "lanyard-negative-list.h"
#include "paper-desk.h"
#include "postgres-server.h"

/* Whatever desks and rosters do to each other, a second badge does not stay hidden, and nobody
 * else's records or alerts are held up. */

#define NUMBER_INDEX 3

typedef struct
{
  SyncFixture *fixture;
  LanyardHub *hub;
  LanyardHubStore *store;
  Paper *papers[3];
  GPtrArray *records[3];
  char *number;
} Case;

static void
set_up (Case *c, gconstpointer data)
{
  c->fixture = sync_fixture_new ();
  c->number = sync_fixture_number (NUMBER_INDEX);
  sync_fixture_import (c->fixture, 0, 5);
  c->hub = paper_open_hub (c->fixture);
  c->store = lanyard_hub_get_store (c->hub);
  for (guint i = 0; i < G_N_ELEMENTS (c->papers); i++)
    {
      c->papers[i] = paper_new (c->fixture, c->hub);
      c->records[i] = paper_records ();
    }
}

static void
tear_down (Case *c, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (c->papers); i++)
    {
      paper_free (c->papers[i]);
      g_ptr_array_unref (c->records[i]);
    }
  lanyard_hub_close (c->hub);
  g_free (c->number);
  sync_fixture_free (c->fixture);
}

static void
write_down (Case *c, guint desk, guint16 kind, const char *serial, guint32 sequence)
{
  g_ptr_array_add (c->records[desk],
                   paper_write (c->papers[desk], kind, c->number, serial, sequence));
}

static void
upload (Case *c, guint desk)
{
  paper_ingest (c->hub, c->papers[desk], c->records[desk]);
  g_ptr_array_set_size (c->records[desk], 0);
}

/* How often the desk was told of a conflict; its alerts must be readable. */
static guint
count_conflicts (Case *c, guint desk)
{
  GError *error = NULL;
  guint32 device = c->papers[desk]->device;
  g_autoptr (GBytes) page = lanyard_hub_get_alerts (c->hub, device, 0, &error);
  g_autoptr (LanyardAlerts) alerts = NULL;
  guint n = 0;

  g_assert_no_error (error);
  alerts = lanyard_alerts_open (page, lanyard_hub_get_trust (c->hub), device,
                                g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < alerts->rows->len; i++)
    n += ((const LanyardAlert *)g_ptr_array_index (alerts->rows, i))->kind
         == LANYARD_ALERT_CONFLICT;
  return n;
}

static guint64
count_quarantined (Case *c)
{
  LanyardHubCounts counts = { 0 };

  g_assert_true (c->store->ops->count (c->store, &counts, NULL));
  return counts.quarantined;
}

static LanyardEntry *
find_entry (Case *c)
{
  GError *error = NULL;
  g_autoptr (GBytes) encoded = c->store->ops->find_entry (c->store, c->number, &error);
  LanyardEntry *entry;

  g_assert_no_error (error);
  entry
      = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), &error);
  g_assert_no_error (error);
  return entry;
}

/* One desk's serial of many lines would fill another desk's page of alerts beyond its limits. */
static void
test_serial_of_lines (Case *c, gconstpointer data)
{
  const char *const serials[] = { "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17", "" };

  write_down (c, 0, LANYARD_RECORD_ISSUED, "S-A", 1);
  upload (c, 0);
  for (guint i = 0; i < G_N_ELEMENTS (serials); i++)
    write_down (c, 1, LANYARD_RECORD_ISSUED, serials[i], 1);
  upload (c, 1);
  g_assert_cmpuint (count_conflicts (c, 0), ==, 0);
  g_assert_cmpuint (count_quarantined (c), ==, G_N_ELEMENTS (serials));
  write_down (c, 2, LANYARD_RECORD_ISSUED, "S-C", 1);
  upload (c, 2);
  g_assert_cmpuint (count_conflicts (c, 0), ==, 1);
}

/* A desk reserves, is enrolled under another number, and then does not know whether it came out. */
static void
test_other_desk_number (Case *c, gconstpointer data)
{
  g_autoptr (LanyardEntry) entry = NULL;

  write_down (c, 0, LANYARD_RECORD_RESERVED, "S-A", 1);
  upload (c, 0);
  write_down (c, 1, LANYARD_RECORD_UNKNOWN, "S-A", 0);
  upload (c, 1);
  g_assert_cmpuint (count_quarantined (c), ==, 1); /* somebody should know */
  write_down (c, 2, LANYARD_RECORD_ISSUED, "S-C", 2);
  upload (c, 2);
  entry = find_entry (c);
  g_assert_cmpuint (entry->issued.open_badges, ==, 2);
  g_assert_true (entry->issued.disputed);
  g_assert_cmpuint (count_conflicts (c, 2), ==, 1);
}

/* A third badge in place of a second one: its desk is told too. */
static void
test_swapped_in_dispute (Case *c, gconstpointer data)
{
  write_down (c, 0, LANYARD_RECORD_ISSUED, "S-A", 1);
  upload (c, 0);
  write_down (c, 1, LANYARD_RECORD_ISSUED, "S-B", 1);
  upload (c, 1);
  g_assert_cmpuint (count_conflicts (c, 0), ==, 1);
  write_down (c, 2, LANYARD_RECORD_VOIDED, "S-A", 0);
  write_down (c, 2, LANYARD_RECORD_ISSUED, "S-C", 2);
  upload (c, 2);
  g_assert_cmpuint (count_conflicts (c, 2), ==, 1);
  g_assert_cmpuint (count_conflicts (c, 1), ==, 2);
}

static void
import (Case *c, LanyardEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  LanyardHubImported imported = { 0 };

  g_ptr_array_add (entries, entry);
  lanyard_hub_import (c->hub, entries, photos, &imported, error);
}

/* An accreditation is cancelled; a desk that did not hear of it yet hands its badge out. */
static void
test_issued_after_cancelled (Case *c, gconstpointer data)
{
  g_autoptr (LanyardEntry) roster = sync_fixture_entry (NUMBER_INDEX);
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (LanyardNegativeList) list = NULL;
  g_autoptr (GBytes) message = NULL;
  GError *error = NULL;

  roster->status = LANYARD_STATUS_CANCELLED;
  import (c, roster, &error);
  g_assert_no_error (error);
  write_down (c, 0, LANYARD_RECORD_ISSUED, "S-A", 1);
  upload (c, 0);
  entry = find_entry (c);
  g_assert_cmpuint (entry->lowest_valid_sequence, ==, 2);
  message = lanyard_hub_get_list (c->hub, "negative", &error);
  g_assert_no_error (error);
  list = lanyard_negative_list_load (g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                     lanyard_hub_get_trust (c->hub), NULL,
                                     g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_negative_list_lookup (list, c->number), ==, 2);
}

static gsize
get_size (const LanyardEntry *entry)
{
  g_autoptr (GBytes) encoded = lanyard_entry_encode (entry);

  return g_bytes_get_size (encoded);
}

/* An entry that fits alone, and would not with its badges: told at the import, not at the desk. */
static void
test_entry_without_room (Case *c, gconstpointer data)
{
  g_autoptr (LanyardEntry) roster = sync_fixture_entry (NUMBER_INDEX);
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
  char *none[] = { NULL };
  char **own = g_steal_pointer (&roster->tokens);
  gsize n_left;
  GError *error = NULL;

  roster->tokens = none;
  for (guint i = 0; get_size (roster) < LANYARD_ENTRY_MAX_BYTES - 200; i++)
    {
      g_ptr_array_set_size (tokens, (int)i);
      g_ptr_array_add (tokens, g_strdup_printf ("%0100u", i));
      g_ptr_array_add (tokens, NULL);
      roster->tokens = (char **)tokens->pdata;
    }
  import (c, roster, &error);
  g_assert_no_error (error);
  n_left = LANYARD_ENTRY_MAX_BYTES - get_size (roster); /* a longer head takes one */
  g_free (tokens->pdata[0]);
  tokens->pdata[0] = g_strnfill (99 + n_left, 'T');
  g_assert_cmpuint (get_size (roster), <=, LANYARD_ENTRY_MAX_BYTES);
  import (c, roster, &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  g_clear_error (&error);
  roster->tokens = own;
  write_down (c, 0, LANYARD_RECORD_ISSUED, "S-A", 1);
  upload (c, 0);
  write_down (c, 0, LANYARD_RECORD_VOIDED, "S-A", 0);
  upload (c, 0);
  entry = find_entry (c);
  g_assert_cmpuint (entry->lowest_valid_sequence, ==, 2);
}

/* A row of the hub's own that cannot be read keeps no desk's records out. */
static void
test_unreadable_entry (Case *c, gconstpointer data)
{
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("\x80", 1);
  guint64 gseq;

  g_assert_true (c->store->ops->begin (c->store, NULL));
  g_assert_true (c->store->ops->put_entry (c->store, c->number, nonsense, &gseq, NULL));
  g_assert_true (c->store->ops->commit (c->store, NULL));
  write_down (c, 0, LANYARD_RECORD_ISSUED, "S-A", 1);
  upload (c, 0);
  g_assert_cmpuint (count_quarantined (c), ==, 1);
}

#define CASE(name, func) g_test_add ("/sync/hub-doubt/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("serial-of-lines", test_serial_of_lines);
  CASE ("other-desk-number", test_other_desk_number);
  CASE ("swapped-in-dispute", test_swapped_in_dispute);
  CASE ("issued-after-cancelled", test_issued_after_cancelled);
  CASE ("entry-without-room", test_entry_without_room);
  CASE ("unreadable-entry", test_unreadable_entry);
  return g_test_run ();
}
