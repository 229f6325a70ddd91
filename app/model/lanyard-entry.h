/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-dispute.h"
#include "lanyard-hash.h"

G_BEGIN_DECLS

/* What another system decided about a precondition. Never the reason. Persisted. */
typedef enum
{
  LANYARD_CLEARANCE_CLEAR = 10,
  LANYARD_CLEARANCE_PENDING = 20,
  LANYARD_CLEARANCE_REFER = 30,
} LanyardClearanceState;

typedef struct
{
  char *system; /* code of the pack, such as its code for the background check */
  LanyardClearanceState state;
} LanyardClearance;

/* Persisted. */
typedef enum
{
  LANYARD_STATUS_ACTIVE = 10,
  LANYARD_STATUS_SUSPENDED = 20,
  LANYARD_STATUS_CANCELLED = 30,
} LanyardStatus;

/* What is known of the badges of one accreditation, from the hub or from this desk's journal. */
typedef struct
{
  guint32 open_badges;   /* issued (or maybe issued) and not voided */
  guint32 last_sequence; /* highest sequence number ever given; 0 for none */
  char *last_serial;  /* (nullable): serial of the open badge with the highest sequence; of the one
                         with last_sequence when none is open */
  gboolean disputed;  /* more than one open badge was found, nobody has decided yet */
  guint32 being_made; /* of open_badges: those that another desk of the venue is making now, as it
                         said itself; never sent, and never told by the hub */
} LanyardIssued;

/* Where the head is on a photo that stands upright: from chin to crown and ear to ear, in
 * ten-thousandths of the photo's width and height. A value. */
typedef struct
{
  guint16 x;     /* from the left */
  guint16 y;     /* from the top */
  guint16 width; /* 0: not known */
  guint16 height;
} LanyardFaceBox;

#define LANYARD_FACE_BOX_WHOLE 10000

/*
 * One entitlement and the person who holds it: the row of the directory and the unit of the roster
 * feed. A person with two accreditations stands in two entries with the same holder_id.
 * A plain value; every string is UTF-8; every (nullable) may be NULL.
 */
typedef struct
{
  /* holder */
  char *holder_id;    /* the organiser's key of the person */
  char *given_name;   /* (nullable): single-name people have none */
  char *family_name;  /* (nullable) */
  char *print_name;   /* Latin, as on the badge's first line */
  char *local_name;   /* (nullable): in the person's own script, second line */
  char *birth_date;   /* (nullable): "YYYY-MM-DD" */
  char *nationality;  /* (nullable): code of the pack */
  char *language;     /* (nullable): BCP 47 */
  char **documents;   /* "TYPE:ISSUER:NUMBER", as presented; never NULL */
  GBytes *photo_hash; /* (nullable): 32 bytes, BLAKE2b-256 "lanyard/photo/1" of the JPEG */

  LanyardFaceBox face_box; /* on that photo */

  /* accreditation */
  char *number;         /* with check character; unique in the event */
  char *category;       /* code of the pack */
  char *function;       /* (nullable): words as on the badge */
  char *organisation;   /* (nullable): code of the pack or words */
  char **venues;        /* codes; never NULL */
  char **zones;         /* codes; never NULL */
  char **transport;     /* codes; never NULL */
  char **seating;       /* codes; never NULL */
  char **pickup_venues; /* where it may be collected; empty: anywhere */
  char **tokens;        /* further codes under which it can be found; never NULL */
  gint64 valid_from_s;  /* s since 1970-01-01 UTC */
  gint64 valid_until_s; /* s since 1970-01-01 UTC, exclusive */
  LanyardStatus status;
  GArray *clearances; /* (element-type LanyardClearance); never NULL */

  /* what the hub knew when it sent this */
  LanyardIssued issued;
  guint32 lowest_valid_sequence; /* badges with a lower sequence are void; 0: none is */
  LanyardDispute *dispute;       /* (nullable): with issued.disputed, which badges these are */

  /* what this desk knows; not encoded */
  gboolean overtaken; /* the hub sent something later that this desk does not understand */
} LanyardEntry;

/* Limits of one encoded entry. */
#define LANYARD_ENTRY_MAX_BYTES 16384
#define LANYARD_ENTRY_MAX_TEXT_BYTES 512
#define LANYARD_ENTRY_MAX_CODES 512

/* Returns: (transfer full): an entry with empty lists and status active */
LanyardEntry *lanyard_entry_new (void);
LanyardEntry *lanyard_entry_copy (const LanyardEntry *entry);
/* Wipes what it frees. */
void lanyard_entry_free (LanyardEntry *entry);
void
lanyard_entry_add_clearance (LanyardEntry *entry, const char *system, LanyardClearanceState state);
/* Returns: the state of @system; LANYARD_CLEARANCE_PENDING when the entry does not name it */
LanyardClearanceState lanyard_entry_get_clearance (const LanyardEntry *entry, const char *system);

/* Returns: (transfer full): deterministic CBOR, what is sealed and what is sent */
GBytes *lanyard_entry_encode (const LanyardEntry *entry);

/**
 * lanyard_entry_decode:
 * @data: bytes from lanyard_entry_encode() or from a peer
 * @n_bytes: their number
 * @error: LANYARD_ERROR_LIMIT, LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the entry, checked with lanyard_entry_check()
 */
LanyardEntry *lanyard_entry_decode (const void *data, gsize n_bytes, GError **error);
/* Returns: the version of the shape above which lanyard_entry_decode() understands nothing */
guint lanyard_entry_get_newest_version (void);
/* Of bytes that lanyard_entry_decode() took, given name, family name, print name, local name,
 * documents, number and organisation only: all else is NULL or 0. For the search, which reads a
 * million of them.
 * @error: as lanyard_entry_decode(). Returns: (transfer full) (nullable) */
LanyardEntry *lanyard_entry_decode_names (const void *data, gsize n_bytes, GError **error);

/**
 * lanyard_entry_parse_json:
 * @json: one JSON object of the roster (see docs/roster.md), UTF-8
 * @n_bytes: its length, or -1
 * @error: LANYARD_ERROR_INVALID with the name of the offending member
 *
 * Returns: (transfer full) (nullable): the entry
 */
LanyardEntry *lanyard_entry_parse_json (const char *json, gssize n_bytes, GError **error);

/* Returns: (transfer full): one line of JSON that lanyard_entry_parse_json() reads back */
char *lanyard_entry_to_json (const LanyardEntry *entry);

/**
 * lanyard_entry_check:
 * @entry: an entry
 * @error: LANYARD_ERROR_INVALID, naming the field
 *
 * Returns: whether it is usable: number with right check character, names without control
 *   characters, validity in order, photo hash of 32 bytes
 */
gboolean lanyard_entry_check (const LanyardEntry *entry, GError **error);

void lanyard_issued_copy_into (LanyardIssued *to, const LanyardIssued *from);
void lanyard_issued_clear (LanyardIssued *issued);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardEntry, lanyard_entry_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardIssued, lanyard_issued_clear)

G_END_DECLS
