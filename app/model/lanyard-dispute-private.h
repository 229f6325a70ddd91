/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cbor.h"
#include "lanyard-dispute.h"

G_BEGIN_DECLS

/* The item of an entry. */
void lanyard_dispute_write (const LanyardDispute *dispute, LanyardCborWriter *writer);
LanyardDispute *lanyard_dispute_read (LanyardCborReader *reader);

G_END_DECLS
