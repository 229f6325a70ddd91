/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Badges that staff check. */

#include "screen-fixtures.h"

LanyardView *
test_make_verify (const char *language)
{
  LanyardView *view = test_make_staff (language);

  view->page = LANYARD_PAGE_VERIFY;
  return view;
}

static LanyardView *
make_checked (const char *language, LanyardVerificationAnswer answer)
{
  LanyardView *view = test_make_verify (language);
  LanyardVerification *verification = g_new0 (LanyardVerification, 1);

  verification->answer = answer;
  verification->claims = lanyard_claims_new ();
  verification->claims->kind = LANYARD_CREDENTIAL_BADGE;
  verification->claims->serial = g_strdup ("K0471-000123M");
  verification->claims->category = g_strdup ("B");
  verification->claims->expires_s = 2000000000;
  g_strfreev (verification->claims->privileges);
  verification->claims->privileges = g_strsplit ("BLU CRL SND Z3 TX", " ", -1);
  view->checked = lanyard_checked_new ();
  view->checked->verification = verification;
  view->checked->answer = answer;
  view->checked->entry = test_entry_new ();
  view->checked->photo = test_photo_new ();
  view->checked->list_age_s = 12 * 60;
  return view;
}

LanyardView *
test_make_verify_good (const char *language)
{
  return make_checked (language, LANYARD_VERIFICATION_GENUINE);
}

LanyardView *
test_make_verify_void (const char *language)
{
  LanyardView *view = make_checked (language, LANYARD_VERIFICATION_VOID);

  view->checked->list_age_s = 5 * 60 * 60;
  view->checked->list_is_old = TRUE;
  return view;
}

LanyardView *
test_make_verify_altered (const char *language)
{
  LanyardView *view = test_make_verify (language);

  view->checked = lanyard_checked_new ();
  view->checked->verification = g_new0 (LanyardVerification, 1);
  view->checked->answer = LANYARD_VERIFICATION_ALTERED;
  return view;
}
