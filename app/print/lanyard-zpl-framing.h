/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Finds answers in what a label printer sends: strings between <STX> and <ETX>, and words in
 * quotation marks outside of them. Whatever else comes is passed over. Pure, and of constant size.
 */
typedef struct _LanyardZplFraming LanyardZplFraming;

/* What is longer is no answer. */
#define LANYARD_ZPL_MAX_STRING_BYTES 511
/* How many of the last strings are kept. */
#define LANYARD_ZPL_MAX_STRINGS 3

/* Returns: (transfer full) */
LanyardZplFraming *lanyard_zpl_framing_new (void);
void lanyard_zpl_framing_free (LanyardZplFraming *framing);

/* Returns: whether a string or a word in quotation marks has just ended */
gboolean lanyard_zpl_framing_take (LanyardZplFraming *framing, char byte);

/**
 * lanyard_zpl_framing_get_last:
 * @strings: (out) (array length=n): the last @n strings, the oldest first; valid until the next
 * byte
 *
 * Returns: whether there are that many
 */
gboolean
lanyard_zpl_framing_get_last (const LanyardZplFraming *framing, const char **strings, guint n);

/* Returns: (transfer none) (nullable): the last word in quotation marks, without them */
const char *lanyard_zpl_framing_get_quoted (const LanyardZplFraming *framing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardZplFraming, lanyard_zpl_framing_free)

G_END_DECLS
