/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-alphabet.h"

#include <string.h>

/*
 * Which patterns of bars and spaces there are, made by the rules that the standards give for them.
 * What a pattern stands for is ZBar's matter: here it only counts that it is one.
 *
 * Widths are in half modules, as wide elements of Code 39 and interleaved 2 of 5 may be 2 to 3
 * modules wide; 2, 2½ and 3 are near enough for all between.
 *
 * Assumes the clauses that stand at each symbology below, all wide elements of a code alike, and 3
 * to 48 characters of Code 128 with the check character, 4 to 40 of Code 39, 3 to 24 pairs of
 * interleaved 2 of 5: what is longer has to have edges, and so has Codabar, of which there are no
 * patterns here.
 *
 * Measured on 77 photographs and 65 drawings by bench-scan --corpus --alone --turns 1, read (of
 * all, first by line-deep):
 *   76 and 62 (20)   as it is
 *   74 and 49  (5)   no patterns: edges alone
 *   76 and 62 (20)   wide elements of 2 modules only: none of these pictures asks for others
 */

enum
{
  SET_CODE128_START,
  SET_CODE128,
  SET_CODE128_STOP,
  SET_EAN_GUARD,
  SET_EAN_MIDDLE,
  SET_EAN_LEFT,
  SET_EAN8_LEFT,
  SET_EAN_RIGHT,
  SET_UPCE_STOP,
  SET_CODE39, /* three each from here on, by the width of wide elements */
  SET_CODE39_STOP = SET_CODE39 + 3,
  SET_CODE39_START = SET_CODE39_STOP + 3,
  SET_ITF_START = SET_CODE39_START + 3,
  SET_ITF = SET_ITF_START + 3,
  SET_ITF_STOP = SET_ITF + 3,
  N_SETS = SET_ITF_STOP + 3,
};

struct _LanyardLineAlphabet
{
  LanyardLineSet sets[N_SETS];
  LanyardLineLayout layouts[LANYARD_LINE_MAX_LAYOUTS];
  guint n_layouts;
};

#define MAX_PATTERNS 128

static void
add (LanyardLineSet *set, const guint8 *widths, guint n_elements, guint factor)
{
  guint8 *to;

  g_assert (set->n_patterns < MAX_PATTERNS && n_elements <= LANYARD_LINE_MAX_ELEMENTS);
  if (set->widths == NULL)
    set->widths = g_malloc0 (MAX_PATTERNS * sizeof *set->widths);
  to = set->widths[set->n_patterns++];
  set->n_elements = n_elements;
  set->total = 0;
  for (guint i = 0; i < n_elements; i++)
    set->total += to[i] = widths[i] * factor;
}

/* @text: widths in modules. */
static void
add_text (LanyardLineSet *set, const char *text)
{
  guint8 widths[LANYARD_LINE_MAX_ELEMENTS];
  guint n = strlen (text);

  for (guint i = 0; i < n; i++)
    widths[i] = text[i] - '0';
  add (set, widths, n, 2);
}

/* ISO/IEC 15417 §4.2: six elements of 1 to 4 modules, 11 in all, an even number of them dark. Two
 * that obey are left out: the stop but for its last bar, and what it is from behind. */
static void
make_code128 (LanyardLineSet *sets)
{
  static const char *const special[] = { "211412", "211214", "211232", "233111", "211133" };

  for (guint i = 0; i < 3; i++)
    add_text (&sets[SET_CODE128_START], special[i]);
  add (&sets[SET_CODE128_STOP], (const guint8[]){ 2, 3, 3, 1, 1, 1, 2 }, 7, 2);
  for (guint code = 0; code < 4096; code++)
    {
      char text[7] = "";
      guint total = 0, dark = 0, i;

      for (i = 0; i < 6; i++)
        {
          guint width = (code >> (2 * i) & 3) + 1;

          text[i] = '0' + width;
          total += width;
          dark += i % 2 == 0 ? width : 0;
        }
      for (i = 0; i < G_N_ELEMENTS (special) && !g_str_equal (text, special[i]); i++)
        ;
      if (total == 11 && dark % 2 == 0 && i == G_N_ELEMENTS (special))
        add_text (&sets[SET_CODE128], text);
    }
}

/* ISO/IEC 15420 §4.2: number sets A, B (A from behind) and C (A with dark and light exchanged). */
static void
make_ean (LanyardLineSet *sets)
{
  static const char *const digits[]
      = { "3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112" };

  add_text (&sets[SET_EAN_GUARD], "111");
  add_text (&sets[SET_EAN_MIDDLE], "11111");
  add_text (&sets[SET_UPCE_STOP], "111111");
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      g_autofree char *behind = g_strreverse (g_strdup (digits[i]));

      add_text (&sets[SET_EAN_LEFT], digits[i]);
      add_text (&sets[SET_EAN_LEFT], behind);
      add_text (&sets[SET_EAN8_LEFT], digits[i]);
      add_text (&sets[SET_EAN_RIGHT], digits[i]);
    }
  sets[SET_EAN_MIDDLE].light_first = sets[SET_EAN_LEFT].light_first = TRUE;
  sets[SET_EAN8_LEFT].light_first = sets[SET_UPCE_STOP].light_first = TRUE;
}

/* ISO/IEC 16388 §4.2: five bars, four spaces; two wide bars and a wide space, or three wide spaces.
 * A narrow space stands between characters, and belongs to the one before it here. */
static void
make_code39 (LanyardLineSet *sets, guint step)
{
  const guint8 wide = 4 + step, star[10] = { 2, wide, 2, 2, wide, 2, wide, 2, 2, 2 };

  for (guint code = 0; code < 512; code++)
    {
      guint8 widths[10] = { [9] = 2 };
      guint bars = 0, spaces = 0;

      for (guint i = 0; i < 9; i++)
        {
          gboolean is_wide = (code >> i & 1) != 0;

          widths[i] = is_wide ? wide : 2;
          *(i % 2 == 0 ? &bars : &spaces) += is_wide;
        }
      if (((bars == 2 && spaces == 1) || (bars == 0 && spaces == 3))
          && memcmp (widths, star, sizeof widths) != 0)
        add (&sets[SET_CODE39 + step], widths, 10, 1);
    }
  add (&sets[SET_CODE39_START + step], star, 10, 1);
  add (&sets[SET_CODE39_STOP + step], star, 9, 1);
}

/* ISO/IEC 16390 §4.2: two of five are wide, in the bars for one digit, in the spaces for the next.
 */
static void
make_itf (LanyardLineSet *sets, guint step)
{
  guint8 wide = 4 + step;

  for (guint code = 0; code < 1024; code++)
    {
      guint8 widths[10];
      guint bars = 0, spaces = 0;

      for (guint i = 0; i < 10; i++)
        {
          gboolean is_wide = (code >> i & 1) != 0;

          widths[i] = is_wide ? wide : 2;
          *(i % 2 == 0 ? &bars : &spaces) += is_wide;
        }
      if (bars == 2 && spaces == 2)
        add (&sets[SET_ITF + step], widths, 10, 1);
    }
  add (&sets[SET_ITF_START + step], (const guint8[]){ 2, 2, 2, 2 }, 4, 1);
  add (&sets[SET_ITF_STOP + step], (const guint8[]){ wide, 2, 2 }, 3, 1);
}

static void
add_layout (LanyardLineAlphabet *alphabet, LanyardLineLayout layout)
{
  g_assert (alphabet->n_layouts < LANYARD_LINE_MAX_LAYOUTS);
  alphabet->layouts[alphabet->n_layouts++] = layout;
}

LanyardLineAlphabet *
lanyard_line_alphabet_new (void)
{
  LanyardLineAlphabet *alphabet = g_new0 (LanyardLineAlphabet, 1);
  LanyardLineSet *sets = alphabet->sets;
  const LanyardLineSet *guard = &sets[SET_EAN_GUARD], *middle = &sets[SET_EAN_MIDDLE];
  const LanyardLineSet *right = &sets[SET_EAN_RIGHT], *left = &sets[SET_EAN_LEFT];

  make_code128 (sets);
  make_ean (sets);
  add_layout (alphabet, (LanyardLineLayout){ LANYARD_SYMBOLOGY_CODE128, &sets[SET_CODE128_START],
                                             &sets[SET_CODE128], NULL, &sets[SET_CODE128],
                                             &sets[SET_CODE128_STOP], 3, 48 });
  for (guint i = 0; i < 3; i++)
    {
      make_code39 (sets, i);
      make_itf (sets, i);
      add_layout (alphabet,
                  (LanyardLineLayout){ LANYARD_SYMBOLOGY_CODE39, &sets[SET_CODE39_START + i],
                                       &sets[SET_CODE39 + i], NULL, &sets[SET_CODE39 + i],
                                       &sets[SET_CODE39_STOP + i], 4, 40 });
      add_layout (alphabet, (LanyardLineLayout){ LANYARD_SYMBOLOGY_ITF, &sets[SET_ITF_START + i],
                                                 &sets[SET_ITF + i], NULL, &sets[SET_ITF + i],
                                                 &sets[SET_ITF_STOP + i], 3, 24 });
    }
  add_layout (alphabet, (LanyardLineLayout){ LANYARD_SYMBOLOGY_EAN13, guard, left, middle, right,
                                             guard, 12, 12 });
  add_layout (alphabet, (LanyardLineLayout){ LANYARD_SYMBOLOGY_EAN8, guard, &sets[SET_EAN8_LEFT],
                                             middle, right, guard, 8, 8 });
  add_layout (alphabet, (LanyardLineLayout){ LANYARD_SYMBOLOGY_UPCE, guard, left, NULL, left,
                                             &sets[SET_UPCE_STOP], 6, 6 });
  return alphabet;
}

void
lanyard_line_alphabet_free (LanyardLineAlphabet *alphabet)
{
  if (alphabet == NULL)
    return;
  for (guint i = 0; i < N_SETS; i++)
    g_free (alphabet->sets[i].widths);
  g_free (alphabet);
}

const LanyardLineLayout *
lanyard_line_alphabet_get (LanyardLineAlphabet *alphabet, guint *n_layouts)
{
  *n_layouts = alphabet->n_layouts;
  return alphabet->layouts;
}

const LanyardLineSet *
lanyard_line_alphabet_get_sets (LanyardLineAlphabet *alphabet, guint *n_sets)
{
  *n_sets = N_SETS;
  return alphabet->sets;
}

guint
lanyard_line_layout_slots (const LanyardLineLayout *layout, guint n_characters)
{
  return n_characters + 2 + (layout->middle != NULL ? 1 : 0);
}

const LanyardLineSet *
lanyard_line_layout_set (const LanyardLineLayout *layout, guint n_characters, guint slot)
{
  guint half = layout->middle != NULL ? n_characters / 2 : n_characters;

  if (slot == 0)
    return layout->start;
  if (slot <= half)
    return layout->left;
  if (slot + 1 == lanyard_line_layout_slots (layout, n_characters))
    return layout->stop;
  return slot == half + 1 ? layout->middle : layout->right;
}

guint
lanyard_line_layout_total (const LanyardLineLayout *layout, guint n_characters)
{
  guint total = 0;

  for (guint i = 0; i < lanyard_line_layout_slots (layout, n_characters); i++)
    total += lanyard_line_layout_set (layout, n_characters, i)->total;
  return total;
}
