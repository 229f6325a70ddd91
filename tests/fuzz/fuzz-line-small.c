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

typedef struct
{
  guint sum; /* of the bytes read */
  guint64 spent;
} Outcome;

static Outcome
read_picture (LanyardLineReader *reader, const FuzzPicture *picture)
{
  LanyardWork work = { 0, MAX_STEPS };
  Outcome outcome = { 0, 0 };

  lanyard_line_reader_begin (reader, &picture->plane, depth_of (picture->options));
  lanyard_line_reader_step (reader, &work, on_found, &outcome.sum);
  outcome.spent = work.spent;
  return outcome;
}

/* As fuzz-line, with pixels that are the input's own: see fuzz-picture.h. The deepest is one input
 * in 32, because it takes as long as all others. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardLineReader *reader;
  g_auto (FuzzPicture) picture = { 0 };
  Outcome outcome;

  if (!fuzz_picture_init (&picture, data, n_bytes))
    return 0;
  if (reader == NULL)
    reader = lanyard_line_reader_new (lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL));
  outcome = read_picture (reader, &picture);
  if (fuzz_picture_is_compared (&picture))
    {
      g_autoptr (LanyardZbar) zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
      g_autoptr (LanyardLineReader) fresh = lanyard_line_reader_new (zbar);
      Outcome alone = read_picture (fresh, &picture);

      g_assert_cmpuint (outcome.sum, ==, alone.sum);
      g_assert_cmpuint (outcome.spent, ==, alone.spent);
    }
  return 0;
}
