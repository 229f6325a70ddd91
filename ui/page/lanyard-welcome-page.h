/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_WELCOME_PAGE (lanyard_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWelcomePage,
                      lanyard_welcome_page,
                      LANYARD,
                      WELCOME_PAGE,
                      LanyardScreen)

/* Show your code, choose a language, or type your number. */

G_END_DECLS
