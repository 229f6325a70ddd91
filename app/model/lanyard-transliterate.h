/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than this of a name is not looked at: documents have at most 40 characters of it, and the
 * work of a comparison grows with the product of two lengths. */
#define LANYARD_NAME_MAX_CHARACTERS 64
#define LANYARD_NAME_MAX_WORDS 12

/* No character has more. */
#define LANYARD_TRANSLITERATE_MAX_CHOICES 4

/**
 * lanyard_transliterate_character:
 * @character: a capital letter, or a letter of a script that has no capitals
 * @at_end: it ends its word: teh marbuta differs there
 * @choices: (out caller-allocates): room for LANYARD_TRANSLITERATE_MAX_CHOICES; static texts of A
 * to Z, "" for what is not written
 *
 * The tables of ICAO Doc 9303-3 §6: A Latin, B Cyrillic, C Arabic; and ELOT 743 for
 * Greek. The first choice is the
 * recommended one; the others are its options, those of single languages, and the letter without
 * its mark, which is what many issuers and organisers write.
 *
 * Returns: how many choices there are; 0 for a character that has none
 */
guint lanyard_transliterate_character (gunichar character, gboolean at_end, const char **choices);

/* As lanyard_transliterate(), by the choices @choice of the letters that have so many, and by the
 * first ones of all others. @choice: 0: the first */
char *lanyard_transliterate_by (const char *name, guint choice);

/* Returns: (transfer full): @name by the first choices, words with one blank between them, as a
 * machine readable zone would have it; what has no choice is left out. The caller wipes it */
char *lanyard_transliterate (const char *name);

/**
 * lanyard_name_split:
 * @name: (nullable): UTF-8
 *
 * Words of a name in capitals: parted at blanks, hyphens, commas and the like; apostrophes are left
 * out (9303-3 §4.6).
 *
 * Returns: (transfer full): at most LANYARD_NAME_MAX_WORDS words; to be freed with
 *   lanyard_name_free_words()
 */
char **lanyard_name_split (const char *name);
/* Wipes what it frees. */
void lanyard_name_free_words (char **words);

G_END_DECLS
