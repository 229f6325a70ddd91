/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "hub-run.h"
#include "lanyard-batch.h"
#include "lanyard-cbor.h"
#include "lanyard-hub-client.h"
#include "paper-desk.h"

/* A real hub with real sockets, and somebody who wants to keep it from its desks. */

#define N_SLOW 200
#define LIMIT_S 60
#define N_LARGEST 40
#define ROOM_BYTES (1024 * 1024)
#define N_EXPANDING 300
#define EXPANDING_BYTES 1950
/* All of them at once are more than 200 MB. */
#define MAX_GROWN_KB (150 * 1024)

typedef struct
{
  SyncFixture *fixture;
  SyncDesk *desk;
  GPtrArray *lines; /* owned (element-type GSocket) */
} Flood;

static void
set_up_with (Flood *flood, const LanyardHubPeerLimits *limits)
{
  flood->fixture = sync_fixture_new ();
  flood->fixture->limits = *limits;
  sync_fixture_import (flood->fixture, 0, 5);
  sync_fixture_start_hub (flood->fixture);
  flood->lines = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
set_up (Flood *flood, gconstpointer data)
{
  set_up_with (flood, &LANYARD_HUB_PEER_LIMITS_DEFAULT);
  flood->desk = sync_desk_new (flood->fixture, "desk");
}

/* As if this machine were any other. */
static void
set_up_strict (Flood *flood, gconstpointer data)
{
  set_up_with (flood, &(LanyardHubPeerLimits){ .max_connections = 10,
                                               .header_s = 1,
                                               .exchange_s = 30,
                                               .max_enrolments = 3,
                                               .max_bodies_bytes = ROOM_BYTES,
                                               .also_loopback = TRUE });
}

static void
tear_down (Flood *flood, gconstpointer data)
{
  g_ptr_array_unref (flood->lines);
  if (flood->desk != NULL)
    sync_desk_free (flood->desk);
  sync_fixture_free (flood->fixture);
}

static GSocket *
open_line (Flood *flood)
{
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new_from_string ("127.0.0.1", flood->fixture->port);
  GError *error = NULL;
  GSocket *line
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_connect (line, address, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_timeout (line, LIMIT_S);
  g_ptr_array_add (flood->lines, line);
  return line;
}

/* FALSE: the line is cut */
static gboolean
say (GSocket *line, const char *text)
{
  return g_socket_send (line, text, strlen (text), NULL, NULL) == (gssize)strlen (text);
}

/* Whether the hub ends the line, however long it takes within the limit. */
static gboolean
is_cut (GSocket *line)
{
  char answer[4096];
  GError *error = NULL;
  gssize n;

  do
    n = g_socket_receive (line, answer, sizeof answer, NULL, &error);
  while (n > 0);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      g_clear_error (&error);
      return FALSE;
    }
  g_clear_error (&error);
  return TRUE;
}

/* A good desk does its work while 200 lines are held open with half a header, or half a body. */
static void
test_slow_lines (Flood *flood, gconstpointer data)
{
  GError *error = NULL;

  for (guint i = 0; i < N_SLOW; i++)
    {
      GSocket *line = open_line (flood);

      g_assert_true (say (line, i % 2 == 0 ? "GET /v1/alerts HTTP/1.1\r\nHost: a\r\nX-"
                                           : "PUT /v1/d/1/1/rec/1-9 HTTP/1.1\r\nHost: a\r\n"
                                             "Content-Length: 9000\r\n\r\nabc"));
    }
  for (guint round = 0; round < 5; round++)
    {
      sync_desk_chatter (flood->desk, 20);
      for (guint i = 0; i < N_SLOW; i++)
        say (g_ptr_array_index (flood->lines, i), "x");
      sync_desk_sync (flood->desk, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sync_desk_pending (flood->desk), ==, 0);
    }
  g_assert_cmpuint (sync_fixture_count (flood->fixture, "records"), ==, 100);
}

/* Who never ends the header is cut off, although the line is never silent. */
static void
test_endless_header (Flood *flood, gconstpointer data)
{
  GSocket *line = open_line (flood);
  guint n_bytes = 0;

  g_assert_true (say (line, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-"));
  while (!g_socket_condition_timed_wait (line, G_IO_IN, 50 * 1000, NULL, NULL) && say (line, "x"))
    g_assert_cmpuint (++n_bytes, <, LIMIT_S * 20);
  g_assert_cmpuint (n_bytes, >, 1);
  g_assert_true (is_cut (line));
}

/* One address gets so many lines and no more, and others again when it lets some go. */
static void
test_one_address (Flood *flood, gconstpointer data)
{
  guint n_open = 0;

  for (guint i = 0; i < 30; i++)
    {
      GSocket *line = open_line (flood);
      char answer[512];

      if (say (line, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
          && g_socket_receive (line, answer, sizeof answer, NULL, NULL) > 0)
        n_open++;
    }
  g_assert_cmpuint (n_open, ==, 10);
}

static LanyardHubReply *
enrol (Flood *flood, const char *body)
{
  g_autofree char *request = g_strdup_printf ("POST /v1/enrol HTTP/1.1\r\nHost: a\r\n"
                                              "Connection: close\r\nContent-Length: %zu\r\n\r\n%s",
                                              strlen (body), body);
  GSocket *line = open_line (flood);
  LanyardHubReply *reply = g_new0 (LanyardHubReply, 1);
  char answer[2048] = "";
  const char *retry;
  gssize n;

  g_assert_true (say (line, request));
  n = g_socket_receive (line, answer, sizeof answer - 1, NULL, NULL);
  g_assert_cmpint (n, >, 12);
  g_socket_close (line, NULL);
  reply->status = (guint)g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);
  retry = strstr (answer, "Retry-After: ");
  if (retry != NULL)
    reply->retry_after_s = (guint)g_ascii_strtoull (retry + strlen ("Retry-After: "), NULL, 10);
  return reply;
}

/* Codes cannot be tried one after the other. */
static void
test_enrolments (Flood *flood, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (LanyardHubReply) reply = enrol (flood, "no message");

      if (i < 3)
        g_assert_cmpuint (reply->status, ==, 400);
      else
        {
          g_assert_cmpuint (reply->status, ==, 429);
          g_assert_cmpuint (reply->retry_after_s, >=, 1);
          g_assert_cmpuint (reply->retry_after_s, <=, 61);
        }
    }
}

static void
set_up_small (Flood *flood, gconstpointer data)
{
  LanyardHubPeerLimits limits = LANYARD_HUB_PEER_LIMITS_DEFAULT;

  limits.max_bodies_bytes = ROOM_BYTES;
  set_up_with (flood, &limits);
  flood->desk = sync_desk_new (flood->fixture, "desk");
}

/* All but the last byte of the largest upload there is. */
static void
begin_largest (Flood *flood)
{
  g_autofree char *body = g_malloc (LANYARD_BATCH_MAX_BYTES);
  g_autofree char *header = g_strdup_printf ("PUT /v1/d/1/1/rec/1-500 HTTP/1.1\r\nHost: a\r\n"
                                             "Content-Length: %d\r\n\r\n",
                                             LANYARD_BATCH_MAX_BYTES);
  GSocket *line = open_line (flood);

  memset (body, 'x', LANYARD_BATCH_MAX_BYTES - 1);
  body[LANYARD_BATCH_MAX_BYTES - 1] = '\0';
  g_assert_true (say (line, header));
  for (gsize done = 0; done < LANYARD_BATCH_MAX_BYTES - 1;)
    {
      gssize n = g_socket_send (line, body + done, LANYARD_BATCH_MAX_BYTES - 1 - done, NULL, NULL);

      g_assert_cmpint (n, >, 0);
      done += (gsize)n;
    }
}

static guint
end_largest (GSocket *line)
{
  char answer[1024] = "";

  g_assert_true (say (line, "x"));
  g_assert_cmpint (g_socket_receive (line, answer, sizeof answer - 1, NULL, NULL), >, 12);
  if (strncmp (answer, "HTTP/1.1 503", 12) == 0)
    g_assert_nonnull (strstr (answer, "Retry-After: "));
  return (guint)g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);
}

/* How many of them are asked to come again. */
static guint
send_largest (Flood *flood)
{
  guint n_later = 0, n_refused = 0;

  for (guint i = 0; i < N_LARGEST; i++)
    begin_largest (flood);
  for (guint i = 0; i < N_LARGEST; i++)
    {
      guint status = end_largest (g_ptr_array_index (flood->lines, i));

      n_later += status == 503;
      n_refused += status >= 400 && status < 500; /* looked at */
    }
  g_ptr_array_set_size (flood->lines, 0);
  g_assert_cmpuint (n_later + n_refused, ==, N_LARGEST);
  g_assert_cmpuint (n_refused, >=, 1); /* those that are left have room */
  return n_later;
}

/* Uploads of the largest size, ten times of what there is room for: who finds none is asked to come
 * again, and the room is free again when they are gone. */
static void
test_largest (Flood *flood, gconstpointer data)
{
  gint64 deadline_us = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;
  GError *error = NULL;

  sync_desk_chatter (flood->desk, 20);
  while (send_largest (flood) == 0) /* the hub was quicker than this */
    g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
  sync_desk_sync (flood->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_desk_pending (flood->desk), ==, 0);
}

/* An upload of some KB that is a megabyte of records. */
static GBytes *
make_expanding (Flood *flood, guint32 *device)
{
  LanyardHub *hub = paper_open_hub (flood->fixture);
  Paper *paper = paper_new (flood->fixture, hub);
  g_autoptr (GPtrArray) records = paper_records ();
  g_autofree guint8 *zeros = g_malloc0 (EXPANDING_BYTES);
  g_autoptr (LanyardBatch) batch = NULL;
  GBytes *message;

  for (guint i = 0; i < LANYARD_BATCH_MAX_RECORDS; i++)
    {
      LanyardCborWriter *writer = lanyard_cbor_writer_new ();
      g_autoptr (GBytes) body = NULL;

      lanyard_cbor_open_map (writer, 1);
      lanyard_cbor_write_uint (writer, 9999);
      lanyard_cbor_write_bytes (writer, zeros, EXPANDING_BYTES);
      body = lanyard_cbor_writer_end (writer);
      g_ptr_array_add (records, paper_write_body (paper, 9999, NULL, NULL, body));
    }
  batch = lanyard_batch_new (records, 1);
  for (guint i = 1; i < records->len; i++)
    {
      const LanyardRecord *record = g_ptr_array_index (records, i);

      g_ptr_array_add (batch->records, lanyard_record_encode (record));
      g_array_append_val (batch->hashes, record->hash);
      batch->head = record->hash;
    }
  message = lanyard_batch_sign (batch, paper->key);
  *device = paper->device;
  paper_free (paper);
  lanyard_hub_close (hub);
  return message;
}

static guint64
get_peak_kb (GSubprocess *hub)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (hub));
  g_autofree char *text = hub_read (path);
  const char *line = strstr (text, "VmHWM:");

  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:") + strspn (line + strlen ("VmHWM:"), " \t"),
                           NULL, 10);
}

static void
send_all (GSocket *line, const guint8 *data, gsize n_bytes)
{
  for (gsize done = 0; done < n_bytes;)
    {
      gssize n = g_socket_send (line, (const char *)data + done, n_bytes - done, NULL, NULL);

      g_assert_cmpint (n, >, 0);
      done += (gsize)n;
    }
}

/* As above, of an upload whose desk is known: it is checked as soon as it is whole. */
static void
begin_expanding (Flood *flood, guint32 device, GBytes *message)
{
  g_autofree char *header
      = g_strdup_printf ("PUT /v1/d/%u/1/rec/1-%d HTTP/1.1\r\nHost: a\r\n"
                         "Content-Length: %zu\r\n\r\n",
                         device, LANYARD_BATCH_MAX_RECORDS, g_bytes_get_size (message));
  GSocket *line = open_line (flood);

  g_assert_true (say (line, header));
  send_all (line, g_bytes_get_data (message, NULL), g_bytes_get_size (message) - 1);
}

/* 300 MB of records in half a MB of uploads, all in one moment: the hub takes them, and at no
 * time more than its share of them is in memory. */
static void
test_expanding (Flood *flood, gconstpointer data)
{
  const char *const quiet[] = { "--quiet", NULL };
  guint32 device;
  g_autoptr (GBytes) message = make_expanding (flood, &device);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (message, &n_bytes);
  g_autoptr (GSubprocess) hub = NULL;
  guint64 before_kb, grown_kb;

  g_assert_cmpuint (n_bytes, <, 16 * 1024);
  g_setenv ("ASAN_OPTIONS", "quarantine_size_mb=16", TRUE); /* what was freed is no part of this */
  hub = hub_serve (flood->fixture, quiet, G_SUBPROCESS_FLAGS_NONE);
  flood->fixture->port
      = (guint16)g_ascii_strtoull (strrchr (flood->fixture->url, ':') + 1, NULL, 10);
  for (guint i = 0; i < N_EXPANDING; i++)
    begin_expanding (flood, device, message);
  before_kb = get_peak_kb (hub);
  g_subprocess_send_signal (hub, SIGSTOP); /* so that all ends are there at once */
  for (guint i = 0; i < N_EXPANDING; i++)
    send_all (g_ptr_array_index (flood->lines, i), bytes + n_bytes - 1, 1);
  g_subprocess_send_signal (hub, SIGCONT);
  for (guint i = 0; i < N_EXPANDING; i++)
    {
      char answer[1024] = "";

      g_assert_cmpint (g_socket_receive (g_ptr_array_index (flood->lines, i), answer,
                                         sizeof answer - 1, NULL, NULL),
                       >, 12);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
    }
  grown_kb = get_peak_kb (hub) - before_kb;
  g_test_message ("%d uploads of %zu bytes: the hub grew by %" G_GUINT64_FORMAT " KB", N_EXPANDING,
                  n_bytes, grown_kb);
  g_assert_cmpuint (grown_kb, <, MAX_GROWN_KB);
  g_ptr_array_set_size (flood->lines, 0);
  hub_stop (hub);
}

static void
set_up_program (Flood *flood, gconstpointer data)
{
  flood->fixture = sync_fixture_new ();
  flood->lines = g_ptr_array_new_with_free_func (g_object_unref);
}

#define CASE(name, up, func) g_test_add ("/sync/hub-floods/" name, Flood, NULL, up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("slow-lines", set_up, test_slow_lines);
  CASE ("endless-header", set_up_strict, test_endless_header);
  CASE ("one-address", set_up_strict, test_one_address);
  CASE ("largest", set_up_small, test_largest);
  CASE ("expanding", set_up_program, test_expanding);
  CASE ("enrolments", set_up_strict, test_enrolments);
  return g_test_run ();
}
