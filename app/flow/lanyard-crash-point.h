/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <stdlib.h>

G_BEGIN_DECLS

/**
 * lanyard_crash_point:
 * @where: "before", "after"
 * @what: name of the step, "reserved"
 *
 * A place at which a test has the process die, to look at what is on disk afterwards:
 * LANYARD_CRASH_AT=before-reserved aborts there. Only the second library of this folder, which the
 * tests of crashes link and nothing installs, is compiled with LANYARD_CRASH_POINTS; everywhere
 * else this is nothing, and the environment is not read.
 */
#ifdef LANYARD_CRASH_POINTS
static inline void
lanyard_crash_point (const char *where, const char *what)
{
  g_autofree char *name = g_strconcat (where, "-", what, NULL);

  if (g_strcmp0 (g_getenv ("LANYARD_CRASH_AT"), name) == 0)
    abort ();
}
#else
#define lanyard_crash_point(where, what)                                                           \
  G_STMT_START { (void)(what); }                                                                   \
  G_STMT_END
#endif

G_END_DECLS
