/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-aamva.h"

G_BEGIN_DECLS

typedef struct
{
  char id[4];
  char *value; /* owned; without blanks at its ends */
} LanyardAamvaElement;

typedef struct
{
  LanyardAamvaElement elements[LANYARD_AAMVA_MAX_ELEMENTS];
  guint n;
  gboolean
      unparted; /* there are no separators: a value may end early, at an id that is part of it */
  gboolean ambiguous; /* and then: an element seems to be there twice */
} LanyardAamvaElements;

void lanyard_aamva_elements_clear (LanyardAamvaElements *elements);
/* Returns: (transfer none) (nullable): the first of that id */
const char *lanyard_aamva_elements_get (const LanyardAamvaElements *elements, const char *id);

/* Finds the elements of the licence in @body. @folded: ids are in small letters. */
void lanyard_aamva_split (const char *body,
                          gboolean folded,
                          LanyardAamvaElements *elements,
                          LanyardAamvaQuirks *quirks);

/* Returns: (transfer none) (nullable): "US-VA" */
const char *lanyard_aamva_issuer_of (const char *iin);

/* Fills names, dates and sex. */
void lanyard_aamva_take_names (LanyardAamva *aamva, const LanyardAamvaElements *elements);
/* @canadian: which order is the right one */
LanyardDate lanyard_aamva_parse_date (const char *text, gboolean canadian, gboolean *odd);

G_END_DECLS
