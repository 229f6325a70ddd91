/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Assumes that issuers follow 9303: fields at their places, weights 7, 3 and 1, each check digit
 * where the layout has one. What another issuer's habit would make of them, such as a composite
 * digit over other fields, has no check digits that agree and is not read. The number's own check
 * digit is a digit: a card with no number at all and a filler for its digit has no reading. A
 * number is longer than its field on TD1 and TD2 only, fills all of it, and goes on where the
 * optional data begin.
 *
 * Measured by bench-mrz 5 0, read of 70 readable pictures and of 50 beyond, none wrong:
 *   70 and 37   as it is
 *   42 and 21   composite digits are digits over nothing: zones read are those where that is 0 or
 *               that have none, as visas
 *   70 and 37   no position is a composite digit or under one: to read such pages it is not needed,
 *               and whether it keeps wrong texts out is not measured by them
 * None of those pages has a long number. /scan/mrz/long-numbers of test-mrz-reader draws 8: all are
 * read; none without lanyard_mrz_roles_init_long(); 5 when the filler never counts.
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-roles.h"

#include "lanyard-mrz-layout.h"

static const guint8 weights[] = { 7, 3, 1 };

static void
set_fields (LanyardMrzRoles *roles, const LanyardMrzLayout *layout)
{
  for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
    {
      LanyardMrzRole *line = &roles->roles[span->line * layout->line_length];

      if (span->field == LANYARD_MRZ_FIELD_COMPOSITE)
        line[span->column].is_composite = TRUE;
      if (span->check_column == 0)
        continue;
      for (guint i = 0; i < span->length; i++)
        line[span->column + i].field_weight = weights[i % 3];
      line[span->check_column].is_check = TRUE;
      /* A filler there says that the number goes on elsewhere. */
      if (span->field == LANYARD_MRZ_FIELD_NUMBER)
        line[span->check_column].allow = LANYARD_MRZ_ALLOW_DIGIT;
    }
}

static void
set_composite (LanyardMrzRoles *roles, const LanyardMrzLayout *layout)
{
  guint place = 0;

  if (layout->composite == NULL)
    return;
  for (const LanyardMrzRun *run = layout->composite; run->length != 0; run++)
    for (guint i = 0; i < run->length; i++)
      roles->roles[run->line * layout->line_length + run->column + i].composite_weight
          = weights[place++ % 3];
}

/* The rest of a number comes directly behind its first part, whatever stands between them. */
static void
set_order (LanyardMrzRoles *roles, guint number_end, guint rest, guint n_rest)
{
  guint n = 0;

  for (guint i = 0; i < number_end; i++)
    roles->order[n++] = (guint8)i;
  for (guint i = 0; i < n_rest; i++)
    roles->order[n++] = (guint8)(rest + i);
  for (guint i = number_end; i < roles->n_cells; i++)
    if (i < rest || i >= rest + n_rest)
      roles->order[n++] = (guint8)i;
  g_assert (n == roles->n_cells);
}

void
lanyard_mrz_roles_init (LanyardMrzRoles *roles, LanyardMrzFormat format)
{
  const LanyardMrzLayout *layout = lanyard_mrz_layout_get (format);

  g_return_if_fail (layout != NULL);

  *roles = (LanyardMrzRoles){ .n_cells = layout->n_lines * layout->line_length };
  set_fields (roles, layout);
  set_composite (roles, layout);
  set_order (roles, roles->n_cells, 0, 0);
}

guint
lanyard_mrz_roles_max_rest (LanyardMrzFormat format)
{
  const LanyardMrzLayout *layout = lanyard_mrz_layout_get (format);
  const LanyardMrzSpan *number;

  g_return_val_if_fail (layout != NULL, 0);

  number = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_NUMBER);
  if ((number->check_classes & LANYARD_MRZ_CLASS_FILLER) == 0)
    return 0;
  return lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_OPTIONAL)->length;
}

void
lanyard_mrz_roles_init_long (LanyardMrzRoles *roles,
                             LanyardMrzFormat format,
                             guint n_rest,
                             gboolean filler_counts)
{
  const LanyardMrzLayout *layout = lanyard_mrz_layout_get (format);
  const LanyardMrzSpan *number, *optional;
  LanyardMrzRole *first, *rest;
  guint at;

  g_return_if_fail (n_rest >= 2 && n_rest <= lanyard_mrz_roles_max_rest (format));

  lanyard_mrz_roles_init (roles, format);
  number = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_NUMBER);
  optional = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_OPTIONAL);
  first = &roles->roles[number->line * layout->line_length];
  first[number->column + number->length - 1].allow = LANYARD_MRZ_ALLOW_NO_FILLER;
  first[number->check_column].is_check = FALSE;
  first[number->check_column].allow = LANYARD_MRZ_ALLOW_FILLER;
  at = optional->line * layout->line_length + optional->column;
  rest = &roles->roles[at];
  for (guint i = 0; i + 1 < n_rest; i++)
    {
      rest[i].field_weight = weights[(number->length + (filler_counts ? 1 : 0) + i) % 3];
      rest[i].allow = LANYARD_MRZ_ALLOW_NO_FILLER;
    }
  rest[n_rest - 1].is_check = TRUE;
  rest[n_rest - 1].allow = LANYARD_MRZ_ALLOW_DIGIT;
  if (n_rest < optional->length)
    rest[n_rest].allow = LANYARD_MRZ_ALLOW_FILLER;
  set_order (roles, number->line * layout->line_length + number->check_column + 1, at, n_rest);
}
