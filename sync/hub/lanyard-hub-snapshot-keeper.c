/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-snapshot.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-private.h"
#include "lanyard-hub-snapshot-private.h"

/* When a snapshot is made, and what it allows to forget. */

#define LOOK_PERIOD_S 10
#define PACK_PERIOD_MS 5
#define STEPS_A_TURN 2

struct _LanyardHubKeeper
{
  LanyardHub *hub; /* borrowed */
  GSource *source; /* owned (nullable) */
};

gboolean
lanyard_hub_snapshot_start (LanyardHub *hub, GError **error)
{
  if (hub->build == NULL)
    hub->build = lanyard_hub_snapshot_build_new (hub, error);
  return hub->build != NULL;
}

gboolean
lanyard_hub_snapshot_is_under_way (LanyardHub *hub)
{
  return hub->build != NULL;
}

guint64
lanyard_hub_snapshot_get_progress (LanyardHub *hub)
{
  return hub->build == NULL ? 0 : lanyard_hub_snapshot_build_get_progress (hub->build);
}

gboolean
lanyard_hub_snapshot_work (LanyardHub *hub, guint n_steps, guint wait_ms, GError **error)
{
  for (guint i = 0; i < n_steps && hub->build != NULL; i++)
    {
      gboolean waits = lanyard_hub_snapshot_build_is_waiting (hub->build);
      gboolean done;

      if (!lanyard_hub_snapshot_build_step (hub->build, wait_ms, &done, error))
        {
          g_clear_pointer (&hub->build, lanyard_hub_snapshot_build_free);
          return FALSE;
        }
      if (done)
        g_clear_pointer (&hub->build, lanyard_hub_snapshot_build_free);
      if (waits)
        break;
    }
  return TRUE;
}

static void look_later (LanyardHubKeeper *keeper);

static gboolean
on_turn (gpointer user_data)
{
  LanyardHubKeeper *keeper = user_data;
  g_autoptr (GError) error = NULL;

  if (keeper->hub->build == NULL && lanyard_hub_is_snapshot_due (keeper->hub))
    lanyard_hub_snapshot_start (keeper->hub, &error);
  if (error == NULL)
    lanyard_hub_snapshot_work (keeper->hub, STEPS_A_TURN, 0, &error);
  if (error != NULL)
    g_message ("No snapshot was made: %s", error->message);
  look_later (keeper);
  return G_SOURCE_REMOVE;
}

static void
look_later (LanyardHubKeeper *keeper)
{
  LanyardHubSnapshotBuild *build = keeper->hub->build;

  g_clear_pointer (&keeper->source, g_source_unref);
  if (build == NULL)
    keeper->source = g_timeout_source_new_seconds (LOOK_PERIOD_S);
  else if (lanyard_hub_snapshot_build_is_waiting (build))
    keeper->source = g_timeout_source_new (PACK_PERIOD_MS);
  else
    keeper->source = g_idle_source_new ();
  g_source_set_callback (keeper->source, on_turn, keeper, NULL);
  g_source_attach (keeper->source, g_main_context_get_thread_default ());
}

LanyardHubKeeper *
lanyard_hub_keeper_new (LanyardHub *hub)
{
  LanyardHubKeeper *keeper = g_new0 (LanyardHubKeeper, 1);

  keeper->hub = hub;
  look_later (keeper);
  return keeper;
}

void
lanyard_hub_keeper_free (LanyardHubKeeper *keeper)
{
  if (keeper == NULL)
    return;
  g_source_destroy (keeper->source);
  g_source_unref (keeper->source);
  g_free (keeper);
}

GBytes *
lanyard_hub_get_snapshot (LanyardHub *hub, GError **error)
{
  g_autofree char *directory = _lanyard_hub_snapshot_directory (hub);
  g_autofree char *path = g_build_filename (directory, LANYARD_HUB_SNAPSHOT_HEADER, NULL);
  char *content;
  gsize n_bytes;

  if (g_file_get_contents (path, &content, &n_bytes, NULL))
    return g_bytes_new_take (content, n_bytes);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                       "There is no snapshot yet; take the feed.");
  return NULL;
}

LanyardSnapshot *
lanyard_hub_read_snapshot (LanyardHub *hub, GError **error)
{
  g_autoptr (GBytes) header = lanyard_hub_get_snapshot (hub, error);

  if (header == NULL)
    return NULL;
  return lanyard_snapshot_open (header, hub->trust, hub->event, _lanyard_hub_now_s (hub), error);
}

gboolean
lanyard_hub_is_snapshot_due (LanyardHub *hub)
{
  g_autoptr (LanyardSnapshot) snapshot = lanyard_hub_read_snapshot (hub, NULL);
  guint64 gseq, behind;

  if (!hub->store->ops->get_gseq (hub->store, &gseq, NULL))
    return FALSE;
  if (snapshot == NULL)
    return gseq >= LANYARD_HUB_SNAPSHOT_MIN_CHANGES;
  behind = gseq > snapshot->gseq ? gseq - snapshot->gseq : 0;
  return behind >= MAX ((guint64)LANYARD_HUB_SNAPSHOT_MIN_CHANGES, snapshot->n_rows / 4);
}

static gboolean
put_floor (LanyardHub *hub, guint64 floor, GError **error)
{
  char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, floor);
  g_autoptr (GBytes) content = g_bytes_new_take (text, strlen (text));

  return hub->store->ops->put_document (hub->store, LANYARD_HUB_DOCUMENT_FLOOR, content, error);
}

gboolean
lanyard_hub_compact (LanyardHub *hub, guint max, guint64 *floor, guint64 *removed, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (LanyardSnapshot) present = lanyard_hub_read_snapshot (hub, error);
  g_autoptr (LanyardSnapshot) previous
      = _lanyard_hub_read_header (hub, LANYARD_HUB_SNAPSHOT_PREVIOUS, NULL);
  guint64 through;

  if (present == NULL)
    {
      g_prefix_error (error, "Make a snapshot first, or new desks have nothing to begin with: ");
      return FALSE;
    }
  /* Desks may still be loading the one before. A segment is there wholly or not at all. */
  through = previous != NULL ? MIN (previous->gseq, present->gseq) : present->gseq;
  *floor = MAX (through - through % LANYARD_SEGMENT_GSEQ, _lanyard_hub_get_floor (hub));
  if (!store->ops->begin (store, error))
    return FALSE;
  if (!put_floor (hub, *floor, error) || !store->ops->compact (store, *floor, max, removed, error))
    {
      store->ops->rollback (store);
      return FALSE;
    }
  return store->ops->commit (store, error);
}
