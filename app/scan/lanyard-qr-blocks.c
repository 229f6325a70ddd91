/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-blocks.h"

#include <string.h>

#include "lanyard-qr-galois.h"

#define MAX_MODULE_BITS (LANYARD_QR_MAX_MODULES)
#define FORMAT_MASK 0x5412U /* §7.9.1 */

/* §7.5.1, Table 9; rows: levels L, M, Q, H. */
static const guint8 check_codewords[4][40] = {
  { 7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
    28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
  { 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28 },
  { 13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
    28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
  { 17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
    30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 },
};
static const guint8 block_counts[4][40] = {
  { 1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
    8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25 },
  { 1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
    17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49 },
  { 1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
    23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68 },
  { 1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
    25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81 },
};
/* Two bits of the format information to rows of the tables: M, L, H, Q. */
static const guint8 levels[4] = { 1, 0, 3, 2 };

/* How codewords are dealt to blocks. */
typedef struct
{
  guint n_blocks;
  guint n_check;     /* codewords of each block that protect it */
  guint n_short;     /* blocks that are one data codeword shorter; they come first */
  guint short_data;  /* their data codewords */
  guint n_codewords; /* in all blocks */
  int max_wrong;     /* codewords of one block that may be mended */
} Deal;

typedef void (*ModuleFunc) (guint module, guint bit, gpointer user_data);

/* All data modules in the order of their bits (§7.7.3): upwards and downwards in pairs of columns
 * from the right, around the vertical timing pattern. Returns: how many */
static guint
walk (const LanyardQrLayout *layout, ModuleFunc func, gpointer user_data)
{
  guint side = layout->side, bit = 0;
  gboolean up = TRUE;

  for (int right = (int)side - 1; right > 0; right -= 2, up = !up)
    {
      if (right == 6)
        right--;
      for (guint i = 0; i < 2 * side; i++)
        {
          guint row = up ? side - 1 - i / 2 : i / 2, column = (guint)right - i % 2;

          if (layout->kind[row * side + column] == LANYARD_QR_DATA)
            func (row * side + column, bit++, user_data);
        }
    }
  return bit;
}

/* §7.8.2, Table 10. */
static gboolean
is_masked (guint mask, guint row, guint column)
{
  switch (mask)
    {
    case 0:
      return (row + column) % 2 == 0;
    case 1:
      return row % 2 == 0;
    case 2:
      return column % 3 == 0;
    case 3:
      return (row + column) % 3 == 0;
    case 4:
      return (row / 2 + column / 3) % 2 == 0;
    case 5:
      return row * column % 2 + row * column % 3 == 0;
    case 6:
      return (row * column % 2 + row * column % 3) % 2 == 0;
    default:
      return ((row + column) % 2 + row * column % 3) % 2 == 0;
    }
}

/* Small symbols keep some codewords to notice what would be mended wrongly (Table 9, note b). */
static guint
n_reserved (guint version, guint level)
{
  static const guint8 of_first[4] = { 3, 2, 1, 1 };

  if (version == 1)
    return of_first[level];
  return version == 2 && level == 0 ? 2 : 0;
}

static Deal
deal_of (guint version, guint level, guint n_bits)
{
  Deal deal = { .n_codewords = n_bits / 8 };

  deal.n_blocks = block_counts[level][version - 1];
  deal.n_check = check_codewords[level][version - 1];
  deal.n_short = deal.n_blocks - deal.n_codewords % deal.n_blocks;
  deal.short_data = deal.n_codewords / deal.n_blocks - deal.n_check;
  deal.max_wrong = (int)(deal.n_check - n_reserved (version, level)) / 2;
  return deal;
}

/* Which block the codeword at @index is dealt to. */
static guint
block_of (const Deal *deal, guint index)
{
  guint even = deal->short_data * deal->n_blocks;
  guint n_long = deal->n_blocks - deal->n_short;

  if (index < even)
    return index % deal->n_blocks;
  if (index < even + n_long)
    return deal->n_short + index - even;
  return (index - even - n_long) % deal->n_blocks;
}

typedef struct
{
  const LanyardQrLayout *layout;
  const guint8 *dark;
  gboolean mirrored;
  guint mask;
  guint8 *codewords;
} Gathering;

static gboolean
is_dark (const guint8 *dark, guint side, guint module, gboolean mirrored)
{
  return mirrored ? dark[module % side * side + module / side] : dark[module];
}

static void
on_gather (guint module, guint bit, gpointer user_data)
{
  Gathering *g = user_data;
  guint side = g->layout->side;
  gboolean one = is_dark (g->dark, side, module, g->mirrored)
                 ^ is_masked (g->mask, module / side, module % side);

  g->codewords[bit / 8] |= (guint8)(one << (7 - bit % 8));
}

typedef struct
{
  const Deal *deal;
  const LanyardQrLayout *layout;
  const guint8 *from;
  gboolean mirrored;
  const gboolean *is_new;
  guint8 *to;
} Copying;

static void
on_copy (guint module, guint bit, gpointer user_data)
{
  Copying *c = user_data;

  /* A few bits at the end belong to no codeword. */
  if (bit / 8 >= c->deal->n_codewords || c->is_new[block_of (c->deal, bit / 8)])
    c->to[module] = (guint8)is_dark (c->from, c->layout->side, module, c->mirrored);
}

/* One block's own codewords. Returns: how many */
static guint
pick_block (const Deal *deal, const guint8 *codewords, guint block, guint8 *out)
{
  guint n = 0, data = deal->short_data + (block >= deal->n_short);
  guint even = deal->short_data * deal->n_blocks;
  guint checks = even + deal->n_blocks - deal->n_short;

  for (guint i = 0; i < data; i++)
    out[n++] = i < deal->short_data ? codewords[i * deal->n_blocks + block]
                                    : codewords[even + block - deal->n_short];
  for (guint i = 0; i < deal->n_check; i++)
    out[n++] = codewords[checks + i * deal->n_blocks + block];
  return n;
}

void
lanyard_qr_blocks_begin (LanyardQrBlocks *blocks)
{
  blocks->n_blocks = 0;
}

static void
start (LanyardQrBlocks *blocks, const Deal *deal, const LanyardQrFormat *format, guint data)
{
  if (blocks->n_blocks == deal->n_blocks && blocks->data == data
      && blocks->mirrored == format->mirrored)
    return;
  blocks->n_blocks = deal->n_blocks;
  blocks->n_good = blocks->n_wrong = 0;
  blocks->data = data;
  blocks->mirrored = format->mirrored;
  memset (blocks->is_good, 0, sizeof blocks->is_good);
}

gboolean
lanyard_qr_blocks_add (LanyardQrBlocks *blocks,
                       const LanyardQrLayout *layout,
                       const guint8 *dark,
                       const LanyardQrFormat *format)
{
  guint8 codewords[MAX_MODULE_BITS / 8 + 1] = { 0 };
  guint data = (format->bits ^ FORMAT_MASK) >> 10;
  Gathering gathering = { layout, dark, format->mirrored, data & 7, codewords };
  gboolean is_new[LANYARD_QR_MAX_BLOCKS] = { FALSE };
  Deal deal = deal_of (layout->version, levels[data >> 3], walk (layout, on_gather, &gathering));
  Copying copying = { &deal, layout, dark, format->mirrored, is_new, blocks->dark };
  guint n_new = 0;

  start (blocks, &deal, format, data);
  for (guint i = 0; i < deal.n_blocks; i++)
    {
      guint8 block[LANYARD_QR_MAX_CODEWORDS];
      int n_wrong;

      if (blocks->is_good[i])
        continue;
      n_wrong
          = lanyard_qr_galois_errors (block, pick_block (&deal, codewords, i, block), deal.n_check);
      if (n_wrong < 0 || n_wrong > deal.max_wrong)
        continue;
      blocks->is_good[i] = is_new[i] = TRUE;
      blocks->n_wrong += (guint)n_wrong;
      n_new++;
    }
  if (n_new > 0)
    walk (layout, on_copy, &copying);
  blocks->n_good += n_new;
  return blocks->n_good == blocks->n_blocks;
}
