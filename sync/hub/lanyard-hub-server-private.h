/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <microhttpd.h>

#include "lanyard-hub-metrics.h"
#include "lanyard-hub-server.h"

G_BEGIN_DECLS

/* A body may take this long in all, s; MHD itself closes lines that are silent. */
#define LANYARD_HUB_BODY_DEADLINE_S 30

typedef struct _LanyardHubExchange LanyardHubExchange;

struct _LanyardHubRoute;

struct _LanyardHubServer
{
  LanyardHub *hub;                       /* borrowed (nullable): NULL: a relay's server */
  gpointer owner;                        /* borrowed (nullable): the relay */
  const struct _LanyardHubRoute *routes; /* borrowed, static */
  guint n_routes;
  struct MHD_Daemon *daemon; /* owned */
  GSource *source;           /* owned: runs the daemon in the context */
  char *url;                 /* owned */
  LanyardHubPeers *peers;    /* owned */
  GHashTable *waiting;       /* owned (element-type LanyardHubExchange): suspended long polls */
  GSource *run_source;       /* owned (nullable): what was resumed is to be looked at */
  GSource *wake_source;      /* owned (nullable): a look at them is due */
  GSource *news_source;      /* owned (nullable): hears of other hubs over the same store */
  GPtrArray *uploads;        /* owned (element-type LanyardHubExchange): wait to be stored */
  GSource *uploads_source;   /* owned (nullable): they are due */
  guint64 seen_generation;   /* of the hub at the last look */
  guint n_open;              /* exchanges under way */
  gboolean closing;
  LanyardHubLog log;
  LanyardHubMetrics metrics;
  GSource *flush_source;     /* owned (nullable): what is known of desks goes to disk */
  char *page_password;       /* owned (nullable): of the fleet page */
  GSourceFunc on_outdated;   /* (nullable) */
  gpointer on_outdated_data; /* borrowed */
};

/* What a route does once the whole request is there: answers, or suspends. */
typedef enum MHD_Result (*LanyardHubHandler) (LanyardHubExchange *exchange);

typedef struct _LanyardHubRoute
{
  const char *method;
  const char *path;     /* whole path, or its beginning when it ends in a slash */
  const char *name;     /* for the log */
  gsize max_body_bytes; /* 0: the request has none */
  LanyardHubHandler handler;
} LanyardHubRoute;

/* What a Range asks for. */
typedef enum
{
  LANYARD_HUB_RANGE_WHOLE, /* none, or one that is not understood: all of it */
  LANYARD_HUB_RANGE_PART,
  LANYARD_HUB_RANGE_OUTSIDE,
} LanyardHubRange;

/* One request and its answer. */
struct _LanyardHubExchange
{
  LanyardHubServer *server;          /* borrowed */
  struct MHD_Connection *connection; /* borrowed */
  char *uri;                         /* owned: path and query as received */
  const char *method;                /* borrowed from the connection */
  const char *rest;                  /* in the connection's path: what follows the route's */
  const LanyardHubRoute *route;      /* (nullable) */
  GByteArray *body;                  /* owned */
  gsize n_received;                  /* bytes of the body so far, kept or not */
  gsize n_kept;                      /* of them in @body */
  gboolean started;                  /* the header was looked at */
  gboolean too_large;                /* the body is; what still comes is thrown away */
  gboolean too_many;                 /* others hold all the room there is; likewise */
  gint64 started_us;                 /* monotonic */
  guint32 device;                    /* who asks; 0: not known */
  guint32 epoch;                     /* of device, where it asked with a token */
  guint status;                      /* HTTP status of the answer */
  gsize n_answer;                    /* bytes of the answer */

  /* Long poll */
  LanyardHubPoint point;
  guint64 after_alert;
  gint64 deadline_us; /* monotonic; 0: does not wait */
  gboolean suspended;

  LanyardHubUpload *upload; /* owned (nullable) */
  LanyardHubPlace place;    /* of it, as the path says */
  /* Relay */
  gpointer errand;                               /* owned by @forget (nullable) */
  void (*forget) (LanyardHubExchange *exchange); /* (nullable): the exchange is over */
};

/* A server of other routes. @owner: borrowed */
LanyardHubServer *_lanyard_hub_server_new_for (LanyardHub *hub,
                                               const LanyardHubRoute *routes,
                                               guint n_routes,
                                               gpointer owner,
                                               const char *listen,
                                               GError **error);
/* The hub's own. @n_routes: (out) */
const LanyardHubRoute *_lanyard_hub_get_routes (guint *n_routes);
/* Goes on with one that waits. */
void _lanyard_hub_resume (LanyardHubExchange *exchange);

/* Returns: (transfer none) (nullable): the route, with @rest set; NULL: 404, or 405 with
 * @known_path */
const LanyardHubRoute *_lanyard_hub_route_find (LanyardHubServer *server,
                                                const char *method,
                                                const char *path,
                                                const char **rest,
                                                gboolean *known_path);

/* Answers. @body: (nullable). */
enum MHD_Result _lanyard_hub_answer (LanyardHubExchange *exchange,
                                     guint status,
                                     const char *content_type,
                                     GBytes *body);
/* The same, with an ETag and a Cache-Control; 304 when the request has that ETag. */
enum MHD_Result _lanyard_hub_answer_cached (LanyardHubExchange *exchange,
                                            const char *content_type,
                                            GBytes *body,
                                            const char *cache_control);
/* One sentence as text/plain. */
enum MHD_Result
_lanyard_hub_answer_text (LanyardHubExchange *exchange, guint status, const char *text);
/* 429 with a Retry-After of @wait_s. */
enum MHD_Result
_lanyard_hub_answer_later (LanyardHubExchange *exchange, guint wait_s, const char *text);
/* 401: a password is asked for. */
enum MHD_Result _lanyard_hub_answer_challenge (LanyardHubExchange *exchange);
/* A page for people, which may load nothing but its style. */
enum MHD_Result
_lanyard_hub_answer_page (LanyardHubExchange *exchange, guint status, const GString *html);
/* The status that @error stands for. */
guint _lanyard_hub_status_of (const GError *error);
/* That status, and its sentence where that helps and gives nothing away. */
enum MHD_Result _lanyard_hub_answer_error (LanyardHubExchange *exchange, const GError *error);
/* Who asks; answers when that is nobody. */
gboolean _lanyard_hub_need_desk (LanyardHubExchange *exchange, enum MHD_Result *result);
/* lanyard-hub-snapshot-routes.c */
enum MHD_Result _lanyard_hub_on_snapshot (LanyardHubExchange *exchange);
enum MHD_Result _lanyard_hub_on_chunk (LanyardHubExchange *exchange);
/* lanyard-hub-pack-routes.c */
enum MHD_Result _lanyard_hub_on_edition (LanyardHubExchange *exchange);
enum MHD_Result _lanyard_hub_on_pack_file (LanyardHubExchange *exchange);
/* Suspends until there is news or the time is over. */
enum MHD_Result _lanyard_hub_wait (LanyardHubExchange *exchange);
/* Strictly decimal, without sign and leading zeros. */
gboolean _lanyard_hub_parse_number (const char *text, gsize n_text, guint64 *number);
/* "7/1/rec/501-1000": where an upload belongs */
gboolean _lanyard_hub_parse_place (const char *rest, LanyardHubPlace *place);
/* One range of @n_bytes, which is not 0: "bytes=5-9", "bytes=5-", "bytes=-9" (RFC 9110 §14.1.2).
 * @value: (nullable); @first, @last: (out) */
LanyardHubRange
_lanyard_hub_parse_range (const char *value, guint64 n_bytes, guint64 *first, guint64 *last);
/* Returns: (transfer full) (nullable): attached; NULL: the store is this hub's alone */
GSource *_lanyard_hub_news_source_new (LanyardHubServer *server);
/* The route of uploads. */
enum MHD_Result _lanyard_hub_on_upload (LanyardHubExchange *exchange);
/* Stores the uploads that wait, and lets them answer. */
void _lanyard_hub_run_uploads (LanyardHubServer *server);
/* Of those who may look at the whole fleet; answers when they may not. */
gboolean _lanyard_hub_may_look (LanyardHubExchange *exchange, enum MHD_Result *result);
/* Notes what the desk tells of itself in the query of its question for the tail. */
void _lanyard_hub_take_status (LanyardHubExchange *exchange);
/* One line about a request that is over. */
void _lanyard_hub_log_exchange (const LanyardHubExchange *exchange);
/* One line about something that failed on this machine. */
void _lanyard_hub_log_error (const LanyardHubExchange *exchange, const GError *error);

enum MHD_Result _lanyard_hub_on_health (LanyardHubExchange *exchange);
enum MHD_Result _lanyard_hub_on_metrics (LanyardHubExchange *exchange);
enum MHD_Result _lanyard_hub_on_fleet (LanyardHubExchange *exchange);
enum MHD_Result _lanyard_hub_on_venue (LanyardHubExchange *exchange);
enum MHD_Result _lanyard_hub_on_desk (LanyardHubExchange *exchange);
enum MHD_Result _lanyard_hub_on_style (LanyardHubExchange *exchange);

G_END_DECLS
