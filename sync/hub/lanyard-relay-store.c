/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-relay"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-relay-private.h"
#include "lanyard-venue.h"

/*
 * Batches as files, DIR/batches/ID-DEVICE-EPOCH-FIRST-LAST.batch, written whole and synced, renamed
 * to .sent when the hub has them. They stay for a day: the line may be cut again
 * before the desks of the venue have heard the hub's own word of them.
 *
 * What the hub does not take is renamed to .refused and stays until somebody has looked: its desk
 * was told that it is here, and may be gone. It goes up again whenever the line comes back.
 */

#define KEEP_SENT_S 86400
#define DROP_PERIOD_US (3600 * (gint64)G_USEC_PER_SEC)
#define MAX_PAGE_BYTES (LANYARD_VENUE_MAX_BYTES - LANYARD_BATCH_MAX_BYTES - 1024)

void
_lanyard_relay_batch_free (LanyardRelayBatch *batch)
{
  g_free (batch->name);
  g_free (batch);
}

static char *
get_path (LanyardRelay *relay, const char *name)
{
  return g_build_filename (relay->directory, "batches", name, NULL);
}

static int
compare_batches (gconstpointer a, gconstpointer b)
{
  const LanyardRelayBatch *const *first = a, *const *second = b;

  return (*first)->id < (*second)->id ? -1 : (*first)->id > (*second)->id;
}

/* It was given its last name when the hub had answered, which changes its ctime. */
static gboolean
is_old (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0
         && info.st_ctime + KEEP_SENT_S < g_get_real_time () / G_USEC_PER_SEC;
}

static void
load_batch (LanyardRelay *relay, const char *name)
{
  LanyardRelayBatch batch = { 0 };
  g_autofree char *path = get_path (relay, name);

  if (sscanf (name, "%" G_GUINT64_FORMAT "-%u-%u-%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT,
              &batch.id, &batch.device, &batch.epoch, &batch.first, &batch.last)
      != 5)
    return;
  relay->last_id = MAX (relay->last_id, batch.id);
  batch.sent = g_str_has_suffix (name, ".sent");
  /* One that was refused goes up once more after each start. */
  if (batch.sent && is_old (path))
    {
      g_unlink (path);
      return;
    }
  batch.name = g_strdup (name);
  g_ptr_array_add (relay->batches, g_memdup2 (&batch, sizeof batch));
}

gboolean
_lanyard_relay_load_batches (LanyardRelay *relay, GError **error)
{
  g_autofree char *folder = get_path (relay, "");
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "The folder %s cannot be made (%s): check the disk.", folder,
                   g_strerror (errno));
      return FALSE;
    }
  dir = g_dir_open (folder, 0, error);
  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    load_batch (relay, name);
  g_ptr_array_sort (relay->batches, compare_batches);
  return TRUE;
}

static gboolean
has_batch (LanyardRelay *relay, const LanyardBatch *batch)
{
  for (guint i = relay->batches->len; i-- > 0;)
    {
      const LanyardRelayBatch *known = g_ptr_array_index (relay->batches, i);

      if (known->device == batch->device && known->epoch == batch->epoch
          && known->first <= batch->first && known->last >= lanyard_batch_get_last (batch))
        return TRUE;
    }
  return FALSE;
}

gboolean
_lanyard_relay_keep_batch (LanyardRelay *relay,
                           const LanyardBatch *batch,
                           const void *data,
                           gsize n_bytes,
                           GError **error)
{
  LanyardRelayBatch *kept;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (has_batch (relay, batch))
    return TRUE;
  name = g_strdup_printf ("%012" G_GUINT64_FORMAT "-%u-%u-%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT
                          ".batch",
                          relay->last_id + 1, batch->device, batch->epoch, batch->first,
                          lanyard_batch_get_last (batch));
  path = get_path (relay, name);
  if (!g_file_set_contents_full (path, data, (gssize)n_bytes,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return FALSE;
  kept = g_new0 (LanyardRelayBatch, 1);
  kept->id = ++relay->last_id;
  kept->device = batch->device;
  kept->epoch = batch->epoch;
  kept->first = batch->first;
  kept->last = lanyard_batch_get_last (batch);
  kept->name = g_steal_pointer (&name);
  g_ptr_array_add (relay->batches, kept);
  return TRUE;
}

/* Where that fails it is sent again after a restart, which changes nothing. */
static void
give_ending (LanyardRelay *relay, LanyardRelayBatch *batch, const char *ending)
{
  g_autofree char *stem = g_strndup (batch->name, strcspn (batch->name, "."));
  g_autofree char *name = g_strconcat (stem, ending, NULL);
  g_autofree char *from = get_path (relay, batch->name);
  g_autofree char *to = get_path (relay, name);

  if (g_rename (from, to) != 0)
    return;
  g_free (batch->name);
  batch->name = g_steal_pointer (&name);
}

void
_lanyard_relay_mark_sent (LanyardRelay *relay, LanyardRelayBatch *batch)
{
  if (batch->sent)
    return;
  batch->sent = TRUE;
  batch->refused = FALSE;
  give_ending (relay, batch, ".sent");
}

void
_lanyard_relay_mark_refused (LanyardRelay *relay, LanyardRelayBatch *batch, guint status)
{
  if (batch->refused)
    return;
  batch->refused = TRUE;
  give_ending (relay, batch, ".refused");
  g_printerr ("event=refused file=%s status=%u\n", batch->name, status);
}

void
_lanyard_relay_forgive (LanyardRelay *relay)
{
  for (guint i = 0; i < relay->batches->len; i++)
    ((LanyardRelayBatch *)g_ptr_array_index (relay->batches, i))->refused = FALSE;
}

void
_lanyard_relay_mark_place_sent (LanyardRelay *relay, const LanyardHubPlace *place)
{
  for (guint i = relay->batches->len; i-- > 0;)
    {
      LanyardRelayBatch *batch = g_ptr_array_index (relay->batches, i);

      if (batch->device == place->device && batch->epoch == place->epoch
          && batch->first >= place->first && batch->last <= place->last)
        _lanyard_relay_mark_sent (relay, batch);
    }
}

void
_lanyard_relay_drop_old (LanyardRelay *relay)
{
  gint64 now_us = g_get_monotonic_time ();

  if (relay->pushing || now_us - relay->dropped_us < DROP_PERIOD_US)
    return;
  relay->dropped_us = now_us;
  for (guint i = relay->batches->len; i-- > 0;)
    {
      const LanyardRelayBatch *batch = g_ptr_array_index (relay->batches, i);
      g_autofree char *path = get_path (relay, batch->name);

      if (!batch->sent || !is_old (path))
        continue;
      g_unlink (path);
      g_ptr_array_remove_index (relay->batches, i);
    }
}

GBytes *
_lanyard_relay_read_batch (LanyardRelay *relay, const LanyardRelayBatch *batch)
{
  g_autofree char *path = get_path (relay, batch->name);
  char *content;
  gsize n_bytes;

  if (!g_file_get_contents (path, &content, &n_bytes, NULL))
    return NULL;
  return g_bytes_new_take (content, n_bytes);
}

GBytes *
_lanyard_relay_make_page (LanyardRelay *relay, guint32 device, guint64 after, gboolean *any)
{
  g_autoptr (LanyardVenue) venue = lanyard_venue_new ();
  gsize n_bytes = 0;

  venue->line = relay->line;
  /* A relay that was set up anew counts from the beginning. */
  if (after > relay->last_id)
    after = 0;
  venue->next = after;
  for (guint i = 0; i < relay->batches->len && n_bytes < MAX_PAGE_BYTES
                    && venue->batches->len < LANYARD_VENUE_MAX_BATCHES;
       i++)
    {
      const LanyardRelayBatch *batch = g_ptr_array_index (relay->batches, i);
      GBytes *bytes;

      if (batch->id <= after)
        continue;
      venue->next = batch->id;
      if (batch->device == device || (bytes = _lanyard_relay_read_batch (relay, batch)) == NULL)
        continue;
      n_bytes += g_bytes_get_size (bytes);
      g_ptr_array_add (venue->batches, bytes);
    }
  *any = venue->batches->len > 0;
  return lanyard_venue_encode (venue);
}
