/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What is the same in each QR symbol of one version (ISO/IEC 18004:2015 §6.3, §7.9, §7.10).
 *
 * Assumes QR Code Model 2, versions 1 to 40: Model 1 and micro QR have other places for the same
 * things and are not read. Its justification is the standard; nothing in it is measured.
 */

#define LANYARD_QR_MAX_SIDE 177   /* modules */
#define LANYARD_QR_MAX_PATTERNS 7 /* rows of alignment patterns */

typedef enum
{
  LANYARD_QR_DATA = 0,
  LANYARD_QR_LIGHT = 1,   /* always light */
  LANYARD_QR_DARK = 2,    /* always dark */
  LANYARD_QR_FORMAT = 3,  /* format information */
  LANYARD_QR_VERSION = 4, /* version information */
} LanyardQrKind;

/* All modules of one version. */
typedef struct
{
  guint version;                           /* 1 to 40; 0: nothing yet */
  guint side;                              /* modules */
  guint n_patterns;                        /* rows of alignment patterns, 0 in version 1 */
  guint patterns[LANYARD_QR_MAX_PATTERNS]; /* middles of those rows and columns */
  guint n_fixed;                           /* modules that are always light or dark */
  guint8 kind[LANYARD_QR_MAX_SIDE * LANYARD_QR_MAX_SIDE]; /* side × side, LanyardQrKind */
} LanyardQrLayout;

static inline guint
lanyard_qr_side (guint version)
{
  return 17 + 4 * version;
}

void lanyard_qr_layout_make (LanyardQrLayout *layout, guint version);

/* Whether the alignment pattern in row @i and column @k of patterns exists: not under a finder. */
gboolean lanyard_qr_layout_has_pattern (const LanyardQrLayout *layout, guint i, guint k);

/* Where bit @i (0 is the last of 15) of the format information stands. @copy: 0 around the top left
 * finder, 1 beside the two others. */
void lanyard_qr_format_module (guint side, guint copy, guint i, guint *column, guint *row);
/* Where bit @i (0 is the last of 18) of the version information stands. @copy: 0 below left, 1
 * above right. */
void lanyard_qr_version_module (guint side, guint copy, guint i, guint *column, guint *row);

/* Returns: the 15 bits of the nearest format information; *@n_wrong: how many bits differ */
guint lanyard_qr_format_nearest (guint bits, guint *n_wrong);
/* Returns: the 18 bits of @version, from 7 on */
guint lanyard_qr_version_bits (guint version);

G_END_DECLS
