/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_DOCUMENT_PAGE (lanyard_document_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDocumentPage,
                      lanyard_document_page,
                      LANYARD,
                      DOCUMENT_PAGE,
                      LanyardScreen)

/* Your passport or identity card, please: before it was seen, nothing of a person is shown. */

G_END_DECLS
