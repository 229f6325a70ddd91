/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the hub's operator decides about a conflict. A supervisor at a desk does the same with a
 * record; see lanyard-hub-fold-settle.c. */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-fold-private.h"

static gboolean fail (GError **error, int code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (GError **error, int code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (LANYARD_ERROR, code, format, arguments));
  va_end (arguments);
  return FALSE;
}

gboolean
_lanyard_hub_check_who (const char *who, GError **error)
{
  for (const char *c = who; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return fail (error, LANYARD_ERROR_USAGE,
                   "“%s” says nobody: give who decided as one word, such as a staff number.", who);
  if (*who == '\0' || strlen (who) > LANYARD_RECORD_MAX_TEXT_BYTES)
    return fail (error, LANYARD_ERROR_USAGE, "%s",
                 "Say who decided, with a word of at most 64 letters.");
  return TRUE;
}

static gboolean
check_words (const char *reason, const char *who, GError **error)
{
  if (lanyard_resolve_reason_from_string (reason) == 0)
    return fail (error, LANYARD_ERROR_USAGE,
                 "“%s” is no reason: say in-hand, returned, never-out, wrong-person or lost.",
                 reason);
  return _lanyard_hub_check_who (who, error);
}

gboolean
_lanyard_hub_apply_decision (LanyardHubFold *fold,
                             LanyardHubTouched *touched,
                             LanyardResolution *decision,
                             GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  guint64 seq = (guint64)MAX (fold->now_us, 1);
  gboolean added;

  do
    {
      g_free (decision->id);
      decision->id = lanyard_resolution_make_id (0, 0, seq++);
      if (!store->ops->add_resolution (store, touched->holding->number, decision, &added, error))
        return FALSE;
    }
  while (!added && !lanyard_fault ("hub-decision-id-reused"));
  touched->holding->decisions += added;
  touched->told = TRUE;
  return TRUE;
}

/* Keeps @keep of all that are open, in the place of all that was decided. */
static gboolean
fill (LanyardResolution *resolution,
      const char *keep,
      GPtrArray *badges,
      GPtrArray *resolutions,
      GError **error)
{
  g_autoptr (GStrvBuilder) voids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) settles = g_strv_builder_new ();
  const LanyardHubBadge *kept = NULL;

  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      if (g_str_equal (badge->serial, keep))
        kept = badge;
      else if (lanyard_hub_badge_is_open (badge))
        g_strv_builder_add (voids, badge->serial);
    }
  if (kept == NULL)
    return fail (error, LANYARD_ERROR_NOT_FOUND,
                 "%s is no badge of this person: give the serial of one that is listed.", keep);
  if (!lanyard_hub_badge_is_open (kept))
    return fail (error, LANYARD_ERROR_STATE, "Badge %s is void: keep another one.", keep);
  for (guint i = 0; i < resolutions->len; i++)
    g_strv_builder_add (settles,
                        ((const LanyardResolution *)g_ptr_array_index (resolutions, i))->id);
  g_strfreev (resolution->voids);
  g_strfreev (resolution->settles);
  resolution->voids = g_strv_builder_end (voids);
  resolution->settles = g_strv_builder_end (settles);
  resolution->keep = g_strdup (keep);
  return TRUE;
}

static gboolean
decide (LanyardHub *hub,
        LanyardHubTouched *touched,
        const char *keep,
        LanyardResolution *resolution,
        GError **error)
{
  LanyardHubStore *store = hub->store;
  const char *number = touched->holding->number;
  g_autoptr (GPtrArray) badges = store->ops->list_badges (store, number, error);
  g_autoptr (GPtrArray) resolutions = NULL;
  LanyardHubFold fold = { .hub = hub, .now_us = resolution->at_us };

  if (badges == NULL)
    return FALSE;
  resolutions = store->ops->list_resolutions (store, number, error);
  if (resolutions == NULL || !fill (resolution, keep, badges, resolutions, error))
    return FALSE;
  return _lanyard_hub_apply_decision (&fold, touched, resolution, error)
         && _lanyard_hub_settle (&fold, touched, error);
}

/* Between begin and commit. */
static gboolean
transact (LanyardHub *hub,
          const char *number,
          const char *keep,
          LanyardResolution *resolution,
          GError **error)
{
  g_autoptr (LanyardHubTouched) touched = _lanyard_hub_touch (hub, number, error);

  if (touched == NULL)
    return FALSE;
  if (touched->entry == NULL && touched->holding->arrivals == 0)
    return fail (error, LANYARD_ERROR_NOT_FOUND, "%s is not in the roster.", number);
  if (!touched->holding->disputed)
    return fail (error, LANYARD_ERROR_STATE, "Nothing about %s is to be decided.", number);
  return decide (hub, touched, keep, resolution, error);
}

gboolean
lanyard_hub_resolve (LanyardHub *hub,
                     const char *number,
                     const char *keep_serial,
                     const char *reason,
                     const char *who,
                     GError **error)
{
  g_autoptr (LanyardResolution) resolution = lanyard_resolution_new ();
  LanyardHubStore *store;

  g_return_val_if_fail (hub != NULL && number != NULL && keep_serial != NULL, FALSE);
  g_return_val_if_fail (reason != NULL && who != NULL, FALSE);

  if (!check_words (reason, who, error))
    return FALSE;
  store = hub->store;
  resolution->reason = lanyard_resolve_reason_from_string (reason);
  resolution->who = g_strdup (who);
  resolution->at_us = lanyard_hub_get_now_us (hub);
  if (!store->ops->begin (store, error))
    return FALSE;
  if (!transact (hub, number, keep_serial, resolution, error))
    {
      store->ops->rollback (store);
      return FALSE;
    }
  if (!store->ops->commit (store, error))
    return FALSE;
  hub->generation++;
  return TRUE;
}
