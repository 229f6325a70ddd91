/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Photos of people: the roster's, and for those who have none there, one that is taken at this
 * desk, by staff or where people collect on their own. It stays at this desk, sealed; the record
 * says that it was taken, and nothing of it. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include <string.h>

#include "lanyard-crash-point.h"

#define MIN_BYTES 64

/* Whether @photo begins as a PNG (RFC 2083 §3.1) or a JPEG (ITU-T T.81 §B.2.1) does. */
static gboolean
is_picture (GBytes *photo)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff };
  gsize n_bytes = 0;
  const void *data = photo != NULL ? g_bytes_get_data (photo, &n_bytes) : NULL;

  return n_bytes >= MIN_BYTES
         && (memcmp (data, png, sizeof png) == 0 || memcmp (data, jpeg, sizeof jpeg) == 0);
}

/* The roster's is of this very row: an older one may be of another face. One that is no picture is
 * as good as none. */
void
lanyard_session_fetch_photo (LanyardSession *session)
{
  LanyardServed *served = &session->served;

  served->photo_is_taken = FALSE;
  if (served->entry->photo_hash != NULL)
    served->photo
        = lanyard_directory_dup_photo (session->parts.directory, served->entry->photo_hash, NULL);
  if (is_picture (served->photo))
    return;
  g_clear_pointer (&served->photo, g_bytes_unref);
  served->photo = lanyard_directory_dup_taken (session->parts.directory, served->number);
  served->photo_is_taken = served->photo != NULL;
}

gboolean
lanyard_session_may_take_photo (LanyardSession *session)
{
  const LanyardServed *served = &session->served;

  return session->staff && served->entry != NULL && served->number != NULL
         && (session->state == LANYARD_PICKUP_IDLE || session->state == LANYARD_PICKUP_CONFIRM)
         && (served->photo == NULL || served->photo_is_taken);
}

gboolean
lanyard_session_lacks_photo (LanyardSession *session)
{
  const LanyardServed *served = &session->served;

  /* A visitor with a pass is no holder. */
  return served->entry != NULL && served->pass == NULL && served->photo == NULL
         && lanyard_rules_need_photo (lanyard_pack_get_rules (session->parts.pack),
                                      served->entry->category);
}

/* Returns: whether it is kept; otherwise told */
static gboolean
keep (LanyardSession *session, GBytes *photo)
{
  g_autoptr (GError) error = NULL;

  if (is_picture (photo)
      && lanyard_directory_put_taken (session->parts.directory, session->served.number, photo,
                                      &error))
    return TRUE;
  if (error != NULL)
    g_message ("A photo is not kept: %s", error->message);
  lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
  return FALSE;
}

/* The photo first: a record that tells of one that is not there would be wrong for ever, and one
 * without a record is taken again. */
void
lanyard_session_act_photo (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (GBytes) body = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_PHOTO_TAKEN, .accreditation = action->number };
  LanyardWaitFacts nothing = { 0 };

  if (!lanyard_session_may_take_photo (session)
      || g_strcmp0 (action->number, session->served.number) != 0)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  if (!keep (session, action->photo))
    return;
  step.body = body = lanyard_session_make_wait_body (session, &nothing);
  if (!lanyard_session_commit_step (session, &step))
    return;
  lanyard_session_decide (session);
  lanyard_session_notify (session, LANYARD_NOTICE_PHOTO_KEPT);
}

/* The same order at self-service: what was kept and not recorded is on the badge when the person
 * comes again, and nobody is asked twice. */
static void
take_portrait (LanyardSession *session, GBytes *photo)
{
  if (!keep (session, photo))
    return;
  lanyard_crash_point ("after", "photo-kept");
  if (lanyard_session_feed (session, LANYARD_PICKUP_INPUT_PICTURE))
    lanyard_session_confirm (session);
}

void
lanyard_session_give_photo (LanyardSession *session, guint64 question, GBytes *photo)
{
  g_return_if_fail (session != NULL && photo != NULL);

  if (session->broken != NULL || !session->enrolled)
    return;
  lanyard_session_touch (session);
  if (session->state == LANYARD_PICKUP_PORTRAIT && question == session->question)
    take_portrait (session, photo);
  lanyard_session_publish (session);
}
