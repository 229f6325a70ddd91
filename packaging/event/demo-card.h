/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* The flat thing that is held before the camera. Lengths in px of its surface. */
typedef struct
{
  cairo_surface_t *surface; /* owned: ARGB32 */
  double code_x, code_y;    /* middle of the code, or of the card when it has none */
  double module;            /* side of one module of the code */
  double code_size;         /* side of the code */
  gboolean bright;          /* shines by itself: a phone */
  gboolean has_room;        /* below the code, for a thumb */
} DemoCard;

/* A printed invitation or a phone that shows one; chance decides. */
DemoCard *demo_card_new_for_text (const char *text, GRand *random, GError **error);

/* A printed card with the picture of the PNG or JPEG file @path. The code on it is looked for, so
 * that it can be held as people do: with the code towards the camera. */
DemoCard *demo_card_new_for_image (const char *path, GError **error);
void demo_card_free (DemoCard *card);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DemoCard, demo_card_free)

G_END_DECLS
