/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-zxing.h"

/* Stands for lanyard-zxing.cc in a build without libzxing: everything else works. */

gboolean
lanyard_zxing_is_built_in (void)
{
  return FALSE;
}

void
lanyard_zxing_read (const LanyardPlane *plane,
                    LanyardSymbologies formats,
                    LanyardZxingEffort effort,
                    guint max_symbols,
                    LanyardFoundFunc func,
                    gpointer user_data)
{
  g_return_if_fail (plane != NULL);
  g_return_if_fail (func != NULL);
}

void
lanyard_zxing_read_symbol (const LanyardPlane *plane, LanyardFoundFunc func, gpointer user_data)
{
  g_return_if_fail (plane != NULL);
  g_return_if_fail (func != NULL);
}
