/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A printer that was found. A value. */
typedef struct
{
  char *uri;         /* for the configuration */
  char *name;        /* of the queue, or of the service on the network */
  char *model;       /* (nullable): make and model as it says itself */
  gboolean is_queue; /* of the print server; otherwise found on the network */
} LanyardFoundPrinter;

/* Most that are listed. */
#define LANYARD_PRINTER_MAX_FOUND 64

/**
 * lanyard_printer_discover:
 * @limit_ms: how long to listen on the network
 * @cancel: (nullable): set to 1 by a signal handler to end it
 *
 * Lists the queues of the print server that libcups finds, and IPP printers that say on the local
 * network that they are there (DNS-SD, RFC 6763, through avahi). Nothing is sent to the printers
 * but what it takes to find their addresses. Blocks.
 *
 * Returns: (transfer full) (element-type LanyardFoundPrinter)
 */
GPtrArray *lanyard_printer_discover (guint limit_ms, int *cancel);

/* Returns: whether somebody answers DNS-SD questions on this machine */
gboolean lanyard_printer_can_discover (void);

G_END_DECLS
