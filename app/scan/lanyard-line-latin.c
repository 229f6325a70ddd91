/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-latin.h"

/*
 * Follows the code sets of a Code 128 only as far as to know which byte of the text each symbol
 * character gave. Assumed: ZBar has read the code, so that characters are where they should be.
 */

#define CHARACTER 6 /* elements, 11 modules */
#define MODULES 11

typedef enum
{
  SET_A,
  SET_B,
  SET_C,
} CodeSet;

typedef enum
{
  ROLE_DATA, /* a byte, two digits in set C */
  ROLE_START_A,
  ROLE_START_B,
  ROLE_START_C,
  ROLE_99,       /* set C */
  ROLE_100,      /* set B, or FNC4 in set B */
  ROLE_101,      /* set A, or FNC4 in set A */
  ROLE_FUNCTION, /* FNC1 to FNC3 and shift: no byte */
} Role;

static const struct
{
  guint8 widths[CHARACTER];
  Role role;
  gboolean in_set_c; /* has that role there, too */
} specials[] = {
  { { 2, 1, 1, 4, 1, 2 }, ROLE_START_A, TRUE },   { { 2, 1, 1, 2, 1, 4 }, ROLE_START_B, TRUE },
  { { 2, 1, 1, 2, 3, 2 }, ROLE_START_C, TRUE },   { { 1, 1, 3, 1, 4, 1 }, ROLE_99, FALSE },
  { { 1, 1, 4, 1, 3, 1 }, ROLE_100, TRUE },       { { 3, 1, 1, 1, 4, 1 }, ROLE_101, TRUE },
  { { 4, 1, 1, 1, 3, 1 }, ROLE_FUNCTION, TRUE },  { { 1, 1, 4, 3, 1, 1 }, ROLE_FUNCTION, FALSE },
  { { 4, 1, 1, 1, 1, 3 }, ROLE_FUNCTION, FALSE }, { { 4, 1, 1, 3, 1, 1 }, ROLE_FUNCTION, FALSE },
};

/* Does a character have these widths? Sums of two neighbours do not change when bars bleed, and no
 * two characters have all of them alike (ISO/IEC 15417 Annex C). */
static gboolean
is_character (const guint32 *widths, const guint8 *wanted)
{
  double total = 0;

  for (guint i = 0; i < CHARACTER; i++)
    total += widths[i];
  for (guint i = 0; i + 1 < CHARACTER; i++)
    {
      double modules = (widths[i] + widths[i + 1]) * MODULES / total;

      if (ABS (modules - (wanted[i] + wanted[i + 1])) > 0.5)
        return FALSE;
    }
  return TRUE;
}

static Role
role_of (const guint32 *widths, CodeSet set)
{
  for (guint i = 0; i < G_N_ELEMENTS (specials); i++)
    if ((set != SET_C || specials[i].in_set_c) && is_character (widths, specials[i].widths))
      return specials[i].role;
  return ROLE_DATA;
}

/* Where in the text it is, and what FNC4 has said. */
typedef struct
{
  CodeSet set;
  gsize at;         /* bytes */
  gboolean latched; /* two in a row: all that follows */
  gboolean once;    /* the next is the other way */
  gboolean last_fnc4;
  gboolean any;
} State;

static void
take_fnc4 (State *state)
{
  state->any = TRUE;
  if (state->last_fnc4)
    state->latched = !state->latched;
  state->once = !state->last_fnc4;
  state->last_fnc4 = !state->last_fnc4;
}

static void
take_data (State *state, guint8 *text, gsize n_bytes)
{
  guint n = state->set == SET_C ? 2 : 1;

  if (state->set != SET_C && state->at < n_bytes && state->latched != state->once)
    text[state->at] |= 0x80;
  if (state->set != SET_C)
    state->once = FALSE;
  state->last_fnc4 = FALSE;
  state->at += n;
}

static void
take (State *state, Role role, guint8 *text, gsize n_bytes)
{
  if (role == ROLE_DATA)
    take_data (state, text, n_bytes);
  else if ((role == ROLE_100 && state->set == SET_B) || (role == ROLE_101 && state->set == SET_A))
    take_fnc4 (state);
  else if (role == ROLE_START_A || role == ROLE_101)
    state->set = SET_A;
  else if (role == ROLE_START_B || role == ROLE_100)
    state->set = SET_B;
  else if (role == ROLE_START_C || role == ROLE_99)
    state->set = SET_C;
}

LanyardLineLatin
lanyard_line_latin (const guint32 *widths,
                    guint n_widths,
                    gboolean backwards,
                    guint8 *text,
                    gsize n_bytes)
{
  g_autofree guint8 *changed = g_memdup2 (text, n_bytes);
  /* Without the check character and the stop, which has one element more. */
  guint n = n_widths / CHARACTER;
  State state = { SET_B };

  for (guint i = 0; i + 2 < n; i++)
    {
      guint32 character[CHARACTER];

      for (guint k = 0; k < CHARACTER; k++)
        {
          guint at = i * CHARACTER + k;

          character[k] = widths[backwards ? n_widths - 1 - at : at];
        }
      take (&state, role_of (character, state.set), changed, n_bytes);
    }
  if (!state.any)
    return LANYARD_LINE_LATIN_NONE;
  if (state.at != n_bytes)
    return LANYARD_LINE_LATIN_UNKNOWN;
  for (gsize i = 0; i < n_bytes; i++)
    text[i] = changed[i];
  return LANYARD_LINE_LATIN_DONE;
}
