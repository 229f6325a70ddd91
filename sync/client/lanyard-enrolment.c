/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-enrolment.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "lanyard-enrolment-message.h"
#include "lanyard-error.h"
#include "lanyard-hub-asker.h"

/*
 * 1. The new key is on disk as KEY.pending before the hub hears of it, so a desk that crashes or
 * loses the answer asks again with the same key, and the hub answers the same.
 * 2. Identity and key take their places only after everything verified: root → trust lists →
 * answer.
 */

#define LIMIT_S 10

static LanyardEnrolmentAnswer *
ask_to_enrol (LanyardHubAsker *asker,
              const LanyardKey *key,
              const char *code,
              const LanyardPublicKey *root,
              const char *venue,
              const char *name,
              GError **error)
{
  const LanyardPublicKey *public_key = lanyard_key_get_public (key);
  LanyardEnrolmentRequest request = {
    .code = (char *)code,
    .key = *public_key,
    .venue = (char *)venue,
    .name = (char *)(name == NULL ? "" : name),
  };
  g_autoptr (LanyardTrustList) trust = lanyard_hub_asker_get_trust (asker, root, error);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) local = NULL;

  if (trust == NULL)
    return NULL;
  message = lanyard_enrolment_request_sign (&request, key);
  content = lanyard_hub_asker_ask (asker, "POST", "/v1/enrol", message, LANYARD_ENROLMENT_MAX_BYTES,
                                   &local);
  if (content != NULL)
    return lanyard_enrolment_answer_open (content, trust, public_key, lanyard_hub_asker_now_s (),
                                          error);
  if (lanyard_hub_asker_get_status (asker) == SOUP_STATUS_FORBIDDEN)
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_CODE,
                         "The hub does not take this code: it is unknown, used, too old or for "
                         "another venue; ask for a new one.");
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static LanyardEnrolmentAnswer *
talk (const LanyardKey *key,
      const char *hub_url,
      LanyardLineTls *tls,
      const char *code,
      const LanyardPublicKey *root,
      const char *venue,
      const char *name,
      GError **error)
{
  g_autoptr (LanyardHubAsker) asker = lanyard_hub_asker_new (hub_url, tls, LIMIT_S);
  g_autoptr (LanyardEnrolmentAnswer) answer
      = ask_to_enrol (asker, key, code, root, venue, name, error);

  if (answer == NULL)
    return NULL;
  if (!g_str_equal (answer->venue, venue))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The hub enrolled this desk for venue %s instead of %s.", answer->venue, venue);
      return NULL;
    }
  return g_steal_pointer (&answer);
}

/* The key to enrol with: one that an attempt cut short left behind, or a new one. */
static LanyardKey *
prepare_key (const char *pending_path, GError **error)
{
  g_autoptr (LanyardKey) key = NULL;

  if (g_file_test (pending_path, G_FILE_TEST_EXISTS))
    return lanyard_key_load (pending_path, error);
  key = lanyard_key_generate ();
  if (!lanyard_key_save (key, pending_path, error))
    return NULL;
  return g_steal_pointer (&key);
}

static gboolean
take_place (LanyardJournal *journal,
            const LanyardEnrolmentAnswer *answer,
            const char *hub_url,
            const char *pending_path,
            const char *key_path,
            GError **error)
{
  g_auto (LanyardIdentity) present = { 0 };
  LanyardIdentity identity = {
    .device = answer->device,
    .epoch = answer->epoch,
    .event = answer->event,
    .hub_url = (char *)hub_url,
    .serial_prefix = answer->serial_prefix,
  };

  lanyard_journal_get_identity (journal, &present);
  /* Beside the journal lie the people of its event, and how far its changes were read. */
  if (present.event != NULL && !g_str_equal (present.event, answer->event))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                   "This desk's folder is of the event %s and the hub's event is %s; "
                   "name an empty state folder and ask for a new code.",
                   present.event, answer->event);
      return FALSE;
    }
  if ((present.device != identity.device || present.epoch != identity.epoch)
      && !lanyard_journal_set_identity (journal, &identity, error))
    return FALSE;
  if (g_rename (pending_path, key_path) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The desk's key %s cannot be put in place: %s.", key_path, g_strerror (errno));
  return FALSE;
}

gboolean
lanyard_enrolment_run (LanyardJournal *journal,
                       const char *key_path,
                       const char *hub_url,
                       LanyardLineTls *tls,
                       const char *code,
                       const LanyardPublicKey *root,
                       const char *venue,
                       const char *name,
                       GError **error)
{
  g_autofree char *pending_path = g_strconcat (key_path, ".pending", NULL);
  g_autofree char *normal = lanyard_enrolment_code_normalise (code);
  g_autoptr (LanyardKey) key = NULL;
  g_autoptr (LanyardEnrolmentAnswer) answer = NULL;

  g_return_val_if_fail (journal != NULL && root != NULL && venue != NULL, FALSE);

  if (normal == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_CODE,
                           "This is no enrolment code; type the twenty characters that "
                           "lanyard-hub enrol printed.");
      return FALSE;
    }
  key = prepare_key (pending_path, error);
  if (key == NULL)
    return FALSE;
  answer = talk (key, hub_url, tls, normal, root, venue, name, error);
  return answer != NULL && take_place (journal, answer, hub_url, pending_path, key_path, error);
}
