/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Somebody who is asked to agree to something, or for a photo, as they and staff see it. */

#include "screen-fixtures.h"

static void
free_answer (gpointer answer)
{
  lanyard_consent_answer_free (answer);
}

/* What the sample pack of the games asks of volunteers. */
static void
add_consents (LanyardView *view, LanyardConsentDecision conduct, LanyardConsentDecision pictures)
{
  g_autoptr (LanyardConsent) first = lanyard_consent_new ("conduct", 1, TRUE);
  g_autoptr (LanyardConsent) second = lanyard_consent_new ("pictures", 1, FALSE);
  const LanyardConsentAnswer *asked = NULL;

  view->consents = g_ptr_array_new_with_free_func (free_answer);
  g_ptr_array_add (view->consents, lanyard_consent_answer_new (first, conduct));
  g_ptr_array_add (view->consents, lanyard_consent_answer_new (second, pictures));
  lanyard_consent_find_next (view->consents, &asked);
  view->consent = asked != NULL ? g_strdup (asked->id) : NULL;
}

static LanyardView *
make_asked_on (LanyardPage page, const char *language)
{
  LanyardView *view = test_make_view (page, language);

  view->entry = test_entry_new ();
  return view;
}

static LanyardView *
make_asked (const char *language)
{
  return make_asked_on (LANYARD_PAGE_CONSENT, language);
}

LanyardView *
test_make_consent (const char *language)
{
  LanyardView *view = make_asked (language);

  add_consents (view, LANYARD_CONSENT_UNDECIDED, LANYARD_CONSENT_UNDECIDED);
  return view;
}

LanyardView *
test_make_consent_optional (const char *language)
{
  LanyardView *view = make_asked (language);

  add_consents (view, LANYARD_CONSENT_GIVEN, LANYARD_CONSENT_UNDECIDED);
  return view;
}

LanyardView *
test_make_consent_refused (const char *language)
{
  LanyardView *view = test_make_view (LANYARD_PAGE_REFUSED, language);

  view->verdict = (LanyardVerdict){ LANYARD_OUTCOME_STAFF, 1, { LANYARD_REASON_CONSENT } };
  view->ticket = g_strdup ("0417");
  return view;
}

LanyardView *
test_make_staff_consent (const char *language)
{
  LanyardView *view = test_make_staff_look (language);

  view->verdict = (LanyardVerdict){ LANYARD_OUTCOME_STAFF, 1, { LANYARD_REASON_CONSENT } };
  g_clear_pointer (&view->entry->issued.last_serial, g_free);
  add_consents (view, LANYARD_CONSENT_REFUSED, LANYARD_CONSENT_UNDECIDED);
  return view;
}

LanyardView *
test_make_portrait (const char *language)
{
  return make_asked_on (LANYARD_PAGE_PORTRAIT, language);
}

LanyardView *
test_make_portrait_referred (const char *language)
{
  LanyardView *view = test_make_view (LANYARD_PAGE_REFUSED, language);

  view->verdict = (LanyardVerdict){ LANYARD_OUTCOME_STAFF, 1, { LANYARD_REASON_PHOTO } };
  view->ticket = g_strdup ("0418");
  return view;
}

LanyardView *
test_make_staff_no_photo (const char *language)
{
  LanyardView *view = test_make_staff_look (language);

  view->verdict = (LanyardVerdict){ LANYARD_OUTCOME_STAFF, 1, { LANYARD_REASON_PHOTO } };
  g_clear_pointer (&view->photo, g_bytes_unref);
  g_clear_pointer (&view->entry->issued.last_serial, g_free);
  view->can_issue = view->can_take_photo = TRUE;
  return view;
}
