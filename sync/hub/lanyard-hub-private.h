/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-decisions.h"
#include "lanyard-hub.h"
#include "lanyard-key.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

#define LANYARD_HUB_KEY_FILE "hub.key"
#define LANYARD_HUB_ROOT_KEY_FILE "root.key"
#define LANYARD_HUB_DATABASE_FILE "hub.db"
#define LANYARD_HUB_PACK_DIRECTORY "pack"
#define LANYARD_HUB_SOCKET_FILE "control.sock"

/* Documents of the store. */
#define LANYARD_HUB_DOCUMENT_EVENT "event"
#define LANYARD_HUB_DOCUMENT_ROOT "root"
#define LANYARD_HUB_DOCUMENT_TRUST_ROOT "trust-root"
#define LANYARD_HUB_DOCUMENT_TRUST "trust"
#define LANYARD_HUB_DOCUMENT_NEGATIVE "negative"
#define LANYARD_HUB_DOCUMENT_COUNTER "negative-counter"
#define LANYARD_HUB_DOCUMENT_FLOOR "feed-floor"

/* Keys that the hub trusts hold for this long. An event with its preparation is shorter. */
#define LANYARD_HUB_KEY_VALID_S (G_GINT64_CONSTANT (3) * 366 * 86400)
/* A key holds from a day before it was made: desks' clocks are not exact. */
#define LANYARD_HUB_KEY_EARLY_S 86400

struct _LanyardHub
{
  char *directory;        /* owned */
  char *event;            /* owned; event code */
  LanyardHubStore *store; /* owned */
  LanyardKey *key;        /* owned */
  LanyardPublicKey root;
  LanyardTrustList *trust;   /* owned; in force */
  const LanyardClock *clock; /* borrowed */

  GThreadPool *checkers;   /* owned (nullable): check uploads */
  guint n_ahead;           /* uploads that are checked, or will be, before their turn */
  GHashTable *enrolled;    /* owned (element-type guint64 LanyardKid): by device << 32 | epoch */
  guint64 trusted_through; /* enrolment id up to which the trust list in force was seen to reach */

  guint64 generation;
  gboolean outdated;        /* the store is of a later version by now */
  gboolean negative_dirty;  /* void sequences may have changed since the list was signed */
  gint64 negative_issued_s; /* of the list in the store; 0: none */
  guint64 restored_era;     /* in which the alarm about that is kept; 0: none */

  GHashTable *states; /* owned (nullable) (element-type guint32 LanyardHubDeskState): not on disk
                         yet */
  struct _LanyardHubSnapshotBuild *build; /* owned (nullable): a snapshot that is being made */
};

gint64 _lanyard_hub_now_s (LanyardHub *hub);
/* Commits, and tells other hubs over the same store what they must know. */
gboolean _lanyard_hub_commit (LanyardHub *hub, GError **error);
/* FALSE with LANYARD_ERROR_STATE when @store holds a hub; inside a transaction it stays so. */
gboolean _lanyard_hub_is_unused (LanyardHubStore *store, GError **error);
/* Takes over the store's trust list where another hub put a later one. */
gboolean _lanyard_hub_refresh_trust (LanyardHub *hub, GError **error);
/* The feed is whole after this gseq; 0: all of it. */
guint64 _lanyard_hub_get_floor (LanyardHub *hub);
/* Opens store's list @content as the trust list in force, from the root's one on. */
LanyardTrustList *_lanyard_hub_load_trust (LanyardHub *hub, GError **error);

/* Reads again what an earlier version of this program could not. */
gboolean _lanyard_hub_reread (LanyardHub *hub, GError **error);

/* An enrolment of @device ends with the transaction under way: what it left open is a question. */
gboolean _lanyard_hub_leave_desk (LanyardHub *hub, guint32 device, GError **error);
/* The same for all enrolments that ended before this program knew of questions. */
gboolean _lanyard_hub_leave_forgotten (LanyardHub *hub, GError **error);

/* @revoked: (out): whether the key of that enrolment was taken back */
gboolean _lanyard_hub_is_revoked (LanyardHub *hub,
                                  guint32 device,
                                  guint32 epoch,
                                  gboolean *revoked,
                                  GError **error);
/* A list of the one key that was enrolled for this very epoch, for records. (transfer full)
 * (nullable). @error: LANYARD_ERROR_UNTRUSTED: there was no such enrolment */
LanyardTrustList *
_lanyard_hub_trust_enrolment (LanyardHub *hub, guint32 device, guint32 epoch, GError **error);

/* Revokes as @revocation tells, at a hub that was rebuilt. @error: LANYARD_ERROR_NOT_FOUND: there
 * was no such enrolment; _STATE: it is revoked already */
gboolean _lanyard_hub_revoke_again (LanyardHub *hub,
                                    const LanyardHubRevocation *revocation,
                                    gboolean keep_badges,
                                    GError **error);
/* Decides as @decided tells about a record, where that is set aside and nobody has decided.
 * @result: (out): KNOWN: there is nothing to decide; WAITS: it was read again, and still makes no
 * sense */
gboolean _lanyard_hub_decide_again (LanyardHub *hub,
                                    const LanyardHubAside *decided,
                                    LanyardHubDecisionResult *result,
                                    GError **error);

/**
 * _lanyard_hub_fold:
 * @batch: a batch whose records from @from on were just stored, in the transaction under way
 * @facts: (element-type LanyardHubFact): what each record of @batch says
 * @conflicts: (element-type utf8): gets the accreditations that are disputed through this batch
 *
 * Folds what the new records say into badges, holdings, changes and alerts.
 */
gboolean _lanyard_hub_fold (LanyardHub *hub,
                            const LanyardBatch *batch,
                            GPtrArray *facts,
                            guint64 from,
                            gint64 now_us,
                            GPtrArray *conflicts,
                            GError **error);

/* A batch of records that are here already; empty at first. (transfer full) */
LanyardBatch *
_lanyard_hub_batch_new (guint32 device, guint32 epoch, guint64 first, const LanyardHash *previous);
/* Adds the record that comes next in its chain. */
void _lanyard_hub_batch_add (LanyardBatch *batch, GBytes *encoded, const LanyardHash *hash);
/* Counts the badges that came out by the records of @batch from @from on. */
gboolean _lanyard_hub_count_pickups (LanyardHub *hub,
                                     const LanyardBatch *batch,
                                     GPtrArray *facts,
                                     guint64 from,
                                     GError **error);

/* Badges below this sequence are void: those voided, but never one that is open.
 * @badges: (element-type LanyardHubBadge): all of one accreditation */
guint32 _lanyard_hub_compute_void_below (GPtrArray *badges);

/* Puts what is known of badges into @entry, without the badges of a dispute. */
void _lanyard_hub_apply_holding (LanyardEntry *entry, const LanyardHubHolding *holding);
/* The same with them, as far as they fit. Returns: (transfer full) (nullable): @entry, encoded */
GBytes *_lanyard_hub_encode_with_holding (LanyardHub *hub,
                                          LanyardEntry *entry,
                                          const LanyardHubHolding *holding,
                                          GError **error);

G_END_DECLS
