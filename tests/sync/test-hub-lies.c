/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-batch.h"
#include "lanyard-error.h"
#include "lanyard-hub-client.h"
#include "lanyard-receipt.h"
#include "postgres-server.h"
#include "sync-fixture.h"

/* A real hub and somebody who lies to it. Whatever is sent, the hub answers calmly, stores nothing
 * that it should not, and serves the next request. */

typedef struct
{
  SyncFixture *fixture;
  SyncDesk *desk;
  LanyardHubClient *client; /* of nobody: what it sends is made by the test */
} Liar;

static void
set_up (Liar *liar, gconstpointer data)
{
  liar->fixture = sync_fixture_new ();
  sync_fixture_import (liar->fixture, 0, 5);
  sync_fixture_start_hub (liar->fixture);
  liar->desk = sync_desk_new (liar->fixture, "desk");
  liar->client = lanyard_hub_client_new (liar->fixture->url);
  sync_desk_chatter (liar->desk, 10);
}

static void
tear_down (Liar *liar, gconstpointer data)
{
  lanyard_hub_client_free (liar->client);
  sync_desk_free (liar->desk);
  sync_fixture_free (liar->fixture);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static LanyardHubReply *
send_to (LanyardHubClient *client, const char *method, const char *path, GBytes *body, gint64 now_s)
{
  LanyardHubRequest request = {
    .method = method,
    .path = path,
    .body = body,
    .max_bytes = 1 << 22,
    .timeout_s = 10,
    .now_s = now_s,
  };
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  LanyardHubReply *reply;

  lanyard_hub_client_send_async (client, &request, NULL, on_sent, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  reply = lanyard_hub_client_send_finish (result, &error);
  g_assert_no_error (error);
  return reply;
}

static guint
put (Liar *liar, guint64 first, guint64 last, GBytes *body)
{
  g_autofree char *path = sync_desk_path (liar->desk, first, last);
  g_autoptr (LanyardHubReply) reply = send_to (liar->client, "PUT", path, body, 0);

  g_assert_true (reply->from_hub);
  return reply->status;
}

static LanyardBatch *
read_batch (Liar *liar, guint64 after, guint max)
{
  g_autoptr (GPtrArray) records = lanyard_journal_read (liar->desk->journal, after, max, NULL);

  return lanyard_batch_new (records, max);
}

static guint
put_signed (Liar *liar, const LanyardBatch *batch, LanyardKey *key)
{
  g_autoptr (GBytes) message = lanyard_batch_sign (batch, key);

  return put (liar, batch->first, lanyard_batch_get_last (batch), message);
}

static guint64
count (Liar *liar, const char *what)
{
  return sync_fixture_count (liar->fixture, what);
}

static void
test_signatures (Liar *liar, gconstpointer data)
{
  g_autoptr (LanyardBatch) batch = read_batch (liar, 0, 5);
  g_autoptr (LanyardKey) stranger = lanyard_key_generate ();
  g_autoptr (GBytes) message = lanyard_batch_sign (batch, liar->desk->key);
  gsize n_bytes = g_bytes_get_size (message);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (message, NULL), n_bytes);
  g_autoptr (GBytes) altered = NULL;
  SyncDesk *other = sync_desk_new (liar->fixture, "other");

  g_assert_cmpuint (put_signed (liar, batch, stranger), ==, 403);
  g_assert_cmpuint (put_signed (liar, batch, other->key), ==, 403); /* a desk, but not this one */
  bytes[n_bytes - 1] ^= 1;
  altered = g_bytes_new (bytes, n_bytes);
  g_assert_cmpuint (put (liar, 1, 5, altered), ==, 401);
  g_assert_cmpuint (count (liar, "records"), ==, 0);
  g_assert_cmpuint (put_signed (liar, batch, liar->desk->key), ==, 200);
  g_assert_cmpuint (count (liar, "records"), ==, 5);
  sync_desk_free (other);
}

static void
test_places (Liar *liar, gconstpointer data)
{
  g_autoptr (LanyardBatch) batch = read_batch (liar, 0, 5);
  g_autoptr (GBytes) message = lanyard_batch_sign (batch, liar->desk->key);

  g_assert_cmpuint (put (liar, 1, 6, message), ==, 400); /* not what the path says */
  g_assert_cmpuint (put (liar, 2, 6, message), ==, 400);
  batch->epoch = 2; /* an epoch that nobody enrolled */
  g_assert_cmpuint (put_signed (liar, batch, liar->desk->key), ==, 400);
  {
    g_autoptr (GBytes) wrong = lanyard_batch_sign (batch, liar->desk->key);
    g_autoptr (LanyardHubReply) reply
        = send_to (liar->client, "PUT", "/v1/d/1/2/rec/1-5", wrong, 0);

    g_assert_cmpuint (reply->status, ==, 403);
  }
  batch->epoch = 1;
  batch->device = 77;
  g_assert_cmpuint (put_signed (liar, batch, liar->desk->key), ==, 403);
  g_assert_cmpuint (count (liar, "records"), ==, 0);
}

static void
test_gap (Liar *liar, gconstpointer data)
{
  g_autoptr (LanyardBatch) late = read_batch (liar, 5, 5);
  g_autoptr (LanyardBatch) all = read_batch (liar, 0, 10);

  g_assert_cmpuint (put_signed (liar, late, liar->desk->key), ==, 409);
  g_assert_cmpuint (count (liar, "records"), ==, 0);
  g_assert_cmpuint (put_signed (liar, all, liar->desk->key), ==, 200);
  g_assert_cmpuint (put_signed (liar, late, liar->desk->key), ==, 200); /* a duplicate now */
  g_assert_cmpuint (count (liar, "records"), ==, 10);
}

static void
test_replay (Liar *liar, gconstpointer data)
{
  g_autoptr (LanyardBatch) batch = read_batch (liar, 0, 10);

  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (put_signed (liar, batch, liar->desk->key), ==, 200);
  g_assert_cmpuint (count (liar, "records"), ==, 10);
}

/* The chain of a disk that was copied: the same seqs, other records. */
static LanyardBatch *
make_fork (Liar *liar, guint64 after)
{
  g_autoptr (GPtrArray) records = lanyard_journal_read (liar->desk->journal, after, 3, NULL);
  LanyardHash previous = ((LanyardRecord *)g_ptr_array_index (records, 0))->previous;

  for (guint i = 0; i < records->len; i++)
    {
      LanyardRecord *record = g_ptr_array_index (records, i);

      record->hlc++;
      record->previous = previous;
      lanyard_record_seal (record);
      previous = record->hash;
    }
  return lanyard_batch_new (records, 3);
}

static void
test_fork (Liar *liar, gconstpointer data)
{
  g_autoptr (LanyardBatch) batch = read_batch (liar, 0, 10);
  g_autoptr (LanyardBatch) fork = make_fork (liar, 4);
  g_autofree char *path = sync_desk_path (liar->desk, 5, 7);
  g_autoptr (GBytes) message = lanyard_batch_sign (fork, liar->desk->key);

  g_assert_cmpuint (put_signed (liar, batch, liar->desk->key), ==, 200);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LanyardHubReply) reply = send_to (liar->client, "PUT", path, message, 0);

      g_assert_cmpuint (reply->status, ==, 409);
      g_assert_cmpuint (count (liar, "alarms"), ==, 1); /* the same alarm twice is one */
    }
  g_assert_cmpuint (put_signed (liar, batch, liar->desk->key), ==,
                    200); /* nothing was overwritten */
  g_assert_cmpuint (count (liar, "records"), ==, 10);
}

/* Bytes that are no record, well signed and chained: kept, acknowledged, put before a person. */
static void
test_senseless_records (Liar *liar, gconstpointer data)
{
  const char *const nonsense[]
      = { "", "\xff\xff", "\x80", "\xa0", "no CBOR at all", "\x8b\x01\x01" };
  LanyardBatch batch = { .device = 1, .epoch = 1, .first = 1 };
  g_autoptr (LanyardBatch) honest = NULL;

  batch.records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  batch.hashes = g_array_new (FALSE, FALSE, sizeof (LanyardHash));
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      LanyardHash previous = batch.head;

      g_ptr_array_add (batch.records, g_bytes_new_static (nonsense[i], strlen (nonsense[i])));
      lanyard_hash_compute (&batch.head, "lanyard/record/1", previous.bytes, LANYARD_HASH_BYTES,
                            nonsense[i], strlen (nonsense[i]));
    }
  g_assert_cmpuint (put_signed (liar, &batch, liar->desk->key), ==, 200);
  g_assert_cmpuint (count (liar, "records"), ==, G_N_ELEMENTS (nonsense));
  g_assert_cmpuint (count (liar, "quarantined"), ==, G_N_ELEMENTS (nonsense));
  g_ptr_array_unref (batch.records);
  g_array_unref (batch.hashes);
}

static void
test_bodies (Liar *liar, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) garbage = g_bytes_new_static ("GET / HTTP/1.1\r\n\r\n", 18);
  g_autoptr (GBytes) large
      = g_bytes_new_take (g_malloc0 (LANYARD_BATCH_MAX_BYTES + 1), LANYARD_BATCH_MAX_BYTES + 1);
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (10 << 20), 10 << 20);
  g_autoptr (GBytes) deep = NULL;
  g_autofree guint8 *nested = g_malloc (100000);
  g_autoptr (LanyardBatch) batch = read_batch (liar, 0, 5);
  g_autoptr (GBytes) message = lanyard_batch_sign (batch, liar->desk->key);

  memset (nested, 0x81, 100000); /* arrays within arrays */
  deep = g_bytes_new (nested, 100000);
  g_assert_cmpuint (put (liar, 1, 5, empty), ==, 400);
  g_assert_cmpuint (put (liar, 1, 5, garbage), ==, 400);
  g_assert_cmpuint (put (liar, 1, 5, deep), >=, 400);
  g_assert_cmpuint (put (liar, 1, 5, large), ==, 413);
  {
    g_autofree char *path = sync_desk_path (liar->desk, 1, 5);
    LanyardHubRequest request
        = { .method = "PUT", .path = path, .body = huge, .max_bytes = 4096, .timeout_s = 10 };
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (LanyardHubReply) reply = NULL;

    /* The hub may hang up while the rest still comes; it must not take it. */
    lanyard_hub_client_send_async (liar->client, &request, NULL, on_sent, &result);
    while (result == NULL)
      g_main_context_iteration (NULL, TRUE);
    reply = lanyard_hub_client_send_finish (result, NULL);
    g_assert_true (reply == NULL || reply->status == 413);
  }
  for (gsize n = 1; n < g_bytes_get_size (message); n += 37)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (message, 0, n);

      g_assert_cmpuint (put (liar, 1, 5, cut), >=, 400);
    }
  g_assert_cmpuint (count (liar, "records"), ==, 0);
  g_assert_cmpuint (put (liar, 1, 5, message), ==, 200);
}

static guint
get (LanyardHubClient *client, const char *path, gint64 now_s)
{
  g_autoptr (LanyardHubReply) reply = send_to (client, "GET", path, NULL, now_s);

  return reply->status;
}

static void
test_tokens (Liar *liar, gconstpointer data)
{
  const char *const guarded[]
      = { "/v1/changes/tail?after=0", "/v1/alerts?after=0", "/v1/lists/negative",
          "/v1/photos/0000000000000000000000000000000000000000000000000000000000000000",
          "/v1/changes/0" };
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardKey) stranger = lanyard_key_generate ();

  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    {
      lanyard_hub_client_set_desk (liar->client, NULL, 0, 0);
      g_assert_cmpuint (get (liar->client, guarded[i], now_s), ==, 401);
      lanyard_hub_client_set_desk (liar->client, stranger, 1, 1);
      g_assert_cmpuint (get (liar->client, guarded[i], now_s), ==, 403);
      lanyard_hub_client_set_desk (liar->client, liar->desk->key, 1, 2); /* another epoch */
      g_assert_cmpuint (get (liar->client, guarded[i], now_s), ==, 403);
      lanyard_hub_client_set_desk (liar->client, liar->desk->key, 2, 1); /* another desk */
      g_assert_cmpuint (get (liar->client, guarded[i], now_s), ==, 403);
      lanyard_hub_client_set_desk (liar->client, liar->desk->key, 1, 1);
      g_assert_cmpuint (get (liar->client, guarded[i], now_s - 3600), ==, 401); /* too old */
      g_assert_cmpuint (get (liar->client, guarded[i], now_s), !=, 401);
      g_assert_cmpuint (get (liar->client, guarded[i], now_s), !=, 403);
    }
}

static void
test_paths (Liar *liar, gconstpointer data)
{
  const struct
  {
    const char *method;
    const char *path;
    guint status;
  } cases[] = {
    { "GET", "/", 200 }, /* the fleet page */
    { "GET", "/v1/", 404 },
    { "GET", "/v1/lists/secret", 404 },
    { "GET", "/v1/changes/tail/", 400 },
    { "GET", "/v1/changes/-1", 400 },
    { "GET", "/v1/changes/01", 400 },
    { "GET", "/v1/changes/%0B1", 400 },
    { "PUT", "/v1/d/1/1/rec/%0B-18446744073709551615-2", 400 },
    { "GET", "/v1/changes/99999999999999999999999", 400 },
    { "GET", "/v1/changes/36028797018963967", 400 },
    { "GET", "/v1/changes/tail?after=x", 400 },
    { "GET", "/v1/changes/tail?after=1&wait=9999", 400 },
    { "GET", "/v1/photos/../hub.key", 404 },
    { "GET", "/v1/photos/zz", 400 },
    { "DELETE", "/v1/alerts", 405 },
    { "PUT", "/v1/enrol", 405 },
    { "GET", "/v1/d/1/1/rec/1-2", 405 },
    { "PUT", "/v1/d/1/1/rec/2", 400 },
    { "PUT", "/v1/d/1/1/1-2", 400 },
    { "PUT", "/v1/d/99999999999/1/rec/1-2", 400 },
    { "PUT", "/v1/d/1/1/rec/1-2/3", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardHubReply) reply
          = send_to (liar->client, cases[i].method, cases[i].path, NULL, 0);

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
    }
}

/* Opens a connection, writes @text, and gives the connection back. */
static GSocketConnection *
write_raw (Liar *liar, const char *text, gsize n_text)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GError *error = NULL;
  GSocketConnection *connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", liar->fixture->port, NULL, &error);

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, n_text,
                             NULL, NULL, NULL);
  return connection;
}

/* Many that begin a request and never end it do not keep the desk from its turn. */
static void
test_slow (Liar *liar, gconstpointer data)
{
  static const char half[]
      = "PUT /v1/d/1/1/rec/1-5 HTTP/1.1\r\nHost: h\r\nContent-Length: 2000\r\n\r\nabc";
  static const char header[] = "GET /v1/alerts HTTP/1.1\r\nHost: h\r\nX-Slow: ";
  static const char binary[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00\x00\r\n\r\n";
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LanyardBatch) batch = read_batch (liar, 0, 5);
  g_autofree char *long_line = g_strnfill (100000, 'a');

  for (guint i = 0; i < 40; i++)
    {
      g_ptr_array_add (open, write_raw (liar, half, strlen (half)));
      g_ptr_array_add (open, write_raw (liar, header, strlen (header)));
    }
  g_ptr_array_add (open, write_raw (liar, binary, sizeof binary - 1));
  g_ptr_array_add (open, write_raw (liar, long_line, 100000));
  g_assert_cmpuint (put_signed (liar, batch, liar->desk->key), ==, 200);
  g_ptr_array_set_size (open, 0); /* all of them hang up in the middle */
  g_assert_cmpuint (get (liar->client, "/healthz", 0), ==, 200);
  g_assert_cmpuint (count (liar, "records"), ==, 5);
}

/* A long poll whose desk went away, and one that is out when the hub ends. */
static void
test_poll_left (Liar *liar, gconstpointer data)
{
  LanyardHubRequest request = { .method = "GET",
                                .path = "/v1/changes/tail?after=5&alert=0&wait=25",
                                .max_bytes = 1 << 20,
                                .timeout_s = 40,
                                .now_s = g_get_real_time () / G_USEC_PER_SEC };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardHubReply) reply = NULL;
  gint64 started_us = g_get_monotonic_time ();

  lanyard_hub_client_set_desk (liar->client, liar->desk->key, 1, 1);
  lanyard_hub_client_send_async (liar->client, &request, cancellable, on_sent, &result);
  g_assert_cmpuint (count (liar, "records"), ==, 0); /* gives it time to get there */
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (lanyard_hub_client_send_finish (result, NULL));
  g_clear_object (&result);
  sync_fixture_import (liar->fixture, 5, 1); /* wakes whoever is still thought to be there */

  request.path = "/v1/changes/tail?after=6&alert=0&wait=25";
  lanyard_hub_client_send_async (liar->client, &request, NULL, on_sent, &result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  sync_fixture_stop_hub (liar->fixture);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  reply = lanyard_hub_client_send_finish (result, NULL);
  g_assert_true (reply == NULL || reply->status == 200);
  g_assert_cmpint (g_get_monotonic_time () - started_us, <, 20 * G_USEC_PER_SEC);
}

#define CASE(name, func) g_test_add ("/sync/hub-lies/" name, Liar, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("signatures", test_signatures);
  CASE ("places", test_places);
  CASE ("gap", test_gap);
  CASE ("replay", test_replay);
  CASE ("fork", test_fork);
  CASE ("senseless-records", test_senseless_records);
  CASE ("bodies", test_bodies);
  CASE ("tokens", test_tokens);
  CASE ("paths", test_paths);
  CASE ("slow", test_slow);
  CASE ("poll-left", test_poll_left);
  return g_test_run ();
}
