/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-wedge-decoder.h"

G_BEGIN_DECLS

/*
 * What the keys of a burst say, in whichever layout. Part of lanyard-wedge-decoder.h.
 *
 * Assumes that a whole burst was sent in one layout, and that what was typed is right when it makes
 * sense. When it does not and two other readings do, neither is believed and the text stays as it
 * was typed. Assumes that keys say more than the characters that some layout made of them, so that
 * these are asked last. Held by test-wedge-layout for a credential, a number, a zone and
 * punctuation, sent by scanners of three layouts to desks of three, with and without Caps Lock and
 * the keys' numbers.
 */
typedef struct
{
  char *prefix;   /* owned, may be "" */
  char *suffix;   /* owned, may be "" */
  guint n_prefix; /* characters */
  guint n_suffix; /* characters */
  gboolean aim;
  LanyardWedgeLayout layout;
  LanyardKeyboard keyboard;
  LanyardWedgeSenseFunc makes_sense; /* (nullable) */
  gpointer sense_data;

  /* owned, to read into; wiped after each use */
  GString *text;
  GString *best;
} LanyardWedgeEvidence;

void lanyard_wedge_evidence_init (LanyardWedgeEvidence *evidence,
                                  const LanyardWedgeOptions *options);
void lanyard_wedge_evidence_clear (LanyardWedgeEvidence *evidence);

/* Returns: whether there is a reading in which the keys go on as the prefix does */
gboolean lanyard_wedge_evidence_may_begin (LanyardWedgeEvidence *evidence,
                                           const LanyardWedgeKey *keys,
                                           guint n_keys);
/* Returns: whether there is a reading in which the keys end with the suffix */
gboolean lanyard_wedge_evidence_has_suffix (LanyardWedgeEvidence *evidence,
                                            const LanyardWedgeKey *keys,
                                            guint n_keys);
/* Returns: whether there is a reading in which the keys are the first line of several */
gboolean lanyard_wedge_evidence_is_first_line (LanyardWedgeEvidence *evidence,
                                               const LanyardWedgeKey *keys,
                                               guint n_keys);

/**
 * lanyard_wedge_evidence_make_scan:
 * @sure: (out): whether it is known to be a scan
 *
 * Returns: (transfer full) (nullable): what the keys say without prefix, suffix, identifier and
 *   line ends at the end; NULL when prefix or suffix are missing, or nothing is left, or too much
 */
LanyardScan *lanyard_wedge_evidence_make_scan (LanyardWedgeEvidence *evidence,
                                               const LanyardWedgeKey *keys,
                                               guint n_keys,
                                               gboolean *sure);

G_END_DECLS
