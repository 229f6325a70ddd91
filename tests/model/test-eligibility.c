/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody gets a badge who must not have one, or is sent away without a reason. */

#include "lanyard-eligibility.h"

#define NOW 1000000
#define EARLY 3600
#define LIMIT 10800

/*
 * The oracle: every value of every dimension says itself which reasons it brings; a verdict is the
 * union. It shares no code with the implementation, and its order and classes are written down here
 * again.
 */
#define BIT(reason) (G_GUINT64_CONSTANT (1) << ((reason) / 5))

static const LanyardReason expected_order[] = {
  LANYARD_REASON_UNKNOWN,
  LANYARD_REASON_CANCELLED,
  LANYARD_REASON_SUSPENDED,
  LANYARD_REASON_EXPIRED,
  LANYARD_REASON_NOT_YET_VALID,
  LANYARD_REASON_WRONG_VENUE,
  LANYARD_REASON_DISPUTED,
  LANYARD_REASON_OVERTAKEN,
  LANYARD_REASON_UNKNOWN_PRINT,
  LANYARD_REASON_ALREADY_ISSUED,
  LANYARD_REASON_BEING_MADE,
  LANYARD_REASON_CLEARANCE_REFER,
  LANYARD_REASON_CATEGORY_UNKNOWN,
  LANYARD_REASON_CLEARANCE_PENDING,
  LANYARD_REASON_DOCUMENT_DIFFERS,
  LANYARD_REASON_DOCUMENT_EXPIRED,
  LANYARD_REASON_DOCUMENT_CLOSE,
  LANYARD_REASON_DOCUMENT_MISSING,
  LANYARD_REASON_NEGATIVE_LIST,
  LANYARD_REASON_NEGATIVE_LIST_OLD,
  LANYARD_REASON_CATEGORY,
  LANYARD_REASON_PRE_VALID,
  LANYARD_REASON_PHOTO,
};

#define REFUSING                                                                                   \
  (BIT (LANYARD_REASON_UNKNOWN) | BIT (LANYARD_REASON_CANCELLED) | BIT (LANYARD_REASON_SUSPENDED)  \
   | BIT (LANYARD_REASON_EXPIRED) | BIT (LANYARD_REASON_NOT_YET_VALID)                             \
   | BIT (LANYARD_REASON_WRONG_VENUE))
#define OVERRIDABLE                                                                                \
  (BIT (LANYARD_REASON_NEGATIVE_LIST) | BIT (LANYARD_REASON_NEGATIVE_LIST_OLD)                     \
   | BIT (LANYARD_REASON_CATEGORY) | BIT (LANYARD_REASON_PRE_VALID) | DOCUMENTS)
#define DOCUMENTS                                                                                  \
  (BIT (LANYARD_REASON_DOCUMENT_DIFFERS) | BIT (LANYARD_REASON_DOCUMENT_EXPIRED)                   \
   | BIT (LANYARD_REASON_DOCUMENT_CLOSE) | BIT (LANYARD_REASON_DOCUMENT_MISSING))
#define SELF_SERVICE_ONLY (BIT (LANYARD_REASON_NEGATIVE_LIST_OLD) | BIT (LANYARD_REASON_CATEGORY))
#define CLEARANCES (BIT (LANYARD_REASON_CLEARANCE_PENDING) | BIT (LANYARD_REASON_CLEARANCE_REFER))

static const struct
{
  int status;
  guint64 reasons;
} statuses[] = {
  { LANYARD_STATUS_ACTIVE, 0 },
  { LANYARD_STATUS_SUSPENDED, BIT (LANYARD_REASON_SUSPENDED) },
  { LANYARD_STATUS_CANCELLED, BIT (LANYARD_REASON_CANCELLED) },
  { 77, BIT (LANYARD_REASON_CANCELLED) }, /* of a later version: no permission */
};

static const struct
{
  gint64 from;
  gint64 until;
  guint64 reasons;
} validities[] = {
  { NOW - 10, NOW + 10, 0 },
  { NOW, NOW + 1, 0 },                 /* first and last second */
  { NOW + EARLY, NOW + 2 * EARLY, 0 }, /* earliest pickup */
  { NOW + EARLY + 1, NOW + 2 * EARLY, BIT (LANYARD_REASON_NOT_YET_VALID) },
  { NOW - 10, NOW, BIT (LANYARD_REASON_EXPIRED) }, /* the end is exclusive */
};

static const struct
{
  const char *venues[3];
  guint64 reasons;
} venues[] = {
  { { NULL }, 0 },
  { { "north", "south", NULL }, 0 },
  { { "north", NULL }, BIT (LANYARD_REASON_WRONG_VENUE) },
};

static const struct
{
  int first;
  int second;
  guint64 reasons;
} clearances[] = {
  { LANYARD_CLEARANCE_CLEAR, LANYARD_CLEARANCE_CLEAR, 0 },
  { 0, LANYARD_CLEARANCE_CLEAR, BIT (LANYARD_REASON_CLEARANCE_PENDING) }, /* not named at all */
  { LANYARD_CLEARANCE_PENDING, LANYARD_CLEARANCE_CLEAR, BIT (LANYARD_REASON_CLEARANCE_PENDING) },
  { LANYARD_CLEARANCE_CLEAR, LANYARD_CLEARANCE_REFER, BIT (LANYARD_REASON_CLEARANCE_REFER) },
  { LANYARD_CLEARANCE_PENDING, LANYARD_CLEARANCE_REFER, CLEARANCES },
  { 99, LANYARD_CLEARANCE_CLEAR, BIT (LANYARD_REASON_CLEARANCE_PENDING) }, /* of a later version */
};

static const struct
{
  gboolean known;
  guint open;
  guint being_made;
  gboolean disputed;
  guint64 reasons;
} issues[] = {
  { FALSE, 0, 0, FALSE, 0 },
  { TRUE, 0, 0, FALSE, 0 },
  { TRUE, 1, 0, FALSE, BIT (LANYARD_REASON_ALREADY_ISSUED) },
  { TRUE, 1, 1, FALSE, BIT (LANYARD_REASON_BEING_MADE) },
  { TRUE, 2, 1, FALSE, BIT (LANYARD_REASON_ALREADY_ISSUED) },
  { TRUE, 2, 0, TRUE, BIT (LANYARD_REASON_ALREADY_ISSUED) | BIT (LANYARD_REASON_DISPUTED) },
  { TRUE, 0, 0, TRUE, BIT (LANYARD_REASON_DISPUTED) },
};

static const struct
{
  guint32 presented;
  guint32 lowest;
  guint64 reasons;
} negatives[] = {
  { 0, 0, 0 },
  { 0, 9, 0 },
  { 3, 3, 0 },
  { 2, 3, BIT (LANYARD_REASON_NEGATIVE_LIST) },
};

static const struct
{
  gint64 issued;
  gint64 limit;
  guint64 reasons;
} lists[] = {
  { NOW, LIMIT, 0 },
  { NOW - LIMIT + 1, LIMIT, 0 },
  { NOW - LIMIT, LIMIT, BIT (LANYARD_REASON_NEGATIVE_LIST_OLD) },
  { 0, LIMIT, BIT (LANYARD_REASON_NEGATIVE_LIST_OLD) },
  { 0, 0, 0 },
  { NOW + 500, LIMIT, 0 },
};

static const struct
{
  const char *code;
  guint64 reasons;
} categories[] = {
  { "free", 0 },
  { "checked", 0 },
  { "desk", BIT (LANYARD_REASON_CATEGORY) },
  { "nowhere", BIT (LANYARD_REASON_CATEGORY_UNKNOWN) },
};

static LanyardRules *
make_rules (void)
{
  LanyardRules *rules = lanyard_rules_new ();
  LanyardCategoryRule *rule;

  rules->early_pickup_s = EARLY;
  rule = lanyard_category_rule_new ();
  rule->self_service = TRUE;
  lanyard_rules_take_category (rules, "free", rule);
  for (guint i = 0; i < 2; i++)
    {
      rule = lanyard_category_rule_new ();
      rule->self_service = i == 0;
      g_strfreev (rule->clearances);
      rule->clearances = g_strsplit ("first second", " ", -1);
      lanyard_rules_take_category (rules, i == 0 ? "checked" : "desk", rule);
    }
  return rules;
}

static guint n_cells;

static void
check_cell (const LanyardEntry *entry,
            const LanyardIssued *issued,
            const LanyardRules *rules,
            const LanyardSituation *situation,
            guint64 expected)
{
  LanyardVerdict verdict = lanyard_eligibility_decide (entry, issued, rules, situation);
  LanyardVerdict shown = lanyard_verdict_for_public (&verdict);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (expected_order); i++)
    if ((expected & BIT (expected_order[i])) != 0)
      {
        g_assert_cmpuint (n, <, verdict.n_reasons);
        g_assert_cmpint (verdict.reasons[n], ==, expected_order[i]);
        n++;
      }
  g_assert_cmpuint (n, ==, verdict.n_reasons);
  g_assert_cmpint (verdict.outcome, ==,
                   expected == 0                ? LANYARD_OUTCOME_READY
                   : (expected & REFUSING) != 0 ? LANYARD_OUTCOME_REFUSED
                                                : LANYARD_OUTCOME_STAFF);
  g_assert_cmpint (lanyard_verdict_staff_may_issue (&verdict), ==, (expected & ~OVERRIDABLE) == 0);
  g_assert_cmpint (shown.outcome, ==, verdict.outcome);
  g_assert_false (lanyard_verdict_has (&shown, LANYARD_REASON_CLEARANCE_REFER));
  g_assert_false (lanyard_verdict_has (&shown, LANYARD_REASON_DISPUTED));
  g_assert_false (lanyard_verdict_has (&shown, LANYARD_REASON_CANCELLED));
  n_cells++;
}

/* The dimensions that are no part of the entry. */
static void
check_situations (LanyardEntry *entry, LanyardRules *rules, guint64 of_entry, gboolean checked)
{
  for (guint i = 0; i < G_N_ELEMENTS (issues); i++)
    for (guint n = 0; n < G_N_ELEMENTS (negatives); n++)
      for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
        for (guint rest = 0; rest < 4; rest++)
          {
            gboolean staff = (rest & 1) != 0;
            gboolean unknown_print = (rest & 2) != 0;
            LanyardIssued issued = { .open_badges = issues[i].open,
                                     .being_made = issues[i].being_made,
                                     .disputed = issues[i].disputed };
            LanyardSituation situation = {
              .venue = "south",
              .mode = staff ? LANYARD_MODE_STAFF : LANYARD_MODE_SELF_SERVICE,
              .now_s = NOW,
              .negative_list_issued_s = lists[l].issued,
              .presented_sequence = negatives[n].presented,
              .unknown_print = unknown_print,
            };
            guint64 expected
                = of_entry | issues[i].reasons | negatives[n].reasons | lists[l].reasons;

            if (unknown_print)
              expected |= BIT (LANYARD_REASON_UNKNOWN_PRINT);
            if (staff)
              expected &= ~SELF_SERVICE_ONLY;
            entry->lowest_valid_sequence = negatives[n].lowest;
            rules->negative_list_limit_s = lists[l].limit;
            check_cell (entry, issues[i].known ? &issued : NULL, rules, &situation, expected);
          }
}

static void
check_clearances (LanyardEntry *entry, LanyardRules *rules, guint64 so_far, guint category)
{
  for (guint c = 0; c < G_N_ELEMENTS (clearances); c++)
    {
      gboolean counts = category == 1 || category == 2;

      g_array_set_size (entry->clearances, 0);
      if (clearances[c].first != 0)
        lanyard_entry_add_clearance (entry, "first", (LanyardClearanceState)clearances[c].first);
      lanyard_entry_add_clearance (entry, "second", (LanyardClearanceState)clearances[c].second);
      check_situations (entry, rules, so_far | (counts ? clearances[c].reasons : 0), counts);
    }
}

static void
test_every_cell (void)
{
  g_autoptr (LanyardRules) rules = make_rules ();

  n_cells = 0;
  for (guint s = 0; s < G_N_ELEMENTS (statuses); s++)
    for (guint v = 0; v < G_N_ELEMENTS (validities); v++)
      for (guint w = 0; w < G_N_ELEMENTS (venues); w++)
        for (guint k = 0; k < G_N_ELEMENTS (categories); k++)
          {
            g_autoptr (LanyardEntry) entry = lanyard_entry_new ();

            entry->status = (LanyardStatus)statuses[s].status;
            entry->valid_from_s = validities[v].from;
            entry->valid_until_s = validities[v].until;
            entry->category = g_strdup (categories[k].code);
            g_strfreev (entry->pickup_venues);
            entry->pickup_venues = g_strdupv ((char **)venues[w].venues);
            check_clearances (entry, rules,
                              statuses[s].reasons | validities[v].reasons | venues[w].reasons
                                  | categories[k].reasons,
                              k);
          }
  g_assert_cmpuint (n_cells, ==, 4 * 5 * 3 * 4 * 6 * 7 * 4 * 6 * 4);
}

/* A document that says something untrue keeps the badge back, whether one was asked for or not. */
static void
test_documents (void)
{
  static const struct
  {
    int document;
    guint64 asked; /* with a check of the category */
    guint64 not_asked;
  } documents[] = {
    { LANYARD_DOCUMENT_NONE, BIT (LANYARD_REASON_DOCUMENT_MISSING), 0 },
    { LANYARD_DOCUMENT_AGREES, 0, 0 },
    { LANYARD_DOCUMENT_CLOSE, BIT (LANYARD_REASON_DOCUMENT_CLOSE),
      BIT (LANYARD_REASON_DOCUMENT_CLOSE) },
    { LANYARD_DOCUMENT_DIFFERS, BIT (LANYARD_REASON_DOCUMENT_DIFFERS),
      BIT (LANYARD_REASON_DOCUMENT_DIFFERS) },
    { LANYARD_DOCUMENT_EXPIRED, BIT (LANYARD_REASON_DOCUMENT_EXPIRED),
      BIT (LANYARD_REASON_DOCUMENT_EXPIRED) },
    { 99, BIT (LANYARD_REASON_DOCUMENT_DIFFERS), BIT (LANYARD_REASON_DOCUMENT_DIFFERS) },
  };
  g_autoptr (LanyardRules) rules = make_rules ();
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  LanyardCategoryRule *rule = lanyard_category_rule_new ();

  rule->self_service = TRUE;
  lanyard_rules_take_category (rules, "free", rule);
  entry->category = g_strdup ("free");
  entry->valid_until_s = NOW + 10;
  for (guint d = 0; d < G_N_ELEMENTS (documents); d++)
    for (guint rest = 0; rest < 8; rest++)
      {
        LanyardIssued issued = { .open_badges = (rest & 4) != 0 };
        LanyardSituation situation = {
          .venue = "south",
          .mode = (rest & 2) != 0 ? LANYARD_MODE_STAFF : LANYARD_MODE_SELF_SERVICE,
          .now_s = NOW,
          .document = (LanyardDocumentVerdict)documents[d].document,
        };
        guint64 expected = (rest & 1) != 0 ? documents[d].asked : documents[d].not_asked;
        LanyardVerdict verdict;

        rule->document_check = (rest & 1) != 0;
        if (issued.open_badges > 0)
          expected |= BIT (LANYARD_REASON_ALREADY_ISSUED);
        check_cell (entry, &issued, rules, &situation, expected);
        verdict = lanyard_eligibility_decide (entry, &issued, rules, &situation);
        g_assert_cmpint (lanyard_verdict_wants_document (&verdict), ==,
                         expected == BIT (LANYARD_REASON_DOCUMENT_MISSING));
        verdict = lanyard_verdict_for_public (&verdict);
        g_assert_false (lanyard_verdict_has (&verdict, LANYARD_REASON_DOCUMENT_DIFFERS));
        g_assert_false (lanyard_verdict_has (&verdict, LANYARD_REASON_DOCUMENT_CLOSE));
      }
}

/* That the badge is to have a photo is a word to staff, who may issue without it; self-service
 * takes one. A card that is made valid has been printed. */
static void
test_photo (void)
{
  g_autoptr (LanyardRules) rules = make_rules ();
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  LanyardCategoryRule *rule = lanyard_category_rule_new ();

  rule->self_service = TRUE;
  lanyard_rules_take_category (rules, "free", rule);
  entry->category = g_strdup ("free");
  entry->valid_until_s = NOW + 10;
  for (guint c = 0; c < 16; c++)
    {
      LanyardSituation situation = {
        .venue = "south",
        .mode = (c & 1) != 0 ? LANYARD_MODE_STAFF : LANYARD_MODE_SELF_SERVICE,
        .now_s = NOW,
        .has_photo = (c & 2) != 0,
        .pre_valid = (c & 4) != 0,
      };
      LanyardVerdict verdict;

      rule->photo_required = (c & 8) != 0;
      verdict = lanyard_eligibility_decide (entry, NULL, rules, &situation);
      g_assert_cmpint (lanyard_verdict_has (&verdict, LANYARD_REASON_PHOTO), ==, c == 9);
      g_assert_true (lanyard_verdict_staff_may_issue (&verdict));
    }
}

/* A card that is to be validated is for those who have the seals, and for nobody without a document
 * where the rules ask for one. */
static void
test_pre_valid (void)
{
  static const struct
  {
    LanyardDocumentVerdict document;
    gboolean with_rule;
    gboolean without;
  } documents[] = {
    { LANYARD_DOCUMENT_NONE, FALSE, TRUE },    { LANYARD_DOCUMENT_AGREES, TRUE, TRUE },
    { LANYARD_DOCUMENT_CLOSE, TRUE, TRUE },    { LANYARD_DOCUMENT_EXPIRED, TRUE, TRUE },
    { LANYARD_DOCUMENT_DIFFERS, FALSE, TRUE },
  };
  g_autoptr (LanyardRules) rules = make_rules ();
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  LanyardIssued issued = { .open_badges = 1 };
  LanyardSituation situation = { .now_s = NOW, .pre_valid = TRUE };
  LanyardVerdict verdict;

  entry->category = g_strdup ("free");
  entry->valid_until_s = NOW + 10;
  situation.mode = LANYARD_MODE_SELF_SERVICE;
  check_cell (entry, NULL, rules, &situation, BIT (LANYARD_REASON_PRE_VALID));
  situation.mode = LANYARD_MODE_STAFF;
  check_cell (entry, NULL, rules, &situation, 0);
  for (guint d = 0; d < G_N_ELEMENTS (documents); d++)
    {
      situation.document = documents[d].document;
      verdict = lanyard_eligibility_decide (entry, NULL, rules, &situation);
      rules->validation.document = TRUE;
      g_assert_cmpint (lanyard_verdict_staff_may_validate (&verdict, rules, documents[d].document),
                       ==, documents[d].with_rule);
      rules->validation.document = FALSE;
      g_assert_cmpint (lanyard_verdict_staff_may_validate (&verdict, rules, documents[d].document),
                       ==, documents[d].without);
    }
  situation.document = LANYARD_DOCUMENT_AGREES;
  verdict = lanyard_eligibility_decide (entry, &issued, rules, &situation);
  g_assert_false (lanyard_verdict_staff_may_validate (&verdict, rules, LANYARD_DOCUMENT_AGREES));
}

/* What is here is not the newest, and the newest is not understood: no badge, whoever presses. */
static void
test_overtaken (void)
{
  g_autoptr (LanyardRules) rules = make_rules ();
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  LanyardIssued none = { 0 };
  const LanyardMode modes[] = { LANYARD_MODE_SELF_SERVICE, LANYARD_MODE_STAFF };

  entry->category = g_strdup ("free");
  entry->valid_until_s = NOW + 1;
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      LanyardSituation situation = { .venue = "south", .mode = modes[i], .now_s = NOW };
      LanyardVerdict verdict = lanyard_eligibility_decide (entry, &none, rules, &situation);

      g_assert_false (lanyard_verdict_has (&verdict, LANYARD_REASON_OVERTAKEN));
      entry->overtaken = TRUE;
      verdict = lanyard_eligibility_decide (entry, &none, rules, &situation);
      g_assert_true (lanyard_verdict_has (&verdict, LANYARD_REASON_OVERTAKEN));
      g_assert_cmpint (verdict.outcome, !=, LANYARD_OUTCOME_READY);
      g_assert_false (lanyard_verdict_staff_may_issue (&verdict));
      entry->overtaken = FALSE;
    }
}

/* A badge that another desk makes keeps a second one from coming out; where that desk is gone,
 * staff void it and make another, as with every badge that is out. */
static void
test_being_made (void)
{
  g_autoptr (LanyardRules) rules = make_rules ();
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  LanyardIssued issued = { .open_badges = 1, .being_made = 1 };
  LanyardSituation situation
      = { .venue = "south", .mode = LANYARD_MODE_SELF_SERVICE, .now_s = NOW };
  LanyardVerdict verdict;

  entry->category = g_strdup ("free");
  entry->valid_until_s = NOW + 1;
  verdict = lanyard_eligibility_decide (entry, &issued, rules, &situation);
  g_assert_cmpint (verdict.outcome, ==, LANYARD_OUTCOME_STAFF);
  verdict = lanyard_verdict_for_public (&verdict);
  g_assert_true (lanyard_verdict_has (&verdict, LANYARD_REASON_BEING_MADE));
  situation.mode = LANYARD_MODE_STAFF;
  verdict = lanyard_eligibility_decide (entry, &issued, rules, &situation);
  g_assert_false (lanyard_verdict_staff_may_issue (&verdict));
  g_assert_true (lanyard_verdict_staff_may_reissue (&verdict));
  entry->overtaken = TRUE;
  verdict = lanyard_eligibility_decide (entry, &issued, rules, &situation);
  g_assert_false (lanyard_verdict_staff_may_reissue (&verdict));
}

static void
test_unknown (void)
{
  g_autoptr (LanyardRules) rules = make_rules ();
  LanyardIssued issued = { .open_badges = 2, .disputed = TRUE };
  LanyardSituation situation = { .venue = "south", .mode = LANYARD_MODE_STAFF, .now_s = NOW };

  /* Nothing is known of the entitlement, so nothing else is said. */
  check_cell (NULL, &issued, rules, &situation, BIT (LANYARD_REASON_UNKNOWN));
  check_cell (NULL, NULL, rules, &situation, BIT (LANYARD_REASON_UNKNOWN));
}

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (expected_order); i++)
    g_assert_true (g_hash_table_add (seen, (gpointer)lanyard_reason_to_string (expected_order[i])));
  g_assert_cmpstr (lanyard_reason_to_string (LANYARD_REASON_CLEARANCE_PENDING), ==,
                   "clearance-pending");
  g_assert_cmpstr (lanyard_reason_to_string (LANYARD_REASON_NONE), ==, "none");
  g_assert_cmpstr (lanyard_outcome_to_string (LANYARD_OUTCOME_READY), ==, "ready");
  g_assert_cmpstr (lanyard_outcome_to_string (LANYARD_OUTCOME_STAFF), ==, "staff");
  g_assert_cmpstr (lanyard_outcome_to_string (LANYARD_OUTCOME_REFUSED), ==, "refused");
  g_assert_cmpstr (lanyard_document_verdict_to_string (LANYARD_DOCUMENT_AGREES), ==, "agrees");
  g_assert_cmpstr (lanyard_document_verdict_to_string (LANYARD_DOCUMENT_EXPIRED), ==, "expired");
}

static void
test_rules (void)
{
  g_autoptr (LanyardRules) rules = make_rules ();
  LanyardCategoryRule *rule = lanyard_category_rule_new ();

  g_assert_true (lanyard_rules_get_category (rules, "free")->self_service);
  lanyard_rules_take_category (rules, "free", rule);
  g_assert_true (lanyard_rules_get_category (rules, "free") == rule);
  g_assert_null (lanyard_rules_get_category (rules, "absent"));
  g_assert_null (lanyard_rules_get_category (rules, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/eligibility/every-cell", test_every_cell);
  g_test_add_func ("/model/eligibility/documents", test_documents);
  g_test_add_func ("/model/eligibility/overtaken", test_overtaken);
  g_test_add_func ("/model/eligibility/photo", test_photo);
  g_test_add_func ("/model/eligibility/pre-valid", test_pre_valid);
  g_test_add_func ("/model/eligibility/being-made", test_being_made);
  g_test_add_func ("/model/eligibility/unknown", test_unknown);
  g_test_add_func ("/model/eligibility/names", test_names);
  g_test_add_func ("/model/eligibility/rules", test_rules);
  return g_test_run ();
}
