/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-sync-engine.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-sync-engine-private.h"
#include "lanyard-token.h"

/*
 * Runs the sync machine: its actions become requests, their outcomes become its inputs. Everything
 * happens in the one GMainContext of the databases' thread.
 */

#define LISTS_PERIOD_US (5 * 60 * G_USEC_PER_SEC)

static void lanyard_sync_engine_link_init (LanyardLinkInterface *iface);

G_DEFINE_TYPE_WITH_CODE (LanyardSyncEngine,
                         lanyard_sync_engine,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (LANYARD_TYPE_LINK, lanyard_sync_engine_link_init))

gint64
_lanyard_sync_now_s (LanyardSyncEngine *self)
{
  return lanyard_clock_wall_us (self->world->clock) / G_USEC_PER_SEC;
}

gint64
_lanyard_sync_monotonic_us (LanyardSyncEngine *self)
{
  return lanyard_clock_monotonic_us (self->world->clock);
}

static gboolean
is_enrolled (LanyardSyncEngine *self)
{
  return self->key != NULL && self->identity.device != 0;
}

static gboolean
has_pending (LanyardSyncEngine *self)
{
  guint64 sent = _lanyard_sync_get_sent (self);

  return sent < lanyard_journal_get_head_seq (self->journal)
         || (self->probe && !self->cut && sent > 0);
}

static LanyardLinkWait
get_wait (LanyardSyncEngine *self, guint64 pending)
{
  if (pending == 0)
    return LANYARD_LINK_WAIT_NONE;
  if (!is_enrolled (self))
    return LANYARD_LINK_WAIT_ENROLMENT;
  switch (self->machine.state)
    {
    case LANYARD_SYNC_STOPPED:
      return LANYARD_LINK_WAIT_STOPPED;
    case LANYARD_SYNC_PAUSED:
      return self->machine.stuck ? LANYARD_LINK_WAIT_FORK : LANYARD_LINK_WAIT_REFUSED;
    case LANYARD_SYNC_BACKING_OFF:
      return self->machine.online ? LANYARD_LINK_WAIT_HUB : LANYARD_LINK_WAIT_LINE;
    default:
      return LANYARD_LINK_WAIT_TURN;
    }
}

static const char cut_off[] = "The line of this venue to the hub is cut. Its desks still hear of "
                              "each other; records stay here and at the venue until it is back.";

static void
get_status (LanyardLink *link, LanyardLinkStatus *status)
{
  LanyardSyncEngine *self = LANYARD_SYNC_ENGINE (link);
  LanyardOutbox outbox;

  lanyard_journal_get_outbox (self->journal, &outbox);
  *status = (LanyardLinkStatus){
    .enrolled = is_enrolled (self),
    .online = self->machine.online && !self->cut,
    .pending = outbox.pending,
    .oldest_pending_us = outbox.oldest_pending_us,
    .last_success_us = self->last_success_us,
    .directory_version = lanyard_directory_get_cursor (self->directory),
    .negative_list_issued_s
    = self->negative == NULL ? 0 : lanyard_negative_list_get_issued_s (self->negative),
    .open_alerts = g_hash_table_size (self->disputed),
    .wait = get_wait (self, outbox.pending),
    .next_try_us = self->timer != NULL ? self->next_try_us : 0,
    .set_aside = lanyard_directory_get_set_aside (self->directory),
    .problem = g_strdup (self->alarm != NULL ? self->alarm
                         : self->cut         ? cut_off
                         : self->trouble     ? self->trouble
                                             : self->pack_problem),
    .pack_waiting = _lanyard_sync_get_waiting_pack (self),
  };
}

/* Emits "changed" when somebody could see a difference. */
static void
tell_changed (LanyardSyncEngine *self)
{
  g_auto (LanyardLinkStatus) status = { 0 };
  LanyardLinkStatus *told = &self->told;

  get_status (LANYARD_LINK (self), &status);
  if (status.enrolled == told->enrolled && status.online == told->online
      && status.pending == told->pending && status.directory_version == told->directory_version
      && status.negative_list_issued_s == told->negative_list_issued_s
      && status.open_alerts == told->open_alerts && status.wait == told->wait
      && status.next_try_us == told->next_try_us && status.set_aside == told->set_aside
      && status.pack_waiting == told->pack_waiting
      && g_strcmp0 (status.problem, told->problem) == 0)
    return;
  lanyard_link_status_clear (told);
  lanyard_link_status_copy_into (told, &status);
  g_signal_emit_by_name (self, "changed");
}

static void
cancel_request (LanyardSyncEngine *self)
{
  gpointer sending = g_steal_pointer (&self->sending);

  if (sending != NULL)
    self->world->ops->cancel (self->world, sending);
  _lanyard_sync_stop_pieces (self);
}

static void
disarm (LanyardSyncEngine *self)
{
  gpointer timer = g_steal_pointer (&self->timer);

  if (timer != NULL)
    self->world->ops->disarm (self->world, timer);
}

static void
on_timer (gpointer user_data)
{
  LanyardSyncEngine *self = user_data;
  LanyardSyncInput input = { .event = LANYARD_SYNC_TIMER };

  self->timer = NULL;
  _lanyard_sync_feed (self, &input);
}

static void
arm (LanyardSyncEngine *self)
{
  disarm (self);
  self->next_try_us
      = lanyard_clock_wall_us (self->world->clock) + (gint64)self->machine.delay_ms * 1000;
  self->timer = self->world->ops->arm (self->world, self->machine.delay_ms, on_timer, self);
}

static void
end_once (LanyardSyncEngine *self, GError *error)
{
  g_autoptr (GTask) once = g_steal_pointer (&self->once);
  LanyardSyncInput input = { .event = LANYARD_SYNC_STOP };

  if (once == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (!self->started)
    _lanyard_sync_feed (self, &input);
  if (error != NULL)
    g_task_return_error (once, error);
  else
    g_task_return_boolean (once, TRUE);
}

static void
act (LanyardSyncEngine *self, guint actions)
{
  if ((actions & LANYARD_SYNC_CANCEL) != 0)
    {
      cancel_request (self);
      disarm (self);
    }
  if ((actions & LANYARD_SYNC_ROUND_DONE) != 0 && self->once != NULL)
    {
      gboolean go_on = self->started;

      end_once (self, NULL);
      if (!go_on)
        return;
    }
  if ((actions & LANYARD_SYNC_ARM_TIMER) != 0 && !lanyard_fault ("sync-gives-up"))
    arm (self);
  if ((actions & LANYARD_SYNC_SEND_BATCH) != 0)
    _lanyard_sync_push (self);
  else if ((actions & LANYARD_SYNC_GET_ALERTS) != 0)
    _lanyard_sync_get_alerts (self);
  else if ((actions & LANYARD_SYNC_GET_CHANGES) != 0)
    _lanyard_sync_get_changes (self);
  else if ((actions & LANYARD_SYNC_GET_LISTS) != 0)
    _lanyard_sync_get_lists (self);
  else if ((actions & LANYARD_SYNC_GET_PHOTOS) != 0)
    _lanyard_sync_get_photos (self);
  else if ((actions & LANYARD_SYNC_POLL) != 0)
    _lanyard_sync_poll (self);
}

static GError *
describe_failure (LanyardSyncEngine *self, LanyardSyncEvent event)
{
  const char *problem = self->alarm != NULL ? self->alarm : self->trouble;

  return g_error_new_literal (
      LANYARD_ERROR,
      event == LANYARD_SYNC_REFUSED || event == LANYARD_SYNC_STUCK ? LANYARD_ERROR_REFUSED
                                                                   : LANYARD_ERROR_NETWORK,
      problem != NULL ? problem : "The hub cannot be reached; records stay here until it can.");
}

void
_lanyard_sync_feed (LanyardSyncEngine *self, LanyardSyncInput *input)
{
  g_autoptr (LanyardSyncEngine) alive = g_object_ref (self);
  gint64 lists_age_us = _lanyard_sync_monotonic_us (self) - self->lists_asked_us;
  guint actions;

  input->pending = has_pending (self);
  input->took_ms = (guint)CLAMP ((_lanyard_sync_monotonic_us (self) - self->sent_us) / 1000, 0,
                                 (gint64)G_MAXINT);
  input->late = !input->from_hub && input->took_ms >= LANYARD_SYNC_TIMEOUT_S * 1000;
  input->trusted = self->trust != NULL && !self->trust_stale;
  input->lists_due = self->lists_asked_us == 0 || lists_age_us > LISTS_PERIOD_US;
  input->random = self->world->ops->random (self->world);
  if (self->machine.state == LANYARD_SYNC_IDLE && input->lists_due)
    _lanyard_sync_prefer_first_hub (self);
  if (input->event == LANYARD_SYNC_DONE && !self->cut)
    {
      self->last_success_us = lanyard_clock_wall_us (self->world->clock);
      g_clear_pointer (&self->trouble, g_free);
    }
  else if (input->event == LANYARD_SYNC_START || input->event == LANYARD_SYNC_TIMER)
    {
      g_hash_table_remove_all (self->absent_photos);
      self->snapshot_declined = FALSE;
    }
  actions = lanyard_sync_machine_step (&self->machine, input);
  g_debug ("%s", lanyard_sync_state_to_string (self->machine.state));
  act (self, actions);
  if (self->once != NULL
      && (self->machine.state == LANYARD_SYNC_BACKING_OFF
          || self->machine.state == LANYARD_SYNC_PAUSED))
    end_once (self, describe_failure (self, input->event));
  tell_changed (self);
}

static void
set_trouble (LanyardSyncEngine *self, char *sentence)
{
  g_free (self->trouble);
  self->trouble = sentence;
}

void
_lanyard_sync_nonsense (LanyardSyncEngine *self, const char *what, GError *error)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_FAILED };

  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED)
      || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE)
      || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED))
    self->trust_stale = TRUE;
  set_trouble (self, g_strdup_printf ("What answered as the hub sent a %s that cannot be used: %s",
                                      what, error->message));
  g_error_free (error);
  _lanyard_sync_turn_to_next_hub (self);
  _lanyard_sync_feed (self, &input);
}

void
_lanyard_sync_unexpected (LanyardSyncEngine *self, const LanyardHubReply *reply)
{
  gboolean believed = reply->from_hub && !_lanyard_sync_asks_found (self);
  LanyardSyncInput input = { .event = LANYARD_SYNC_FAILED, .from_hub = believed };

  set_trouble (self, reply->from_hub
                         ? g_strdup_printf ("The hub does not take what this desk sends (%u); "
                                            "nothing is lost, have it looked at.",
                                            reply->status)
                         : g_strdup_printf ("What answered is not the hub (%u); "
                                            "check the network of this desk.",
                                            reply->status));
  if (!believed)
    _lanyard_sync_turn_to_next_hub (self);
  _lanyard_sync_feed (self, &input);
}

void
_lanyard_sync_broken (LanyardSyncEngine *self, GError *error)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_FAILED, .from_hub = TRUE };

  set_trouble (self, g_strdup (error->message));
  g_error_free (error);
  _lanyard_sync_feed (self, &input);
}

static void
handle_refusal (LanyardSyncEngine *self, const LanyardHubReply *reply)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_REFUSED, .from_hub = reply->from_hub };

  if (!reply->from_hub)
    {
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  set_trouble (self, _lanyard_sync_describe_refusal (reply));
  _lanyard_sync_feed (self, &input);
}

static void
handle_later (LanyardSyncEngine *self, const LanyardHubReply *reply)
{
  LanyardSyncInput input = {
    .event = LANYARD_SYNC_FAILED,
    .from_hub = reply->from_hub,
    .retry_after_s = reply->retry_after_s,
  };

  _lanyard_sync_turn_to_next_hub (self);
  _lanyard_sync_feed (self, &input);
}

static void
handle_reply (LanyardSyncEngine *self, LanyardHubReply *reply, LanyardSyncReplyFunc func)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_TOO_LARGE, .from_hub = reply->from_hub };

  if (_lanyard_sync_pass_over (self, reply))
    return;
  if (reply->from_hub && reply->status != 202)
    self->cut = FALSE;
  switch (reply->status)
    {
    case 202:
      if (reply->from_hub)
        _lanyard_sync_take_venue (self, reply);
      else
        _lanyard_sync_unexpected (self, reply);
      break;
    case 401:
    case 403:
      handle_refusal (self, reply);
      break;
    case 413:
      set_trouble (self, g_strdup ("The hub finds what this desk sends too large."));
      _lanyard_sync_feed (self, &input);
      break;
    case 408:
    case 429:
    case 500 ... 599:
      handle_later (self, reply);
      break;
    default:
      func (self, reply);
    }
}

static void
handle_error (LanyardSyncEngine *self, GError *error)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_FAILED };

  if (_lanyard_sync_refuse_pack_file (self, error))
    return;
  /* No line is no problem that somebody has to solve: the desk goes on without. */
  if (!g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK))
    set_trouble (self, g_strdup (error->message));
  g_error_free (error);
  _lanyard_sync_turn_to_next_hub (self);
  _lanyard_sync_feed (self, &input);
}

static void
on_outcome (LanyardHubReply *taken, GError *error, gpointer user_data)
{
  LanyardSyncEngine *self = user_data;
  g_autoptr (LanyardHubReply) reply = taken;

  self->sending = NULL;
  if (reply != NULL)
    handle_reply (self, reply, self->reply_func);
  else
    handle_error (self, error);
}

/* Who asks, where there is no signed body that tells. (transfer full) */
static char *
authorize (LanyardSyncEngine *self, const LanyardHubRequest *request)
{
  LanyardToken token = {
    .device = self->identity.device,
    .epoch = self->identity.epoch,
    .method = (char *)request->method,
    .path = (char *)request->path,
    .time_s = _lanyard_sync_now_s (self),
  };

  return lanyard_token_sign (&token, self->key);
}

void
_lanyard_sync_send (LanyardSyncEngine *self,
                    const LanyardHubRequest *request,
                    LanyardSyncReplyFunc func)
{
  LanyardHubRequest stamped = *request;
  g_autofree char *authorization = request->body == NULL ? authorize (self, request) : NULL;

  lanyard_assert_invariant (self->sending == NULL); /* one at a time */
  self->reply_func = func;
  stamped.authorization = authorization;
  self->sent_us = _lanyard_sync_monotonic_us (self);
  self->sending = self->world->ops->send (self->world, _lanyard_sync_get_hub (self), &stamped,
                                          on_outcome, self);
}

static gboolean
can_run (LanyardSyncEngine *self)
{
  return is_enrolled (self) && _lanyard_sync_get_hub (self) != NULL;
}

static void
start (LanyardLink *link)
{
  LanyardSyncEngine *self = LANYARD_SYNC_ENGINE (link);
  LanyardSyncInput input = { .event = LANYARD_SYNC_START };

  self->started = TRUE;
  self->pack_again_us = 0;
  _lanyard_sync_look_for_relays (self);
  if (can_run (self))
    _lanyard_sync_feed (self, &input);
}

static void
stop (LanyardLink *link)
{
  LanyardSyncEngine *self = LANYARD_SYNC_ENGINE (link);
  LanyardSyncInput input = { .event = LANYARD_SYNC_STOP };

  self->started = FALSE;
  self->machine.online = FALSE; /* nobody looks any more */
  _lanyard_sync_feed (self, &input);
}

static void
nudge (LanyardLink *link)
{
  LanyardSyncEngine *self = LANYARD_SYNC_ENGINE (link);
  LanyardSyncInput input = { .event = LANYARD_SYNC_NUDGE };

  _lanyard_sync_feed (self, &input);
}

static void
lanyard_sync_engine_link_init (LanyardLinkInterface *iface)
{
  iface->start = start;
  iface->stop = stop;
  iface->nudge = nudge;
  iface->get_status = get_status;
}

static void
lanyard_sync_engine_dispose (GObject *object)
{
  LanyardSyncEngine *self = LANYARD_SYNC_ENGINE (object);

  cancel_request (self);
  disarm (self);
  G_OBJECT_CLASS (lanyard_sync_engine_parent_class)->dispose (object);
}

static void
lanyard_sync_engine_finalize (GObject *object)
{
  LanyardSyncEngine *self = LANYARD_SYNC_ENGINE (object);

  for (guint i = 0; i < LANYARD_SYNC_N_LISTS; i++)
    g_free (self->etags[i]);
  g_clear_pointer (&self->key, lanyard_key_unref);
  g_clear_pointer (&self->trust, lanyard_trust_list_unref);
  g_clear_pointer (&self->negative, lanyard_negative_list_unref);
  g_clear_pointer (&self->snapshot, lanyard_snapshot_free);
  _lanyard_sync_clear_hubs (self);
  g_queue_free_full (self->photos, (GDestroyNotify)g_bytes_unref);
  g_hash_table_unref (self->absent_photos);
  g_hash_table_unref (self->disputed);
  lanyard_sync_world_free (self->own_world);
  lanyard_identity_clear (&self->identity);
  lanyard_link_status_clear (&self->told);
  g_clear_pointer (&self->shelf, lanyard_pack_shelf_free);
  g_free (self->pack_version);
  g_free (self->pack_problem);
  g_free (self->alarm);
  g_free (self->trouble);
  G_OBJECT_CLASS (lanyard_sync_engine_parent_class)->finalize (object);
}

static void
lanyard_sync_engine_class_init (LanyardSyncEngineClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = lanyard_sync_engine_dispose;
  object_class->finalize = lanyard_sync_engine_finalize;
}

static void
lanyard_sync_engine_init (LanyardSyncEngine *self)
{
  self->photos = g_queue_new ();
  self->absent_photos
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  self->disputed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

LanyardSyncEngine *
lanyard_sync_engine_new (LanyardJournal *journal,
                         LanyardDirectory *directory,
                         LanyardKey *desk_key,
                         const LanyardPublicKey *root,
                         const char *const *hub_urls,
                         LanyardSyncWorld *world)
{
  const char *fallback[] = { NULL, NULL };
  LanyardSyncEngine *self;

  g_return_val_if_fail (journal != NULL && directory != NULL && root != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_SYNC_ENGINE, NULL);
  self->journal = journal;
  self->directory = directory;
  self->root = *root;
  self->key = desk_key == NULL ? NULL : lanyard_key_ref (desk_key);
  lanyard_journal_get_identity (journal, &self->identity);
  fallback[0] = self->identity.hub_url;
  if (hub_urls == NULL || hub_urls[0] == NULL)
    hub_urls = fallback;
  self->own_world = world == NULL ? lanyard_sync_world_new () : NULL;
  self->world = world == NULL ? self->own_world : world;
  _lanyard_sync_init_hubs (self, hub_urls);
  _lanyard_sync_load_lists (self);
  _lanyard_sync_load_alerts (self);
  get_status (LANYARD_LINK (self), &self->told);
  return self;
}

void
lanyard_sync_engine_run_once_async (LanyardSyncEngine *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  LanyardSyncInput input = { .event = LANYARD_SYNC_START };

  g_return_if_fail (LANYARD_IS_SYNC_ENGINE (self));

  if (!can_run (self) || self->started || self->once != NULL)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_STATE,
                               can_run (self) ? "The desk is synchronising already."
                                              : "This desk is not enrolled at a hub.");
      return;
    }
  self->once = g_steal_pointer (&task);
  self->pack_again_us = 0;
  _lanyard_sync_feed (self, &input);
}

gboolean
lanyard_sync_engine_run_once_finish (LanyardSyncEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
