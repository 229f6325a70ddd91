/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-tables.h"

#include <string.h>

#define FORMAT_GENERATOR 0x537U   /* §7.9.1 */
#define FORMAT_MASK 0x5412U       /* §7.9.1 */
#define VERSION_GENERATOR 0x1f25U /* §7.10 */

static void
set (LanyardQrLayout *layout, guint column, guint row, LanyardQrKind kind)
{
  guint8 *at = &layout->kind[row * layout->side + column];
  gboolean was = *at == LANYARD_QR_LIGHT || *at == LANYARD_QR_DARK;

  *at = (guint8)kind;
  layout->n_fixed += (guint)(kind == LANYARD_QR_LIGHT || kind == LANYARD_QR_DARK) - (guint)was;
}

/* Squares within each other around a middle: those of odd distance from the rim are light. */
static void
set_squares (LanyardQrLayout *layout, int column, int row, int reach, guint light)
{
  for (int y = -reach; y <= reach; y++)
    for (int x = -reach; x <= reach; x++)
      {
        guint ring = (guint)MAX (ABS (x), ABS (y));
        int c = column + x, r = row + y;

        if (c < 0 || r < 0 || c >= (int)layout->side || r >= (int)layout->side)
          continue;
        set (layout, (guint)c, (guint)r, (light >> ring) & 1 ? LANYARD_QR_LIGHT : LANYARD_QR_DARK);
      }
}

/* §7.3.5 as a rule: evenly spaced from the far end, by an even number of modules. */
static void
place_patterns (LanyardQrLayout *layout)
{
  guint version = layout->version, n = version / 7 + 2, step;

  layout->n_patterns = version == 1 ? 0 : n;
  if (version == 1)
    return;
  step = version == 32 ? 26 : (version * 4 + n * 2 + 1) / (n * 2 - 2) * 2;
  layout->patterns[0] = 6;
  for (guint i = 1; i < n; i++)
    layout->patterns[i] = layout->side - 7 - (n - 1 - i) * step;
}

static void
set_information (LanyardQrLayout *layout)
{
  guint column, row;

  for (guint copy = 0; copy < 2; copy++)
    {
      for (guint i = 0; i < 15; i++)
        {
          lanyard_qr_format_module (layout->side, copy, i, &column, &row);
          set (layout, column, row, LANYARD_QR_FORMAT);
        }
      for (guint i = 0; i < 18 && layout->version >= 7; i++)
        {
          lanyard_qr_version_module (layout->side, copy, i, &column, &row);
          set (layout, column, row, LANYARD_QR_VERSION);
        }
    }
}

void
lanyard_qr_layout_make (LanyardQrLayout *layout, guint version)
{
  int end;

  g_assert (version >= 1 && version <= 40);
  if (layout->version == version)
    return;
  layout->version = version;
  layout->side = lanyard_qr_side (version);
  layout->n_fixed = 0;
  memset (layout->kind, LANYARD_QR_DATA, layout->side * layout->side);
  end = (int)layout->side - 4;
  place_patterns (layout);
  for (guint i = 8; i < layout->side - 8; i++)
    {
      set (layout, i, 6, i & 1 ? LANYARD_QR_LIGHT : LANYARD_QR_DARK);
      set (layout, 6, i, i & 1 ? LANYARD_QR_LIGHT : LANYARD_QR_DARK);
    }
  for (guint i = 0; i < layout->n_patterns; i++)
    for (guint k = 0; k < layout->n_patterns; k++)
      if (lanyard_qr_layout_has_pattern (layout, i, k))
        set_squares (layout, (int)layout->patterns[k], (int)layout->patterns[i], 2, 0x2);
  /* With the separator around each. */
  set_squares (layout, 3, 3, 4, 0x14);
  set_squares (layout, end, 3, 4, 0x14);
  set_squares (layout, 3, end, 4, 0x14);
  set (layout, 8, layout->side - 8, LANYARD_QR_DARK);
  set_information (layout);
}

gboolean
lanyard_qr_layout_has_pattern (const LanyardQrLayout *layout, guint i, guint k)
{
  guint last = layout->n_patterns - 1;

  return !((i == 0 && (k == 0 || k == last)) || (i == last && k == 0));
}

void
lanyard_qr_format_module (guint side, guint copy, guint i, guint *column, guint *row)
{
  /* Figure 25; bit 0 at the top of column 8 and at the right of row 8. */
  if (copy == 0)
    {
      static const guint8 columns[15] = { 8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0 };
      static const guint8 rows[15] = { 0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8 };

      *column = columns[i];
      *row = rows[i];
      return;
    }
  *column = i < 8 ? side - 1 - i : 8;
  *row = i < 8 ? 8 : side - 15 + i;
}

void
lanyard_qr_version_module (guint side, guint copy, guint i, guint *column, guint *row)
{
  *column = copy == 0 ? i / 3 : side - 11 + i % 3;
  *row = copy == 0 ? side - 11 + i % 3 : i / 3;
}

static guint
with_remainder (guint data, guint generator, guint n_bits)
{
  guint rest = data << n_bits;

  for (int i = 31; i >= (int)n_bits; i--)
    if (rest >> i & 1)
      rest ^= generator << (guint)(i - (int)n_bits);
  return data << n_bits | rest;
}

guint
lanyard_qr_format_nearest (guint bits, guint *n_wrong)
{
  guint nearest = 0;

  *n_wrong = 16;
  for (guint data = 0; data < 32; data++)
    {
      guint code = with_remainder (data, FORMAT_GENERATOR, 10) ^ FORMAT_MASK;
      guint n = (guint)__builtin_popcount (code ^ bits);

      if (n >= *n_wrong)
        continue;
      *n_wrong = n;
      nearest = code;
    }
  return nearest;
}

guint
lanyard_qr_version_bits (guint version)
{
  return with_remainder (version, VERSION_GENERATOR, 12);
}
