/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-void-reason.h"

static const struct
{
  LanyardVoidReason reason;
  const char *name;
  gboolean staff;   /* staff may give it */
  gboolean reissue; /* and then make another badge */
} reasons[] = {
  { LANYARD_VOID_LOST, "lost", TRUE, TRUE },
  { LANYARD_VOID_STOLEN, "stolen", TRUE, TRUE },
  { LANYARD_VOID_DAMAGED, "damaged", TRUE, TRUE },
  { LANYARD_VOID_DATA_CHANGED, "data-changed", TRUE, TRUE },
  { LANYARD_VOID_MISPRINT, "misprint", TRUE, TRUE },
  { LANYARD_VOID_WITHDRAWN, "withdrawn", TRUE, FALSE },
  { LANYARD_VOID_NOT_PRINTED, "not-printed", FALSE, FALSE },
  { LANYARD_VOID_UNREADABLE, "unreadable", FALSE, FALSE },
  { LANYARD_VOID_WRONG_BADGE, "wrong-badge", FALSE, FALSE },
};

static const LanyardVoidReason of_staff[] = {
  LANYARD_VOID_LOST,     LANYARD_VOID_STOLEN,    LANYARD_VOID_DAMAGED, LANYARD_VOID_DATA_CHANGED,
  LANYARD_VOID_MISPRINT, LANYARD_VOID_WITHDRAWN, (LanyardVoidReason)0,
};

static guint
find (LanyardVoidReason reason)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (reasons) && reasons[i].reason != reason)
    i++;
  return i;
}

const LanyardVoidReason *
lanyard_void_reasons_of_staff (void)
{
  return of_staff;
}

gboolean
lanyard_void_reason_is_of_staff (LanyardVoidReason reason)
{
  guint i = find (reason);

  return i < G_N_ELEMENTS (reasons) && reasons[i].staff;
}

gboolean
lanyard_void_reason_allows_reissue (LanyardVoidReason reason)
{
  guint i = find (reason);

  return i < G_N_ELEMENTS (reasons) && reasons[i].reissue;
}

LanyardVoidReasons
lanyard_void_reason_to_bit (LanyardVoidReason reason)
{
  return lanyard_void_reason_is_of_staff (reason) ? 1u << find (reason) : 0;
}

const char *
lanyard_void_reason_to_string (LanyardVoidReason reason)
{
  guint i = find (reason);

  return i < G_N_ELEMENTS (reasons) ? reasons[i].name : NULL;
}

LanyardVoidReason
lanyard_void_reason_from_string (const char *name)
{
  g_return_val_if_fail (name != NULL, (LanyardVoidReason)0);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].staff && g_str_equal (reasons[i].name, name))
      return reasons[i].reason;
  return (LanyardVoidReason)0;
}
