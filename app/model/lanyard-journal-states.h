/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-record.h"

G_BEGIN_DECLS

/*
 * The state in which a record leaves its pickup: what makes the pickup table the fold of the
 * records. FALSE: a record of @kind changes no state.
 */
static inline gboolean
lanyard_journal_state_of_kind (guint16 kind, LanyardPickupState *state)
{
  switch (kind)
    {
    case LANYARD_RECORD_RESERVED:
      *state = LANYARD_PICKUP_RESERVED;
      return TRUE;
    case LANYARD_RECORD_PRINTING:
      *state = LANYARD_PICKUP_PRINTING;
      return TRUE;
    case LANYARD_RECORD_REPORTED:
      *state = LANYARD_PICKUP_REPORTED;
      return TRUE;
    case LANYARD_RECORD_ISSUED:
      *state = LANYARD_PICKUP_ISSUED;
      return TRUE;
    case LANYARD_RECORD_VOIDED:
      *state = LANYARD_PICKUP_VOID;
      return TRUE;
    case LANYARD_RECORD_REFUSED:
      *state = LANYARD_PICKUP_REFUSED;
      return TRUE;
    case LANYARD_RECORD_REFERRED:
      *state = LANYARD_PICKUP_REFERRED;
      return TRUE;
    case LANYARD_RECORD_VALIDATED:
      *state = LANYARD_PICKUP_VALIDATED;
      return TRUE;
    case LANYARD_RECORD_PASS_HANDED:
      *state = LANYARD_PICKUP_HANDED;
      return TRUE;
    case LANYARD_RECORD_PASS_RETURNED:
      *state = LANYARD_PICKUP_RETURNED;
      return TRUE;
    case LANYARD_RECORD_UNKNOWN:
      *state = LANYARD_PICKUP_ATTENTION;
      return TRUE;
    default:
      return FALSE;
    }
}

G_END_DECLS
