/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_DONE_PAGE (lanyard_done_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDonePage, lanyard_done_page, LANYARD, DONE_PAGE, LanyardScreen)

/* The badge is out: what comes next for this person, then the next person. */

G_END_DECLS
