/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may ask for what: one table from the kind of an action to the function that does it. What
 * each does stands in the file of its group. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

typedef struct
{
  LanyardStaffActionKind kind;
  LanyardActFunc act;
} Row;

static const Row rows[] = {
  { LANYARD_ACT_REISSUE, lanyard_session_act_reissue },
  { LANYARD_ACT_VOID, lanyard_session_act_void },
  { LANYARD_ACT_RESOLVE, lanyard_session_act_resolve },
  { LANYARD_ACT_LOAD_CARDS, lanyard_session_note_cards },
  { LANYARD_ACT_COUNT_CARDS, lanyard_session_note_cards },
  { LANYARD_ACT_SPOIL_CARDS, lanyard_session_note_cards },
  { LANYARD_ACT_CHOOSE_PRINTER, lanyard_session_choose_printer },
  { LANYARD_ACT_EXPLAIN_COUNTER, lanyard_session_explain_counter },
  { LANYARD_ACT_CLOSE_SHIFT, lanyard_session_close_shift },
  { LANYARD_ACT_DOCUMENT_SEEN, lanyard_session_act_document_seen },
  { LANYARD_ACT_VALIDATE, lanyard_session_act_validate },
  { LANYARD_ACT_UNDO_VALIDATION, lanyard_session_act_undo_validation },
  { LANYARD_ACT_OPEN_VERIFY, lanyard_session_act_open_verify },
  { LANYARD_ACT_OPEN_PASSES, lanyard_session_act_open_passes },
  { LANYARD_ACT_GIVE_PASS, lanyard_session_act_give_pass },
  { LANYARD_ACT_RETURN_PASS, lanyard_session_act_return_pass },
  { LANYARD_ACT_LOAD_PASSES, lanyard_session_act_load_passes },
  { LANYARD_ACT_TAKE_PASSES, lanyard_session_act_take_passes },
  { LANYARD_ACT_NOTE, lanyard_session_act_note },
  { LANYARD_ACT_HAND_OVER, lanyard_session_act_hand_over },
  { LANYARD_ACT_CONSENT, lanyard_session_act_consent },
  { LANYARD_ACT_PHOTO, lanyard_session_act_photo },
  { LANYARD_ACT_WAIT_OVER, lanyard_session_act_wait_over },
  { LANYARD_ACT_OPEN_TEAM, lanyard_session_act_open_team },
  { LANYARD_ACT_TICK_TEAM, lanyard_session_act_tick_team },
  { LANYARD_ACT_PRINT_TEAM, lanyard_session_act_print_team },
  { LANYARD_ACT_STOP_TEAM, lanyard_session_act_stop_team },
};

static LanyardActFunc
find_act (LanyardStaffActionKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].kind == kind)
      return rows[i].act;
  return NULL;
}

/* Whoever collects for others chooses and stops without staff. */
static gboolean
may_act (LanyardSession *session, const LanyardStaffAction *action)
{
  return session->staff
         || (lanyard_session_is_delegation (session)
             && (action->kind == LANYARD_ACT_TICK_TEAM || action->kind == LANYARD_ACT_STOP_TEAM));
}

void
lanyard_session_act (LanyardSession *session, const LanyardStaffAction *action)
{
  LanyardActFunc act;

  g_return_if_fail (session != NULL && action != NULL);

  if (session->broken != NULL || !session->enrolled)
    return;
  act = lanyard_staff_action_is_sound (action) ? find_act (action->kind) : NULL;
  if (!may_act (session, action))
    lanyard_session_notify (session, LANYARD_NOTICE_STAFF_ONLY);
  else if (act == NULL)
    lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
  else
    {
      lanyard_session_touch (session);
      act (session, action);
    }
  lanyard_session_publish (session);
}
