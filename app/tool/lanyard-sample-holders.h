/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-entry.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/* A made-up person with whom templates are tried. */
typedef struct
{
  char *name;          /* for reports: "longest" */
  LanyardEntry *entry; /* owned; its category is empty where @category is NULL */
  char *category;      /* (nullable): the only one that it is tried with */
  gboolean has_photo;
} LanyardSampleHolder;

void lanyard_sample_holder_free (LanyardSampleHolder *holder);

/**
 * lanyard_sample_holders_load:
 * @error: LANYARD_ERROR_INVALID naming the line of check/holders.jsonl and the member
 *
 * The people in the pack's check/holders.jsonl, or those that come with the program: the longest
 * names, single names, no photo, and names in the scripts of the world. See docs/templates.md.
 *
 * Returns: (transfer full) (element-type LanyardSampleHolder) (nullable)
 */
GPtrArray *lanyard_sample_holders_load (LanyardPack *pack, GError **error);

/* Returns: (transfer full): @holder as one of @category */
LanyardEntry *lanyard_sample_holder_dup_entry (const LanyardSampleHolder *holder,
                                               const char *category);

/* Returns: (transfer full): a portrait that is nobody's, PNG of 300 × 400 px */
GBytes *lanyard_sample_photo_new (void);

/* Returns: (transfer full): a credential for @entry of the size of a real one, signed by a key that
 * anybody can have: it verifies nowhere, and is the same each time */
char *
lanyard_sample_credential_new (LanyardPack *pack, const LanyardEntry *entry, const char *serial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSampleHolder, lanyard_sample_holder_free)

G_END_DECLS
