/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-batch.h"
#include "lanyard-hub-client.h"
#include "lanyard-hub-server-private.h"
#include "lanyard-relay.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/* One batch that is on disk. */
typedef struct
{
  guint64 id; /* order of arrival: the lane's cursor */
  guint32 device;
  guint32 epoch;
  guint64 first;
  guint64 last;
  gboolean sent;    /* the hub has it, or is another relay that has */
  gboolean refused; /* the hub did not take it: kept until somebody has looked */
  char *name;       /* owned: of its file */
} LanyardRelayBatch;

struct _LanyardRelay
{
  char *directory; /* owned */
  LanyardPublicKey root;
  LanyardHubClient *client;  /* owned */
  LanyardTrustList *trust;   /* owned (nullable): in force */
  GPtrArray *batches;        /* owned (element-type LanyardRelayBatch): by id */
  GHashTable *fetches;       /* owned (element-type utf8 Fetch): by path; borrowed, under way */
  GCancellable *cancellable; /* owned: of everything under way */
  GSource *timer;            /* owned (nullable): a look at the line is due */
  LanyardHubServer *server;  /* borrowed (nullable) */
  guint64 last_id;
  gboolean line; /* the last thing that was asked of the hub was answered */
  gboolean pushing;
  guint rest_s;      /* the hub wants to be left alone with batches for so long; 0: it does not */
  gboolean asking;   /* for the trust lists */
  gint64 asked_us;   /* monotonic: when last; 0: never */
  gint64 dropped_us; /* monotonic: when old batches were looked for last; 0: never */
  char *problem;     /* owned (nullable): what is wrong with the line, as it was told */
};

/* lanyard-relay-store.c */
gboolean _lanyard_relay_load_batches (LanyardRelay *relay, GError **error);
/* Keeps @message, unless it is kept already. */
gboolean _lanyard_relay_keep_batch (LanyardRelay *relay,
                                    const LanyardBatch *batch,
                                    const void *data,
                                    gsize n_bytes,
                                    GError **error);
void _lanyard_relay_mark_sent (LanyardRelay *relay, LanyardRelayBatch *batch);
/* The hub does not take it. It is kept, and told in the log. @status: of its answer */
void _lanyard_relay_mark_refused (LanyardRelay *relay, LanyardRelayBatch *batch, guint status);
/* All that was refused goes up once more. */
void _lanyard_relay_forgive (LanyardRelay *relay);
/* Every batch of that place is sent. */
void _lanyard_relay_mark_place_sent (LanyardRelay *relay, const LanyardHubPlace *place);
GBytes *_lanyard_relay_read_batch (LanyardRelay *relay, const LanyardRelayBatch *batch);
void _lanyard_relay_batch_free (LanyardRelayBatch *batch);
/* Forgets batches that the hub answered for a day ago, while none is being pushed. */
void _lanyard_relay_drop_old (LanyardRelay *relay);
/* What @device has not heard yet. @any: (out): whether there is something
 * Returns: (transfer full): an encoded page of the venue */
GBytes *
_lanyard_relay_make_page (LanyardRelay *relay, guint32 device, guint64 after, gboolean *any);

/* lanyard-relay-cache.c: answers by their path. */
void _lanyard_relay_put_cached (LanyardRelay *relay, const char *path, GBytes *content);
/* Returns: (transfer full) (nullable) */
GBytes *_lanyard_relay_get_cached (LanyardRelay *relay, const char *path);
/* The lists that were kept, from the root key on. */
void _lanyard_relay_load_trust (LanyardRelay *relay);

/* lanyard-relay-line.c */
void _lanyard_relay_set_line (LanyardRelay *relay, gboolean line);
/* Whether @reply to a batch says that it is on a disk behind this one. */
gboolean _lanyard_relay_is_taken (const LanyardHubReply *reply);
/* Whether @reply to a batch says "later": then what is kept goes up later. */
gboolean _lanyard_relay_rest (LanyardRelay *relay, const LanyardHubReply *reply);
/* Somebody is not in the trust list that is here: asks for the newest, unless it is being asked
 * for. */
void _lanyard_relay_refresh_trust (LanyardRelay *relay);
/* Looks at the line now and from then on. */
void _lanyard_relay_watch_line (LanyardRelay *relay);

/* lanyard-relay-fetch.c */
/* Asks the hub for what never changes, together with everybody who wants it now. @exchange, whose
 * token is good, comes back when it is in the cache, with the hub's answer to it where that is
 * another, or with nothing. */
enum MHD_Result _lanyard_relay_fetch (LanyardRelay *relay, LanyardHubExchange *exchange);

/* lanyard-relay-routes.c */
/* As if @exchange had been passed up alone. @reply: (transfer full) */
void _lanyard_relay_give_reply (LanyardHubExchange *exchange, LanyardHubReply *reply);
/* Desks that wait for the tail are answered now. @but_device: not this one; 0: all */
void _lanyard_relay_wake_tails (LanyardRelay *relay, guint32 but_device);
const LanyardHubRoute *_lanyard_relay_get_routes (guint *n_routes);

G_END_DECLS
