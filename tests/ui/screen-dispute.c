/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Somebody with several badges, as the staff page and the page over it show them. */

#include "screen-fixtures.h"

static void
add_side (LanyardDispute *dispute, const char *serial, guint32 device, LanyardSideState state)
{
  LanyardSide *side = lanyard_side_new ();

  side->serial = g_strdup (serial);
  side->device = device;
  side->state = state;
  side->venue = g_strdup ("MAIN");
  side->name = g_strdup (device == 7 ? "North door" : "Mixed zone, second floor");
  side->out_us = G_GINT64_CONSTANT (1795000000000000) + device;
  g_ptr_array_add (dispute->sides, side);
}

/* Two badges are out, and two supervisors have decided differently. */
LanyardView *
test_make_staff_disputed (const char *language)
{
  LanyardView *view = test_make_staff_look (language);
  LanyardResolution *resolution = lanyard_resolution_new ();

  view->verdict = (LanyardVerdict){ LANYARD_OUTCOME_STAFF, 1, { LANYARD_REASON_DISPUTED } };
  view->entry->issued.disputed = TRUE;
  view->entry->dispute = lanyard_dispute_new ();
  add_side (view->entry->dispute, "K0412-000044T", 7, LANYARD_SIDE_ISSUED);
  add_side (view->entry->dispute, "K0417-000021H", 12, LANYARD_SIDE_UNKNOWN);
  resolution->id = g_strdup ("12-1-40");
  resolution->keep = g_strdup ("K0417-000021H");
  resolution->who = g_strdup ("27");
  resolution->name = g_strdup ("North door");
  resolution->at_us = G_GINT64_CONSTANT (1795000300000000);
  g_ptr_array_add (view->entry->dispute->resolutions, resolution);
  return view;
}

LanyardView *
test_make_supervisor_disputed (const char *language)
{
  LanyardView *view = test_make_staff_disputed (language);

  view->staff_supervisor = TRUE;
  view->can_resolve = TRUE;
  return view;
}
