/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <unistd.h>

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-hub-control-private.h"
#include "lanyard-hub-control.h"

#define MAX_SENTENCE_BYTES 2048

struct _LanyardHubConsole
{
  LanyardHub *hub;               /* owned (nullable): nobody serves it */
  GSocketConnection *connection; /* owned (nullable): somebody does */
};

static GSocketConnection *
connect_to (const char *directory, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = NULL;
  GSocketConnection *connection;
  int directory_fd;

  address = _lanyard_hub_control_address (directory, &directory_fd, error);
  if (address == NULL)
    return NULL;
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  close (directory_fd);
  return connection;
}

LanyardHubConsole *
lanyard_hub_console_open (const char *directory, GError **error)
{
  g_autoptr (LanyardHubConsole) console = g_new0 (LanyardHubConsole, 1);
  g_autoptr (GError) local_error = NULL;

  console->connection = connect_to (directory, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (console->connection == NULL)
    {
      console->hub = lanyard_hub_open (directory, NULL, error);
      if (console->hub == NULL)
        return NULL;
    }
  return g_steal_pointer (&console);
}

void
lanyard_hub_console_close (LanyardHubConsole *console)
{
  if (console == NULL)
    return;
  g_clear_pointer (&console->hub, lanyard_hub_close);
  g_clear_object (&console->connection);
  g_free (console);
}

static GBytes *
exchange (GSocketConnection *connection, GBytes *request, GError **error)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GBytes) frame = _lanyard_hub_control_frame (request);
  guint8 head[LANYARD_HUB_CONTROL_HEAD_BYTES];
  g_autofree guint8 *answer = NULL;
  gsize n_read, n_answer;

  if (!g_output_stream_write_all (output, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame),
                                  NULL, NULL, error)
      || !g_input_stream_read_all (input, head, sizeof head, &n_read, NULL, error))
    return NULL;
  if (n_read == sizeof head && _lanyard_hub_control_read_length (head, &n_answer))
    {
      answer = g_malloc (n_answer);
      if (!g_input_stream_read_all (input, answer, n_answer, &n_read, NULL, error))
        return NULL;
      if (n_read == n_answer)
        return g_bytes_new_take (g_steal_pointer (&answer), n_answer);
    }
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                       "The hub ended before it answered; try again.");
  return NULL;
}

static gboolean
is_ok (GBytes *answer, GError **error)
{
  LanyardCborReader reader;
  g_autofree char *word = NULL;
  g_autofree char *sentence = NULL;
  guint64 code;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                            LANYARD_HUB_CONTROL_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, 8);
  word = lanyard_cbor_read_text (&reader, 16);
  if (g_strcmp0 (word, "ok") == 0)
    return TRUE;
  code = lanyard_cbor_read_uint (&reader, G_MAXUINT16);
  sentence = lanyard_cbor_read_text (&reader, MAX_SENTENCE_BYTES);
  if (!lanyard_cbor_reader_end (&reader, "answer of the hub", error))
    return FALSE;
  g_set_error_literal (error, LANYARD_ERROR, (int)code, sentence);
  return FALSE;
}

GBytes *
lanyard_hub_console_call (LanyardHubConsole *console, GBytes *request, GError **error)
{
  g_autoptr (GBytes) answer = NULL;

  if (console->hub != NULL)
    answer = lanyard_hub_control_execute (console->hub, request);
  else
    answer = exchange (console->connection, request, error);
  if (answer == NULL || !is_ok (answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}
