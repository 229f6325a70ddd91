/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How one thing on a document stands to what is known of the holder. */
typedef enum
{
  LANYARD_AGREEMENT_NOT_KNOWN, /* one of the two does not say */
  LANYARD_AGREEMENT_AGREES,
  LANYARD_AGREEMENT_CLOSE, /* names and numbers only: a person should look */
  LANYARD_AGREEMENT_DIFFERS,
} LanyardAgreement;

/* A name as one source has it. Borrowed. */
typedef struct
{
  const char *family; /* (nullable) */
  const char *given;  /* (nullable) */
  gboolean one_list;  /* which is which is not known: all of it is in @given */
  gboolean cut;       /* words and ends may have been cut to fit */
} LanyardName;

/**
 * lanyard_name_compare:
 * @document: as a document has it
 * @holder: as the directory has it
 *
 * Two names agree when they can be spelt alike (lanyard_spellings_new()), also when
 *  - given names or further family names are missing on one side,
 *  - given and family names stand in the other order,
 *  - words are joined, hyphenated or parted,
 *  - particles ("de", "van der") or suffixes ("jr") are missing or stand elsewhere,
 *  - initials stand for further given names,
 *  - the document had to cut them.
 * They are close when one letter or two are different, when an initial is all there is of the given
 * names, or when a single name is one of several.
 *
 * Returns: NOT_KNOWN when either has no word that can be transliterated
 */
LanyardAgreement lanyard_name_compare (const LanyardName *document, const LanyardName *holder);

G_END_DECLS
