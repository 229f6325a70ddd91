/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-clock.h"
#include "lanyard-entry.h"
#include "lanyard-hub-store.h"
#include "lanyard-receipt.h"
#include "lanyard-token.h"

G_BEGIN_DECLS

/*
 * The hub without its wire: keys, lists and a store, and what it does with what desks say. Belongs
 * to the thread that opened it. Nothing here waits for anything but the disk.
 *
 * DIR/root.key   event root; to be taken offline once desks have its public half
 * DIR/hub.key    signs receipts, changes, alerts, lists, invitations
 * DIR/pack/      the event's pack, signed
 * DIR/hub.db     the embedded store
 */
typedef struct _LanyardHub LanyardHub;

/**
 * lanyard_hub_create:
 * @directory: where the hub will live; made when missing
 * @pack_directory: an event's pack; copied and signed
 * @clock: (nullable): the system's when NULL
 * @root: (out): public half of the event root key
 * @error: LANYARD_ERROR_STATE when there is a hub already; anything of pack, keys and store
 */
gboolean lanyard_hub_create (const char *directory,
                             const char *pack_directory,
                             const LanyardClock *clock,
                             LanyardPublicKey *root,
                             GError **error);

/**
 * lanyard_hub_open:
 * @directory: made by lanyard_hub_create()
 * @clock: (nullable): the system's when NULL; must outlive the hub
 * @error: LANYARD_ERROR_NOT_FOUND, _BUSY (another program has it open), _CORRUPT, _NEWER, _IO
 *
 * Returns: (transfer full) (nullable): the hub
 */
LanyardHub *lanyard_hub_open (const char *directory, const LanyardClock *clock, GError **error);
/* The same with a store: @where: (nullable): "sqlite:PATH" or "postgresql://…"; NULL: the one that
 * the folder names, or its own. */
LanyardHub *lanyard_hub_open_store (const char *directory,
                                    const char *where,
                                    const LanyardClock *clock,
                                    GError **error);
void lanyard_hub_close (LanyardHub *hub);
/**
 * lanyard_hub_make_card:
 * @number: accreditation number
 * @error: LANYARD_ERROR_NOT_FOUND, _LIMIT, _IO
 *
 * Gives the next pre-valid card of @number its serial and sequence; desks hear of it with the feed.
 * An earlier one that nobody validated is void from now on.
 *
 * Returns: (transfer full) (nullable): the card
 */
LanyardHubBadge *lanyard_hub_make_card (LanyardHub *hub, const char *number, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHub, lanyard_hub_close)

const char *lanyard_hub_get_event (LanyardHub *hub);
const LanyardTrustList *lanyard_hub_get_trust (LanyardHub *hub);
LanyardHubStore *lanyard_hub_get_store (LanyardHub *hub);
/* (transfer none): event root key */
const LanyardPublicKey *lanyard_hub_get_root (LanyardHub *hub);
gint64 lanyard_hub_get_now_us (LanyardHub *hub);
/* Raised whenever there may be something new to pull: what long polls watch. */
guint64 lanyard_hub_get_generation (LanyardHub *hub);

/* Where an upload says that it belongs. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 first;
  guint64 last;
} LanyardHubPlace;

/**
 * lanyard_hub_ingest:
 * @place: what the request says; the signed batch must say the same
 * @data: a signed batch
 * @n_bytes: its length
 * @status: (out): what became of it
 * @error: nothing was stored: LANYARD_ERROR_LIMIT, _INVALID, _NEWER, _SIGNATURE, _UNTRUSTED,
 * _EXPIRED for what the desk sent; _FULL, _IO, _CORRUPT for what this machine did
 *
 * Checks, stores, then interprets, in one transaction that is on disk before this returns.
 *
 * Returns: (transfer full) (nullable): the signed receipt, also for GAP and FORK
 */
GBytes *lanyard_hub_ingest (LanyardHub *hub,
                            const LanyardHubPlace *place,
                            const void *data,
                            gsize n_bytes,
                            LanyardReceiptStatus *status,
                            GError **error);

/*
 * Several uploads in one transaction, which is what makes a disk that syncs enough for all desks:
 * each is opened with what can be checked without the store, then all are judged and stored
 * together, and each has its own answer. When anything fails in that transaction, nothing of it is
 * kept and each upload is tried again alone, so that one that cannot be stored spoils no other.
 */
typedef struct _LanyardHubUpload LanyardHubUpload;

/* As lanyard_hub_ingest(), before the store is asked. Returns: (transfer full) (nullable) */
LanyardHubUpload *lanyard_hub_upload_new (LanyardHub *hub,
                                          const LanyardHubPlace *place,
                                          const void *data,
                                          gsize n_bytes,
                                          GError **error);
/**
 * lanyard_hub_upload_begin:
 * @place: that the request names
 * @data: stays until the upload is settled or freed
 *
 * The same in two steps: what it takes is done in another thread from now on, where this machine
 * has a processor for it.
 *
 * Returns: (transfer full): what lanyard_hub_upload_settle() needs
 */
LanyardHubUpload *lanyard_hub_upload_begin (LanyardHub *hub,
                                            const LanyardHubPlace *place,
                                            const void *data,
                                            gsize n_bytes);
/* Waits for the check. Once, by the hub's thread; only those with TRUE are for
 * lanyard_hub_ingest_uploads(), the others' lanyard_hub_upload_finish() has the same @error. */
/* One that begin() left alone, because enough were being checked: now, if there is room. Returns:
 * whether it is, or was, checked */
gboolean lanyard_hub_upload_go_ahead (LanyardHub *hub, LanyardHubUpload *upload);
gboolean lanyard_hub_upload_settle (LanyardHub *hub, LanyardHubUpload *upload, GError **error);
void lanyard_hub_upload_free (LanyardHubUpload *upload);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubUpload, lanyard_hub_upload_free)
guint lanyard_hub_upload_get_n_records (const LanyardHubUpload *upload);
/* @uploads: (element-type LanyardHubUpload): in the order in which they came. On disk when this
 * returns. */
void lanyard_hub_ingest_uploads (LanyardHub *hub, GPtrArray *uploads);
/* After lanyard_hub_ingest_uploads(), once. Errors and result as lanyard_hub_ingest(). */
GBytes *
lanyard_hub_upload_finish (LanyardHubUpload *upload, LanyardReceiptStatus *status, GError **error);

/* Hears what other hubs over the same store did. */
void lanyard_hub_hear (LanyardHub *hub);
/* Whether it was heard that a later version has taken over the store: the hub stores nothing any
 * more, and should end. */
gboolean lanyard_hub_is_outdated (LanyardHub *hub);

/* Who asks, from the Authorization header. @error: as lanyard_token_open(); _UNTRUSTED also for an
 * epoch that is not the present one. Returns: (transfer full) (nullable) */
LanyardToken *lanyard_hub_authenticate (LanyardHub *hub,
                                        const char *header,
                                        const char *method,
                                        const char *path,
                                        GError **error);

/* Signed page of segment @index as @era knew it, which never changes; @era 0: in version 1.
 * LANYARD_ERROR_NOT_FOUND while it is not full, _GAP when it is below the floor, and for an era
 * that did not have it. */
GBytes *lanyard_hub_get_segment (LanyardHub *hub, guint64 index, guint64 era, GError **error);

/* Where a desk stands in the feed. */
typedef struct
{
  guint version; /* of pages that it reads: 1 or 2 */
  guint64 after; /* gseq up to which it has the feed */
  guint64 era;   /* that it was told with that; 0: none */
} LanyardHubPoint;

/* Signed page of what follows @point, maybe empty. Where the feed of this hub never was at that
 * point, the page begins at the beginning. LANYARD_ERROR_GAP when that is below the floor. */
GBytes *lanyard_hub_get_tail (LanyardHub *hub,
                              guint32 device,
                              const LanyardHubPoint *point,
                              GError **error);
/* Signed page of the alerts of @device after @after, maybe empty. */
GBytes *lanyard_hub_get_alerts (LanyardHub *hub, guint32 device, guint64 after, GError **error);
/* Whether a tail or the alerts would bring something new. */
gboolean lanyard_hub_has_news (LanyardHub *hub,
                               guint32 device,
                               const LanyardHubPoint *point,
                               guint64 after_alert);
/* "trust-root", "trust" or "negative"; the last is signed anew when it changed or is ten minutes
 * old. */
GBytes *lanyard_hub_get_list (LanyardHub *hub, const char *name, GError **error);
/* @hash: 32 bytes. LANYARD_ERROR_NOT_FOUND */
GBytes *lanyard_hub_get_photo (LanyardHub *hub, GBytes *hash, GError **error);

/**
 * lanyard_hub_create_code:
 * @venue: a venue code of the pack
 * @name: words for people; may be empty
 * @device: a desk that is set up anew, or 0 for a new one
 * @valid_s: how long the code holds, s
 * @error: LANYARD_ERROR_USAGE for a venue or desk that there is not
 *
 * Returns: (transfer full) (nullable): a one-time code; only its hash is kept
 */
char *lanyard_hub_create_code (LanyardHub *hub,
                               const char *venue,
                               const char *name,
                               guint32 device,
                               gint64 valid_s,
                               GError **error);

/* @data: a signed enrolment request. @error: LANYARD_ERROR_REFUSED for a code that is unknown,
 * used, too old or of another venue. Returns: (transfer full) (nullable): the signed answer */
GBytes *lanyard_hub_enrol (LanyardHub *hub, const void *data, gsize n_bytes, GError **error);

/**
 * lanyard_hub_resolve:
 * @number: accreditation number of somebody who is disputed
 * @keep_serial: the badge that stays; all others that are open are void from now on
 * @reason: word of a LanyardResolveReason, such as "in-hand"
 * @who: a word that says who decided, such as a staff number
 * @error: LANYARD_ERROR_NOT_FOUND (nobody has this number, or no badge of theirs this serial),
 *   LANYARD_ERROR_STATE (nothing is disputed, or this badge is void), LANYARD_ERROR_USAGE (no such
 *   reason, or nobody said who), what the store says
 *
 * The decision of the hub's operator about a conflict. Every desk hears of it with the feed, those
 * that handed the badges out by an alert as well. It takes the place of all decisions that the hub
 * knows of.
 */
gboolean lanyard_hub_resolve (LanyardHub *hub,
                              const char *number,
                              const char *keep_serial,
                              const char *reason,
                              const char *who,
                              GError **error);

/**
 * lanyard_hub_get_dispute:
 * @number: accreditation number
 * @error: what the store says
 *
 * Returns: (transfer full) (nullable): the badges of somebody who is disputed, with the desks to
 *   call, in the order in which the hub heard of them; NULL without an error: nothing is disputed
 */
LanyardDispute *lanyard_hub_get_dispute (LanyardHub *hub, const char *number, GError **error);

/* Whether @entry stays within its limit when it also tells of badges. */
gboolean lanyard_hub_entry_fits (const LanyardEntry *entry);

typedef struct
{
  guint64 added;
  guint64 changed;
  guint64 same;
} LanyardHubImported;

/**
 * lanyard_hub_import:
 * @entries: (element-type LanyardEntry): of the roster; what they say of badges is not looked at
 * @photos: (element-type GBytes): JPEG or PNG
 * @imported: (out): added to
 * @error: LANYARD_ERROR_LIMIT for an entry that does not fit; what the store says
 *
 * One transaction. Entries that are as they were make no change of the feed.
 */
gboolean lanyard_hub_import (LanyardHub *hub,
                             GPtrArray *entries,
                             GPtrArray *photos,
                             LanyardHubImported *imported,
                             GError **error);

/**
 * lanyard_hub_preview_import:
 * @entries: (element-type LanyardEntry): of the roster
 * @members: (element-type utf8 gsize): added to: in how many entries each member would change
 * @imported: (out): added to
 *
 * What lanyard_hub_import() would do. Changes nothing.
 */
gboolean lanyard_hub_preview_import (LanyardHub *hub,
                                     GPtrArray *entries,
                                     GHashTable *members,
                                     LanyardHubImported *imported,
                                     GError **error);

G_END_DECLS
