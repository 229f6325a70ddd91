/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_OUT_OF_ORDER_PAGE (lanyard_out_of_order_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOutOfOrderPage,
                      lanyard_out_of_order_page,
                      LANYARD,
                      OUT_OF_ORDER_PAGE,
                      LanyardScreen)

/* This desk cannot make badges now: a sentence, and a short code for the one who mends it. */

G_END_DECLS
