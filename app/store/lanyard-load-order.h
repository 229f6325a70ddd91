/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-row-key.h"

G_BEGIN_DECLS

/*
 * The keys of a directory that is loaded, to be read in their order a few at a time. Keys are
 * hashes, so they fall evenly into buckets by their first byte, and each bucket is sorted only when
 * its turn comes: nobody waits for the sorting of all. In memory only, 20 bytes a key.
 */
typedef struct _LanyardLoadOrder LanyardLoadOrder;

typedef enum
{
  LANYARD_ORDER_ENTRY,  /* accreditation numbers */
  LANYARD_ORDER_LOOKUP, /* documents and tokens */
  LANYARD_ORDER_PHOTO,
  LANYARD_N_ORDERS,
} LanyardOrderKind;

typedef struct
{
  LanyardRowKey key;
  guint32 entry; /* row id */
} LanyardOrderKey;

LanyardLoadOrder *lanyard_load_order_new (void);
void lanyard_load_order_free (LanyardLoadOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLoadOrder, lanyard_load_order_free)

/* Only before the first of its kind was read. */
void lanyard_load_order_add (LanyardLoadOrder *order,
                             LanyardOrderKind kind,
                             const LanyardRowKey *key,
                             guint32 entry);
/* Passes over all up to @last, and @last. */
void lanyard_load_order_skip (LanyardLoadOrder *order,
                              LanyardOrderKind kind,
                              const LanyardOrderKey *last);
/* The next one by key, then by row; it stays the next one. Returns: FALSE: there is none left */
gboolean
lanyard_load_order_peek (LanyardLoadOrder *order, LanyardOrderKind kind, LanyardOrderKey *key);
void lanyard_load_order_advance (LanyardLoadOrder *order, LanyardOrderKind kind);

/* Notes a row that is not there any more, whose keys lead nowhere. */
void lanyard_load_order_drop (LanyardLoadOrder *order, guint32 entry);
gboolean lanyard_load_order_is_dropped (LanyardLoadOrder *order, guint32 entry);

G_END_DECLS
