/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, people collect the badges of others where the event did not say so, or a mistake
 * in what it says is found when a delegation stands before the kiosk. */

#include "pack-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"

#define BEFORE "\"reissue\": {\"second"

/* Unsigned, so that it is the content that is refused. @rule: members of "delegation" */
static LanyardPack *
load_with (PackFixture *fixture, const char *rule, GError **error)
{
  g_autofree char *path = pack_fixture_path (fixture, "pack.json");
  g_autofree char *manifest = pack_fixture_path (fixture, "manifest.cbor");
  g_autofree char *from = NULL, *text = NULL, *to = NULL;
  g_autoptr (GString) changed = NULL;
  LanyardPack *pack;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, BEFORE));
  to = g_strdup_printf ("\"delegation\": {%s}, " BEFORE, rule);
  /* the sample may have one of its own */
  changed = g_string_new (text);
  g_string_replace (changed, "\"delegation\"", "\"$delegation\"", 0);
  g_string_replace (changed, BEFORE, to, 1);
  pack_fixture_write (fixture, "pack.json", changed->str);
  g_unlink (manifest);
  pack = lanyard_pack_load (fixture->directory, NULL, 0, error);
  pack_fixture_write (fixture, "pack.json", text);
  return pack;
}

static void
test_rule (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack
      = load_with (fixture,
                   "\"self-service\": true, \"collectors\": [\"L\", \"B\"], \"for\": [\"A\"], "
                   "\"most\": 12",
                   &error);
  const LanyardRules *rules;

  g_assert_no_error (error);
  rules = lanyard_pack_get_rules (pack);
  g_assert_true (lanyard_rules_may_collect (rules, "L"));
  g_assert_false (lanyard_rules_may_collect (rules, "A"));
  g_assert_false (lanyard_rules_may_collect (rules, NULL));
  g_assert_true (lanyard_rules_may_be_collected (rules, "A"));
  g_assert_false (lanyard_rules_may_be_collected (rules, "B"));
  g_assert_cmpuint (rules->delegation.most, ==, 12);
}

/* Who is meant where it does not say, and that "self-service" is what allows it. */
static void
test_defaults (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) all
      = load_with (fixture, "\"self-service\": true, \"collectors\": [\"L\"], \"most\": 2", &error);
  g_autoptr (LanyardPack) none
      = load_with (fixture, "\"collectors\": [\"L\"], \"most\": 2", &error);

  g_assert_no_error (error);
  g_assert_true (lanyard_rules_may_be_collected (lanyard_pack_get_rules (all), "Y"));
  g_assert_false (lanyard_rules_may_be_collected (lanyard_pack_get_rules (all), "G"));
  g_assert_false (lanyard_rules_may_be_collected (lanyard_pack_get_rules (all), "nothing"));
  g_assert_false (lanyard_rules_may_collect (lanyard_pack_get_rules (none), "L"));
  g_assert_false (lanyard_rules_may_be_collected (lanyard_pack_get_rules (none), "Y"));
}

/* What is wrong is named with its member. */
static void
test_refused (PackFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *rule;
    const char *part;
  } cases[] = {
    { "\"self-service\": true, \"most\": 12", "rules.delegation.collectors" },
    { "\"self-service\": true, \"collectors\": [], \"most\": 12", "rules.delegation.collectors" },
    { "\"self-service\": true, \"collectors\": [\"LL\"], \"most\": 12",
      "rules.delegation.collectors" },
    { "\"self-service\": true, \"collectors\": [\"L\"]", "rules.delegation.most" },
    { "\"self-service\": true, \"collectors\": [\"L\"], \"most\": 1", "rules.delegation.most" },
    { "\"self-service\": true, \"collectors\": [\"L\"], \"most\": 101", "rules.delegation.most" },
    { "\"self-service\": \"yes\", \"collectors\": [\"L\"], \"most\": 9",
      "rules.delegation.self-service" },
    { "\"self-service\": true, \"collectors\": [\"L\"], \"for\": [\"ZZ\"], \"most\": 9",
      "rules.delegation.for" },
    { "\"self-service\": true, \"collectors\": [\"L\"], \"for\": [\"G\"], \"most\": 9",
      "not for self-service" },
    { "\"self-service\": true, \"colectors\": [\"L\"], \"most\": 9", "rules.delegation.colectors" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardPack) pack = load_with (fixture, cases[i].rule, &error);

      g_assert_null (pack);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      if (strstr (error->message, cases[i].part) == NULL)
        g_error ("“%s” does not name %s", error->message, cases[i].part);
    }
}

static void
add (const char *path, void (*test) (PackFixture *fixture, gconstpointer data))
{
  g_test_add (path, PackFixture, "summer-games", pack_fixture_set_up, test, pack_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  add ("/pack/delegation/rule", test_rule);
  add ("/pack/delegation/defaults", test_defaults);
  add ("/pack/delegation/refused", test_refused);
  return g_test_run ();
}
