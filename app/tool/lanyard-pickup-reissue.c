/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-pickup-reissue.h"

#include <sodium.h>
#include <stdio.h>

#include "lanyard-error.h"

static gboolean
read_line (char *line, gsize n_bytes, const char *whose, GError **error)
{
  if (fgets (line, (int)n_bytes, stdin) != NULL)
    {
      g_strchomp (line);
      return TRUE;
    }
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "The PIN of %s did not come; give it as a line of standard input.", whose);
  return FALSE;
}

gboolean
lanyard_pickup_reissue_read (LanyardPickupReissue *reissue, const char *reason, GError **error)
{
  reissue->reason = lanyard_void_reason_from_string (reason);
  if (!lanyard_void_reason_allows_reissue (reissue->reason))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "'%s' is no reason for a reissue; say lost, stolen, damaged, data-changed or "
                   "misprint.",
                   reason);
      return FALSE;
    }
  return read_line (reissue->pin, sizeof reissue->pin, "the staff", error)
         && (reissue->second == NULL
             || read_line (reissue->second_pin, sizeof reissue->second_pin, "the second person",
                           error));
}

void
lanyard_pickup_reissue_clear (LanyardPickupReissue *reissue)
{
  g_free (reissue->staff);
  g_free (reissue->second);
  sodium_memzero (reissue, sizeof *reissue);
}

void
lanyard_pickup_reissue_sign_in (const LanyardPickupReissue *reissue, LanyardDesk *desk)
{
  lanyard_desk_sign_in_as (desk, reissue->staff, reissue->pin);
}

gboolean
lanyard_pickup_reissue_ask (LanyardPickupReissue *reissue,
                            LanyardDesk *desk,
                            const LanyardView *view,
                            GError **error)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_REISSUE);

  if (reissue->asked)
    return TRUE;
  reissue->asked = TRUE;
  if (!view->can_reissue)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                   "This person has no badge that can be made anew here.");
      return FALSE;
    }
  action->number = g_strdup (view->entry->number);
  action->serial = g_strdup (view->badge_serial);
  action->reason = (guint)reissue->reason;
  action->second_number = g_strdup (reissue->second);
  action->second_pin = reissue->second != NULL ? g_strdup (reissue->second_pin) : NULL;
  lanyard_desk_act (desk, action);
  return TRUE;
}
