/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The signed lists that sync brings: who may sign, and which badges are void. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-hash.h"

static void
take_trust (LanyardSession *session, gint64 now_s)
{
  g_autoptr (GBytes) document = lanyard_directory_dup_document (session->parts.directory, "trust");
  g_autoptr (LanyardTrustList) list = NULL;
  g_autoptr (GError) error = NULL;
  LanyardPublicKey root;

  if (document == NULL
      || !lanyard_hex_decode (session->parts.config->root_key, root.bytes, sizeof root.bytes))
    return;
  list = lanyard_trust_list_load (g_bytes_get_data (document, NULL), g_bytes_get_size (document),
                                  &root, session->trust, now_s, &error);
  if (list == NULL)
    {
      g_message ("The trust list that came is not taken: %s", error->message);
      return;
    }
  lanyard_trust_list_unref (session->trust);
  session->trust = g_steal_pointer (&list);
}

static void
take_negative (LanyardSession *session, gint64 now_s)
{
  g_autoptr (GBytes) document
      = lanyard_directory_dup_document (session->parts.directory, "negative");
  g_autoptr (LanyardNegativeList) list = NULL;
  g_autoptr (GError) error = NULL;

  if (document == NULL)
    return;
  list = lanyard_negative_list_load (g_bytes_get_data (document, NULL), g_bytes_get_size (document),
                                     session->trust, session->negative, now_s, &error);
  if (list == NULL)
    {
      g_message ("The negative list that came is not taken: %s", error->message);
      return;
    }
  g_clear_pointer (&session->negative, lanyard_negative_list_unref);
  session->negative = g_steal_pointer (&list);
}

/* A badge that nobody can verify is no badge: without its key in the list the desk does not print.
 */
static gboolean
is_key_trusted (LanyardSession *session, gint64 now_s)
{
  LanyardKid kid;

  if (session->parts.desk_key == NULL)
    return FALSE;
  lanyard_key_get_kid (session->parts.desk_key, &kid);
  return lanyard_trust_list_find (session->trust, &kid, LANYARD_SCOPE_BADGE, now_s, NULL) != NULL;
}

/* Not only a list changes this: keys run out while a desk hears of nobody. Returns: whether it
 * changed */
gboolean
lanyard_session_check_trust (LanyardSession *session)
{
  gint64 now_s = lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;
  gboolean before = session->trusted;

  session->trusted = is_key_trusted (session, now_s);
  return session->trusted != before;
}

void
lanyard_session_take_lists (LanyardSession *session)
{
  gint64 now_s = lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;

  g_return_if_fail (session != NULL);

  take_trust (session, now_s);
  take_negative (session, now_s);
  if (lanyard_session_check_trust (session))
    lanyard_session_publish (session);
}

void
lanyard_session_note_alert (LanyardSession *session, const char *accreditation)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (session != NULL);

  if (session->broken != NULL || !session->enrolled)
    return;
  if (lanyard_session_commit_plain (session, LANYARD_RECORD_ALERT, accreditation, &error))
    return;
  lanyard_session_break_down (session, error);
  lanyard_session_publish (session);
}

gboolean
lanyard_session_is_negative_list_old (LanyardSession *session)
{
  gint64 now_s = lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;
  gint64 warn_s = lanyard_pack_get_rules (session->parts.pack)->negative_list_warn_s;

  g_return_val_if_fail (session != NULL, FALSE);

  if (warn_s <= 0)
    return FALSE;
  return session->negative == NULL
         || now_s - lanyard_negative_list_get_issued_s (session->negative) >= warn_s;
}
