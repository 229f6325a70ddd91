/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/* Collect for your team: whose badges, and afterwards how many were made and for whom not. */
#define LANYARD_TYPE_DELEGATION_PAGE (lanyard_delegation_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDelegationPage,
                      lanyard_delegation_page,
                      LANYARD,
                      DELEGATION_PAGE,
                      LanyardScreen)

G_END_DECLS
