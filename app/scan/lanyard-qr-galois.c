/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-galois.h"

#include <string.h>

#define FIELD 0x11dU /* x⁸ + x⁴ + x³ + x² + 1 */
#define MAX_CHECK 32

/* Powers of x, twice round so that two logarithms may be added; and logarithms. */
static guint8 power[2 * 255 + 1];
static guint8 logarithm[256];

static void
make_tables (void)
{
  static gsize made;
  guint value = 1;

  if (!g_once_init_enter (&made))
    return;
  for (guint i = 0; i < 255; i++)
    {
      power[i] = power[i + 255] = (guint8)value;
      logarithm[value] = (guint8)i;
      value <<= 1;
      if (value & 0x100)
        value ^= FIELD;
    }
  g_once_init_leave (&made, 1);
}

static inline guint8
multiply (guint8 a, guint8 b)
{
  return a == 0 || b == 0 ? 0 : power[logarithm[a] + logarithm[b]];
}

static inline guint8
divide (guint8 a, guint8 b)
{
  return a == 0 ? 0 : power[logarithm[a] + 255 - logarithm[b]];
}

/* Returns: whether any is not 0 */
static gboolean
find_syndromes (const guint8 *codewords, guint n, guint n_check, guint8 *syndromes)
{
  guint8 any = 0;

  for (guint i = 0; i < n_check; i++)
    {
      guint8 sum = 0;

      for (guint k = 0; k < n; k++)
        sum = (guint8)(codewords[k] ^ (sum == 0 ? 0 : power[logarithm[sum] + i]));
      syndromes[i] = sum;
      any |= sum;
    }
  return any != 0;
}

/* Berlekamp and Massey: the shortest recurrence that makes the syndromes. Returns: its length */
static guint
find_locator (const guint8 *syndromes, guint n_check, guint8 locator[MAX_CHECK + 1])
{
  guint8 before[MAX_CHECK + 1] = { 1 }, keep[MAX_CHECK + 1];
  guint8 last = 1;
  guint length = 0, shift = 1;

  memset (locator, 0, MAX_CHECK + 1);
  locator[0] = 1;
  for (guint i = 0; i < n_check; i++, shift++)
    {
      guint8 off = syndromes[i], factor;

      for (guint k = 1; k <= length; k++)
        off ^= multiply (locator[k], syndromes[i - k]);
      if (off == 0)
        continue;
      factor = divide (off, last);
      memcpy (keep, locator, sizeof keep);
      for (guint k = shift; k <= n_check; k++)
        locator[k] ^= multiply (factor, before[k - shift]);
      if (2 * length > i)
        continue;
      length = i + 1 - length;
      memcpy (before, keep, sizeof before);
      last = off;
      shift = 0;
    }
  return length;
}

/* Returns: how many places of a block of @n the locator names */
static guint
count_places (const guint8 *locator, guint length, guint n)
{
  guint count = 0;

  for (guint place = 0; place < n; place++)
    {
      guint8 sum = 1;

      for (guint k = 1; k <= length; k++)
        if (locator[k] != 0)
          sum ^= power[(logarithm[locator[k]] + k * (255 - place)) % 255];
      count += sum == 0;
    }
  return count;
}

int
lanyard_qr_galois_errors (const guint8 *codewords, guint n, guint n_check)
{
  guint8 syndromes[MAX_CHECK], locator[MAX_CHECK + 1];
  guint length;

  g_return_val_if_fail (n <= LANYARD_QR_MAX_CODEWORDS && n_check <= MAX_CHECK && n_check < n, -1);

  make_tables ();
  if (!find_syndromes (codewords, n, n_check, syndromes))
    return 0;
  length = find_locator (syndromes, n_check, locator);
  if (2 * length > n_check || count_places (locator, length, n) != length)
    return -1;
  return (int)length;
}
