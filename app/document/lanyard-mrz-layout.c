/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where things stand in each zone, and nothing else: the tables of 9303-4 to -7. */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-mrz-layout.h"

#define F(name) LANYARD_MRZ_FIELD_##name
#define L LANYARD_MRZ_CLASS_LETTER
#define D LANYARD_MRZ_CLASS_DIGIT
#define X LANYARD_MRZ_CLASS_FILLER
#define ANY LANYARD_MRZ_CLASS_ANY

/* 9303-5 §4.2.2. A number of more than nine characters goes on in the optional data, with a filler
 * where its check digit was: hence the filler there. The second character of the code may be a
 * digit: cards of one big issuer have C1 and C2. */
static const LanyardMrzSpan td1_spans[] = {
  { F (CODE), 0, 0, 2, 0, ANY, 0 },         { F (ISSUER), 0, 2, 3, 0, L | X, 0 },
  { F (NUMBER), 0, 5, 9, 14, ANY, D | X },  { F (OPTIONAL), 0, 15, 15, 0, ANY, 0 },
  { F (BIRTH), 1, 0, 6, 6, D | X, D },      { F (SEX), 1, 7, 1, 0, L | X, 0 },
  { F (EXPIRY), 1, 8, 6, 14, D | X, D },    { F (NATIONALITY), 1, 15, 3, 0, L | X, 0 },
  { F (OPTIONAL_2), 1, 18, 11, 0, ANY, 0 }, { F (COMPOSITE), 1, 29, 1, 0, D, 0 },
  { F (NAMES), 2, 0, 30, 0, L | X, 0 },     { 0 },
};
static const LanyardMrzRun td1_composite[]
    = { { 0, 5, 25 }, { 1, 0, 7 }, { 1, 8, 7 }, { 1, 18, 11 }, { 0 } };

/* The first line of all but TD1. */
#define UPPER_LINE(length)                                                                         \
  { F (CODE), 0, 0, 2, 0, ANY, 0 }, { F (ISSUER), 0, 2, 3, 0, L | X, 0 },                          \
  {                                                                                                \
    F (NAMES), 0, 5, (length)-5, 0, L | X, 0                                                       \
  }
/* The second one, up to its optional data. */
#define LOWER_LINE(number_check)                                                                   \
  { F (NUMBER), 1, 0, 9, 9, ANY, number_check }, { F (NATIONALITY), 1, 10, 3, 0, L | X, 0 },       \
      { F (BIRTH), 1, 13, 6, 19, D | X, D }, { F (SEX), 1, 20, 1, 0, L | X, 0 },                   \
  {                                                                                                \
    F (EXPIRY), 1, 21, 6, 27, D | X, D                                                             \
  }

/* 9303-6 §4.2.2: long numbers as on TD1. */
static const LanyardMrzSpan td2_spans[] = {
  UPPER_LINE (36),
  LOWER_LINE (D | X),
  { F (OPTIONAL), 1, 28, 7, 0, ANY, 0 },
  { F (COMPOSITE), 1, 35, 1, 0, D, 0 },
  { 0 },
};
static const LanyardMrzRun td2_composite[] = { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 14 }, { 0 } };

/* 9303-4 §4.2.2: the check digit of an empty personal number may be a filler. */
static const LanyardMrzSpan td3_spans[] = {
  UPPER_LINE (44),
  LOWER_LINE (D),
  { F (OPTIONAL), 1, 28, 14, 42, ANY, D | X },
  { F (COMPOSITE), 1, 43, 1, 0, D, 0 },
  { 0 },
};
static const LanyardMrzRun td3_composite[] = { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 22 }, { 0 } };

/* 9303-7: no composite check digit. */
static const LanyardMrzSpan mrv_a_spans[] = {
  UPPER_LINE (44),
  LOWER_LINE (D),
  { F (OPTIONAL), 1, 28, 16, 0, ANY, 0 },
  { 0 },
};
static const LanyardMrzSpan mrv_b_spans[] = {
  UPPER_LINE (36),
  LOWER_LINE (D),
  { F (OPTIONAL), 1, 28, 8, 0, ANY, 0 },
  { 0 },
};

static const LanyardMrzLayout layouts[] = {
  { LANYARD_MRZ_TD1, "TD1", 3, 30, td1_spans, td1_composite },
  { LANYARD_MRZ_TD2, "TD2", 2, 36, td2_spans, td2_composite },
  { LANYARD_MRZ_TD3, "TD3", 2, 44, td3_spans, td3_composite },
  { LANYARD_MRZ_MRV_A, "MRV-A", 2, 44, mrv_a_spans, NULL },
  { LANYARD_MRZ_MRV_B, "MRV-B", 2, 36, mrv_b_spans, NULL },
};

static const char *const alphabets[LANYARD_MRZ_CLASS_ANY + 1] = {
  "",  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",  "0123456789",  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  "<", "ABCDEFGHIJKLMNOPQRSTUVWXYZ<", "0123456789<", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<",
};

const LanyardMrzLayout *
lanyard_mrz_layout_get (LanyardMrzFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].format == format)
      return &layouts[i];
  return NULL;
}

const LanyardMrzSpan *
lanyard_mrz_layout_find (const LanyardMrzLayout *layout, LanyardMrzField field)
{
  g_return_val_if_fail (layout != NULL, NULL);

  for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
    if (span->field == field)
      return span;
  return NULL;
}

/* The span that (line, column) belongs to, as its check digit or not. */
static const LanyardMrzSpan *
span_at (LanyardMrzFormat format, guint line, guint column)
{
  const LanyardMrzLayout *layout = lanyard_mrz_layout_get (format);

  if (layout == NULL || line >= layout->n_lines || column >= layout->line_length)
    return NULL;
  for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
    if (span->line == line
        && ((column >= span->column && column < (guint)span->column + span->length)
            || (span->check_column != 0 && column == span->check_column)))
      return span;
  return NULL;
}

LanyardMrzClass
lanyard_mrz_class_at (LanyardMrzFormat format, guint line, guint column)
{
  const LanyardMrzSpan *span = span_at (format, line, column);

  if (span == NULL)
    return LANYARD_MRZ_CLASS_NONE;
  if (span->field == LANYARD_MRZ_FIELD_CODE && column == 0)
    return LANYARD_MRZ_CLASS_LETTER;
  return span->check_column != 0 && column == span->check_column ? span->check_classes
                                                                 : span->classes;
}

const char *
lanyard_mrz_alphabet_at (LanyardMrzFormat format, guint line, guint column)
{
  const LanyardMrzSpan *span = span_at (format, line, column);

  if (span != NULL && span->field == LANYARD_MRZ_FIELD_SEX)
    return "FM<";
  return alphabets[lanyard_mrz_class_at (format, line, column)];
}

LanyardMrzFormat
lanyard_mrz_format_of (guint n_lines, guint line_length)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].n_lines == n_lines && layouts[i].line_length == line_length)
      return layouts[i].format;
  return LANYARD_MRZ_NONE;
}

LanyardMrzFormat
lanyard_mrz_format_refine (LanyardMrzFormat format, char first)
{
  if (first != 'V')
    return format;
  if (format == LANYARD_MRZ_TD3)
    return LANYARD_MRZ_MRV_A;
  return format == LANYARD_MRZ_TD2 ? LANYARD_MRZ_MRV_B : format;
}

guint
lanyard_mrz_n_lines (LanyardMrzFormat format)
{
  const LanyardMrzLayout *layout = lanyard_mrz_layout_get (format);

  return layout != NULL ? layout->n_lines : 0;
}

guint
lanyard_mrz_line_length (LanyardMrzFormat format)
{
  const LanyardMrzLayout *layout = lanyard_mrz_layout_get (format);

  return layout != NULL ? layout->line_length : 0;
}

const char *
lanyard_mrz_format_to_string (LanyardMrzFormat format)
{
  const LanyardMrzLayout *layout = lanyard_mrz_layout_get (format);

  return layout != NULL ? layout->name : "none";
}

static guint
value_of (char character)
{
  if (g_ascii_isdigit (character))
    return (guint)(character - '0');
  return g_ascii_isupper (character) ? (guint)(character - 'A') + 10 : 0;
}

guint
lanyard_mrz_check_digit (const char *text, gsize n)
{
  static const guint weights[] = { 7, 3, 1 };
  guint sum = 0;

  g_return_val_if_fail (text != NULL || n == 0, 0);

  for (gsize i = 0; i < n; i++)
    sum = (sum + value_of (text[i]) * weights[i % 3]) % 10;
  return sum;
}
