/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words of one name, taken from @from (NULL-terminated) without those that name comparison passes
 * over. All functions return (transfer full), to be freed with lanyard_name_free_words(); a list
 * that would be empty is returned whole. */

/* "jr", "iii", and what documents write for a name that is not known. */
char **lanyard_name_without_suffixes (char *const *from);
/* "de", "van", "al". */
char **lanyard_name_without_particles (char *const *from);
/* Single letters. */
char **lanyard_name_without_initials (char *const *from);
/* @b's words behind those of @a. */
char **lanyard_name_join (char *const *a, char *const *b);

/* The least number of letters that must be changed, added, left out or swapped with a neighbour to
 * make @a into @b; ASCII; at most @most + 1 is told. */
guint lanyard_name_distance (const char *a, const char *b, guint most);

G_END_DECLS
