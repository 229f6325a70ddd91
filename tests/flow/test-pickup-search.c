/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The machine in a small world that has a disk, a printer and crashes: all sequences up to a depth,
 * and long random ones. If this fails, some order of events prints a badge twice, loses one, or
 * guesses.
 */

#include "lanyard-pickup-machine.h"

#define MAX_PICKUPS 4
#define SEARCH_DEPTH 7
#define RANDOM_STEPS 300000

/* One pickup as the disk has it. */
typedef struct
{
  LanyardPickupState durable;  /* IDLE: nothing on disk */
  guint8 n_submitted;          /* how often its serial went to the printer */
  guint8 n_ends;               /* terminal records */
  gboolean asked;              /* it was a question at some time */
  gboolean has_photo;          /* on disk: one was taken */
  LanyardConsentDecision said; /* on disk: the last word about what the pack asks */
} Pickup;

/* Copied at every branch of the search: keep it small. */
typedef struct
{
  Pickup pickups[MAX_PICKUPS];
  guint8 n_pickups;        /* those that were begun, the last is in the slot */
  LanyardPickupState slot; /* what the session believes */
  LanyardPickupContext context;
  LanyardConsentNeed need; /* of everybody who comes */
  gboolean faceless;       /* everybody is to have a photo, and nobody has one */
} World;

static guint64 n_sequences;

static LanyardPickupContext
context_of (const World *world)
{
  return world->context;
}

static void
commit (Pickup *pickup, const LanyardPickupStep *step)
{
  if (step->consent != LANYARD_CONSENT_UNDECIDED)
    pickup->said = step->consent;
  if (step->record == LANYARD_RECORD_PHOTO_TAKEN)
    pickup->has_photo = TRUE;
  /* Of no pickup: the row is not touched. */
  if (step->record == LANYARD_RECORD_CONSENT || step->record == LANYARD_RECORD_PHOTO_TAKEN)
    return;
  /* A record belongs to the state that the disk has: what the journal demands too. */
  g_assert_cmpint (pickup->durable, ==,
                   step->from == LANYARD_PICKUP_CONFIRM || step->from == LANYARD_PICKUP_DOCUMENT
                           || step->from == LANYARD_PICKUP_CONSENT
                           || step->from == LANYARD_PICKUP_PORTRAIT
                       ? LANYARD_PICKUP_IDLE
                       : step->from);
  g_assert_cmpuint (pickup->n_ends, ==, 0);
  pickup->durable = step->to;
  if (lanyard_pickup_state_is_terminal (step->to))
    pickup->n_ends++;
  if (step->to == LANYARD_PICKUP_ATTENTION)
    pickup->asked = TRUE;
}

static void
submit (Pickup *pickup)
{
  g_assert_cmpint (pickup->durable, ==, LANYARD_PICKUP_RESERVED);
  g_assert_cmpuint (pickup->n_submitted, ==, 0);
  pickup->n_submitted++;
}

/* Does the first @n_effects effects of the step; fewer than all is a crash in between. */
static void
do_effects (Pickup *pickup, const LanyardPickupStep *step, guint n_effects)
{
  for (guint i = 0; i < n_effects; i++)
    switch (step->effects[i])
      {
      case LANYARD_PICKUP_EFFECT_COMMIT:
        commit (pickup, step);
        break;
      case LANYARD_PICKUP_EFFECT_SUBMIT:
        submit (pickup);
        break;
      case LANYARD_PICKUP_EFFECT_LEAVE:
        g_assert_cmpint (step->to, ==, LANYARD_PICKUP_IDLE);
        break;
      case LANYARD_PICKUP_EFFECT_ASK:
      case LANYARD_PICKUP_EFFECT_FORGET:
      case LANYARD_PICKUP_EFFECT_NONE:
      default:
        break;
      }
}

static void
check_world (const World *world)
{
  for (guint i = 0; i < world->n_pickups; i++)
    {
      const Pickup *pickup = &world->pickups[i];

      g_assert_cmpuint (pickup->n_ends, ==, lanyard_pickup_state_is_terminal (pickup->durable));
      g_assert_cmpuint (pickup->n_submitted, <=, 1);
    }
  /* What the slot shows is on disk, except the five states that never are. */
  if (world->n_pickups > 0 && world->slot != LANYARD_PICKUP_IDLE
      && world->slot != LANYARD_PICKUP_DOCUMENT && world->slot != LANYARD_PICKUP_CONFIRM
      && world->slot != LANYARD_PICKUP_CONSENT && world->slot != LANYARD_PICKUP_PORTRAIT)
    g_assert_cmpint (world->pickups[world->n_pickups - 1].durable, ==, world->slot);
}

/* Every pickup that the disk has unfinished becomes a question, and stays what it was printed. */
static void
restart (World *world)
{
  LanyardPickupContext context = context_of (world);

  for (guint i = 0; i < world->n_pickups; i++)
    {
      Pickup *pickup = &world->pickups[i];
      LanyardPickupState before = pickup->durable;
      guint n_submitted = pickup->n_submitted;
      LanyardPickupStep step
          = lanyard_pickup_machine_step (before, LANYARD_PICKUP_INPUT_RESTART, &context);

      do_effects (pickup, &step, LANYARD_PICKUP_MAX_EFFECTS);
      g_assert_cmpuint (pickup->n_submitted, ==, n_submitted);
      if (before != LANYARD_PICKUP_IDLE && !lanyard_pickup_state_is_terminal (before))
        {
          g_assert_cmpint (pickup->durable, ==, LANYARD_PICKUP_ATTENTION);
          g_assert_true (pickup->asked);
        }
    }
  world->slot = LANYARD_PICKUP_IDLE;
  check_world (world);
}

/* What was said is not asked again; and what must be agreed to, and is not, never becomes a badge.
 */
static void
take_word (World *world, const Pickup *pickup, const LanyardPickupStep *step)
{
  gboolean becomes_badge
      = step->record == LANYARD_RECORD_RESERVED || step->record == LANYARD_RECORD_VALIDATED;

  if (becomes_badge && world->need == LANYARD_CONSENT_REQUIRED)
    g_assert_cmpint (pickup->said, ==, LANYARD_CONSENT_GIVEN);
  if (becomes_badge && !world->context.staff && world->need == LANYARD_CONSENT_OPTIONAL)
    g_assert_cmpint (pickup->said, !=, LANYARD_CONSENT_UNDECIDED);
  /* Nobody makes a badge without a face on their own; staff see the person. */
  if (step->record == LANYARD_RECORD_RESERVED && world->faceless && !world->context.staff)
    g_assert_true (pickup->has_photo);
  if (step->record == LANYARD_RECORD_PHOTO_TAKEN)
    {
      g_assert_false (world->context.staff);
      g_assert_true (world->context.photo_missing);
      world->context.photo_missing = FALSE;
    }
  if (step->consent == LANYARD_CONSENT_GIVEN
      || (step->consent == LANYARD_CONSENT_REFUSED && world->need == LANYARD_CONSENT_OPTIONAL))
    world->context.consent = LANYARD_CONSENT_SETTLED;
}

/* @crash_after: effects that are done before the power goes; G_MAXUINT: it does not. Returns:
 * whether anything happened */
static gboolean
feed (World *world, LanyardPickupInput input, guint crash_after)
{
  LanyardPickupContext context = context_of (world);
  LanyardPickupStep step = lanyard_pickup_machine_step (world->slot, input, &context);
  Pickup *pickup;

  if (step.result != LANYARD_PICKUP_TAKEN)
    {
      g_assert_cmpint (step.to, ==, world->slot);
      g_assert_cmpint (step.effects[0], ==, LANYARD_PICKUP_EFFECT_NONE);
      return FALSE;
    }
  if (world->slot == LANYARD_PICKUP_IDLE && step.to != LANYARD_PICKUP_IDLE)
    {
      if (world->n_pickups == MAX_PICKUPS)
        return FALSE;
      world->pickups[world->n_pickups++] = (Pickup){ .durable = LANYARD_PICKUP_IDLE };
      world->context.wrong_badges = 0;
      world->context.consent = world->need;
      world->context.photo_missing = world->faceless;
    }
  pickup = world->n_pickups > 0 ? &world->pickups[world->n_pickups - 1] : &(Pickup){ 0 };
  do_effects (pickup, &step, MIN (crash_after, LANYARD_PICKUP_MAX_EFFECTS));
  if (crash_after != G_MAXUINT)
    {
      restart (world);
      return TRUE;
    }
  /* ISSUED needs a badge or a word, never the printer's report. */
  if (step.to == LANYARD_PICKUP_ISSUED)
    g_assert_true (input == LANYARD_PICKUP_INPUT_BADGE_RIGHT
                   || input == LANYARD_PICKUP_INPUT_CAME_OUT);
  if (input == LANYARD_PICKUP_INPUT_BADGE_WRONG)
    world->context.wrong_badges++;
  take_word (world, pickup, &step);
  world->slot = step.to;
  check_world (world);
  return TRUE;
}

/* Somebody answers the oldest question that is not in the slot. */
static gboolean
answer (World *world, LanyardPickupInput input)
{
  LanyardPickupContext context = context_of (world);
  guint n = world->n_pickups - (world->slot != LANYARD_PICKUP_IDLE ? 1 : 0);

  for (guint i = 0; i < n; i++)
    {
      Pickup *pickup = &world->pickups[i];
      LanyardPickupStep step;

      if (pickup->durable != LANYARD_PICKUP_ATTENTION)
        continue;
      step = lanyard_pickup_machine_step (LANYARD_PICKUP_ATTENTION, input, &context);
      if (step.record == 0)
        return FALSE;
      do_effects (pickup, &step, LANYARD_PICKUP_MAX_EFFECTS);
      g_assert_true (lanyard_pickup_state_is_terminal (pickup->durable));
      check_world (world);
      return TRUE;
    }
  return FALSE;
}

static void
search (const World *world, guint depth)
{
  n_sequences++;
  if (depth == 0)
    return;
  for (int input = 0; input < LANYARD_PICKUP_N_INPUTS; input++)
    {
      World next = *world;

      /* An ignored input changes nothing, so what follows it is searched already. */
      if (!feed (&next, (LanyardPickupInput)input, G_MAXUINT))
        continue;
      search (&next, depth - 1);
      for (guint crash = 0; crash <= 2 && depth > 1; crash++)
        {
          next = *world;
          feed (&next, (LanyardPickupInput)input, crash);
          /* What comes after a restart does not depend on how it came about: a few steps are
           * enough. */
          search (&next, MIN (depth - 1, 1));
        }
    }
  for (guint i = 0; i < 2; i++)
    {
      World next = *world;

      if (answer (&next, i == 0 ? LANYARD_PICKUP_INPUT_CAME_OUT : LANYARD_PICKUP_INPUT_NOT_OUT))
        search (&next, depth - 1);
    }
}

static void
test_exhaustive (void)
{
  for (guint c = 0; c < 24; c++)
    {
      gboolean faceless = c >= 12;
      World world = { .slot = LANYARD_PICKUP_IDLE,
                      .context = { (c & 1) != 0, (c & 2) != 0, 0 },
                      .need = (LanyardConsentNeed)(c / 4 % 3),
                      .faceless = faceless };

      /* Staff are not kept by a missing photo: their worlds are those of before. */
      if (!faceless || !world.context.staff)
        search (&world, faceless ? SEARCH_DEPTH - 1 : SEARCH_DEPTH);
    }
  g_test_message ("%" G_GUINT64_FORMAT " sequences up to depth %d", n_sequences, SEARCH_DEPTH);
  g_assert_cmpuint (n_sequences, >, 100000);
}

/* Forgets the pickups that are over, so that a long walk never runs out of room. */
static void
tidy (World *world)
{
  if (world->slot != LANYARD_PICKUP_IDLE || world->n_pickups < MAX_PICKUPS)
    return;
  for (guint i = 0; i < world->n_pickups; i++)
    if (lanyard_pickup_state_is_terminal (world->pickups[i].durable)
        || world->pickups[i].durable == LANYARD_PICKUP_IDLE)
      {
        world->pickups[i] = world->pickups[--world->n_pickups];
        return;
      }
  world->n_pickups--;
}

static void
test_random (void)
{
  World world = { .slot = LANYARD_PICKUP_IDLE, .context = { FALSE, TRUE, 0 } };
  guint seen[LANYARD_PICKUP_VOID + 1] = { 0 };

  for (guint i = 0; i < RANDOM_STEPS; i++)
    {
      guint32 dice = g_test_rand_int ();
      LanyardPickupInput input = (LanyardPickupInput)(dice % LANYARD_PICKUP_N_INPUTS);
      guint crash = (dice >> 8) % 50 == 0 ? (dice >> 16) % 3 : G_MAXUINT;

      world.context.staff = (dice >> 24) % 2;
      world.context.scan_back = (dice >> 25) % 4 != 0;
      if (world.slot == LANYARD_PICKUP_IDLE)
        {
          world.need = (LanyardConsentNeed)((dice >> 20) % 3);
          world.faceless = (dice >> 22) % 2;
        }
      if (input == LANYARD_PICKUP_INPUT_RESTART)
        restart (&world);
      else if ((dice >> 28) % 8 == 0)
        answer (&world, input);
      else
        feed (&world, input, crash);
      seen[world.slot]++;
      tidy (&world);
    }
  /* A walk that never got anywhere proves nothing. */
  for (guint state = 0; state <= LANYARD_PICKUP_VOID; state += 10)
    g_assert_cmpuint (seen[state], >, 50);
  g_assert_cmpuint (seen[LANYARD_PICKUP_PORTRAIT], >, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/pickup-search/exhaustive", test_exhaustive);
  g_test_add_func ("/flow/pickup-search/random", test_random);
  return g_test_run ();
}
