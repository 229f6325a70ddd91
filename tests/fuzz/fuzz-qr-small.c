/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-picture.h"
#include "lanyard-qr-reader.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  guint *sum = user_data;

  for (gsize i = 0; i < found->n_bytes; i++)
    *sum += found->data[i];
}

/* As fuzz-qr, with pixels that are the input's own: see fuzz-picture.h. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardQrReader *reader;
  g_auto (FuzzPicture) picture = { 0 };
  LanyardWork work = { 0, 0 };
  guint sum = 0;

  if (!fuzz_picture_init (&picture, data, n_bytes))
    return 0;
  if (reader == NULL)
    reader = lanyard_qr_reader_new (lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL));
  lanyard_qr_reader_begin (reader, &picture.plane, picture.options >> 1,
                           picture.options & 1 ? LANYARD_QR_DEEP : LANYARD_QR_QUICK);
  do
    work.limit = work.spent + 1 + picture.options * 16U;
  while (!lanyard_qr_reader_step (reader, &work, on_found, &sum));
  return 0;
}
