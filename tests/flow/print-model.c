/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "print-model.h"

/* How an event ends. */
typedef struct
{
  guint crash_after;  /* effects that are done before the plug is pulled; G_MAXUINT: it is not */
  gboolean disk_full; /* nothing can be committed */
  gboolean refuse;    /* what is submitted surely does not reach the printer */
} Fate;

static PrintSerial *
served (PrintWorld *world)
{
  return world->n_serials > 0 ? &world->serials[world->n_serials - 1] : NULL;
}

static gboolean
is_on_disk (LanyardPickupState state)
{
  return state != LANYARD_PICKUP_IDLE && state != LANYARD_PICKUP_CONFIRM
         && state != LANYARD_PICKUP_DOCUMENT;
}

/* The journal takes a step only from the state that it has. Returns: whether it did */
static gboolean
commit (PrintSerial *serial, const LanyardPickupStep *step, const Fate *fate)
{
  LanyardPickupState from = is_on_disk (step->from) ? step->from : LANYARD_PICKUP_IDLE;

  if (fate->disk_full || serial->durable != from)
    return FALSE;
  serial->durable = step->to;
  serial->n_issued += step->to == LANYARD_PICKUP_ISSUED;
  serial->n_voided += step->to == LANYARD_PICKUP_VOID;
  return TRUE;
}

static void
submit (PrintSerial *serial, const Fate *fate)
{
  if (fate->refuse)
    {
      serial->refused = TRUE;
      return;
    }
  serial->n_spooled++;
  serial->place = CARD_QUEUED;
}

/* Returns: whether all effects were done */
static gboolean
run_effects (PrintSerial *serial,
             const LanyardPickupStep *step,
             const Fate *fate,
             gboolean may_submit)
{
  for (guint i = 0; i < LANYARD_PICKUP_MAX_EFFECTS; i++)
    {
      if (i == fate->crash_after)
        return FALSE;
      if (step->effects[i] == LANYARD_PICKUP_EFFECT_COMMIT && !commit (serial, step, fate))
        return FALSE;
      /* A port that is asked twice sends twice. */
      if (step->effects[i] == LANYARD_PICKUP_EFFECT_SUBMIT && (may_submit || serial->n_spooled > 0))
        submit (serial, fate);
      else if (step->effects[i] == LANYARD_PICKUP_EFFECT_SUBMIT)
        submit (serial, &(Fate){ .refuse = FALSE });
    }
  return fate->crash_after == G_MAXUINT;
}

/* Whoever says this may say it: what then follows is no guess. */
static void
note_word (PrintSerial *serial, LanyardPickupInput input, const LanyardPickupContext *context)
{
  switch (input)
    {
    case LANYARD_PICKUP_INPUT_BADGE_RIGHT:
    case LANYARD_PICKUP_INPUT_CAME_OUT:
      serial->confirmed = TRUE;
      break;
    case LANYARD_PICKUP_INPUT_NOT_OUT:
    case LANYARD_PICKUP_INPUT_UNREADABLE:
    case LANYARD_PICKUP_INPUT_WITHDRAW:
      serial->disowned = TRUE;
      break;
    case LANYARD_PICKUP_INPUT_PRINT_FAILED:
      serial->disowned |= serial->refused;
      break;
    case LANYARD_PICKUP_INPUT_BADGE_WRONG:
      serial->disowned |= context->wrong_badges + 1 >= LANYARD_PICKUP_MAX_WRONG_BADGES;
      break;
    default:
      break;
    }
}

/* The program stops: what is left is what the disk and the printer have. */
static void
stop (PrintWorld *world)
{
  world->slot = LANYARD_PICKUP_IDLE;
  world->wrong_badges = 0;
  world->off = TRUE;
}

/* One input for the badge in the slot. Returns: whether it means anything here */
static gboolean
feed (PrintWorld *world,
      const PrintRules *rules,
      LanyardPickupInput input,
      const LanyardPickupContext *context,
      const Fate *fate)
{
  LanyardPickupStep step = rules->step (world->slot, input, context);
  PrintSerial *serial;

  if (step.result != LANYARD_PICKUP_TAKEN)
    return FALSE;
  if (world->slot == LANYARD_PICKUP_IDLE && step.to != LANYARD_PICKUP_IDLE)
    {
      if (world->n_serials == PRINT_MODEL_SERIALS)
        return FALSE;
      world->n_serials++;
      world->wrong_badges = 0;
    }
  serial = served (world);
  if (serial == NULL)
    return FALSE;
  if (step.record != 0)
    note_word (serial, input, context);
  if (!run_effects (serial, &step, fate, TRUE))
    {
      stop (world);
      return TRUE;
    }
  if (input == LANYARD_PICKUP_INPUT_BADGE_WRONG)
    world->wrong_badges++;
  world->slot = step.to;
  return TRUE;
}

/* RESTART for everything that the disk has unfinished; the plug may be pulled in between. */
static gboolean
start (PrintWorld *world, const PrintRules *rules, guint crash_at)
{
  LanyardPickupContext context = { .scan_back = TRUE };
  guint n = 0;

  world->off = FALSE;
  for (guint i = 0; i < world->n_serials; i++)
    {
      PrintSerial *serial = &world->serials[i];
      LanyardPickupStep step;
      Fate fate = { .crash_after = G_MAXUINT };

      if (!is_on_disk (serial->durable) || lanyard_pickup_state_is_terminal (serial->durable))
        continue;
      step = rules->step (serial->durable, LANYARD_PICKUP_INPUT_RESTART, &context);
      if (crash_at >= n && crash_at < n + LANYARD_PICKUP_MAX_EFFECTS)
        fate.crash_after = crash_at - n;
      n += LANYARD_PICKUP_MAX_EFFECTS;
      if (!run_effects (serial, &step, &fate, FALSE))
        {
          stop (world);
          return TRUE;
        }
    }
  return crash_at == G_MAXUINT;
}

/* Somebody answers for a badge that is not in the slot. */
static gboolean
answer (PrintWorld *world,
        const PrintRules *rules,
        guint i,
        LanyardPickupInput input,
        const LanyardPickupContext *context,
        const Fate *fate)
{
  PrintSerial *serial = &world->serials[i];
  LanyardPickupStep step = rules->step (serial->durable, input, context);

  if (!is_on_disk (serial->durable) || step.result != LANYARD_PICKUP_TAKEN || step.record == 0)
    return FALSE;
  note_word (serial, input, context);
  if (!run_effects (serial, &step, fate, TRUE))
    stop (world);
  return TRUE;
}

/* The old badge is voided and the new one reserved, in one transaction; then it is sent. */
static gboolean
reissue (PrintWorld *world, const PrintRules *rules, const Fate *fate)
{
  LanyardPickupContext context = { TRUE, TRUE, 0, LANYARD_VOID_DAMAGED };
  PrintSerial *old = &world->serials[0];
  PrintSerial *new = &world->serials[1];
  LanyardPickupStep away = rules->step (old->durable, LANYARD_PICKUP_INPUT_WITHDRAW, &context);
  LanyardPickupStep made
      = rules->step (LANYARD_PICKUP_CONFIRM, LANYARD_PICKUP_INPUT_CONFIRM, &context);
  guint at = 0;

  if (world->slot != LANYARD_PICKUP_IDLE || world->n_serials != 1
      || old->durable != LANYARD_PICKUP_ISSUED || away.record != LANYARD_RECORD_VOIDED)
    return FALSE;
  world->n_serials = 2;
  world->reissued = TRUE;
  old->disowned = TRUE;
  for (guint i = 0; i < LANYARD_PICKUP_MAX_EFFECTS; i++)
    {
      if (at++ == fate->crash_after)
        break;
      if (made.effects[i] == LANYARD_PICKUP_EFFECT_SUBMIT)
        submit (new, fate);
      if (made.effects[i] != LANYARD_PICKUP_EFFECT_COMMIT)
        continue;
      if (!commit (new, &made, fate))
        break;
      if (rules->reissue_apart && at++ == fate->crash_after)
        break;
      commit (old, &away, fate);
    }
  if (fate->crash_after != G_MAXUINT || new->durable != made.to)
    stop (world);
  else
    world->slot = made.to;
  /* Nothing came of it: there may be another try. */
  if (new->durable == LANYARD_PICKUP_IDLE &&new->n_spooled == 0
      && old->durable == LANYARD_PICKUP_ISSUED)
    {
      world->n_serials = 1;
      world->reissued = FALSE;
      old->disowned = FALSE;
      *new = (PrintSerial){ 0 };
    }
  return TRUE;
}

/* What people and printers can truthfully do: a badge is shown only when it is out. */
static gboolean
is_possible (const PrintSerial *serial, LanyardPickupInput input)
{
  switch (input)
    {
    case LANYARD_PICKUP_INPUT_BADGE_RIGHT:
    case LANYARD_PICKUP_INPUT_CAME_OUT:
      return serial != NULL && serial->place == CARD_OUT;
    case LANYARD_PICKUP_INPUT_PRINT_FAILED:
      return serial != NULL && (serial->refused || serial->n_spooled > 0);
    case LANYARD_PICKUP_INPUT_RESTART:
      return FALSE;
    default:
      return TRUE;
    }
}

/* FAILED is sure as long as no job was ever taken; afterwards it is one more lie. The port never
 * says it of a job that is under way in RESERVED. */
static gboolean
may_be_said (const PrintWorld *world, LanyardPickupInput input)
{
  const PrintSerial *serial = world->n_serials > 0 ? &world->serials[world->n_serials - 1] : NULL;

  if (!is_possible (serial, input))
    return FALSE;
  return input != LANYARD_PICKUP_INPUT_PRINT_FAILED || world->slot != LANYARD_PICKUP_RESERVED
         || serial->refused;
}

static void
expand_inputs (const PrintWorld *world,
               const PrintRules *rules,
               const LanyardPickupContext *context,
               const Fate *fate,
               PrintVisit visit,
               gpointer user_data)
{
  for (int input = 0; input < LANYARD_PICKUP_N_INPUTS; input++)
    {
      PrintWorld next = *world;

      if (may_be_said (world, (LanyardPickupInput)input)
          && feed (&next, rules, (LanyardPickupInput)input, context, fate))
        visit (&next, lanyard_pickup_input_to_string ((LanyardPickupInput)input), user_data);
      for (guint i = 0; i < world->n_serials; i++)
        {
          if (i + 1u == world->n_serials && world->slot != LANYARD_PICKUP_IDLE)
            continue;
          next = *world;
          if (is_possible (&world->serials[i], (LanyardPickupInput)input)
              && input != LANYARD_PICKUP_INPUT_PRINT_FAILED
              && answer (&next, rules, i, (LanyardPickupInput)input, context, fate))
            visit (&next, "an answer", user_data);
        }
    }
}

static void
expand_program (const PrintWorld *world,
                const PrintRules *rules,
                PrintVisit visit,
                gpointer user_data)
{
  static const guint crashes[] = { G_MAXUINT, 0, 1, 2 };

  for (guint c = 0; c < G_N_ELEMENTS (crashes); c++)
    for (guint bits = 0; bits < 16; bits++)
      {
        Fate fate = { crashes[c], (bits & 1) != 0, (bits & 2) != 0 };
        LanyardPickupContext context = {
          .staff = (bits & 4) != 0,
          .scan_back = (bits & 8) != 0,
          .wrong_badges = world->wrong_badges,
          .void_reason = LANYARD_VOID_LOST,
        };
        PrintWorld next = *world;

        expand_inputs (world, rules, &context, &fate, visit, user_data);
        if (reissue (&next, rules, &fate))
          visit (&next, "a reissue", user_data);
      }
}

static void
expand_printer (const PrintWorld *world, PrintVisit visit, gpointer user_data)
{
  for (guint i = 0; i < world->n_serials; i++)
    {
      PrintWorld next = *world;

      if (world->serials[i].place != CARD_QUEUED)
        continue;
      next.serials[i].place = CARD_OUT;
      visit (&next, "the card comes out", user_data);
      next.serials[i].place = CARD_NEVER;
      visit (&next, "the printer drops the job", user_data);
    }
}

void
print_model_expand (const PrintWorld *world,
                    const PrintRules *rules,
                    PrintVisit visit,
                    gpointer user_data)
{
  /* The printer goes on whether the program runs or not. */
  expand_printer (world, visit, user_data);
  if (!world->off)
    {
      expand_program (world, rules, visit, user_data);
      return;
    }
  for (guint crash = 0; crash <= 2 * LANYARD_PICKUP_MAX_EFFECTS; crash++)
    {
      PrintWorld next = *world;

      if (start (&next, rules, crash == 2 * LANYARD_PICKUP_MAX_EFFECTS ? G_MAXUINT : crash))
        visit (&next, "a start", user_data);
    }
}

const char *
print_model_find_fault (const PrintWorld *world)
{
  for (guint i = 0; i < world->n_serials; i++)
    {
      const PrintSerial *serial = &world->serials[i];

      if (serial->n_spooled > 1)
        return "a serial went to the printer twice";
      if (serial->n_spooled > 0 && !is_on_disk (serial->durable))
        return "a byte went out and nothing is on the disk";
      if (serial->n_issued > 0 && !serial->confirmed)
        return "a badge is issued and nobody has seen it";
      if (serial->n_voided > 0 && !serial->disowned)
        return "a badge is void and nobody said so";
      if (serial->n_issued > 1 || serial->n_voided > 1)
        return "an end was recorded twice";
      if (serial->n_voided > 0 && serial->durable != LANYARD_PICKUP_VOID)
        return "what was void is something else again";
      if (serial->n_issued > 0 && serial->durable != LANYARD_PICKUP_ISSUED
          && serial->durable != LANYARD_PICKUP_VOID)
        return "what was issued is something else again";
    }
  if (world->reissued && world->serials[0].durable == LANYARD_PICKUP_ISSUED
      && is_on_disk (world->serials[1].durable))
    return "a new badge is under way and the old one is good";
  if (world->n_serials > 0 && is_on_disk (world->slot)
      && world->serials[world->n_serials - 1].durable != world->slot)
    return "the screen shows what is not on the disk";
  return NULL;
}

const char *
print_model_settle (const PrintWorld *world, const PrintRules *rules, gboolean yes)
{
  LanyardPickupContext staff = { .staff = TRUE, .scan_back = TRUE };
  Fate fate = { .crash_after = G_MAXUINT };
  PrintWorld next = *world;

  stop (&next);
  start (&next, rules, G_MAXUINT);
  for (guint i = 0; i < next.n_serials; i++)
    {
      PrintSerial *serial = &next.serials[i];
      gboolean out = yes && serial->place == CARD_OUT;

      if (!is_on_disk (serial->durable) || lanyard_pickup_state_is_terminal (serial->durable))
        continue;
      if (serial->durable != LANYARD_PICKUP_ATTENTION)
        return "something unfinished is no question after a start";
      answer (&next, rules, i, out ? LANYARD_PICKUP_INPUT_CAME_OUT : LANYARD_PICKUP_INPUT_NOT_OUT,
              &staff, &fate);
      if (!lanyard_pickup_state_is_terminal (serial->durable))
        return "a question was answered and is not at an end";
    }
  return print_model_find_fault (&next);
}
