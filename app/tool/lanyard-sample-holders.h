/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-entry.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/* Made-up people with whom the templates of a pack are tried. */
typedef enum
{
  LANYARD_SAMPLE_ORDINARY, /* one zone, one means of transport */
  LANYARD_SAMPLE_LONG,     /* long names in two scripts and all privileges of the pack */
  LANYARD_SAMPLE_SHORT,    /* a single short name and no privilege at all */
  LANYARD_N_SAMPLES,
} LanyardSample;

/* "long" (transfer none) */
const char *lanyard_sample_to_string (LanyardSample sample);

/* Returns: (transfer full): a holder of @category with codes of @pack */
LanyardEntry *
lanyard_sample_holder_new (LanyardPack *pack, const char *category, LanyardSample sample);

/* Returns: (transfer full): a portrait that is nobody's, PNG of 300 × 400 px */
GBytes *lanyard_sample_photo_new (void);

/* Returns: (transfer full): a credential for @entry of the size of a real one, signed by a key that
 * is thrown away: it verifies nowhere */
char *lanyard_sample_credential_new (LanyardPack *pack, const LanyardEntry *entry);

G_END_DECLS
