/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"

G_BEGIN_DECLS

struct _LanyardDatabase
{
  /* owned */
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* idle ones by the address of their text */
  char *write_failure;    /* (nullable): why it is closed to writing */

  /* borrowed */
  const LanyardSchema *schema;
  GThread *thread; /* that opened it */

  /* state */
  gboolean read_only;
  guint n_lent; /* statements that callers hold */
};

G_END_DECLS
