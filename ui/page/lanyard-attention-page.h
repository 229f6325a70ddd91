/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_ATTENTION_PAGE (lanyard_attention_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAttentionPage,
                      lanyard_attention_page,
                      LANYARD,
                      ATTENTION_PAGE,
                      LanyardScreen)

/* Questions that only somebody who looks at the printer can answer: did this badge come out? */

G_END_DECLS
