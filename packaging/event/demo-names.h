/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A part of a name: in Latin letters and in the script of the language. */
typedef struct
{
  const char *latin;
  const char *local; /* (nullable): NULL where the language is written in Latin letters */
} DemoNamePart;

/* The names of one language. Lists end with a NULL latin. */
typedef struct
{
  const char *language;      /* BCP 47 */
  const DemoNamePart *given; /* (nullable): people of this list have one name only */
  const DemoNamePart *family;
  gboolean family_first; /* in the local name */
  const char *separator; /* between the parts of the local name */
} DemoCulture;

/* How a made-up person is called. */
typedef struct
{
  const char *language; /* BCP 47 */
  char *given;          /* (nullable): Latin */
  char *family;         /* Latin */
  char *local;          /* (nullable): whole name in its own script */
} DemoName;

guint demo_names_get_n_cultures (void);
const DemoCulture *demo_names_get_culture (guint index);

/**
 * demo_name_make:
 * @culture: whose names
 * @random: where chance comes from
 *
 * Returns: (transfer full): a plausible name that is nobody's in particular
 */
DemoName *demo_name_make (const DemoCulture *culture, GRand *random);

/* Returns: (transfer full): a name as long as names get on a badge */
DemoName *demo_name_make_long (GRand *random);
void demo_name_free (DemoName *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DemoName, demo_name_free)

G_END_DECLS
