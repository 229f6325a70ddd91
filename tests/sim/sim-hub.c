/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include <stdio.h>
#include <string.h>

#include "crash-vfs.h"
#include "lanyard-error.h"
#include "lanyard-hub-server-private.h"
#include "lanyard-id.h"

/* The hub: its disk, its power, and its functions behind the paths of the protocol. */

#define LONGEST_PAUSE (10 * SIM_MINUTE)
#define POISONED_THOUSANDTHS 30

static gint64
get_now (gpointer data)
{
  Sim *sim = data;

  return SIM_START_S * G_USEC_PER_SEC + sim->now_us + sim->hub_skew_us;
}

static void
import (Sim *sim)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  LanyardHubImported imported = { 0 };

  for (guint i = 0; i < sim->plan.n_people; i++)
    {
      LanyardEntry *entry = lanyard_entry_new ();
      g_autofree char *body = g_strdup_printf ("31%07u", i);

      entry->number = g_strdup_printf ("%s%c", body, lanyard_check_character (body));
      entry->holder_id = g_strdup_printf ("P%07u", i);
      entry->print_name = g_strdup_printf ("Test Person %u", i);
      entry->category = g_strdup ("A");
      entry->valid_from_s = SIM_START_S;
      entry->valid_until_s = SIM_START_S + SIM_YEAR / SIM_SECOND;
      g_ptr_array_add (sim->numbers, g_strdup (entry->number));
      g_ptr_array_add (entries, entry);
    }
  lanyard_hub_import (sim->hub, entries, photos, &imported, &error);
  g_assert_no_error (error);
}

void
sim_hub_open_fleet (Sim *sim)
{
  sim->hub_clock = (LanyardClock){ get_now, get_now, sim };
  sim->hub_folder = g_build_filename (sim_root_folder, "hub", NULL);
  sim->backup_folder = g_build_filename (sim_root_folder, "backup", NULL);
  sim_hub_start (sim);
  import (sim);
}

static void
on_power_back (Sim *sim, gpointer data)
{
  sim_hub_start (sim);
}

void
sim_hub_die (Sim *sim)
{
  sim_trace (sim, "hub: power fails");
  crash_vfs_cut_after (0);
  crash_vfs_sync_folder (); /* the operation that meets the cut; all after it fail */
  g_clear_pointer (&sim->hub, lanyard_hub_close);
  sim_power_lost (sim, sim->hub_folder, SIM_POWER_CUT_OF_HUB);
  sim_at (sim, sim_range (sim, SIM_SECOND, sim->quiet_phase ? SIM_SECOND : LONGEST_PAUSE),
          on_power_back, NULL);
}

gboolean
sim_hub_start (Sim *sim)
{
  g_autoptr (GError) error = NULL;
  gboolean cut;

  if (sim->hub != NULL || sim->over)
    return TRUE;
  sim_power_begin (sim);
  sim->hub = lanyard_hub_open (sim->hub_folder, &sim->hub_clock, &error);
  cut = sim_power_end (sim);
  if (cut)
    sim_hub_die (sim);
  else if (sim->hub == NULL)
    sim_fail (sim, "the hub does not start: %s", error->message);
  else
    sim_trace (sim, "hub: started");
  for (guint i = 0; sim->hub != NULL && i < sim->streams->len; i++)
    sim_check_hub_has (sim, sim->streams->pdata[i]);
  return sim->hub != NULL;
}

void
sim_hub_back_up (Sim *sim)
{
  if (sim->hub == NULL)
    return;
  crash_vfs_copy_folder (sim->hub_folder, sim->backup_folder);
  sim->backups++;
  sim_trace (sim, "hub: backed up");
}

void
sim_hub_restore (Sim *sim)
{
  sim_trace (sim, "hub: set back to its last backup");
  sim->n_of[SIM_RESTORE]++;
  g_clear_pointer (&sim->hub, lanyard_hub_close);
  crash_vfs_copy_folder (sim->backup_folder, sim->hub_folder);
  sim->restored = TRUE;
  sim_hub_start (sim);
}

/* A row of the roster that is no entry at all, as a faulty import or a later version would leave
 * it. */
void
sim_hub_poison (Sim *sim)
{
  LanyardHubStore *store;
  g_autofree char *number = g_strdup_printf ("POISON%u", g_hash_table_size (sim->poisoned));
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("\xa1\x61\x78\x18", 4);
  guint64 gseq;

  if (sim->hub == NULL)
    return;
  store = lanyard_hub_get_store (sim->hub);
  if (!store->ops->begin (store, NULL))
    return;
  if (store->ops->put_entry (store, number, nonsense, &gseq, NULL)
      && store->ops->commit (store, NULL))
    {
      g_hash_table_add (sim->poisoned, g_steal_pointer (&number));
      sim->n_of[SIM_POISONED_ROW]++;
    }
  else
    store->ops->rollback (store);
}

static LanyardHubReply *
make_reply (guint status, GBytes *body)
{
  LanyardHubReply *reply = g_new0 (LanyardHubReply, 1);

  reply->status = status;
  reply->from_hub = TRUE;
  reply->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("no\n", 3);
  return reply;
}

/* @page: (transfer full) (nullable) @error: (transfer full) (nullable) */
static LanyardHubReply *
answer_page (GBytes *page, GError *error)
{
  LanyardHubReply *reply;

  reply = make_reply (page != NULL ? 200 : _lanyard_hub_status_of (error), page);
  if (reply->status == 503)
    reply->retry_after_s = 5;
  g_clear_pointer (&page, g_bytes_unref);
  g_clear_error (&error);
  return reply;
}

static LanyardHubReply *
answer_cached (const LanyardHubRequest *request, GBytes *page, GError *error)
{
  LanyardHubReply *reply = answer_page (page, error);
  LanyardHash hash;

  if (reply->status != 200)
    return reply;
  lanyard_hash_compute (&hash, "lanyard/etag/1", g_bytes_get_data (reply->body, NULL),
                        g_bytes_get_size (reply->body), NULL, 0);
  reply->etag = lanyard_hex_encode (hash.bytes, 16);
  if (g_strcmp0 (reply->etag, request->etag) == 0)
    reply->status = 304;
  return reply;
}

static LanyardHubReply *
answer_upload (Sim *sim, const LanyardHubRequest *request)
{
  LanyardHubPlace place;
  LanyardReceiptStatus status = 0;
  GError *error = NULL;
  GBytes *receipt;
  LanyardHubReply *reply;

  if (sscanf (request->path, "/v1/d/%u/%u/rec/%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT,
              &place.device, &place.epoch, &place.first, &place.last)
      != 4)
    return make_reply (400, NULL);
  receipt = lanyard_hub_ingest (sim->hub, &place, g_bytes_get_data (request->body, NULL),
                                g_bytes_get_size (request->body), &status, &error);
  if (error != NULL)
    sim_trace (sim, "hub: %s", error->message);
  reply = answer_page (receipt, error);
  if (reply->status == 200 && status != LANYARD_RECEIPT_ACCEPTED)
    reply->status = 409;
  return reply;
}

LanyardHubReply *
sim_hub_answer_tail (Sim *sim, guint32 device, const LanyardHubPoint *point)
{
  GError *error = NULL;
  GBytes *page = lanyard_hub_get_tail (sim->hub, device, point, &error);

  return answer_page (page, error);
}

static guint64
get_number (const char *path, const char *name)
{
  const char *at = strstr (path, name);

  return at == NULL ? 0 : g_ascii_strtoull (at + strlen (name), NULL, 10);
}

static LanyardHubReply *
answer_list (Sim *sim, const LanyardHubRequest *request, const char *name)
{
  GError *error = NULL;
  GBytes *list = lanyard_hub_get_list (sim->hub, name, &error);

  return answer_cached (request, list, error);
}

static LanyardHubReply *
answer_desk (Sim *sim, const LanyardHubRequest *request, const LanyardToken *token)
{
  const char *path = request->path;
  GError *error = NULL;
  GBytes *page;

  if (g_str_has_prefix (path, "/v1/alerts"))
    {
      page = lanyard_hub_get_alerts (sim->hub, token->device, get_number (path, "after="), &error);
      return answer_page (page, error);
    }
  if (g_str_has_prefix (path, "/v1/changes/"))
    {
      page = lanyard_hub_get_segment (sim->hub, get_number (path, "/v1/changes/"),
                                      get_number (path, "era="), &error);
      return answer_cached (request, page, error);
    }
  if (g_str_equal (path, "/v1/lists/negative"))
    return answer_list (sim, request, "negative");
  return make_reply (404, NULL);
}

LanyardHubReply *
sim_hub_answer (Sim *sim,
                const LanyardHubRequest *request,
                gint64 *wait_s,
                guint32 *device,
                LanyardHubPoint *point,
                guint64 *after_alert)
{
  g_autoptr (LanyardToken) token = NULL;
  GError *error = NULL;

  if (request->body != NULL)
    return answer_upload (sim, request);
  if (g_str_equal (request->path, "/v1/lists/trust-root"))
    return answer_list (sim, request, "trust-root");
  if (g_str_equal (request->path, "/v1/lists/trust"))
    return answer_list (sim, request, "trust");
  token = lanyard_hub_authenticate (sim->hub, request->authorization, request->method,
                                    request->path, &error);
  if (token == NULL)
    return answer_page (NULL, error);
  if (!g_str_has_prefix (request->path, "/v1/changes/tail"))
    return answer_desk (sim, request, token);
  *device = token->device;
  point->after = get_number (request->path, "after=");
  point->era = get_number (request->path, "era=");
  point->version = (guint)MAX (1, get_number (request->path, "v="));
  if (sim->plan.older && point->version > 1 && token->device % 2 == 0)
    {
      point->version = 1;
      sim->n_of[SIM_OLDER_ANSWER]++;
    }
  *after_alert = get_number (request->path, "alert=");
  *wait_s = (gint64)get_number (request->path, "wait=");
  if (*wait_s > 0 && !lanyard_hub_has_news (sim->hub, token->device, point, *after_alert))
    return NULL;
  *wait_s = 0;
  return sim_hub_answer_tail (sim, token->device, point);
}
