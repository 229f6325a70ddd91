/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_NOTE_PAGE (lanyard_note_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardNotePage, lanyard_note_page, LANYARD, NOTE_PAGE, LanyardScreen)

G_END_DECLS
