/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key.h"

G_BEGIN_DECLS

/* @seed: (out caller-allocates): LANYARD_SEED_BYTES; the caller wipes it. Only for the key file. */
void lanyard_key_copy_seed (const LanyardKey *key, guint8 *seed);

G_END_DECLS
