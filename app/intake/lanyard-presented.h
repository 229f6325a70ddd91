/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-credential.h"
#include "lanyard-document.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/* What a scan turned out to be. */
typedef enum
{
  LANYARD_PRESENTED_CREDENTIAL = 10, /* signed, and it verifies */
  LANYARD_PRESENTED_NUMBER = 20,     /* an accreditation number with a right check character */
  LANYARD_PRESENTED_REJECTED = 30,   /* signed, but not acceptable: error says why */
  LANYARD_PRESENTED_FOREIGN = 40,    /* anything else: a shop's code, a web address, noise */
  LANYARD_PRESENTED_DOCUMENT = 50,   /* an identity document, and what can be checked of it holds */
  LANYARD_PRESENTED_UNCLEAR = 60,    /* an identity document that was not read well */
} LanyardPresentedKind;

typedef struct
{
  LanyardPresentedKind kind;
  LanyardClaims *claims;     /* (nullable): only CREDENTIAL */
  char *number;              /* (nullable): accreditation number; CREDENTIAL and NUMBER. As it was
                              * signed, or as lanyard_presented_normalise_number() makes it */
  GError *error;             /* (nullable): only REJECTED */
  LanyardDocument *document; /* (nullable): only DOCUMENT; sound. Personal data */
} LanyardPresented;

/* What is needed to judge. Borrowed. */
typedef struct
{
  const char *event;
  const LanyardTrustList *trust;
  const LanyardNegativeList *negative; /* (nullable) */
  gint64 now_s;                        /* s since 1970-01-01 UTC */
  LanyardSymbologies symbologies;      /* codes of shops count only where they are in it */
} LanyardPresentedContext;

/**
 * lanyard_presented_identify:
 * @scan: hostile input
 * @context: what is needed to judge
 *
 * Pure; never acts on content, only names it.
 *
 * Returns: (transfer full): what it is
 */
LanyardPresented *lanyard_presented_identify (const LanyardScan *scan,
                                              const LanyardPresentedContext *context);

/**
 * lanyard_presented_normalise_number:
 * @text: what was typed or read
 *
 * Takes off spaces, hyphens, dots and slashes and makes letters large: people type a number as they
 * see it printed.
 *
 * Returns: (transfer full) (nullable): an accreditation number of 6 to 32 letters and digits with a
 *   right check character; NULL for anything else
 */
char *lanyard_presented_normalise_number (const char *text);
/* Returns: (transfer full) (nullable): text of the signed credential that was scanned, as it was
 * signed; NULL: it is none by its look. Nothing is verified. */
char *lanyard_presented_dup_credential (const LanyardScan *scan);
void lanyard_presented_free (LanyardPresented *presented);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPresented, lanyard_presented_free)

G_END_DECLS
