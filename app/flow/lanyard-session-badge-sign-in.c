/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The badge of a member of staff says who is about to sign in, in the place of a typed number. It
 * opens nothing: the PIN is asked for, and its tries are counted, as ever. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

/* Returns: (transfer full) (nullable): staff number */
static char *
dup_staff_number (LanyardSession *session, const char *accreditation)
{
  g_autoptr (GPtrArray) members = lanyard_staff_list (session->parts.config->state_dir, NULL);

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const LanyardStaffMember *member = g_ptr_array_index (members, i);

      if (g_strcmp0 (member->badge, accreditation) == 0)
        return g_strdup (member->number);
    }
  return NULL;
}

/* Void by anything that this desk knows, or of an accreditation that is not active any more. */
static gboolean
is_void (LanyardSession *session, const LanyardClaims *claims)
{
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (session->parts.directory, LANYARD_LOOKUP_NUMBER, claims->number,
                                  NULL);

  return (entry != NULL && entry->status != LANYARD_STATUS_ACTIVE)
         || lanyard_session_is_void (session, entry, claims->number, claims->serial,
                                     claims->sequence);
}

/* A badge that a person waits for answers for itself, whoever is about to sign in. */
static gboolean
is_of_a_print (LanyardSession *session, const LanyardClaims *claims)
{
  return g_strcmp0 (session->served.serial, claims->serial) == 0
         || lanyard_session_find_question (session, claims->serial) != NULL;
}

gboolean
lanyard_session_take_staff_badge (LanyardSession *session, const LanyardPresented *presented)
{
  const LanyardClaims *claims = presented->claims;
  gboolean is_badge
      = presented->kind == LANYARD_PRESENTED_CREDENTIAL && claims->kind == LANYARD_CREDENTIAL_BADGE;

  if (!session->asks_badge || session->staff || presented->kind == LANYARD_PRESENTED_FOREIGN
      || (is_badge && is_of_a_print (session, claims)))
    return FALSE;
  g_clear_pointer (&session->badge_staff, g_free);
  /* Why it is rejected is told as everywhere. */
  if (presented->kind == LANYARD_PRESENTED_REJECTED)
    return FALSE;
  if (is_badge && is_void (session, claims))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_VOID_BADGE);
      return TRUE;
    }
  if (is_badge)
    session->badge_staff = dup_staff_number (session, claims->number);
  lanyard_session_touch (session);
  if (session->badge_staff == NULL)
    lanyard_session_notify (session, LANYARD_NOTICE_NOT_STAFF);
  else
    session->notice = LANYARD_NOTICE_NONE;
  return TRUE;
}

void
lanyard_session_ask_badge (LanyardSession *session, gboolean ask)
{
  gboolean shown;

  g_return_if_fail (session != NULL);

  shown = session->badge_staff != NULL;
  session->asks_badge = ask;
  g_clear_pointer (&session->badge_staff, g_free);
  if (ask)
    lanyard_session_count_staff (session);
  if (shown)
    lanyard_session_publish (session);
}
