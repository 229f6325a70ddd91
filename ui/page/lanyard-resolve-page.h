/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_RESOLVE_PAGE (lanyard_resolve_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardResolvePage,
                      lanyard_resolve_page,
                      LANYARD,
                      RESOLVE_PAGE,
                      LanyardScreen)

G_END_DECLS
