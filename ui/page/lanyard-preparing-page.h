/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_PREPARING_PAGE (lanyard_preparing_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPreparingPage,
                      lanyard_preparing_page,
                      LANYARD,
                      PREPARING_PAGE,
                      LanyardScreen)

/* After an update, before the desk is open: what keeps it, and that nobody has to do anything. */

G_END_DECLS
