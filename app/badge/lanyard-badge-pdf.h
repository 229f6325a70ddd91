/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether every object of a PDF that cairo wrote is where the table at its end says (ISO 32000-1
 * §7.5.4): cairo says nothing when it fails at a font in the middle of a document. */
gboolean lanyard_pdf_is_sound (const guint8 *data, gsize n_bytes);

G_END_DECLS
