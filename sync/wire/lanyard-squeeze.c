/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-squeeze.h"

#include <zstd.h>

#include "lanyard-error.h"

#define LEVEL 3

struct _LanyardUnsqueezer
{
  /* owned */
  GBytes *packed;
  ZSTD_DCtx *stream;
  guint8 *out; /* (nullable): NULL: given away */

  /* state */
  ZSTD_inBuffer in;
  gsize size;  /* that it will have */
  gsize n_out; /* that it has */
};

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

/* @size: (out): what it will be */
static gboolean
get_size (const void *data, gsize n_bytes, gsize max_bytes, gsize *size, GError **error)
{
  unsigned long long told
      = n_bytes == 0 ? ZSTD_CONTENTSIZE_ERROR : ZSTD_getFrameContentSize (data, n_bytes);

  if (told == ZSTD_CONTENTSIZE_ERROR || told == ZSTD_CONTENTSIZE_UNKNOWN
      || ZSTD_findFrameCompressedSize (data, n_bytes) != n_bytes)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The compressed part is not one Zstandard frame with its size.");
      return FALSE;
    }
  if (told > max_bytes)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "The compressed part would be larger than its limit.");
      return FALSE;
    }
  *size = (gsize)told;
  return TRUE;
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       "The compressed part does not unpack.");
  return FALSE;
}

GBytes *
lanyard_unsqueeze (const void *data, gsize n_bytes, gsize max_bytes, GError **error)
{
  gsize size, n_out;
  guint8 *out;

  if (!get_size (data, n_bytes, max_bytes, &size, error))
    return NULL;
  out = g_malloc (size + 1);
  n_out = ZSTD_decompress (out, size, data, n_bytes);
  if (ZSTD_isError (n_out) || n_out != size)
    {
      g_free (out);
      fail (error);
      return NULL;
    }
  return g_bytes_new_take (out, n_out);
}

LanyardUnsqueezer *
lanyard_unsqueezer_new (GBytes *packed, gsize max_bytes, GError **error)
{
  LanyardUnsqueezer *unsqueezer;
  gsize n_bytes, size;
  const void *data = g_bytes_get_data (packed, &n_bytes);

  if (!get_size (data, n_bytes, max_bytes, &size, error))
    return NULL;
  unsqueezer = g_new0 (LanyardUnsqueezer, 1);
  unsqueezer->packed = g_bytes_ref (packed);
  unsqueezer->stream = ZSTD_createDCtx ();
  unsqueezer->in = (ZSTD_inBuffer){ data, n_bytes, 0 };
  unsqueezer->size = size;
  unsqueezer->out = g_malloc (size + 1);
  lanyard_assert_invariant (unsqueezer->stream != NULL);
  return unsqueezer;
}

void
lanyard_unsqueezer_free (LanyardUnsqueezer *unsqueezer)
{
  if (unsqueezer == NULL)
    return;
  g_bytes_unref (unsqueezer->packed);
  ZSTD_freeDCtx (unsqueezer->stream);
  g_free (unsqueezer->out);
  g_free (unsqueezer);
}

gboolean
lanyard_unsqueezer_step (LanyardUnsqueezer *unsqueezer,
                         gsize n_bytes,
                         GBytes **whole,
                         GError **error)
{
  gsize n_left = unsqueezer->size - unsqueezer->n_out;
  ZSTD_outBuffer out
      = { unsqueezer->out, unsqueezer->n_out + MIN (n_bytes, n_left), unsqueezer->n_out };
  gsize n_before = unsqueezer->in.pos;
  gsize hint = ZSTD_decompressStream (unsqueezer->stream, &out, &unsqueezer->in);

  *whole = NULL;
  if (ZSTD_isError (hint))
    return fail (error);
  /* Neither read nor wrote: its end is missing. */
  if (hint > 0 && out.pos == unsqueezer->n_out && unsqueezer->in.pos == n_before)
    return fail (error);
  unsqueezer->n_out = out.pos;
  if (hint > 0)
    return TRUE;
  if (unsqueezer->n_out != unsqueezer->size)
    return fail (error);
  *whole = g_bytes_new_take (g_steal_pointer (&unsqueezer->out), unsqueezer->n_out);
  return TRUE;
}
