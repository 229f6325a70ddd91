/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-hash.h"
#include "lanyard-id.h"

G_BEGIN_DECLS

/* Kinds of journal records. On disk and on the wire for ever: gapped, never reused.
 * An unknown kind is stored and relayed as it is. */
typedef enum
{
  LANYARD_RECORD_RESERVED = 10,      /* a serial was taken; nothing has gone to a printer */
  LANYARD_RECORD_PRINTING = 20,      /* the printer accepted the job */
  LANYARD_RECORD_REPORTED = 30,      /* the printer says that the job is done */
  LANYARD_RECORD_ISSUED = 40,        /* the badge was scanned back, or staff saw it */
  LANYARD_RECORD_VOIDED = 50,        /* this serial is no badge (any more) */
  LANYARD_RECORD_REFUSED = 60,       /* a pickup ended with a refusal */
  LANYARD_RECORD_REFERRED = 70,      /* a pickup ended with "please see our staff" */
  LANYARD_RECORD_UNKNOWN = 80,       /* nobody knows whether the badge came out */
  LANYARD_RECORD_VALIDATED = 90,     /* a pre-valid card has its seal: it is a badge from now on */
  LANYARD_RECORD_PASSES_LOADED = 91, /* a pool of day passes got more of them */
  LANYARD_RECORD_PASSES_TAKEN = 92,  /* some were taken out of the pool, for another desk */
  LANYARD_RECORD_PASS_HANDED = 93,   /* a numbered day pass was handed out: nothing is printed */
  LANYARD_RECORD_PASS_RETURNED = 94, /* a day pass came back */
  LANYARD_RECORD_STARTED = 100,  /* the desk came up; body tells version and directory version */
  LANYARD_RECORD_SIGN_IN = 110,  /* staff signed in */
  LANYARD_RECORD_LOCK_OUT = 120, /* too many wrong PINs */
  LANYARD_RECORD_TYPING_LOCKED = 125,  /* too many typed numbers without a pickup */
  LANYARD_RECORD_ALERT = 130,          /* an alert of the hub was seen here */
  LANYARD_RECORD_CARDS_LOADED = 140,   /* staff put a pack of blank cards into a printer */
  LANYARD_RECORD_CARDS_COUNTED = 141,  /* staff counted what is in it: the reckoning was wrong */
  LANYARD_RECORD_CARDS_SPOILED = 142,  /* cards that were used up and never had a serial */
  LANYARD_RECORD_PRINTER_CHOSEN = 143, /* new badges go to this printer from now on */
  LANYARD_RECORD_COUNTER_READ = 144,   /* a printer told its lifetime counter for the first time */
  LANYARD_RECORD_SHIFT_CLOSED = 145,   /* what became of all badges and cards since the last one */
  LANYARD_RECORD_RESOLVED
  = 150, /* a supervisor decided which of several badges stays: its serial */
  LANYARD_RECORD_ROW_SET_ASIDE = 160, /* a row of the hub's feed could not be understood here */
  LANYARD_RECORD_DAY_EXPORTED = 170,  /* a supervisor saved the list of a day as a file */
  LANYARD_RECORD_NOTE = 180,          /* staff wrote something about a person, which is sealed */
  LANYARD_RECORD_HANDED_OVER = 190,   /* a person waits for a supervisor from now on */
  LANYARD_RECORD_WAIT_ENDED = 191,    /* somebody who was referred, or handed over, waits no more */
  LANYARD_RECORD_CONSENT = 200,       /* somebody agreed to what the pack asks for, or did not */
  LANYARD_RECORD_PHOTO_TAKEN = 210,   /* a photo of somebody was taken; the picture is not in it */
} LanyardRecordKind;

/* Limits of one record. */
#define LANYARD_RECORD_MAX_BYTES 4096
#define LANYARD_RECORD_MAX_BODY_BYTES 2048
#define LANYARD_RECORD_MAX_TEXT_BYTES 64

/*
 * One immutable entry of a desk's journal. Never a name, birth date or document number.
 *
 * encoded = deterministic CBOR array
 *   [device, epoch, seq, kind, version, hlc, wall_us, pickup/null, accreditation/null,
 *    serial/null, body]
 * hash = BLAKE2b-256 ("lanyard/record/1" NUL previous encoded); seq 1 has a zero previous.
 */
typedef struct
{
  guint32 device;       /* number that the hub gave */
  guint32 epoch;        /* raised at every enrolment */
  guint64 seq;          /* contiguous from 1 within (device, epoch) */
  guint16 kind;         /* LanyardRecordKind, or one of a later version */
  guint16 version;      /* of the body's shape; 1 */
  guint64 hlc;          /* hybrid logical clock */
  gint64 wall_us;       /* µs since 1970-01-01 UTC, as the desk believed */
  LanyardId pickup;     /* zero: belongs to no pickup */
  char *accreditation;  /* (nullable): accreditation number */
  char *serial;         /* (nullable): badge serial */
  GBytes *body;         /* a deterministic CBOR map, may be empty (0xa0) */
  LanyardHash previous; /* hash of seq - 1 */
  LanyardHash hash;     /* set by lanyard_record_seal() and by lanyard_record_decode() */
} LanyardRecord;

LanyardRecord *lanyard_record_new (void);
LanyardRecord *lanyard_record_copy (const LanyardRecord *record);
void lanyard_record_free (LanyardRecord *record);
/* Returns: (transfer full): the encoded form, without previous and hash */
GBytes *lanyard_record_encode (const LanyardRecord *record);
/* Computes hash from the encoded form and previous. */
void lanyard_record_seal (LanyardRecord *record);

/**
 * lanyard_record_decode:
 * @data: the encoded form
 * @n_bytes: its length
 * @previous: hash of the record before it; zero for seq 1
 * @error: LANYARD_ERROR_LIMIT, LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the record with previous and hash set
 */
LanyardRecord *lanyard_record_decode (const void *data,
                                      gsize n_bytes,
                                      const LanyardHash *previous,
                                      GError **error);

/* Stable machine name, "issued"; "kind-N" is for the caller to make when it is NULL. */
const char *lanyard_record_kind_to_string (guint16 kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardRecord, lanyard_record_free)

/*
 * What bodies carry. All keys are small integers; absent means not known.
 */
typedef enum
{
  LANYARD_BODY_SEQUENCE = 1, /* uint: the badge's sequence number in its accreditation */
  LANYARD_BODY_OUTCOME = 2,  /* uint: LanyardOutcome */
  LANYARD_BODY_REASONS = 3,  /* [uint]: LanyardReason */
  LANYARD_BODY_DIRECTORY_VERSION
  = 4,                           /* uint: gseq of the directory that the verdict was made with */
  LANYARD_BODY_STAFF = 5,        /* text: staff number */
  LANYARD_BODY_MODE = 6,         /* uint: LanyardMode */
  LANYARD_BODY_SOURCE = 7,       /* uint: LanyardCredentialKind that was presented */
  LANYARD_BODY_PRINTER_JOB = 8,  /* text: the printer's job */
  LANYARD_BODY_CONFIRMED_BY = 9, /* uint: LanyardConfirmedBy */
  LANYARD_BODY_VOID_REASON = 10, /* uint: LanyardVoidReason */
  LANYARD_BODY_REPLACES = 11,    /* text: serial of the badge that this one replaces */
  LANYARD_BODY_VENUE = 12,       /* text: venue code of the desk */
  LANYARD_BODY_SOFTWARE = 13,    /* text: version of Lanyard */
  LANYARD_BODY_FAULT = 14,       /* uint: LanyardPrintFault */
  LANYARD_BODY_DOCUMENT_VERDICT = 15, /* uint: LanyardDocumentVerdict; absent: none was shown */
  LANYARD_BODY_DOCUMENT_TYPE = 16,    /* text: "P", "I", "V", "DL": never its number */
  LANYARD_BODY_DOCUMENT_ISSUER = 17,  /* text: "UTO", "US-VA" */
  LANYARD_BODY_SECOND_STAFF = 18,     /* text: staff number of the second person who agreed */
  LANYARD_BODY_SEAL = 25,             /* text: number of the seal that made a card valid */
  LANYARD_BODY_POOL = 26,             /* text: pool of day passes, a code of the pack */
  LANYARD_BODY_COUNT = 27,            /* uint: day passes loaded or taken */
  LANYARD_BODY_FIRST = 28,            /* text: first number of a block of numbered day passes */
  LANYARD_BODY_EXPIRES = 29,          /* uint: end of a day pass, s since 1970-01-01 UTC */
  LANYARD_BODY_ORGANISATION = 30,     /* text: code of the host of a day pass: never words */
  LANYARD_BODY_DOCUMENT_BY = 31,      /* uint: LanyardDocumentBy */
  LANYARD_BODY_PRINTER = 32,          /* text: name of a printer in the desk's configuration */
  LANYARD_BODY_CARDS = 33,            /* uint: how many were loaded, counted, spoiled */
  LANYARD_BODY_CARDS_LEFT = 34,       /* int: in that printer after this, as the desk reckons; for
                                         the hub: the desk itself reckons from the records */
  LANYARD_BODY_LIFETIME = 35,         /* uint: the printer's own counter of cards */
  LANYARD_BODY_SHIFT = 36,            /* [[…]]: one row a printer; see lanyard-shift.h */
  LANYARD_BODY_RESOLVED_VOIDS = 40,   /* [text]: serials that a decision voids */
  LANYARD_BODY_RESOLVED_SETTLES = 41, /* [text]: ids of decisions that it takes the place of */
  LANYARD_BODY_RESOLVED_REASON = 42,  /* uint: LanyardResolveReason */
  LANYARD_BODY_GSEQ = 50,             /* uint: of the row of the feed that a record is about */
  LANYARD_BODY_ERA = 51,              /* uint: era of that feed */
  LANYARD_BODY_EXPORT_FORMAT = 60,    /* uint: LanyardExportFormat */
  LANYARD_BODY_EXPORT_ROWS = 61,      /* uint: transactions in the file */
  LANYARD_BODY_EXPORT_NAMES = 62,     /* uint: 1: people's names are in the file; 0: they are not */
  LANYARD_BODY_NOTE = 70,             /* bytes: what staff wrote, sealed under the desk's own key:
                                         lanyard_directory_seal_note() */
  LANYARD_BODY_HAND_OVER = 71,        /* uint: LanyardHandOver */
  LANYARD_BODY_WAIT = 72,    /* text: "DEVICE-EPOCH-SEQ" of the record with which the wait began */
  LANYARD_BODY_CONSENT = 80, /* text: id of a consent of the pack */
  LANYARD_BODY_CONSENT_VERSION = 81,  /* uint: of its words */
  LANYARD_BODY_CONSENT_DECISION = 82, /* uint: LanyardConsentDecision */
  LANYARD_BODY_COLLECTOR = 90, /* text: accreditation number of who collected this badge for its
                                  holder */
} LanyardBodyKey;

/* What kind of file a day was exported as. Persisted. */
typedef enum
{
  LANYARD_EXPORT_CSV = 10,
  LANYARD_EXPORT_JSON_LINES = 20,
  LANYARD_EXPORT_XLSX = 30,
  LANYARD_EXPORT_PDF = 40,
  LANYARD_EXPORT_PEOPLE = 50, /* no day: the list of people to go on by hand, a PDF */
  LANYARD_EXPORT_SHIFT = 60,  /* no day: the report of a closed shift, signed */
} LanyardExportFormat;

/* "csv", which is also how names of such files end (transfer none) (nullable): NULL for none */
const char *lanyard_export_format_to_string (LanyardExportFormat format);
/* Returns: the format of this name; 0 for none */
LanyardExportFormat lanyard_export_format_from_string (const char *name);

/* Who looked at an identity document. Persisted. */
typedef enum
{
  LANYARD_DOCUMENT_BY_SCANNER = 10, /* it was read and held against the holder */
  LANYARD_DOCUMENT_BY_STAFF = 20,   /* staff's word */
} LanyardDocumentBy;

/* Who says that the badge is in a hand. Persisted. */
typedef enum
{
  LANYARD_CONFIRMED_BY_NOBODY = 0,
  LANYARD_CONFIRMED_BY_SCAN_BACK = 1, /* the badge itself, scanned */
  LANYARD_CONFIRMED_BY_STAFF = 2,     /* staff's word */
  LANYARD_CONFIRMED_BY_PERSON = 3,    /* the person's word, at desks without scan-back */
} LanyardConfirmedBy;

/* Why a serial was voided. Persisted. */
typedef enum
{
  LANYARD_VOID_NOT_PRINTED = 10, /* nothing came out */
  LANYARD_VOID_UNREADABLE = 20,  /* came out, could not be scanned back */
  LANYARD_VOID_WRONG_BADGE = 30, /* another badge was scanned back */
  LANYARD_VOID_LOST = 40,
  LANYARD_VOID_STOLEN = 50,
  LANYARD_VOID_DAMAGED = 60,
  LANYARD_VOID_DATA_CHANGED = 70,
  LANYARD_VOID_WITHDRAWN = 80,
  LANYARD_VOID_MISPRINT = 81,           /* it came out, and what it shows is wrong */
  LANYARD_VOID_VALIDATION_UNDONE = 100, /* the seal went onto the wrong card, or broke */
} LanyardVoidReason;

/* State of a pickup. Persisted in the journal's pickup table; see flow/lanyard-pickup-machine.c. */
typedef enum
{
  LANYARD_PICKUP_IDLE = 0,
  LANYARD_PICKUP_DOCUMENT = 5,   /* "your document, please": nothing of the person is shown yet */
  LANYARD_PICKUP_CONFIRM = 10,   /* "is this you?" */
  LANYARD_PICKUP_CONSENT = 12,   /* "do you agree to this?" */
  LANYARD_PICKUP_PORTRAIT = 14,  /* "look into the camera" */
  LANYARD_PICKUP_RESERVED = 20,  /* * serial on disk, job on its way */
  LANYARD_PICKUP_PRINTING = 30,  /* * the printer has the job */
  LANYARD_PICKUP_REPORTED = 40,  /* * the printer says done: scan it back */
  LANYARD_PICKUP_VALIDATED = 41, /* * the end: a pre-valid card is a badge now */
  LANYARD_PICKUP_HANDED = 42,    /* * the end: a numbered day pass is in a hand */
  LANYARD_PICKUP_RETURNED = 43,  /* * the end: a day pass that came back */
  LANYARD_PICKUP_ISSUED = 50,    /* * the end: the badge is in a hand */
  LANYARD_PICKUP_REFUSED = 60,   /* * the end */
  LANYARD_PICKUP_REFERRED = 70,  /* * the end of self-service: staff take over */
  LANYARD_PICKUP_ATTENTION = 80, /* * nobody knows whether it came out: a question for staff */
  LANYARD_PICKUP_VOID = 90,      /* * the end: this serial is no badge */
} LanyardPickupState;

/* "reserved" (transfer none) */
const char *lanyard_pickup_state_to_string (LanyardPickupState state);
/* Whether @state ends a pickup. */
gboolean lanyard_pickup_state_is_terminal (LanyardPickupState state);
/* Whether a pickup that ended so has put a badge into somebody's hand. */
gboolean lanyard_pickup_state_is_out (LanyardPickupState state);

G_END_DECLS
