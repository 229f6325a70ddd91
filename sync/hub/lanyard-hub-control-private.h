/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-cbor.h"
#include "lanyard-hub.h"

G_BEGIN_DECLS

#define LANYARD_HUB_CONTROL_HEAD_BYTES 4

/* @directory_fd: (out): to be closed when the address was used */
GSocketAddress *
_lanyard_hub_control_address (const char *directory, int *directory_fd, GError **error);
/* Returns: (transfer full): @message with its head */
GBytes *_lanyard_hub_control_frame (GBytes *message);
/* FALSE when it is nothing or more than the limit. */
gboolean _lanyard_hub_control_read_length (const guint8 *head, gsize *n_bytes);

/* One request: reads what follows its name to the end, and writes the whole answer. */
typedef gboolean (*LanyardHubControlCommand) (LanyardHub *hub,
                                              LanyardCborReader *reader,
                                              LanyardCborWriter *writer,
                                              GError **error);

/* Begins an answer that says that it is done. @n_more: items that follow */
void _lanyard_hub_control_write_ok (LanyardCborWriter *writer, gsize n_more);
/* Begins an answer of one list, whose items follow. */
void _lanyard_hub_control_write_rows (LanyardCborWriter *writer, GPtrArray *rows);

gboolean _lanyard_hub_control_import (LanyardHub *hub,
                                      LanyardCborReader *reader,
                                      LanyardCborWriter *writer,
                                      GError **error);
gboolean _lanyard_hub_control_preview (LanyardHub *hub,
                                       LanyardCborReader *reader,
                                       LanyardCborWriter *writer,
                                       GError **error);
gboolean _lanyard_hub_control_desks (LanyardHub *hub,
                                     LanyardCborReader *reader,
                                     LanyardCborWriter *writer,
                                     GError **error);
gboolean _lanyard_hub_control_revoke (LanyardHub *hub,
                                      LanyardCborReader *reader,
                                      LanyardCborWriter *writer,
                                      GError **error);
gboolean _lanyard_hub_control_asides (LanyardHub *hub,
                                      LanyardCborReader *reader,
                                      LanyardCborWriter *writer,
                                      GError **error);
gboolean _lanyard_hub_control_retry (LanyardHub *hub,
                                     LanyardCborReader *reader,
                                     LanyardCborWriter *writer,
                                     GError **error);
gboolean _lanyard_hub_control_dismiss (LanyardHub *hub,
                                       LanyardCborReader *reader,
                                       LanyardCborWriter *writer,
                                       GError **error);
gboolean _lanyard_hub_control_enrolments (LanyardHub *hub,
                                          LanyardCborReader *reader,
                                          LanyardCborWriter *writer,
                                          GError **error);
gboolean _lanyard_hub_control_resolve (LanyardHub *hub,
                                       LanyardCborReader *reader,
                                       LanyardCborWriter *writer,
                                       GError **error);
gboolean _lanyard_hub_control_disputed (LanyardHub *hub,
                                        LanyardCborReader *reader,
                                        LanyardCborWriter *writer,
                                        GError **error);
gboolean _lanyard_hub_control_records (LanyardHub *hub,
                                       LanyardCborReader *reader,
                                       LanyardCborWriter *writer,
                                       GError **error);
gboolean _lanyard_hub_control_badges (LanyardHub *hub,
                                      LanyardCborReader *reader,
                                      LanyardCborWriter *writer,
                                      GError **error);
gboolean _lanyard_hub_control_deed (LanyardHub *hub,
                                    LanyardCborReader *reader,
                                    LanyardCborWriter *writer,
                                    GError **error);
gboolean _lanyard_hub_control_deeds (LanyardHub *hub,
                                     LanyardCborReader *reader,
                                     LanyardCborWriter *writer,
                                     GError **error);

/* lanyard-hub-control-questions.c */
gboolean _lanyard_hub_control_questions (LanyardHub *hub,
                                         LanyardCborReader *reader,
                                         LanyardCborWriter *writer,
                                         GError **error);
gboolean _lanyard_hub_control_answer (LanyardHub *hub,
                                      LanyardCborReader *reader,
                                      LanyardCborWriter *writer,
                                      GError **error);

/* lanyard-hub-control-snapshot.c */
gboolean _lanyard_hub_control_snapshot (LanyardHub *hub,
                                        LanyardCborReader *reader,
                                        LanyardCborWriter *writer,
                                        GError **error);
gboolean _lanyard_hub_control_compact (LanyardHub *hub,
                                       LanyardCborReader *reader,
                                       LanyardCborWriter *writer,
                                       GError **error);

/* lanyard-hub-control-pack.c */
gboolean _lanyard_hub_control_edition (LanyardHub *hub,
                                       LanyardCborReader *reader,
                                       LanyardCborWriter *writer,
                                       GError **error);
gboolean _lanyard_hub_control_publish (LanyardHub *hub,
                                       LanyardCborReader *reader,
                                       LanyardCborWriter *writer,
                                       GError **error);

G_END_DECLS
