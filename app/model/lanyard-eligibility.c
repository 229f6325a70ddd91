/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-eligibility.h"

#include "lanyard-fault.h"

/* What staff may do about a reason. */
typedef enum
{
  WEIGHT_REFUSE,   /* nobody at this desk */
  WEIGHT_SETTLE,   /* staff look into it; a badge comes only when the reason itself is gone */
  WEIGHT_OVERRIDE, /* staff look at the person and may issue all the same */
} Weight;

/* All reasons, gravest first: the order in which a verdict lists them. */
static const struct
{
  LanyardReason reason;
  Weight weight;
  gboolean public; /* may be said on a screen that everybody in the queue can read */
  const char *name;
} reason_table[] = {
  { LANYARD_REASON_UNKNOWN, WEIGHT_REFUSE, TRUE, "unknown" },
  { LANYARD_REASON_CANCELLED, WEIGHT_REFUSE, FALSE, "cancelled" },
  { LANYARD_REASON_SUSPENDED, WEIGHT_REFUSE, FALSE, "suspended" },
  { LANYARD_REASON_EXPIRED, WEIGHT_REFUSE, TRUE, "expired" },
  { LANYARD_REASON_NOT_YET_VALID, WEIGHT_REFUSE, TRUE, "not-yet-valid" },
  { LANYARD_REASON_WRONG_VENUE, WEIGHT_REFUSE, TRUE, "wrong-venue" },
  { LANYARD_REASON_DISPUTED, WEIGHT_SETTLE, FALSE, "disputed" },
  { LANYARD_REASON_OVERTAKEN, WEIGHT_SETTLE, FALSE, "overtaken" },
  { LANYARD_REASON_UNKNOWN_PRINT, WEIGHT_SETTLE, FALSE, "unknown-print" },
  { LANYARD_REASON_ALREADY_ISSUED, WEIGHT_SETTLE, TRUE, "already-issued" },
  { LANYARD_REASON_BEING_MADE, WEIGHT_SETTLE, TRUE, "being-made" },
  { LANYARD_REASON_CLEARANCE_REFER, WEIGHT_SETTLE, FALSE, "clearance-refer" },
  { LANYARD_REASON_CATEGORY_UNKNOWN, WEIGHT_SETTLE, FALSE, "category-unknown" },
  { LANYARD_REASON_CLEARANCE_PENDING, WEIGHT_SETTLE, TRUE, "clearance-pending" },
  { LANYARD_REASON_CONSENT, WEIGHT_SETTLE, TRUE, "consent-missing" },
  { LANYARD_REASON_DOCUMENT_DIFFERS, WEIGHT_OVERRIDE, FALSE, "document-differs" },
  { LANYARD_REASON_DOCUMENT_EXPIRED, WEIGHT_OVERRIDE, TRUE, "document-expired" },
  { LANYARD_REASON_DOCUMENT_CLOSE, WEIGHT_OVERRIDE, FALSE, "document-close" },
  { LANYARD_REASON_DOCUMENT_MISSING, WEIGHT_OVERRIDE, TRUE, "document-missing" },
  { LANYARD_REASON_NEGATIVE_LIST, WEIGHT_OVERRIDE, FALSE, "negative-list" },
  { LANYARD_REASON_NEGATIVE_LIST_OLD, WEIGHT_OVERRIDE, FALSE, "negative-list-old" },
  { LANYARD_REASON_CATEGORY, WEIGHT_OVERRIDE, TRUE, "category" },
  { LANYARD_REASON_PRE_VALID, WEIGHT_OVERRIDE, TRUE, "pre-valid" },
  { LANYARD_REASON_PHOTO, WEIGHT_OVERRIDE, TRUE, "photo-missing" },
};

/* One bit for each row of reason_table: the set of reasons that hold. */
typedef guint32 ReasonSet;

G_STATIC_ASSERT (G_N_ELEMENTS (reason_table) <= 32);
/* Of the four about documents only one can hold at a time, and only one of each of these pairs:
 * CANCELLED and SUSPENDED, EXPIRED and NOT_YET_VALID, ALREADY_ISSUED and BEING_MADE; CONSENT is for
 * staff and CATEGORY is not; PHOTO is for staff and NEGATIVE_LIST_OLD is not. */
#define N_NEVER_TOGETHER 8
G_STATIC_ASSERT (G_N_ELEMENTS (reason_table) - N_NEVER_TOGETHER <= LANYARD_VERDICT_MAX_REASONS);

static guint
find_reason (LanyardReason reason)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (reason_table) && reason_table[i].reason != reason)
    i++;
  return i;
}

static void
add_reason (ReasonSet *set, LanyardReason reason)
{
  guint row = find_reason (reason);

  g_assert (row < G_N_ELEMENTS (reason_table));
  *set |= 1u << row;
}

static gboolean
may_be_collected_at (const LanyardEntry *entry, const char *venue)
{
  const char *const *venues = (const char *const *)entry->pickup_venues;

  if (venues == NULL || venues[0] == NULL)
    return TRUE;
  return venue != NULL && g_strv_contains (venues, venue);
}

static void
look_at_entitlement (ReasonSet *set,
                     const LanyardEntry *entry,
                     const LanyardRules *rules,
                     const LanyardSituation *situation)
{
  /* A status of a later version is no permission. */
  if (entry->status == LANYARD_STATUS_SUSPENDED)
    add_reason (set, LANYARD_REASON_SUSPENDED);
  else if (entry->status != LANYARD_STATUS_ACTIVE)
    add_reason (set, LANYARD_REASON_CANCELLED);

  if (situation->now_s >= entry->valid_until_s)
    add_reason (set, LANYARD_REASON_EXPIRED);
  /* valid_from comes from outside: the sum must not overflow. */
  else if (entry->valid_from_s > situation->now_s
           && (entry->valid_from_s - MAX (rules->early_pickup_s, 0)) > situation->now_s)
    add_reason (set, LANYARD_REASON_NOT_YET_VALID);

  if (entry->overtaken)
    add_reason (set, LANYARD_REASON_OVERTAKEN);
  if (!may_be_collected_at (entry, situation->venue))
    add_reason (set, LANYARD_REASON_WRONG_VENUE);
}

static void
look_at_category (ReasonSet *set,
                  const LanyardEntry *entry,
                  const LanyardRules *rules,
                  const LanyardSituation *situation)
{
  const LanyardCategoryRule *rule = lanyard_rules_get_category (rules, entry->category);

  if (rule == NULL)
    {
      add_reason (set, LANYARD_REASON_CATEGORY_UNKNOWN);
      return;
    }
  if (situation->mode == LANYARD_MODE_SELF_SERVICE && !rule->self_service)
    add_reason (set, LANYARD_REASON_CATEGORY);

  for (guint i = 0; rule->clearances != NULL && rule->clearances[i] != NULL; i++)
    {
      LanyardClearanceState state = lanyard_entry_get_clearance (entry, rule->clearances[i]);

      /* Anything but an explicit CLEAR is none. */
      if (state == LANYARD_CLEARANCE_REFER)
        add_reason (set, LANYARD_REASON_CLEARANCE_REFER);
      else if (state != LANYARD_CLEARANCE_CLEAR)
        add_reason (set, LANYARD_REASON_CLEARANCE_PENDING);
    }
}

static gboolean
is_negative_list_too_old (const LanyardRules *rules, const LanyardSituation *situation)
{
  if (situation->mode != LANYARD_MODE_SELF_SERVICE || rules->negative_list_limit_s <= 0)
    return FALSE;
  if (situation->negative_list_issued_s == 0)
    return TRUE;
  return situation->negative_list_issued_s < situation->now_s
         && situation->now_s - situation->negative_list_issued_s >= rules->negative_list_limit_s;
}

static void
look_at_badges (ReasonSet *set,
                const LanyardEntry *entry,
                const LanyardIssued *issued,
                const LanyardRules *rules,
                const LanyardSituation *situation)
{
  if (issued != NULL && issued->disputed && !lanyard_fault ("verdict-ignores-disputed"))
    add_reason (set, LANYARD_REASON_DISPUTED);
  if (issued != NULL && issued->open_badges > 0)
    add_reason (set, issued->being_made < issued->open_badges ? LANYARD_REASON_ALREADY_ISSUED
                                                              : LANYARD_REASON_BEING_MADE);
  if (situation->unknown_print)
    add_reason (set, LANYARD_REASON_UNKNOWN_PRINT);
  if (situation->presented_sequence != 0
      && situation->presented_sequence < entry->lowest_valid_sequence)
    add_reason (set, LANYARD_REASON_NEGATIVE_LIST);
  /* Self-service has no seals: it hands over to those who have. */
  if (situation->pre_valid && situation->mode == LANYARD_MODE_SELF_SERVICE)
    add_reason (set, LANYARD_REASON_PRE_VALID);
  if (is_negative_list_too_old (rules, situation))
    add_reason (set, LANYARD_REASON_NEGATIVE_LIST_OLD);
}

/* What a document says counts whether one was asked for or not. */
static void
look_at_document (ReasonSet *set,
                  const LanyardEntry *entry,
                  const LanyardRules *rules,
                  const LanyardSituation *situation)
{
  const LanyardCategoryRule *rule = lanyard_rules_get_category (rules, entry->category);

  switch (situation->document)
    {
    case LANYARD_DOCUMENT_AGREES:
      break;
    case LANYARD_DOCUMENT_NONE:
      if (rule != NULL && rule->document_check)
        add_reason (set, LANYARD_REASON_DOCUMENT_MISSING);
      break;
    case LANYARD_DOCUMENT_CLOSE:
      add_reason (set, LANYARD_REASON_DOCUMENT_CLOSE);
      break;
    case LANYARD_DOCUMENT_EXPIRED:
      add_reason (set, LANYARD_REASON_DOCUMENT_EXPIRED);
      break;
    case LANYARD_DOCUMENT_DIFFERS:
    default:
      if (!lanyard_fault ("verdict-ignores-document"))
        add_reason (set, LANYARD_REASON_DOCUMENT_DIFFERS);
      break;
    }
}

/* Self-service asks for it and needs no reason; staff are not to overlook it. */
static void
look_at_consent (ReasonSet *set, const LanyardSituation *situation)
{
  if (situation->consent_missing && situation->mode == LANYARD_MODE_STAFF)
    add_reason (set, LANYARD_REASON_CONSENT);
}

/* The same of a photo. A card that is made valid has been printed. */
static void
look_at_photo (ReasonSet *set,
               const LanyardEntry *entry,
               const LanyardRules *rules,
               const LanyardSituation *situation)
{
  if (situation->mode == LANYARD_MODE_STAFF && !situation->pre_valid && !situation->has_photo
      && lanyard_rules_need_photo (rules, entry->category))
    add_reason (set, LANYARD_REASON_PHOTO);
}

static LanyardVerdict
make_verdict (ReasonSet set)
{
  LanyardVerdict verdict = { LANYARD_OUTCOME_READY, 0, { LANYARD_REASON_NONE } };

  for (guint row = 0; row < G_N_ELEMENTS (reason_table); row++)
    {
      if ((set & (1u << row)) == 0)
        continue;
      if (verdict.outcome != LANYARD_OUTCOME_REFUSED)
        verdict.outcome = reason_table[row].weight == WEIGHT_REFUSE ? LANYARD_OUTCOME_REFUSED
                                                                    : LANYARD_OUTCOME_STAFF;
      g_assert (verdict.n_reasons < LANYARD_VERDICT_MAX_REASONS);
      verdict.reasons[verdict.n_reasons++] = reason_table[row].reason;
    }
  return verdict;
}

LanyardVerdict
lanyard_eligibility_decide (const LanyardEntry *entry,
                            const LanyardIssued *issued,
                            const LanyardRules *rules,
                            const LanyardSituation *situation)
{
  ReasonSet set = 0;

  g_assert (rules != NULL && situation != NULL);

  if (entry == NULL)
    {
      add_reason (&set, LANYARD_REASON_UNKNOWN);
      return make_verdict (set);
    }
  look_at_entitlement (&set, entry, rules, situation);
  look_at_category (&set, entry, rules, situation);
  look_at_badges (&set, entry, issued, rules, situation);
  look_at_document (&set, entry, rules, situation);
  look_at_consent (&set, situation);
  look_at_photo (&set, entry, rules, situation);
  return make_verdict (set);
}

void
lanyard_issued_merge (const LanyardIssued *local,
                      const char *const *voided_here,
                      const LanyardIssued *from_hub,
                      LanyardIssued *out)
{
  guint32 hub_open = from_hub != NULL ? from_hub->open_badges : 0;
  guint32 local_open = local != NULL ? local->open_badges : 0;
  guint32 being_made = 0;
  const LanyardIssued *last = local;

  g_return_if_fail (out != NULL);

  /* The hub has not seen our void yet. */
  if (hub_open > 0 && from_hub->last_serial != NULL && voided_here != NULL
      && g_strv_contains (voided_here, from_hub->last_serial))
    hub_open--;
  if (from_hub != NULL && local_open == 0)
    being_made = MIN (from_hub->being_made, hub_open);
  if (last == NULL || (from_hub != NULL && from_hub->last_sequence > last->last_sequence))
    last = from_hub;

  *out = (LanyardIssued){
    /* Most badges of this desk are among those that the hub counts: a sum would count them twice.
     */
    .open_badges = MAX (hub_open, local_open),
    .last_sequence = last != NULL ? last->last_sequence : 0,
    .last_serial = last != NULL ? g_strdup (last->last_serial) : NULL,
    .disputed = (local != NULL && local->disputed) || (from_hub != NULL && from_hub->disputed),
    .being_made = being_made,
  };
}

gboolean
lanyard_verdict_has (const LanyardVerdict *verdict, LanyardReason reason)
{
  g_return_val_if_fail (verdict != NULL, FALSE);

  for (guint i = 0; i < verdict->n_reasons; i++)
    if (verdict->reasons[i] == reason)
      return TRUE;
  return FALSE;
}

gboolean
lanyard_verdict_wants_document (const LanyardVerdict *verdict)
{
  g_return_val_if_fail (verdict != NULL, FALSE);

  return verdict->outcome == LANYARD_OUTCOME_STAFF && verdict->n_reasons == 1
         && verdict->reasons[0] == LANYARD_REASON_DOCUMENT_MISSING;
}

/* A badge that a new one may replace: it is out, or being made elsewhere. */
static gboolean
is_of_badge (LanyardReason reason)
{
  return reason == LANYARD_REASON_ALREADY_ISSUED || reason == LANYARD_REASON_BEING_MADE;
}

/* Whether every reason is one that staff may override.
 * @replaces: apart from the badge that a new one replaces */
static gboolean
may_override (const LanyardVerdict *verdict, gboolean replaces)
{
  if (verdict->outcome == LANYARD_OUTCOME_REFUSED)
    return FALSE;
  for (guint i = 0; i < verdict->n_reasons; i++)
    {
      guint row = find_reason (verdict->reasons[i]);

      if (!(replaces && is_of_badge (verdict->reasons[i]))
          && (row == G_N_ELEMENTS (reason_table) || reason_table[row].weight != WEIGHT_OVERRIDE))
        return FALSE;
    }
  return TRUE;
}

gboolean
lanyard_verdict_staff_may_issue (const LanyardVerdict *verdict)
{
  g_return_val_if_fail (verdict != NULL, FALSE);

  return may_override (verdict, FALSE);
}

gboolean
lanyard_verdict_staff_may_reissue (const LanyardVerdict *verdict)
{
  g_return_val_if_fail (verdict != NULL, FALSE);

  return (lanyard_verdict_has (verdict, LANYARD_REASON_ALREADY_ISSUED)
          || lanyard_verdict_has (verdict, LANYARD_REASON_BEING_MADE))
         && may_override (verdict, TRUE);
}

gboolean
lanyard_verdict_staff_may_validate (const LanyardVerdict *verdict,
                                    const LanyardRules *rules,
                                    LanyardDocumentVerdict document)
{
  g_return_val_if_fail (verdict != NULL && rules != NULL, FALSE);

  if (rules->validation.document
      && (document == LANYARD_DOCUMENT_NONE || document == LANYARD_DOCUMENT_DIFFERS))
    return FALSE;
  return lanyard_verdict_staff_may_issue (verdict);
}

LanyardVerdict
lanyard_verdict_for_public (const LanyardVerdict *verdict)
{
  LanyardVerdict shown = { LANYARD_OUTCOME_STAFF, 0, { LANYARD_REASON_NONE } };

  g_return_val_if_fail (verdict != NULL, shown);

  shown.outcome = verdict->outcome;
  for (guint i = 0; i < verdict->n_reasons; i++)
    {
      guint row = find_reason (verdict->reasons[i]);

      if (row < G_N_ELEMENTS (reason_table) && reason_table[row].public)
        shown.reasons[shown.n_reasons++] = verdict->reasons[i];
    }
  return shown;
}

const char *
lanyard_outcome_to_string (LanyardOutcome outcome)
{
  switch (outcome)
    {
    case LANYARD_OUTCOME_READY:
      return "ready";
    case LANYARD_OUTCOME_STAFF:
      return "staff";
    case LANYARD_OUTCOME_REFUSED:
      return "refused";
    default:
      return "unknown";
    }
}

const char *
lanyard_reason_to_string (LanyardReason reason)
{
  guint row = find_reason (reason);

  return row < G_N_ELEMENTS (reason_table) ? reason_table[row].name : "none";
}

const char *
lanyard_document_verdict_to_string (LanyardDocumentVerdict verdict)
{
  switch (verdict)
    {
    case LANYARD_DOCUMENT_NONE:
      return "none";
    case LANYARD_DOCUMENT_AGREES:
      return "agrees";
    case LANYARD_DOCUMENT_CLOSE:
      return "close";
    case LANYARD_DOCUMENT_DIFFERS:
      return "differs";
    case LANYARD_DOCUMENT_EXPIRED:
      return "expired";
    default:
      return "unknown";
    }
}
