/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Supervisors: what became of all badges and cards, as a table, and the close of the shift. */
#define LANYARD_TYPE_SHIFT_PAGE (lanyard_shift_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardShiftPage, lanyard_shift_page, LANYARD, SHIFT_PAGE, LanyardScreen)

G_END_DECLS
