/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libpq-fe.h>

#include "lanyard-hub-store.h"

G_BEGIN_DECLS

/* Channel on which the hubs over one database tell each other what is new. */
#define LANYARD_PG_CHANNEL "lanyard"
/* Advisory locks: "lanyard" and a number. */
#define LANYARD_PG_LOCK_WRITER "7809911846400001"
#define LANYARD_PG_LOCK_SEQUENCER "7809911846400002"
#define LANYARD_PG_LOCK_SCHEMA "7809911846400003"

typedef struct _LanyardPgWork LanyardPgWork;
typedef struct _LanyardPgStatement LanyardPgStatement;

typedef enum
{
  LANYARD_PG_IDLE,
  LANYARD_PG_ALONE,   /* begin(): nobody else writes */
  LANYARD_PG_UPLOADS, /* begin_uploads() */
} LanyardPgState;

/* Shared by the files of the PostgreSQL store, which are split by what they keep. */
typedef struct
{
  LanyardHubStore parent;
  char *uri;            /* owned; may hold a password: never in a message */
  PGconn *connection;   /* owned (nullable): none now */
  GHashTable *prepared; /* owned (element-type pointer guint): names of statements by address */
  guint n_prepared;     /* names given on this line */
  LanyardPgWork *work;  /* owned: rows of the uploads under way */
  GPtrArray *sent;    /* owned (element-type LanyardPgStatement): whose results are not read yet */
  GArray *is_prepare; /* owned (element-type gboolean): which of the results to come are */
  GThread *thread;    /* that opened it */
  int patience_ms;    /* a line on which nothing moves for so long is given up */
  gint64 retry_at_us; /* monotonic: not connected again before */
  LanyardPgState state;
  LanyardHubNews to_tell; /* at the commit */
  LanyardHubNews news;    /* of others, not read yet */
  guint n_warnings;       /* of the server, since the commit began */
  gint64 step;            /* of the schema, as it was brought up to date; 0: not yet */
  gboolean outdated; /* another program has brought it further: nothing is done here any more */
} LanyardHubStorePg;

static inline LanyardHubStorePg *
_lanyard_hub_pg (LanyardHubStore *store)
{
  return (LanyardHubStorePg *)store;
}

/* Connects where there is no line. @error: LANYARD_ERROR_NETWORK, _REFUSED, _STATE */
gboolean _lanyard_pg_connect (LanyardHubStorePg *store, GError **error);
/* Drops the line; what others tell meanwhile counts as heard of all. */
void _lanyard_pg_disconnect (LanyardHubStorePg *store);
/* Takes in what the server tells by itself. */
void _lanyard_pg_read_notifications (LanyardHubStorePg *store);
/* Brings the tables up to date, or refuses newer ones. */
gboolean _lanyard_pg_migrate (LanyardHubStorePg *store, gboolean create, GError **error);
/*
 * A hub that is older than its database would write what newer ones do not see. So the step is read
 * in each transaction behind the writer's lock, which a program that brings the database up to date
 * holds alone from before its first step to its commit.
 */
LanyardPgStatement *_lanyard_pg_add_step (LanyardHubStorePg *store, GPtrArray *statements);
/* @read: what that read. FALSE: LANYARD_ERROR_STATE */
gboolean
_lanyard_pg_check_step (LanyardHubStorePg *store, LanyardPgStatement *read, GError **error);
/* Looks outside a transaction; sets @outdated alone. */
void _lanyard_pg_look_at_step (LanyardHubStorePg *store);
/* Fills @error from what the server or the line said. */
void _lanyard_pg_fail (LanyardHubStorePg *store, const PGresult *result, GError **error);

/* Each puts its functions into @ops. */
void _lanyard_hub_pg_fill_records (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_badges (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_directory (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_desks (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_stock (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_quarantine (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_fleet (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_resolutions (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_eras (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_opaque (LanyardHubStoreOps *ops);
void _lanyard_hub_pg_fill_transaction (LanyardHubStoreOps *ops);

G_END_DECLS
