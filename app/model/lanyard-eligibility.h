/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-entry.h"
#include "lanyard-rules.h"

G_BEGIN_DECLS

/* Persisted in records. */
typedef enum
{
  LANYARD_OUTCOME_READY = 10,   /* may be collected here and now */
  LANYARD_OUTCOME_STAFF = 20,   /* staff may help: something to look at or to decide */
  LANYARD_OUTCOME_REFUSED = 30, /* nobody at this desk may hand it over */
} LanyardOutcome;

/* Persisted in records: values are never reused. */
typedef enum
{
  LANYARD_REASON_NONE = 0,
  LANYARD_REASON_UNKNOWN = 10, /* no such accreditation in the directory */
  LANYARD_REASON_CANCELLED = 20,
  LANYARD_REASON_SUSPENDED = 25,
  LANYARD_REASON_EXPIRED = 30,
  LANYARD_REASON_NOT_YET_VALID = 40,
  LANYARD_REASON_WRONG_VENUE = 50,
  LANYARD_REASON_CLEARANCE_PENDING = 60,
  LANYARD_REASON_CLEARANCE_REFER = 70,
  LANYARD_REASON_ALREADY_ISSUED = 80,
  LANYARD_REASON_BEING_MADE = 85, /* another desk of the venue is making a badge for this person */
  LANYARD_REASON_DISPUTED = 90,
  LANYARD_REASON_OVERTAKEN = 95,          /* the newest of the hub is not understood here */
  LANYARD_REASON_NEGATIVE_LIST = 100,     /* this credential is void */
  LANYARD_REASON_NEGATIVE_LIST_OLD = 110, /* the list is too old to trust at self-service */
  LANYARD_REASON_CATEGORY = 120,          /* category not for self-service */
  LANYARD_REASON_CATEGORY_UNKNOWN = 130,  /* the pack does not know the category */
  LANYARD_REASON_UNKNOWN_PRINT = 140,     /* an earlier print of this person is still a question */
  LANYARD_REASON_DOCUMENT_MISSING = 150,  /* an identity document is to be checked first */
  LANYARD_REASON_DOCUMENT_DIFFERS = 160,  /* the document that was shown is not the holder's */
  LANYARD_REASON_DOCUMENT_EXPIRED = 170,  /* the document that was shown is past its day */
  LANYARD_REASON_DOCUMENT_CLOSE = 180,    /* the document that was shown may be the holder's */
  LANYARD_REASON_PRE_VALID = 200,         /* the card that was shown is to be validated by staff */
  LANYARD_REASON_CONSENT = 210,           /* an agreement without which there is no badge */
  LANYARD_REASON_PHOTO = 220,             /* the badge is to have a photo, and there is none */
} LanyardReason;

#define LANYARD_VERDICT_MAX_REASONS 16

/* A verdict and all its reasons, gravest first. A plain value without pointers. */
typedef struct
{
  LanyardOutcome outcome;
  guint n_reasons;
  LanyardReason reasons[LANYARD_VERDICT_MAX_REASONS];
} LanyardVerdict;

/* Persisted. */
typedef enum
{
  LANYARD_MODE_SELF_SERVICE = 10,
  LANYARD_MODE_STAFF = 20,
  LANYARD_MODE_DAY_PASS = 30, /* in records alone: staff gave a day pass */
} LanyardMode;

/* What came of an identity document that was shown for a pickup. Persisted. */
typedef enum
{
  LANYARD_DOCUMENT_NONE = 0,     /* none was shown */
  LANYARD_DOCUMENT_AGREES = 10,  /* it is the holder's */
  LANYARD_DOCUMENT_CLOSE = 20,   /* it may well be: a person should look */
  LANYARD_DOCUMENT_DIFFERS = 30, /* it says something that is not true of the holder */
  LANYARD_DOCUMENT_EXPIRED = 40, /* it is the holder's, and past its day */
} LanyardDocumentVerdict;

/* Where and when the question is asked. */
typedef struct
{
  const char *venue; /* code of this desk's venue */
  LanyardMode mode;
  gint64 now_s;                    /* s since 1970-01-01 UTC */
  gint64 negative_list_issued_s;   /* when the negative list was issued; 0: there is none */
  guint32 presented_sequence;      /* sequence of the badge that was shown; 0: no badge was */
  gboolean unknown_print;          /* this desk has an unanswered print question for the person */
  LanyardDocumentVerdict document; /* what came of the document that was shown */
  gboolean pre_valid;              /* a card was shown that is to be validated, not printed */
  gboolean consent_missing;        /* a required agreement was not given */
  gboolean has_photo;              /* of the roster, or taken at this desk */
} LanyardSituation;

/**
 * lanyard_eligibility_decide:
 * @entry: (nullable): what the directory says; NULL when it says nothing
 * @issued: (nullable): badges already out, from lanyard_issued_merge()
 * @rules: of the pack
 * @situation: where and when
 *
 * Pure. Looks at everything, so that a person hears all that is missing at once. The category's
 * permission and the age of the negative list count at self-service only, a missing agreement and a
 * missing photo only for staff: self-service asks for them. Where the pack sets an age limit,
 * having no negative list at all is the same as having one that is too old.
 *
 * Returns: the verdict
 */
LanyardVerdict lanyard_eligibility_decide (const LanyardEntry *entry,
                                           const LanyardIssued *issued,
                                           const LanyardRules *rules,
                                           const LanyardSituation *situation);

gboolean lanyard_verdict_has (const LanyardVerdict *verdict, LanyardReason reason);

/* Whether a document is all that is missing: nothing else keeps the badge back. */
gboolean lanyard_verdict_wants_document (const LanyardVerdict *verdict);

/**
 * lanyard_issued_merge:
 * @local: (nullable): what this desk's own journal says
 * @voided_here: (nullable): serials that this desk voided and that the hub may not know of yet
 * @from_hub: (nullable): what the directory says, LanyardEntry.issued
 * @out: (out caller-allocates): to be cleared with lanyard_issued_clear()
 *
 * Two partial truths become one that never says "free" when either knows of an open badge. The hub
 * may be behind this desk, and this desk knows nothing of others; so the higher number of open
 * badges counts, after the one that this desk voided itself is taken off the hub's; a dispute of
 * either is one.
 */
void lanyard_issued_merge (const LanyardIssued *local,
                           const char *const *voided_here,
                           const LanyardIssued *from_hub,
                           LanyardIssued *out);

/* Whether staff who see the person may issue all the same: not refused, and every reason is one
 * that looking at the person settles. A clearance, a dispute or an open badge is none of these. */
gboolean lanyard_verdict_staff_may_issue (const LanyardVerdict *verdict);

/* Whether staff may validate a pre-valid card: as lanyard_verdict_staff_may_issue(), and where
 * @rules ask for a document, one that is or may be the holder's was shown. */
gboolean lanyard_verdict_staff_may_validate (const LanyardVerdict *verdict,
                                             const LanyardRules *rules,
                                             LanyardDocumentVerdict document);

/* Whether staff may void the badge that is out and make another: a badge is out, nobody is in doubt
 * about how many are, and nothing else keeps it back that looking at the person does not settle. */
gboolean lanyard_verdict_staff_may_reissue (const LanyardVerdict *verdict);

/* Returns: @verdict without the reasons that a public screen must not tell */
LanyardVerdict lanyard_verdict_for_public (const LanyardVerdict *verdict);

/* Stable machine names for JSON and logs: "ready", "clearance-pending". (transfer none) */
const char *lanyard_outcome_to_string (LanyardOutcome outcome);
const char *lanyard_reason_to_string (LanyardReason reason);
const char *lanyard_document_verdict_to_string (LanyardDocumentVerdict verdict);

G_END_DECLS
