/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_PORTRAIT_PAGE (lanyard_portrait_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPortraitPage,
                      lanyard_portrait_page,
                      LANYARD,
                      PORTRAIT_PAGE,
                      LanyardScreen)

G_END_DECLS
