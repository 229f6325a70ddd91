/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-still.h"

G_BEGIN_DECLS

/* Where somebody's photo stands. */
typedef enum
{
  LANYARD_BOOTH_DARK,     /* the camera shows nothing */
  LANYARD_BOOTH_LIVE,     /* the picture of the camera, with an oval for the face */
  LANYARD_BOOTH_COUNTING, /* the same, and a number that goes down */
  LANYARD_BOOTH_TAKEN,    /* the photo */
} LanyardBoothState;

#define LANYARD_TYPE_PHOTO_BOOTH (lanyard_photo_booth_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPhotoBooth, lanyard_photo_booth, LANYARD, PHOTO_BOOTH, GtkWidget)

/*
 * A camera before which somebody's photo is taken: live picture with an oval, a countdown, and what
 * was taken, with what is wrong with it. The same for staff and for who stands there alone. The
 * photo is the first picture after the count, so that it is never an old one; where none comes,
 * none is taken. Signal "changed" (LanyardPhotoBooth *): state, count or flaw is another one.
 */

/* A camera's newest picture. @picture: (nullable): NULL when it is gone */
void lanyard_photo_booth_set_picture (LanyardPhotoBooth *self, GdkTexture *picture);
/* Counts down and takes a photo, in place of one that was taken. Nothing while the camera shows
 * nothing, or the count goes on. */
void lanyard_photo_booth_take (LanyardPhotoBooth *self);
/* Stops counting, and overwrites what was taken. */
void lanyard_photo_booth_clear (LanyardPhotoBooth *self);

LanyardBoothState lanyard_photo_booth_get_state (LanyardPhotoBooth *self);
/* Returns: s until it is taken, for COUNTING; otherwise 0 */
guint lanyard_photo_booth_get_left (LanyardPhotoBooth *self);
/* Returns: what is wrong with the photo that was taken, or with what a photo would be now */
LanyardPictureFlaw lanyard_photo_booth_get_flaw (LanyardPhotoBooth *self);
/* Returns: (transfer none) (nullable): the PNG for TAKEN; overwritten when its last reference goes
 */
GBytes *lanyard_photo_booth_get_photo (LanyardPhotoBooth *self);

G_END_DECLS
