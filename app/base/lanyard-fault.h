/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_fault:
 * @name: name of a deliberate fault, "submit-before-reserve"
 *
 * Deliberate faults show that the tests can fail: tests/seeded-faults turns on one after the other,
 * by LANYARD_FAULT in the environment, and demands that a test notices. Only a build configured
 * with -Dseeded_faults=true has them; in every other build this is the constant FALSE and the
 * environment is not read.
 *
 * Returns: whether to go wrong here
 */
#ifdef LANYARD_SEEDED_FAULTS
static inline gboolean
lanyard_fault (const char *name)
{
  return g_strcmp0 (g_getenv ("LANYARD_FAULT"), name) == 0;
}
#else
#define lanyard_fault(name) (FALSE)
#endif

G_END_DECLS
