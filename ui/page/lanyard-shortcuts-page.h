/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: what the keys of a keyboard do. */
#define LANYARD_TYPE_SHORTCUTS_PAGE (lanyard_shortcuts_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardShortcutsPage,
                      lanyard_shortcuts_page,
                      LANYARD,
                      SHORTCUTS_PAGE,
                      LanyardScreen)

G_END_DECLS
