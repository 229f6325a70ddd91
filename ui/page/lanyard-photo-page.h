/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_PHOTO_PAGE (lanyard_photo_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPhotoPage, lanyard_photo_page, LANYARD, PHOTO_PAGE, LanyardScreen)

G_END_DECLS
