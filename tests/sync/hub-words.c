/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-words.h"

#include <string.h>

#include "lanyard-hash.h"
#include "lanyard-hub-store.h"
#include "lanyard-receipt.h"

/* Small, so that what was read is read on from the middle of whatever rows the store has. */
#define RECORDS_PAGE 7
#define CHANGES_PAGE 3
#define MANY 10000

static void
add_bytes (GString *text, GBytes *bytes)
{
  g_autofree char *hex = NULL;

  if (bytes != NULL)
    hex = lanyard_hex_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_string_append_printf (text, " %s", hex != NULL ? hex : "-");
}

static void
add_hash (GString *text, const LanyardHash *hash)
{
  g_autofree char *hex = lanyard_hex_encode (hash->bytes, LANYARD_HASH_BYTES);

  g_string_append_printf (text, " %s", hex);
}

static void
add_records (GString *text, LanyardHubStore *store)
{
  g_autoptr (GPtrArray) records = NULL;
  guint64 after = 0;

  do
    {
      g_clear_pointer (&records, g_ptr_array_unref);
      records = store->ops->read_records (store, after, RECORDS_PAGE, NULL);
      g_assert_nonnull (records);
      for (guint i = 0; i < records->len; i++)
        {
          const LanyardHubRecord *record = g_ptr_array_index (records, i);

          g_string_append_printf (text, "record %u/%u/%" G_GUINT64_FORMAT " at %" G_GINT64_FORMAT,
                                  record->device, record->epoch, record->seq, record->received_us);
          add_hash (text, &record->hash);
          add_bytes (text, record->encoded);
          g_string_append_c (text, '\n');
          g_assert_cmpuint (record->id, >, after);
          after = record->id;
        }
    }
  while (records->len > 0);
}

static void
add_asides (GString *text, LanyardHubStore *store)
{
  g_autoptr (GPtrArray) asides = store->ops->list_quarantine (store, TRUE, 0, 0, 0, MANY, NULL);
  g_autoptr (GPtrArray) opaque = store->ops->list_opaque (store, 0, 0, 0, MANY, NULL);

  for (guint i = 0; i < asides->len; i++)
    {
      const LanyardHubAside *aside = g_ptr_array_index (asides, i);

      g_string_append_printf (text, "aside %u/%u/%" G_GUINT64_FORMAT " %s [%s %s]\n", aside->device,
                              aside->epoch, aside->seq, aside->why, aside->decision, aside->reason);
    }
  for (guint i = 0; i < opaque->len; i++)
    {
      const LanyardHubOpaque *one = g_ptr_array_index (opaque, i);

      g_string_append_printf (text, "opaque %u/%u/%" G_GUINT64_FORMAT " kind %u version %u",
                              one->device, one->epoch, one->seq, one->kind, one->version);
      add_bytes (text, one->encoded);
      g_string_append_c (text, '\n');
    }
}

static void
add_heads (GString *text, LanyardHubStore *store)
{
  g_autoptr (GPtrArray) enrolments = store->ops->list_enrolments (store, NULL);

  for (guint i = 0; i < enrolments->len; i++)
    {
      const LanyardHubEnrolment *enrolment = g_ptr_array_index (enrolments, i);
      LanyardHubStream stream;
      gboolean good
          = store->ops->get_stream (store, enrolment->device, enrolment->epoch, &stream, NULL);

      g_assert_true (good);
      g_string_append_printf (text, "desk %u/%u %s %s head %" G_GUINT64_FORMAT, enrolment->device,
                              enrolment->epoch, enrolment->venue, enrolment->prefix,
                              stream.head_seq);
      add_hash (text, &stream.head_hash);
      g_string_append_c (text, '\n');
    }
}

char *
hub_words_of_records (LanyardHub *hub)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  GString *text = g_string_new (NULL);
  LanyardHubCounts counts = { 0 };

  add_records (text, store);
  add_asides (text, store);
  add_heads (text, store);
  g_assert_true (store->ops->count (store, &counts, NULL));
  g_string_append_printf (text, "counts: %u records, %u quarantined, %u alarms, %u unread\n",
                          (guint)counts.records, (guint)counts.quarantined, (guint)counts.alarms,
                          (guint)counts.unread);
  return g_string_free (text, FALSE);
}

static void
add_holding (GString *text, LanyardHubStore *store, const char *number)
{
  g_autoptr (LanyardHubHolding) holding = store->ops->find_holding (store, number, NULL);
  g_autoptr (GPtrArray) badges = store->ops->list_badges (store, number, NULL);
  g_autoptr (GPtrArray) resolutions = store->ops->list_resolutions (store, number, NULL);

  g_assert_nonnull (holding);
  g_string_append_printf (text,
                          "%s: open %u last %u %s disputed %d below %u floor %u arrivals %u"
                          " decisions %u ends %" G_GINT64_FORMAT "\n",
                          number, holding->open_badges, holding->last_sequence,
                          holding->last_serial != NULL ? holding->last_serial : "-",
                          holding->disputed, holding->void_below, holding->floor, holding->arrivals,
                          holding->decisions, holding->ends_s);
  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      g_string_append_printf (text,
                              "  %s desk %u sequence %u flags %u arrival %u out %" G_GINT64_FORMAT
                              " ends %" G_GINT64_FORMAT "\n",
                              badge->serial, badge->device, badge->sequence, badge->flags,
                              badge->arrival, badge->out_us, badge->ends_s);
    }
  for (guint i = 0; i < resolutions->len; i++)
    {
      const LanyardResolution *resolution = g_ptr_array_index (resolutions, i);

      g_string_append_printf (text, "  decision %s keeps %s by %s\n", resolution->id,
                              resolution->keep, resolution->who);
    }
}

static void
add_void (GString *text, LanyardHubStore *store)
{
  g_autoptr (GPtrArray) lists = store->ops->list_void (store, NULL);
  g_autoptr (GPtrArray) serials = store->ops->list_void_serials (store, MANY, NULL);
  g_autoptr (GPtrArray) disputed = store->ops->list_disputed (store, "", MANY, NULL);

  for (guint i = 0; i < lists->len; i++)
    {
      const LanyardHubHolding *holding = g_ptr_array_index (lists, i);

      g_string_append_printf (text, "void %s below %u\n", holding->number,
                              lanyard_hub_holding_get_lowest_valid (holding));
    }
  for (guint i = 0; i < serials->len; i++)
    g_string_append_printf (text, "void %s\n", (const char *)g_ptr_array_index (serials, i));
  for (guint i = 0; i < disputed->len; i++)
    g_string_append_printf (text, "disputed %s\n",
                            ((const LanyardHubHolding *)disputed->pdata[i])->number);
}

static void
add_stock (GString *text, LanyardHubStore *store, guint32 device)
{
  g_autoptr (GPtrArray) stocks = store->ops->list_stock (store, device, NULL);

  for (guint i = 0; i < stocks->len; i++)
    {
      const LanyardHubStock *stock = g_ptr_array_index (stocks, i);

      g_string_append_printf (text, "stock %u %s %d %d\n", stock->device, stock->printer,
                              stock->knows_left, (int)stock->left);
    }
}

static void
add_desks (GString *text, LanyardHubStore *store)
{
  g_autoptr (GPtrArray) enrolments = store->ops->list_enrolments (store, NULL);
  g_autoptr (GArray) pickups = store->ops->list_pickups (store, 0, NULL);

  for (guint i = 0; i < enrolments->len; i++)
    add_stock (text, store, ((const LanyardHubEnrolment *)enrolments->pdata[i])->device);
  for (guint i = 0; i < pickups->len; i++)
    {
      const LanyardHubPickups *row = &g_array_index (pickups, LanyardHubPickups, i);

      g_string_append_printf (text, "pickups %u/%u hour %d: %u\n", row->device, row->epoch,
                              (int)row->hour, (guint)row->n);
    }
}

char *
hub_words_of_people (LanyardHub *hub)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) rows = store->ops->list_rows (store, "", MANY, NULL);
  g_autoptr (GPtrArray) badges = store->ops->read_badges (store, "", MANY, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const LanyardChangesRow *row = g_ptr_array_index (rows, i);

      g_hash_table_add (seen, row->number);
      add_holding (text, store, row->number);
      g_string_append (text, "  entry");
      add_bytes (text, row->entry);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      if (g_hash_table_add (seen, badge->number)) /* a stranger to the roster */
        add_holding (text, store, badge->number);
    }
  add_void (text, store);
  add_desks (text, store);
  return g_string_free (text, FALSE);
}

static void
add_alerts (GString *text, LanyardHubStore *store, guint32 device)
{
  g_autoptr (GPtrArray) alerts = store->ops->read_alerts (store, device, 0, MANY, NULL);

  for (guint i = 0; i < alerts->len; i++)
    {
      const LanyardAlert *alert = g_ptr_array_index (alerts, i);
      g_autofree char *serials = g_strjoinv (",", alert->serials);

      g_string_append_printf (text, "alert %u for %u: %u %s %s gseq %u\n", (guint)alert->id, device,
                              alert->kind, alert->number, serials, (guint)alert->gseq);
    }
}

char *
hub_words_of_feed (LanyardHub *hub)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) enrolments = store->ops->list_enrolments (store, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  GString *text = g_string_new (NULL);
  guint64 after = 0, gseq;

  do
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      rows = store->ops->read_changes (store, after, G_MAXINT64, CHANGES_PAGE, NULL);
      for (guint i = 0; i < rows->len; i++)
        {
          const LanyardChangesRow *row = g_ptr_array_index (rows, i);

          g_string_append_printf (text, "change %u %s", (guint)row->gseq, row->number);
          add_bytes (text, row->entry);
          g_string_append_c (text, '\n');
          after = row->gseq;
        }
    }
  while (rows->len > 0);
  rows = store->ops->list_rows (store, "", MANY, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "newest of %s is %u\n",
                            ((const LanyardChangesRow *)rows->pdata[i])->number,
                            (guint)((const LanyardChangesRow *)rows->pdata[i])->gseq);
  for (guint i = 0; i < enrolments->len; i++)
    add_alerts (text, store, ((const LanyardHubEnrolment *)enrolments->pdata[i])->device);
  g_assert_true (store->ops->get_gseq (store, &gseq, NULL));
  g_string_append_printf (text, "head %u\n", (guint)gseq);
  return g_string_free (text, FALSE);
}

static void
upload (GString *text, LanyardHub *hub, const char *line, gint64 now_s)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  GError *error = NULL;
  gsize n_bytes = strlen (words[4]) / 2;
  g_autofree guint8 *data = g_malloc (n_bytes);
  LanyardHubPlace place
      = { (guint32)g_ascii_strtoull (words[0], NULL, 10),
          (guint32)g_ascii_strtoull (words[1], NULL, 10), g_ascii_strtoull (words[2], NULL, 10),
          g_ascii_strtoull (words[3], NULL, 10) };
  g_autoptr (GBytes) message = NULL;
  g_autoptr (LanyardReceipt) receipt = NULL;
  g_autofree char *conflicts = NULL;
  LanyardReceiptStatus status;

  g_assert_true (lanyard_hex_decode (words[4], data, n_bytes));
  message = lanyard_hub_ingest (hub, &place, data, n_bytes, &status, &error);
  if (message == NULL) /* of an epoch that is over */
    {
      g_string_append_printf (text, "%s/%s %s to %s: refused %d\n", words[0], words[1], words[2],
                              words[3], error->code);
      g_error_free (error);
      return;
    }
  receipt = lanyard_receipt_open (message, lanyard_hub_get_trust (hub), place.device, place.epoch,
                                  now_s, &error);
  g_assert_no_error (error);
  conflicts = g_strjoinv (",", receipt->conflicts);
  g_string_append_printf (text,
                          "%s/%s %s to %s: %u through %" G_GUINT64_FORMAT " fork %" G_GUINT64_FORMAT
                          " gseq %" G_GUINT64_FORMAT " (%s)",
                          words[0], words[1], words[2], words[3], receipt->status,
                          receipt->accepted_through, receipt->fork_seq, receipt->gseq, conflicts);
  add_hash (text, &receipt->head);
  g_string_append_c (text, '\n');
}

char *
hub_words_of_uploads (LanyardHub *hub, const char *text, gint64 now_s)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *words = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      upload (words, hub, lines[i], now_s);
  return g_string_free (words, FALSE);
}
