/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-link.h"

/* What goes on at a desk: people come, printers print or do not, staff answer by what they see. */

/* One badge under way at one desk. */
typedef struct
{
  SimDesk *desk;
  guint boot;
  LanyardId id;
  SimBadge *badge; /* (nullable) borrowed: from RESERVED on */
  char *number;
  LanyardPickupState state;
  LanyardPickupInput input; /* what comes next */
  SimEvent *next;
} Job;

static const LanyardPickupContext by_staff = { .staff = TRUE, .scan_back = TRUE };

static void on_job (Sim *sim, gpointer data);

static void
job_free (Job *job)
{
  g_free (job->number);
  g_free (job);
}

static void
expect (Job *job, LanyardPickupInput input, gint64 delay_us)
{
  job->input = input;
  job->next = sim_at (job->desk->sim, delay_us, on_job, job);
}

/* The printer has the badge: what it says and what it does are two things. */
static void
print (Job *job)
{
  Sim *sim = job->desk->sim;
  SimBadge *badge = job->badge;

  badge->spools++;
  /* Machines that share a disk share their serials: they have to be stopped. */
  if (badge->spools > 1 && !job->desk->stream->copied)
    {
      sim_fail (sim, "%s went to a printer twice", badge->serial);
      return;
    }
  if (sim_chance (sim, 40))
    {
      expect (job, LANYARD_PICKUP_INPUT_PRINT_FAILED, 2 * SIM_SECOND);
      return;
    }
  badge->out = sim_chance (sim, 950);
  expect (job, LANYARD_PICKUP_INPUT_PRINT_SPOOLED, 3 * SIM_SECOND);
}

/* Everybody's next move. Frees the job when there is none. */
static void
go_on (Job *job)
{
  Sim *sim = job->desk->sim;

  switch (job->state)
    {
    case LANYARD_PICKUP_RESERVED:
      break; /* print() said */
    case LANYARD_PICKUP_PRINTING:
      expect (job,
              sim_chance (sim, 900)   ? LANYARD_PICKUP_INPUT_PRINT_COMPLETED
              : sim_chance (sim, 500) ? LANYARD_PICKUP_INPUT_PRINT_DOUBTFUL
                                      : LANYARD_PICKUP_INPUT_TIMEOUT,
              sim_range (sim, 10, 60) * SIM_SECOND);
      break;
    case LANYARD_PICKUP_REPORTED:
      expect (job,
              !job->badge->out        ? LANYARD_PICKUP_INPUT_NOT_OUT
              : sim_chance (sim, 970) ? LANYARD_PICKUP_INPUT_BADGE_RIGHT
                                      : LANYARD_PICKUP_INPUT_UNREADABLE,
              sim_range (sim, 5, 40) * SIM_SECOND);
      break;
    case LANYARD_PICKUP_ATTENTION:
      expect (job, job->badge->out ? LANYARD_PICKUP_INPUT_CAME_OUT : LANYARD_PICKUP_INPUT_NOT_OUT,
              sim->quiet_phase ? SIM_SECOND : sim_range (sim, 1, 90) * SIM_MINUTE);
      break;
    default:
      g_hash_table_remove (job->desk->served, job->number);
      job_free (job);
    }
}

static gboolean
commit (Job *job, const LanyardPickupStep *step)
{
  SimDesk *desk = job->desk;
  LanyardStep what = {
    .pickup = job->id,
    .kind = step->record,
    .from = step->from == LANYARD_PICKUP_CONFIRM ? LANYARD_PICKUP_IDLE : step->from,
    .to = step->to,
    .accreditation = job->number,
  };
  g_autoptr (LanyardRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  if (job->badge != NULL && step->record == LANYARD_RECORD_VOIDED && job->badge->out)
    job->badge->doubtful = TRUE; /* until it is written down */
  if (!lanyard_journal_commit (desk->journal, &what, &record, &error))
    return FALSE;
  sim_desk_promise (desk, record);
  if (record->serial != NULL)
    job->badge = sim_badge (desk->sim, record->serial, job->number);
  if (step->record == LANYARD_RECORD_RESERVED)
    sim_trouble_meet (desk);
  if (step->record == LANYARD_RECORD_VOIDED)
    {
      /* Nobody took away what the desk only believes not to have printed. */
      job->badge->withdrawn |= step->void_reason != LANYARD_VOID_NOT_PRINTED;
      job->badge->doubtful = FALSE;
    }
  if (desk->engine != NULL)
    lanyard_link_nudge (LANYARD_LINK (desk->engine));
  return TRUE;
}

/* FALSE: the step could not be done; the pickup is where it was */
static gboolean
take (Job *job, LanyardPickupInput input, const LanyardPickupContext *context)
{
  LanyardPickupStep step = lanyard_pickup_machine_step (job->state, input, context);

  if (step.result != LANYARD_PICKUP_TAKEN)
    return FALSE;
  for (guint i = 0; i < LANYARD_PICKUP_MAX_EFFECTS; i++)
    {
      if (step.effects[i] == LANYARD_PICKUP_EFFECT_COMMIT && !commit (job, &step))
        return FALSE;
      if (step.effects[i] == LANYARD_PICKUP_EFFECT_COMMIT)
        job->state = step.to;
      if (step.effects[i] == LANYARD_PICKUP_EFFECT_SUBMIT && job->badge == NULL)
        sim_fail (job->desk->sim, "a badge went to a printer before its serial was on disk");
      else if (step.effects[i] == LANYARD_PICKUP_EFFECT_SUBMIT)
        print (job);
    }
  job->state = step.to;
  return TRUE;
}

static void
do_job (Sim *sim, gpointer data)
{
  Job *job = data;

  job->next = NULL;
  if (take (job, job->input, &by_staff))
    go_on (job);
  else if (job->state == LANYARD_PICKUP_IDLE || job->state == LANYARD_PICKUP_CONFIRM)
    job_free (job);
  else /* the disk is full, or fails: staff try again */
    expect (job, job->input, 5 * SIM_MINUTE);
}

static void
on_job (Sim *sim, gpointer data)
{
  Job *job = data;

  if (job->boot == job->desk->boot && job->desk->journal != NULL)
    sim_desk_as (job->desk, do_job, job);
  else
    job_free (job); /* the restart asks about it */
}

static Job *
job_new (SimDesk *desk, const char *number)
{
  Job *job = g_new0 (Job, 1);

  job->desk = desk;
  job->boot = desk->boot;
  job->number = g_strdup (number);
  g_hash_table_add (desk->served, g_strdup (number));
  return job;
}

static void
hand_out (SimDesk *desk, const char *number)
{
  Job *job = job_new (desk, number);

  lanyard_id_init_random (&job->id, desk->sim->now_us);
  if (take (job, LANYARD_PICKUP_INPUT_OFFER_READY, &by_staff)
      && take (job, LANYARD_PICKUP_INPUT_CONFIRM, &by_staff))
    go_on (job);
  else
    {
      g_hash_table_remove (desk->served, number);
      job_free (job);
    }
}

/* Staff declare a badge of this desk void: lost, or one of two. */
static void
withdraw (SimDesk *desk, const char *number)
{
  g_autoptr (LanyardPickup) pickup = lanyard_journal_find_issued (desk->journal, number);
  LanyardPickupContext context = by_staff;
  Job *job;

  if (pickup == NULL || pickup->state != LANYARD_PICKUP_ISSUED)
    return;
  job = job_new (desk, number);
  job->id = pickup->id;
  job->state = pickup->state;
  job->badge = sim_badge (desk->sim, pickup->serial, number);
  context.void_reason = LANYARD_VOID_LOST;
  if (take (job, LANYARD_PICKUP_INPUT_WITHDRAW, &context))
    go_on (job);
  else
    {
      g_hash_table_remove (desk->served, number);
      job_free (job);
    }
}

gboolean
sim_work_note (SimDesk *desk, guint16 kind)
{
  LanyardStep step = { .kind = kind };
  g_autoptr (LanyardRecord) record = NULL;

  if (kind == LANYARD_RECORD_RESOLVED) /* about somebody, and does not say what */
    step.accreditation = desk->sim->numbers->pdata[0];
  if (!lanyard_journal_commit (desk->journal, &step, &record, NULL))
    return FALSE;
  sim_desk_promise (desk, record);
  if (desk->engine != NULL)
    lanyard_link_nudge (LANYARD_LINK (desk->engine));
  return TRUE;
}

/* Somebody at a desk. */
typedef struct
{
  SimDesk *desk;
  const char *number; /* borrowed of the fleet */
} Visit;

static void
serve (Sim *sim, gpointer data)
{
  const Visit *visit = data;
  SimDesk *desk = visit->desk;
  const char *number = visit->number;
  g_autoptr (LanyardEntry) entry = NULL;
  g_auto (LanyardIssued) here = { 0 };

  if (desk->stream == NULL || g_hash_table_contains (desk->served, number))
    return;
  entry = lanyard_directory_lookup (desk->directory, LANYARD_LOOKUP_NUMBER, number, NULL);
  if (entry == NULL)
    return;
  lanyard_journal_get_issued (desk->journal, number, &here, NULL);
  if (here.open_badges > 0 && sim_chance (sim, 500))
    withdraw (desk, number);
  else if (here.open_badges > 0 || entry->issued.open_badges > 0)
    sim_work_note (desk, LANYARD_RECORD_SIGN_IN); /* not here; staff look at it */
  else
    hand_out (desk, number);
}

static void
on_visit (Sim *sim, gpointer data)
{
  Visit *visit = data;

  if (!sim->quiet_phase)
    sim_desk_as (visit->desk, serve, visit);
  g_free (visit);
}

static void
on_serve (Sim *sim, gpointer data)
{
  SimDesk *desk = data;
  Visit visit = { desk, sim->numbers->pdata[sim_range (sim, 0, sim->numbers->len - 1)] };

  if (sim->quiet_phase)
    return;
  sim_desk_as (desk, serve, &visit);
  if (sim_chance (sim, sim->plan.twins))
    {
      visit.desk = sim->desks->pdata[sim_range (sim, 0, sim->desks->len - 1)];
      sim->n_of[SIM_SAME_PERSON] += visit.desk != desk;
      sim_at (sim, sim_range (sim, 0, 30 * SIM_SECOND), on_visit, g_memdup2 (&visit, sizeof visit));
    }
  sim_work_schedule (desk);
}

void
sim_work_schedule (SimDesk *desk)
{
  gint64 period = (gint64)desk->sim->plan.pickup_period_min * SIM_MINUTE;

  sim_at (desk->sim, sim_range (desk->sim, period / 10, 2 * period), on_serve, desk);
}

void
sim_work_restart (SimDesk *desk)
{
  g_autoptr (GPtrArray) open = lanyard_journal_list_open_pickups (desk->journal);

  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      const LanyardPickup *pickup = open->pdata[i];
      Job *job = job_new (desk, pickup->accreditation);

      job->id = pickup->id;
      job->state = pickup->state;
      job->badge = sim_badge (desk->sim, pickup->serial, pickup->accreditation);
      job->input = LANYARD_PICKUP_INPUT_RESTART;
      if (!take (job, LANYARD_PICKUP_INPUT_RESTART, &by_staff))
        expect (job, LANYARD_PICKUP_INPUT_RESTART, 5 * SIM_MINUTE);
      else
        go_on (job);
    }
}
