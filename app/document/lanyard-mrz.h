/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Sizes of machine readable zones, ICAO Doc 9303-4 to -7. */
typedef enum
{
  LANYARD_MRZ_NONE = 0,   /* not a machine readable zone */
  LANYARD_MRZ_TD1 = 10,   /* cards, 3 lines of 30 (9303-5 §4.2) */
  LANYARD_MRZ_TD2 = 20,   /* larger cards, 2 lines of 36 (9303-6 §4.2) */
  LANYARD_MRZ_TD3 = 30,   /* passports, 2 lines of 44 (9303-4 §4.2) */
  LANYARD_MRZ_MRV_A = 40, /* visas of a whole page, 2 lines of 44 (9303-7) */
  LANYARD_MRZ_MRV_B = 50, /* smaller visas, 2 lines of 36 (9303-7) */
} LanyardMrzFormat;

#define LANYARD_MRZ_MAX_LINES 3
#define LANYARD_MRZ_MAX_COLUMNS 44
/* The most that is looked at: 90 characters, line ends, blanks that people type. */
#define LANYARD_MRZ_MAX_BYTES 256

/* What may stand at a position, as 9303-3 §4.3 and the tables of parts 4 to 7 have it. */
typedef enum
{
  LANYARD_MRZ_CLASS_NONE = 0,   /* outside the zone */
  LANYARD_MRZ_CLASS_LETTER = 1, /* A to Z */
  LANYARD_MRZ_CLASS_DIGIT = 2,  /* 0 to 9 */
  LANYARD_MRZ_CLASS_FILLER = 4, /* < */
  LANYARD_MRZ_CLASS_ANY = 7,
} LanyardMrzClass;

typedef enum
{
  LANYARD_MRZ_FIELD_CODE,        /* document code: P, V, A, C, I and one more character */
  LANYARD_MRZ_FIELD_ISSUER,      /* three-letter code, 9303-3 §5; D< < for Germany */
  LANYARD_MRZ_FIELD_NUMBER,      /* document number */
  LANYARD_MRZ_FIELD_NATIONALITY, /* three-letter code */
  LANYARD_MRZ_FIELD_BIRTH,       /* YYMMDD, 9303-3 §4.8 */
  LANYARD_MRZ_FIELD_SEX,         /* F, M or filler */
  LANYARD_MRZ_FIELD_EXPIRY,      /* YYMMDD */
  LANYARD_MRZ_FIELD_OPTIONAL,    /* TD3: personal number, with a check digit; TD1: first line */
  LANYARD_MRZ_FIELD_OPTIONAL_2,  /* TD1 only: second line */
  LANYARD_MRZ_FIELD_NAMES,       /* primary and secondary identifier; never has a check digit */
  LANYARD_MRZ_FIELD_COMPOSITE,   /* TD1, TD2, TD3: check digit over the others */
  LANYARD_MRZ_N_FIELDS,
} LanyardMrzField;

/**
 * lanyard_mrz_check_digit:
 * @text: (array length=n): characters A to Z, 0 to 9 and <
 * @n: their number
 *
 * Modulus 10 with weights 7, 3, 1 over 0 to 9, A = 10 to Z = 35, < = 0 (9303-3 §4.9). A character
 * of no class counts as 0.
 *
 * Returns: 0 to 9
 */
guint lanyard_mrz_check_digit (const char *text, gsize n);

/**
 * lanyard_mrz_format_of:
 * @n_lines: how many lines
 * @line_length: how many characters in each
 *
 * Returns: TD1, TD2 or TD3; NONE when no zone has this shape. Visas have the shapes of TD2 and TD3:
 *   lanyard_mrz_format_refine() tells them apart.
 */
LanyardMrzFormat lanyard_mrz_format_of (guint n_lines, guint line_length);

/* @first: the zone's first character. Returns: MRV-A for TD3 and MRV-B for TD2 when it is V, else
 * @format */
LanyardMrzFormat lanyard_mrz_format_refine (LanyardMrzFormat format, char first);
guint lanyard_mrz_n_lines (LanyardMrzFormat format);
guint lanyard_mrz_line_length (LanyardMrzFormat format);
/* "TD3" (transfer none) */
const char *lanyard_mrz_format_to_string (LanyardMrzFormat format);

/**
 * lanyard_mrz_class_at:
 * @format: a format
 * @line: from 0
 * @column: from 0
 *
 * Returns: the classes that are allowed there, as bits; NONE outside the zone. Whoever reads print
 *   need not look for anything else at that position.
 */
LanyardMrzClass lanyard_mrz_class_at (LanyardMrzFormat format, guint line, guint column);

/**
 * lanyard_mrz_alphabet_at:
 *
 * As lanyard_mrz_class_at(), but the characters themselves, and fewer of them where the standard
 * names them one by one ("FM<" for the sex, the first letter of the document code).
 *
 * Returns: (transfer none): characters in no order that means anything; "" outside the zone
 */
const char *lanyard_mrz_alphabet_at (LanyardMrzFormat format, guint line, guint column);

G_END_DECLS
