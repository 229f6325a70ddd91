/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What people are asked for at the fixture's desk: to agree to something, and a photo. */

#include "flow-fixture.h"

/* The pack of the test is nobody else's: what it asks for is changed in place. */
void
flow_rule_consent (FlowFixture *fixture, const char *id, guint version, gboolean required)
{
  LanyardRules *rules = (LanyardRules *)lanyard_pack_get_rules (fixture->pack);

  lanyard_rules_take_consent (rules, lanyard_consent_new (id, version, required));
}

void
flow_act_consent (FlowFixture *fixture,
                  Person person,
                  const char *id,
                  guint version,
                  LanyardConsentDecision decision)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_CONSENT);

  action->number = g_strdup (flow_number (person));
  action->text = g_strdup (id);
  action->count = version;
  action->reason = (guint)decision;
  lanyard_session_act (fixture->session, action);
}

void
flow_rule_photo (FlowFixture *fixture)
{
  GHashTableIter iter;
  gpointer rule;

  g_hash_table_iter_init (&iter, lanyard_pack_get_rules (fixture->pack)->categories);
  while (g_hash_table_iter_next (&iter, NULL, &rule))
    ((LanyardCategoryRule *)rule)->photo_required = TRUE;
}
