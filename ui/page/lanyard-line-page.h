/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: what has not been sent to the hub yet, since when and why, and how old what this desk
 * knows of the others is. */
#define LANYARD_TYPE_LINE_PAGE (lanyard_line_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardLinePage, lanyard_line_page, LANYARD, LINE_PAGE, LanyardScreen)

G_END_DECLS
