/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-left.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-fold-private.h"

/*
 * When an enrolment ends, its desk is not there any more to say what became of the badges that it
 * was making, and of those about which it had asked its staff. Each is a question for a supervisor:
 *
 * 1. LEFT is on a badge exactly when the enrolment of the desk that made it has ended and no record
 *    says that it was issued, voided or given back. So it comes out the same in whatever order
 *    records and the end arrive, and goes when a record comes late that answers.
 * 2. A badge that is LEFT counts as open: nobody gets another one silently, and where one was made
 *    meanwhile that is a conflict.
 * 3. It is answered by a decision: KEPT where it is in a hand, SETTLED where it is not. Or by a
 *    VOIDED record of any desk, as any badge that is out.
 */

static const struct
{
  LanyardHubBecame became;
  const char *word;
  LanyardResolveReason reason;
} outcomes[] = {
  { LANYARD_HUB_BECAME_HANDED_OVER, "handed-over", LANYARD_RESOLVE_IN_HAND },
  { LANYARD_HUB_BECAME_DESTROYED, "destroyed", LANYARD_RESOLVE_RETURNED },
  { LANYARD_HUB_BECAME_NEVER_OUT, "never-out", LANYARD_RESOLVE_NEVER_OUT },
};

LanyardHubBecame
lanyard_hub_became_from_string (const char *word)
{
  g_return_val_if_fail (word != NULL, (LanyardHubBecame)0);

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (g_str_equal (outcomes[i].word, word))
      return outcomes[i].became;
  return (LanyardHubBecame)0;
}

static LanyardResolveReason
get_reason (LanyardHubBecame became)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (outcomes[i].became == became)
      return outcomes[i].reason;
  g_return_val_if_reached (LANYARD_RESOLVE_LOST);
}

/* Makes a question of @badge, unless it is answered or is one already. */
static gboolean
leave (LanyardHubFold *fold, LanyardHubTouched *touched, LanyardHubBadge *badge, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  gboolean was_open = lanyard_hub_badge_is_open (badge);

  if ((badge->flags & (LANYARD_HUB_BADGE_ANSWERED | LANYARD_HUB_BADGE_LEFT)) != 0)
    return TRUE;
  badge->flags |= LANYARD_HUB_BADGE_LEFT;
  if (badge->arrival == 0)
    badge->arrival = ++touched->holding->arrivals;
  _lanyard_hub_fold_into_holding (touched->holding, was_open, badge);
  touched->opened |= !was_open && lanyard_hub_badge_is_open (badge);
  touched->told = TRUE;
  return store->ops->save_badge (store, badge, error);
}

gboolean
_lanyard_hub_leave_late (LanyardHubFold *fold, GPtrArray *facts, GError **error)
{
  LanyardHubStore *store = fold->hub->store;

  if (lanyard_fault ("hub-late-not-asked"))
    return TRUE;
  for (guint i = 0; i < facts->len; i++)
    {
      const LanyardHubFact *fact = g_ptr_array_index (facts, i);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (LanyardHubBadge) badge
          = store->ops->find_badge (store, fact->badge->serial, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      /* Another person's, or another desk's: that was put before a person. */
      if (badge == NULL || !g_str_equal (badge->number, fact->number)
          || badge->device != fold->device)
        continue;
      if (!leave (fold, g_hash_table_lookup (fold->touched, fact->number), badge, error))
        return FALSE;
    }
  return TRUE;
}

/* @badges: of these, those from @from to before @to are one person's. */
static gboolean
leave_person (LanyardHub *hub, GPtrArray *badges, guint from, guint to, GError **error)
{
  LanyardHubBadge *first = g_ptr_array_index (badges, from);
  g_autoptr (LanyardHubTouched) touched = _lanyard_hub_touch (hub, first->number, error);
  LanyardHubFold fold = { .hub = hub, .now_us = lanyard_hub_get_now_us (hub) };

  if (touched == NULL)
    return FALSE;
  for (guint i = from; i < to; i++)
    if (!leave (&fold, touched, g_ptr_array_index (badges, i), error))
      return FALSE;
  return _lanyard_hub_settle (&fold, touched, error);
}

/* @badges: (element-type LanyardHubBadge): by number */
static gboolean
leave_all (LanyardHub *hub, GPtrArray *badges, GError **error)
{
  guint to;

  for (guint from = 0; from < badges->len; from = to)
    {
      const LanyardHubBadge *first = g_ptr_array_index (badges, from);

      for (to = from + 1; to < badges->len; to++)
        if (strcmp (((LanyardHubBadge *)g_ptr_array_index (badges, to))->number, first->number)
            != 0)
          break;
      if (!leave_person (hub, badges, from, to, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_lanyard_hub_leave_desk (LanyardHub *hub, guint32 device, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GPtrArray) badges = NULL;

  if (lanyard_fault ("hub-left-not-asked"))
    return TRUE;
  badges = store->ops->list_unanswered (store, device, error);
  return badges != NULL && leave_all (hub, badges, error);
}

/* @ended: (out): whether the enrolment to which the serial of @badge belongs has ended; FALSE when
 * it is of none */
static gboolean
look_at_enrolment (LanyardHub *hub,
                   GPtrArray *enrolments,
                   const LanyardHubBadge *badge,
                   gboolean *ended,
                   GError **error)
{
  LanyardHubStore *store = hub->store;

  *ended = FALSE;
  for (guint i = 0; i < enrolments->len; i++)
    {
      const LanyardHubEnrolment *enrolment = g_ptr_array_index (enrolments, i);

      if (enrolment->device == badge->device && g_str_has_prefix (badge->serial, enrolment->prefix))
        return store->ops->is_ended (store, enrolment->device, enrolment->epoch, ended, error);
    }
  return TRUE;
}

/* Badges that nobody asked about, as a program left them that did not know of questions.
 * (transfer full) (element-type LanyardHubBadge) */
static GPtrArray *
list_forgotten (LanyardHub *hub, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GPtrArray) badges = store->ops->list_unanswered (store, 0, error);
  g_autoptr (GPtrArray) enrolments = NULL;

  if (badges == NULL || badges->len == 0)
    return g_steal_pointer (&badges);
  enrolments = store->ops->list_enrolments (store, error);
  if (enrolments == NULL)
    return NULL;
  for (guint i = badges->len; i > 0; i--)
    {
      gboolean ended;

      if (!look_at_enrolment (hub, enrolments, g_ptr_array_index (badges, i - 1), &ended, error))
        return NULL;
      if (!ended)
        g_ptr_array_remove_index (badges, i - 1);
    }
  return g_steal_pointer (&badges);
}

static gboolean
leave_forgotten (LanyardHub *hub, GError **error)
{
  g_autoptr (GPtrArray) badges = list_forgotten (hub, error);

  return badges != NULL && leave_all (hub, badges, error);
}

gboolean
_lanyard_hub_leave_forgotten (LanyardHub *hub, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GPtrArray) badges = list_forgotten (hub, error);

  if (badges == NULL || badges->len == 0)
    return badges != NULL;
  if (!store->ops->begin (store, error))
    return FALSE;
  if (leave_forgotten (hub, error))
    return _lanyard_hub_commit (hub, error);
  store->ops->rollback (store);
  return FALSE;
}

static LanyardResolution *
make_answer (const LanyardHubBadge *badge, LanyardHubBecame became, const char *who, gint64 at_us)
{
  gboolean out = became == LANYARD_HUB_BECAME_HANDED_OVER;
  LanyardResolution *answer = lanyard_resolution_new ();

  answer->keep = g_strdup (out ? badge->serial : "");
  g_strfreev (answer->voids);
  answer->voids = g_new0 (char *, 2);
  answer->voids[0] = out ? NULL : g_strdup (badge->serial);
  answer->reason = get_reason (became);
  answer->who = g_strdup (who);
  answer->at_us = at_us;
  return answer;
}

static gboolean
answer_badge (LanyardHub *hub,
              const LanyardHubBadge *badge,
              LanyardHubBecame became,
              const char *who,
              GError **error)
{
  g_autoptr (LanyardHubTouched) touched = _lanyard_hub_touch (hub, badge->number, error);
  g_autoptr (LanyardResolution) answer = NULL;
  LanyardHubFold fold = { .hub = hub, .now_us = lanyard_hub_get_now_us (hub) };

  if (touched == NULL)
    return FALSE;
  answer = make_answer (badge, became, who, fold.now_us);
  return _lanyard_hub_apply_decision (&fold, touched, answer, error)
         && _lanyard_hub_settle (&fold, touched, error);
}

/* Between begin and commit. */
static gboolean
transact (LanyardHub *hub,
          const char *serial,
          LanyardHubBecame became,
          const char *who,
          GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardHubBadge) badge = store->ops->find_badge (store, serial, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (badge == NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "No badge has the serial %s.",
                 serial);
  else if ((badge->flags & LANYARD_HUB_BADGE_LEFT) == 0
           || (badge->flags & (LANYARD_HUB_BADGE_KEPT | LANYARD_HUB_BADGE_SETTLED)) != 0)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                 "Nothing about badge %s is to be answered.", serial);
  else
    return answer_badge (hub, badge, became, who, error);
  return FALSE;
}

gboolean
lanyard_hub_answer (LanyardHub *hub,
                    const char *serial,
                    LanyardHubBecame became,
                    const char *who,
                    GError **error)
{
  LanyardHubStore *store;

  g_return_val_if_fail (hub != NULL && serial != NULL && who != NULL, FALSE);
  g_return_val_if_fail (became != 0, FALSE);

  if (!_lanyard_hub_check_who (who, error))
    return FALSE;
  store = hub->store;
  if (!store->ops->begin (store, error))
    return FALSE;
  if (!transact (hub, serial, became, who, error))
    {
      store->ops->rollback (store);
      return FALSE;
    }
  if (!_lanyard_hub_commit (hub, error))
    return FALSE;
  hub->generation++;
  return TRUE;
}
