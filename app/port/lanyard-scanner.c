/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-port"

#include "lanyard-scanner.h"

G_DEFINE_INTERFACE (LanyardScanner, lanyard_scanner, G_TYPE_OBJECT)

static void
lanyard_scanner_default_init (LanyardScannerInterface *iface)
{
  g_signal_new ("scanned", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("changed", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

gboolean
lanyard_scanner_start (LanyardScanner *self, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SCANNER (self), FALSE);

  return LANYARD_SCANNER_GET_IFACE (self)->start (self, error);
}

void
lanyard_scanner_stop (LanyardScanner *self)
{
  g_return_if_fail (LANYARD_IS_SCANNER (self));

  LANYARD_SCANNER_GET_IFACE (self)->stop (self);
}

const char *
lanyard_scanner_get_fault (LanyardScanner *self)
{
  g_return_val_if_fail (LANYARD_IS_SCANNER (self), NULL);

  return LANYARD_SCANNER_GET_IFACE (self)->get_fault (self);
}
