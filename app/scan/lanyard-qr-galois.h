/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANYARD_QR_MAX_CODEWORDS 255 /* in one block */

/*
 * Reed-Solomon codes of QR symbols, as far as to count what is wrong in a block.
 *
 * Assumes the field and the generators of ISO/IEC 18004:2015 §7.5.2 and Annex A, no more than
 * 32 codewords for protection (the standard has 30), and that nothing is known of which codewords
 * are doubtful. What justifies it is the standard; what asking it brings is measured in
 * lanyard-qr-blocks.h. More wrong codewords than half of those that protect may, like anywhere,
 * look like fewer ones of another block.
 */

/* Returns: how many of @n codewords are wrong when the last @n_check of them protect the block; -1
 * when they are too many to be mended (ISO/IEC 18004:2015 Annex B) */
int lanyard_qr_galois_errors (const guint8 *codewords, guint n, guint n_check);

G_END_DECLS
