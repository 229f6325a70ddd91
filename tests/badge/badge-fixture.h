/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge.h"

G_BEGIN_DECLS

/* Made-up people, from a single letter to all that a roster may hold. */
typedef enum
{
  BADGE_PERSON_PLAIN,
  BADGE_PERSON_SHORTEST, /* one letter, nothing optional */
  BADGE_PERSON_LONGEST,  /* 80 characters of name, every code of the pack */
  BADGE_PERSON_ARABIC,
  BADGE_PERSON_JAPANESE,
  BADGE_PERSON_THAI,
  BADGE_N_PERSONS,
} BadgePerson;

/* Returns: (transfer full): a sample pack of the source tree */
LanyardPack *badge_fixture_load (const char *name);
/* Returns: (transfer full) */
LanyardEntry *badge_fixture_entry (LanyardPack *pack, BadgePerson person);
/* Returns: (transfer full): a signed credential with all that @entry has; what a desk would print
 */
char *badge_fixture_credential (LanyardPack *pack, const LanyardEntry *entry);
/* Returns: (transfer full): a JPEG of @colour (0xRRGGBBAA) with a comment "secret-comment" in it */
GBytes *badge_fixture_photo (guint32 colour);
/* Returns: (transfer full): the template that @category has, ready to draw */
LanyardBadge *badge_fixture_badge (LanyardPack *pack, const char *template);
/* @box: (out): width and height of every page, mm. Returns: how many pages @pdf has, all of that
 * size */
guint badge_fixture_media_box (GBytes *pdf, double box[2]);
/* Lets Pango and cairo give back what they keep; at the end of main. Returns: @status */
int badge_fixture_finish (int status);

G_END_DECLS
