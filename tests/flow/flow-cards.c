/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What staff do with pre-valid cards and day passes at the fixture's desk. */

#include "flow-fixture.h"

/* The pack of the test is nobody else's: what it says of validation is changed in place. */
void
flow_rule_validation (FlowFixture *fixture, LanyardSealRule seal, gboolean document)
{
  LanyardRules *rules = (LanyardRules *)lanyard_pack_get_rules (fixture->pack);

  rules->validation.enabled = TRUE;
  rules->validation.seal = seal;
  rules->validation.document = document;
  if (rules->validation.seal_pattern == NULL)
    rules->validation.seal_pattern = g_strdup ("VS-######");
}

void
flow_scan_card (FlowFixture *fixture, Person person, const char *serial, guint32 sequence)
{
  g_autofree char *text = flow_make_credential (fixture, fixture->hub, LANYARD_CREDENTIAL_PRE_VALID,
                                                flow_number (person), serial, sequence);

  g_assert_nonnull (text);
  flow_scan_text (fixture, text);
}

void
flow_act (FlowFixture *fixture, LanyardStaffActionKind kind, const char *serial, const char *text)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->serial = g_strdup (serial);
  action->text = g_strdup (text);
  lanyard_session_act (fixture->session, action);
}

void
flow_change_pool (FlowFixture *fixture,
                  LanyardStaffActionKind kind,
                  const char *pool,
                  guint count,
                  const char *first)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->pool = g_strdup (pool);
  action->count = count;
  action->serial = g_strdup (first);
  lanyard_session_act (fixture->session, action);
}

void
flow_give_pass (FlowFixture *fixture, const char *pool, const char *what, const char *host)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_GIVE_PASS);

  action->pool = g_strdup (pool);
  action->name = g_strdup (what);
  action->serial = g_strdup (what);
  action->text = g_strdup (host);
  lanyard_session_act (fixture->session, action);
}

char *
flow_describe_pool (FlowFixture *fixture, const char *code)
{
  g_autoptr (LanyardPool) pool = lanyard_journal_get_pool (fixture->journal, code);

  return g_strdup_printf ("%u of %u, %u out, %u back", pool->available, pool->loaded, pool->out,
                          pool->returned);
}
