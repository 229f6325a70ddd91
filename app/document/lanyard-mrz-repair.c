/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Undoes what readers of OCR-B print confuse, where the type of the field decides what it must be.
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-mrz-repair.h"

/* Looks like a digit. */
static const struct
{
  char letter;
  char digit;
} digit_for[] = { { 'O', '0' }, { 'Q', '0' }, { 'D', '0' }, { 'I', '1' }, { 'L', '1' },
                  { 'Z', '2' }, { 'S', '5' }, { 'G', '6' }, { 'B', '8' } };

/* Looks like a letter: only the likeliest, a digit has no other letter to be. */
static const struct
{
  char digit;
  char letter;
} letter_for[]
    = { { '0', 'O' }, { '1', 'I' }, { '2', 'Z' }, { '5', 'S' }, { '6', 'G' }, { '8', 'B' } };

/* Returns: what @character must be at a place of @classes; 0 when nothing decides it */
static char
repaired (char character, LanyardMrzClass classes)
{
  if (g_ascii_isupper (character) && (classes & LANYARD_MRZ_CLASS_DIGIT) != 0)
    for (guint i = 0; i < G_N_ELEMENTS (digit_for); i++)
      if (digit_for[i].letter == character)
        return digit_for[i].digit;
  if (g_ascii_isdigit (character) && (classes & LANYARD_MRZ_CLASS_LETTER) != 0)
    for (guint i = 0; i < G_N_ELEMENTS (letter_for); i++)
      if (letter_for[i].digit == character)
        return letter_for[i].letter;
  return 0;
}

static LanyardMrzField
field_at (const LanyardMrzLayout *layout, guint line, guint column)
{
  for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
    if (span->line == line
        && ((column >= span->column && column < (guint)span->column + span->length)
            || (span->check_column != 0 && span->check_column == column)))
      return span->field;
  return LANYARD_MRZ_FIELD_COMPOSITE;
}

gboolean
lanyard_mrz_text_all_fit (const LanyardMrzText *text, const LanyardMrzLayout *layout)
{
  for (guint line = 0; line < layout->n_lines; line++)
    for (guint column = 0; column < layout->line_length; column++)
      if (!lanyard_mrz_fits (layout->format, line, column, text->lines[line][column]))
        return FALSE;
  return TRUE;
}

gboolean
lanyard_mrz_text_all_agree (const LanyardMrzText *text, const LanyardMrzLayout *layout)
{
  for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
    {
      LanyardMrzCheck check = lanyard_mrz_text_check (text, layout, span);

      if (check != LANYARD_MRZ_CHECK_NONE && check != LANYARD_MRZ_CHECK_AGREES)
        return FALSE;
    }
  return TRUE;
}

/* Returns: FALSE when something cannot be what it must be */
static gboolean
repair_cell (LanyardMrzText *text,
             const LanyardMrzLayout *layout,
             guint line,
             guint column,
             LanyardMrzRepair *repairs,
             guint *n)
{
  char from = text->lines[line][column];
  char to;

  if (lanyard_mrz_fits (layout->format, line, column, from))
    return TRUE;
  to = repaired (from, lanyard_mrz_class_at (layout->format, line, column));
  if (to == 0 || !lanyard_mrz_fits (layout->format, line, column, to)
      || *n == LANYARD_MRZ_MAX_REPAIRS)
    return FALSE;
  text->lines[line][column] = to;
  repairs[(*n)++] = (LanyardMrzRepair){
    .field = field_at (layout, line, column),
    .line = (guint8)line,
    .column = (guint8)column,
    .from = from,
    .to = to,
  };
  return TRUE;
}

guint
lanyard_mrz_repair (LanyardMrzText *text, const LanyardMrzLayout *layout, LanyardMrzRepair *repairs)
{
  LanyardMrzText copy = *text;
  guint n = 0;
  gboolean ok = TRUE;

  for (guint line = 0; ok && line < layout->n_lines; line++)
    for (guint column = 0; ok && column < layout->line_length; column++)
      ok = repair_cell (&copy, layout, line, column, repairs, &n);
  ok = ok && n > 0 && lanyard_mrz_text_all_agree (&copy, layout);
  if (ok)
    *text = copy;
  lanyard_mrz_text_wipe (&copy);
  return ok ? n : 0;
}
