/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_ZONE_PAGE (lanyard_zone_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardZonePage, lanyard_zone_page, LANYARD, ZONE_PAGE, LanyardScreen)

/*
 * Staff type the machine readable zone of a document that no camera reads. Each check digit speaks
 * as soon as its field is there; when all agree the text goes the way of a document that was read.
 * Nothing of it is kept: not here after the page is left, nor anywhere else. A blank becomes a
 * filler, other characters that no zone has are left out.
 */

G_END_DECLS
