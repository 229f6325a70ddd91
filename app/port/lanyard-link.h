/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Why records wait. */
typedef enum
{
  LANYARD_LINK_WAIT_NONE = 0,       /* none does */
  LANYARD_LINK_WAIT_TURN = 10,      /* they are being sent, or go with the next request */
  LANYARD_LINK_WAIT_LINE = 20,      /* nothing answers; next_try_us tells when it is tried again */
  LANYARD_LINK_WAIT_HUB = 30,       /* the hub answers and cannot take them now; likewise */
  LANYARD_LINK_WAIT_REFUSED = 40,   /* the hub refuses this desk: somebody has to look */
  LANYARD_LINK_WAIT_FORK = 50,      /* this desk's disk was copied or set back: stop using it */
  LANYARD_LINK_WAIT_STOPPED = 60,   /* nothing runs that would send them */
  LANYARD_LINK_WAIT_ENROLMENT = 70, /* this desk is at no hub */
} LanyardLinkWait;

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
  LanyardLinkWait wait;          /* why records are pending */
  gint64 next_try_us;            /* wall time; 0: no time is set */
  guint pack_waiting;            /* edition of the pack that the next start takes; 0: none */
  guint set_aside;               /* rows of the hub that this desk could not understand */
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
