/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The desk as other threads see it: inputs are posted to the desk's thread and done there in their
 * order; views and statuses are posted to the thread of each listener.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-error.h"

/* One listener; held by the desk and by every message that is under way to it. */
typedef struct
{
  gatomicrefcount n_refs;
  LanyardHome *home; /* of the listener's thread */
  LanyardViewFunc view_func;
  LanyardStatusFunc status_func;
  gpointer user_data;
  int closed; /* (atomic): the desk is gone, tell nothing more */
} Listener;

/* What is under way to a listener: one of both. */
typedef struct
{
  Listener *listener;
  LanyardView *view;         /* owned (nullable) */
  LanyardDeskStatus *status; /* owned (nullable) */
} News;

/* What is under way to the desk. Text may be a PIN or a number: wiped when freed. */
typedef struct
{
  LanyardInput input;
  guint64 question;
  char *text;        /* (nullable) */
  char *number;      /* (nullable): staff number, with a PIN as text */
  LanyardScan *scan; /* (nullable) */
  GBytes *photo;     /* (nullable) */
} Message;

typedef struct
{
  GTask *task;
  char *query;
  guint max;
} Search;

static Listener *
listener_ref (Listener *listener)
{
  g_atomic_ref_count_inc (&listener->n_refs);
  return listener;
}

static void
listener_unref (gpointer data)
{
  Listener *listener = data;

  if (!g_atomic_ref_count_dec (&listener->n_refs))
    return;
  lanyard_home_unref (listener->home);
  g_free (listener);
}

static void
free_news (gpointer data)
{
  News *news = data;

  g_clear_pointer (&news->view, lanyard_view_unref);
  if (news->status != NULL)
    lanyard_desk_status_clear (news->status);
  g_free (news->status);
  listener_unref (news->listener);
  g_free (news);
}

static void
free_message (gpointer data)
{
  Message *message = data;

  if (message->text != NULL)
    sodium_memzero (message->text, strlen (message->text));
  g_free (message->text);
  g_free (message->number);
  g_clear_pointer (&message->scan, lanyard_scan_free);
  g_clear_pointer (&message->photo, g_bytes_unref);
  g_free (message);
}

static void
free_action (gpointer data)
{
  lanyard_staff_action_free (data);
}

static void
free_search (gpointer data)
{
  Search *search = data;

  if (search->task != NULL)
    g_task_return_new_error (search->task, LANYARD_ERROR, LANYARD_ERROR_STATE,
                             "The desk is closing; the search was not done.");
  g_clear_object (&search->task);
  sodium_memzero (search->query, strlen (search->query));
  g_free (search->query);
  g_free (search);
}

static void
free_hits (gpointer data)
{
  g_ptr_array_unref (data);
}

/* On the listener's thread. */
static void
deliver (gpointer object, gpointer data)
{
  News *news = data;
  Listener *listener = news->listener;

  if (g_atomic_int_get (&listener->closed))
    return;
  if (news->view != NULL && listener->view_func != NULL)
    listener->view_func (news->view, listener->user_data);
  if (news->status != NULL && listener->status_func != NULL)
    listener->status_func (news->status, listener->user_data);
}

static void
send_view (Listener *listener, LanyardView *view)
{
  News *news = g_new0 (News, 1);

  news->listener = listener_ref (listener);
  news->view = lanyard_view_ref (view);
  lanyard_home_post (listener->home, deliver, news, free_news);
}

static void
send_status (Listener *listener, const LanyardDeskStatus *status)
{
  News *news = g_new0 (News, 1);

  news->listener = listener_ref (listener);
  news->status = g_new0 (LanyardDeskStatus, 1);
  lanyard_desk_status_copy_into (news->status, status);
  lanyard_home_post (listener->home, deliver, news, free_news);
}

/* The rest of these run on the desk's thread. */

static void
do_listen (gpointer object, gpointer data)
{
  LanyardDesk *desk = object;
  Listener *listener = data;

  g_ptr_array_add (desk->listeners, listener_ref (listener));
  send_status (listener, &desk->status);
  send_view (listener, lanyard_session_get_view (desk->session));
}

static void
do_input (gpointer object, gpointer data)
{
  const Message *message = data;

  lanyard_session_input (((LanyardDesk *)object)->session, message->input, message->question,
                         message->text);
}

static void
do_scan (gpointer object, gpointer data)
{
  lanyard_desk_take_scan (object, ((Message *)data)->scan);
}

static void
do_type_number (gpointer object, gpointer data)
{
  lanyard_session_type_number (((LanyardDesk *)object)->session, ((Message *)data)->text);
}

static void
do_set_language (gpointer object, gpointer data)
{
  lanyard_session_set_language (((LanyardDesk *)object)->session, ((Message *)data)->text);
}

static void
do_sign_in (gpointer object, gpointer data)
{
  const Message *message = data;

  lanyard_session_sign_in_as (((LanyardDesk *)object)->session, message->number, message->text);
}

static void
do_ask_badge (gpointer object, gpointer data)
{
  lanyard_session_ask_badge (((LanyardDesk *)object)->session, *((Message *)data)->text != '\0');
}

static void
do_open_person (gpointer object, gpointer data)
{
  lanyard_session_open_person (((LanyardDesk *)object)->session, ((Message *)data)->text);
}

static void
do_act (gpointer object, gpointer data)
{
  lanyard_session_act (((LanyardDesk *)object)->session, data);
}

static void
do_give_photo (gpointer object, gpointer data)
{
  const Message *message = data;

  lanyard_session_give_photo (((LanyardDesk *)object)->session, message->question, message->photo);
}

static void
do_search (gpointer object, gpointer data)
{
  LanyardDesk *desk = object;
  Search *search = data;
  g_autoptr (GTask) task = g_steal_pointer (&search->task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!lanyard_session_is_staff (desk->session))
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                             "Only staff may search; sign in first.");
  else
    g_task_return_pointer (task,
                           lanyard_directory_search (desk->directory, search->query, search->max),
                           free_hits);
}

static void
post (LanyardDesk *desk, LanyardHomeFunc func, const char *text, LanyardScan *scan)
{
  Message *message = g_new0 (Message, 1);

  message->text = g_strdup (text);
  message->scan = scan;
  lanyard_home_post (desk->home, func, message, free_message);
}

GPtrArray *
lanyard_desk_new_listeners (void)
{
  return g_ptr_array_new_with_free_func (listener_unref);
}

void
lanyard_desk_close_listeners (GPtrArray *listeners)
{
  for (guint i = 0; i < listeners->len; i++)
    g_atomic_int_set (&((Listener *)g_ptr_array_index (listeners, i))->closed, TRUE);
  g_ptr_array_unref (listeners);
}

void
lanyard_desk_tell_view (LanyardDesk *desk, LanyardView *view)
{
  for (guint i = 0; i < desk->listeners->len; i++)
    send_view (g_ptr_array_index (desk->listeners, i), view);
}

void
lanyard_desk_tell_status (LanyardDesk *desk)
{
  for (guint i = 0; i < desk->listeners->len; i++)
    send_status (g_ptr_array_index (desk->listeners, i), &desk->status);
}

void
lanyard_desk_listen (LanyardDesk *desk,
                     LanyardViewFunc view_func,
                     LanyardStatusFunc status_func,
                     gpointer user_data)
{
  Listener *listener = g_new0 (Listener, 1);

  g_return_if_fail (desk != NULL);

  g_atomic_ref_count_init (&listener->n_refs);
  listener->home = lanyard_home_new (listener);
  listener->view_func = view_func;
  listener->status_func = status_func;
  listener->user_data = user_data;
  lanyard_home_post (desk->home, do_listen, listener, listener_unref);
}

void
lanyard_desk_input (LanyardDesk *desk, LanyardInput input, guint64 question, const char *serial)
{
  Message *message;

  g_return_if_fail (desk != NULL);

  message = g_new0 (Message, 1);
  message->input = input;
  message->question = question;
  message->text = g_strdup (serial);
  lanyard_home_post (desk->home, do_input, message, free_message);
}

void
lanyard_desk_scan (LanyardDesk *desk, LanyardScan *scan)
{
  g_return_if_fail (desk != NULL && scan != NULL);

  post (desk, do_scan, NULL, scan);
}

void
lanyard_desk_type_number (LanyardDesk *desk, const char *text)
{
  g_return_if_fail (desk != NULL && text != NULL);

  post (desk, do_type_number, text, NULL);
}

void
lanyard_desk_set_language (LanyardDesk *desk, const char *language)
{
  g_return_if_fail (desk != NULL);

  post (desk, do_set_language, language, NULL);
}

void
lanyard_desk_sign_in (LanyardDesk *desk, const char *pin)
{
  lanyard_desk_sign_in_as (desk, NULL, pin);
}

void
lanyard_desk_sign_in_as (LanyardDesk *desk, const char *number, const char *pin)
{
  Message *message;

  g_return_if_fail (desk != NULL && pin != NULL);

  message = g_new0 (Message, 1);
  message->number = g_strdup (number);
  message->text = g_strdup (pin);
  lanyard_home_post (desk->home, do_sign_in, message, free_message);
}

void
lanyard_desk_ask_badge (LanyardDesk *desk, gboolean ask)
{
  g_return_if_fail (desk != NULL);

  post (desk, do_ask_badge, ask ? "ask" : "", NULL);
}

void
lanyard_desk_open_person (LanyardDesk *desk, const char *number)
{
  g_return_if_fail (desk != NULL && number != NULL);

  post (desk, do_open_person, number, NULL);
}

void
lanyard_desk_act (LanyardDesk *desk, const LanyardStaffAction *action)
{
  g_return_if_fail (desk != NULL && action != NULL);

  lanyard_home_post (desk->home, do_act, lanyard_staff_action_copy (action), free_action);
}

void
lanyard_desk_give_photo (LanyardDesk *desk, guint64 question, GBytes *photo)
{
  Message *message;

  g_return_if_fail (desk != NULL && photo != NULL);

  message = g_new0 (Message, 1);
  message->question = question;
  message->photo = g_bytes_ref (photo);
  lanyard_home_post (desk->home, do_give_photo, message, free_message);
}

void
lanyard_desk_search_async (LanyardDesk *desk,
                           const char *query,
                           guint max,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Search *search = g_new0 (Search, 1);

  g_return_if_fail (desk != NULL && query != NULL);

  search->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (search->task, lanyard_desk_search_async);
  search->query = g_strdup (query);
  search->max = max;
  lanyard_home_post (desk->home, do_search, search, free_search);
}

GPtrArray *
lanyard_desk_search_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
