/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Photos of people: the roster's, and for those who have none there, one that staff take at this
 * desk. It stays at this desk, sealed; the record says that it was taken, and nothing of it. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include <string.h>

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

/* The photo first: a record that tells of one that is not there would be wrong for ever, and one
 * without a record is taken again. */
void
lanyard_session_act_photo (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_PHOTO_TAKEN, .accreditation = action->number };
  LanyardWaitFacts nothing = { 0 };

  if (!lanyard_session_may_take_photo (session) || !is_picture (action->photo)
      || g_strcmp0 (action->number, session->served.number) != 0)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  if (!lanyard_directory_put_taken (session->parts.directory, action->number, action->photo,
                                    &error))
    {
      g_message ("A photo is not kept: %s", error->message);
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  step.body = body = lanyard_session_make_wait_body (session, &nothing);
  if (!lanyard_session_commit_step (session, &step))
    return;
  lanyard_session_decide (session);
  lanyard_session_notify (session, LANYARD_NOTICE_PHOTO_KEPT);
}
