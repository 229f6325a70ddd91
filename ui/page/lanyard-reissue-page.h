/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_REISSUE_PAGE (lanyard_reissue_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardReissuePage,
                      lanyard_reissue_page,
                      LANYARD,
                      REISSUE_PAGE,
                      LanyardScreen)

G_END_DECLS
