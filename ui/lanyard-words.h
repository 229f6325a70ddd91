/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-pack.h"

G_BEGIN_DECLS

#define N_(text) (text)

/* The language of the tests: English, 40 % longer. */
#define LANYARD_WORDS_PSEUDO "qps"

/* The words of one language. Immutable to its users, reference counted, for the screen's thread. */
typedef struct _LanyardWords LanyardWords;

/**
 * lanyard_words_new:
 * @language: (nullable): BCP 47; English when NULL or when there is no catalogue for it
 *
 * Returns: (transfer full): its words
 */
LanyardWords *lanyard_words_new (const char *language);
/* As lanyard_words_new(); what @pack has in its texts/LANG.mo goes before Lanyard's own words.
 * @pack: (nullable) */
LanyardWords *lanyard_words_new_of_pack (const char *language, const LanyardPack *pack);
LanyardWords *lanyard_words_ref (LanyardWords *words);
void lanyard_words_unref (LanyardWords *words);

/* Returns: (transfer none): the tag that was asked for, or "en" */
const char *lanyard_words_get_language (LanyardWords *words);
GtkTextDirection lanyard_words_get_direction (LanyardWords *words);
/* Returns: (transfer none): @msgid in this language, or @msgid itself */
const char *lanyard_words_get (LanyardWords *words, const char *msgid);
/* Returns: (transfer full): @msgid in this language with @value in the place of its "%s" */
char *lanyard_words_fill (LanyardWords *words, const char *msgid, const char *value);
/* Returns: (transfer full): the form for @n things, with @n in the place of its "%s" */
char *
lanyard_words_fill_n (LanyardWords *words, const char *singular, const char *plural, gulong n);

/**
 * lanyard_words_join:
 * @words: a language
 * @parts: (array length=n_parts) (element-type utf8): in their order; NULL and "" are left out
 * @n_parts: how many
 *
 * Returns: (transfer full): one after the other, with the comma of this language between them
 */
char *lanyard_words_join (LanyardWords *words, const char *const *parts, gsize n_parts);

/* Returns: (transfer full): @number with its thousands apart as this language writes them */
char *lanyard_words_dup_number (LanyardWords *words, guint64 number);

/* Returns: (transfer full): date and time of day of @local in the order of this language, all
 * digits: "23.11.2026 09:05" in German; isolated, for its parts to stay in order in any text */
char *lanyard_words_dup_moment (LanyardWords *words, GDateTime *local);

/**
 * lanyard_words_translate:
 * @words: a language
 * @root: the widget at the top
 *
 * Puts all texts that stand in templates into this language, whatever they are in now: those of
 * labels (a label that a page fills itself is empty in its template), and from these the names of
 * buttons for assistive tools.
 */
void lanyard_words_translate (LanyardWords *words, GtkWidget *root);

/* Returns: (transfer full): a language's own name for itself, such as "Français"; the tag itself
 * for one that is not known */
char *lanyard_words_dup_language_name (const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardWords, lanyard_words_unref)

G_END_DECLS
