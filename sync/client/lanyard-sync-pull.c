/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-cbor.h"
#include "lanyard-changes.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-sync-engine-private.h"

/*
 * The way down: the change feed. Rows and cursor go to the directory in one transaction. A row that
 * cannot be understood is set aside for a person and the cursor goes on: one bad row must not keep
 * a desk from all that follows.
 */

/* Rows of before a begin_again that go at a time. */
#define STALE_ROWS 500

/* The row as a change. Returns: (transfer full) (nullable) */
static LanyardChange *
understand (const LanyardChangesRow *row, GError **error)
{
  g_autoptr (LanyardEntry) entry = NULL;

  if (row->entry == NULL)
    return lanyard_change_new (row->gseq, row->number, NULL);
  entry = lanyard_entry_decode (g_bytes_get_data (row->entry, NULL), g_bytes_get_size (row->entry),
                                error);
  if (entry == NULL)
    return NULL;
  if (g_strcmp0 (entry->number, row->number) != 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "the entry is of another accreditation than its row");
      return NULL;
    }
  return lanyard_change_new (row->gseq, row->number, g_steal_pointer (&entry));
}

/* For those who run the hub: which row it is, and nothing of what is in it. */
static gboolean
report (LanyardSyncEngine *self, guint64 gseq, GError **error)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) body = NULL;
  LanyardStep step = {
    .kind = LANYARD_RECORD_ROW_SET_ASIDE,
    .from = LANYARD_PICKUP_IDLE,
    .to = LANYARD_PICKUP_IDLE,
  };

  lanyard_cbor_open_map (writer, 2);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_GSEQ);
  lanyard_cbor_write_uint (writer, gseq);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_ERA);
  lanyard_cbor_write_uint (writer, lanyard_directory_get_era (self->directory));
  body = lanyard_cbor_writer_end (writer);
  step.body = body;
  return lanyard_journal_commit (self->journal, &step, NULL, error);
}

/* Of each row that was set aside, from the feed or from a snapshot. A power cut between the note
 * and its mark makes two notes of one row. */
static gboolean
report_all (LanyardSyncEngine *self, GError **error)
{
  guint64 gseq;

  do
    if (!lanyard_directory_find_untold (self->directory, &gseq, error))
      return FALSE;
  while (gseq != 0 && report (self, gseq, error)
         && lanyard_directory_mark_told (self->directory, gseq, error));
  return gseq == 0;
}

static GPtrArray *
understand_all (LanyardSyncEngine *self, const LanyardChanges *page, guint64 cursor, GError **error)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);

  for (guint i = 0; i < page->rows->len; i++)
    {
      const LanyardChangesRow *row = g_ptr_array_index (page->rows, i);
      g_autoptr (GError) why = NULL;
      LanyardChange *change;

      if (row->gseq <= cursor)
        continue;
      change = understand (row, &why);
      if (change != NULL)
        g_ptr_array_add (changes, change);
#ifdef LANYARD_SEEDED_FAULTS
      else if (lanyard_fault ("sync-bad-row-blocks"))
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return NULL;
        }
#endif
      else if (!lanyard_directory_set_aside (self->directory, row->gseq, row->number, row->entry,
                                             why->message, error))
        return NULL;
    }
  return g_steal_pointer (&changes);
}

#ifdef LANYARD_SEEDED_FAULTS
typedef struct
{
  LanyardSyncEngine *self;
  GPtrArray *changes;
  guint64 cursor;
} Late;

static void
on_late (gpointer user_data)
{
  Late *late = user_data;

  lanyard_directory_apply (late->self->directory, late->changes, late->cursor, NULL);
  g_object_unref (late->self);
  g_ptr_array_unref (late->changes);
  g_free (late);
}

/* The deliberate fault: the cursor is on disk, the rows come when there is time. */
static gboolean
apply_late (LanyardSyncEngine *self, GPtrArray *changes, guint64 cursor, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  Late *late = g_new0 (Late, 1);

  late->self = g_object_ref (self);
  late->changes = g_ptr_array_ref (changes);
  late->cursor = cursor;
  self->world->ops->arm (self->world, 0, on_late, late);
  return lanyard_directory_apply (self->directory, none, cursor, error);
}
#endif

static gboolean
apply (LanyardSyncEngine *self, const LanyardChanges *page, GError **error)
{
  guint64 cursor = lanyard_directory_get_cursor (self->directory);
  g_autoptr (GPtrArray) changes = understand_all (self, page, cursor, error);

  if (changes == NULL || !report_all (self, error))
    return FALSE;
#ifdef LANYARD_SEEDED_FAULTS
  if (lanyard_fault ("sync-cursor-before-rows"))
    return apply_late (self, changes, page->next, error);
#endif
  return lanyard_directory_apply (self->directory, changes, page->next, error);
}

/* Whether the page goes on where this desk stands. */
static gboolean
fits (LanyardSyncEngine *self, const LanyardChanges *page, GError **error)
{
  guint64 cursor = lanyard_directory_get_cursor (self->directory);

  if (page->head < cursor)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK,
                   "The hub's roster went back from change %" G_GUINT64_FORMAT
                   " to %" G_GUINT64_FORMAT "; have the hub looked at.",
                   cursor, page->head);
      return FALSE;
    }
  if (page->era == 0 && lanyard_directory_get_era (self->directory) != 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                           "it does not tell the era of the feed any more");
      return FALSE;
    }
  if (page->after <= cursor && (page->next > cursor || page->next == page->head))
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                       "it does not go on where this desk stands");
  return FALSE;
}

static void
tell_done (LanyardSyncEngine *self, const LanyardChanges *page, gboolean moved)
{
  LanyardSyncInput input = {
    .event = LANYARD_SYNC_DONE,
    .more = self->known_head > lanyard_directory_get_cursor (self->directory),
    .alerts = page->alert > self->alert_cursor,
    .changed = page->rows->len > 0,
    .moved = moved,
  };

  _lanyard_sync_feed (self, &input);
}

/* A hub that was restored gives the ids of alerts anew: what is below the cursor may be another
 * alert. All come again. */
static void
check_alerts (LanyardSyncEngine *self, const LanyardChanges *page)
{
  g_autofree char *sentence = NULL;

  if (page->alert >= self->alert_cursor)
    return;
  sentence = g_strdup_printf ("The hub's alerts went back from %" G_GUINT64_FORMAT
                              " to %" G_GUINT64_FORMAT "; have the hub looked at.",
                              self->alert_cursor, page->alert);
  _lanyard_sync_set_alarm (self, sentence);
  _lanyard_sync_forget_alerts (self);
}

/* Nothing was ever shown to somebody else may send this desk back to the beginning. */
static gboolean
is_my_question (LanyardSyncEngine *self, const LanyardChanges *page, GError **error)
{
  if (page->asked_after == lanyard_directory_get_cursor (self->directory)
      && page->asked_era == lanyard_directory_get_era (self->directory))
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                       "it answers what this desk did not ask");
  return FALSE;
}

/* The hub does not have what it told this desk once. The journal stays as it is. */
static void
begin_again (LanyardSyncEngine *self, const LanyardChanges *page)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_BEHIND };
  GError *error = NULL;

  if (!is_my_question (self, page, &error))
    {
      _lanyard_sync_nonsense (self, "page of changes", error);
      return;
    }
  if (!lanyard_directory_begin_again (self->directory, page->era, &error))
    {
      _lanyard_sync_broken (self, error);
      return;
    }
  _lanyard_sync_set_alarm (self, "The hub was put back from a backup; this desk reads the roster "
                                 "anew and sends again what the hub has lost.");
  _lanyard_sync_forget_alerts (self);
  _lanyard_sync_probe (self);
  self->known_head = 0;
  _lanyard_sync_feed (self, &input);
}

/* With every start of a hub another era begins. What the hub has of this desk is asked then: the
 * change feed does not tell whether records were lost. */
static gboolean
follow_era (LanyardSyncEngine *self, const LanyardChanges *page, GError **error)
{
  guint64 era = lanyard_directory_get_era (self->directory);

  if (page->era == 0)
    return TRUE;
  self->machine.backoff.spread_ms = page->spread_s * 1000;
  if (page->era == era)
    return TRUE;
  if (era != 0)
    _lanyard_sync_probe (self);
  return lanyard_directory_put_era (self->directory, page->era, error);
}

static void on_sweep (gpointer user_data);

/* The feed was read to its end: what did not come again is not there any more. A slice now, and
 * the next one when everything else that waits had its turn. */
static gboolean
drop_stale (LanyardSyncEngine *self, GError **error)
{
  gboolean more;

  if (self->sweeper != NULL || !lanyard_directory_is_stale (self->directory)
      || lanyard_directory_get_cursor (self->directory) < self->known_head)
    return TRUE;
  if (!lanyard_directory_drop_stale (self->directory, STALE_ROWS, &more, error))
    return FALSE;
  if (more)
    self->sweeper = self->world->ops->arm (self->world, 0, on_sweep, self);
  return TRUE;
}

static void
on_sweep (gpointer user_data)
{
  LanyardSyncEngine *self = user_data;
  g_autoptr (GError) error = NULL;

  self->sweeper = NULL;
  /* The next page tries again, and tells whoever has to know. */
  if (!drop_stale (self, &error))
    g_warning ("%s", error->message);
}

void
_lanyard_sync_stop_sweep (LanyardSyncEngine *self)
{
  gpointer sweeper = g_steal_pointer (&self->sweeper);

  if (sweeper != NULL)
    self->world->ops->disarm (self->world, sweeper);
}

static void
take_page (LanyardSyncEngine *self, LanyardHubReply *reply, gboolean is_tail)
{
  guint64 before = lanyard_directory_get_cursor (self->directory);
  g_autoptr (LanyardChanges) page = NULL;
  GError *error = NULL;

  if (reply->status == 410 && reply->from_hub)
    {
      LanyardSyncInput input = { .event = LANYARD_SYNC_DONE, .more = TRUE };

      self->snapshot_due = TRUE;
      _lanyard_sync_feed (self, &input);
      return;
    }
  if (reply->status != 200)
    {
      self->known_head = 0; /* a segment that is not there: ask for the tail */
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  page = lanyard_changes_open (reply->body, self->trust, self->identity.event,
                               _lanyard_sync_now_s (self), &error);
  if (page != NULL && is_tail && lanyard_changes_begins_again (page))
    {
      begin_again (self, page);
      return;
    }
  if (page != NULL && !fits (self, page, &error)
      && g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK))
    _lanyard_sync_set_alarm (self, error->message);
  if (error != NULL)
    {
      _lanyard_sync_nonsense (self, "page of changes", error);
      return;
    }
  if (is_tail)
    check_alerts (self, page);
  /* The tail tells where the feed ends, also when it ended further on before: there is nothing to
   * be had beyond it. */
  self->known_head = is_tail ? page->head : MAX (self->known_head, page->head);
  if ((is_tail && !follow_era (self, page, &error)) || !apply (self, page, &error)
      || !drop_stale (self, &error))
    _lanyard_sync_broken (self, error);
  else
    tell_done (self, page, lanyard_directory_get_cursor (self->directory) > before);
}

static void
on_segment (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  take_page (self, reply, FALSE);
}

static void
on_tail (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  take_page (self, reply, TRUE);
}

static void
ask (LanyardSyncEngine *self, const char *path, guint wait_s, LanyardSyncReplyFunc func)
{
  LanyardHubRequest request = {
    .method = "GET",
    .path = path,
    .max_bytes = LANYARD_CHANGES_MAX_BYTES,
    .timeout_s = LANYARD_SYNC_TIMEOUT_S + wait_s,
  };

  _lanyard_sync_send (self, &request, func);
}

static void
ask_tail (LanyardSyncEngine *self, guint wait_s)
{
  g_autoptr (GString) path = g_string_new (NULL);

  g_string_printf (path,
                   "/v1/changes/tail?after=%" G_GUINT64_FORMAT "&alert=%" G_GUINT64_FORMAT
                   "&wait=%u&v=%u&era=%" G_GUINT64_FORMAT "&venue=%" G_GUINT64_FORMAT,
                   lanyard_directory_get_cursor (self->directory), self->alert_cursor, wait_s,
                   LANYARD_CHANGES_VERSION, lanyard_directory_get_era (self->directory),
                   self->venue_cursor);
  _lanyard_sync_tell_status (self, path);
  ask (self, path->str, wait_s, on_tail);
}

void
_lanyard_sync_get_changes (LanyardSyncEngine *self)
{
  guint64 segment = lanyard_directory_get_cursor (self->directory) / LANYARD_SEGMENT_GSEQ;
  guint64 era = lanyard_directory_get_era (self->directory);
  g_autofree char *path = NULL;

  if (_lanyard_sync_wants_snapshot (self))
    {
      _lanyard_sync_get_snapshot (self);
      return;
    }
  if ((segment + 1) * LANYARD_SEGMENT_GSEQ > self->known_head)
    {
      ask_tail (self, 0);
      return;
    }
  path = g_strdup_printf ("/v1/changes/%" G_GUINT64_FORMAT "?era=%" G_GUINT64_FORMAT, segment, era);
  ask (self, path, 0, on_segment);
}

void
_lanyard_sync_poll (LanyardSyncEngine *self)
{
  ask_tail (self, self->world->poll_s);
}
