/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-aamva.h"
#include "lanyard-date.h"
#include "lanyard-mrz.h"

G_BEGIN_DECLS

/*
 * An identity document as far as Lanyard looks at it, whatever it was read from. Personal data:
 * lanyard_document_free() wipes it, and nothing keeps it for longer than a person stands there.
 */
typedef struct
{
  LanyardMrzFormat format; /* NONE: a driving licence's code */
  char type[3];            /* "P" passport, "V" visa, "I" identity card (codes A, C and I),
                            * "DL" driving licence; else the first letter of its code */
  char issuer[6];          /* "UTO", "D", "US-VA"; may be empty */
  char nationality[4];     /* empty: not known, or only by a repair that no check digit confirms */
  char sex;                /* 'F', 'M', or 'X' for unspecified */
  char *number;            /* as it is printed */
  char *family;            /* may be empty */
  char *given;             /* all given names; may be empty */
  gboolean one_list;       /* family and given names could not be told apart: all are in given */
  gboolean names_cut;      /* they may have been cut to fit */
  gboolean names_unsure;   /* parted or repaired by a guess: that they differ says nothing */
  LanyardDate birth;
  LanyardDate expiry;
  gboolean sound;  /* each check digit agrees; driving licences have none and are sound */
  guint n_repairs; /* characters that were read wrongly; certain where a check digit looks */
} LanyardDocument;

/* @today: complete. Returns: (transfer full) */
LanyardDocument *lanyard_document_new_from_mrz (const LanyardMrz *mrz, const LanyardDate *today);
/* Returns: (transfer full) */
LanyardDocument *lanyard_document_new_from_aamva (const LanyardAamva *aamva);

/**
 * lanyard_document_parse:
 * @text: (array length=n_bytes): hostile input
 * @n_bytes: its length
 * @flags: for machine readable zones
 * @today: complete
 * @error: LANYARD_ERROR_LIMIT, LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a driving licence or a machine readable zone; look at sound
 */
LanyardDocument *lanyard_document_parse (const char *text,
                                         gsize n_bytes,
                                         LanyardMrzFlags flags,
                                         const LanyardDate *today,
                                         GError **error);
void lanyard_document_free (LanyardDocument *document);

/**
 * lanyard_document_dup_keys:
 * @document: a document
 *
 * Returns: (transfer full): "TYPE:ISSUER:NUMBER" as LanyardEntry.documents has it, the likeliest
 *   first; then with the number's hyphens left out, and with DEU for D. Empty without a number.
 *   To be freed with lanyard_document_free_keys()
 */
char **lanyard_document_dup_keys (const LanyardDocument *document);
/* Wipes what it frees. */
void lanyard_document_free_keys (char **keys);

/* Whether two codes of issuers or nationalities mean the same: D is DEU. @b: (nullable) */
gboolean lanyard_document_same_code (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDocument, lanyard_document_free)

G_END_DECLS
