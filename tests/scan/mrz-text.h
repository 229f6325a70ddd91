/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz.h"

G_BEGIN_DECLS

/* ICAO Doc 9303-4, appendix B: the specimen passport. */
#define MRZ_SPECIMEN                                                                               \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"                                                 \
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

/* Returns: (transfer full): the lines of a made-up person's document with right check digits,
 * separated by \n; the same @random draws the same */
char *mrz_text_make_up (GRand *random, LanyardMrzFormat format);

/* The same for TD1 and TD2 with a document number of @n characters: 10 to 23 on TD1, to 15 on TD2.
 * @counts: whether its check digit counts the filler between its halves */
char *mrz_text_make_up_long (GRand *random, LanyardMrzFormat format, guint n, gboolean counts);

G_END_DECLS
