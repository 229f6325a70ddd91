/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-picture.h"
#include "lanyard-line-reader.h"

/* What an input may cost. */
#define MAX_STEPS 120

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  guint *sum = user_data;

  for (gsize i = 0; i < found->n_bytes; i++)
    *sum += found->data[i];
}

static LanyardLineDepth
depth_of (guint8 options)
{
  if (options % 32 == 0)
    return LANYARD_LINE_DEEP;
  return options & 2 ? LANYARD_LINE_LOCATED : LANYARD_LINE_ACROSS;
}

/* As fuzz-line, with pixels that are the input's own: see fuzz-picture.h. The deepest is one input
 * in 32, because it takes as long as all others. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardLineReader *reader;
  g_auto (FuzzPicture) picture = { 0 };
  LanyardWork work = { 0, MAX_STEPS };
  guint sum = 0;

  if (!fuzz_picture_init (&picture, data, n_bytes))
    return 0;
  if (reader == NULL)
    reader = lanyard_line_reader_new (lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL));
  lanyard_line_reader_begin (reader, &picture.plane, depth_of (picture.options));
  lanyard_line_reader_step (reader, &work, on_found, &sum);
  return 0;
}
