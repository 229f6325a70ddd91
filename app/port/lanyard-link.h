/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What the screens may know of sync. A value. */
typedef struct
{
  gboolean enrolled;             /* this desk has a device number and a key at a hub */
  gboolean online;               /* the hub itself answered the last request */
  guint64 pending;               /* records without a receipt */
  gint64 oldest_pending_us;      /* wall time of the oldest of them; 0: none */
  gint64 last_success_us;        /* wall time of the last answer of the hub; 0: never */
  guint64 directory_version;     /* gseq of the directory on this desk */
  gint64 negative_list_issued_s; /* s since 1970-01-01 UTC; 0: none */
  guint open_alerts;             /* alerts nobody has looked at */
  char *problem;                 /* (nullable): one sentence when something needs a person */
} LanyardLinkStatus;

void lanyard_link_status_copy_into (LanyardLinkStatus *to, const LanyardLinkStatus *from);
void lanyard_link_status_clear (LanyardLinkStatus *status);

#define LANYARD_TYPE_LINK (lanyard_link_get_type ())
G_DECLARE_INTERFACE (LanyardLink, lanyard_link, LANYARD, LINK, GObject)

/**
 * LanyardLinkInterface:
 *
 * All that flow and screens see of sync.
 *
 * Signals, in the GMainContext that was thread-default when it was made:
 *   "changed" (LanyardLink *): the status is another one now
 *   "alert" (LanyardLink *, const char *accreditation, const char *kind): a conflict or revocation
 *     of a badge that this desk may have issued
 */
struct _LanyardLinkInterface
{
  GTypeInterface parent_iface;
  void (*start) (LanyardLink *self);
  void (*stop) (LanyardLink *self);
  void (*nudge) (LanyardLink *self);
  void (*get_status) (LanyardLink *self, LanyardLinkStatus *status);
};

void lanyard_link_start (LanyardLink *self);
void lanyard_link_stop (LanyardLink *self);
/* There are new records: try now if nothing is under way. */
void lanyard_link_nudge (LanyardLink *self);
/* @status: (out caller-allocates): to be cleared with lanyard_link_status_clear() */
void lanyard_link_get_status (LanyardLink *self, LanyardLinkStatus *status);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardLinkStatus, lanyard_link_status_clear)

G_END_DECLS
