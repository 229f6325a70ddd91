/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the directory keeps aside because it was not understood, for supervisors. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include "lanyard-error.h"

/* What is under way to the desk. */
typedef struct
{
  GTask *task; /* owned (nullable): answered */
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  if (request->task != NULL)
    g_task_return_new_error (request->task, LANYARD_ERROR, LANYARD_ERROR_STATE,
                             "The desk is closing; nothing was listed.");
  g_clear_object (&request->task);
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
  GPtrArray *asides;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (lanyard_session_get_supervisor (desk->session) == NULL)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                               "Only supervisors may see what was kept aside; sign in as one.");
      return;
    }
  asides = lanyard_directory_list_asides (desk->directory, LANYARD_DESK_MAX_ASIDES, &error);
  if (asides != NULL)
    g_task_return_pointer (task, asides, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
lanyard_desk_list_asides_async (LanyardDesk *desk,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Request *request;

  g_return_if_fail (desk != NULL);

  request = g_new0 (Request, 1);
  request->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (request->task, lanyard_desk_list_asides_async);
  lanyard_home_post (desk->home, do_list, request, free_request);
}

GPtrArray *
lanyard_desk_list_asides_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
