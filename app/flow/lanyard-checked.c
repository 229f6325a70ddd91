/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-checked.h"

LanyardChecked *
lanyard_checked_new (void)
{
  LanyardChecked *checked = g_new0 (LanyardChecked, 1);

  checked->answer = LANYARD_VERIFICATION_FOREIGN;
  checked->list_age_s = -1;
  return checked;
}

LanyardChecked *
lanyard_checked_copy (const LanyardChecked *checked)
{
  LanyardChecked *copy;

  g_return_val_if_fail (checked != NULL, NULL);

  copy = g_memdup2 (checked, sizeof *checked);
  copy->verification
      = checked->verification != NULL ? lanyard_verification_copy (checked->verification) : NULL;
  copy->seal = g_strdup (checked->seal);
  copy->entry = checked->entry != NULL ? lanyard_entry_copy (checked->entry) : NULL;
  copy->photo = checked->photo != NULL ? g_bytes_ref (checked->photo) : NULL;
  return copy;
}

void
lanyard_checked_free (LanyardChecked *checked)
{
  if (checked == NULL)
    return;
  lanyard_verification_free (checked->verification); /* wipes */
  g_free (checked->seal);
  lanyard_entry_free (checked->entry); /* wipes */
  g_clear_pointer (&checked->photo, g_bytes_unref);
  g_free (checked);
}
