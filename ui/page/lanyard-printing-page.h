/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_PRINTING_PAGE (lanyard_printing_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPrintingPage,
                      lanyard_printing_page,
                      LANYARD,
                      PRINTING_PAGE,
                      LanyardScreen)

/* Moves with the real job, and says what to do when the printer needs somebody. */

G_END_DECLS
