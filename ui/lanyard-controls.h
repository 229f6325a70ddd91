/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-desk.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_CONTROLS (lanyard_controls_get_type ())
G_DECLARE_INTERFACE (LanyardControls, lanyard_controls, LANYARD, CONTROLS, GObject)

/**
 * LanyardControlsInterface:
 *
 * All that a screen can ask for. The desk's thread implements it; so does a recorder in tests.
 * Every function is called on the screen's thread and returns at once; what comes of it arrives as
 * the next view.
 */
struct _LanyardControlsInterface
{
  GTypeInterface parent_iface;
  void (*input) (LanyardControls *self, LanyardInput input, guint64 question, const char *serial);
  void (*scan) (LanyardControls *self, LanyardScan *scan);
  void (*type_number) (LanyardControls *self, const char *text);
  void (*set_language) (LanyardControls *self, const char *language);
  void (*sign_in) (LanyardControls *self, const char *number, const char *pin);
  void (*ask_badge) (LanyardControls *self, gboolean ask);
  void (*open_person) (LanyardControls *self, const char *number);
  void (*act) (LanyardControls *self, const LanyardStaffAction *action);
  void (*give_photo) (LanyardControls *self, guint64 question, GBytes *photo);
  void (*search_async) (LanyardControls *self,
                        const char *query,
                        guint max,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  GPtrArray *(*search_finish) (LanyardControls *self, GAsyncResult *result, GError **error);
  void (*list_day_async) (LanyardControls *self,
                          const LanyardDayAsk *ask,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  LanyardDayPart *(*list_day_finish) (LanyardControls *self, GAsyncResult *result, GError **error);
  void (*list_past_async) (LanyardControls *self,
                           const char *number,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
  LanyardPersonPast *(*list_past_finish) (LanyardControls *self,
                                          GAsyncResult *result,
                                          GError **error);
  void (*list_waiting_async) (LanyardControls *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  GPtrArray *(*list_waiting_finish) (LanyardControls *self, GAsyncResult *result, GError **error);
  void (*list_asides_async) (LanyardControls *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
  GPtrArray *(*list_asides_finish) (LanyardControls *self, GAsyncResult *result, GError **error);
  void (*export_day_async) (LanyardControls *self,
                            const LanyardExportAsk *ask,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  LanyardExport *(*export_day_finish) (LanyardControls *self, GAsyncResult *result, GError **error);
  void (*examine_async) (LanyardControls *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  GPtrArray *(*examine_finish) (LanyardControls *self, GAsyncResult *result, GError **error);
};

/* @question: as for lanyard_desk_input(); pages use lanyard_screen_answer()
 * @serial: (nullable): likewise */
void lanyard_controls_input (LanyardControls *self,
                             LanyardInput input,
                             guint64 question,
                             const char *serial);
/* @scan: (transfer full) */
void lanyard_controls_scan (LanyardControls *self, LanyardScan *scan);
void lanyard_controls_type_number (LanyardControls *self, const char *text);
/* @language: BCP 47 */
void lanyard_controls_set_language (LanyardControls *self, const char *language);
/* @number: (nullable): staff number; NULL where one PIN is all that there is */
void lanyard_controls_sign_in (LanyardControls *self, const char *number, const char *pin);
/* A badge that is shown says who signs in, and begins no pickup; or no more. */
void lanyard_controls_ask_badge (LanyardControls *self, gboolean ask);
void lanyard_controls_open_person (LanyardControls *self, const char *number);
/* As lanyard_desk_act(). */
void lanyard_controls_act (LanyardControls *self, const LanyardStaffAction *action);
/* As lanyard_desk_give_photo(). */
void lanyard_controls_give_photo (LanyardControls *self, guint64 question, GBytes *photo);
void lanyard_controls_search_async (LanyardControls *self,
                                    const char *query,
                                    guint max,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Returns: (transfer full) (nullable) (element-type LanyardHit) */
GPtrArray *
lanyard_controls_search_finish (LanyardControls *self, GAsyncResult *result, GError **error);
/* As lanyard_desk_list_day_async(). */
void lanyard_controls_list_day_async (LanyardControls *self,
                                      const LanyardDayAsk *ask,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* Returns: (transfer full) (nullable) */
LanyardDayPart *
lanyard_controls_list_day_finish (LanyardControls *self, GAsyncResult *result, GError **error);
/* As lanyard_desk_list_past_async(). */
void lanyard_controls_list_past_async (LanyardControls *self,
                                       const char *number,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* Returns: (transfer full) (nullable) */
LanyardPersonPast *
lanyard_controls_list_past_finish (LanyardControls *self, GAsyncResult *result, GError **error);
/* As lanyard_desk_list_waiting_async(). */
void lanyard_controls_list_waiting_async (LanyardControls *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
/* Returns: (transfer full) (nullable) (element-type LanyardWaitLine) */
GPtrArray *
lanyard_controls_list_waiting_finish (LanyardControls *self, GAsyncResult *result, GError **error);
/* As lanyard_desk_list_asides_async(). */
void lanyard_controls_list_asides_async (LanyardControls *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Returns: (transfer full) (nullable) (element-type LanyardAside) */
GPtrArray *
lanyard_controls_list_asides_finish (LanyardControls *self, GAsyncResult *result, GError **error);
/* As lanyard_desk_export_day_async(). */
void lanyard_controls_export_day_async (LanyardControls *self,
                                        const LanyardExportAsk *ask,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Returns: (transfer full) (nullable) */
LanyardExport *
lanyard_controls_export_day_finish (LanyardControls *self, GAsyncResult *result, GError **error);
/* As lanyard_examine_async(), of this desk. */
void lanyard_controls_examine_async (LanyardControls *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full) (nullable) (element-type LanyardFact) */
GPtrArray *
lanyard_controls_examine_finish (LanyardControls *self, GAsyncResult *result, GError **error);

G_END_DECLS
