/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-date.h"

G_BEGIN_DECLS

/* Limits of one text. PDF417 of these cards holds less than half of it. */
#define LANYARD_AAMVA_MAX_BYTES 4096
#define LANYARD_AAMVA_MAX_ELEMENTS 128
#define LANYARD_AAMVA_MAX_ELEMENT_BYTES 256

/* What a text had that the standard does not. All of them occur on cards that people carry. */
typedef enum
{
  LANYARD_AAMVA_QUIRK_HEADER = 1 << 0,     /* file type, its letters, or the digits behind it */
  LANYARD_AAMVA_QUIRK_OFFSETS = 1 << 1,    /* the designators do not lead to a subfile */
  LANYARD_AAMVA_QUIRK_SEPARATORS = 1 << 2, /* elements are not separated by line feeds */
  LANYARD_AAMVA_QUIRK_DATES = 1 << 3,      /* not in the order of its country */
  LANYARD_AAMVA_QUIRK_ENCODING = 1 << 4,   /* not UTF-8: read as ISO 8859-1 */
} LanyardAamvaQuirks;

/* One driving licence or identity card of North America, as its PDF417 symbol tells it (AAMVA DL/ID
 * Card Design Standard, annex D). Personal data: lanyard_aamva_free() wipes it. */
typedef struct
{
  guint version;       /* of the standard: 0 to 99, 1 to 10 are known */
  char iin[7];         /* issuer identification number; as it stands there */
  char type[3];        /* "DL", "ID", or "EN" for enhanced licences */
  char issuer[6];      /* "US-VA", "CA-ON"; empty when it cannot be told */
  char *number;        /* DAQ, without blanks */
  char *family;        /* DCS, DAB; empty for people with one name and when it cannot be told */
  char *given;         /* DAC, DCT; the whole name when its order cannot be told (DAA) */
  char *middle;        /* DAD; may be empty */
  char *suffix;        /* DCU, DAE; may be empty */
  gboolean family_cut; /* DDE is T, or unknown and the field is full */
  gboolean given_cut;  /* DDF */
  gboolean middle_cut; /* DDG */
  gboolean one_name;   /* family and given could not be told apart: all of it is in given */
  gboolean
      names_unsure;   /* without separators: a name with an element's id in it was parted there */
  LanyardDate birth;  /* DBB */
  LanyardDate expiry; /* DBA; not known for cards that do not expire */
  char sex;           /* 'F', 'M' or 'X' */
  LanyardAamvaQuirks quirks;
} LanyardAamva;

/**
 * lanyard_aamva_looks_like:
 * @text: (array length=n_bytes): anything
 * @n_bytes: its length
 *
 * Returns: whether it begins like such a text; cheap
 */
gboolean lanyard_aamva_looks_like (const char *text, gsize n_bytes);

/**
 * lanyard_aamva_parse:
 * @text: (array length=n_bytes): hostile input, as the symbol or a keyboard scanner gives it
 * @n_bytes: its length; more than LANYARD_AAMVA_MAX_BYTES is refused
 * @error: LANYARD_ERROR_LIMIT, or LANYARD_ERROR_INVALID when there is no number or no name in it,
 * or when it can be read in more than one way
 *
 * The offsets of the header are believed only where they lead to a subfile; their lengths never.
 *
 * Returns: (transfer full) (nullable): the card
 */
LanyardAamva *lanyard_aamva_parse (const char *text, gsize n_bytes, GError **error);
void lanyard_aamva_free (LanyardAamva *aamva);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardAamva, lanyard_aamva_free)

G_END_DECLS
