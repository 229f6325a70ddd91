/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-view.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_DOCUMENT_FIELDS (lanyard_document_fields_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDocumentFields,
                      lanyard_document_fields,
                      LANYARD,
                      DOCUMENT_FIELDS,
                      GtkWidget)

/*
 * How a document that was scanned stands to the person, for staff: one line a field, with a sign,
 * words and a colour. It never has what stands on the document.
 */

/* Nothing is shown where @view has no comparison. */
void lanyard_document_fields_show (LanyardDocumentFields *self,
                                   const LanyardView *view,
                                   LanyardWords *words);
void lanyard_document_fields_clear (LanyardDocumentFields *self);

G_END_DECLS
