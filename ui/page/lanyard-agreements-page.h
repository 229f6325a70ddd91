/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_AGREEMENTS_PAGE (lanyard_agreements_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAgreementsPage,
                      lanyard_agreements_page,
                      LANYARD,
                      AGREEMENTS_PAGE,
                      LanyardScreen)

G_END_DECLS
