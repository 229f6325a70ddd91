/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hash.h"
#include "lanyard-hub-store.h"

G_BEGIN_DECLS

/* What one stored record says about a badge, and about blank cards. Pure: store first, then
 * interpret. */
typedef struct
{
  LanyardHubBadge *badge;        /* owned (nullable): NULL: it says nothing about badges */
  LanyardResolution *resolution; /* owned (nullable): a decision about a conflict, of number */
  char *number;                  /* owned (nullable): accreditation that it is about */
  char *why;         /* owned (nullable): why it makes no sense and a person should look */
  char *seal;        /* owned (nullable): that is on the card from now on */
  gboolean makes;    /* a record of the desk that made the badge, not of one that voids it */
  GPtrArray *stocks; /* owned (element-type LanyardHubStock) (nullable): of blank cards */
  guint64 bad_gseq;  /* row of the feed that the desk could not understand; 0: none */
  gboolean opaque;   /* of a kind or version that is not known here */
  guint16 kind;      /* of the record, when it could be read */
  guint16 version;   /* likewise */
  gint64 wall_us;    /* likewise: when its desk believed that it was */
} LanyardHubFact;

/**
 * lanyard_hub_interpret:
 * @encoded: a record as it was stored
 * @device: the desk that sent it
 * @epoch: its epoch
 * @seq: where it stands in the desk's chain
 * @previous: hash of the record before
 *
 * Unknown kinds are no error: they say nothing here and are kept for a program that knows them.
 *
 * Returns: (transfer full): the fact
 */
LanyardHubFact *lanyard_hub_interpret (GBytes *encoded,
                                       guint32 device,
                                       guint32 epoch,
                                       guint64 seq,
                                       const LanyardHash *previous);
void lanyard_hub_fact_free (LanyardHubFact *fact);
/* For tests: kinds above @last are not known, as to a hub of an earlier version. */
void lanyard_hub_interpret_as_earlier (guint16 last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubFact, lanyard_hub_fact_free)

G_END_DECLS
