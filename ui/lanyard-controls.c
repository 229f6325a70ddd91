/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-controls.h"

G_DEFINE_INTERFACE (LanyardControls, lanyard_controls, G_TYPE_OBJECT)

static void
lanyard_controls_default_init (LanyardControlsInterface *iface)
{
}

void
lanyard_controls_input (LanyardControls *self,
                        LanyardInput input,
                        guint64 question,
                        const char *serial)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self));

  LANYARD_CONTROLS_GET_IFACE (self)->input (self, input, question, serial);
}

void
lanyard_controls_scan (LanyardControls *self, LanyardScan *scan)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self));

  LANYARD_CONTROLS_GET_IFACE (self)->scan (self, scan);
}

void
lanyard_controls_type_number (LanyardControls *self, const char *text)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && text != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->type_number (self, text);
}

void
lanyard_controls_set_language (LanyardControls *self, const char *language)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && language != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->set_language (self, language);
}

void
lanyard_controls_sign_in (LanyardControls *self, const char *number, const char *pin)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && pin != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->sign_in (self, number, pin);
}

void
lanyard_controls_ask_badge (LanyardControls *self, gboolean ask)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self));

  LANYARD_CONTROLS_GET_IFACE (self)->ask_badge (self, ask);
}

void
lanyard_controls_open_person (LanyardControls *self, const char *number)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && number != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->open_person (self, number);
}

void
lanyard_controls_act (LanyardControls *self, const LanyardStaffAction *action)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && action != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->act (self, action);
}

void
lanyard_controls_give_photo (LanyardControls *self, guint64 question, GBytes *photo)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && photo != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->give_photo (self, question, photo);
}

void
lanyard_controls_search_async (LanyardControls *self,
                               const char *query,
                               guint max,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && query != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->search_async (self, query, max, cancellable, callback,
                                                   user_data);
}

GPtrArray *
lanyard_controls_search_finish (LanyardControls *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONTROLS (self), NULL);

  return LANYARD_CONTROLS_GET_IFACE (self)->search_finish (self, result, error);
}

void
lanyard_controls_list_day_async (LanyardControls *self,
                                 const LanyardDayAsk *ask,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && ask != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->list_day_async (self, ask, cancellable, callback, user_data);
}

LanyardDayPart *
lanyard_controls_list_day_finish (LanyardControls *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONTROLS (self), NULL);

  return LANYARD_CONTROLS_GET_IFACE (self)->list_day_finish (self, result, error);
}

void
lanyard_controls_list_past_async (LanyardControls *self,
                                  const char *number,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && number != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->list_past_async (self, number, cancellable, callback,
                                                      user_data);
}

LanyardPersonPast *
lanyard_controls_list_past_finish (LanyardControls *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONTROLS (self), NULL);

  return LANYARD_CONTROLS_GET_IFACE (self)->list_past_finish (self, result, error);
}

void
lanyard_controls_list_waiting_async (LanyardControls *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self));

  LANYARD_CONTROLS_GET_IFACE (self)->list_waiting_async (self, cancellable, callback, user_data);
}

GPtrArray *
lanyard_controls_list_waiting_finish (LanyardControls *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONTROLS (self), NULL);

  return LANYARD_CONTROLS_GET_IFACE (self)->list_waiting_finish (self, result, error);
}

void
lanyard_controls_list_asides_async (LanyardControls *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self));

  LANYARD_CONTROLS_GET_IFACE (self)->list_asides_async (self, cancellable, callback, user_data);
}

GPtrArray *
lanyard_controls_list_asides_finish (LanyardControls *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONTROLS (self), NULL);

  return LANYARD_CONTROLS_GET_IFACE (self)->list_asides_finish (self, result, error);
}

void
lanyard_controls_export_day_async (LanyardControls *self,
                                   const LanyardExportAsk *ask,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self) && ask != NULL);

  LANYARD_CONTROLS_GET_IFACE (self)->export_day_async (self, ask, cancellable, callback, user_data);
}

LanyardExport *
lanyard_controls_export_day_finish (LanyardControls *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONTROLS (self), NULL);

  return LANYARD_CONTROLS_GET_IFACE (self)->export_day_finish (self, result, error);
}

void
lanyard_controls_examine_async (LanyardControls *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONTROLS (self));

  LANYARD_CONTROLS_GET_IFACE (self)->examine_async (self, cancellable, callback, user_data);
}

GPtrArray *
lanyard_controls_examine_finish (LanyardControls *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONTROLS (self), NULL);

  return LANYARD_CONTROLS_GET_IFACE (self)->examine_finish (self, result, error);
}
