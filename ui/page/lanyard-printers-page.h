/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: what the printers say, how many cards are in them, and which one is used. */
#define LANYARD_TYPE_PRINTERS_PAGE (lanyard_printers_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPrintersPage,
                      lanyard_printers_page,
                      LANYARD,
                      PRINTERS_PAGE,
                      LanyardScreen)

G_END_DECLS
