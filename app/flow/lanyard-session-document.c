/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an identity document means here and now: it says who somebody is, or that somebody is who
 * they said they are. Nothing of it is recorded but type, issuer and verdict. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-document-compare.h"
#include "lanyard-error.h"

static const LanyardDocumentRules *
get_rules (LanyardSession *session)
{
  return &lanyard_pack_get_rules (session->parts.pack)->documents;
}

static void
compare (LanyardSession *session,
         const LanyardDocument *document,
         const LanyardEntry *entry,
         LanyardShown *shown)
{
  const LanyardDocumentRules *rules = get_rules (session);
  gint64 now_s = lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;
  LanyardDocumentOptions options = {
    .today = lanyard_date_from_s (now_s),
    .accept_expired = rules->accept_expired,
    .compare_nationality = rules->compare_nationality,
  };

  *shown = (LanyardShown){
    .by = LANYARD_DOCUMENT_BY_SCANNER,
    .compared = TRUE,
    .comparison = lanyard_document_compare (document, entry, &options),
  };
  shown->verdict = shown->comparison.verdict;
  g_strlcpy (shown->type, document->type, sizeof shown->type);
  g_strlcpy (shown->issuer, document->issuer, sizeof shown->issuer);
}

/* Somebody who types a zone shows that they know it, and not that they hold the document. */
static void
weigh_source (LanyardSession *session, LanyardScanSource source, LanyardShown *shown)
{
  if (!session->staff && source == LANYARD_SCAN_SOURCE_TYPED
      && shown->verdict == LANYARD_DOCUMENT_AGREES)
    shown->verdict = LANYARD_DOCUMENT_CLOSE;
}

/* Returns: (transfer full) (nullable): all entries with this document; NULL when the directory
 * cannot be read */
static GPtrArray *
find_entries (LanyardSession *session, const LanyardDocument *document)
{
  char **keys = lanyard_document_dup_keys (document);
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = NULL;

  for (char **key = keys; *key != NULL && error == NULL && (entries == NULL || entries->len == 0);
       key++)
    {
      g_clear_pointer (&entries, g_ptr_array_unref);
      entries = lanyard_directory_lookup_all (session->parts.directory, LANYARD_LOOKUP_DOCUMENT,
                                              *key, &error);
    }
  lanyard_document_free_keys (keys);
  if (error != NULL)
    g_message ("A row of the directory cannot be read: %s", error->message);
  return entries;
}

/* Which of several accreditations is meant: one that is active before one that is not, and whose
 * holder the document agrees with before another's. */
static guint
rank (const LanyardEntry *entry, const LanyardShown *shown)
{
  return (shown->verdict == LANYARD_DOCUMENT_AGREES ? 2 : 0)
         + (entry->status == LANYARD_STATUS_ACTIVE ? 1 : 0);
}

static void
identify (LanyardSession *session, const LanyardDocument *document, LanyardScanSource source)
{
  g_autoptr (GPtrArray) entries = find_entries (session, document);
  const LanyardEntry *best = NULL;
  LanyardShown of_best = { 0 };

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const LanyardEntry *entry = g_ptr_array_index (entries, i);
      LanyardShown shown;

      compare (session, document, entry, &shown);
      weigh_source (session, source, &shown);
      if (best == NULL || rank (entry, &shown) > rank (best, &of_best))
        {
          best = entry;
          of_best = shown;
        }
    }
  if (best == NULL)
    lanyard_session_notify (session, LANYARD_NOTICE_DOCUMENT_UNKNOWN);
  else
    lanyard_session_present (session, best->number, LANYARD_CREDENTIAL_DOCUMENT, 0, &of_best);
}

/* Holds the document against the person who is being served. */
static void
check (LanyardSession *session, const LanyardDocument *document, LanyardScanSource source)
{
  LanyardServed *served = &session->served;
  gboolean readable;

  compare (session, document, served->entry, &served->shown);
  weigh_source (session, source, &served->shown);
  readable = lanyard_session_decide (session);
  /* Staff who may issue may do so still: they have seen both. */
  if (!session->staff || session->state == LANYARD_PICKUP_IDLE)
    lanyard_session_offer (session, readable);
}

gboolean
lanyard_session_asks_document (LanyardSession *session)
{
  g_return_val_if_fail (session != NULL, FALSE);

  if (session->broken != NULL || !session->enrolled || !session->trusted)
    return FALSE;
  if (session->state == LANYARD_PICKUP_DOCUMENT)
    return TRUE;
  if (lanyard_session_is_busy (session))
    return FALSE;
  if (session->staff)
    return session->side == LANYARD_PAGE_WELCOME;
  return get_rules (session)->identify && session->parts.config->mode != LANYARD_MODE_STAFF;
}

void
lanyard_session_show_document (LanyardSession *session,
                               const LanyardDocument *document,
                               LanyardScanSource source)
{
  const LanyardEntry *entry = session->served.entry;
  gboolean is_open
      = session->state == LANYARD_PICKUP_IDLE || session->state == LANYARD_PICKUP_CONFIRM;

  if (session->state == LANYARD_PICKUP_DOCUMENT && entry != NULL)
    {
      check (session, document, source);
      return;
    }
  /* It lies before the camera while its holder is being served. */
  if (lanyard_session_is_busy (session))
    return;
  if (session->staff && is_open && entry != NULL)
    check (session, document, source);
  else if (session->staff || get_rules (session)->identify)
    {
      /* The numbers of documents are leafed through as little as those of accreditations. */
      if (source != LANYARD_SCAN_SOURCE_TYPED || lanyard_session_may_ask_by_number (session))
        identify (session, document, source);
    }
  else if (session->parts.config->mode != LANYARD_MODE_STAFF)
    lanyard_session_notify (session, LANYARD_NOTICE_CODE_FIRST);
}

void
lanyard_session_fill_document (LanyardSession *session, LanyardView *view)
{
  const LanyardShown *shown = &session->served.shown;

  if (!session->staff || !shown->compared || view->entry == NULL
      || (view->page != LANYARD_PAGE_STAFF && view->page != LANYARD_PAGE_VALIDATE))
    return;
  view->compared = TRUE;
  view->comparison = shown->comparison;
}
