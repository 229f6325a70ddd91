/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_hub_qr_draw:
 * @text: what it says
 * @mode: (nullable): "dark" or "light" background of the terminal, "none"; NULL: as @terminal says
 * @terminal: colours may be used: black on white, whatever the terminal's own are
 * @drawn: (out) (transfer full): lines of half blocks, two rows of modules each; may be empty
 * @error: LANYARD_ERROR_USAGE for another @mode, _LIMIT for a text that is too long
 */
gboolean lanyard_hub_qr_draw (const char *text,
                              const char *mode,
                              gboolean terminal,
                              char **drawn,
                              GError **error);

/**
 * lanyard_hub_qr_save:
 * @text: what it says
 * @directory: the hub's folder
 * @path: of the file
 * @error: LANYARD_ERROR_LIMIT; as lanyard_hub_output_open()
 *
 * Writes it as a PNG, black on white with its quiet zone. The text may open a door: only the
 * account itself may read the file.
 */
gboolean
lanyard_hub_qr_save (const char *text, const char *directory, const char *path, GError **error);

G_END_DECLS
