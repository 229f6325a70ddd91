/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-picture.h"
#include "lanyard-matrix-reader.h"

/* What an input may cost: a few corners. */
#define MAX_STEPS 120

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  guint *sum = user_data;

  for (gsize i = 0; i < found->n_bytes; i++)
    *sum += found->data[i];
}

/* As fuzz-matrix, with pixels that are the input's own: see fuzz-picture.h. The whole plane is
 * given to libzxing for one input in sixteen, because that takes as long as all others. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardMatrixReader *reader;
  g_auto (FuzzPicture) picture = { 0 };
  LanyardWork work = { 0, 0 };
  guint sum = 0;

  if (!fuzz_picture_init (&picture, data, n_bytes))
    return 0;
  if (reader == NULL)
    reader = lanyard_matrix_reader_new ();
  lanyard_matrix_reader_begin (reader, &picture.plane, LANYARD_SYMBOLOGIES_ALL,
                               (picture.options & 15) == 0 ? LANYARD_MATRIX_ALL
                                                           : LANYARD_MATRIX_QUICK);
  do
    work.limit = work.spent + 1 + picture.options;
  while (!lanyard_matrix_reader_step (reader, &work, on_found, &sum) && work.spent < MAX_STEPS);
  return 0;
}
