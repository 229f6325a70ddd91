/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mono-raster.h"

G_BEGIN_DECLS

/* One label, as a printer understands it. */
typedef struct
{
  char *comment;             /* (nullable): owned: of ^FX */
  guint copies;              /* ^PQ */
  guint n_fields;            /* ^GF that it had */
  guint largest_field_bytes; /* of dots */
  LanyardMonoRaster *raster; /* owned: ^PW × ^LL dots */
} ZplLabel;

/**
 * zpl_decode:
 * @text: from ^XA to ^XZ
 *
 * Follows the reference and nothing of the encoder: ^PW ^LL ^LH ^LS ^PO ^PM ^LR ^PQ ^FX ^FO ^FS
 * ^GFA with hexadecimal, compressed hexadecimal or :Z64:, whose checksum must be right.
 *
 * Returns: (transfer full) (nullable): %NULL with @problem for what is no such label
 */
ZplLabel *zpl_decode (const char *text, gsize n_bytes, const char **problem);
void zpl_label_free (ZplLabel *label);

/**
 * zpl_decode_field:
 * @data: what follows the numbers of ^GFA
 * @bytes: (out) (array length=n_bytes): takes the dots
 *
 * Returns: whether @data are exactly that many bytes of dots
 */
gboolean zpl_decode_field (const char *data,
                           gsize n_data,
                           guint row_bytes,
                           guint8 *bytes,
                           gsize n_bytes,
                           const char **problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZplLabel, zpl_label_free)

G_END_DECLS
