/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include "crash-vfs.h"
#include "lanyard-enrolment-message.h"
#include "lanyard-link.h"

/* One desk: its disk, its power, and what it promised. */

#define CODE_VALID_S 900
#define SHORTEST_PAUSE (10 * SIM_SECOND)
#define LONGEST_PAUSE (10 * SIM_MINUTE)

static gint64
get_wall (gpointer data)
{
  SimDesk *desk = data;

  return SIM_START_S * G_USEC_PER_SEC + desk->sim->now_us + desk->skew_us;
}

static gint64
get_monotonic (gpointer data)
{
  SimDesk *desk = data;

  return desk->sim->now_us - desk->boot_us + SIM_MINUTE;
}

/* A serial is given once: machines that share a disk share theirs, until they are stopped. */
static void
check_serial (Sim *sim, const char *serial)
{
  GHashTableIter iter;
  gpointer badge;

  g_hash_table_iter_init (&iter, sim->badges);
  while (!sim->copied && g_hash_table_iter_next (&iter, NULL, &badge))
    if (g_str_equal (((SimBadge *)badge)->serial, serial))
      sim_fail (sim, "the serial %s was given to two people", serial);
}

SimBadge *
sim_badge (Sim *sim, const char *serial, const char *number)
{
  g_autofree char *name = g_strdup_printf ("%s %s", serial, number);
  SimBadge *badge = g_hash_table_lookup (sim->badges, name);

  if (badge != NULL)
    return badge;
  check_serial (sim, serial);
  badge = g_new0 (SimBadge, 1);
  badge->serial = g_strdup (serial);
  badge->number = g_strdup (number);
  g_hash_table_insert (sim->badges, g_steal_pointer (&name), badge);
  return badge;
}

static void
add_fact (SimDesk *desk, const LanyardRecord *record)
{
  SimFact fact = { .hash = record->hash, .kind = record->kind };

  if (record->seq != desk->stream->facts->len + 1)
    {
      sim_fail (desk->sim, "desk %u: record %" G_GUINT64_FORMAT " follows on %u", desk->index,
                record->seq, desk->stream->facts->len);
      return;
    }
  if (record->hlc <= desk->stream->hlc)
    sim_fail (desk->sim, "desk %u: the stamp of record %" G_GUINT64_FORMAT " went back",
              desk->index, record->seq);
  desk->stream->hlc = record->hlc;
  if (record->serial != NULL && record->accreditation != NULL)
    fact.badge = sim_badge (desk->sim, record->serial, record->accreditation);
  g_array_append_val (desk->stream->facts, fact);
}

static void
compare (SimDesk *desk, const LanyardRecord *record)
{
  const SimFact *fact;

  if (record->seq > desk->stream->facts->len)
    {
      add_fact (desk, record);
      return;
    }
  fact = &g_array_index (desk->stream->facts, SimFact, record->seq - 1);
  if (!lanyard_hash_equal (&fact->hash, &record->hash))
    sim_fail (desk->sim, "desk %u: record %" G_GUINT64_FORMAT " is another than it was",
              desk->index, record->seq);
}

/* Notes the journal's records after @after and up to @last. */
static void
read_records (SimDesk *desk, guint64 after, guint64 last)
{
  while (after < last && desk->sim->violation == NULL)
    {
      g_autoptr (GPtrArray) records = lanyard_journal_read (desk->journal, after, 500, NULL);

      if (records == NULL || records->len == 0)
        {
          if (!crash_vfs_is_cut ())
            sim_fail (desk->sim, "desk %u: its journal cannot be read", desk->index);
          return;
        }
      for (guint i = 0; i < records->len && after < last; i++, after++)
        compare (desk, records->pdata[i]);
    }
}

void
sim_desk_promise (SimDesk *desk, const LanyardRecord *record)
{
  /* What the engine wrote by itself comes first: notes on rows that it cannot read. */
  read_records (desk, desk->stream->facts->len, record->seq - 1);
  sim_trace (desk->sim, "desk %u: %" G_GUINT64_FORMAT " %s %s %s", desk->index, record->seq,
             lanyard_record_kind_to_string (record->kind),
             record->accreditation == NULL ? "" : record->accreditation,
             record->serial == NULL ? "" : record->serial);
  add_fact (desk, record);
}

static void
look_at_mark (SimDesk *desk)
{
  SimStream *stream = desk->stream;
  LanyardOutbox outbox;

  lanyard_journal_get_outbox (desk->journal, &outbox);
  if (outbox.acknowledged_seq == stream->acknowledged)
    return;
  if (outbox.acknowledged_seq < stream->acknowledged && !desk->sim->restored && !stream->copied)
    sim_fail (desk->sim, "desk %u: record %" G_GUINT64_FORMAT " was acknowledged and is not",
              desk->index, stream->acknowledged);
  stream->acknowledged = outbox.acknowledged_seq;
  sim_trace (desk->sim, "desk %u: acknowledged %" G_GUINT64_FORMAT, desk->index,
             stream->acknowledged);
  sim_check_hub_has (desk->sim, stream);
}

void
sim_desk_look (SimDesk *desk, guint64 after)
{
  guint64 head = lanyard_journal_get_head_seq (desk->journal);

  if (head < desk->stream->facts->len)
    sim_fail (desk->sim, "desk %u: record %u was on disk and is gone", desk->index,
              desk->stream->facts->len);
  read_records (desk, after, head);
  look_at_mark (desk);
}

SimDesk *
sim_desk_new (Sim *sim, guint index)
{
  SimDesk *desk = g_new0 (SimDesk, 1);
  g_autofree char *name = g_strdup_printf ("desk-%u", index);
  guint8 secret[32] = { (guint8)index };

  desk->sim = sim;
  desk->index = index;
  desk->folder = g_build_filename (sim_root_folder, name, NULL);
  g_mkdir_with_parents (desk->folder, 0700);
  desk->clock = (LanyardClock){ get_wall, get_monotonic, desk };
  desk->vault = lanyard_vault_new (secret);
  desk->served = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sim_line_init (desk);
  return desk;
}

static void
close_all (SimDesk *desk)
{
  if (desk->engine != NULL)
    lanyard_link_stop (LANYARD_LINK (desk->engine));
  g_clear_object (&desk->engine);
  g_clear_pointer (&desk->directory, lanyard_directory_close);
  g_clear_pointer (&desk->journal, lanyard_journal_close);
  g_hash_table_remove_all (desk->served);
  desk->sim->desk_us += desk->boot_us == 0 ? 0 : desk->sim->now_us - desk->boot_us;
  desk->boot_us = 0;
  desk->boot++;
}

void
sim_desk_free (SimDesk *desk)
{
  close_all (desk);
  g_clear_pointer (&desk->key, lanyard_key_unref);
  lanyard_vault_unref (desk->vault);
  g_hash_table_unref (desk->served);
  g_free (desk->folder);
  g_free (desk);
}

static void
on_power_back (Sim *sim, gpointer data)
{
  sim_desk_start (data);
}

void
sim_desk_die (SimDesk *desk)
{
  Sim *sim = desk->sim;

  sim_trace (sim, "desk %u: power fails", desk->index);
  crash_vfs_cut_after (0);
  crash_vfs_sync_folder (); /* the operation that meets the cut; all after it fail */
  close_all (desk);
  sim_power_lost (sim, desk->folder, SIM_POWER_CUT_OF_DESK);
  sim_at (sim, sim_range (sim, SHORTEST_PAUSE, sim->quiet_phase ? SHORTEST_PAUSE : LONGEST_PAUSE),
          on_power_back, desk);
}

void
sim_desk_switch_off (SimDesk *desk)
{
  crash_vfs_cut_never ();
  close_all (desk);
}

static gboolean
open_stores (SimDesk *desk, GError **error)
{
  g_autofree char *journal = g_build_filename (desk->folder, "journal.db", NULL);
  g_autofree char *directory = g_build_filename (desk->folder, "directory.db", NULL);

  if (desk->sim->plan.n_on_files > 0)
    sim_disk_choose (desk->index < desk->sim->plan.n_on_files);
  desk->journal = lanyard_journal_open (journal, LANYARD_JOURNAL_CREATE, &desk->clock, error);
  if (desk->journal != NULL)
    desk->directory = lanyard_directory_open (directory, desk->vault, TRUE, error);
  return desk->directory != NULL;
}

static void
begin (Sim *sim, gpointer data)
{
  SimDesk *desk = data;
  const char *urls[] = { "http://hub", NULL };
  guint known = desk->stream->facts->len;

  sim_desk_look (desk, known > 20 ? known - 20 : 0);
  desk->engine = lanyard_sync_engine_new (desk->journal, desk->directory, desk->key, &sim_root_key,
                                          urls, &desk->world.parent);
  sim_work_restart (desk);
  lanyard_link_start (LANYARD_LINK (desk->engine));
}

gboolean
sim_desk_start (SimDesk *desk)
{
  Sim *sim = desk->sim;
  g_autoptr (GError) error = NULL;
  gboolean open;

  if (desk->journal != NULL || sim->over)
    return TRUE;
  desk->boot_us = MAX (sim->now_us, 1);
  sim_power_begin (sim);
  open = open_stores (desk, &error);
  if (sim_power_end (sim))
    {
      sim_desk_die (desk);
      return FALSE;
    }
  if (!open)
    {
      sim_fail (sim, "desk %u does not start: %s", desk->index, error->message);
      return FALSE;
    }
  sim_trace (sim, "desk %u: started", desk->index);
  if (desk->stream != NULL)
    sim_desk_as (desk, begin, desk);
  return desk->journal != NULL;
}

void
sim_desk_as (SimDesk *desk, SimFunc func, gpointer data)
{
  Sim *sim = desk->sim;

  if (desk->journal == NULL)
    return;
  crash_vfs_set_full (sim->now_us < desk->full_until_us);
  sim_power_begin (sim);
  func (sim, data);
  sim->n_of[SIM_FULL_DISK] += crash_vfs_found_no_room ();
  crash_vfs_set_full (FALSE);
  if (sim_power_end (sim))
    sim_desk_die (desk);
  else if (desk->engine != NULL)
    sim_desk_look (desk, desk->stream->facts->len);
}

static gboolean
take_identity (SimDesk *desk, const LanyardEnrolmentAnswer *answer, GError **error)
{
  LanyardIdentity identity = {
    .device = answer->device,
    .epoch = answer->epoch,
    .event = answer->event,
    .hub_url = (char *)"http://hub",
    .serial_prefix = answer->serial_prefix,
  };

  if (!lanyard_journal_set_identity (desk->journal, &identity, error))
    return FALSE;
  desk->stream = g_new0 (SimStream, 1);
  desk->stream->device = answer->device;
  desk->stream->epoch = answer->epoch;
  desk->stream->facts = g_array_new (FALSE, TRUE, sizeof (SimFact));
  g_ptr_array_add (desk->sim->streams, desk->stream);
  return TRUE;
}

gboolean
sim_desk_enrol (SimDesk *desk, guint32 device)
{
  Sim *sim = desk->sim;
  LanyardEnrolmentRequest request = { .venue = sim->venue, .name = (char *)"" };
  g_autoptr (LanyardEnrolmentAnswer) answer = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code
      = lanyard_hub_create_code (sim->hub, sim->venue, "desk", device, CODE_VALID_S, &error);

  g_assert_no_error (error);
  g_clear_pointer (&desk->key, lanyard_key_unref);
  desk->key = lanyard_key_generate ();
  request.code = code;
  request.key = *lanyard_key_get_public (desk->key);
  message = lanyard_enrolment_request_sign (&request, desk->key);
  reply = lanyard_hub_enrol (sim->hub, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                             &error);
  g_assert_no_error (error);
  answer = lanyard_enrolment_answer_open (reply, lanyard_hub_get_trust (sim->hub), &request.key,
                                          get_wall (desk) / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  if (!take_identity (desk, answer, &error))
    {
      sim_fail (sim, "desk %u cannot be enrolled: %s", desk->index, error->message);
      return FALSE;
    }
  sim_trace (sim, "desk %u: enrolled as %u, epoch %u", desk->index, answer->device, answer->epoch);
  sim_hub_back_up (sim);
  return TRUE;
}

void
sim_desk_restart (SimDesk *desk)
{
  sim_desk_switch_off (desk);
  sim_desk_start (desk);
}

gboolean
sim_desk_is_at_rest (SimDesk *desk, guint64 gseq)
{
  g_auto (LanyardLinkStatus) status = { 0 };
  g_autoptr (GPtrArray) open = NULL;

  if (desk->engine == NULL)
    return FALSE;
  lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
  open = lanyard_journal_list_open_pickups (desk->journal);
  /* Two machines with one disk cannot both be right: the alarm is what is to be. */
  if (desk->stream->copied && status.problem != NULL)
    {
      desk->forked = TRUE;
      return open->len == 0;
    }
  if (desk->stream->revoked)
    return open->len == 0;
  return status.pending == 0 && status.directory_version == gseq && open->len == 0;
}

void
sim_desk_describe (SimDesk *desk)
{
  g_auto (LanyardLinkStatus) status = { 0 };

  if (desk->engine == NULL)
    {
      sim_trace (desk->sim, "desk %u: off", desk->index);
      return;
    }
  lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
  sim_trace (desk->sim,
             "desk %u: %" G_GUINT64_FORMAT " to send, directory at %" G_GUINT64_FORMAT ", %s",
             desk->index, status.pending, status.directory_version,
             status.problem == NULL ? "no problem" : status.problem);
}
