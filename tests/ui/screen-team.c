/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Somebody collects for a team in which everything has happened. */

#define G_LOG_DOMAIN "test-ui"

#include "screen-fixtures.h"

/* @states: LANYARD_TEAM_HAS_BADGE ends them */
static LanyardView *
make_delegation (const char *language, const LanyardTeamState *states)
{
  LanyardView *view = lanyard_view_new (LANYARD_PAGE_DELEGATION);

  view->language = g_strdup (language);
  view->question = 1;
  view->team = lanyard_team_new ("33000041K", CANARY, "Harbour Rowing Club");
  view->team->alone = TRUE;
  view->team->most = 20;
  for (guint i = 0; states[i] != LANYARD_TEAM_HAS_BADGE; i++)
    {
      g_autofree char *number = g_strdup_printf ("330004%02uK", i + 1);

      lanyard_team_add (view->team, number, CANARY, states[i]);
      lanyard_team_set_category (view->team, number, i % 2 == 0 ? "A" : "B");
    }
  return view;
}

LanyardView *
test_make_delegation (const char *language)
{
  static const LanyardTeamState states[]
      = { LANYARD_TEAM_TICKED, LANYARD_TEAM_TICKED,       LANYARD_TEAM_READY,
          LANYARD_TEAM_READY,  LANYARD_TEAM_NOT_POSSIBLE, LANYARD_TEAM_READY,
          LANYARD_TEAM_READY,  LANYARD_TEAM_READY,        LANYARD_TEAM_HAS_BADGE };

  return make_delegation (language, states);
}

LanyardView *
test_make_delegation_over (const char *language)
{
  static const LanyardTeamState states[]
      = { LANYARD_TEAM_DONE,         LANYARD_TEAM_DONE,     LANYARD_TEAM_READY,
          LANYARD_TEAM_NOT_POSSIBLE, LANYARD_TEAM_QUESTION, LANYARD_TEAM_HAS_BADGE };
  LanyardView *view = make_delegation (language, states);

  view->team->begun = TRUE;
  return view;
}

LanyardView *
test_make_delegation_printing (const char *language)
{
  static const LanyardTeamState states[]
      = { LANYARD_TEAM_DONE, LANYARD_TEAM_UNDER_WAY, LANYARD_TEAM_TICKED, LANYARD_TEAM_HAS_BADGE };
  LanyardView *view = make_delegation (language, states);

  view->page = LANYARD_PAGE_PRINTING;
  view->state = LANYARD_PICKUP_PRINTING;
  view->print = LANYARD_PRINT_PROCESSING;
  view->team->begun = view->team->running = TRUE;
  return view;
}

LanyardView *
test_make_delegation_scan_back (const char *language)
{
  LanyardView *view = test_make_delegation_printing (language);

  view->page = LANYARD_PAGE_SCAN_BACK;
  view->state = LANYARD_PICKUP_REPORTED;
  return view;
}

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
