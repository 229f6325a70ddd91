/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Staff: a pre-valid card becomes a badge: document, seal, done. */
#define LANYARD_TYPE_VALIDATE_PAGE (lanyard_validate_page_get_type ())
G_DECLARE_FINAL_TYPE (
    LanyardValidatePage, lanyard_validate_page, LANYARD, VALIDATE_PAGE, LanyardScreen)

G_END_DECLS
