/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-shift.h"

G_BEGIN_DECLS

/* What the reckoning needs of one record's body. A value. */
typedef struct
{
  char *printer; /* (nullable) */
  guint cards;
  guint64 lifetime; /* G_MAXUINT64: not there */
  LanyardVoidReason reason;
  guint fault;
  char *staff;     /* (nullable): staff number */
  GPtrArray *rows; /* (nullable) (element-type LanyardShiftRow) */
} LanyardShiftBody;

/* Reads what there is; a body that cannot be read says nothing. */
void lanyard_shift_body_read (LanyardShiftBody *body, const LanyardRecord *record);
void lanyard_shift_body_clear (LanyardShiftBody *body);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardShiftBody, lanyard_shift_body_clear)

G_END_DECLS
