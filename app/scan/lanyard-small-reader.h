/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-work.h"
#include "lanyard-zbar.h"

G_BEGIN_DECLS

/*
 * The searcher for QR symbols whose modules are too small to be found as they are, 1.1 to 1.6 px:
 * patches full of edges are enlarged and searched again.
 * Keeps its memory from plane to plane. Belongs to one thread at a time.
 */
typedef struct _LanyardSmallReader LanyardSmallReader;

/* @zbar: (transfer none): must outlive the reader */
LanyardSmallReader *lanyard_small_reader_new (LanyardZbar *zbar);
void lanyard_small_reader_free (LanyardSmallReader *reader);

/* @plane: (transfer none): its pixels must stay until the last step. Costs nothing yet. */
void lanyard_small_reader_begin (LanyardSmallReader *reader, const LanyardPlane *plane);

/**
 * lanyard_small_reader_step:
 * @func: called for each symbol that is read; its corners are in px of the plane, clockwise from
 *   the symbol's own top left
 *
 * Goes on until @work is spent or nothing is left; after the patch in which something was read the
 * others are left out.
 *
 * Returns: TRUE when nothing is left of the plane
 */
gboolean lanyard_small_reader_step (LanyardSmallReader *reader,
                                    LanyardWork *work,
                                    LanyardFoundFunc func,
                                    gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSmallReader, lanyard_small_reader_free)

G_END_DECLS
