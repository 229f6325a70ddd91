/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Several badges of one person are out: a supervisor decides which one stays.
 *
 * The decision is one record. What it comes to is the hub's to say, which may know of another that
 * says otherwise; until the hub has it, this desk goes by it alone.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

/* Whether a decision of this desk that the hub does not have yet voids the badge. */
static gboolean
is_decided_void (LanyardSession *session, const char *number, const char *serial)
{
  g_autoptr (GPtrArray) decisions = lanyard_journal_list_decisions (session->parts.journal, number);

  return lanyard_resolutions_void (decisions, serial);
}

gboolean
lanyard_session_is_void (LanyardSession *session,
                         const LanyardEntry *entry,
                         const char *number,
                         const char *serial,
                         guint32 sequence)
{
  const LanyardNegativeList *list = session->negative;
  guint32 lowest = entry != NULL ? entry->lowest_valid_sequence : 0;

  if (list != NULL)
    lowest = MAX (lowest, lanyard_negative_list_lookup (list, number));
  return lanyard_journal_is_void (session->parts.journal, serial)
         || (sequence != 0 && sequence < lowest)
         || (list != NULL && lanyard_negative_list_has_serial (list, serial))
         || is_decided_void (session, number, serial);
}

/* Own badges that the hub has not heard of are open beside those that it tells of. */
static guint32
count_own (LanyardSession *session, const LanyardDispute *dispute)
{
  g_autoptr (LanyardPickup) own
      = lanyard_journal_find_issued (session->parts.journal, session->served.number);

  return own != NULL && lanyard_dispute_find (dispute, own->serial) == NULL;
}

void
lanyard_session_settle (LanyardSession *session, LanyardIssued *issued)
{
  const LanyardEntry *entry = session->served.entry;
  g_autoptr (GPtrArray) decisions = NULL;
  const LanyardSide *last = NULL;
  guint32 n_open = 0;

  g_clear_pointer (&session->served.decided, g_free);
  if (entry == NULL || entry->dispute == NULL)
    return;
  decisions = lanyard_journal_list_decisions (session->parts.journal, session->served.number);
  if (decisions->len == 0)
    return;
  for (guint i = 0; i < entry->dispute->sides->len; i++)
    {
      const LanyardSide *side = g_ptr_array_index (entry->dispute->sides, i);

      if (side->state == LANYARD_SIDE_VOID || lanyard_resolutions_void (decisions, side->serial))
        continue;
      n_open++;
      last = side;
    }
  issued->open_badges = n_open + count_own (session, entry->dispute);
  issued->disputed = issued->open_badges > 1;
  if (last == NULL)
    return;
  g_free (issued->last_serial);
  issued->last_serial = g_strdup (last->serial);
  session->served.decided = g_strdup (last->serial);
}

gboolean
lanyard_session_may_resolve (LanyardSession *session)
{
  const LanyardServed *served = &session->served;

  return session->staff && session->member->role == LANYARD_STAFF_ROLE_SUPERVISOR
         && session->trusted && session->state == LANYARD_PICKUP_IDLE && served->entry != NULL
         && served->entry->dispute != NULL && served->entry->issued.disputed;
}

static void
add_ids (GStrvBuilder *settles, GPtrArray *decisions, guint *n)
{
  for (guint i = 0; i < decisions->len && *n < 2 * LANYARD_DISPUTE_MAX_RESOLUTIONS; i++, (*n)++)
    g_strv_builder_add (settles, ((const LanyardResolution *)g_ptr_array_index (decisions, i))->id);
}

/* Keeps one badge of those on the page. Returns: (transfer full) (nullable): NULL: it is none of
 * them, or void */
static LanyardResolution *
make_resolution (LanyardSession *session, const LanyardStaffAction *action)
{
  const LanyardDispute *dispute = session->served.entry->dispute;
  g_autoptr (GPtrArray) own
      = lanyard_journal_list_decisions (session->parts.journal, session->served.number);
  g_autoptr (LanyardResolution) resolution = lanyard_resolution_new ();
  g_autoptr (GStrvBuilder) voids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) settles = g_strv_builder_new ();
  const LanyardSide *keep
      = action->serial != NULL ? lanyard_dispute_find (dispute, action->serial) : NULL;
  guint n = 0;

  if (keep == NULL || keep->state == LANYARD_SIDE_VOID
      || lanyard_journal_is_void (session->parts.journal, keep->serial))
    return NULL;
  for (guint i = 0; i < dispute->sides->len; i++)
    if (g_ptr_array_index (dispute->sides, i) != keep)
      g_strv_builder_add (voids,
                          ((const LanyardSide *)g_ptr_array_index (dispute->sides, i))->serial);
  add_ids (settles, own, &n);
  if (!lanyard_fault ("resolution-settles-nothing"))
    add_ids (settles, dispute->resolutions, &n);
  g_strfreev (resolution->voids);
  g_strfreev (resolution->settles);
  resolution->voids = g_strv_builder_end (voids);
  resolution->settles = g_strv_builder_end (settles);
  resolution->keep = g_strdup (keep->serial);
  resolution->reason = (LanyardResolveReason)action->reason;
  resolution->who = g_strdup (session->member->number);
  return g_steal_pointer (&resolution);
}

static gboolean
commit (LanyardSession *session, const LanyardResolution *resolution)
{
  g_autoptr (GBytes) body
      = lanyard_resolution_make_body (resolution, session->served.directory_version);
  LanyardStep step = {
    .kind = LANYARD_RECORD_RESOLVED,
    .accreditation = session->served.number,
    .serial = resolution->keep,
    .body = body,
  };

  return lanyard_session_commit_step (session, &step);
}

/* What staff look at is what is decided about: it is looked up again, and must be the same. */
static gboolean
is_possible (LanyardSession *session, const LanyardStaffAction *action)
{
  if (lanyard_resolve_reason_to_string ((LanyardResolveReason)action->reason) == NULL
      || session->served.number == NULL || g_strcmp0 (session->served.number, action->number) != 0)
    return FALSE;
  lanyard_session_check_trust (session);
  return session->state == LANYARD_PICKUP_IDLE && lanyard_session_decide (session)
         && lanyard_session_may_resolve (session);
}

void
lanyard_session_act_resolve (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (LanyardResolution) resolution = NULL;
  gboolean needed;

  if (session->member->role != LANYARD_STAFF_ROLE_SUPERVISOR)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_SUPERVISOR_ONLY);
      return;
    }
  if (is_possible (session, action))
    resolution = make_resolution (session, action);
  if (resolution == NULL)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  needed = lanyard_rules_need_second_person (lanyard_pack_get_rules (session->parts.pack),
                                             session->served.entry->category,
                                             lanyard_resolve_reason_to_void (resolution->reason));
  if (!lanyard_session_ask_second (session, action, needed, &resolution->second)
      || !commit (session, resolution))
    return;
  lanyard_session_show_again (session, action->number);
  if (session->broken == NULL)
    lanyard_session_notify (session, LANYARD_NOTICE_RESOLVED);
}
