/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-squeeze.h"

#include <zstd.h>

#include "lanyard-error.h"

#define LEVEL 3

GBytes *
lanyard_squeeze (const void *data, gsize n_bytes)
{
  gsize bound = ZSTD_compressBound (n_bytes);
  guint8 *out = g_malloc (bound);
  gsize n_out = ZSTD_compress (out, bound, data, n_bytes, LEVEL);

  /* Only a lack of memory can fail here, and g_malloc() does not survive that either. */
  lanyard_assert_invariant (!ZSTD_isError (n_out));
  return g_bytes_new_take (g_realloc (out, n_out), n_out);
}

GBytes *
lanyard_unsqueeze (const void *data, gsize n_bytes, gsize max_bytes, GError **error)
{
  unsigned long long size;
  guint8 *out;
  gsize n_out;

  size = n_bytes == 0 ? ZSTD_CONTENTSIZE_ERROR : ZSTD_getFrameContentSize (data, n_bytes);
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN
      || ZSTD_findFrameCompressedSize (data, n_bytes) != n_bytes)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The compressed part is not one Zstandard frame with its size.");
      return NULL;
    }
  if (size > max_bytes)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "The compressed part would be larger than its limit.");
      return NULL;
    }

  out = g_malloc (size + 1);
  n_out = ZSTD_decompress (out, size, data, n_bytes);
  if (ZSTD_isError (n_out) || n_out != size)
    {
      g_free (out);
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The compressed part does not unpack.");
      return NULL;
    }
  return g_bytes_new_take (out, n_out);
}
