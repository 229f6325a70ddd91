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
  g_signal_new ("hint", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

const char *
lanyard_hint_to_string (LanyardHint hint)
{
  switch (hint)
    {
    case LANYARD_HINT_NONE:
      return "none";
    case LANYARD_HINT_CLOSER:
      return "closer";
    case LANYARD_HINT_FARTHER:
      return "farther";
    case LANYARD_HINT_HOLD_STILL:
      return "hold-still";
    case LANYARD_HINT_LESS_GLARE:
      return "less-glare";
    case LANYARD_HINT_MORE_LIGHT:
      return "more-light";
    case LANYARD_HINT_NO_PICTURE:
      return "no-picture";
    }
  g_return_val_if_reached ("none");
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

LanyardHint
lanyard_scanner_get_hint (LanyardScanner *self)
{
  g_return_val_if_fail (LANYARD_IS_SCANNER (self), LANYARD_HINT_NONE);

  if (LANYARD_SCANNER_GET_IFACE (self)->get_hint == NULL)
    return LANYARD_HINT_NONE;
  return LANYARD_SCANNER_GET_IFACE (self)->get_hint (self);
}

void
lanyard_scanner_set_asked (LanyardScanner *self, gboolean asked)
{
  g_return_if_fail (LANYARD_IS_SCANNER (self));

  if (LANYARD_SCANNER_GET_IFACE (self)->set_asked != NULL)
    LANYARD_SCANNER_GET_IFACE (self)->set_asked (self, asked);
}
