/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: day passes: give, take back, load. */
#define LANYARD_TYPE_PASSES_PAGE (lanyard_passes_page_get_type ())
G_DECLARE_FINAL_TYPE (
    LanyardPassesPage, lanyard_passes_page, LANYARD, PASSES_PAGE, LanyardScreen)

G_END_DECLS
