/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SIGN_IN_PAGE (lanyard_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSignInPage, lanyard_sign_in_page, LANYARD, SIGN_IN_PAGE, LanyardScreen)

/* The PIN of staff. */

G_END_DECLS
