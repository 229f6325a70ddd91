/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What can be said of a zone while somebody types it. */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-mrz.h"

#include "lanyard-mrz-text.h"

/* The length of the first line as it was typed, and whether that line has been ended. */
static guint
measure_first_line (const char *text, gsize n_bytes, gboolean *ended)
{
  guint n = 0;

  *ended = FALSE;
  for (gsize i = 0; i < MIN (n_bytes, LANYARD_MRZ_MAX_BYTES) && !*ended; i++)
    {
      gboolean is_end = text[i] == '\n' || text[i] == '\r';

      *ended = is_end && n > 0;
      n += !is_end && (guchar)text[i] > ' ';
    }
  return n;
}

/* Cards begin with A, C or I and have three short lines more often than two long ones; a line that
 * has been ended tells by its length. */
static LanyardMrzFormat
guess (char first, guint length, gboolean ended)
{
  LanyardMrzFormat exact = LANYARD_MRZ_NONE;

  if (ended && length == 30)
    return LANYARD_MRZ_TD1;
  if (ended)
    exact = lanyard_mrz_format_of (2, length);
  if (exact != LANYARD_MRZ_NONE)
    return lanyard_mrz_format_refine (exact, first);
  if (first == 'P')
    return LANYARD_MRZ_TD3;
  if (first == 'V')
    return LANYARD_MRZ_MRV_A;
  if (first == 'A' || first == 'C' || first == 'I')
    return LANYARD_MRZ_TD1;
  return LANYARD_MRZ_NONE;
}

static void
find_misfit (const LanyardMrzText *text, const LanyardMrzLayout *layout, LanyardMrzLive *live)
{
  for (guint line = 0; line < text->n_lines && !live->misfit; line++)
    for (guint column = 0; column < text->lengths[line] && !live->misfit; column++)
      if (!lanyard_mrz_fits (layout->format, line, column, text->lines[line][column]))
        {
          live->misfit = TRUE;
          live->misfit_line = line;
          live->misfit_column = column;
        }
}

/* A line of names that was ended early: fillers follow. */
static void
pad_ended_names (LanyardMrzText *text, const LanyardMrzLayout *layout)
{
  guint names = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_NAMES)->line;

  if (names + 1 >= text->n_lines || text->lengths[names] == 0)
    return;
  while (text->lengths[names] < layout->line_length)
    text->lines[names][text->lengths[names]++] = '<';
}

void
lanyard_mrz_live_check (const char *text,
                        gsize n_bytes,
                        LanyardMrzFormat expected,
                        LanyardMrzLive *live)
{
  LanyardMrzText split;
  const LanyardMrzLayout *layout;
  gboolean ended;
  guint first_length;

  g_return_if_fail (text != NULL || n_bytes == 0);
  g_return_if_fail (live != NULL);

  *live = (LanyardMrzLive){ .format = expected };
  first_length = measure_first_line (text, n_bytes, &ended);
  if (expected == LANYARD_MRZ_NONE)
    {
      lanyard_mrz_text_split_part (&split, text, n_bytes, 0);
      live->format = guess (split.lines[0][0], first_length, ended);
      live->column = split.lengths[0];
      lanyard_mrz_text_wipe (&split);
    }
  layout = lanyard_mrz_layout_get (live->format);
  if (layout == NULL)
    return;
  lanyard_mrz_text_split_part (&split, text, n_bytes, layout->line_length);
  pad_ended_names (&split, layout);
  find_misfit (&split, layout, live);
  for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
    live->checks[span->field] = lanyard_mrz_text_check (&split, layout, span);
  live->line = split.n_lines > 0 ? split.n_lines - 1 : 0;
  live->column = split.lengths[live->line];
  live->complete = split.n_lines == layout->n_lines;
  for (guint line = 0; line < layout->n_lines; line++)
    live->complete = live->complete && split.lengths[line] == layout->line_length;
  if (live->column == layout->line_length && live->line + 1 < layout->n_lines)
    {
      live->line++;
      live->column = 0;
    }
  lanyard_mrz_text_wipe (&split);
}
