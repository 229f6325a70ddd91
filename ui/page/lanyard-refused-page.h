/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_REFUSED_PAGE (lanyard_refused_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardRefusedPage,
                      lanyard_refused_page,
                      LANYARD,
                      REFUSED_PAGE,
                      LanyardScreen)

/* Two faces of one end: "please see our staff" with a ticket, and "not here". */

G_END_DECLS
