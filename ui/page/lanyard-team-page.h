/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: one person collects for a team: whose badges, and what became of each. */
#define LANYARD_TYPE_TEAM_PAGE (lanyard_team_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardTeamPage, lanyard_team_page, LANYARD, TEAM_PAGE, LanyardScreen)

G_END_DECLS
