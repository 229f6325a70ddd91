/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Each position of a zone that somebody is typing: right, wrong, and what else it might be. */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-mrz-marks.h"

#include <string.h>

#include "lanyard-mrz-repair.h"
#include "lanyard-mrz-text.h"

/* What people take for each other, on paper and on keys. */
static const char *const look_alikes[] = { "O0QD", "I1L", "2Z", "S5", "G6", "B8", "UV" };

/* A span, its check digit, and where a long number goes on: lines and columns of one field. */
typedef struct
{
  const LanyardMrzSpan *span;
  const LanyardMrzSpan *rest; /* (nullable): optional data that belongs to the number */
  guint n_rest;
} Field;

static Field
get_field (const LanyardMrzText *text, const LanyardMrzLayout *layout, const LanyardMrzSpan *span)
{
  char number[2 * LANYARD_MRZ_MAX_COLUMNS];
  Field field = { span };

  if (span->field != LANYARD_MRZ_FIELD_NUMBER)
    return field;
  field.n_rest = lanyard_mrz_text_get_number (text, layout, number);
  memset (number, 0, sizeof number);
  if (field.n_rest > 0)
    field.rest = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_OPTIONAL);
  return field;
}

static guint
get_length (const Field *field)
{
  return field->span->length + (field->span->check_column != 0 ? 1 : 0) + field->n_rest;
}

/* The place of the @nth character of a field, its check digit behind it, the rest behind that. */
static void
get_place (const Field *field, guint nth, guint *line, guint *column)
{
  const LanyardMrzSpan *span = field->span;

  *line = span->line;
  if (nth < span->length)
    *column = span->column + nth;
  else if (nth == span->length && span->check_column != 0)
    *column = span->check_column;
  else
    {
      *line = field->rest->line;
      *column = field->rest->column + nth - span->length - 1;
    }
}

static LanyardMrzMark
mark_for (LanyardMrzCheck check)
{
  if (check == LANYARD_MRZ_CHECK_AGREES)
    return LANYARD_MRZ_MARK_RIGHT;
  return check == LANYARD_MRZ_CHECK_DIFFERS ? LANYARD_MRZ_MARK_WRONG : LANYARD_MRZ_MARK_OPEN;
}

static void
add_doubt (LanyardMrzMarks *marks, guint line, guint column, char typed, char other)
{
  for (guint i = 0; i < marks->n_doubts; i++)
    if (marks->doubts[i].line == line && marks->doubts[i].column == column
        && marks->doubts[i].other == other)
      return;
  if (marks->n_doubts < LANYARD_MRZ_MAX_DOUBTS)
    marks->doubts[marks->n_doubts++] = (LanyardMrzDoubt){ line, column, typed, other };
}

typedef gboolean (*BetterFunc) (const LanyardMrzText *text,
                                const LanyardMrzLayout *layout,
                                const LanyardMrzSpan *span);

static gboolean
field_agrees (const LanyardMrzText *text,
              const LanyardMrzLayout *layout,
              const LanyardMrzSpan *span)
{
  return lanyard_mrz_text_check (text, layout, span) == LANYARD_MRZ_CHECK_AGREES;
}

static gboolean
all_agrees (const LanyardMrzText *text, const LanyardMrzLayout *layout, const LanyardMrzSpan *span)
{
  return lanyard_mrz_text_all_agree (text, layout);
}

/* Puts each look-alike in the place of one character and sees whether that is @better. */
static void
doubt_place (LanyardMrzMarks *marks,
             LanyardMrzText *text,
             const LanyardMrzLayout *layout,
             const LanyardMrzSpan *span,
             guint line,
             guint column,
             BetterFunc better)
{
  char *cell = &text->lines[line][column];
  char typed = *cell;

  for (guint i = 0; typed != '\0' && i < G_N_ELEMENTS (look_alikes); i++)
    for (const char *other = look_alikes[i];
         strchr (look_alikes[i], typed) != NULL && *other != '\0'; other++)
      {
        if (*other == typed || !lanyard_mrz_fits (layout->format, line, column, *other))
          continue;
        *cell = *other;
        if (better == NULL || better (text, layout, span))
          add_doubt (marks, line, column, typed, *other);
        *cell = typed;
      }
}

static void
mark_field (LanyardMrzMarks *marks,
            LanyardMrzText *text,
            const LanyardMrzLayout *layout,
            const LanyardMrzSpan *span)
{
  const Field field = get_field (text, layout, span);
  LanyardMrzCheck check = marks->live.checks[span->field];
  guint line, column;

  for (guint i = 0; i < get_length (&field); i++)
    {
      guint8 *mark;

      get_place (&field, i, &line, &column);
      mark = &marks->marks[line][column];
      if (column < text->lengths[line] && *mark != LANYARD_MRZ_MARK_MISFIT)
        *mark = MAX (*mark, (guint8)mark_for (check));
    }
  for (guint i = 0; check == LANYARD_MRZ_CHECK_DIFFERS && i < get_length (&field); i++)
    {
      get_place (&field, i, &line, &column);
      doubt_place (marks, text, layout, span, line, column, field_agrees);
    }
}

/* When nothing but the last check digit differs, what no other one watches is in doubt. */
static void
doubt_composite (LanyardMrzMarks *marks, LanyardMrzText *text, const LanyardMrzLayout *layout)
{
  for (guint i = 0; i < LANYARD_MRZ_N_FIELDS; i++)
    if (i != LANYARD_MRZ_FIELD_COMPOSITE && marks->live.checks[i] != LANYARD_MRZ_CHECK_NONE
        && marks->live.checks[i] != LANYARD_MRZ_CHECK_AGREES)
      return;
  for (const LanyardMrzRun *run = layout->composite; run != NULL && run->length != 0; run++)
    for (guint i = 0; i < run->length; i++)
      doubt_place (marks, text, layout, NULL, run->line, run->column + i, all_agrees);
}

static void
mark_misfits (LanyardMrzMarks *marks, LanyardMrzText *text, const LanyardMrzLayout *layout)
{
  for (guint line = 0; line < text->n_lines; line++)
    for (guint column = 0; column < text->lengths[line]; column++)
      {
        marks->marks[line][column] = LANYARD_MRZ_MARK_OPEN;
        if (lanyard_mrz_fits (layout->format, line, column, text->lines[line][column]))
          continue;
        marks->marks[line][column] = LANYARD_MRZ_MARK_MISFIT;
        doubt_place (marks, text, layout, NULL, line, column, NULL);
      }
}

static gboolean
is_done (const char *text, gsize n_bytes, const LanyardMrzLive *live)
{
  g_autoptr (LanyardMrz) mrz = NULL;

  if (!live->complete || n_bytes > LANYARD_MRZ_MAX_BYTES)
    return FALSE;
  mrz = lanyard_mrz_parse (text, n_bytes, LANYARD_MRZ_TYPED, NULL);
  return mrz != NULL && mrz->valid && mrz->format == live->format;
}

void
lanyard_mrz_marks_make (const char *text,
                        gsize n_bytes,
                        LanyardMrzFormat expected,
                        LanyardMrzMarks *marks)
{
  LanyardMrzText split;
  const LanyardMrzLayout *layout;

  g_return_if_fail (text != NULL || n_bytes == 0);
  g_return_if_fail (marks != NULL);

  *marks = (LanyardMrzMarks){ 0 };
  lanyard_mrz_live_check (text, n_bytes, expected, &marks->live);
  layout = lanyard_mrz_layout_get (marks->live.format);
  lanyard_mrz_text_split_part (&split, text, n_bytes, layout != NULL ? layout->line_length : 0);
  if (layout == NULL)
    memset (marks->marks[0], LANYARD_MRZ_MARK_OPEN, split.lengths[0]);
  else
    {
      split.n_lines = MIN (split.n_lines, layout->n_lines);
      mark_misfits (marks, &split, layout);
      for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
        mark_field (marks, &split, layout, span);
      if (marks->live.checks[LANYARD_MRZ_FIELD_COMPOSITE] == LANYARD_MRZ_CHECK_DIFFERS)
        doubt_composite (marks, &split, layout);
      marks->done = is_done (text, n_bytes, &marks->live);
    }
  lanyard_mrz_text_wipe (&split);
}
