/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_CONSENT_PAGE (lanyard_consent_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardConsentPage,
                      lanyard_consent_page,
                      LANYARD,
                      CONSENT_PAGE,
                      LanyardScreen)

G_END_DECLS
