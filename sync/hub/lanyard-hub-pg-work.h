/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-store-pg-private.h"

G_BEGIN_DECLS

/*
 * The rows that a transaction of uploads works on. What its needs name is locked and read when it
 * begins; after that reading costs no way to the server, and what changes goes there in one go at
 * the commit. Whatever is not kept here is asked of the server, after what has changed was sent.
 */

/* A stream as it will be. */
typedef struct
{
  guint64 place; /* device << 32 | epoch */
  LanyardHubStream stream;
  gint64 updated_us;
  gboolean ended; /* its enrolment, as is_ended () says */
  gboolean dirty;
} LanyardPgStream;

/* A card as it will be. */
typedef struct
{
  LanyardHubBadge *badge; /* owned */
  gboolean stored;        /* the server has a row of it */
  gboolean dirty;
} LanyardPgBadge;

/* One accreditation: the locked row, its cards, its newest entry. */
typedef struct
{
  LanyardHubHolding *holding; /* owned */
  GPtrArray *badges;          /* owned (element-type LanyardPgBadge): by serial */
  GBytes *entry;              /* owned (nullable): there is none */
  guint64 gseq;               /* of the newest change; 0: none */
  gboolean dirty;
} LanyardPgPerson;

typedef struct
{
  guint64 gseq;
  char *number;  /* owned */
  GBytes *entry; /* owned (nullable) */
} LanyardPgChange;

/* Records of one desk that came together. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 first;
  guint n;            /* 1 to LANYARD_BATCH_MAX_RECORDS */
  guint offset;       /* of the first in both arrays */
  GArray *hashes;     /* owned (element-type LanyardHash) */
  GPtrArray *records; /* owned (element-type GBytes) */
  gint64 received_us;
} LanyardPgStretch;

typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 seq;
  char *why; /* owned */
} LanyardPgAside;

typedef struct
{
  guint64 id;
  guint32 device;
  LanyardAlert alert; /* with its own number; serials: not used */
  char *serials;      /* owned: one a line */
} LanyardPgAlert;

#define LANYARD_PG_ENROLMENT_COLUMNS "id, device, epoch, venue, name, prefix, key, enrolled_us"

struct _LanyardPgWork
{
  GHashTable *streams; /* (element-type guint64 LanyardPgStream) */
  GHashTable *desks;   /* (element-type guint32 LanyardHubEnrolment): the newest of each device */
  GHashTable *persons; /* (element-type utf8 LanyardPgPerson) */
  GHashTable *cards;   /* (element-type utf8 LanyardPgBadge): borrowed from persons, or in others */
  GPtrArray *others;   /* (element-type LanyardPgBadge): of accreditations not named */
  GHashTable *serials; /* (element-type utf8): looked for, there or not */
  GPtrArray *stretches; /* (element-type LanyardPgStretch) */
  GPtrArray *asides;    /* (element-type LanyardPgAside) */
  GPtrArray *changes;   /* (element-type LanyardPgChange) */
  GPtrArray *alerts;    /* (element-type LanyardPgAlert) */
  GArray *pickups;      /* (element-type LanyardHubPickups) */
  GHashTable *stocks;   /* (element-type utf8 LanyardHubStock): by device and printer */
  gboolean dirty;
  gboolean sequenced; /* the sequencer's lock is held */
  guint64 gseq;       /* the last that was given, or was there */
  guint64 alert;      /* likewise */
};

LanyardPgWork *_lanyard_pg_work_new (void);
void _lanyard_pg_work_free (LanyardPgWork *work);
/* Forgets all: at the end of a transaction. */
void _lanyard_pg_work_reset (LanyardPgWork *work);

/* Begins the transaction, locks and reads. */
gboolean
_lanyard_pg_work_begin (LanyardHubStorePg *store, const LanyardHubNeeds *needs, GError **error);
/* Sends what has changed, if anything. */
gboolean _lanyard_pg_work_flush (LanyardHubStorePg *store, GError **error);
/* The statements that do so. @statements: (element-type LanyardPgStatement) */
void _lanyard_pg_work_collect (LanyardHubStorePg *store, GPtrArray *statements);
/* Of one table each, where something is to be sent. */
void _lanyard_pg_collect_stretches (LanyardHubStorePg *store, GPtrArray *statements);
void _lanyard_pg_collect_streams (LanyardHubStorePg *store, GPtrArray *statements);
void _lanyard_pg_collect_badges (LanyardHubStorePg *store, GPtrArray *statements);
void _lanyard_pg_collect_holdings (LanyardHubStorePg *store, GPtrArray *statements);
void _lanyard_pg_collect_changes (LanyardHubStorePg *store, GPtrArray *statements);
void _lanyard_pg_collect_asides (LanyardHubStorePg *store, GPtrArray *statements);
void _lanyard_pg_collect_alerts (LanyardHubStorePg *store, GPtrArray *statements);
void _lanyard_pg_collect_stocks (LanyardHubStorePg *store, GPtrArray *statements);
/* The one for badges that came out. */
void _lanyard_pg_collect_pickups (LanyardHubStorePg *store, GPtrArray *statements);
/* Sends what has changed, where that is much, and does not wait: so the server writes it while this
 * side goes on with the next upload. */
gboolean _lanyard_pg_work_stream (LanyardHubStorePg *store, GError **error);
/* Takes the sequencer's lock and reads the last numbers, once in a transaction. */
gboolean _lanyard_pg_work_sequence (LanyardHubStorePg *store, GError **error);

/* The work while uploads are under way; otherwise NULL. */
static inline LanyardPgWork *
_lanyard_pg_work (LanyardHubStore *store)
{
  LanyardHubStorePg *self = _lanyard_hub_pg (store);

  return self->state == LANYARD_PG_UPLOADS ? self->work : NULL;
}

LanyardPgStream *_lanyard_pg_work_find_stream (LanyardPgWork *work, guint32 device, guint32 epoch);
/* Returns: (transfer none) (nullable): the newest enrolment of @device; NULL: ask the server */
const LanyardHubEnrolment *_lanyard_pg_work_find_desk (LanyardPgWork *work, guint32 device);
/* @enrolment: (transfer full): the newest of its device */
void _lanyard_pg_work_put_desk (LanyardPgWork *work, LanyardHubEnrolment *enrolment);
/* @found: (out) (nullable): what is kept of the card. Returns: whether that is the truth */
gboolean
_lanyard_pg_work_find_badge (LanyardPgWork *work, const char *serial, LanyardPgBadge **found);
/* Puts a card, new or not, where it belongs. */
LanyardPgBadge *
_lanyard_pg_work_put_badge (LanyardPgWork *work, const LanyardHubBadge *badge, gboolean dirty);

/* Of a row of LANYARD_PG_ENROLMENT_COLUMNS. Returns: (transfer full) */
LanyardHubEnrolment *_lanyard_pg_read_enrolment (LanyardPgStatement *statement);
LanyardHubBadge *_lanyard_pg_badge_copy (const LanyardHubBadge *badge);
void _lanyard_pg_holding_set (LanyardHubHolding *to, const LanyardHubHolding *from);

G_END_DECLS
