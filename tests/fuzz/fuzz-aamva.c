/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Driving licences from anywhere. */

#include "lanyard-aamva.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize n_bytes);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize n_bytes)
{
  g_autoptr (LanyardAamva) aamva = lanyard_aamva_parse ((const char *)data, n_bytes, NULL);

  if (aamva != NULL)
    {
      g_assert (lanyard_aamva_looks_like ((const char *)data, n_bytes));
      g_assert (aamva->number[0] != '\0');
      g_assert (aamva->family[0] != '\0' || aamva->given[0] != '\0');
    }
  return 0;
}
