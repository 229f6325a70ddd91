/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "lanyard-view.h"

G_BEGIN_DECLS

/* Which page shows what. */
#define LANYARD_PAGE_LOCAL (-1)

typedef struct
{
  int page; /* LanyardPage, or LANYARD_PAGE_LOCAL for a page of the window's own */
  const char *name;
  GType (*get_type) (void);
  gboolean stacks; /* with large letters there is no room for two columns: one above the other */
  gboolean for_everybody; /* a page of self-service: nobody has to be staff to be there */
} LanyardPageRow;

/* Returns: the row of a LanyardPage; that of the welcome page for one that has none */
const LanyardPageRow *lanyard_page_table_find (int page);
/* @name: (nullable). Returns: (nullable) */
const LanyardPageRow *lanyard_page_table_find_named (const char *name);
/* Returns: (nullable): row @i, NULL behind the last */
const LanyardPageRow *lanyard_page_table_get (guint i);

/**
 * lanyard_page_table_may_stay:
 * @name: a local page that is on
 * @view: what the desk shows now
 * @is_another: somebody else's question is asked than when the page was opened
 *
 * A local page stays as long as the desk waits on the page over which it was opened.
 */
gboolean
lanyard_page_table_may_stay (const char *name, const LanyardView *view, gboolean is_another);

G_END_DECLS
