/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-clock.h"
#include "lanyard-discovery.h"
#include "lanyard-hub-client.h"
#include "lanyard-negative-list.h"
#include "lanyard-pack-shelf.h"
#include "lanyard-snapshot.h"
#include "lanyard-sync-engine.h"
#include "lanyard-sync-machine.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/* Names of documents that the directory keeps for sync. */
#define LANYARD_SYNC_DOCUMENT_TRUST_ROOT "trust-root"
#define LANYARD_SYNC_DOCUMENT_TRUST "trust"
#define LANYARD_SYNC_DOCUMENT_NEGATIVE "negative"
#define LANYARD_SYNC_DOCUMENT_ALERTS "alerts"

#define LANYARD_SYNC_LIST_PACK 3 /* no list, but asked for behind them */
#define LANYARD_SYNC_N_LISTS 4
#define LANYARD_SYNC_TIMEOUT_S 30

/* How one list is asked for, in this order. */
typedef struct
{
  const char *path;
  gsize max_bytes;
} LanyardSyncList;

/* In the list of hubs. */
#define LANYARD_SYNC_FOUND_HERE "dns-sd:"
typedef struct _LanyardSyncFound LanyardSyncFound;

typedef void (*LanyardSyncReplyFunc) (LanyardSyncEngine *self, LanyardHubReply *reply);

struct _LanyardSyncEngine
{
  GObject parent_instance;

  /* Borrowed */
  LanyardJournal *journal;
  LanyardDirectory *directory;
  LanyardSyncWorld *world;
  gpointer sending; /* (nullable): the one request under way */
  gpointer timer;   /* (nullable) */
  gpointer loader;  /* (nullable): timer of the next piece of a snapshot */
  gpointer sweeper; /* (nullable): timer of the next rows of an earlier feed */

  /* Owned */
  LanyardKey *key;  /* (nullable) */
  char **hub_urls;  /* as they were given; "dns-sd:" is the place of found ones */
  char *venue;      /* (nullable): whose relays are looked for */
  GPtrArray *found; /* (element-type LanyardSyncFound): relays that announce themselves */
  LanyardDiscovery *discovery;       /* (nullable): looks for relays */
  LanyardSyncWorld *own_world;       /* (nullable): NULL: it was given one */
  LanyardTrustList *trust;           /* (nullable) */
  LanyardNegativeList *negative;     /* (nullable) */
  char *etags[LANYARD_SYNC_N_LISTS]; /* (nullable) */
  GHashTable *disputed;              /* (element-type utf8): accreditations with an open alert */
  GQueue *photos;                    /* (element-type GBytes): hashes to ask for */
  GHashTable *absent_photos;         /* (element-type GBytes): the hub does not have them either */
  LanyardSnapshot *snapshot;         /* (nullable): header of what is being loaded */
  struct _LanyardChunkReader *chunk; /* (nullable): the chunk whose rows are being loaded */
  gboolean chunk_ready;              /* its rows can be read */
  guint64 chunk_skip;                /* so many of them are here already */
  char *alarm;                       /* (nullable): stays until the program starts anew */
  char *trouble;                     /* (nullable): goes with the next success */
  char *pack_version;                /* (nullable) */
  LanyardPackShelf *shelf;           /* (nullable): of editions of the pack; NULL: none are taken */
  char *pack_problem;                /* (nullable): why the newest is not; goes with the next one */
  GTask *once;                       /* (nullable): run_once under way */

  /* State */
  LanyardPublicKey root;
  LanyardIdentity identity;
  LanyardSyncMachine machine;
  LanyardSyncReplyFunc reply_func; /* of the request under way */
  LanyardLinkStatus told;          /* what "changed" was emitted for last */
  guint url_index;                 /* of hub_urls, whose turn it is */
  guint found_next;                /* of found, modulo its length: who is the next at that place */
  LanyardSyncFound *using; /* borrowed (nullable) from found: at that place, with its turn */
  gint64 preferred_us;     /* monotonic; when the first hub was last gone back to; 0: never */
  gint64 burst_from_us;    /* monotonic; of the answers 202 that came at once */
  guint burst;             /* how many since then */
  guint list_step;
  gboolean trust_stale; /* something did not verify: ask for the lists first */
  gboolean started;     /* by lanyard_link_start() */
  guint64 known_head;   /* of the feed, as the hub told last */
  guint64 alert_cursor;
  gboolean probe;         /* send the last record with a receipt again: the hub may have lost it */
  gint64 sent_us;         /* monotonic; of the request under way */
  gint64 next_try_us;     /* wall; of the timer */
  LanyardHash trust_hash; /* of the payload of the list in force */
  LanyardHash negative_hash;    /* likewise */
  gint64 lists_asked_us;        /* monotonic; 0: not yet */
  gint64 last_success_us;       /* wall; 0: never */
  gboolean cut;                 /* the venue's relay answered that it has no line to the hub */
  guint64 sent_through;         /* seq of the last record of the batch under way */
  guint64 venue_through;        /* while cut: the relay keeps records up to this seq */
  guint64 venue_cursor;         /* of what other desks of the venue did */
  guint32 pack_version_offered; /* edition that the hub told last */
  gint64 pack_again_us;         /* monotonic: none of its files is asked for before */
  gboolean snapshot_due;        /* the feed does not reach down to this desk */
  gboolean snapshot_declined;   /* this hub has none that would help; until the next try */
};

/* Sends one request; @func gets answers of status 200, 304, 404 and 409, all others end in the
 * machine. */
void _lanyard_sync_send (LanyardSyncEngine *self,
                         const LanyardHubRequest *request,
                         LanyardSyncReplyFunc func);
/* Tells the machine; fills in what is always told. */
void _lanyard_sync_feed (LanyardSyncEngine *self, LanyardSyncInput *input);
/* What answered did not make sense: @error says why. @error: (transfer full) */
void _lanyard_sync_nonsense (LanyardSyncEngine *self, const char *what, GError *error);
/* The answer has a status that has no meaning here. */
void _lanyard_sync_unexpected (LanyardSyncEngine *self, const LanyardHubReply *reply);
/* Something of this desk failed. @error: (transfer full) */
void _lanyard_sync_broken (LanyardSyncEngine *self, GError *error);
void _lanyard_sync_set_alarm (LanyardSyncEngine *self, const char *sentence);
/* The hub may not have what it had: it is shown the last record that it gave a receipt for. */
void _lanyard_sync_probe (LanyardSyncEngine *self);
/* All alerts are asked for again. */
void _lanyard_sync_forget_alerts (LanyardSyncEngine *self);
gint64 _lanyard_sync_now_s (LanyardSyncEngine *self);
gint64 _lanyard_sync_monotonic_us (LanyardSyncEngine *self);

/* The actions of the machine. */
void _lanyard_sync_push (LanyardSyncEngine *self);
void _lanyard_sync_get_alerts (LanyardSyncEngine *self);
void _lanyard_sync_get_changes (LanyardSyncEngine *self);
void _lanyard_sync_poll (LanyardSyncEngine *self);
/* Whether to pull means to load a snapshot; then the next piece of that. */
gboolean _lanyard_sync_wants_snapshot (LanyardSyncEngine *self);
void _lanyard_sync_get_snapshot (LanyardSyncEngine *self);
/* Status 202: what the venue's relay says while it has no line. */
void _lanyard_sync_take_venue (LanyardSyncEngine *self, LanyardHubReply *reply);
/* Returns: seq up to which records need not be sent now */
guint64 _lanyard_sync_get_sent (LanyardSyncEngine *self);
/* lanyard-sync-hubs.c */
void _lanyard_sync_init_hubs (LanyardSyncEngine *self, const char *const *urls);
void _lanyard_sync_clear_hubs (LanyardSyncEngine *self);
/* Where there is a place for them in the list. */
void _lanyard_sync_look_for_relays (LanyardSyncEngine *self);
/* A relay of this event and venue came, or went, as somebody said. */
void _lanyard_sync_take_found (LanyardSyncEngine *self, const char *url, gboolean here);
/* Whether who is asked was only found, so that nothing counts but what is signed. */
gboolean _lanyard_sync_asks_found (LanyardSyncEngine *self);
/* Whether @reply counts for nothing, so that the next one is asked. */
gboolean _lanyard_sync_pass_over (LanyardSyncEngine *self, const LanyardHubReply *reply);
/* Returns: (transfer none) (nullable): URL of who is asked; NULL: there is nobody to ask */
const char *_lanyard_sync_get_hub (LanyardSyncEngine *self);
void _lanyard_sync_prefer_first_hub (LanyardSyncEngine *self);
/* The next hub of the list has its turn at the next try. */
void _lanyard_sync_turn_to_next_hub (LanyardSyncEngine *self);
/* The hub's own sentence where it is one, for people. (transfer full) */
char *_lanyard_sync_describe_refusal (const LanyardHubReply *reply);
/* Leaves a snapshot that is loaded, and rows of an earlier feed that are dropped, where they are. */
void _lanyard_sync_stop_pieces (LanyardSyncEngine *self);
/* lanyard-sync-pull.c: the next page goes on. */
void _lanyard_sync_stop_sweep (LanyardSyncEngine *self);
void _lanyard_sync_get_lists (LanyardSyncEngine *self);
/* lanyard-sync-pack.c */
/* What the hub answered to the question which edition it has. Tells the machine nothing. */
void _lanyard_sync_take_edition (LanyardSyncEngine *self, LanyardHubReply *reply);
/* Asks for the next file of an edition. Returns: FALSE: there is none to ask for */
gboolean _lanyard_sync_get_pack_file (LanyardSyncEngine *self);
/* Whether an answer that was too long was one to that. @error: (transfer full) when TRUE */
gboolean _lanyard_sync_refuse_pack_file (LanyardSyncEngine *self, GError *error);
/* Returns: the edition that waits for the next start; 0: none */
guint _lanyard_sync_get_waiting_pack (LanyardSyncEngine *self);
void _lanyard_sync_get_photos (LanyardSyncEngine *self);

/* Adds what this desk tells of itself to a query. */
void _lanyard_sync_tell_status (LanyardSyncEngine *self, GString *path);

/* Reads what an earlier run kept. */
void _lanyard_sync_load_lists (LanyardSyncEngine *self);
void _lanyard_sync_load_alerts (LanyardSyncEngine *self);

G_END_DECLS
