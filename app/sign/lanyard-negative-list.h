/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/* Signed list of (accreditation number, lowest valid sequence), DESIGN §6. Immutable. */
typedef struct _LanyardNegativeList LanyardNegativeList;

LanyardNegativeList *lanyard_negative_list_new (guint64 counter, gint64 issued_s);
/* Only before the list is signed or shared. @lowest_valid: sequences below are void. */
void lanyard_negative_list_add (LanyardNegativeList *list, const char *number, guint32 lowest_valid);
LanyardNegativeList *lanyard_negative_list_ref (LanyardNegativeList *list);
void lanyard_negative_list_unref (LanyardNegativeList *list);
/* Content type "lanyard/negative"; numbers in bytewise order. */
GBytes *lanyard_negative_list_sign (LanyardNegativeList *list, const LanyardKey *key);

/**
 * lanyard_negative_list_load:
 * @previous: (nullable): the list in force; one with a lower counter is LANYARD_ERROR_ROLLBACK
 *
 * The key needs LANYARD_SCOPE_DIRECTORY.
 */
LanyardNegativeList *lanyard_negative_list_load (const void *data,
                                                 gsize n_bytes,
                                                 const LanyardTrustList *trust,
                                                 const LanyardNegativeList *previous,
                                                 gint64 now_s,
                                                 GError **error);
/* Returns: lowest valid sequence of @number; 0 when it is not listed. Does not scan. */
guint32 lanyard_negative_list_lookup (const LanyardNegativeList *list, const char *number);
guint64 lanyard_negative_list_get_counter (const LanyardNegativeList *list);
gint64 lanyard_negative_list_get_issued_s (const LanyardNegativeList *list);
guint lanyard_negative_list_get_size (const LanyardNegativeList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardNegativeList, lanyard_negative_list_unref)

G_END_DECLS
