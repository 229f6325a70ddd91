/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Somebody collects for a team in which everything has happened. */

#define G_LOG_DOMAIN "test-ui"

#include "screen-fixtures.h"

LanyardView *
test_make_team (const char *language)
{
  static const LanyardTeamState states[]
      = { LANYARD_TEAM_DONE,     LANYARD_TEAM_TICKED,       LANYARD_TEAM_TICKED,
          LANYARD_TEAM_READY,    LANYARD_TEAM_NOT_POSSIBLE, LANYARD_TEAM_HAS_BADGE,
          LANYARD_TEAM_QUESTION, LANYARD_TEAM_READY };
  LanyardView *view = lanyard_view_new (LANYARD_PAGE_TEAM);

  view->mode = LANYARD_MODE_STAFF;
  view->language = g_strdup (language);
  view->staff_signed_in = TRUE;
  view->staff_number = g_strdup ("S-12");
  view->question = 1;
  view->team = lanyard_team_new ("33000041K", CANARY, "Harbour Rowing Club");
  view->team->more = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *number = g_strdup_printf ("3300004%uK", i + 1);

      lanyard_team_add (view->team, number, CANARY, states[i]);
    }
  return view;
}
