/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_CONFIRM_PAGE (lanyard_confirm_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardConfirmPage,
                      lanyard_confirm_page,
                      LANYARD,
                      CONFIRM_PAGE,
                      LanyardScreen)

/* "Is this you?": the one question before a badge is made. */

G_END_DECLS
