/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANYARD_ID_BYTES 16

/* UUIDv7 (RFC 9562 §5.7): correlates the records of one pickup. Never decides order. */
typedef struct
{
  guint8 bytes[LANYARD_ID_BYTES];
} LanyardId;

void lanyard_id_init_random (LanyardId *id, gint64 wall_us);
gboolean lanyard_id_equal (const LanyardId *a, const LanyardId *b);
gboolean lanyard_id_is_zero (const LanyardId *id);
/* Returns: (transfer full): 36 characters with hyphens */
char *lanyard_id_to_string (const LanyardId *id);
gboolean lanyard_id_parse (LanyardId *id, const char *text);

/**
 * lanyard_id_table_new:
 * @free_id: (nullable): of the keys
 * @free_value: (nullable)
 *
 * Returns: (transfer full) (element-type LanyardId gpointer): a table whose keys are ids
 */
GHashTable *lanyard_id_table_new (GDestroyNotify free_id, GDestroyNotify free_value);

/**
 * lanyard_check_character:
 * @text: upper-case letters, digits and hyphens (which are passed over)
 *
 * ISO/IEC 7064 MOD 37,36, the hybrid system for alphanumeric strings with one check character:
 * finds every single wrong character and nearly every swap of neighbours.
 *
 * Returns: the check character, or 0 when @text has a character that is not of the alphabet
 */
char lanyard_check_character (const char *text);

/**
 * lanyard_check_verify:
 * @text: (nullable): text whose last character is its check character
 *
 * Returns: whether it is right
 */
gboolean lanyard_check_verify (const char *text);

G_END_DECLS
