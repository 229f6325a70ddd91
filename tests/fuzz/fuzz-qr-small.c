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

typedef struct
{
  guint sum; /* of the bytes read */
  guint64 spent;
} Outcome;

static Outcome
read_picture (LanyardQrReader *reader, const FuzzPicture *picture)
{
  LanyardWork work = { 0, 0 };
  Outcome outcome = { 0, 0 };

  lanyard_qr_reader_begin (reader, &picture->plane, picture->options >> 1,
                           picture->options & 1 ? LANYARD_QR_DEEP : LANYARD_QR_QUICK);
  do
    work.limit = work.spent + 1 + picture->options * 16U;
  while (!lanyard_qr_reader_step (reader, &work, on_found, &outcome.sum));
  outcome.spent = work.spent;
  return outcome;
}

/* As fuzz-qr, with pixels that are the input's own: see fuzz-picture.h. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardQrReader *reader;
  g_auto (FuzzPicture) picture = { 0 };
  Outcome outcome;

  if (!fuzz_picture_init (&picture, data, n_bytes))
    return 0;
  if (reader == NULL)
    reader = lanyard_qr_reader_new (lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL));
  outcome = read_picture (reader, &picture);
  if (fuzz_picture_is_compared (&picture))
    {
      g_autoptr (LanyardZbar) zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
      g_autoptr (LanyardQrReader) fresh = lanyard_qr_reader_new (zbar);
      Outcome alone = read_picture (fresh, &picture);

      g_assert_cmpuint (outcome.sum, ==, alone.sum);
      g_assert_cmpuint (outcome.spent, ==, alone.spent);
    }
  return 0;
}
