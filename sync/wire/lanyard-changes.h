/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/* One row of the change feed, not yet understood. */
typedef struct
{
  guint64 gseq;  /* the hub's order */
  char *number;  /* accreditation number */
  GBytes *entry; /* (nullable): an encoded entry; NULL removes the row */
} LanyardChangesRow;

LanyardChangesRow *lanyard_changes_row_new (guint64 gseq, const char *number, GBytes *entry);
void lanyard_changes_row_free (LanyardChangesRow *row);

/*
 * A page of the change feed: all changes with after < gseq ≤ next, ascending.
 *
 * A segment (after is a multiple of LANYARD_SEGMENT_GSEQ, next is the following one, head is next,
 * alert is 0) never changes and may be kept by any cache. A tail page tells where the feed stands.
 */
typedef struct
{
  char *event; /* event code */
  guint64 after;
  guint64 next;    /* the cursor when this page is applied */
  guint64 head;    /* last gseq of the feed; next == head: up to date */
  guint64 alert;   /* id of the newest alert for the desk that asks; 0 in segments */
  GPtrArray *rows; /* (element-type LanyardChangesRow); owned */

  /* Version 2; all 0 in version 1 */
  guint64 era;         /* of the hub's feed, to be told with the cursor from now on; 0: version 1 */
  guint64 asked_era;   /* what the desk told, again: so no page that sends a desk back to the */
  guint64 asked_after; /* beginning is of use a second time */
  guint spread_s;      /* after an outage desks come back within so many s */
} LanyardChanges;

LanyardChanges *lanyard_changes_new (const char *event);
void lanyard_changes_free (LanyardChanges *changes);
/* Whether the hub does not have what the desk told of, and it has to begin again. */
gboolean lanyard_changes_begins_again (const LanyardChanges *changes);
gboolean lanyard_changes_is_up_to_date (const LanyardChanges *changes);
/* Returns: (transfer full): the signed message */
GBytes *lanyard_changes_sign (const LanyardChanges *changes, const LanyardKey *key);

/**
 * lanyard_changes_open:
 * @message: a signed message
 * @trust: the key needs LANYARD_SCOPE_DIRECTORY
 * @event: (nullable): event code that must stand in it: another is LANYARD_ERROR_PROTOCOL
 * @at_s: now, s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _NEWER, _SIGNATURE, _UNTRUSTED, _EXPIRED, _PROTOCOL
 *
 * Returns: (transfer full) (nullable): the page
 */
LanyardChanges *lanyard_changes_open (GBytes *message,
                                      const LanyardTrustList *trust,
                                      const char *event,
                                      gint64 at_s,
                                      GError **error);
/* The payload alone. */
LanyardChanges *lanyard_changes_decode (const void *data, gsize n_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardChangesRow, lanyard_changes_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardChanges, lanyard_changes_free)

G_END_DECLS
