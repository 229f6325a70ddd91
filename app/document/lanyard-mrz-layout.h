/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz.h"

G_BEGIN_DECLS

/* One run of positions of one meaning. Lines and columns from 0. */
typedef struct
{
  LanyardMrzField field;
  guint8 line;
  guint8 column;
  guint8 length;        /* 0: end of the list */
  guint8 check_column;  /* on the same line; 0: the field has no check digit */
  guint8 classes;       /* LanyardMrzClass bits */
  guint8 check_classes; /* of the check digit: a filler is allowed in some */
} LanyardMrzSpan;

/* Part of what a composite check digit is computed over. */
typedef struct
{
  guint8 line;
  guint8 column;
  guint8 length; /* 0: end of the list */
} LanyardMrzRun;

typedef struct
{
  LanyardMrzFormat format;
  const char *name;
  guint8 n_lines;
  guint8 line_length;
  const LanyardMrzSpan *spans;
  const LanyardMrzRun *composite; /* (nullable): visas have none */
} LanyardMrzLayout;

/* Returns: (transfer none) (nullable): NULL for NONE and unknown formats */
const LanyardMrzLayout *lanyard_mrz_layout_get (LanyardMrzFormat format);

/* Returns: (transfer none) (nullable): NULL when @format has no such field */
const LanyardMrzSpan *lanyard_mrz_layout_find (const LanyardMrzLayout *layout,
                                               LanyardMrzField field);

G_END_DECLS
