/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>
#include <sys/statvfs.h>

#include "lanyard-error.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-hub-private.h"
#include "lanyard-hub-server-private.h"

/* What programs that watch over the hub ask: whether it works, and how much of what. */

#define MIN_FREE_BYTES (G_GUINT64_CONSTANT (64) * 1024 * 1024)
#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

static gboolean
has_room (LanyardHub *hub, GError **error)
{
  struct statvfs info;

  if (statvfs (hub->directory, &info) != 0
      || (guint64)info.f_bavail * info.f_frsize >= MIN_FREE_BYTES)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_FULL,
                       "Less than 64 MiB are free where the hub lives; make room.");
  return FALSE;
}

/* Signs as an answer to a desk is signed, and checks it as a desk does. */
static gboolean
has_key (LanyardHub *hub, GError **error)
{
  LanyardKid kid;

  lanyard_public_key_get_kid (lanyard_key_get_public (hub->key), &kid);
  if (lanyard_trust_list_find (hub->trust, &kid, LANYARD_SCOPE_RECEIPT, _lanyard_hub_now_s (hub),
                               error)
      != NULL)
    return TRUE;
  g_prefix_error (error, "Desks do not trust the hub's key: ");
  return FALSE;
}

static gboolean
is_well (LanyardHub *hub, GError **error)
{
  guint64 gseq;

  return hub->store->ops->get_gseq (hub->store, &gseq, error) && has_room (hub, error)
         && has_key (hub, error);
}

enum MHD_Result
_lanyard_hub_on_health (LanyardHubExchange *exchange)
{
  g_autoptr (GError) error = NULL;

  if (is_well (exchange->server->hub, &error))
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_OK, "ok");
  _lanyard_hub_log_error (exchange, error);
  return _lanyard_hub_answer_text (exchange, MHD_HTTP_SERVICE_UNAVAILABLE,
                                   g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FULL)
                                       ? "disk"
                                   : g_str_has_prefix (error->message, "Desks do not") ? "key"
                                                                                       : "store");
}

static void
write_gauge (GString *text, const char *name, const char *help, guint64 value)
{
  g_string_append_printf (text,
                          "# HELP lanyard_hub_%s %s\n# TYPE lanyard_hub_%s gauge\n"
                          "lanyard_hub_%s %" G_GUINT64_FORMAT "\n",
                          name, help, name, name, value);
}

static void
write_counts (GString *text, const LanyardHubCounts *counts)
{
  write_gauge (text, "records", "Records stored.", counts->records);
  write_gauge (text, "questions", "Badges left in the printer of a lost desk.", counts->questions);
  write_gauge (text, "quarantine", "Records that a person should look at.", counts->quarantined);
  write_gauge (text, "alarms", "What must never happen and did: forks.", counts->alarms);
  write_gauge (text, "accreditations", "Entries of the directory.", counts->entries);
  write_gauge (text, "feed_head", "Head of the change feed.", counts->gseq);
  write_gauge (text, "open_badges", "Badges that are out.", counts->open_badges);
  write_gauge (text, "conflicts", "Accreditations with more than one badge out.", counts->disputed);
}

static void
write_desks (GString *text, const LanyardHubFleet *fleet)
{
  guint n[LANYARD_HUB_DESK_N_STATES] = { 0 };
  guint64 backlog = 0;
  gint64 oldest_us = fleet->now_us;

  for (guint i = 0; i < fleet->desks->len; i++)
    {
      const LanyardHubFleetDesk *desk = g_ptr_array_index (fleet->desks, i);

      n[desk->state]++;
      if (desk->state == LANYARD_HUB_DESK_REVOKED)
        continue;
      backlog += desk->told.backlog;
      if (desk->told.backlog > 0 && desk->told.oldest_us > 0)
        oldest_us = MIN (oldest_us, desk->told.oldest_us);
    }
  g_string_append (text, "# HELP lanyard_hub_desks Desks by state.\n"
                         "# TYPE lanyard_hub_desks gauge\n");
  for (guint i = 0; i < LANYARD_HUB_DESK_N_STATES; i++)
    g_string_append_printf (text, "lanyard_hub_desks{state=\"%s\"} %u\n",
                            lanyard_hub_desk_state_to_string (i), n[i]);
  write_gauge (text, "backlog_records", "Records that desks told of and the hub does not have.",
               backlog);
  write_gauge (text, "backlog_age_seconds", "Age of the oldest of them.",
               (guint64)((fleet->now_us - oldest_us) / G_USEC_PER_SEC));
}

enum MHD_Result
_lanyard_hub_on_metrics (LanyardHubExchange *exchange)
{
  LanyardHubServer *server = exchange->server;
  LanyardHubStore *store = lanyard_hub_get_store (server->hub);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (LanyardHubFleet) fleet = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  LanyardHubCounts counts = { 0 };
  enum MHD_Result result;

  if (!_lanyard_hub_may_look (exchange, &result))
    return result;
  fleet = lanyard_hub_fleet_read (server->hub, 0, &error);
  if (fleet == NULL || !store->ops->count (store, &counts, &error))
    return _lanyard_hub_answer_error (exchange, error);
  write_counts (text, &counts);
  write_desks (text, fleet);
  write_gauge (text, "waiting", "Long polls that wait for news.",
               g_hash_table_size (server->waiting));
  write_gauge (text, "requests_open", "Requests under way.", server->n_open);
  _lanyard_hub_metrics_write (&server->metrics, text);
  body = g_bytes_new (text->str, text->len);
  return _lanyard_hub_answer (exchange, MHD_HTTP_OK, METRICS_TYPE, body);
}

static gint64
get_number (LanyardHubExchange *exchange, const char *name)
{
  const char *text
      = MHD_lookup_connection_value (exchange->connection, MHD_GET_ARGUMENT_KIND, name);
  guint64 number;

  if (text == NULL
      || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64 / G_USEC_PER_SEC, &number, NULL))
    return 0;
  return (gint64)number;
}

/* @word: space for it. Empty when it is not of its form */
static const char *
get_word (LanyardHubExchange *exchange, const char *name)
{
  const char *text
      = MHD_lookup_connection_value (exchange->connection, MHD_GET_ARGUMENT_KIND, name);

  if (text == NULL || strlen (text) > LANYARD_HUB_TOLD_MAX_WORD)
    return "";
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr (".-_~", *c) == NULL)
      return "";
  return text;
}

void
_lanyard_hub_take_status (LanyardHubExchange *exchange)
{
  LanyardHub *hub = exchange->server->hub;
  LanyardHubTold told = { .gseq = exchange->point.after };
  guint64 head;

  if (MHD_lookup_connection_value (exchange->connection, MHD_GET_ARGUMENT_KIND, "b") == NULL)
    return;
  told.backlog = (guint64)get_number (exchange, "b");
  told.oldest_s = get_number (exchange, "o");
  told.negative_s = get_number (exchange, "n");
  told.software = get_word (exchange, "s");
  told.pack = get_word (exchange, "p");
  told.whole = hub->store->ops->get_gseq (hub->store, &head, NULL) && head == told.gseq;
  lanyard_hub_note_told (hub, exchange->device, exchange->epoch, &told);
}
