/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-wedge-layout.h"

G_BEGIN_DECLS

/* What a scanner is tried with: letters and marks that keyboards have at different places, both
 * cases and digits; nothing that a desk would ever take for a code of its own. */
#define LANYARD_SETUP_TRIAL_TEXT "Ly:Az-Qw+mY/0189"
/* More keys than this are no trial; what comes after them is left out. */
#define LANYARD_SETUP_TRIAL_MAX_KEYS 256
/* Longest prefix or suffix that is taken over, bytes. */
#define LANYARD_SETUP_TRIAL_MAX_AFFIX 8

typedef enum
{
  LANYARD_SETUP_TRIAL_NOTHING,    /* too little to be a scanner's */
  LANYARD_SETUP_TRIAL_OTHER,      /* not the code of the page, or not to be recognised */
  LANYARD_SETUP_TRIAL_TWICE_EACH, /* each character comes twice */
  LANYARD_SETUP_TRIAL_JOINED,     /* the code comes twice, with nothing between */
  LANYARD_SETUP_TRIAL_SLOW,       /* as slow as a person */
  LANYARD_SETUP_TRIAL_AFFIX,      /* something before or after it that no setting can hold */
  LANYARD_SETUP_TRIAL_CAPS,       /* Caps Lock is on */
  LANYARD_SETUP_TRIAL_GOOD,       /* with what is in the rest */
} LanyardSetupTrialVerdict;

/* What was found out about a scanner that types. A value. */
typedef struct
{
  LanyardSetupTrialVerdict verdict;
  gboolean other_layout;    /* it is set to keyboard, and the desk to something else */
  LanyardKeyboard keyboard; /* with other_layout */
  gboolean twice;           /* it sends each code twice, one after the other: counts once */
  gboolean aim;             /* symbology identifiers, such as ]Q1 */
  char prefix[LANYARD_SETUP_TRIAL_MAX_AFFIX + 1];
  char suffix[LANYARD_SETUP_TRIAL_MAX_AFFIX + 1]; /* before Enter or Tab */
} LanyardSetupTrial;

/**
 * lanyard_setup_trial_judge:
 * @keys: (array length=n_keys): what came until it was quiet
 * @max_gap_us: the longest time between two of them
 * @limit_us: what the desk takes for the longest gap of a scanner
 *
 * The keys are read in each layout that a scanner may be set to. Whatever they say, nothing but the
 * text of the page is looked for in them.
 */
void lanyard_setup_trial_judge (LanyardSetupTrial *trial,
                                const LanyardWedgeKey *keys,
                                guint n_keys,
                                gint64 max_gap_us,
                                gint64 limit_us);

/* The same for a scanner that is a device of its own. @text: (nullable): what it read; NULL: bytes
 * that are no text */
void lanyard_setup_trial_judge_text (LanyardSetupTrial *trial, const char *text);

/* Static: "us", "fr" or "de". */
const char *lanyard_setup_trial_get_layout (const LanyardSetupTrial *trial);

G_END_DECLS
