/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-staff-action.h"

#include <string.h>

#include "lanyard-hand-over.h"
#include "lanyard-secret.h"

G_DEFINE_BOXED_TYPE (LanyardStaffAction,
                     lanyard_staff_action,
                     lanyard_staff_action_copy,
                     lanyard_staff_action_free)

static gboolean
is_sound (const char *text)
{
  return text == NULL
         || (strnlen (text, LANYARD_STAFF_ACTION_MAX_BYTES + 1) <= LANYARD_STAFF_ACTION_MAX_BYTES
             && g_utf8_validate (text, -1, NULL));
}

LanyardStaffAction *
lanyard_staff_action_new (LanyardStaffActionKind kind)
{
  LanyardStaffAction *action = g_new0 (LanyardStaffAction, 1);

  action->kind = kind;
  return action;
}

LanyardStaffAction *
lanyard_staff_action_copy (const LanyardStaffAction *action)
{
  LanyardStaffAction *copy;

  g_return_val_if_fail (action != NULL, NULL);

  copy = g_memdup2 (action, sizeof *action);
  copy->number = g_strdup (action->number);
  copy->serial = g_strdup (action->serial);
  copy->second_number = g_strdup (action->second_number);
  copy->second_pin = g_strdup (action->second_pin);
  copy->text = g_strdup (action->text);
  copy->pool = g_strdup (action->pool);
  copy->name = g_strdup (action->name);
  copy->note = g_strdup (action->note);
  copy->photo = action->photo != NULL ? g_bytes_ref (action->photo) : NULL;
  return copy;
}

void
lanyard_staff_action_free (LanyardStaffAction *action)
{
  if (action == NULL)
    return;
  lanyard_secret_free (action->number);
  lanyard_secret_free (action->serial);
  lanyard_secret_free (action->second_number);
  lanyard_secret_free (action->second_pin);
  lanyard_secret_free (action->text);
  lanyard_secret_free (action->pool);
  lanyard_secret_free (action->name);
  lanyard_secret_free (action->note);
  g_clear_pointer (&action->photo, g_bytes_unref);
  g_free (action);
}

gboolean
lanyard_staff_action_is_sound (const LanyardStaffAction *action)
{
  g_return_val_if_fail (action != NULL, FALSE);

  return is_sound (action->number) && is_sound (action->serial) && is_sound (action->second_number)
         && is_sound (action->second_pin) && is_sound (action->text) && is_sound (action->pool)
         && is_sound (action->name)
         && (action->note == NULL || lanyard_note_is_sound (action->note));
}
