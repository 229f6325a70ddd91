/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: each part of this desk and what "lanyard doctor" says of it, in its words. */
#define LANYARD_TYPE_HEALTH_PAGE (lanyard_health_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardHealthPage, lanyard_health_page, LANYARD, HEALTH_PAGE, LanyardScreen)

G_END_DECLS
