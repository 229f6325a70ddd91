/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: is this badge good? Nothing is recorded. */
#define LANYARD_TYPE_VERIFY_PAGE (lanyard_verify_page_get_type ())
G_DECLARE_FINAL_TYPE (
    LanyardVerifyPage, lanyard_verify_page, LANYARD, VERIFY_PAGE, LanyardScreen)

G_END_DECLS
