/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A row of the feed that a directory keeps aside because it was not understood, for people. A
 * value; wiped when it is freed. */
typedef struct
{
  guint64 gseq;  /* its place in the feed */
  char *number;  /* (nullable): of whom it is about; NULL: nobody who is here, or not known */
  char *name;    /* (nullable): likewise, as printed */
  gboolean over; /* a later row of theirs was understood: nothing depends on this one any more */
  char *why;     /* (nullable): what was not understood, in English; NULL: that is damaged */
} LanyardAside;

/* @aside: (nullable) */
void lanyard_aside_free (LanyardAside *aside);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardAside, lanyard_aside_free)

G_END_DECLS
