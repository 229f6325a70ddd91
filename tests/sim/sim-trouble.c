/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include "crash-vfs.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-wire.h"

/* What goes wrong in a run besides its line, and when. */

static guint
maybe (Sim *sim, guint highest)
{
  return sim_chance (sim, 500) ? (guint)sim_range (sim, 1, highest) : 0;
}

/* Every fault in half of the runs, so that each also meets each other alone. */
void
sim_plan_draw (Sim *sim)
{
  SimPlan *plan = &sim->plan;

  plan->n_desks = (guint)sim_range (sim, 2, 9);
  plan->n_people = plan->n_desks * (guint)sim_range (sim, 1, 5);
  plan->hours = (guint)sim_range (sim, 6, 72);
  /* As long as it may wait on the line, or so long that idle desks cost nothing. */
  plan->poll_s = (guint)sim_range (sim, 15, 60) * 60;
  if (sim_chance (sim, 100))
    {
      plan->poll_s = LANYARD_POLL_MAX_S;
      plan->hours = MIN (plan->hours, 12);
    }
  plan->pickup_period_min = (guint)sim_range (sim, 20, 400);
  plan->trouble_period_min = (guint)sim_range (sim, 30, 400);
  plan->lost_requests = maybe (sim, 100);
  plan->lost_answers = maybe (sim, 100);
  plan->duplicates = maybe (sim, 200);
  plan->slow = maybe (sim, 200);
  plan->strange = maybe (sim, 60);
  plan->cuts = maybe (sim, 60);
  plan->crashes = maybe (sim, 600);
  plan->twins = maybe (sim, 400);
  plan->partitions = sim_chance (sim, 700);
  plan->clock_jumps = sim_chance (sim, 400);
  plan->full_disks = sim_chance (sim, 400);
  plan->reimages = sim_chance (sim, 300);
  plan->clones = sim_chance (sim, 300);
  plan->restores = sim_chance (sim, 250);
  plan->poison = sim_chance (sim, 400);
  plan->rebuild = sim_chance (sim, 250);
  plan->revocations = !plan->restores && sim_chance (sim, 400);
  /* That version has no eras: a hub that was set back is for people to mend. */
  plan->older = !plan->restores && !plan->rebuild && sim_chance (sim, 400);
}

static SimDesk *
pick (Sim *sim)
{
  return sim->desks->pdata[sim_range (sim, 0, sim->desks->len - 1)];
}

/* What a hub that was set back had acknowledged and forgotten, and the desk had not sent again yet,
 * was on this disk alone. */
static void
forget_with_disk (SimDesk *desk)
{
  SimStream *stream = desk->stream;
  LanyardHubStore *store = lanyard_hub_get_store (desk->sim->hub);
  g_autoptr (GError) error = NULL;
  LanyardHubStream head;

  if (!desk->sim->restored)
    return;
  if (store->ops->get_stream (store, stream->device, stream->epoch, &head, &error))
    stream->acknowledged = MIN (stream->acknowledged, head.head_seq);
  else
    sim_fail (desk->sim, "what the hub has of a desk cannot be read: %s", error->message);
}

/* Nothing of what its disk had is left; what was not sent is lost with it. */
static void
wipe (SimDesk *desk)
{
  GHashTableIter iter;
  gpointer badge;

  forget_with_disk (desk);
  sim_desk_switch_off (desk);
  crash_vfs_remove_folder (desk->folder);
  g_hash_table_iter_init (&iter, desk->sim->badges);
  /* Whose badges the lost records were about is not looked up: none of them is judged by eye. */
  while (g_hash_table_iter_next (&iter, NULL, &badge))
    ((SimBadge *)badge)->doubtful |= desk->stream->acknowledged < desk->stream->facts->len;
}

/* A new disk, and a new epoch for the same desk. */
static void
reimage (Sim *sim, SimDesk *desk)
{
  guint32 device = desk->stream->device;

  if (sim->hub == NULL)
    return;
  wipe (desk);
  sim->wiped = TRUE;
  sim->n_of[SIM_NEW_DISK]++;
  desk->stream = NULL;
  desk->skew_us = 0; /* who sets it up looks at its clock: nobody is enrolled in another year */
  sim_trace (sim, "desk %u: a new disk", desk->index);
  while (desk->journal == NULL && sim->violation == NULL)
    sim_desk_start (desk);
  if (sim->violation == NULL && sim_desk_enrol (desk, device))
    sim_desk_restart (desk);
}

static void
lose_disk (Sim *sim, gpointer data)
{
  SimDesk *desk = data;

  if (!sim->quiet_phase && !desk->stream->copied && !desk->stream->revoked)
    reimage (sim, desk);
}

/* As soon as the hub knows of the badge that is in the printer: then it has to ask what became of
 * it. A desk that is off line loses its disk some time later, with all that it says of that badge.
 */
static void
lose_disk_when_told (Sim *sim, gpointer data)
{
  SimDesk *desk = data;

  if (desk->stream->acknowledged < desk->doomed_seq && desk->doomed_tries-- > 0)
    sim_at (sim, SIM_SECOND, lose_disk_when_told, desk);
  else
    lose_disk (sim, desk);
}

void
sim_trouble_meet (SimDesk *desk)
{
  if (!desk->doomed)
    return;
  desk->doomed = FALSE;
  desk->doomed_seq = lanyard_journal_get_head_seq (desk->journal);
  desk->doomed_tries = (guint)sim_range (desk->sim, 5, 60);
  sim_at (desk->sim, SIM_SECOND, lose_disk_when_told, desk);
}

/* The disk of one desk is put into another machine as well, and both go on. */
static void
copy_disk (Sim *sim, SimDesk *desk)
{
  SimDesk *twin;
  SimStream *stream;
  GHashTableIter iter;
  gpointer badge;

  if (desk->journal == NULL || sim->desks->len > sim->plan.n_desks)
    return;
  twin = sim_desk_new (sim, sim->desks->len);
  crash_vfs_copy_folder (desk->folder, twin->folder);
  lanyard_vault_unref (twin->vault);
  twin->vault = lanyard_vault_ref (desk->vault);
  twin->key = lanyard_key_ref (desk->key);
  stream = g_new0 (SimStream, 1);
  *stream = *desk->stream;
  stream->facts = g_array_copy (desk->stream->facts);
  stream->copied = TRUE;
  desk->stream->copied = TRUE;
  twin->stream = stream;
  g_ptr_array_add (sim->streams, stream);
  g_ptr_array_add (sim->desks, twin);
  g_hash_table_iter_init (&iter, sim->badges);
  while (g_hash_table_iter_next (&iter, NULL, &badge))
    ((SimBadge *)badge)->doubtful = TRUE;
  sim->copied = TRUE;
  sim->n_of[SIM_CLONE]++;
  sim_trace (sim, "desk %u: copied to desk %u", desk->index, twin->index);
  sim_work_schedule (twin);
  sim_desk_start (twin);
}

/* A machine is stolen, or thought so: it goes on as ever, and the hub takes nothing from it. */
static void
take_key_back (Sim *sim, SimDesk *desk)
{
  SimStream *stream = desk->stream;
  LanyardHubStore *store;
  LanyardHubStream head;
  g_autoptr (GError) error = NULL;

  if (sim->hub == NULL || stream->copied || stream->revoked || sim->restored)
    return;
  store = lanyard_hub_get_store (sim->hub);
  if (!lanyard_hub_revoke (sim->hub, stream->device, TRUE, "lead", "lost", &error)
      || !store->ops->get_stream (store, stream->device, stream->epoch, &head, &error))
    {
      sim_fail (sim, "a key cannot be revoked: %s", error->message);
      return;
    }
  stream->revoked = TRUE;
  stream->revoked_at = head.head_seq;
  sim->revoked = TRUE;
  sim->n_of[SIM_REVOKED]++;
  sim_trace (sim, "desk %u: its key is revoked", desk->index);
}

/* Records that only a later version knows, and one that makes no sense to anybody. */
static void
write_poison (Sim *sim, gpointer data)
{
  sim->n_of[SIM_POISONED_RECORD] += sim_work_note (data, (guint16)sim_range (sim, 9000, 9100));
  sim->n_of[SIM_POISONED_RECORD] += sim_work_note (data, LANYARD_RECORD_RESOLVED);
}

static void
jump (Sim *sim, SimDesk *desk)
{
  sim->n_of[SIM_CLOCK_JUMP]++;
  if (sim_chance (sim, 300))
    desk->skew_us = 0;
  else
    desk->skew_us = sim_chance (sim, 500) ? sim_range (sim, -10, 10) * SIM_YEAR
                                          : sim_range (sim, -3600, 3600) * SIM_SECOND;
  sim_trace (sim, "desk %u: its clock is %" G_GINT64_FORMAT " s off", desk->index,
             desk->skew_us / SIM_SECOND);
}

static void
cut_off (Sim *sim, SimDesk *desk, guint longest_min)
{
  desk->cut_off_until_us = sim->now_us + sim_range (sim, 1, longest_min) * SIM_MINUTE;
  sim->n_of[SIM_PARTITION]++;
}

static void
make_trouble (Sim *sim)
{
  const SimPlan *plan = &sim->plan;
  SimDesk *desk = pick (sim);

  switch (sim_range (sim, 0, 10))
    {
    case 0:
    case 1:
      if (plan->partitions)
        cut_off (sim, desk, 600);
      break;
    case 2:
      if (plan->partitions) /* the whole venue */
        for (guint i = 0; i < sim->desks->len / 2; i++)
          cut_off (sim, sim->desks->pdata[i], 900);
      break;
    case 3:
      if (plan->clock_jumps)
        jump (sim, desk);
      break;
    case 4:
      if (plan->full_disks)
        desk->full_until_us = sim->now_us + sim_range (sim, 1, 120) * SIM_MINUTE;
      break;
    case 5:
      if (plan->reimages && sim_chance (sim, 750))
        desk->doomed = TRUE;
      else if (plan->reimages)
        lose_disk (sim, desk);
      break;
    case 6:
      if (plan->clones && !desk->stream->revoked)
        copy_disk (sim, desk);
      break;
    case 7:
      if (plan->restores && sim->backups > 0 && sim_chance (sim, 400))
        sim_hub_restore (sim);
      else if (sim->plan.restores && !sim->restored)
        sim_hub_back_up (sim);
      break;
    case 8:
      if (plan->revocations)
        take_key_back (sim, desk);
      break;
    case 9:
      if (plan->poison)
        sim_hub_poison (sim);
      break;
    default:
      if (plan->poison)
        sim_desk_as (desk, write_poison, desk);
    }
}

static void
on_trouble (Sim *sim, gpointer data)
{
  if (sim->quiet_phase)
    return;
  make_trouble (sim);
  sim_trouble_schedule (sim);
}

void
sim_trouble_schedule (Sim *sim)
{
  gint64 period = (gint64)sim->plan.trouble_period_min * SIM_MINUTE;

  sim_at (sim, sim_range (sim, period / 10, 2 * period), on_trouble, NULL);
}

/* One more record: a hub that was set back learns through it what it lacks. In every second of
 * those runs nothing more happens at any desk, and asking again for what was acknowledged has to
 * do. */
static void
press_on (Sim *sim, gpointer data)
{
  sim_work_note (data, LANYARD_RECORD_STARTED);
}

void
sim_trouble_end (Sim *sim)
{
  gboolean rest;

  sim_trace (sim, "no more trouble");
  sim->quiet_phase = TRUE;
  sim->hub_skew_us = 0;
  if (sim->hub == NULL)
    sim_hub_start (sim);
  rest = sim->restored && sim_chance (sim, 500);
  for (guint i = 0; i < sim->desks->len && sim->violation == NULL; i++)
    {
      SimDesk *desk = sim->desks->pdata[i];

      desk->skew_us = 0;
      desk->cut_off_until_us = 0;
      desk->full_until_us = 0;
      if (desk->journal == NULL)
        sim_desk_start (desk);
      if (!rest)
        sim_desk_as (desk, press_on, desk);
    }
}
