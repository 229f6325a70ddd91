/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Machine readable zones from anywhere: the first byte chooses how generous to be. */

#include "lanyard-mrz-marks.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize n_bytes);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize n_bytes)
{
  g_autoptr (LanyardMrz) mrz = NULL;
  LanyardMrzLive live;
  LanyardMrzMarks marks;
  const char *text = (const char *)data + 1;

  if (n_bytes == 0)
    return 0;
  mrz = lanyard_mrz_parse (text, n_bytes - 1, data[0] & 3, NULL);
  lanyard_mrz_live_check (text, n_bytes - 1, (data[0] >> 2) % 6 * 10, &live);
  lanyard_mrz_marks_make (text, n_bytes - 1, (data[0] >> 2) % 6 * 10, &marks);
  g_assert (marks.n_doubts <= LANYARD_MRZ_MAX_DOUBTS);
  g_assert (!marks.done || (marks.live.complete && !marks.live.misfit));
  /* What is valid has no place for another character and says so to whoever typed it. */
  if (mrz != NULL && mrz->valid && mrz->n_repairs == 0)
    {
      lanyard_mrz_live_check (text, n_bytes - 1, mrz->format, &live);
      g_assert (!live.misfit);
    }
  return 0;
}
