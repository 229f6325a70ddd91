/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANYARD_HASH_BYTES 32

/* A BLAKE2b-256 value. */
typedef struct
{
  guint8 bytes[LANYARD_HASH_BYTES];
} LanyardHash;

/**
 * lanyard_hash_init:
 *
 * Starts libsodium; called by every program and test before anything else of this floor.
 * Aborts when libsodium cannot start, since nothing can be trusted then.
 */
void lanyard_hash_init (void);

/**
 * lanyard_hash_compute:
 * @hash: (out caller-allocates): the result
 * @domain: what is hashed, such as "lanyard/record/1"; its bytes and a NUL go in first
 * @first: (nullable): first part
 * @n_first: length of @first in bytes
 * @second: (nullable): second part
 * @n_second: length of @second in bytes
 *
 * BLAKE2b-256 (RFC 7693, no key) over domain, NUL, @first, @second. Where both parts vary in length
 * the caller frames them: this function does not.
 */
void lanyard_hash_compute (LanyardHash *hash,
                           const char *domain,
                           const void *first,
                           gsize n_first,
                           const void *second,
                           gsize n_second);

gboolean lanyard_hash_equal (const LanyardHash *a, const LanyardHash *b);
gboolean lanyard_hash_is_zero (const LanyardHash *hash);

/**
 * lanyard_hex_encode:
 * @bytes: (array length=n_bytes): anything
 * @n_bytes: its length
 *
 * Returns: (transfer full): lower-case hexadecimal
 */
char *lanyard_hex_encode (const guint8 *bytes, gsize n_bytes);

/**
 * lanyard_hex_decode:
 * @text: (nullable): hexadecimal of either case
 * @bytes: (out caller-allocates): where to put it
 * @n_bytes: exactly how many bytes are expected
 *
 * Returns: whether @text was exactly that
 */
gboolean lanyard_hex_decode (const char *text, guint8 *bytes, gsize n_bytes);

G_END_DECLS
