/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include <string.h>

#include "lanyard-announcement.h"
#include "lanyard-sync-engine-private.h"

/*
 * Which hub is asked: the first of the list that does what it should. One that failed gives way to
 * the next; from time to time the first has its turn again. The word "dns-sd:" in the list is the
 * place of the relays that are found in the network of the venue.
 *
 * Anybody in that network can announce a relay. Whoever does it to do harm gets no more than a line
 * that is dead:
 *
 * 1. What counts is signed, as from any relay. What is not signed (a refusal, a wait, "too large",
 *    a fork) counts for nothing when it comes from a relay that was found: the next one is asked.
 * 2. However well it answers, the hub itself has its turn every few minutes.
 * 3. One that failed rests, and of several only one has its turn before the list goes on.
 * 4. That it says it goes is not believed while it answers: anybody can say that of it.
 */

#define FOUND_HERE LANYARD_SYNC_FOUND_HERE
#define MAX_FOUND 8
#define REST_US (60 * G_USEC_PER_SEC)
#define PREFER_US (5 * 60 * G_USEC_PER_SEC)
#define MAX_SENTENCE_BYTES 200

struct _LanyardSyncFound
{
  char *url;         /* owned */
  gint64 rests_till; /* monotonic; 0: it does not */
  gboolean gone;     /* it is not announced any more, but in use */
};

static void
found_free (gpointer data)
{
  LanyardSyncFound *found = data;

  g_free (found->url);
  g_free (found);
}

static gboolean
is_place (LanyardSyncEngine *self, guint index)
{
  return self->hub_urls[index] != NULL && g_str_equal (self->hub_urls[index], FOUND_HERE);
}

gboolean
_lanyard_sync_asks_found (LanyardSyncEngine *self)
{
  return self->using != NULL && is_place (self, self->url_index);
}

/* Hubs and relays that are written down. */
static guint
count_named (LanyardSyncEngine *self)
{
  guint n = 0;

  for (guint i = 0; self->hub_urls[i] != NULL; i++)
    n += !is_place (self, i);
  return n;
}

/* The next one that does not rest. Without anybody else to ask nobody rests, and one that is not
 * announced any more is better than none. */
static LanyardSyncFound *
pick (LanyardSyncEngine *self)
{
  gint64 now_us = _lanyard_sync_monotonic_us (self);
  gboolean alone = count_named (self) == 0;

  for (guint i = 0; i < self->found->len; i++)
    {
      guint at = (self->found_next + i) % self->found->len;
      LanyardSyncFound *found = g_ptr_array_index (self->found, at);

      if (alone || (!found->gone && found->rests_till <= now_us))
        {
          self->found_next = at;
          return found;
        }
    }
  return NULL;
}

static void
leave_found (LanyardSyncEngine *self)
{
  LanyardSyncFound *before = g_steal_pointer (&self->using);

  if (before != NULL && before->gone && count_named (self) > 0)
    g_ptr_array_remove (self->found, before);
}

/* From @index on, the first that can be asked. */
static void
go_to (LanyardSyncEngine *self, guint index)
{
  guint n_hubs = g_strv_length (self->hub_urls);

  leave_found (self);
  for (guint i = 0; i < n_hubs; i++)
    {
      self->url_index = (index + i) % n_hubs;
      if (!is_place (self, self->url_index))
        return;
      self->using = pick (self);
      if (self->using != NULL)
        return;
    }
}

static LanyardSyncFound *
find (LanyardSyncEngine *self, const char *url)
{
  for (guint i = 0; i < self->found->len; i++)
    {
      LanyardSyncFound *found = g_ptr_array_index (self->found, i);

      if (g_str_equal (found->url, url))
        return found;
    }
  return NULL;
}

/* Those that only stayed because there was nobody else. */
static void
make_room (LanyardSyncEngine *self)
{
  for (guint i = self->found->len; i > 0; i--)
    {
      LanyardSyncFound *found = g_ptr_array_index (self->found, i - 1);

      if (found->gone && found != self->using)
        g_ptr_array_remove_index (self->found, i - 1);
    }
}

static void
come (LanyardSyncEngine *self, const char *url)
{
  LanyardSyncFound *found;
  gboolean could = _lanyard_sync_get_hub (self) != NULL;

  if (self->found->len >= MAX_FOUND)
    make_room (self);
  found = find (self, url);
  if (found == NULL && self->found->len < MAX_FOUND
      && !g_strv_contains ((const char *const *)self->hub_urls, url))
    {
      found = g_new0 (LanyardSyncFound, 1);
      found->url = g_strdup (url);
      g_ptr_array_add (self->found, found);
    }
  else if (found != NULL)
    found->gone = FALSE;
  if (could)
    return; /* whoever is being asked stays the same one */
  go_to (self, 0);
  if (self->started && _lanyard_sync_get_hub (self) != NULL)
    lanyard_link_start (LANYARD_LINK (self));
}

static void
go (LanyardSyncEngine *self, const char *url)
{
  LanyardSyncFound *found = find (self, url);

  if (found == NULL)
    return;
  found->gone = TRUE;
  if (found != self->using && count_named (self) > 0)
    g_ptr_array_remove (self->found, found);
}

void
_lanyard_sync_take_found (LanyardSyncEngine *self, const char *url, gboolean here)
{
  if (here)
    come (self, url);
  else
    go (self, url);
}

static void
on_found (const char *url, gboolean here, gpointer user_data)
{
  _lanyard_sync_take_found (user_data, url, here);
}

void
_lanyard_sync_look_for_relays (LanyardSyncEngine *self)
{
  g_autofree char *event = NULL;

  if (self->venue == NULL || *self->venue == '\0' || self->discovery != NULL
      || self->own_world == NULL
      || !g_strv_contains ((const char *const *)self->hub_urls, FOUND_HERE))
    return;
  event = lanyard_announcement_name_event (&self->root);
  self->discovery = lanyard_discovery_new (event, self->venue, on_found, self);
}

const char *
_lanyard_sync_get_hub (LanyardSyncEngine *self)
{
  if (is_place (self, self->url_index))
    return self->using != NULL ? self->using->url : NULL;
  return self->hub_urls[self->url_index];
}

void
_lanyard_sync_init_hubs (LanyardSyncEngine *self, const char *const *urls)
{
  self->hub_urls = g_strdupv ((char **)urls);
  self->found = g_ptr_array_new_with_free_func (found_free);
  go_to (self, 0);
}

void
_lanyard_sync_clear_hubs (LanyardSyncEngine *self)
{
  g_clear_pointer (&self->discovery, lanyard_discovery_free);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->hub_urls, g_strfreev);
  g_clear_pointer (&self->venue, g_free);
}

void
_lanyard_sync_prefer_first_hub (LanyardSyncEngine *self)
{
  gint64 now_us = _lanyard_sync_monotonic_us (self);
  gboolean was_found = _lanyard_sync_asks_found (self);

  if (!was_found)
    {
      go_to (self, 0);
      self->preferred_us = now_us;
      return;
    }
  if (self->preferred_us != 0 && now_us - self->preferred_us < PREFER_US)
    return;
  self->preferred_us = now_us;
  for (guint i = 0; self->hub_urls[i] != NULL; i++)
    if (!is_place (self, i))
      {
        go_to (self, i);
        return;
      }
}

void
_lanyard_sync_turn_to_next_hub (LanyardSyncEngine *self)
{
  if (_lanyard_sync_asks_found (self))
    {
      self->using->rests_till = _lanyard_sync_monotonic_us (self) + REST_US;
      self->found_next++;
    }
  go_to (self, self->url_index + 1);
}

/* Refusals and waits are signed by nobody: from a relay that anybody may have announced they are no
 * more than no answer. That there is none of something leads to what is signed, or to the next. */
gboolean
_lanyard_sync_pass_over (LanyardSyncEngine *self, const LanyardHubReply *reply)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_FAILED };

  if (!_lanyard_sync_asks_found (self) || reply->status < 400 || reply->status == 404
      || reply->status == 409 || reply->status == 410)
    return FALSE;
  g_free (self->trouble);
  self->trouble = g_strdup_printf ("A relay that was found in this network gives no answer that "
                                   "counts (%u); the hub itself is asked.",
                                   reply->status);
  _lanyard_sync_turn_to_next_hub (self);
  _lanyard_sync_feed (self, &input);
  return TRUE;
}

void
lanyard_sync_engine_set_tls (LanyardSyncEngine *self, LanyardLineTls *tls)
{
  g_return_if_fail (self->own_world != NULL && !self->started);

  lanyard_sync_world_set_tls (self->own_world, tls);
}

void
lanyard_sync_engine_set_venue (LanyardSyncEngine *self, const char *venue)
{
  g_return_if_fail (LANYARD_IS_SYNC_ENGINE (self) && !self->started);

  g_free (self->venue);
  self->venue = g_strdup (venue);
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
