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

typedef enum
{
  LANYARD_MRZ_PLAIN = 0,
  LANYARD_MRZ_REPAIR = 1, /* undo confusions of letters and digits where the field's type decides */
  LANYARD_MRZ_TYPED = 2,  /* small letters and blanks are meant well; fillers that end the line of
                           * names may be missing */
} LanyardMrzFlags;

typedef enum
{
  LANYARD_MRZ_CHECK_NONE = 0, /* the field has no check digit */
  LANYARD_MRZ_CHECK_AGREES = 1,
  LANYARD_MRZ_CHECK_DIFFERS = 2,
  LANYARD_MRZ_CHECK_OPEN = 3, /* while typing: not all of it is there yet */
} LanyardMrzCheck;

/* As it stands there: two digits of the year, and parts that are not known are -1 (9303-3 §4.8).
 * Which century is meant is for lanyard-document.h, which knows today. */
typedef struct
{
  gint8 year;  /* 0 to 99; -1: not known */
  gint8 month; /* 1 to 12; -1: not known */
  gint8 day;   /* 1 to 31; -1: not known */
} LanyardMrzDate;

typedef struct
{
  LanyardMrzField field;
  guint8 line;   /* from 0 */
  guint8 column; /* from 0 */
  char from;     /* as it was read */
  char to;       /* as it must be */
} LanyardMrzRepair;

/* More than this was not misread here and there: it is something else. */
#define LANYARD_MRZ_MAX_REPAIRS 12

/* One parsed zone. Personal data: lanyard_mrz_free() wipes it. Texts are without fillers; fillers
 * between words of a name are blanks. */
typedef struct
{
  LanyardMrzFormat format;
  char code[3];        /* "P", "ID" */
  char issuer[4];      /* "UTO", "D" */
  char nationality[4]; /* "UTO"; empty when it says nothing */
  char sex;            /* 'F', 'M', or 'X' for unspecified */
  LanyardMrzDate birth;
  LanyardMrzDate expiry;
  char *number;        /* whole, also when it went on in the optional data */
  char *primary;       /* family name; may be empty */
  char *secondary;     /* given names; empty for people with one name */
  gboolean names_fill; /* the names reach the end of their line: they may have been cut */
  char *optional;      /* what is left of it after the document number */
  char *optional_2;    /* TD1 */
  LanyardMrzCheck checks[LANYARD_MRZ_N_FIELDS];
  gboolean valid; /* each check digit agrees, each character may stand where it stands, and the
                   * dates are dates. Says nothing of the names on TD2, TD3 and visas: no check
                   * digit covers them */
  LanyardMrzRepair repairs[LANYARD_MRZ_MAX_REPAIRS];
  guint n_repairs;
} LanyardMrz;

/**
 * lanyard_mrz_parse:
 * @text: (array length=n_bytes): hostile input: lines that end with LF, CR, CR LF or a tab, or all
 *   in one
 * @n_bytes: its length; more than LANYARD_MRZ_MAX_BYTES is refused
 * @flags: how generous to be
 * @error: LANYARD_ERROR_LIMIT, or LANYARD_ERROR_INVALID when it has not the shape of a zone
 *
 * A zone of the right shape is parsed whether its check digits agree or not: look at valid. With
 * LANYARD_MRZ_REPAIR, letters where only digits may stand and the other way round become what they
 * look like, if all check digits agree then; otherwise nothing is repaired.
 *
 * Returns: (transfer full) (nullable): the zone
 */
LanyardMrz *
lanyard_mrz_parse (const char *text, gsize n_bytes, LanyardMrzFlags flags, GError **error);
void lanyard_mrz_free (LanyardMrz *mrz);

/* "personal-number" and so on, for reports (transfer none) */
const char *lanyard_mrz_field_to_string (LanyardMrzField field);

/* What can be said while somebody types. */
typedef struct
{
  LanyardMrzFormat format; /* as far as it can be told yet; NONE: not yet */
  guint line;              /* where the next character goes, from 0 */
  guint column;
  gboolean complete; /* all characters are there */
  gboolean misfit;   /* a character stands where it may not; the first one: */
  guint misfit_line;
  guint misfit_column;
  LanyardMrzCheck checks[LANYARD_MRZ_N_FIELDS]; /* OPEN, AGREES, DIFFERS; NONE: no check digit */
} LanyardMrzLive;

/**
 * lanyard_mrz_live_check:
 * @text: (array length=n_bytes): what has been typed so far; as with LANYARD_MRZ_TYPED
 * @n_bytes: its length; what is beyond LANYARD_MRZ_MAX_BYTES is not looked at
 * @expected: format that the person chose, or NONE: guessed from the first letter and the length of
 *   the first line
 * @live: (out caller-allocates): the answer
 */
void lanyard_mrz_live_check (const char *text,
                             gsize n_bytes,
                             LanyardMrzFormat expected,
                             LanyardMrzLive *live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardMrz, lanyard_mrz_free)

G_END_DECLS
