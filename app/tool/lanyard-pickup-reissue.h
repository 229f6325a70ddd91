/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-desk.h"
#include "lanyard-void-reason.h"

G_BEGIN_DECLS

#define LANYARD_PICKUP_MAX_PIN_BYTES 64

/* What staff say when a pickup without a window is a reissue. A value; wiped when cleared. */
typedef struct
{
  LanyardVoidReason reason; /* 0: it is no reissue */
  char *staff;              /* owned (nullable): staff number */
  char *second;             /* owned (nullable): of the second person */
  char pin[LANYARD_PICKUP_MAX_PIN_BYTES + 2];
  char second_pin[LANYARD_PICKUP_MAX_PIN_BYTES + 2];
  gboolean asked; /* the desk was told what to do */
} LanyardPickupReissue;

/**
 * lanyard_pickup_reissue_read:
 * @reason: name of a reason, "lost"
 * @error: LANYARD_ERROR_USAGE
 *
 * Reads the PINs from standard input, one a line: they never stand on the command line.
 */
gboolean
lanyard_pickup_reissue_read (LanyardPickupReissue *reissue, const char *reason, GError **error);
void lanyard_pickup_reissue_clear (LanyardPickupReissue *reissue);
void lanyard_pickup_reissue_sign_in (const LanyardPickupReissue *reissue, LanyardDesk *desk);
/* The staff page shows somebody: asks for the reissue, once. Returns: FALSE and @error when the
 * desk does not allow one */
gboolean lanyard_pickup_reissue_ask (LanyardPickupReissue *reissue,
                                     LanyardDesk *desk,
                                     const LanyardView *view,
                                     GError **error);

G_END_DECLS
