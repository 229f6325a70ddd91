/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include "crash-vfs.h"

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
  static const guint polls[] = { 25, 300, 1800 };

  plan->n_desks = (guint)sim_range (sim, 2, 9);
  plan->n_people = plan->n_desks * (guint)sim_range (sim, 2, 8);
  plan->hours = (guint)sim_range (sim, 6, 72);
  plan->poll_s = polls[sim_range (sim, 0, G_N_ELEMENTS (polls) - 1)];
  plan->pickup_period_min = (guint)sim_range (sim, 20, 400);
  plan->trouble_period_min = (guint)sim_range (sim, 30, 400);
  plan->lost_requests = maybe (sim, 150);
  plan->lost_answers = maybe (sim, 150);
  plan->duplicates = maybe (sim, 200);
  plan->slow = maybe (sim, 200);
  plan->strange = maybe (sim, 60);
  plan->cuts = maybe (sim, 60);
  plan->partitions = sim_chance (sim, 700);
  plan->clock_jumps = sim_chance (sim, 400);
  plan->full_disks = sim_chance (sim, 400);
  plan->reimages = sim_chance (sim, 300);
  plan->clones = sim_chance (sim, 200);
  plan->restores = sim_chance (sim, 250);
  plan->poison = sim_chance (sim, 400);
  plan->rebuild = sim_chance (sim, 250);
}

static SimDesk *
pick (Sim *sim)
{
  return sim->desks->pdata[sim_range (sim, 0, sim->desks->len - 1)];
}

/* Nothing of what its disk had is left; what was not sent is lost with it. */
static void
wipe (SimDesk *desk)
{
  GHashTableIter iter;
  gpointer badge;

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
  desk->stream = NULL;
  sim_trace (sim, "desk %u: a new disk", desk->index);
  while (desk->journal == NULL && sim->violation == NULL)
    sim_desk_start (desk);
  if (sim->violation == NULL && sim_desk_enrol (desk, device))
    sim_desk_restart (desk);
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
  sim_trace (sim, "desk %u: copied to desk %u", desk->index, twin->index);
  sim_work_schedule (twin);
  sim_desk_start (twin);
}

/* Records that only a later version knows, and one that makes no sense to anybody. */
static void
write_poison (Sim *sim, gpointer data)
{
  sim_work_note (data, (guint16)sim_range (sim, 9000, 9100));
  sim_work_note (data, LANYARD_RECORD_ISSUED);
}

static void
jump (Sim *sim, SimDesk *desk)
{
  if (sim_chance (sim, 300))
    desk->skew_us = 0;
  else
    desk->skew_us = sim_chance (sim, 500) ? sim_range (sim, -10, 10) * SIM_YEAR
                                          : sim_range (sim, -3600, 3600) * SIM_SECOND;
  sim_trace (sim, "desk %u: its clock is %" G_GINT64_FORMAT " s off", desk->index,
             desk->skew_us / SIM_SECOND);
}

static void
make_trouble (Sim *sim)
{
  const SimPlan *plan = &sim->plan;
  SimDesk *desk = pick (sim);

  switch (sim_range (sim, 0, 9))
    {
    case 0:
    case 1:
      if (plan->partitions)
        desk->cut_off_until_us = sim->now_us + sim_range (sim, 1, 600) * SIM_MINUTE;
      break;
    case 2:
      if (plan->partitions) /* the whole venue */
        for (guint i = 0; i < sim->desks->len / 2; i++)
          ((SimDesk *)sim->desks->pdata[i])->cut_off_until_us
              = sim->now_us + sim_range (sim, 10, 900) * SIM_MINUTE;
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
      if (plan->reimages && !desk->stream->copied && sim->hub != NULL)
        reimage (sim, desk);
      break;
    case 6:
      if (plan->clones && sim_chance (sim, 300))
        copy_disk (sim, desk);
      break;
    case 7:
      if (plan->restores && sim->backups > 0 && sim_chance (sim, 400))
        sim_hub_restore (sim);
      else if (sim->plan.restores && !sim->restored)
        sim_hub_back_up (sim);
      break;
    case 8:
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

/* One more record: a hub that was set back learns through it what it lacks. */
static void
press_on (Sim *sim, gpointer data)
{
  sim_work_note (data, LANYARD_RECORD_STARTED);
}

void
sim_trouble_end (Sim *sim)
{
  sim_trace (sim, "no more trouble");
  sim->quiet_phase = TRUE;
  sim->hub_skew_us = 0;
  if (sim->hub == NULL)
    sim_hub_start (sim);
  for (guint i = 0; i < sim->desks->len && sim->violation == NULL; i++)
    {
      SimDesk *desk = sim->desks->pdata[i];

      desk->skew_us = 0;
      desk->cut_off_until_us = 0;
      desk->full_until_us = 0;
      if (desk->journal == NULL)
        sim_desk_start (desk);
      sim_desk_as (desk, press_on, desk);
    }
}
