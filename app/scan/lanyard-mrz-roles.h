/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-zone.h"

G_BEGIN_DECLS

#define LANYARD_MRZ_MAX_POSITIONS (LANYARD_MRZ_MAX_LINES * LANYARD_MRZ_MAX_COLUMNS)

/* What one reading allows at a position, besides what the format does. */
typedef enum
{
  LANYARD_MRZ_ALLOW_ALL,
  LANYARD_MRZ_ALLOW_FILLER, /* nothing but < */
  LANYARD_MRZ_ALLOW_NO_FILLER,
  LANYARD_MRZ_ALLOW_DIGIT,
} LanyardMrzAllow;

/* What a position means for check digits. */
typedef struct
{
  guint8 field_weight;     /* 0: in no field that has a check digit */
  guint8 composite_weight; /* 0: not under the composite one */
  gboolean is_check;       /* is the check digit of the field before */
  gboolean is_composite;   /* is the composite one */
  LanyardMrzAllow allow;
} LanyardMrzRole;

/*
 * One way to read a zone of a format: which positions belong to which check digit. Most formats
 * have just one. The document number of a card may be longer than its field: then a filler stands
 * where its check digit would, and the number goes on in the optional data, with its check digit
 * and a filler behind it (9303-5 §4.2.2, 9303-6 §4.2.2 and §4.2.4). Some issuers count the filler
 * between the halves as a character of the number.
 */
typedef struct
{
  guint n_cells;
  guint8
      order[LANYARD_MRZ_MAX_POSITIONS]; /* positions, the parts of each field one after the other */
  LanyardMrzRole roles[LANYARD_MRZ_MAX_POSITIONS]; /* by position */
} LanyardMrzRoles;

/* Positions are counted from the first character of the first line, without line ends.
 * @format: not NONE. Number and check digit in their own fields */
void lanyard_mrz_roles_init (LanyardMrzRoles *roles, LanyardMrzFormat format);

/* Returns: the most characters of the optional data that may belong to the number, its check digit
 * included; 0 for formats whose numbers end where their field ends */
guint lanyard_mrz_roles_max_rest (LanyardMrzFormat format);

/**
 * lanyard_mrz_roles_init_long:
 * @n_rest: characters of the optional data that belong to the number, its check digit included; 2
 *   to lanyard_mrz_roles_max_rest()
 * @filler_counts: whether the filler is taken for a character of the number
 */
void lanyard_mrz_roles_init_long (LanyardMrzRoles *roles,
                                  LanyardMrzFormat format,
                                  guint n_rest,
                                  gboolean filler_counts);

G_END_DECLS
