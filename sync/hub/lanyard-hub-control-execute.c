/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-hub-control-private.h"
#include "lanyard-hub-control.h"
#include "lanyard-hub-decisions.h"

/* What each request does. The transport is in lanyard-hub-control.c and lanyard-hub-console.c. */

#define MAX_WORD 16
#define MAX_SENTENCE 512

static void
write_counts (LanyardCborWriter *writer, const LanyardHubCounts *counts)
{
  const struct
  {
    const char *name;
    guint64 value;
  } rows[] = {
    /* Ascending by length, then letters: the order of deterministic CBOR. */
    { "gseq", counts->gseq },
    { "desks", counts->desks },
    { "alarms", counts->alarms },
    { "photos", counts->photos },
    { "unread", counts->unread },
    { "entries", counts->entries },
    { "records", counts->records },
    { "disputed", counts->disputed },
    { "questions", counts->questions },
    { "open_badges", counts->open_badges },
    { "quarantined", counts->quarantined },
  };

  lanyard_cbor_open_map (writer, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      lanyard_cbor_write_text (writer, rows[i].name);
      lanyard_cbor_write_uint (writer, rows[i].value);
    }
}

void
_lanyard_hub_control_write_ok (LanyardCborWriter *writer, gsize n_more)
{
  lanyard_cbor_open_array (writer, n_more + 1);
  lanyard_cbor_write_text (writer, "ok");
}

void
_lanyard_hub_control_write_rows (LanyardCborWriter *writer, GPtrArray *rows)
{
  _lanyard_hub_control_write_ok (writer, 1);
  lanyard_cbor_open_array (writer, rows->len);
}

static gboolean
write_stocks (LanyardHubStore *store, guint32 device, LanyardCborWriter *writer, GError **error)
{
  g_autoptr (GPtrArray) stocks = store->ops->list_stock (store, device, error);

  if (stocks == NULL)
    return FALSE;
  lanyard_cbor_open_array (writer, stocks->len);
  for (guint i = 0; i < stocks->len; i++)
    {
      const LanyardHubStock *stock = g_ptr_array_index (stocks, i);

      lanyard_cbor_open_array (writer, 3);
      lanyard_cbor_write_text (writer, stock->printer);
      if (stock->knows_left)
        lanyard_cbor_write_int (writer, stock->left);
      else
        lanyard_cbor_write_null (writer);
      lanyard_cbor_write_int (writer, stock->closed_us);
    }
  return TRUE;
}

/* A desk that was enrolled again has its printers once. */
static gboolean
is_newest (GPtrArray *enrolments, guint index)
{
  const LanyardHubEnrolment *enrolment = g_ptr_array_index (enrolments, index);
  const LanyardHubEnrolment *next
      = index + 1 < enrolments->len ? g_ptr_array_index (enrolments, index + 1) : NULL;

  return next == NULL || next->device != enrolment->device;
}

static gboolean
write_desks (LanyardHub *hub, LanyardCborWriter *writer, GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) enrolments = store->ops->list_enrolments (store, error);

  if (enrolments == NULL)
    return FALSE;
  lanyard_cbor_open_array (writer, enrolments->len);
  for (guint i = 0; i < enrolments->len; i++)
    {
      const LanyardHubEnrolment *enrolment = g_ptr_array_index (enrolments, i);
      LanyardHubStream stream;

      if (!store->ops->get_stream (store, enrolment->device, enrolment->epoch, &stream, error))
        return FALSE;
      lanyard_cbor_open_array (writer, 7);
      lanyard_cbor_write_uint (writer, enrolment->device);
      lanyard_cbor_write_uint (writer, enrolment->epoch);
      lanyard_cbor_write_text (writer, enrolment->venue);
      lanyard_cbor_write_text (writer, enrolment->name);
      lanyard_cbor_write_text (writer, enrolment->prefix);
      lanyard_cbor_write_uint (writer, stream.head_seq);
      if (!is_newest (enrolments, i))
        lanyard_cbor_open_array (writer, 0);
      else if (!write_stocks (store, enrolment->device, writer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_status (LanyardHub *hub, LanyardCborReader *reader, LanyardCborWriter *writer, GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  LanyardHubCounts counts = { 0 };

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !store->ops->count (store, &counts, error))
    return FALSE;
  lanyard_cbor_open_array (writer, 4);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_text (writer, lanyard_hub_get_event (hub));
  write_counts (writer, &counts);
  return write_desks (hub, writer, error);
}

static gboolean
do_enrol (LanyardHub *hub, LanyardCborReader *reader, LanyardCborWriter *writer, GError **error)
{
  g_autofree char *venue = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autofree char *name = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);
  guint32 device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  gint64 valid_s = lanyard_cbor_read_int (reader, 1, 7 * 86400);
  g_autofree char *code = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error))
    return FALSE;
  code = lanyard_hub_create_code (hub, venue, name, device, valid_s, error);
  if (code == NULL)
    return FALSE;
  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_text (writer, code);
  return TRUE;
}

static gboolean
do_root (LanyardHub *hub, LanyardCborReader *reader, LanyardCborWriter *writer, GError **error)
{
  const LanyardPublicKey *root = lanyard_hub_get_root (hub);

  if (!lanyard_cbor_reader_end (reader, "request", error))
    return FALSE;
  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_bytes (writer, root->bytes, sizeof root->bytes);
  return TRUE;
}

static gboolean
do_entries (LanyardHub *hub, LanyardCborReader *reader, LanyardCborWriter *writer, GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autofree char *after = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  guint max = (guint)lanyard_cbor_read_uint (reader, LANYARD_HUB_CONTROL_MAX_ENTRIES);
  g_autoptr (GPtrArray) entries = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error))
    return FALSE;
  entries = store->ops->list_entries (store, after, max, error);
  if (entries == NULL)
    return FALSE;
  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_open_array (writer, entries->len);
  for (guint i = 0; i < entries->len; i++)
    lanyard_cbor_write_gbytes (writer, g_ptr_array_index (entries, i));
  return TRUE;
}

static gboolean
do_card (LanyardHub *hub, LanyardCborReader *reader, LanyardCborWriter *writer, GError **error)
{
  g_autofree char *number = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autoptr (LanyardHubBadge) card = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error))
    return FALSE;
  card = lanyard_hub_make_card (hub, number, error);
  if (card == NULL)
    return FALSE;
  lanyard_cbor_open_array (writer, 3);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_text (writer, card->serial);
  lanyard_cbor_write_uint (writer, card->sequence);
  return TRUE;
}

static const struct
{
  const char *name;
  gsize n_items;
  LanyardHubControlCommand run;
  gboolean decides; /* something that is in no desk's journal */
} commands[] = {
  { "status", 1, do_status },
  { "enrol", 5, do_enrol },
  { "root", 1, do_root },
  { "import", 3, _lanyard_hub_control_import },
  { "preview", 2, _lanyard_hub_control_preview },
  { "entries", 3, do_entries },
  { "card", 2, do_card },
  { "desks", 1, _lanyard_hub_control_desks },
  { "revoke", 5, _lanyard_hub_control_revoke, TRUE },
  { "asides", 5, _lanyard_hub_control_asides },
  { "retry", 5, _lanyard_hub_control_retry, TRUE },
  { "dismiss", 6, _lanyard_hub_control_dismiss, TRUE },
  { "enrolments", 2, _lanyard_hub_control_enrolments },
  { "resolve", 5, _lanyard_hub_control_resolve, TRUE },
  { "disputed", 2, _lanyard_hub_control_disputed },
  { "questions", 2, _lanyard_hub_control_questions },
  { "answer", 5, _lanyard_hub_control_answer, TRUE },
  { "records", 2, _lanyard_hub_control_records },
  { "badges", 2, _lanyard_hub_control_badges },
  { "deed", 5, _lanyard_hub_control_deed, TRUE },
  { "deeds", 2, _lanyard_hub_control_deeds },
  { "snapshot", 2, _lanyard_hub_control_snapshot },
  { "compact", 1, _lanyard_hub_control_compact },
  { "edition", 1, _lanyard_hub_control_edition },
  { "publish", 2, _lanyard_hub_control_publish, TRUE },
};

static gboolean
execute (LanyardHub *hub, LanyardCborReader *reader, LanyardCborWriter *writer, GError **error)
{
  gsize n_items = lanyard_cbor_enter_array (reader, 8);
  g_autofree char *name = lanyard_cbor_read_text (reader, MAX_WORD);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name) && commands[i].n_items == n_items)
      return commands[i].run (hub, reader, writer, error)
             && (!commands[i].decides || lanyard_hub_keep_decisions (hub, error));
  lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "it asks for nothing that there is");
  return lanyard_cbor_reader_end (reader, "request", error);
}

static GBytes *
encode_error (const GError *error)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autofree char *sentence
      = g_utf8_substring (error->message, 0,
                          MIN (g_utf8_strlen (error->message, -1), MAX_SENTENCE));

  lanyard_cbor_open_array (writer, 3);
  lanyard_cbor_write_text (writer, "error");
  lanyard_cbor_write_uint (writer, error->domain == LANYARD_ERROR ? (guint64)error->code
                                                                  : (guint64)LANYARD_ERROR_IO);
  lanyard_cbor_write_text (writer, sentence);
  return lanyard_cbor_writer_end (writer);
}

GBytes *
lanyard_hub_control_execute (LanyardHub *hub, GBytes *request)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  LanyardCborReader reader;
  g_autoptr (GError) error = NULL;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (request, NULL), g_bytes_get_size (request),
                            LANYARD_HUB_CONTROL_MAX_BYTES);
  if (execute (hub, &reader, writer, &error))
    return lanyard_cbor_writer_end (writer);
  lanyard_cbor_writer_free (writer);
  g_clear_error (&reader.error);
  return encode_error (error);
}
