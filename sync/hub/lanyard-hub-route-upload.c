/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-hub-fleet.h"
#include "lanyard-hub-server-private.h"

/* Uploads wait, for no longer than what came with them takes to be read, and are then stored in one
 * transaction. */

/* What one transaction takes at most, so that the first of it does not wait long. */
#define MAX_GROUP_RECORDS 8000

gboolean
_lanyard_hub_parse_place (const char *rest, LanyardHubPlace *place)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 5);
  guint64 device, epoch;
  const char *dash;

  if (g_strv_length (parts) != 4 || !g_str_equal (parts[2], "rec")
      || (dash = strchr (parts[3], '-')) == NULL
      || !_lanyard_hub_parse_number (parts[0], strlen (parts[0]), &device) || device > G_MAXUINT32
      || !_lanyard_hub_parse_number (parts[1], strlen (parts[1]), &epoch) || epoch > G_MAXUINT32
      || !_lanyard_hub_parse_number (parts[3], (gsize)(dash - parts[3]), &place->first)
      || !_lanyard_hub_parse_number (dash + 1, strlen (dash + 1), &place->last))
    return FALSE;
  place->device = (guint32)device;
  place->epoch = (guint32)epoch;
  return TRUE;
}

static void
resume (LanyardHubExchange *exchange)
{
  exchange->suspended = FALSE;
  MHD_resume_connection (exchange->connection);
}

/* Whose it is is known once it was checked. */
static gboolean
settle (LanyardHubExchange *exchange)
{
  LanyardHub *hub = exchange->server->hub;

  if (!lanyard_hub_upload_settle (hub, exchange->upload, NULL))
    return FALSE;
  exchange->device = exchange->place.device;
  lanyard_hub_note_seen (hub, exchange->place.device, exchange->place.epoch);
  return TRUE;
}

/* Takes the first of those that wait, as many as one transaction should have. @uploads: (out): what
 * is to be stored of them */
static GPtrArray *
take_group (LanyardHubServer *server, GPtrArray *uploads)
{
  GPtrArray *group = g_ptr_array_new ();
  guint n_records = 0;

  while (server->uploads->len > group->len && n_records < MAX_GROUP_RECORDS)
    {
      LanyardHubExchange *exchange = g_ptr_array_index (server->uploads, group->len);

      g_ptr_array_add (group, exchange);
      if (!settle (exchange))
        continue;
      n_records += lanyard_hub_upload_get_n_records (exchange->upload);
      g_ptr_array_add (uploads, exchange->upload);
    }
  if (group->len > 0)
    g_ptr_array_remove_range (server->uploads, 0, group->len);
  return group;
}

/* Those that come next are checked while these are stored. */
static void
check_next (LanyardHubServer *server)
{
  for (guint i = 0; i < server->uploads->len; i++)
    {
      LanyardHubExchange *exchange = g_ptr_array_index (server->uploads, i);

      if (!lanyard_hub_upload_go_ahead (server->hub, exchange->upload))
        return;
    }
}

void
_lanyard_hub_run_uploads (LanyardHubServer *server)
{
  while (server->uploads->len > 0)
    {
      g_autoptr (GPtrArray) uploads = g_ptr_array_new ();
      g_autoptr (GPtrArray) group = take_group (server, uploads);

      check_next (server);
      lanyard_hub_ingest_uploads (server->hub, uploads);
      for (guint i = 0; i < group->len; i++)
        resume (g_ptr_array_index (group, i));
    }
  lanyard_hub_server_wake (server);
}

static gboolean
on_uploads (gpointer user_data)
{
  LanyardHubServer *server = user_data;

  g_clear_pointer (&server->uploads_source, g_source_unref);
  _lanyard_hub_run_uploads (server);
  /* Without threads of its own the daemon does not notice that it may go on. */
  MHD_run (server->daemon);
  return G_SOURCE_REMOVE;
}

static enum MHD_Result
wait_for_others (LanyardHubExchange *exchange)
{
  LanyardHubServer *server = exchange->server;

  exchange->suspended = TRUE;
  g_ptr_array_add (server->uploads, exchange);
  MHD_suspend_connection (exchange->connection);
  if (server->uploads_source == NULL)
    {
      server->uploads_source = g_idle_source_new ();
      /* As the daemon's own: under a flood both have their turn. */
      g_source_set_priority (server->uploads_source, G_PRIORITY_DEFAULT);
      g_source_set_callback (server->uploads_source, on_uploads, server, NULL);
      g_source_attach (server->uploads_source, g_main_context_get_thread_default ());
    }
  return MHD_YES;
}

static enum MHD_Result
answer_upload (LanyardHubExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = NULL;
  LanyardReceiptStatus status;

  receipt = lanyard_hub_upload_finish (exchange->upload, &status, &error);
  if (receipt == NULL)
    return _lanyard_hub_answer_error (exchange, error);
  return _lanyard_hub_answer (exchange,
                              status == LANYARD_RECEIPT_ACCEPTED ? MHD_HTTP_OK : MHD_HTTP_CONFLICT,
                              "application/cose", receipt);
}

enum MHD_Result
_lanyard_hub_on_upload (LanyardHubExchange *exchange)
{
  if (exchange->upload != NULL) /* back from waiting */
    return answer_upload (exchange);
  if (!_lanyard_hub_parse_place (exchange->rest, &exchange->place))
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_BAD_REQUEST,
                                     "The request's path is not of this protocol.");
  exchange->upload = lanyard_hub_upload_begin (exchange->server->hub, &exchange->place,
                                               exchange->body->data, exchange->body->len);
  return wait_for_others (exchange);
}
