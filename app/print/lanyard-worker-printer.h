/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-print-worker.h"

G_BEGIN_DECLS

/* A printer whose work a thread does, in the language that it speaks. A serial is sent once:
 * submitting it again is a programming error and does nothing, unless it has FAILED before. */
#define LANYARD_TYPE_WORKER_PRINTER (lanyard_worker_printer_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWorkerPrinter,
                      lanyard_worker_printer,
                      LANYARD,
                      WORKER_PRINTER,
                      GObject)

/**
 * lanyard_worker_printer_new:
 * @uri: what it is called until it says a name
 * @language, @self, @poll_ms, @watch_ms: as for lanyard_print_worker_new()
 *
 * Returns: (transfer full): in the GMainContext that is thread-default
 */
LanyardPrinter *lanyard_worker_printer_new (const char *uri,
                                            const LanyardPrintLanguage *language,
                                            gpointer self,
                                            guint poll_ms,
                                            guint watch_ms);

G_END_DECLS
