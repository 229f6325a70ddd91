/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: what was done at this desk today, transaction by transaction, as it happens. */
#define LANYARD_TYPE_DAY_PAGE (lanyard_day_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDayPage, lanyard_day_page, LANYARD, DAY_PAGE, LanyardScreen)

G_END_DECLS
