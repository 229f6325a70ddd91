/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-error.h"
#include "lanyard-sync-engine-private.h"

/* Photos come one by one, by the hash of their content, after everything else, also after the files
 * of a new edition of the pack. */

#define QUEUE_LENGTH 32

static void
tell_done (LanyardSyncEngine *self, gboolean more)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_DONE, .more = more, .moved = more };

  _lanyard_sync_feed (self, &input);
}

/* Fills the queue with hashes that are missing here and were not missing at the hub. */
static void
refill (LanyardSyncEngine *self)
{
  g_autoptr (GPtrArray) missing = lanyard_directory_list_missing_photos (
      self->directory, QUEUE_LENGTH + g_hash_table_size (self->absent_photos));

  for (guint i = 0; missing != NULL && i < missing->len; i++)
    {
      GBytes *hash = g_ptr_array_index (missing, i);

      if (!g_hash_table_contains (self->absent_photos, hash))
        g_queue_push_tail (self->photos, g_bytes_ref (hash));
    }
}

static void
on_photo (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  g_autoptr (GBytes) hash = g_queue_pop_head (self->photos);
  GError *error = NULL;

  if (reply->status == 404 && reply->from_hub)
    g_hash_table_add (self->absent_photos, g_bytes_ref (hash));
  else if (reply->status != 200)
    {
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  else if (!lanyard_directory_put_photo (self->directory, hash, reply->body, &error))
    {
      if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FULL)
          || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_IO))
        {
          _lanyard_sync_broken (self, error);
          return;
        }
      /* Not the photo that was asked for. It is no reason to keep the desk from all the others. */
      g_hash_table_add (self->absent_photos, g_bytes_ref (hash));
      g_clear_error (&error);
    }
  if (g_queue_is_empty (self->photos))
    refill (self);
  tell_done (self, !g_queue_is_empty (self->photos));
}

void
_lanyard_sync_get_photos (LanyardSyncEngine *self)
{
  g_autofree char *hex = NULL;
  g_autofree char *path = NULL;
  LanyardHubRequest request = {
    .method = "GET",
    .max_bytes = LANYARD_PHOTO_MAX_BYTES,
    .timeout_s = LANYARD_SYNC_TIMEOUT_S,
  };
  GBytes *hash;

  if (_lanyard_sync_get_pack_file (self))
    return;
  if (g_queue_is_empty (self->photos))
    refill (self);
  hash = g_queue_peek_head (self->photos);
  if (hash == NULL)
    {
      tell_done (self, FALSE);
      return;
    }
  hex = lanyard_hex_encode (g_bytes_get_data (hash, NULL), g_bytes_get_size (hash));
  path = g_strconcat ("/v1/photos/", hex, NULL);
  request.path = path;
  _lanyard_sync_send (self, &request, on_photo);
}
