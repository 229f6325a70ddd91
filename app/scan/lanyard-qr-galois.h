/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANYARD_QR_MAX_CODEWORDS 255 /* in one block */

/* Returns: how many of @n codewords are wrong when the last @n_check of them protect the block; -1
 * when they are too many to be mended (ISO/IEC 18004:2015 Annex B) */
int lanyard_qr_galois_errors (const guint8 *codewords, guint n, guint n_check);

G_END_DECLS
