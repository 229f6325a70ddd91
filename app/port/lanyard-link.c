/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-port"

#include "lanyard-link.h"

G_DEFINE_INTERFACE (LanyardLink, lanyard_link, G_TYPE_OBJECT)

static void
lanyard_link_default_init (LanyardLinkInterface *iface)
{
  g_signal_new ("changed", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("alert", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

void
lanyard_link_status_copy_into (LanyardLinkStatus *to, const LanyardLinkStatus *from)
{
  g_return_if_fail (to != NULL);
  g_return_if_fail (from != NULL);

  *to = *from;
  to->problem = g_strdup (from->problem);
}

void
lanyard_link_status_clear (LanyardLinkStatus *status)
{
  g_return_if_fail (status != NULL);

  g_free (status->problem);
  *status = (LanyardLinkStatus){ 0 };
}

void
lanyard_link_start (LanyardLink *self)
{
  g_return_if_fail (LANYARD_IS_LINK (self));

  LANYARD_LINK_GET_IFACE (self)->start (self);
}

void
lanyard_link_stop (LanyardLink *self)
{
  g_return_if_fail (LANYARD_IS_LINK (self));

  LANYARD_LINK_GET_IFACE (self)->stop (self);
}

void
lanyard_link_nudge (LanyardLink *self)
{
  g_return_if_fail (LANYARD_IS_LINK (self));

  LANYARD_LINK_GET_IFACE (self)->nudge (self);
}

void
lanyard_link_get_status (LanyardLink *self, LanyardLinkStatus *status)
{
  g_return_if_fail (LANYARD_IS_LINK (self));
  g_return_if_fail (status != NULL);

  *status = (LanyardLinkStatus){ 0 };
  LANYARD_LINK_GET_IFACE (self)->get_status (self, status);
}
