/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Makes the badge that is printed: signs its credential offline and draws its PDF. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"

/* Codes as the pack orders them: what a reader at a gate needs without any list. */
static char **
make_privileges (const LanyardEntry *entry)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **)entry->zones);
  g_strv_builder_addv (builder, (const char **)entry->transport);
  return g_strv_builder_end (builder);
}

static char *
sign_credential (LanyardSession *session)
{
  const LanyardServed *served = &session->served;
  LanyardPack *pack = session->parts.pack;
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();

  claims->kind = LANYARD_CREDENTIAL_BADGE;
  claims->event = g_strdup (lanyard_pack_get_event (pack));
  claims->number = g_strdup (served->entry->number);
  claims->serial = g_strdup (served->serial);
  claims->sequence = served->sequence;
  claims->category = g_strdup (served->entry->category);
  g_strfreev (claims->privileges);
  claims->privileges = make_privileges (served->entry);
  if (lanyard_pack_get_name_in_credential (pack))
    claims->name = g_strdup (served->entry->print_name);
  claims->issued_s = lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;
  claims->expires_s = served->entry->valid_until_s;
  /* A day pass ends with its day. */
  if (served->pass == NULL)
    claims->expires_s += lanyard_pack_get_credential_slack_s (pack);
  return lanyard_credential_sign (claims, session->parts.desk_key);
}

void
lanyard_session_drop_badge (LanyardSession *session)
{
  g_clear_pointer (&session->served.badge, lanyard_badge_free);
  session->served.readied = FALSE;
}

void
lanyard_session_ready_badge (LanyardSession *session)
{
  LanyardServed *served = &session->served;
  LanyardBadgeContent content = { .entry = served->entry, .photo = served->photo };
  g_autoptr (GError) error = NULL;

  if ((session->state != LANYARD_PICKUP_CONFIRM && session->state != LANYARD_PICKUP_CONSENT)
      || served->readied || served->entry == NULL)
    return;
  served->readied = TRUE;
  served->badge
      = lanyard_badge_new_for_category (session->parts.pack, served->entry->category, &error);
  /* What is wrong is said when the badge is to be printed. */
  if (served->badge == NULL || !lanyard_badge_prepare (served->badge, &content, &error))
    g_debug ("A badge could not be made ready: %s", error->message);
}

/* Returns: (transfer full) (nullable): for the person served, made ready or not */
static LanyardBadge *
take_badge (LanyardSession *session, GError **error)
{
  LanyardBadge *badge = g_steal_pointer (&session->served.badge);

  return badge != NULL ? badge
                       : lanyard_badge_new_for_category (session->parts.pack,
                                                         session->served.entry->category, error);
}

/* Dots an inch of the printer that is to have the badge; 0 when it does not say. */
static double
find_dpi (LanyardSession *session)
{
  g_autoptr (LanyardPrinterCondition) condition
      = lanyard_printer_dup_condition (session->parts.printer);

  return condition->dpi;
}

LanyardPrintJob *
lanyard_session_make_job (LanyardSession *session, GError **error)
{
  const LanyardServed *served = &session->served;
  g_autofree char *credential = sign_credential (session);
  g_autoptr (LanyardBadge) badge = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  LanyardPrintJob *job;
  LanyardBadgeContent content = {
    .entry = served->entry,
    .photo = served->photo,
    .serial = served->serial,
    .credential = credential,
    .printer_dpi = find_dpi (session),
  };

  if (credential == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "Its privileges do not fit into a QR code; shorten their codes in the pack.");
      return NULL;
    }
  badge = take_badge (session, error);
  if (badge == NULL)
    return NULL;
  pdf = lanyard_badge_to_pdf (badge, &content, error);
  if (pdf == NULL)
    return NULL;
  pages = lanyard_badge_record (badge, &content, error);
  if (pages == NULL)
    return NULL;

  job = g_new0 (LanyardPrintJob, 1);
  job->serial = g_strdup (served->serial);
  job->pdf = g_steal_pointer (&pdf);
  job->pages = g_steal_pointer (&pages);
  job->width_mm = lanyard_badge_get_width_mm (badge);
  job->height_mm = lanyard_badge_get_height_mm (badge);
  job->n_pages = lanyard_badge_get_n_pages (badge);
  return job;
}
