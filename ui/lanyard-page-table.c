/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-page-table.h"

#include "lanyard-agreements-page.h"
#include "lanyard-asides-page.h"
#include "lanyard-attention-page.h"
#include "lanyard-confirm-page.h"
#include "lanyard-consent-page.h"
#include "lanyard-day-page.h"
#include "lanyard-delegation-page.h"
#include "lanyard-document-page.h"
#include "lanyard-done-page.h"
#include "lanyard-health-page.h"
#include "lanyard-line-page.h"
#include "lanyard-note-page.h"
#include "lanyard-number-page.h"
#include "lanyard-out-of-order-page.h"
#include "lanyard-passes-page.h"
#include "lanyard-photo-page.h"
#include "lanyard-portrait-page.h"
#include "lanyard-preparing-page.h"
#include "lanyard-printers-page.h"
#include "lanyard-printing-page.h"
#include "lanyard-refused-page.h"
#include "lanyard-reissue-page.h"
#include "lanyard-resolve-page.h"
#include "lanyard-scan-back-page.h"
#include "lanyard-shift-page.h"
#include "lanyard-shortcuts-page.h"
#include "lanyard-sign-in-page.h"
#include "lanyard-staff-page.h"
#include "lanyard-team-page.h"
#include "lanyard-validate-page.h"
#include "lanyard-verify-page.h"
#include "lanyard-welcome-page.h"
#include "lanyard-zone-page.h"

static const LanyardPageRow PAGES[] = {
  { LANYARD_PAGE_WELCOME, "welcome", lanyard_welcome_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_DOCUMENT, "document", lanyard_document_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_CONFIRM, "confirm", lanyard_confirm_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_PRINTING, "printing", lanyard_printing_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_SCAN_BACK, "scan-back", lanyard_scan_back_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_DONE, "done", lanyard_done_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_REFUSED, "refused", lanyard_refused_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_ATTENTION, "attention", lanyard_attention_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_STAFF, "staff", lanyard_staff_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_OUT_OF_ORDER, "out-of-order", lanyard_out_of_order_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_VALIDATE, "validate", lanyard_validate_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_PASSES, "passes", lanyard_passes_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_VERIFY, "verify", lanyard_verify_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_CONSENT, "consent", lanyard_consent_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_PORTRAIT, "portrait", lanyard_portrait_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_PREPARING, "preparing", lanyard_preparing_page_get_type, FALSE, TRUE },
  { LANYARD_PAGE_DELEGATION, "delegation", lanyard_delegation_page_get_type, TRUE, TRUE },
  { LANYARD_PAGE_TEAM, "team", lanyard_team_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "number", lanyard_number_page_get_type, TRUE, TRUE },
  { LANYARD_PAGE_LOCAL, "sign-in", lanyard_sign_in_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "reissue", lanyard_reissue_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "note", lanyard_note_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "photo", lanyard_photo_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "agreements", lanyard_agreements_page_get_type, FALSE, FALSE },
  { LANYARD_PAGE_LOCAL, "resolve", lanyard_resolve_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "zone", lanyard_zone_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "printers", lanyard_printers_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "shift", lanyard_shift_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "shortcuts", lanyard_shortcuts_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "line", lanyard_line_page_get_type, TRUE, FALSE },
  { LANYARD_PAGE_LOCAL, "asides", lanyard_asides_page_get_type, FALSE, FALSE },
  { LANYARD_PAGE_LOCAL, "health", lanyard_health_page_get_type, FALSE, FALSE },
  { LANYARD_PAGE_LOCAL, "day", lanyard_day_page_get_type, FALSE, FALSE },
};

const LanyardPageRow *
lanyard_page_table_find (int page)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    {
      if (PAGES[i].page == page)
        return &PAGES[i];
    }
  return &PAGES[0];
}

const LanyardPageRow *
lanyard_page_table_find_named (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    {
      if (g_strcmp0 (PAGES[i].name, name) == 0)
        return &PAGES[i];
    }
  return NULL;
}

const LanyardPageRow *
lanyard_page_table_get (guint i)
{
  return i < G_N_ELEMENTS (PAGES) ? &PAGES[i] : NULL;
}

gboolean
lanyard_page_table_may_stay (const char *name, const LanyardView *view, gboolean is_another)
{
  gboolean staff;

  g_return_val_if_fail (name != NULL && view != NULL, FALSE);

  staff = view->page == LANYARD_PAGE_STAFF && view->staff_signed_in;
  if (g_str_equal (name, "number"))
    return view->page == LANYARD_PAGE_WELCOME;
  /* staff take over from whoever is served, at a jam for one; the next one is not kept waiting */
  if (g_str_equal (name, "sign-in"))
    return !view->staff_signed_in && (view->entry == NULL || !is_another)
           && view->page != LANYARD_PAGE_PREPARING;
  if (g_str_equal (name, "reissue"))
    return staff && view->can_void && !is_another;
  if (g_str_equal (name, "resolve"))
    return staff && view->entry != NULL && view->entry->dispute != NULL && view->decided == NULL
           && !is_another;
  /* what was chosen or written of one person is never sent with the number of the next */
  if (g_str_equal (name, "note"))
    return staff && view->entry != NULL && !is_another;
  if (g_str_equal (name, "photo"))
    return staff && view->can_take_photo && !is_another;
  if (g_str_equal (name, "agreements"))
    return staff && view->entry != NULL && view->consents != NULL && !is_another;
  /* another person came onto the screen, or nobody is signed in any more */
  if (g_str_equal (name, "zone"))
    return staff && !is_another;
  return staff;
}
