/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the screen asks for goes to the desk, while there is one. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-desk-thread-private.h"

#include "lanyard-error.h"
#include "lanyard-examination.h"

static void
lanyard_desk_thread_input (LanyardControls *controls,
                           LanyardInput input,
                           guint64 question,
                           const char *serial)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_input (desk, input, question, serial);
}

static void
lanyard_desk_thread_scan (LanyardControls *controls, LanyardScan *scan)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_scan (desk, scan);
  else
    {
      lanyard_scan_free (scan);
      lanyard_desk_thread_refuse (LANYARD_DESK_THREAD (controls));
    }
}

static void
lanyard_desk_thread_type_number (LanyardControls *controls, const char *text)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_type_number (desk, text);
  else
    lanyard_desk_thread_refuse (LANYARD_DESK_THREAD (controls));
}

static void
lanyard_desk_thread_set_language (LanyardControls *controls, const char *language)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_set_language (desk, language);
}

static void
lanyard_desk_thread_sign_in (LanyardControls *controls, const char *number, const char *pin)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_sign_in_as (desk, number, pin);
}

static void
lanyard_desk_thread_ask_badge (LanyardControls *controls, gboolean ask)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_ask_badge (desk, ask);
}

static void
lanyard_desk_thread_open_person (LanyardControls *controls, const char *number)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_open_person (desk, number);
}

static void
lanyard_desk_thread_act (LanyardControls *controls, const LanyardStaffAction *action)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_act (desk, action);
}

static void
lanyard_desk_thread_give_photo (LanyardControls *controls, guint64 question, GBytes *photo)
{
  LanyardDesk *desk = lanyard_desk_thread_touch (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_give_photo (desk, question, photo);
}

static void
lanyard_desk_thread_search_async (LanyardControls *controls,
                                  const char *query,
                                  guint max,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  LanyardDesk *desk = lanyard_desk_thread_get_desk (LANYARD_DESK_THREAD (controls));

  lanyard_desk_search_async (desk, query, max, cancellable, callback, user_data);
}

static GPtrArray *
lanyard_desk_thread_search_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return lanyard_desk_search_finish (result, error);
}

static void
lanyard_desk_thread_list_day_async (LanyardControls *controls,
                                    const LanyardDayAsk *ask,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  LanyardDesk *desk = lanyard_desk_thread_get_desk (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_list_day_async (desk, ask, cancellable, callback, user_data);
  else
    g_task_report_new_error (NULL, callback, user_data, lanyard_desk_thread_list_day_async,
                             LANYARD_ERROR, LANYARD_ERROR_STATE, "The desk is not open.");
}

static LanyardDayPart *
lanyard_desk_thread_list_day_finish (LanyardControls *controls,
                                     GAsyncResult *result,
                                     GError **error)
{
  return lanyard_desk_list_day_finish (result, error);
}

static void
lanyard_desk_thread_list_past_async (LanyardControls *controls,
                                     const char *number,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  LanyardDesk *desk = lanyard_desk_thread_get_desk (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_list_past_async (desk, number, cancellable, callback, user_data);
  else
    g_task_report_new_error (NULL, callback, user_data, lanyard_desk_thread_list_past_async,
                             LANYARD_ERROR, LANYARD_ERROR_STATE, "The desk is not open.");
}

static LanyardPersonPast *
lanyard_desk_thread_list_past_finish (LanyardControls *controls,
                                      GAsyncResult *result,
                                      GError **error)
{
  return lanyard_desk_list_past_finish (result, error);
}

static void
lanyard_desk_thread_list_waiting_async (LanyardControls *controls,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  LanyardDesk *desk = lanyard_desk_thread_get_desk (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_list_waiting_async (desk, cancellable, callback, user_data);
  else
    g_task_report_new_error (NULL, callback, user_data, lanyard_desk_thread_list_waiting_async,
                             LANYARD_ERROR, LANYARD_ERROR_STATE, "The desk is not open.");
}

static GPtrArray *
lanyard_desk_thread_list_waiting_finish (LanyardControls *controls,
                                         GAsyncResult *result,
                                         GError **error)
{
  return lanyard_desk_list_waiting_finish (result, error);
}

static void
lanyard_desk_thread_list_asides_async (LanyardControls *controls,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  LanyardDesk *desk = lanyard_desk_thread_get_desk (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_list_asides_async (desk, cancellable, callback, user_data);
  else
    g_task_report_new_error (NULL, callback, user_data, lanyard_desk_thread_list_asides_async,
                             LANYARD_ERROR, LANYARD_ERROR_STATE, "The desk is not open.");
}

static GPtrArray *
lanyard_desk_thread_list_asides_finish (LanyardControls *controls,
                                        GAsyncResult *result,
                                        GError **error)
{
  return lanyard_desk_list_asides_finish (result, error);
}

static void
lanyard_desk_thread_export_day_async (LanyardControls *controls,
                                      const LanyardExportAsk *ask,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  LanyardDesk *desk = lanyard_desk_thread_get_desk (LANYARD_DESK_THREAD (controls));

  if (desk != NULL)
    lanyard_desk_export_day_async (desk, ask, cancellable, callback, user_data);
  else
    g_task_report_new_error (NULL, callback, user_data, lanyard_desk_thread_export_day_async,
                             LANYARD_ERROR, LANYARD_ERROR_STATE, "The desk is not open.");
}

static LanyardExport *
lanyard_desk_thread_export_day_finish (LanyardControls *controls,
                                       GAsyncResult *result,
                                       GError **error)
{
  return lanyard_desk_export_day_finish (result, error);
}

static void
lanyard_desk_thread_examine_async (LanyardControls *controls,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  lanyard_examine_async (NULL, lanyard_desk_thread_get_path (LANYARD_DESK_THREAD (controls)),
                         cancellable, callback, user_data);
}

static GPtrArray *
lanyard_desk_thread_examine_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return lanyard_examine_finish (result, error);
}

void
lanyard_desk_thread_init_controls (LanyardControlsInterface *iface)
{
  iface->input = lanyard_desk_thread_input;
  iface->scan = lanyard_desk_thread_scan;
  iface->type_number = lanyard_desk_thread_type_number;
  iface->set_language = lanyard_desk_thread_set_language;
  iface->sign_in = lanyard_desk_thread_sign_in;
  iface->ask_badge = lanyard_desk_thread_ask_badge;
  iface->open_person = lanyard_desk_thread_open_person;
  iface->act = lanyard_desk_thread_act;
  iface->give_photo = lanyard_desk_thread_give_photo;
  iface->search_async = lanyard_desk_thread_search_async;
  iface->search_finish = lanyard_desk_thread_search_finish;
  iface->list_day_async = lanyard_desk_thread_list_day_async;
  iface->list_day_finish = lanyard_desk_thread_list_day_finish;
  iface->list_past_async = lanyard_desk_thread_list_past_async;
  iface->list_past_finish = lanyard_desk_thread_list_past_finish;
  iface->list_waiting_async = lanyard_desk_thread_list_waiting_async;
  iface->list_waiting_finish = lanyard_desk_thread_list_waiting_finish;
  iface->list_asides_async = lanyard_desk_thread_list_asides_async;
  iface->list_asides_finish = lanyard_desk_thread_list_asides_finish;
  iface->export_day_async = lanyard_desk_thread_export_day_async;
  iface->export_day_finish = lanyard_desk_thread_export_day_finish;
  iface->examine_async = lanyard_desk_thread_examine_async;
  iface->examine_finish = lanyard_desk_thread_examine_finish;
}
