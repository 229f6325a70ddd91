/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * One language's translations, as msgfmt writes them (GNU gettext manual, "The Format of GNU MO
 * Files"). The C library's own gettext is not used because a kiosk changes its language for each
 * person while camera, printer and sync threads run: that would mean setenv() in a program with
 * threads, and it would need the operating system's locale of every language to be installed.
 */
typedef struct _LanyardCatalogue LanyardCatalogue;

/**
 * lanyard_catalogue_new:
 * @mo: a compiled catalogue in UTF-8
 * @error: LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the catalogue
 */
LanyardCatalogue *lanyard_catalogue_new (GBytes *mo, GError **error);
void lanyard_catalogue_free (LanyardCatalogue *catalogue);
/* Whether each translation has a place to fill ("%s") where its original has one. @error:
 * LANYARD_ERROR_INVALID: half a sentence that names one that has not */
gboolean lanyard_catalogue_check (const LanyardCatalogue *catalogue, GError **error);
/* Returns: (transfer none) (nullable): the translation of @msgid */
const char *lanyard_catalogue_find (const LanyardCatalogue *catalogue, const char *msgid);
/* Returns: (transfer none) (nullable): the form of @msgid's translation for @n things */
const char *
lanyard_catalogue_find_plural (const LanyardCatalogue *catalogue, const char *msgid, gulong n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardCatalogue, lanyard_catalogue_free)

G_END_DECLS
