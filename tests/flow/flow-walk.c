/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What people do before the fixture's desk. */

#include "flow-fixture.h"

#include "lanyard-scan.h"

void
flow_scan_text (FlowFixture *fixture, const char *text)
{
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, text, strlen (text));

  lanyard_session_scan (fixture->session, scan);
}

char *
flow_make_credential (FlowFixture *fixture,
                      const LanyardKey *key,
                      LanyardCredentialKind kind,
                      const char *number,
                      const char *serial,
                      guint32 sequence)
{
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  gint64 now_s = fixture->wall_us / G_USEC_PER_SEC;

  claims->kind = kind;
  claims->event = g_strdup (lanyard_pack_get_event (fixture->pack));
  claims->number = g_strdup (number);
  claims->serial = g_strdup (serial);
  claims->sequence = sequence;
  claims->category = g_strdup ("PLAYER");
  claims->issued_s = now_s;
  claims->expires_s = now_s + 10 * 24 * 60 * 60;
  return lanyard_credential_sign (claims, key);
}

void
flow_scan_invitation (FlowFixture *fixture, Person person)
{
  g_autofree char *text
      = flow_make_credential (fixture, fixture->hub, LANYARD_CREDENTIAL_INVITATION,
                              flow_number (person), NULL, 0);

  g_assert_nonnull (text);
  flow_scan_text (fixture, text);
}

void
flow_scan_badge (FlowFixture *fixture, const char *serial)
{
  g_autoptr (LanyardPickup) pickup = lanyard_journal_find_serial (fixture->journal, serial);
  g_autofree char *text = NULL;

  g_assert_nonnull (pickup);
  text = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                               pickup->accreditation, serial, pickup->sequence);
  g_assert_nonnull (text);
  flow_scan_text (fixture, text);
}

void
flow_press (FlowFixture *fixture, LanyardInput input)
{
  lanyard_session_input (fixture->session, input, fixture->view->question, NULL);
}

void
flow_wait (FlowFixture *fixture, guint seconds)
{
  fixture->wall_us += (gint64)seconds * G_USEC_PER_SEC;
  fixture->monotonic_us += (gint64)seconds * G_USEC_PER_SEC;
  lanyard_session_tick (fixture->session);
}

void
flow_sign_in (FlowFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  lanyard_staff_set_pin (fixture->folder, FLOW_PIN, &error);
  g_assert_no_error (error);
  lanyard_session_sign_in (fixture->session, FLOW_PIN);
  g_assert_true (fixture->view->staff_signed_in);
}

char *
flow_walk_to_reserved (FlowFixture *fixture, Person person)
{
  flow_scan_invitation (fixture, person);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  return g_strdup (fake_printer_get_last (fixture->printer));
}

char *
flow_walk_to_printing (FlowFixture *fixture, Person person)
{
  char *serial = flow_walk_to_reserved (fixture, person);

  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  flow_assert_page (fixture, "printing");
  return serial;
}

char *
flow_walk_to_reported (FlowFixture *fixture, Person person)
{
  char *serial = flow_walk_to_printing (fixture, person);

  fake_printer_say (fixture->printer, LANYARD_PRINT_PROCESSING);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "scan-back");
  return serial;
}

char *
flow_walk_to_issued (FlowFixture *fixture, Person person)
{
  char *serial = flow_walk_to_reported (fixture, person);

  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  return serial;
}
