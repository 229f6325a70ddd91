/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_sense_check:
 * @text: hostile; UTF-8
 *
 * Whether this is something that people show at a desk, by its form alone: a credential in the
 * alphabet of Base45, an accreditation number with a right check character, a machine readable zone
 * whose check digits agree, a driving licence. Exact about small and large letters, so that of two
 * readings of the same keys at most one is right. What it is worth is judged elsewhere:
 * lanyard_presented_identify().
 */
gboolean lanyard_sense_check (const char *text);

G_END_DECLS
