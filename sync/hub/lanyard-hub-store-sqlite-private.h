/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-store.h"
#include "lanyard-statement.h"

G_BEGIN_DECLS

/* Shared by the files of the SQLite store, which are split by what they keep. */
typedef struct
{
  LanyardHubStore parent;
  LanyardDatabase *database; /* owned */
} LanyardHubStoreSqlite;

static inline LanyardDatabase *
_lanyard_hub_sqlite_database (LanyardHubStore *store)
{
  return ((LanyardHubStoreSqlite *)store)->database;
}

/* Each puts its functions into @ops. */
void _lanyard_hub_sqlite_fill_records (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_badges (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_directory (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_desks (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_stock (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_eras (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_opaque (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_fleet (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_quarantine (LanyardHubStoreOps *ops);
void _lanyard_hub_sqlite_fill_resolutions (LanyardHubStoreOps *ops);

G_END_DECLS
