/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a badge can be printed twice, be lost, or count as handed over when it was not. */

#include "lanyard-pickup-machine.h"

static const LanyardPickupState states[] = {
  LANYARD_PICKUP_IDLE,     LANYARD_PICKUP_CONFIRM,  LANYARD_PICKUP_RESERVED,
  LANYARD_PICKUP_PRINTING, LANYARD_PICKUP_REPORTED, LANYARD_PICKUP_ISSUED,
  LANYARD_PICKUP_REFUSED,  LANYARD_PICKUP_REFERRED, LANYARD_PICKUP_ATTENTION,
  LANYARD_PICKUP_VOID,     LANYARD_PICKUP_DOCUMENT, LANYARD_PICKUP_VALIDATED,
  LANYARD_PICKUP_HANDED,   LANYARD_PICKUP_CONSENT,  LANYARD_PICKUP_PORTRAIT,
};

/*
 * What every cell must be, written down a second time: "state: input>state …". Words in brackets
 * say who may: S staff only, R staff who give a reason, W staff or a desk without scan-back, L only
 * the last wrong badge, F only an earlier one; T when nothing is left to ask and there is a photo
 * where one has to be, or staff may leave it out, P nobody of the staff when something is left to
 * ask, N nobody of the staff when a photo is all that is missing, C staff when nothing required is,
 * Q what is asked is required, O it is not, A something is asked. What is not listed is ignored.
 * What is committed and done follows from the states, see check_cell().
 */
static const char *const expected_cells[] = {
  "idle: offer-ready>confirm offer-document>document offer-staff>referred offer-refused>refused "
  "call-staff>referred restart>idle hand-out[S]>handed",
  "document: offer-ready>confirm offer-staff>referred offer-refused>refused call-staff>referred "
  "cancel>idle timeout>idle restart>idle",
  "confirm: confirm[T]>reserved confirm[P]>consent confirm[N]>portrait offer-staff>referred "
  "offer-refused>refused "
  "call-staff>referred "
  "cancel>idle "
  "timeout>idle restart>idle validate[C]>validated",
  "consent: agree[A]>consent decline[Q]>referred decline[O]>consent confirm[T]>reserved "
  "confirm[N]>portrait offer-staff>referred offer-refused>refused call-staff>referred cancel>idle "
  "timeout>idle "
  "restart>idle",
  "portrait: picture[N]>portrait confirm[T]>reserved offer-staff>referred offer-refused>refused "
  "call-staff>referred cancel>idle timeout>idle restart>idle",
  "reserved: print-failed>void print-spooled>printing print-moved>printing "
  "print-completed>reported "
  "print-doubtful>attention timeout>attention restart>attention badge-right>issued",
  "printing: print-moved>printing print-completed>reported print-failed>attention "
  "print-doubtful>attention timeout>attention call-staff>attention restart>attention "
  "badge-right>issued withdraw[R]>void",
  "reported: badge-right>issued badge-wrong[L]>void badge-wrong[F]>reported unreadable>void "
  "came-out[W]>issued not-out[S]>void timeout>attention call-staff>attention restart>attention "
  "withdraw[R]>void",
  "attention: badge-right>issued came-out[S]>issued not-out[S]>void unreadable[S]>void "
  "print-failed>attention print-spooled>attention print-moved>attention print-completed>attention "
  "print-doubtful>attention restart>attention timeout>idle next>idle cancel[S]>idle "
  "withdraw[R]>void",
  "issued: withdraw[R]>void next>idle timeout>idle cancel>idle restart>idle",
  "refused: next>idle timeout>idle cancel>idle restart>idle",
  "referred: next>idle timeout>idle cancel>idle restart>idle",
  "void: next>idle timeout>idle cancel>idle restart>idle",
  "validated: withdraw[R]>void next>idle timeout>idle cancel>idle restart>idle",
  "handed: withdraw[R]>void next>idle timeout>idle cancel>idle restart>idle",
};

static LanyardPickupState
parse_state (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (lanyard_pickup_state_to_string (states[i]), name))
      return states[i];
  g_error ("no state %s", name);
}

/* What the badge needs of agreements. */
static gboolean
is_agreed (const LanyardPickupContext *context)
{
  return context->consent == LANYARD_CONSENT_SETTLED
         || (context->staff && context->consent == LANYARD_CONSENT_OPTIONAL);
}

static gboolean
bracket_holds (const char *bracket, const LanyardPickupContext *context)
{
  if (g_str_equal (bracket, "S"))
    return context->staff;
  if (g_str_equal (bracket, "R"))
    return context->staff && context->void_reason != 0;
  if (g_str_equal (bracket, "W"))
    return context->staff || !context->scan_back;
  if (g_str_equal (bracket, "L"))
    return context->wrong_badges >= 2;
  if (g_str_equal (bracket, "T"))
    return is_agreed (context) && (context->staff || !context->photo_missing);
  if (g_str_equal (bracket, "N"))
    return !context->staff && context->consent == LANYARD_CONSENT_SETTLED && context->photo_missing;
  if (g_str_equal (bracket, "P"))
    return !context->staff && context->consent != LANYARD_CONSENT_SETTLED;
  if (g_str_equal (bracket, "C"))
    return context->staff && context->consent != LANYARD_CONSENT_REQUIRED;
  if (g_str_equal (bracket, "Q"))
    return context->consent == LANYARD_CONSENT_REQUIRED;
  if (g_str_equal (bracket, "O"))
    return context->consent == LANYARD_CONSENT_OPTIONAL;
  if (g_str_equal (bracket, "A"))
    return context->consent != LANYARD_CONSENT_SETTLED;
  g_assert_cmpstr (bracket, ==, "F");
  return context->wrong_badges < 2;
}

/* Returns: whether the cell is taken. @to: where to. @listed: whether it stands there at all */
static gboolean
expect (LanyardPickupState state,
        LanyardPickupInput input,
        const LanyardPickupContext *context,
        LanyardPickupState *to,
        gboolean *listed)
{
  g_autofree char *head = g_strconcat (lanyard_pickup_state_to_string (state), ": ", NULL);
  const char *name = lanyard_pickup_input_to_string (input);

  *listed = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (expected_cells); i++)
    {
      g_auto (GStrv) words = NULL;

      if (!g_str_has_prefix (expected_cells[i], head))
        continue;
      words = g_strsplit (expected_cells[i] + strlen (head), " ", -1);
      for (guint w = 0; words[w] != NULL; w++)
        {
          g_auto (GStrv) parts = g_strsplit_set (words[w], "[]>", -1);
          guint n = g_strv_length (parts);

          if (!g_str_equal (parts[0], name))
            continue;
          *listed = TRUE;
          *to = parse_state (parts[n - 1]);
          if (n == 2 || bracket_holds (parts[1], context))
            return TRUE;
        }
    }
  return FALSE;
}

/* @input: AGREE and DECLINE are on disk, wherever they lead */
static LanyardConsentDecision
expect_consent (LanyardPickupInput input)
{
  return input == LANYARD_PICKUP_INPUT_AGREE     ? LANYARD_CONSENT_GIVEN
         : input == LANYARD_PICKUP_INPUT_DECLINE ? LANYARD_CONSENT_REFUSED
                                                 : LANYARD_CONSENT_UNDECIDED;
}

static LanyardRecordKind
expect_record (LanyardPickupState from, LanyardPickupState to)
{
  if (from == LANYARD_PICKUP_CONSENT && to == LANYARD_PICKUP_CONSENT)
    return LANYARD_RECORD_CONSENT;
  if (from == LANYARD_PICKUP_PORTRAIT && to == LANYARD_PICKUP_PORTRAIT)
    return LANYARD_RECORD_PHOTO_TAKEN;
  if (from == to)
    return 0;
  switch (to)
    {
    case LANYARD_PICKUP_RESERVED:
      return LANYARD_RECORD_RESERVED;
    case LANYARD_PICKUP_PRINTING:
      return LANYARD_RECORD_PRINTING;
    case LANYARD_PICKUP_REPORTED:
      return LANYARD_RECORD_REPORTED;
    case LANYARD_PICKUP_ISSUED:
      return LANYARD_RECORD_ISSUED;
    case LANYARD_PICKUP_REFUSED:
      return LANYARD_RECORD_REFUSED;
    case LANYARD_PICKUP_REFERRED:
      return LANYARD_RECORD_REFERRED;
    case LANYARD_PICKUP_ATTENTION:
      return LANYARD_RECORD_UNKNOWN;
    case LANYARD_PICKUP_VOID:
      return LANYARD_RECORD_VOIDED;
    case LANYARD_PICKUP_VALIDATED:
      return LANYARD_RECORD_VALIDATED;
    case LANYARD_PICKUP_HANDED:
      return LANYARD_RECORD_PASS_HANDED;
    case LANYARD_PICKUP_IDLE:
    case LANYARD_PICKUP_DOCUMENT:
    case LANYARD_PICKUP_CONFIRM:
    case LANYARD_PICKUP_CONSENT:
    case LANYARD_PICKUP_PORTRAIT:
    default:
      return 0;
    }
}

static void
check_effects (const LanyardPickupStep *step, LanyardPickupInput input)
{
  LanyardPickupEffect wanted[LANYARD_PICKUP_MAX_EFFECTS] = { LANYARD_PICKUP_EFFECT_NONE };
  guint n = 0;

  if (step->record != 0)
    wanted[n++] = LANYARD_PICKUP_EFFECT_COMMIT;
  if (step->record == LANYARD_RECORD_RESERVED)
    wanted[n++] = LANYARD_PICKUP_EFFECT_SUBMIT;
  /* No printer ever heard of a card or a numbered pass. */
  if ((step->record == LANYARD_RECORD_ISSUED || step->record == LANYARD_RECORD_VOIDED)
      && step->from != LANYARD_PICKUP_VALIDATED && step->from != LANYARD_PICKUP_HANDED)
    wanted[n++] = LANYARD_PICKUP_EFFECT_FORGET;
  if (input == LANYARD_PICKUP_INPUT_RESTART && step->to == LANYARD_PICKUP_ATTENTION)
    wanted[n++] = LANYARD_PICKUP_EFFECT_ASK;
  if (step->to == LANYARD_PICKUP_IDLE && step->from != LANYARD_PICKUP_IDLE)
    wanted[n++] = LANYARD_PICKUP_EFFECT_LEAVE;
  for (guint i = 0; i < LANYARD_PICKUP_MAX_EFFECTS; i++)
    g_assert_cmpint (step->effects[i], ==, wanted[i]);
}

static void
check_cell (LanyardPickupState state, LanyardPickupInput input, const LanyardPickupContext *context)
{
  LanyardPickupStep step = lanyard_pickup_machine_step (state, input, context);
  LanyardPickupState to = state;
  gboolean listed;
  gboolean taken = expect (state, input, context, &to, &listed);

  g_test_message ("%s, %s, staff %d, scan-back %d, wrong %u",
                  lanyard_pickup_state_to_string (state), lanyard_pickup_input_to_string (input),
                  context->staff, context->scan_back, context->wrong_badges);
  g_assert_cmpint (step.from, ==, state);
  g_assert_cmpint (step.result, ==,
                   taken    ? LANYARD_PICKUP_TAKEN
                   : listed ? LANYARD_PICKUP_FORBIDDEN
                            : LANYARD_PICKUP_IGNORED);
  g_assert_cmpint (step.to, ==, taken ? to : state);
  g_assert_cmpint (step.record, ==, taken ? expect_record (state, to) : 0);
  g_assert_cmpint (step.void_reason != 0, ==, step.record == LANYARD_RECORD_VOIDED);
  g_assert_cmpint (step.confirmed_by != 0, ==, step.record == LANYARD_RECORD_ISSUED);
  g_assert_cmpint (step.consent, ==, taken ? expect_consent (input) : LANYARD_CONSENT_UNDECIDED);
  if (step.record == LANYARD_RECORD_RESERVED || step.record == LANYARD_RECORD_VALIDATED)
    g_assert_cmpint (context->consent, !=, LANYARD_CONSENT_REQUIRED);
  if (step.record == LANYARD_RECORD_RESERVED)
    g_assert_true (context->staff || !context->photo_missing);
  check_effects (&step, input);
}

static void
test_every_cell (void)
{
  guint n_cells = 0;

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    for (int input = 0; input < LANYARD_PICKUP_N_INPUTS; input++)
      for (guint c = 0; c < 192; c++)
        {
          LanyardPickupContext context = { (c & 1) != 0,
                                           (c & 2) != 0,
                                           (c / 4) % 4,
                                           (c & 16) == 0 ? 0 : LANYARD_VOID_STOLEN,
                                           (LanyardConsentNeed)(c / 32 % 3),
                                           c >= 96 };

          check_cell (states[s], (LanyardPickupInput)input, &context);
          n_cells++;
        }
  g_assert_cmpuint (n_cells, ==, 15 * 26 * 192);
}

static void
test_reasons (void)
{
  static const struct
  {
    LanyardPickupState from;
    LanyardPickupInput input;
    LanyardPickupContext context;
    LanyardVoidReason void_reason;
    LanyardConfirmedBy confirmed_by;
  } cases[] = {
    { LANYARD_PICKUP_RESERVED,
      LANYARD_PICKUP_INPUT_PRINT_FAILED,
      { 0, 1, 0 },
      LANYARD_VOID_NOT_PRINTED,
      0 },
    { LANYARD_PICKUP_REPORTED,
      LANYARD_PICKUP_INPUT_BADGE_WRONG,
      { 0, 1, 2 },
      LANYARD_VOID_WRONG_BADGE,
      0 },
    { LANYARD_PICKUP_REPORTED,
      LANYARD_PICKUP_INPUT_UNREADABLE,
      { 0, 1, 0 },
      LANYARD_VOID_UNREADABLE,
      0 },
    { LANYARD_PICKUP_REPORTED,
      LANYARD_PICKUP_INPUT_BADGE_RIGHT,
      { 1, 1, 0 },
      0,
      LANYARD_CONFIRMED_BY_SCAN_BACK },
    { LANYARD_PICKUP_REPORTED,
      LANYARD_PICKUP_INPUT_CAME_OUT,
      { 0, 0, 0 },
      0,
      LANYARD_CONFIRMED_BY_PERSON },
    { LANYARD_PICKUP_REPORTED,
      LANYARD_PICKUP_INPUT_CAME_OUT,
      { 1, 0, 0 },
      0,
      LANYARD_CONFIRMED_BY_STAFF },
    { LANYARD_PICKUP_ATTENTION,
      LANYARD_PICKUP_INPUT_NOT_OUT,
      { 1, 1, 0 },
      LANYARD_VOID_NOT_PRINTED,
      0 },
    { LANYARD_PICKUP_ISSUED,
      LANYARD_PICKUP_INPUT_WITHDRAW,
      { 1, 1, 0, LANYARD_VOID_STOLEN },
      LANYARD_VOID_STOLEN,
      0 },
    { LANYARD_PICKUP_ATTENTION,
      LANYARD_PICKUP_INPUT_UNREADABLE,
      { 1, 1, 0 },
      LANYARD_VOID_UNREADABLE,
      0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LanyardPickupStep step
          = lanyard_pickup_machine_step (cases[i].from, cases[i].input, &cases[i].context);

      g_assert_cmpint (step.result, ==, LANYARD_PICKUP_TAKEN);
      g_assert_cmpint (step.void_reason, ==, cases[i].void_reason);
      g_assert_cmpint (step.confirmed_by, ==, cases[i].confirmed_by);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/pickup-machine/every-cell", test_every_cell);
  g_test_add_func ("/flow/pickup-machine/reasons", test_reasons);
  return g_test_run ();
}
