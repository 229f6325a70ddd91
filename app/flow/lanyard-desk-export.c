/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A day as a file, for supervisors. Three steps, and the desk goes on during each: the rows are
 * gathered some at a time on the desk's thread; a worker writes a file that has no name yet; when
 * the record of it is on disk, a worker gives it its name.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-report-file.h"

/* Gathered at a time, behind everything else: some ms. */
#define GATHER_ROWS 200

/* One export on its way. */
typedef struct
{
  GTask *task;       /* owned (nullable): answered; its context is the asker's */
  LanyardHome *home; /* owned: of the desk */
  LanyardReport *report;
  LanyardReportFile *file; /* owned (nullable): written */
  GError *error;           /* owned (nullable): of the worker */
  char *path;              /* owned (nullable): NULL until it is known */
  LanyardExportFormat format;
  GHashTable *disputed;      /* owned (nullable) (element-type utf8): numbers */
  LanyardDirectoryWalk walk; /* people who may collect: how far they were read */
  guint n_gathered;
  gboolean kept; /* the file has its name */
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  if (request->task != NULL)
    g_task_return_new_error (request->task, LANYARD_ERROR, LANYARD_ERROR_STATE,
                             "The desk is closing; the day was not exported.");
  g_clear_object (&request->task);
  g_clear_pointer (&request->disputed, g_hash_table_unref);
  g_clear_pointer (&request->file, lanyard_report_file_free);
  g_clear_error (&request->error);
  lanyard_report_unref (request->report);
  lanyard_home_unref (request->home);
  g_free (request->path);
  g_free (request);
}

static void
free_export (gpointer export)
{
  lanyard_export_free (export);
}

static void
fail (LanyardDesk *desk, Request *request, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&request->task);

  desk->exporting = FALSE;
  g_task_return_error (task, error);
}

/* --- the workers --- */

static void do_written (gpointer object, gpointer data);

static gpointer
run_worker (gpointer data)
{
  Request *request = data;
  g_autoptr (LanyardHome) home = lanyard_home_ref (request->home);

  if (request->file == NULL && request->format == LANYARD_EXPORT_PEOPLE)
    lanyard_report_sort_people (request->report);
  if (request->file == NULL)
    request->file = lanyard_report_file_write (request->report, request->path, request->format,
                                               &request->error);
  else
    request->kept = lanyard_report_file_keep (request->file, &request->error);
  lanyard_home_post (home, do_written, request, free_request);
  return NULL;
}

static void
start_worker (Request *request)
{
  g_thread_unref (g_thread_new ("export", run_worker, request));
}

static Request *
copy_request (Request *request)
{
  Request *copy = g_memdup2 (request, sizeof *request);

  memset (request, 0, sizeof *request);
  request->home = lanyard_home_ref (copy->home);
  request->report = lanyard_report_ref (copy->report);
  return copy;
}

static guint
count_rows (const LanyardReport *report)
{
  if (report->shift != NULL)
    return report->shift->rows->len;
  return report->people != NULL ? report->people->len : report->rows->len;
}

/* On the desk's thread: a worker is done. */
static void
do_written (gpointer object, gpointer data)
{
  LanyardDesk *desk = object;
  Request *request = data;
  LanyardExport *export;
  GError *error = NULL;

  if (request->error != NULL)
    {
      fail (desk, request, g_steal_pointer (&request->error));
      return;
    }
  if (!request->kept)
    {
      if (lanyard_session_record_export (desk->session, request->report->staff, request->format,
                                         count_rows (request->report), request->report->names,
                                         &error))
        start_worker (copy_request (request));
      else
        fail (desk, request, error);
      return;
    }
  desk->exporting = FALSE;
  export = g_new0 (LanyardExport, 1);
  export->path = g_strdup (request->path);
  export->n_rows = count_rows (request->report);
  g_task_return_pointer (request->task, export, free_export);
  g_clear_object (&request->task);
}

/* --- gathering --- */

static void
look_up (LanyardDesk *desk, const Request *request, LanyardReportRow *row)
{
  const char *number = row->row->number;
  g_autoptr (LanyardEntry) entry = NULL;

  row->disputed = number != NULL && g_hash_table_contains (request->disputed, number);
  if (!request->report->names || number == NULL)
    return;
  entry = lanyard_directory_lookup (desk->directory, LANYARD_LOOKUP_NUMBER, number, NULL);
  row->name = entry != NULL ? g_strdup (entry->print_name) : NULL;
}

typedef struct
{
  LanyardDesk *desk;
  Request *request; /* owned (nullable) */
} Gathering;

static void
free_gathering (gpointer data)
{
  Gathering *gathering = data;

  g_clear_pointer (&gathering->request, free_request);
  g_free (gathering);
}

/* Everybody who may collect, whose rows are all opened for that: a million take their time. */
static gboolean
gather_people (Gathering *gathering)
{
  LanyardDesk *desk = gathering->desk;
  Request *request = gathering->request;
  GError *error = NULL;

  if (lanyard_desk_list_people (desk, request->report, &request->walk, &error))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&desk->exporter, g_source_unref);
  fail (desk, request, error);
  return G_SOURCE_REMOVE;
}

static gboolean
on_gather (gpointer user_data)
{
  Gathering *gathering = user_data;
  Request *request = gathering->request;
  LanyardDesk *desk = gathering->desk;
  GPtrArray *rows = request->report->rows;
  guint end = MIN (request->n_gathered + GATHER_ROWS, rows->len);

  if (request->format == LANYARD_EXPORT_PEOPLE && !request->walk.over)
    return gather_people (gathering);
  for (; request->n_gathered < end; request->n_gathered++)
    look_up (desk, request, g_ptr_array_index (rows, request->n_gathered));
  if (request->n_gathered < rows->len)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&desk->exporter, g_source_unref);
  start_worker (g_steal_pointer (&gathering->request));
  return G_SOURCE_REMOVE;
}

static void
start_gathering (LanyardDesk *desk, Request *request)
{
  Gathering *gathering = g_new0 (Gathering, 1);

  gathering->desk = desk;
  gathering->request = request;
  desk->exporting = TRUE;
  desk->exporter = g_idle_source_new ();
  g_source_set_priority (desk->exporter, G_PRIORITY_LOW);
  g_source_set_callback (desk->exporter, on_gather, gathering, free_gathering);
  g_source_attach (desk->exporter, g_main_context_get_thread_default ());
}

static void
copy_rows (LanyardReport *report, LanyardDay *day, GHashTable *disputed, gint64 acknowledged)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  LanyardDayQuery query = { .oldest_first = TRUE, .max = G_MAXUINT };

  lanyard_day_find (day, &query, rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const LanyardDayRow *row = g_ptr_array_index (rows, i);

      lanyard_report_add (report, lanyard_day_row_copy (row))->waits = row->position > acknowledged;
    }
  report->disputed = g_hash_table_size (disputed);
}

static void
count_stock (LanyardDesk *desk, LanyardReport *report)
{
  LanyardShift *shift = lanyard_journal_get_shift (desk->journal, NULL);
  GPtrArray *counts = shift != NULL ? lanyard_shift_get_counts (shift) : NULL;

  for (guint i = 0; counts != NULL && i < counts->len; i++)
    g_ptr_array_add (report->stock, lanyard_shift_count_copy (g_ptr_array_index (counts, i)));
  report->closed_us = shift != NULL ? lanyard_shift_get_closed_us (shift) : 0;
}

static void
label_categories (LanyardDesk *desk, LanyardReport *report)
{
  for (guint i = 0; i < report->tally.n_categories; i++)
    {
      const char *code = report->tally.categories[i].code;

      if (code != NULL)
        g_hash_table_insert (report->labels, g_strdup (code),
                             g_strdup (lanyard_pack_get_label (desk->pack, LANYARD_CODES_CATEGORY,
                                                               code, report->language)));
    }
}

static void
fill_report (LanyardDesk *desk, Request *request, LanyardDay *day)
{
  g_auto (LanyardIdentity) identity = { 0 };
  LanyardReport *report = request->report;
  gint64 acknowledged = lanyard_journal_get_acknowledged_position (desk->journal);

  lanyard_journal_get_identity (desk->journal, &identity);
  report->event = g_strdup (lanyard_pack_get_event_name (desk->pack, report->language));
  report->venue = g_strdup (lanyard_pack_get_label (desk->pack, LANYARD_CODES_VENUE,
                                                    desk->config->venue, report->language));
  report->desk = g_strdup (desk->config->name);
  report->device = identity.device;
  report->staff = g_strdup (lanyard_session_get_supervisor (desk->session));
  report->zone = g_time_zone_ref (lanyard_pack_get_time_zone (desk->pack));
  report->began_us = lanyard_day_get_since_us (day);
  report->made_us = lanyard_clock_wall_us (desk->clock);
  request->disputed = lanyard_desk_find_disputed (desk, day);
  copy_rows (report, day, request->disputed, acknowledged);
  lanyard_day_tally (day, report->made_us, &report->tally);
  label_categories (desk, report);
  count_stock (desk, report);
  report->all = lanyard_day_count_all (day);
  report->collected = lanyard_day_count_collected (day);
  report->unprinted = lanyard_day_count_unprinted (day);
  report->voided = lanyard_day_count_void (day);
  report->waiting = lanyard_day_count_waiting (day, acknowledged);
  report->median_s = lanyard_day_get_median_s (day);
  report->epoch = identity.epoch;
  if (request->path == NULL)
    request->path = lanyard_report_dup_path (report, desk->config->exports_folder,
                                             desk->config->venue, request->format);
}

/* The shift that was closed last, and how much of all there is the hub does not have. Nothing in it
 * is about one person. */
static gboolean
fill_shift (LanyardDesk *desk, Request *request, GError **error)
{
  LanyardReport *report = request->report;
  LanyardOutbox outbox;

  if (request->format != LANYARD_EXPORT_SHIFT)
    return TRUE;
  lanyard_journal_get_outbox (desk->journal, &outbox);
  g_ptr_array_set_size (report->rows, 0);
  report->names = FALSE;
  report->waiting = (guint)MIN (outbox.pending, G_MAXUINT);
  report->key = lanyard_key_ref (desk->key);
  report->shift = lanyard_journal_summarise_shift (desk->journal, error);
  return report->shift != NULL;
}

/* --- the question --- */

static GError *
find_objection (LanyardDesk *desk, const Request *request)
{
  if (lanyard_session_get_supervisor (desk->session) == NULL)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                        "Only a supervisor may export the day; sign in as one first.");
  if (request->path == NULL && desk->config->exports_folder == NULL)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_USAGE,
                        "This desk has no folder for exports; set folder under [exports] in %s.",
                        desk->config->path != NULL ? desk->config->path : "its configuration");
  if (desk->exporting)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_BUSY,
                        "The day is being exported already; wait until that is done.");
  if (request->format == LANYARD_EXPORT_SHIFT && desk->key == NULL)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                        "This desk has no key to sign a report with; enrol it first.");
  if (lanyard_journal_get_day (desk->journal) == NULL || desk->day_reader != NULL)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_STATE,
                        "The records of the day are still being read; try again in a moment.");
  return NULL;
}

/* On the desk's thread. */
static void
do_export (gpointer object, gpointer data)
{
  LanyardDesk *desk = object;
  Request *request = data;
  GError *error;

  if (g_task_return_error_if_cancelled (request->task))
    {
      g_clear_object (&request->task);
      return;
    }
  error = find_objection (desk, request);
  if (error != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&request->task);

      g_task_return_error (task, error);
      return;
    }
  request = copy_request (request);
  fill_report (desk, request, lanyard_journal_get_day (desk->journal));
  error = NULL;
  if (!fill_shift (desk, request, &error))
    {
      fail (desk, request, error);
      free_request (request);
      return;
    }
  start_gathering (desk, request);
}

void
lanyard_desk_export_day_async (LanyardDesk *desk,
                               const LanyardExportAsk *ask,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Request *request;

  g_return_if_fail (desk != NULL && ask != NULL);
  g_return_if_fail (lanyard_export_format_to_string (ask->format) != NULL);

  request = g_new0 (Request, 1);
  request->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (request->task, lanyard_desk_export_day_async);
  request->home = lanyard_home_ref (desk->home);
  request->format = ask->format;
  request->path = g_strdup (ask->path);
  request->report = lanyard_report_new ();
  request->report->names = ask->names;
  request->report->language = g_strdup (ask->language != NULL ? ask->language : "en");
  request->report->from_right = ask->from_right;
  request->report->by_organisation = ask->by_organisation;
  request->report->words = g_strdupv (ask->words);
  lanyard_home_post (desk->home, do_export, request, free_request);
}

LanyardExport *
lanyard_desk_export_day_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lanyard_export_free (LanyardExport *export)
{
  if (export == NULL)
    return;
  g_free (export->path);
  g_free (export);
}
