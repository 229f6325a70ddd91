/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "lanyard-hash.h"

G_BEGIN_DECLS

/*
 * Where one desk's records part from those that are here: a machine that was copied with its keys
 * wrote on. The chain that came first is the hub's; the other is kept in a file, whole from there
 * on, and is never mixed with it.
 */
typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 from; /* the first that differs */
  guint64 n;    /* records from there on, so far */
  LanyardHash head;
  char *path; /* owned */
  FILE *file; /* owned */
} LanyardHubOtherChain;

/**
 * lanyard_hub_other_chain_new:
 * @directory: where its file is made, under a name that is not taken
 * @from: its first record
 * @error: LANYARD_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a chain without records
 */
LanyardHubOtherChain *lanyard_hub_other_chain_new (const char *directory,
                                                   guint32 device,
                                                   guint32 epoch,
                                                   guint64 from,
                                                   GError **error);
void lanyard_hub_other_chain_free (LanyardHubOtherChain *other);

/* Adds its record @seq, as a line of "export records". @error: LANYARD_ERROR_IO */
gboolean lanyard_hub_other_chain_add (LanyardHubOtherChain *other,
                                      guint64 seq,
                                      GBytes *encoded,
                                      const LanyardHash *hash,
                                      GError **error);

G_END_DECLS
