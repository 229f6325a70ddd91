/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-view.h"

#include "lanyard-error.h"
#include "lanyard-trouble.h"

/* The public part and the count, in one block. */
typedef struct
{
  LanyardView view;
  gatomicrefcount n_refs;
} CountedView;

static void
free_view (LanyardView *view)
{
  g_free (view->language);
  lanyard_entry_free (view->entry); /* wipes */
  g_clear_pointer (&view->photo, g_bytes_unref);
  g_free (view->serial);
  g_free (view->ticket);
  g_free (view->code);
  g_free (view->problem);
  g_free (view->printer);
  g_free (view->other_printer);
  g_clear_pointer (&view->questions, g_ptr_array_unref);
  g_clear_pointer (&view->words, g_hash_table_unref);
  g_free (view->badge_staff);
  g_free (view->staff_number);
  g_free (view->badge_serial);
  g_free (view->decided);
  g_free (view->card);
  g_free (view->seal);
  g_clear_pointer (&view->pools, g_ptr_array_unref);
  g_free (view->pass);
  g_free (view->pass_pool);
  lanyard_checked_free (view->checked); /* wipes */
  lanyard_team_free (view->team);       /* wipes */
  g_clear_pointer (&view->consents, g_ptr_array_unref);
  g_free (view->consent);
  g_free (view);
}

LanyardView *
lanyard_view_new (LanyardPage page)
{
  CountedView *counted = g_new0 (CountedView, 1);

  g_atomic_ref_count_init (&counted->n_refs);
  counted->view.page = page;
  counted->view.mode = LANYARD_MODE_SELF_SERVICE;
  return &counted->view;
}

LanyardView *
lanyard_view_new_out_of_order (const GError *error)
{
  LanyardView *view = lanyard_view_new (LANYARD_PAGE_OUT_OF_ORDER);

  g_return_val_if_fail (error != NULL, view);

  view->code = g_strdup (
      lanyard_trouble_for_error ('E', error->domain == LANYARD_ERROR ? error->code : 0)->code);
  view->problem = g_strdup (error->message);
  return view;
}

LanyardView *
lanyard_view_ref (LanyardView *view)
{
  g_return_val_if_fail (view != NULL, NULL);

  g_atomic_ref_count_inc (&((CountedView *)view)->n_refs);
  return view;
}

void
lanyard_view_unref (LanyardView *view)
{
  if (view != NULL && g_atomic_ref_count_dec (&((CountedView *)view)->n_refs))
    free_view (view);
}

const char *
lanyard_page_to_string (LanyardPage page)
{
  static const char *const names[] = {
    [LANYARD_PAGE_WELCOME] = "welcome",     [LANYARD_PAGE_DOCUMENT] = "document",
    [LANYARD_PAGE_CONFIRM] = "confirm",     [LANYARD_PAGE_PRINTING] = "printing",
    [LANYARD_PAGE_SCAN_BACK] = "scan-back", [LANYARD_PAGE_DONE] = "done",
    [LANYARD_PAGE_REFUSED] = "refused",     [LANYARD_PAGE_ATTENTION] = "attention",
    [LANYARD_PAGE_STAFF] = "staff",         [LANYARD_PAGE_OUT_OF_ORDER] = "out-of-order",
    [LANYARD_PAGE_VALIDATE] = "validate",   [LANYARD_PAGE_PASSES] = "passes",
    [LANYARD_PAGE_VERIFY] = "verify",       [LANYARD_PAGE_CONSENT] = "consent",
    [LANYARD_PAGE_PORTRAIT] = "portrait",   [LANYARD_PAGE_TEAM] = "team",
    [LANYARD_PAGE_PREPARING] = "preparing", [LANYARD_PAGE_DELEGATION] = "delegation",
  };

  g_return_val_if_fail ((guint)page < G_N_ELEMENTS (names), "unknown");

  return names[page];
}

void
lanyard_desk_status_copy_into (LanyardDeskStatus *to, const LanyardDeskStatus *from)
{
  g_return_if_fail (to != NULL && from != NULL);

  *to = *from;
  to->link = (LanyardLinkStatus){ 0 };
  lanyard_link_status_copy_into (&to->link, &from->link);
  to->scanner_fault = g_strdup (from->scanner_fault);
  to->backup_problem = g_strdup (from->backup_problem);
  to->stock = from->stock != NULL ? lanyard_stock_ref (from->stock) : NULL;
}

void
lanyard_desk_status_clear (LanyardDeskStatus *status)
{
  g_return_if_fail (status != NULL);

  lanyard_link_status_clear (&status->link);
  g_clear_pointer (&status->scanner_fault, g_free);
  g_clear_pointer (&status->backup_problem, g_free);
  g_clear_pointer (&status->stock, lanyard_stock_unref);
}
