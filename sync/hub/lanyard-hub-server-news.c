/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-server-private.h"

/* What other hubs over the same store do wakes the long polls of this one. */

/* A line to the store that broke is tried again so often, and what was told while there was no
 * line is looked for. */
#define PERIOD_US G_USEC_PER_SEC

typedef struct
{
  GSource source;
  LanyardHubServer *server; /* borrowed */
  int fd;                   /* that is watched; -1: none */
  gpointer tag;             /* borrowed: of the watch */
} NewsSource;

/* The store's descriptor is another one after each new line. */
static void
watch (NewsSource *source)
{
  LanyardHubStore *store = lanyard_hub_get_store (source->server->hub);
  int fd = store->ops->get_fd (store);

  if (fd == source->fd)
    return;
  if (source->tag != NULL)
    g_source_remove_unix_fd (&source->source, source->tag);
  source->tag = fd < 0 ? NULL : g_source_add_unix_fd (&source->source, fd, G_IO_IN);
  source->fd = fd;
}

static gboolean
news_prepare (GSource *source, int *timeout_ms)
{
  watch ((NewsSource *)source);
  *timeout_ms = -1;
  return FALSE;
}

static gboolean
news_check (GSource *source)
{
  NewsSource *self = (NewsSource *)source;

  return (self->tag != NULL && g_source_query_unix_fd (source, self->tag) != 0)
         || g_get_monotonic_time () >= g_source_get_ready_time (source);
}

static gboolean
news_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  LanyardHubServer *server = ((NewsSource *)source)->server;
  guint64 before = lanyard_hub_get_generation (server->hub);

  lanyard_hub_hear (server->hub);
  if (lanyard_hub_get_generation (server->hub) != before)
    lanyard_hub_server_wake (server);
  if (lanyard_hub_is_outdated (server->hub) && server->on_outdated != NULL)
    server->on_outdated (server->on_outdated_data);
  g_source_set_ready_time (source, g_get_monotonic_time () + PERIOD_US);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs news_funcs = { news_prepare, news_check, news_dispatch, NULL };

GSource *
_lanyard_hub_news_source_new (LanyardHubServer *server)
{
  LanyardHubStore *store = lanyard_hub_get_store (server->hub);
  GSource *source;

  if (!store->ops->is_shared (store))
    return NULL;
  source = g_source_new (&news_funcs, sizeof (NewsSource));
  ((NewsSource *)source)->server = server;
  ((NewsSource *)source)->fd = -1;
  g_source_set_ready_time (source, g_get_monotonic_time () + PERIOD_US);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}
