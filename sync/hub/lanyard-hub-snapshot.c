/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-snapshot.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "lanyard-chunk.h"
#include "lanyard-error.h"
#include "lanyard-hub-private.h"
#include "lanyard-hub-snapshot-private.h"

#define ROWS_A_STEP 500

/* One chunk on its way to the disk. Whoever holds the mutex may look at @over. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  GThread *thread;
  GPtrArray *rows; /* owned (element-type LanyardChangesRow) */
  char *directory; /* owned */
  LanyardSnapshotPart part;
  GError *error; /* owned (nullable) */
  gboolean over;
} Pack;

struct _LanyardHubSnapshotBuild
{
  LanyardHub *hub;           /* borrowed */
  LanyardSnapshot *snapshot; /* owned: what is ready so far */
  char *directory;           /* owned */
  char *after;               /* owned: the last number that was read */
  GPtrArray *rows;           /* owned (element-type LanyardChangesRow): for the next chunk */
  gsize n_bytes;             /* of their entries */
  Pack *pack;                /* owned (nullable) */
  gboolean read_all;
  guint64 n_read; /* rows */
};

char *
_lanyard_hub_snapshot_directory (LanyardHub *hub)
{
  return g_build_filename (hub->directory, "snapshot", NULL);
}

char *
lanyard_hub_get_chunk_path (LanyardHub *hub, const char *hex)
{
  g_autofree char *directory = _lanyard_hub_snapshot_directory (hub);
  g_autofree char *name = g_strconcat (hex, ".chunk", NULL);

  return g_build_filename (directory, name, NULL);
}

static gboolean
write_file (const char *directory, const char *name, GBytes *content, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  return g_file_set_contents_full (path, g_bytes_get_data (content, NULL),
                                   (gssize)g_bytes_get_size (content),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static gpointer
run_pack (gpointer user_data)
{
  Pack *pack = user_data;
  g_autoptr (GBytes) chunk = lanyard_chunk_pack (pack->rows, &pack->part);
  g_autofree char *hex = lanyard_hex_encode (pack->part.hash.bytes, LANYARD_HASH_BYTES);
  g_autofree char *name = g_strconcat (hex, ".chunk", NULL);
  g_autofree char *path = g_build_filename (pack->directory, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    write_file (pack->directory, name, chunk, &pack->error);
  g_mutex_lock (&pack->mutex);
  pack->over = TRUE;
  g_cond_signal (&pack->cond);
  g_mutex_unlock (&pack->mutex);
  return NULL;
}

static void
pack_free (Pack *pack)
{
  if (pack == NULL)
    return;
  g_thread_join (pack->thread);
  g_ptr_array_unref (pack->rows);
  g_free (pack->directory);
  g_clear_error (&pack->error);
  g_mutex_clear (&pack->mutex);
  g_cond_clear (&pack->cond);
  g_free (pack);
}

static void
start_pack (LanyardHubSnapshotBuild *build)
{
  Pack *pack = g_new0 (Pack, 1);

  g_mutex_init (&pack->mutex);
  g_cond_init (&pack->cond);
  pack->rows = g_steal_pointer (&build->rows);
  pack->directory = g_strdup (build->directory);
  build->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_changes_row_free);
  build->n_bytes = 0;
  build->pack = pack;
  pack->thread = g_thread_new ("snapshot", run_pack, pack);
}

/* @over: (out): nothing is being packed any more */
static gboolean
end_pack (LanyardHubSnapshotBuild *build, guint wait_ms, gboolean *over, GError **error)
{
  Pack *pack = build->pack;
  gint64 deadline_us = g_get_monotonic_time () + (gint64)wait_ms * 1000;
  gboolean ok;

  *over = TRUE;
  if (pack == NULL)
    return TRUE;
  g_mutex_lock (&pack->mutex);
  while (!pack->over && wait_ms > 0 && g_cond_wait_until (&pack->cond, &pack->mutex, deadline_us))
    continue;
  *over = pack->over;
  g_mutex_unlock (&pack->mutex);
  if (!*over)
    return TRUE;
  ok = pack->error == NULL;
  if (ok)
    {
      g_array_append_val (build->snapshot->parts, pack->part);
      build->snapshot->n_rows += pack->part.n_rows;
    }
  else
    g_propagate_error (error, g_steal_pointer (&pack->error));
  g_clear_pointer (&build->pack, pack_free);
  return ok;
}

LanyardHubSnapshotBuild *
lanyard_hub_snapshot_build_new (LanyardHub *hub, GError **error)
{
  g_autoptr (LanyardHubSnapshotBuild) build = g_new0 (LanyardHubSnapshotBuild, 1);

  build->hub = hub;
  build->snapshot = lanyard_snapshot_new (hub->event);
  build->snapshot->made_s = _lanyard_hub_now_s (hub);
  build->directory = _lanyard_hub_snapshot_directory (hub);
  build->after = g_strdup ("");
  build->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_changes_row_free);
  if (g_mkdir_with_parents (build->directory, 0700) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "The folder %s cannot be made (%s): check the disk.", build->directory,
                   g_strerror (errno));
      return NULL;
    }
  /* Before the first row is read: rows may be newer than this, never older. */
  if (!hub->store->ops->get_gseq (hub->store, &build->snapshot->gseq, error)
      || !hub->store->ops->get_era (hub->store, &build->snapshot->era, error))
    return NULL;
  return g_steal_pointer (&build);
}

void
lanyard_hub_snapshot_build_free (LanyardHubSnapshotBuild *build)
{
  if (build == NULL)
    return;
  g_clear_pointer (&build->pack, pack_free);
  lanyard_snapshot_free (build->snapshot);
  g_ptr_array_unref (build->rows);
  g_free (build->directory);
  g_free (build->after);
  g_free (build);
}

static gboolean
read_rows (LanyardHubSnapshotBuild *build, GError **error)
{
  LanyardHubStore *store = build->hub->store;
  g_autoptr (GPtrArray) rows = store->ops->list_rows (store, build->after, ROWS_A_STEP, error);

  if (rows == NULL)
    return FALSE;
  build->read_all = rows->len == 0;
  build->n_read += rows->len;
  if (rows->len > 0)
    {
      const LanyardChangesRow *last = g_ptr_array_index (rows, rows->len - 1);

      g_free (build->after);
      build->after = g_strdup (last->number);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      LanyardChangesRow *row = g_ptr_array_index (rows, i);

      /* Only what this program wrote itself stands in its store; anything else comes by the feed.
       */
      if (!lanyard_chunk_can_carry (row->entry))
        continue;
      build->n_bytes += g_bytes_get_size (row->entry);
      g_ptr_array_add (build->rows, lanyard_changes_row_new (row->gseq, row->number, row->entry));
    }
  return TRUE;
}

static gboolean
keep_previous (const char *directory, GError **error)
{
  g_autofree char *present = g_build_filename (directory, LANYARD_HUB_SNAPSHOT_HEADER, NULL);
  g_autofree char *previous = g_build_filename (directory, LANYARD_HUB_SNAPSHOT_PREVIOUS, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize n_bytes;

  if (!g_file_get_contents (present, &content, &n_bytes, NULL))
    return TRUE;
  bytes = g_bytes_new (content, n_bytes);
  return write_file (directory, LANYARD_HUB_SNAPSHOT_PREVIOUS, bytes, error);
}

LanyardSnapshot *
_lanyard_hub_read_header (LanyardHub *hub, const char *name, GError **error)
{
  g_autofree char *directory = _lanyard_hub_snapshot_directory (hub);
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize n_bytes;

  if (!g_file_get_contents (path, &content, &n_bytes, error))
    return NULL;
  bytes = g_bytes_new (content, n_bytes);
  return lanyard_snapshot_open (bytes, hub->trust, hub->event, _lanyard_hub_now_s (hub), error);
}

static void
note_chunks (LanyardHub *hub, const char *name, GHashTable *chunks)
{
  g_autoptr (LanyardSnapshot) snapshot = _lanyard_hub_read_header (hub, name, NULL);

  for (guint i = 0; snapshot != NULL && i < snapshot->parts->len; i++)
    {
      g_autofree char *hex
          = lanyard_hex_encode (lanyard_snapshot_get_part (snapshot, i)->hash.bytes,
                                LANYARD_HASH_BYTES);

      g_hash_table_add (chunks, g_strconcat (hex, ".chunk", NULL));
    }
}

/* Chunks that neither header names go. */
static void
remove_old_chunks (LanyardHub *hub, const char *directory)
{
  g_autoptr (GHashTable) chunks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  note_chunks (hub, LANYARD_HUB_SNAPSHOT_HEADER, chunks);
  note_chunks (hub, LANYARD_HUB_SNAPSHOT_PREVIOUS, chunks);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_str_has_suffix (name, ".chunk") && !g_hash_table_contains (chunks, name))
        g_unlink (path);
    }
}

static gboolean
publish (LanyardHubSnapshotBuild *build, GError **error)
{
  g_autoptr (GBytes) header = NULL;

  if (build->snapshot->parts->len > LANYARD_SNAPSHOT_MAX_CHUNKS)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "The roster is larger than a snapshot may be; desks take the feed.");
      return FALSE;
    }
  header = lanyard_snapshot_sign (build->snapshot, build->hub->key);
  if (!keep_previous (build->directory, error)
      || !write_file (build->directory, LANYARD_HUB_SNAPSHOT_HEADER, header, error))
    return FALSE;
  remove_old_chunks (build->hub, build->directory);
  return TRUE;
}

static gboolean
is_full (const LanyardHubSnapshotBuild *build)
{
  return build->n_bytes >= LANYARD_CHUNK_FILL_BYTES
         || build->rows->len + ROWS_A_STEP > LANYARD_CHUNK_MAX_ROWS
         || (build->read_all && build->rows->len > 0);
}

gboolean
lanyard_hub_snapshot_build_step (LanyardHubSnapshotBuild *build,
                                 guint wait_ms,
                                 gboolean *done,
                                 GError **error)
{
  gboolean over;

  *done = FALSE;
  if (!is_full (build) && !build->read_all)
    return read_rows (build, error);
  if (!end_pack (build, wait_ms, &over, error))
    return FALSE;
  if (!over)
    return TRUE;
  if (build->rows->len > 0)
    {
      start_pack (build);
      return TRUE;
    }
  *done = publish (build, error);
  return *done;
}

guint64
lanyard_hub_snapshot_build_get_progress (LanyardHubSnapshotBuild *build)
{
  return build->n_read;
}

gboolean
lanyard_hub_snapshot_build_is_waiting (LanyardHubSnapshotBuild *build)
{
  gboolean waits = FALSE;

  if (build->pack == NULL || !(is_full (build) || build->read_all))
    return FALSE;
  g_mutex_lock (&build->pack->mutex);
  waits = !build->pack->over;
  g_mutex_unlock (&build->pack->mutex);
  return waits;
}
