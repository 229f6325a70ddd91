/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-sample.h"

G_BEGIN_DECLS

/*
 * A clean drawing of a symbol for ZBar: 2 px a module, quiet zone of 4 modules, all modules that
 * are always the same as they should be, format and version information corrected, what was seen in
 * a mirror turned over. ZBar reads such a drawing in 0.1 (version 3) to 3 ms (version 40); larger
 * modules only cost more.
 */
/* @format_bits: 15 bits as they are drawn */
void lanyard_qr_render (const LanyardQrLayout *layout,
                        const guint8 *dark,
                        guint format_bits,
                        LanyardPlaneBuffer *buffer);

G_END_DECLS
