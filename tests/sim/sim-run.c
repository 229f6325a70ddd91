/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "crash-vfs.h"
#include "lanyard-hub-decisions.h"
#include "lanyard-link.h"
#include "lanyard-pack.h"

/* One run from its seed to its end. */

#define PACK "resources/packs/small-cup"
/* So long after the last trouble everything has come to rest, or something is stuck. */
#define REST_LIMIT (3 * SIM_HOUR)
#define REST_STEP (5 * SIM_MINUTE)

char *sim_root_folder;
LanyardPublicKey sim_root_key;
static char *sim_venue;

static gint64
get_start (gpointer data)
{
  return SIM_START_S * G_USEC_PER_SEC;
}

static const LanyardClock start_clock = { get_start, get_start, NULL };

/* A program whose power failed is not there any more to complain. */
static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if (crash_vfs_is_cut () || crash_vfs_is_full ()
      || (level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) != 0)
    return;
  g_printerr ("%s: %s\n", domain, message);
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) != 0)
    g_abort ();
}

void
sim_set_up (gboolean disks_forget)
{
  g_autofree char *pack_path = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), PACK, NULL);
  g_autofree char *hub = NULL;
  g_autoptr (LanyardPack) pack = NULL;
  GError *error = NULL;

  sim_seed_keys (0);
  lanyard_hash_init ();
  crash_vfs_register ();
  if (!disks_forget)
    sim_disk_choose (TRUE);
  sim_root_folder = g_dir_make_tmp ("lanyard-sim-XXXXXX", &error);
  g_assert_no_error (error);
  hub = g_build_filename (sim_root_folder, "hub", NULL);
  lanyard_hub_create (hub, pack_path, &start_clock, &sim_root_key, &error);
  g_assert_no_error (error);
  crash_vfs_save ();
  pack = lanyard_pack_load (pack_path, NULL, SIM_START_S, &error);
  g_assert_no_error (error);
  sim_venue = g_strdup (((const LanyardCode *)g_ptr_array_index (
                             lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE), 0))
                            ->code);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_default_handler (on_log, NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
sim_tear_down (void)
{
  remove_tree (sim_root_folder);
  g_free (sim_root_folder);
  g_free (sim_venue);
}

static void
stream_free (gpointer data)
{
  SimStream *stream = data;

  g_array_unref (stream->facts);
  g_free (stream);
}

static void
badge_free (gpointer data)
{
  SimBadge *badge = data;

  g_free (badge->serial);
  g_free (badge->number);
  g_free (badge);
}

Sim *
sim_new (guint64 seed, gboolean loud)
{
  Sim *sim = g_new0 (Sim, 1);

  sim->seed = seed;
  sim->loud = loud;
  sim->trace = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  for (guint i = 0; i < G_N_ELEMENTS (sim->random); i++)
    sim->random[i] = (seed + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) * (i + 1) + i;
  for (guint i = 0; i < 20; i++)
    sim_random (sim);
  sim->heap = g_ptr_array_new ();
  sim->desks = g_ptr_array_new_with_free_func ((GDestroyNotify)sim_desk_free);
  sim->streams = g_ptr_array_new_with_free_func (stream_free);
  sim->badges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, badge_free);
  sim->numbers = g_ptr_array_new_with_free_func (g_free);
  sim->poisoned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sim->venue = sim_venue;
  return sim;
}

/* What is still on its way finds nobody. */
void
sim_free (Sim *sim)
{
  char *violation = g_steal_pointer (&sim->violation);

  sim->quiet_phase = TRUE;
  sim->over = TRUE;
  g_clear_pointer (&sim->hub, lanyard_hub_close);
  for (guint i = 0; i < sim->desks->len; i++)
    sim_desk_switch_off (sim->desks->pdata[i]);
  sim_run_until (sim, G_MAXINT64 / 2);
  g_ptr_array_unref (sim->desks);
  g_ptr_array_unref (sim->heap);
  g_ptr_array_unref (sim->streams);
  g_hash_table_unref (sim->badges);
  g_ptr_array_unref (sim->numbers);
  g_hash_table_unref (sim->poisoned);
  g_free (sim->hub_folder);
  g_free (sim->backup_folder);
  g_free (violation);
  g_free (sim);
}

void
sim_begin (Sim *sim)
{
  crash_vfs_restore ();
  sqlite3_test_control (SQLITE_TESTCTRL_PRNG_SEED, (int)(sim->seed & G_MAXINT32), NULL);
  sim_seed_keys (sim->seed + 1);
  sim->quiet_phase = TRUE; /* provisioning has its own test */
  sim_hub_open_fleet (sim);
  for (guint i = 0; i < sim->plan.n_desks; i++)
    {
      SimDesk *desk = sim_desk_new (sim, i);

      g_ptr_array_add (sim->desks, desk);
      sim_desk_start (desk);
      sim_desk_enrol (desk, 0);
      sim_desk_restart (desk);
      sim_work_schedule (desk);
    }
  sim->quiet_phase = FALSE;
}

static gboolean
is_at_rest (Sim *sim)
{
  guint64 gseq = 0;
  LanyardHubStore *store;

  if (sim->hub == NULL)
    return FALSE;
  store = lanyard_hub_get_store (sim->hub);
  store->ops->get_gseq (store, &gseq, NULL);
  for (guint i = 0; i < sim->desks->len; i++)
    if (!sim_desk_is_at_rest (sim->desks->pdata[i], gseq))
      return FALSE;
  return TRUE;
}

static gboolean
come_to_rest (Sim *sim)
{
  gint64 limit_us = sim->now_us + REST_LIMIT;

  while (sim_run_until (sim, sim->now_us + REST_STEP))
    {
      if (is_at_rest (sim))
        return TRUE;
      if (sim->now_us < limit_us)
        continue;
      for (guint i = 0; i < sim->desks->len; i++)
        sim_desk_describe (sim->desks->pdata[i]);
      sim_fail (sim, "three hours after the last trouble the fleet is not at rest");
    }
  return FALSE;
}

/* What its operators decided lies apart from the hub's disk, as lines of a file. (transfer full) */
static char **
keep_decisions (Sim *sim)
{
  g_autoptr (GPtrArray) texts = lanyard_hub_list_decisions (sim->hub, NULL);
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (lines, lanyard_hub_sign_decision (sim->hub, g_ptr_array_index (texts, i)));
  g_ptr_array_add (lines, NULL);
  return (char **)g_ptr_array_free (lines, FALSE);
}

static void
take_decisions (Sim *sim, char **lines)
{
  g_autoptr (GArray) results = NULL;
  g_autoptr (GError) error = NULL;

  if (sim->hub != NULL
      && !lanyard_hub_take_decisions (sim->hub, (const char *const *)lines, &results, &error))
    sim_fail (sim, "what was decided at the hub cannot be taken: %s", error->message);
}

/* The hub is lost but for a backup of its first day; the desks have all but what was decided at the
 * hub, and that was kept. */
static void
rebuild (Sim *sim)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_auto (GStrv) decisions = NULL;

  if (sim->copied || sim->wiped || sim->revoked)
    return;
  sim->n_of[SIM_REBUILD]++;
  if (sim_check_decide (sim) && come_to_rest (sim))
    sim_check (sim);
  if (sim->violation != NULL)
    return;
  before = sim_check_describe (sim);
  decisions = keep_decisions (sim);
  sim_hub_restore (sim);
  take_decisions (sim, decisions);
  sim_trouble_end (sim);
  if (!come_to_rest (sim))
    return;
  sim_check (sim);
  after = sim_check_describe (sim);
  if (!g_str_equal (before, after))
    sim_fail (sim, "the hub that was made again from the desks is not the one it was");
}

guint64
sim_run (guint64 seed, gboolean loud, SimResult *result)
{
  Sim *sim = sim_new (seed, loud);
  guint64 trace;

  sim_plan_draw (sim);
  sim_begin (sim);
  sim_trouble_schedule (sim);
  if (sim_run_until (sim, (gint64)sim->plan.hours * SIM_HOUR))
    {
      sim_trouble_end (sim);
      if (come_to_rest (sim))
        sim_check (sim);
      if (sim->violation == NULL && sim->plan.rebuild)
        rebuild (sim);
      if (sim->violation == NULL && sim_check_answer (sim) && come_to_rest (sim))
        sim_check (sim);
    }
  for (guint i = 0; i < sim->desks->len; i++)
    sim_desk_switch_off (sim->desks->pdata[i]);
  trace = sim->trace;
  result->violation = g_strdup (sim->violation);
  result->desk_us += sim->desk_us;
  result->n_badges += g_hash_table_size (sim->badges);
  for (guint i = 0; i < SIM_N_KINDS; i++)
    result->n_of[i] += sim->n_of[i];
  sim_free (sim);
  return trace;
}
