/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Opens the parts of a desk in their order, keeps them going, and closes them in the other order.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include <errno.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-printer-switch.h"
#include "lanyard-printers.h"
#include "lanyard-staff.h"

#define TICK_MS 250
#define INDEX_ROWS 200
/* Rows that are tried again in one go: a transaction of some ms. */
#define RETRY_ROWS 50
/* Between two badges that are drawn for practice, each of which takes about as long. */
#define REHEARSAL_MS 150

static gboolean
status_equal (const LanyardDeskStatus *a, const LanyardDeskStatus *b)
{
  return a->link.enrolled == b->link.enrolled && a->link.online == b->link.online
         && a->link.pending == b->link.pending
         && a->link.oldest_pending_us == b->link.oldest_pending_us
         && a->link.last_success_us == b->link.last_success_us
         && a->link.directory_version == b->link.directory_version
         && a->link.negative_list_issued_s == b->link.negative_list_issued_s
         && a->link.open_alerts == b->link.open_alerts && a->link.wait == b->link.wait
         && a->link.next_try_us == b->link.next_try_us && a->link.set_aside == b->link.set_aside
         && a->link.pack_waiting == b->link.pack_waiting
         && g_strcmp0 (a->link.problem, b->link.problem) == 0
         && a->printer_fault == b->printer_fault
         && g_strcmp0 (a->scanner_fault, b->scanner_fault) == 0
         && g_strcmp0 (a->backup_problem, b->backup_problem) == 0
         && a->directory_size == b->directory_size && a->index_ready == b->index_ready
         && a->badges_ready == b->badges_ready && a->questions == b->questions
         && a->negative_list_old == b->negative_list_old && a->day_version == b->day_version
         && a->waiting_version == b->waiting_version && lanyard_stock_equal (a->stock, b->stock);
}

/* Without a link the journal itself knows what is pending. */
static void
fill_link_status (LanyardDesk *desk, LanyardLinkStatus *status)
{
  LanyardOutbox outbox;

  if (desk->link != NULL)
    {
      lanyard_link_get_status (desk->link, status);
      return;
    }
  lanyard_journal_get_outbox (desk->journal, &outbox);
  status->enrolled = desk->key != NULL;
  status->pending = outbox.pending;
  status->oldest_pending_us = outbox.oldest_pending_us;
  status->directory_version = lanyard_directory_get_cursor (desk->directory);
  status->wait = outbox.pending > 0 ? LANYARD_LINK_WAIT_STOPPED : LANYARD_LINK_WAIT_NONE;
  status->set_aside = lanyard_directory_get_set_aside (desk->directory);
}

void
lanyard_desk_update_status (LanyardDesk *desk)
{
  LanyardDeskStatus status = {
    .printer_fault = lanyard_printer_get_fault (desk->printer),
    .scanner_fault = g_strdup (lanyard_desk_find_scanner_fault (desk)),
    .directory_size = lanyard_directory_get_size (desk->directory),
    .index_ready = desk->index_ready,
    .badges_ready = lanyard_badge_rehearsal_is_over (desk->rehearsal),
    .questions = lanyard_session_count_questions (desk->session),
    .negative_list_old = lanyard_session_is_negative_list_old (desk->session),
    .stock = lanyard_session_make_stock (desk->session),
    .backup_problem = lanyard_desk_backup_dup_problem (desk->backup),
    .day_version = lanyard_desk_get_day_version (desk),
    .waiting_version = lanyard_desk_get_waiting_version (desk),
  };

  fill_link_status (desk, &status.link);
  if (status_equal (&status, &desk->status))
    {
      lanyard_desk_status_clear (&status);
      return;
    }
  lanyard_desk_status_clear (&desk->status);
  desk->status = status;
  lanyard_desk_tell_status (desk);
}

static void
on_view (LanyardView *view, gpointer user_data)
{
  LanyardDesk *desk = user_data;

  lanyard_desk_tell_view (desk, view);
  /* The first view comes while the session is still being made. */
  if (desk->session == NULL)
    return;
  lanyard_desk_ask_scanners (desk);
  lanyard_desk_update_status (desk);
}

static GSource *
attach (GSource *source, GSourceFunc func, LanyardDesk *desk)
{
  g_source_set_callback (source, func, desk, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* The name search is built in slices, behind everything else: scanning works at once. */
static gboolean
on_index (gpointer user_data)
{
  LanyardDesk *desk = user_data;
  g_autoptr (GError) error = NULL;

  desk->index_ready = lanyard_directory_index_step (desk->directory, INDEX_ROWS, &error);
  if (!desk->index_ready && error == NULL)
    return G_SOURCE_CONTINUE;
  if (error != NULL)
    g_message ("The name search is not complete: %s", error->message);
  g_clear_pointer (&desk->indexer, g_source_unref);
  lanyard_desk_update_status (desk);
  return G_SOURCE_REMOVE;
}

static void
start_indexing (LanyardDesk *desk)
{
  GSource *indexer = g_idle_source_new ();

  desk->index_ready = FALSE;
  g_source_set_priority (indexer, G_PRIORITY_LOW);
  desk->indexer = attach (indexer, on_index, desk);
}

/* What an earlier program could not read of the directory, behind everything else: until then those
 * people are for staff. */
static gboolean
on_retry (gpointer user_data)
{
  LanyardDesk *desk = user_data;
  g_autoptr (GError) error = NULL;
  gboolean over = FALSE;

  if (lanyard_directory_retry_step (desk->directory, RETRY_ROWS, &over, &error) && !over)
    return G_SOURCE_CONTINUE;
  if (error != NULL)
    g_message ("Rows that were set aside are not tried again: %s", error->message);
  g_clear_pointer (&desk->retrier, g_source_unref);
  lanyard_desk_update_status (desk);
  return G_SOURCE_REMOVE;
}

static void
start_retry (LanyardDesk *desk)
{
  GSource *retrier = g_idle_source_new ();

  g_source_set_priority (retrier, G_PRIORITY_LOW);
  desk->retrier = attach (retrier, on_retry, desk);
}

static void
on_link_changed (LanyardLink *link, gpointer user_data)
{
  LanyardDesk *desk = user_data;

  lanyard_session_take_lists (desk->session);
  /* A snapshot took the place of the directory. */
  if (desk->indexer == NULL && desk->index_ready && !lanyard_directory_is_indexed (desk->directory))
    start_indexing (desk);
  lanyard_session_check_health (desk->session);
  lanyard_desk_update_status (desk);
}

/* That the desk saw the alert is a record of its own, so that nobody can say it was never told. */
static void
on_link_alert (LanyardLink *link, const char *accreditation, const char *kind, gpointer user_data)
{
  LanyardDesk *desk = user_data;

  lanyard_session_note_alert (desk->session, accreditation);
  lanyard_desk_update_status (desk);
}

static void
on_printer_changed (LanyardPrinter *printer, gpointer user_data)
{
  LanyardDesk *desk = user_data;

  lanyard_session_read_counters (desk->session);
  lanyard_session_check_health (desk->session);
  lanyard_desk_update_status (desk);
}

static gboolean
on_tick (gpointer user_data)
{
  LanyardDesk *desk = user_data;

  lanyard_desk_check_day (desk);
  lanyard_session_tick (desk->session);
  lanyard_desk_update_status (desk);
  return G_SOURCE_CONTINUE;
}

/* The first badge of a day would take several times as long as the others, for fonts. They are
 * fetched one badge at a time, when nobody is served, and after the screen has its first picture.
 */
static gboolean
on_rehearse (gpointer user_data)
{
  LanyardDesk *desk = user_data;
  g_autoptr (GError) error = NULL;

  if (lanyard_session_get_view (desk->session)->state != LANYARD_PICKUP_IDLE)
    return G_SOURCE_CONTINUE;
  if (!lanyard_badge_rehearsal_is_over (desk->rehearsal)
      && !lanyard_badge_rehearsal_step (desk->rehearsal, &error))
    g_debug ("A badge of nobody cannot be drawn: %s", error->message);
  if (!lanyard_badge_rehearsal_is_over (desk->rehearsal))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&desk->rehearser, g_source_unref);
  lanyard_desk_update_status (desk);
  return G_SOURCE_REMOVE;
}

static gboolean
load_pack (LanyardDesk *desk, GError **error)
{
  gint64 now_s = lanyard_clock_wall_us (desk->clock) / G_USEC_PER_SEC;
  g_autofree char *shelf = lanyard_config_state_path (desk->config, LANYARD_DESK_SHELF);
  LanyardPublicKey root;

  if (!lanyard_hex_decode (desk->config->root_key, root.bytes, sizeof root.bytes))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "[pack] root-key is no key; take the one that the hub printed at init.");
      return FALSE;
    }
  desk->pack = lanyard_pack_shelf_load (shelf, desk->config->pack_dir, &root, desk->config->venue,
                                        now_s, error);
  if (desk->pack == NULL)
    return FALSE;
  if (lanyard_pack_find_code (desk->pack, LANYARD_CODES_VENUE, desk->config->venue) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "[desk] venue \"%s\" is not a venue of the pack; correct it.",
                   desk->config->venue);
      return FALSE;
    }
  return TRUE;
}

/* Whom to tell that it takes a while. */
typedef struct
{
  LanyardDesk *desk;
  LanyardDeskPreparesFunc func; /* (nullable) */
  gpointer user_data;
} Watch;

static void
on_upgrade (gpointer user_data)
{
  const Watch *watch = user_data;
  const char *language = watch->desk->config->language;

  if (watch->func != NULL)
    watch->func (language != NULL ? language : lanyard_pack_get_languages (watch->desk->pack)[0],
                 watch->user_data);
}

static gboolean
open_stores (LanyardDesk *desk, Watch *watch, GError **error)
{
  g_autofree char *journal_path = lanyard_config_state_path (desk->config, "journal.db");
  g_autofree char *directory_path = lanyard_config_state_path (desk->config, "directory.db");

  if (g_mkdir_with_parents (desk->config->state_dir, 0700) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The folder %s cannot be made: %s",
                   desk->config->state_dir, g_strerror (errno));
      return FALSE;
    }
  desk->vault = lanyard_vault_load (desk->config->vault_key_file, error);
  if (desk->vault == NULL)
    return FALSE;
  desk->journal = lanyard_journal_open (journal_path, LANYARD_JOURNAL_CREATE, desk->clock, error);
  if (desk->journal == NULL)
    return FALSE;
  desk->directory = lanyard_directory_open_watched (directory_path, desk->vault, TRUE, on_upgrade,
                                                    watch, error);
  return desk->directory != NULL;
}

/* No key means not enrolled, which the screen tells; a key that cannot be read is an error. */
static gboolean
load_key (LanyardDesk *desk, GError **error)
{
  g_autofree char *path = lanyard_config_state_path (desk->config, "desk.key");
  g_autoptr (GError) local = NULL;

  desk->key = lanyard_key_load (path, &local);
  if (desk->key != NULL || g_error_matches (local, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
open_printers (LanyardDesk *desk, GError **error)
{
  g_autoptr (GPtrArray) configs = lanyard_config_list_printers (desk->config);
  LanyardPrinterSwitch *printers = lanyard_printer_switch_new ();

  desk->printer = LANYARD_PRINTER (printers);
  for (guint i = 0; i < configs->len; i++)
    {
      const LanyardPrinterConfig *config = g_ptr_array_index (configs, i);
      g_autoptr (LanyardPrinter) printer = lanyard_printer_open (config->uri, error);

      if (printer == NULL)
        return FALSE;
      lanyard_printer_switch_add (printers, config->name, printer);
    }
  return TRUE;
}

static void
start_session (LanyardDesk *desk)
{
  LanyardSessionParts parts = {
    .config = desk->config,
    .clock = desk->clock,
    .pack = desk->pack,
    .journal = desk->journal,
    .directory = desk->directory,
    .printer = desk->printer,
    .desk_key = desk->key,
  };
  GSource *rehearser = g_timeout_source_new (REHEARSAL_MS);

  desk->rehearsal = lanyard_badge_rehearsal_new (desk->pack);
  desk->session = lanyard_session_new (&parts, on_view, desk);
  lanyard_session_start (desk->session);
  g_signal_connect (desk->printer, "changed", G_CALLBACK (on_printer_changed), desk);
  lanyard_printer_watch (desk->printer);
  desk->ticker = attach (g_timeout_source_new (TICK_MS), on_tick, desk);
  start_indexing (desk);
  start_retry (desk);
  g_source_set_priority (rehearser, G_PRIORITY_LOW);
  desk->rehearser = attach (rehearser, on_rehearse, desk);
}

LanyardDesk *
lanyard_desk_open (LanyardConfig *config, const LanyardClock *clock, GError **error)
{
  return lanyard_desk_open_watched (config, clock, NULL, NULL, error);
}

LanyardDesk *
lanyard_desk_open_watched (LanyardConfig *config,
                           const LanyardClock *clock,
                           LanyardDeskPreparesFunc prepares,
                           gpointer user_data,
                           GError **error)
{
  g_autoptr (LanyardDesk) desk = g_new0 (LanyardDesk, 1);
  Watch watch = { desk, prepares, user_data };

  g_return_val_if_fail (config != NULL, NULL);

  lanyard_hash_init ();
  desk->config = config;
  desk->clock = clock != NULL ? clock : lanyard_clock_system ();
  desk->home = lanyard_home_new (desk);
  desk->scanners = g_ptr_array_new_with_free_func (g_object_unref);
  desk->echoes = lanyard_echoes_new ((gint64)config->repeat_ms * 1000);
  desk->listeners = lanyard_desk_new_listeners ();
  if (!load_pack (desk, error) || !open_stores (desk, &watch, error) || !load_key (desk, error)
      || !open_printers (desk, error))
    return NULL;
  start_session (desk);
  desk->backup = lanyard_desk_begin_backups (desk);
  lanyard_desk_check_day (desk);
  lanyard_desk_read_past (desk);
  lanyard_desk_update_status (desk);
  return g_steal_pointer (&desk);
}

static void
destroy_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
lanyard_desk_close (LanyardDesk *desk)
{
  if (desk == NULL)
    return;
  lanyard_home_close (desk->home);
  destroy_source (&desk->ticker);
  destroy_source (&desk->indexer);
  destroy_source (&desk->retrier);
  destroy_source (&desk->rehearser);
  destroy_source (&desk->day_reader);
  destroy_source (&desk->past_reader);
  destroy_source (&desk->exporter);
  g_clear_pointer (&desk->backup, lanyard_desk_end_backups);
  lanyard_desk_drop_scanners (desk);
  if (desk->link != NULL)
    g_signal_handlers_disconnect_by_data (desk->link, desk);
  g_clear_object (&desk->link);
  g_clear_pointer (&desk->session, lanyard_session_free);
  if (desk->printer != NULL)
    g_signal_handlers_disconnect_by_data (desk->printer, desk);
  g_clear_object (&desk->printer);
  lanyard_desk_close_listeners (desk->listeners);
  g_clear_pointer (&desk->rehearsal, lanyard_badge_rehearsal_free);
  g_clear_pointer (&desk->key, lanyard_key_unref);
  g_clear_pointer (&desk->directory, lanyard_directory_close);
  g_clear_pointer (&desk->journal, lanyard_journal_close);
  g_clear_pointer (&desk->vault, lanyard_vault_unref);
  g_clear_pointer (&desk->pack, lanyard_pack_unref);
  lanyard_desk_status_clear (&desk->status);
  lanyard_home_unref (desk->home);
  lanyard_config_free (desk->config);
  g_free (desk);
}

gboolean
lanyard_desk_may_renew (LanyardDesk *desk)
{
  const LanyardView *view = lanyard_session_get_view (desk->session);

  return desk->status.link.pack_waiting != 0 && view->state == LANYARD_PICKUP_IDLE
         && !view->staff_signed_in;
}

LanyardJournal *
lanyard_desk_get_journal (LanyardDesk *desk)
{
  return desk->journal;
}

LanyardDirectory *
lanyard_desk_get_directory (LanyardDesk *desk)
{
  return desk->directory;
}

LanyardPack *
lanyard_desk_get_pack (LanyardDesk *desk)
{
  return desk->pack;
}

const LanyardConfig *
lanyard_desk_get_config (LanyardDesk *desk)
{
  return desk->config;
}

void
lanyard_desk_set_link (LanyardDesk *desk, LanyardLink *link)
{
  g_return_if_fail (desk != NULL && desk->link == NULL);

  desk->link = g_object_ref (link);
  g_signal_connect (link, "changed", G_CALLBACK (on_link_changed), desk);
  g_signal_connect (link, "alert", G_CALLBACK (on_link_alert), desk);
  lanyard_session_set_link (desk->session, link);
  on_link_changed (link, desk);
}

gboolean
lanyard_desk_set_pin (const char *state_dir, const char *pin, GError **error)
{
  return lanyard_staff_set_pin (state_dir, pin, error);
}
