/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-entry.h"
#include "lanyard-verification.h"

G_BEGIN_DECLS

/*
 * What a desk knows of a badge that somebody checks: what the badge says of itself, and what
 * journal, directory and lists say of it. A value; carries personal data: wiped when freed.
 */
typedef struct
{
  LanyardVerificationAnswer answer;  /* all taken together */
  LanyardVerification *verification; /* owned: what the code says of itself */
  gboolean is_number;                /* no code was shown but an accreditation number: no proof */
  gboolean void_here;                /* this desk voided it, or took it back */
  gboolean not_validated;            /* a pre-valid card of whose seal this desk knows nothing */
  gboolean is_pass;                  /* a day pass */
  char *seal;                        /* owned (nullable): that this desk put onto the card */
  LanyardEntry *entry;               /* owned (nullable): the holder, of the directory */
  GBytes *photo;                     /* owned (nullable) */
  gint64 list_age_s;                 /* of the negative list; -1: there is none */
  gboolean list_is_old;              /* past the age from which the desk warns */
} LanyardChecked;

LanyardChecked *lanyard_checked_new (void);
LanyardChecked *lanyard_checked_copy (const LanyardChecked *checked);
/* @checked: (nullable) */
void lanyard_checked_free (LanyardChecked *checked);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardChecked, lanyard_checked_free)

G_END_DECLS
