/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/* Limits of one signed list. */
#define LANYARD_NEGATIVE_LIST_MAX_NUMBERS 250000
#define LANYARD_NEGATIVE_LIST_MAX_SERIALS 50000
#define LANYARD_NEGATIVE_LIST_MAX_BYTES (8 * 1024 * 1024)

/*
 * Signed list of (accreditation number, lowest valid sequence). Immutable once it is signed.
 *
 * A sequence that is below the lowest valid one is void: one row for each accreditation, however
 * many badges it had. Where a badge is void whose sequence is at or above that of an open one (two
 * desks that could not see each other both gave sequence 1, and one of the two badges was voided),
 * no sequence tells the two apart: such a badge stands in the list by its serial.
 */
typedef struct _LanyardNegativeList LanyardNegativeList;

LanyardNegativeList *lanyard_negative_list_new (guint64 counter, gint64 issued_s);
/* Only before the list is signed or shared. @number: at most 64 bytes; @lowest_valid: sequences
 * below are void; of two for one number the higher counts. */
void
lanyard_negative_list_add (LanyardNegativeList *list, const char *number, guint32 lowest_valid);
/* Only before the list is signed or shared. @serial: at most 64 bytes */
void lanyard_negative_list_add_serial (LanyardNegativeList *list, const char *serial);
LanyardNegativeList *lanyard_negative_list_ref (LanyardNegativeList *list);
void lanyard_negative_list_unref (LanyardNegativeList *list);
/* Content type "lanyard/negative"; numbers in bytewise order. */
GBytes *lanyard_negative_list_sign (LanyardNegativeList *list, const LanyardKey *key);

/**
 * lanyard_negative_list_load:
 * @data: a signed list
 * @n_bytes: its length
 * @trust: trust list; the key needs LANYARD_SCOPE_DIRECTORY
 * @previous: (nullable): the list in force; one with a lower counter is LANYARD_ERROR_ROLLBACK
 * @now_s: s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _SIGNATURE, _UNTRUSTED, _EXPIRED, _ROLLBACK
 *
 * Returns: (transfer full) (nullable): the list
 */
LanyardNegativeList *lanyard_negative_list_load (const void *data,
                                                 gsize n_bytes,
                                                 const LanyardTrustList *trust,
                                                 const LanyardNegativeList *previous,
                                                 gint64 now_s,
                                                 GError **error);
/* Returns: lowest valid sequence of @number; 0 when it is not listed. Does not scan. */
guint32 lanyard_negative_list_lookup (const LanyardNegativeList *list, const char *number);
/* Whether the badge is void by its serial, whatever its sequence. */
gboolean lanyard_negative_list_has_serial (const LanyardNegativeList *list, const char *serial);
guint64 lanyard_negative_list_get_counter (const LanyardNegativeList *list);
gint64 lanyard_negative_list_get_issued_s (const LanyardNegativeList *list);
guint lanyard_negative_list_get_size (const LanyardNegativeList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardNegativeList, lanyard_negative_list_unref)

G_END_DECLS
