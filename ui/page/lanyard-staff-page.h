/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_STAFF_PAGE (lanyard_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardStaffPage, lanyard_staff_page, LANYARD, STAFF_PAGE, LanyardScreen)

/* Search, look at a person, issue: for signed-in staff. */

G_END_DECLS
