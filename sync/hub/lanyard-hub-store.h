/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-alerts.h"
#include "lanyard-batch.h"
#include "lanyard-changes.h"
#include "lanyard-dispute.h"
#include "lanyard-entry.h"
#include "lanyard-hub-stock.h"

G_BEGIN_DECLS

/*
 * All that a hub keeps, behind one interface: the hub itself has no state that it could not read
 * here again. What the records mean is decided above it (ledger, interpret, ingest); a store only
 * keeps rows and gives transactions. lanyard-hub-store-sqlite.[ch] is the embedded one.
 *
 * Rules for every store:
 * 1. What commit() returned TRUE for survives a power cut.
 * 2. lock_holding() holds the row of that accreditation until the end of the transaction, so that
 * two writers can never both see it as it was. Callers lock in ascending order of numbers.
 * 3. gseq and the ids of alerts ascend in the order of commit: whoever has read up to n will never
 *    find a lower one later.
 * 4. record rows are never changed.
 * 5. Several programs may serve one store, where it is one for several. begin() keeps all of them
 *    out until the end of the transaction; begin_uploads() only those that begin() and those that
 *    touch the same streams or accreditations.
 *
 * LANYARD_ERROR_BUSY and _NETWORK mean that the same may be tried again at once.
 */
typedef struct _LanyardHubStore LanyardHubStore;

/* Head of one (device, epoch). A value. */
typedef struct
{
  guint64 head_seq;      /* 0: nothing yet */
  LanyardHash head_hash; /* zero when head_seq is 0 */
} LanyardHubStream;

/* What is known of one card. Flags are only ever added, so the order of arrival does not matter;
 * all but SETTLED and KEPT, which are computed anew from all decisions about its accreditation, and
 * LEFT, which follows from the other flags and from whether its desk's enrolment has ended. */
typedef enum
{
  LANYARD_HUB_BADGE_ISSUED = 1 << 0,
  LANYARD_HUB_BADGE_UNKNOWN = 1 << 1, /* nobody knows whether it came out */
  LANYARD_HUB_BADGE_VOIDED = 1 << 2,
  LANYARD_HUB_BADGE_RETURNED = 1 << 3, /* a day pass that came back */
  LANYARD_HUB_BADGE_SETTLED = 1 << 4,  /* void by the decisions about a conflict */
  LANYARD_HUB_BADGE_LEFT = 1 << 5,     /* nobody is left who could be asked whether it came out */
  LANYARD_HUB_BADGE_KEPT = 1 << 6,     /* LEFT, and a decision says that it is in a hand */
} LanyardHubBadgeFlags;

/* In nobody's hand any more. */
#define LANYARD_HUB_BADGE_CLOSED                                                                   \
  (LANYARD_HUB_BADGE_VOIDED | LANYARD_HUB_BADGE_RETURNED | LANYARD_HUB_BADGE_SETTLED)

/* What its desk, or staff elsewhere, said became of it. */
#define LANYARD_HUB_BADGE_ANSWERED                                                                 \
  (LANYARD_HUB_BADGE_ISSUED | LANYARD_HUB_BADGE_VOIDED | LANYARD_HUB_BADGE_RETURNED)

typedef struct
{
  char *serial;
  char *number;     /* accreditation number */
  guint32 device;   /* desk that made it; 0: not known yet */
  guint32 sequence; /* in its accreditation; 0: not known yet */
  guint flags;      /* LanyardHubBadgeFlags */
  guint32 arrival;  /* as how manieth of its accreditation the hub heard that it came out; 0: it has
                       not */
  gint64 out_us;    /* wall: when it came out, as its desk believed; 0: it has not */
  gint64 ends_s;    /* s since 1970-01-01 UTC: after this nobody takes it for good; 0: not known */
} LanyardHubBadge;

/* The fold of all badges of one accreditation. */
typedef struct
{
  char *number;
  guint32 open_badges; /* issued or maybe issued, and not voided */
  guint32 last_sequence;
  char *last_serial; /* (nullable) */
  gboolean disputed;
  guint32 void_below; /* lowest valid sequence by badges voided; 0: none is void */
  guint32 floor;      /* lowest valid sequence by the roster; 0: none is void */
  guint32 arrivals;   /* badges that came out, ever */
  guint32 decisions;  /* about conflicts, ever: rows of list_resolutions () */
  gint64 ends_s;      /* s since 1970-01-01 UTC: when the last of the void badges ends by itself;
                         0: not known of all */
} LanyardHubHolding;

/* One enrolment of one desk. */
typedef struct
{
  guint64 id; /* 0: to be given by the store */
  guint32 device;
  guint32 epoch;
  char *venue;
  char *name;   /* words for people; may be empty */
  char *prefix; /* of badge serials */
  LanyardPublicKey key;
  gint64 enrolled_us;
} LanyardHubEnrolment;

/* One one-time code. */
typedef struct
{
  LanyardHash hash; /* of the code */
  char *venue;
  char *name;
  guint32 device;    /* 0: a new desk */
  gint64 expires_us; /* wall, µs since 1970-01-01 UTC */
  guint64 enrolment; /* 0: not used yet */
} LanyardHubCode;

/* For people. */
typedef struct
{
  guint64 records;
  guint64 quarantined;
  guint64 alarms;
  guint64 entries;
  guint64 gseq;
  guint64 open_badges;
  guint64 disputed;
  guint64 photos;
  guint64 desks;
  guint64 unread;    /* records of a later version */
  guint64 questions; /* rows of list_questions () */
} LanyardHubCounts;

/* A record whose kind or version this hub does not know, as it is stored. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 seq;
  guint16 kind;
  guint16 version;
  GBytes *encoded; /* owned */
} LanyardHubOpaque;

/* One record as it was stored. */
typedef struct
{
  guint64 id; /* order of arrival */
  guint32 device;
  guint32 epoch;
  guint64 seq;
  LanyardHash hash;
  GBytes *encoded;    /* owned */
  gint64 received_us; /* wall, µs since 1970-01-01 UTC */
} LanyardHubRecord;

/* A record that was set aside, and what became of it. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 seq;
  char *why;         /* why it was set aside */
  char *decision;    /* "retried", "dismissed"; empty: it is still to be looked at */
  gint64 decided_us; /* wall; 0: not yet */
  char *decided_by;
  char *reason;
} LanyardHubAside;

/* What somebody did with a command of the hub. No personal data but the person's own name. */
typedef struct
{
  guint64 id; /* 0: to be given by the store */
  gint64 at_us;
  char *person;
  char *what;    /* "revoke", "export" */
  char *subject; /* what it was done to */
  char *reason;  /* may be empty */
} LanyardHubDeed;

/* An enrolment whose key is no longer trusted. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  gint64 at_us;
  char *person;
  char *reason;
} LanyardHubRevocation;

/* What one desk told of itself last. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  gint64 seen_us; /* by the hub's clock */
  gint64 told_us; /* by the hub's clock; 0: nothing yet, and all that follows is empty */
  guint64 backlog;
  gint64 oldest_us; /* of the backlog, by the desk's clock; 0: none */
  guint64 gseq;
  gint64 fresh_us;    /* when it knew last that its directory was whole; 0: never */
  gint64 negative_us; /* when its negative list was signed; 0: none */
  char *software;
  char *pack;
} LanyardHubDeskState;

/* Badges that came out at one desk in one hour. A value. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  gint64 hour; /* since 1970-01-01 UTC, by the desk's clock */
  guint64 n;
} LanyardHubPickups;

/* What a transaction of uploads is going to read and change, so that a store can lock and read it
 * in one go. Naming too little is slow and not wrong. */
typedef struct
{
  GArray *streams;    /* (element-type guint64): device << 32 | epoch; ascending, each once */
  GPtrArray *numbers; /* (element-type utf8): ascending, each once */
  GPtrArray *serials; /* (element-type utf8) */
} LanyardHubNeeds;

/* What another program over the same store did. */
typedef enum
{
  LANYARD_HUB_NEWS_CHANGES = 1 << 0,  /* the feed or alerts went on */
  LANYARD_HUB_NEWS_VOID = 1 << 1,     /* the negative list is no longer what it was */
  LANYARD_HUB_NEWS_DOCUMENT = 1 << 2, /* a document was put: maybe the trust list */
  LANYARD_HUB_NEWS_SCHEMA = 1 << 3,   /* the store is of a later version now: nothing works here */
} LanyardHubNews;

typedef struct
{
  void (*close) (LanyardHubStore *store);

  /* Whether other programs may have the same store open. */
  gboolean (*is_shared) (LanyardHubStore *store);
  /* File descriptor that becomes readable when there may be news; -1: none now. */
  int (*get_fd) (LanyardHubStore *store);
  /* What others did since the last call. Never waits for them. */
  LanyardHubNews (*read_news) (LanyardHubStore *store);
  /* Tells the others at the commit of the transaction under way; what put_entry(), add_alert() and
   * put_document() do is told without. */
  gboolean (*tell) (LanyardHubStore *store, LanyardHubNews news, GError **error);

  gboolean (*begin) (LanyardHubStore *store, GError **error);
  /* For uploads alone. @needs: must stay until the end of the transaction */
  gboolean (*begin_uploads) (LanyardHubStore *store, const LanyardHubNeeds *needs, GError **error);
  gboolean (*commit) (LanyardHubStore *store, GError **error);
  void (*rollback) (LanyardHubStore *store);

  /* Records */
  gboolean (*get_stream) (LanyardHubStore *store,
                          guint32 device,
                          guint32 epoch,
                          LanyardHubStream *stream,
                          GError **error);
  /* Hashes of from … to, all of which are there. (transfer full) (element-type LanyardHash) */
  GArray *(*get_hashes) (LanyardHubStore *store,
                         guint32 device,
                         guint32 epoch,
                         guint64 from,
                         guint64 to,
                         GError **error);
  /* Appends the records of @batch with seq ≥ @from and moves the stream's head. */
  gboolean (*append) (LanyardHubStore *store,
                      const LanyardBatch *batch,
                      guint64 from,
                      gint64 now_us,
                      GError **error);
  /* One that was decided is open again. */
  gboolean (*quarantine) (LanyardHubStore *store,
                          guint32 device,
                          guint32 epoch,
                          guint64 seq,
                          const char *why,
                          GError **error);
  /* The same alarm twice is one row. */
  gboolean (*add_alarm) (LanyardHubStore *store,
                         const char *kind,
                         guint32 device,
                         guint32 epoch,
                         guint64 seq,
                         gint64 now_us,
                         GError **error);

  /* All records in the order of arrival, id > @after. (transfer full) (element-type
   * LanyardHubRecord) */
  GPtrArray *(*read_records) (LanyardHubStore *store, guint64 after, guint max, GError **error);
  /* (transfer full) (nullable): NULL without an error when there is none */
  LanyardHubRecord *(*find_record) (LanyardHubStore *store,
                                    guint32 device,
                                    guint32 epoch,
                                    guint64 seq,
                                    GError **error);
  /* After (@device, @epoch, @seq) in that order; @all: also those that were decided. (transfer
   * full) (element-type LanyardHubAside) */
  GPtrArray *(*list_quarantine) (LanyardHubStore *store,
                                 gboolean all,
                                 guint32 device,
                                 guint32 epoch,
                                 guint64 seq,
                                 guint max,
                                 GError **error);
  /* Keeps decision, time, person and reason of @aside, which must be there. Nothing is deleted. */
  gboolean (*decide_quarantine) (LanyardHubStore *store,
                                 const LanyardHubAside *aside,
                                 GError **error);

  /* Records that are not understood */
  /* Notes one; twice is once. */
  gboolean (*put_opaque) (LanyardHubStore *store, const LanyardHubOpaque *opaque, GError **error);
  /* After (@device, @epoch, @seq) in that order. (transfer full) (element-type LanyardHubOpaque) */
  GPtrArray *(*list_opaque) (LanyardHubStore *store,
                             guint32 device,
                             guint32 epoch,
                             guint64 seq,
                             guint max,
                             GError **error);
  /* It is understood by now. */
  gboolean (*drop_opaque) (LanyardHubStore *store,
                           guint32 device,
                           guint32 epoch,
                           guint64 seq,
                           GError **error);

  /* Badges */
  /* Reads without locking. @found: (out) */
  LanyardHubHolding *(*find_holding) (LanyardHubStore *store, const char *number, GError **error);
  /* Makes the row when there is none, and locks it. (transfer full) */
  LanyardHubHolding *(*lock_holding) (LanyardHubStore *store, const char *number, GError **error);
  gboolean (*save_holding) (LanyardHubStore *store,
                            const LanyardHubHolding *holding,
                            GError **error);
  /* (transfer full) (nullable): NULL without an error when there is none */
  LanyardHubBadge *(*find_badge) (LanyardHubStore *store, const char *serial, GError **error);
  gboolean (*save_badge) (LanyardHubStore *store, const LanyardHubBadge *badge, GError **error);
  /* (transfer full) (element-type LanyardHubBadge) */
  GPtrArray *(*list_badges) (LanyardHubStore *store, const char *number, GError **error);
  /* Holdings that void something. (transfer full) (element-type LanyardHubHolding) */
  GPtrArray *(*list_void) (LanyardHubStore *store, GError **error);
  /* Serials of badges that are void although their sequence is not below the lowest valid one of
   * their accreditation: at most @max. (transfer full) (element-type utf8) */
  GPtrArray *(*list_void_serials) (LanyardHubStore *store, guint max, GError **error);

  /* All badges with serial > @after, ascending. (transfer full) (element-type LanyardHubBadge) */
  GPtrArray *(*read_badges) (LanyardHubStore *store, const char *after, guint max, GError **error);
  /* Disputed holdings with number > @after, ascending. (transfer full) (element-type
   * LanyardHubHolding) */
  GPtrArray *(*list_disputed) (LanyardHubStore *store,
                               const char *after,
                               guint max,
                               GError **error);
  /* Badges of which no record says what became of them, UNKNOWN or nothing at all, that a desk
   * made.
   * @device: 0: of all desks. By number and serial. (transfer full) (element-type LanyardHubBadge)
   */
  GPtrArray *(*list_unanswered) (LanyardHubStore *store, guint32 device, GError **error);
  /* LEFT, and nobody has decided about them: serial > @after, ascending. (transfer full)
   * (element-type LanyardHubBadge) */
  GPtrArray *(*list_questions) (LanyardHubStore *store,
                                const char *after,
                                guint max,
                                GError **error);

  /* Decisions about conflicts */
  /* Notes a decision. One whose id is known already is left as it is. @added: (out) */
  gboolean (*add_resolution) (LanyardHubStore *store,
                              const char *number,
                              const LanyardResolution *resolution,
                              gboolean *added,
                              GError **error);
  /* All of one accreditation, by id. (transfer full) (element-type LanyardResolution) */
  GPtrArray *(*list_resolutions) (LanyardHubStore *store, const char *number, GError **error);
  /* Numbers about whom the hub's operators decided, each once, ascending. (transfer full)
   * (element-type utf8) */
  GPtrArray *(*list_decided) (LanyardHubStore *store, GError **error);

  /* Notes that @seal is on the card @serial, unless it is on another one.
   * @other: (out) (transfer full) (nullable): serial of that */
  gboolean (*use_seal) (LanyardHubStore *store,
                        const char *seal,
                        const char *serial,
                        char **other,
                        GError **error);

  /* Directory */
  /* (transfer full) (nullable): NULL without an error when there is none */
  GBytes *(*find_entry) (LanyardHubStore *store, const char *number, GError **error);
  /* Appends a change and gives it the next gseq. @entry: (nullable): removes */
  gboolean (*put_entry) (LanyardHubStore *store,
                         const char *number,
                         GBytes *entry,
                         guint64 *gseq,
                         GError **error);
  gboolean (*get_gseq) (LanyardHubStore *store, guint64 *gseq, GError **error);
  /* after < gseq ≤ through, ascending, at most @max. (transfer full) (element-type
   * LanyardChangesRow) */
  GPtrArray *(*read_changes) (LanyardHubStore *store,
                              guint64 after,
                              guint64 through,
                              guint max,
                              GError **error);
  /* Present entries with number > @after, ascending. (transfer full) (element-type GBytes) */
  GPtrArray *(*list_entries) (LanyardHubStore *store, const char *after, guint max, GError **error);
  /* The feed's history. An era begins with every opening of the store for writing, also with every
   * new session with a database server: whatever was put back from a backup was put back before
   * that. Notes @era with the present head of the feed; holds off other writers of the feed
   * meanwhile. */
  gboolean (*begin_era) (LanyardHubStore *store, guint64 era, GError **error);
  /* The era that began last; 0: none. To be read after the gseq that is told with it. */
  gboolean (*get_era) (LanyardHubStore *store, guint64 *era, GError **error);
  /* @end: (out): up to which gseq this store's feed is the one that @era knew: where the next era
   * began, or the head. @known: (out): FALSE: it never had that era. */
  gboolean (*get_era_end) (LanyardHubStore *store,
                           guint64 era,
                           gboolean *known,
                           guint64 *end,
                           GError **error);
  /* The same with number and gseq of each. (transfer full) (element-type LanyardChangesRow) */
  GPtrArray *(*list_rows) (LanyardHubStore *store, const char *after, guint max, GError **error);
  /* Forgets at most @max changes with gseq ≤ @floor that a later change of the same accreditation
   * made worthless, lowest first. gseqs are never given again. @removed: (out) */
  gboolean (*compact) (LanyardHubStore *store,
                       guint64 floor,
                       guint max,
                       guint64 *removed,
                       GError **error);
  gboolean (*put_photo) (LanyardHubStore *store, GBytes *hash, GBytes *photo, GError **error);
  /* (transfer full) (nullable): LANYARD_ERROR_NOT_FOUND */
  GBytes *(*find_photo) (LanyardHubStore *store, GBytes *hash, GError **error);

  /* Alerts */
  gboolean (*add_alert) (LanyardHubStore *store,
                         guint32 device,
                         const LanyardAlert *alert,
                         GError **error);
  /* (transfer full) (element-type LanyardAlert) */
  GPtrArray *(*read_alerts) (LanyardHubStore *store,
                             guint32 device,
                             guint64 after,
                             guint max,
                             GError **error);
  gboolean (*get_last_alert) (LanyardHubStore *store, guint32 device, guint64 *id, GError **error);

  /* Desks */
  gboolean (*put_code) (LanyardHubStore *store, const LanyardHubCode *code, GError **error);
  /* (transfer full) (nullable): NULL without an error when there is none */
  LanyardHubCode *(*find_code) (LanyardHubStore *store, const LanyardHash *hash, GError **error);
  /* @device: its newest enrolment when @epoch is 0. (transfer full) (nullable): likewise */
  LanyardHubEnrolment *(*find_enrolment) (LanyardHubStore *store,
                                          guint32 device,
                                          guint32 epoch,
                                          GError **error);
  LanyardHubEnrolment *(*find_enrolment_by_id) (LanyardHubStore *store, guint64 id, GError **error);
  LanyardHubEnrolment *(*find_enrolment_by_key) (LanyardHubStore *store,
                                                 const LanyardPublicKey *key,
                                                 GError **error);
  /* Highest device number and highest enrolment id so far. */
  gboolean (*get_last_enrolment) (LanyardHubStore *store,
                                  guint32 *device,
                                  guint64 *id,
                                  GError **error);
  gboolean (*add_enrolment) (LanyardHubStore *store,
                             const LanyardHubEnrolment *enrolment,
                             GError **error);
  /* All, by device and epoch. (transfer full) (element-type LanyardHubEnrolment) */
  GPtrArray *(*list_enrolments) (LanyardHubStore *store, GError **error);

  /* Whether a later enrolment of @device took the place of that of @epoch, or it was revoked.
   * @ended: (out) */
  gboolean (*is_ended) (LanyardHubStore *store,
                        guint32 device,
                        guint32 epoch,
                        gboolean *ended,
                        GError **error);

  /* Fleet */
  /* Once for each enrolment; again takes the place. */
  gboolean (*put_revocation) (LanyardHubStore *store,
                              const LanyardHubRevocation *revocation,
                              GError **error);
  /* By device and epoch. (transfer full) (element-type LanyardHubRevocation) */
  GPtrArray *(*list_revocations) (LanyardHubStore *store, GError **error);
  /* Takes the place of what was known of that desk, unless that was heard later. */
  gboolean (*put_desk_state) (LanyardHubStore *store,
                              const LanyardHubDeskState *state,
                              GError **error);
  /* By device. (transfer full) (element-type LanyardHubDeskState) */
  GPtrArray *(*list_desk_states) (LanyardHubStore *store, GError **error);
  gboolean (*add_pickups) (LanyardHubStore *store,
                           const LanyardHubPickups *pickups,
                           GError **error);
  /* From @hour on, by hour and device. (transfer full) (element-type LanyardHubPickups) */
  GArray *(*list_pickups) (LanyardHubStore *store, gint64 hour, GError **error);
  gboolean (*add_deed) (LanyardHubStore *store, const LanyardHubDeed *deed, GError **error);
  /* Ascending, id > @after. (transfer full) (element-type LanyardHubDeed) */
  GPtrArray *(*list_deeds) (LanyardHubStore *store, guint64 after, guint max, GError **error);

  /* Cards */
  /* Takes the place of what was known of that printer. */
  gboolean (*put_stock) (LanyardHubStore *store, const LanyardHubStock *stock, GError **error);
  /* Of one desk, by printer. (transfer full) (element-type LanyardHubStock) */
  GPtrArray *(*list_stock) (LanyardHubStore *store, guint32 device, GError **error);

  gboolean (*put_document) (LanyardHubStore *store,
                            const char *name,
                            GBytes *content,
                            GError **error);
  /* One that is not there is removed already. */
  gboolean (*remove_document) (LanyardHubStore *store, const char *name, GError **error);
  /* (transfer full) (nullable): LANYARD_ERROR_NOT_FOUND */
  GBytes *(*find_document) (LanyardHubStore *store, const char *name, GError **error);
  gboolean (*count) (LanyardHubStore *store, LanyardHubCounts *counts, GError **error);
} LanyardHubStoreOps;

struct _LanyardHubStore
{
  const LanyardHubStoreOps *ops; /* borrowed, static */
};

/* @store: (nullable) */
void lanyard_hub_store_close (LanyardHubStore *store);

LanyardHubBadge *lanyard_hub_badge_copy (const LanyardHubBadge *badge);
void lanyard_hub_badge_free (LanyardHubBadge *badge);
void lanyard_hub_holding_free (LanyardHubHolding *holding);
void lanyard_hub_enrolment_free (LanyardHubEnrolment *enrolment);
void lanyard_hub_code_free (LanyardHubCode *code);
void lanyard_hub_opaque_free (LanyardHubOpaque *opaque);
void lanyard_hub_record_free (LanyardHubRecord *record);
void lanyard_hub_aside_free (LanyardHubAside *aside);
void lanyard_hub_deed_free (LanyardHubDeed *deed);
void lanyard_hub_revocation_free (LanyardHubRevocation *revocation);
void lanyard_hub_desk_state_free (LanyardHubDeskState *state);
/* Returns: lowest valid sequence, of badges voided and roster together */
guint32 lanyard_hub_holding_get_lowest_valid (const LanyardHubHolding *holding);
/* Whether @badge may be in somebody's hand. */
gboolean lanyard_hub_badge_is_open (const LanyardHubBadge *badge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubStore, lanyard_hub_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubBadge, lanyard_hub_badge_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubHolding, lanyard_hub_holding_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubEnrolment, lanyard_hub_enrolment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubCode, lanyard_hub_code_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubOpaque, lanyard_hub_opaque_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubRecord, lanyard_hub_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubAside, lanyard_hub_aside_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubDeed, lanyard_hub_deed_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubRevocation, lanyard_hub_revocation_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubDeskState, lanyard_hub_desk_state_free)

G_END_DECLS
