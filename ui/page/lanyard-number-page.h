/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_NUMBER_PAGE (lanyard_number_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardNumberPage, lanyard_number_page, LANYARD, NUMBER_PAGE, LanyardScreen)

/* A number typed on the screen's own keys: for those who have no code to show. */

G_END_DECLS
