/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Which elements of an SVG file refer to which: a few that refer to each other may stand for
 * millions, and librsvg takes minutes to find out. Filled while the file is read, then weighed.
 */
typedef struct _LanyardSvgReferences LanyardSvgReferences;

LanyardSvgReferences *lanyard_svg_references_new (void);
void lanyard_svg_references_free (LanyardSvgReferences *references);
/* An element begins; @id (nullable). */
void
lanyard_svg_references_open (LanyardSvgReferences *references, const char *element, const char *id);
void lanyard_svg_references_close (LanyardSvgReferences *references);
/* The element that was opened last refers to @id. */
void lanyard_svg_references_add (LanyardSvgReferences *references, const char *id);
/* A style sheet refers to @id: any element may be meant. */
void lanyard_svg_references_add_everywhere (LanyardSvgReferences *references, const char *id);

/* Returns: how many elements are drawn when every reference is followed; G_MAXUINT64 when one leads
 * back to itself or the chain is endlessly long */
guint64 lanyard_svg_references_weigh (LanyardSvgReferences *references);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSvgReferences, lanyard_svg_references_free)

G_END_DECLS
