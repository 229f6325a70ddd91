/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SCAN_BACK_PAGE (lanyard_scan_back_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardScanBackPage,
                      lanyard_scan_back_page,
                      LANYARD,
                      SCAN_BACK_PAGE,
                      LanyardScreen)

/* Show the new badge to the camera: only then it counts as given out. */

G_END_DECLS
