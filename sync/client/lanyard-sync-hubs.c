/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include <string.h>

#include "lanyard-sync-engine-private.h"

/*
 * Which hub is asked: the first of the list that does what it should. One that failed gives way to
 * the next; from time to time the first has its turn again. The word "dns-sd:" in the list stands
 * for the relays that are found in the network of the venue.
 */

#define FOUND_HERE "dns-sd:"
#define MAX_HUBS 16
#define MAX_SENTENCE_BYTES 200

static void
insert_hub (LanyardSyncEngine *self, guint place, const char *url)
{
  guint n_hubs = g_strv_length (self->hub_urls);

  self->hub_urls = g_renew (char *, self->hub_urls, n_hubs + 2);
  memmove (&self->hub_urls[place + 1], &self->hub_urls[place],
           (n_hubs - place + 1) * sizeof (char *));
  self->hub_urls[place] = g_strdup (url);
}

static void
on_found (const char *url, gpointer user_data)
{
  LanyardSyncEngine *self = user_data;
  gboolean was_alone = self->hub_urls[0] == NULL;

  if (g_strv_contains ((const char *const *)self->hub_urls, url)
      || g_strv_length (self->hub_urls) >= MAX_HUBS)
    return;
  insert_hub (self, self->found_place, url);
  /* Whoever is being asked stays the same one. */
  if (!was_alone && self->url_index >= self->found_place)
    self->url_index++;
  self->found_place++;
  if (was_alone && self->started)
    lanyard_link_start (LANYARD_LINK (self));
}

void
_lanyard_sync_look_for_hubs (LanyardSyncEngine *self)
{
  for (guint i = 0; self->hub_urls[i] != NULL; i++)
    {
      guint n_hubs = g_strv_length (self->hub_urls);

      if (!g_str_equal (self->hub_urls[i], FOUND_HERE))
        continue;
      g_free (self->hub_urls[i]);
      memmove (&self->hub_urls[i], &self->hub_urls[i + 1], (n_hubs - i) * sizeof (char *));
      self->found_place = i;
      if (self->own_world != NULL && self->discovery == NULL)
        self->discovery = lanyard_discovery_new (on_found, self);
      return;
    }
}

void
_lanyard_sync_prefer_first_hub (LanyardSyncEngine *self)
{
  self->url_index = 0;
}

void
_lanyard_sync_turn_to_next_hub (LanyardSyncEngine *self)
{
  self->url_index = (self->url_index + 1) % MAX (1, g_strv_length (self->hub_urls));
}

void
lanyard_sync_engine_set_tls (LanyardSyncEngine *self, LanyardLineTls *tls)
{
  g_return_if_fail (self->own_world != NULL && !self->started);

  lanyard_sync_world_set_tls (self->own_world, tls);
}

char *
_lanyard_sync_describe_refusal (const LanyardHubReply *reply)
{
  g_autofree char *sentence = g_strndup (g_bytes_get_data (reply->body, NULL),
                                         MIN (g_bytes_get_size (reply->body), MAX_SENTENCE_BYTES));

  g_strstrip (sentence);
  for (const char *c = sentence; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return g_strdup_printf ("The hub refuses this desk (%u); nothing is lost, call support.",
                              reply->status);
  return g_strdup_printf ("The hub refuses this desk: %s", sentence);
}
