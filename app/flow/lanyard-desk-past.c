/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What happened with one person, and who waits: for staff. Both come from the records of this desk;
 * names and what staff wrote come from what is sealed, for what is shown and for nothing else.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include "lanyard-error.h"
#include "lanyard-secret.h"

/* Read at a time, behind everything else: some ms. */
#define READ_RECORDS 200
/* Records about one person that are read for an answer. A badge has two, a reissue three. */
#define MAX_RECORDS 200

/* What is under way to the desk. */
typedef struct
{
  GTask *task;  /* (nullable): answered */
  char *number; /* (nullable): of whom; NULL: who waits is asked for */
} Request;

static gboolean
on_read (gpointer user_data)
{
  LanyardDesk *desk = user_data;
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;

  if (lanyard_journal_read_past (desk->journal, READ_RECORDS, &complete, &error) && !complete)
    return G_SOURCE_CONTINUE;
  if (error != NULL)
    g_message ("What happened with each person is not known: %s", error->message);
  g_clear_pointer (&desk->past_reader, g_source_unref);
  lanyard_desk_update_status (desk);
  return G_SOURCE_REMOVE;
}

void
lanyard_desk_read_past (LanyardDesk *desk)
{
  desk->past_reader = g_idle_source_new ();
  g_source_set_priority (desk->past_reader, G_PRIORITY_LOW);
  g_source_set_callback (desk->past_reader, on_read, desk, NULL);
  g_source_attach (desk->past_reader, g_main_context_get_thread_default ());
}

static LanyardEntry *
look_up (LanyardDesk *desk, const char *number)
{
  return number != NULL
             ? lanyard_directory_lookup (desk->directory, LANYARD_LOOKUP_NUMBER, number, NULL)
             : NULL;
}

/* A note of another desk, or of a vault key that this one had before, says nothing here. */
static void
open_note (LanyardDesk *desk, const char *number, LanyardPastLine *line)
{
  g_autoptr (GError) error = NULL;

  if (line->sealed == NULL)
    return;
  line->text = lanyard_directory_open_note (desk->directory, number, line->sealed, &error);
  if (line->text == NULL)
    g_debug ("%s", error->message);
}

static gboolean
is_known (GPtrArray *lines, const char *serial)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (((const LanyardPastLine *)g_ptr_array_index (lines, i))->serial, serial) == 0)
      return TRUE;
  return FALSE;
}

static LanyardPastLine *
make_elsewhere (const char *serial, gint64 at_us, const char *venue)
{
  LanyardPastLine *line = lanyard_past_line_new (LANYARD_PAST_ELSEWHERE);

  line->serial = g_strdup (serial);
  line->at_us = at_us;
  line->place = g_strdup (venue);
  return line;
}

/* What the directory knows of badges that other desks handed out. When that was is known of those
 * that are in dispute alone; all of them come last. */
static void
add_elsewhere (const LanyardEntry *entry, GPtrArray *lines)
{
  const LanyardDispute *dispute = entry->dispute;

  for (guint i = 0; dispute != NULL && i < dispute->sides->len; i++)
    {
      const LanyardSide *side = g_ptr_array_index (dispute->sides, i);

      if (!is_known (lines, side->serial))
        g_ptr_array_add (lines, make_elsewhere (side->serial, side->out_us, side->venue));
    }
  if (entry->issued.open_badges > 0 && entry->issued.last_serial != NULL
      && !is_known (lines, entry->issued.last_serial))
    g_ptr_array_add (lines, make_elsewhere (entry->issued.last_serial, 0, NULL));
}

static LanyardPersonPast *
make_past (LanyardDesk *desk, const char *number, GError **error)
{
  g_autoptr (LanyardEntry) entry = look_up (desk, number);
  g_autoptr (LanyardPersonPast) past = lanyard_person_past_new (number);
  GPtrArray *lines
      = lanyard_journal_list_past (desk->journal, number, MAX_RECORDS, &past->complete, error);

  if (lines == NULL)
    return NULL;
  g_ptr_array_unref (past->lines);
  past->lines = lines;
  past->now_us = lanyard_clock_wall_us (desk->clock);
  past->more = lines->len > LANYARD_PERSON_PAST_MAX_LINES;
  if (past->more)
    g_ptr_array_set_size (lines, LANYARD_PERSON_PAST_MAX_LINES);
  for (guint i = 0; i < lines->len; i++)
    open_note (desk, number, g_ptr_array_index (lines, i));
  if (entry != NULL && !past->more)
    add_elsewhere (entry, lines);
  return g_steal_pointer (&past);
}

static void
free_wait_line (gpointer line)
{
  lanyard_wait_line_free (line);
}

/* A supervisor sees first who waits for one. */
static void
add_waits (LanyardDesk *desk, GPtrArray *waits, gboolean supervisor, GPtrArray *lines)
{
  for (guint i = 0; i < waits->len; i++)
    {
      const LanyardWait *wait = g_ptr_array_index (waits, i);
      g_autoptr (LanyardEntry) entry = NULL;

      if (wait->supervisor != supervisor)
        continue;
      entry = look_up (desk, wait->number);
      g_ptr_array_add (lines, lanyard_wait_line_new (lanyard_wait_copy (wait),
                                                     entry != NULL ? entry->print_name : NULL));
    }
}

static GPtrArray *
make_waits (LanyardDesk *desk)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_wait_line);
  LanyardWaiting *waiting = lanyard_journal_get_waiting (desk->journal);
  gboolean first = lanyard_session_get_supervisor (desk->session) != NULL;

  if (waiting == NULL)
    return lines;
  add_waits (desk, lanyard_waiting_get_waits (waiting), first, lines);
  add_waits (desk, lanyard_waiting_get_waits (waiting), !first, lines);
  return lines;
}

static void
free_past (gpointer past)
{
  lanyard_person_past_free (past);
}

static void
free_request (gpointer data)
{
  Request *request = data;

  if (request->task != NULL)
    g_task_return_new_error (request->task, LANYARD_ERROR, LANYARD_ERROR_STATE,
                             "The desk is closing; nothing was listed.");
  g_clear_object (&request->task);
  lanyard_secret_free (request->number);
  g_free (request);
}

/* On the desk's thread. */
static void
do_list (gpointer object, gpointer data)
{
  LanyardDesk *desk = object;
  Request *request = data;
  g_autoptr (GTask) task = g_steal_pointer (&request->task);
  GError *error = NULL;
  LanyardPersonPast *past;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!lanyard_session_is_staff (desk->session))
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                               "Only staff may see what happened with people; sign in first.");
      return;
    }
  if (request->number == NULL)
    {
      g_task_return_pointer (task, make_waits (desk), (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  past = make_past (desk, request->number, &error);
  if (past != NULL)
    g_task_return_pointer (task, past, free_past);
  else
    g_task_return_error (task, error);
}

static void
post (LanyardDesk *desk, GTask *task, const char *number)
{
  Request *request = g_new0 (Request, 1);

  request->task = task;
  request->number = g_strdup (number);
  lanyard_home_post (desk->home, do_list, request, free_request);
}

void
lanyard_desk_list_past_async (LanyardDesk *desk,
                              const char *number,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (desk != NULL && number != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_desk_list_past_async);
  post (desk, task, number);
}

LanyardPersonPast *
lanyard_desk_list_past_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lanyard_desk_list_waiting_async (LanyardDesk *desk,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (desk != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_desk_list_waiting_async);
  post (desk, task, NULL);
}

GPtrArray *
lanyard_desk_list_waiting_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
