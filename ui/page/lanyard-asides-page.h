/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Supervisors: what came from the hub and was not understood, and whom it is about. */
#define LANYARD_TYPE_ASIDES_PAGE (lanyard_asides_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAsidesPage, lanyard_asides_page, LANYARD, ASIDES_PAGE, LanyardScreen)

G_END_DECLS
