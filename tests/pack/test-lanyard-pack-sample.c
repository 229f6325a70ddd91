/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pack-fixture.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"

/* Both sample packs, as they stand in the source tree: what one set of programs must serve. */

typedef struct
{
  const char *name;
  const char *event;
  guint n_venues;
  guint n_languages;
  guint n_templates;
} Sample;

static const Sample SUMMER = { "summer-games", "VELMAR-2033", 110, 8, 2 };
static const Sample CUP = { "small-cup", "TIDEWATER-CUP-9", 12, 2, 1 };

static LanyardPack *
load (const char *name)
{
  g_autofree char *path = pack_fixture_source (name);
  g_autoptr (GError) error = NULL;
  LanyardPack *pack = lanyard_pack_load (path, NULL, 0, &error);

  g_assert_no_error (error);

  return pack;
}

static void
test_sample (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr (LanyardPack) pack = load (sample->name);

  g_assert_cmpstr (lanyard_pack_get_event (pack), ==, sample->event);
  g_assert_cmpuint (lanyard_pack_get_version (pack), >=, 1);
  g_assert_cmpuint (lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE)->len, ==, sample->n_venues);
  g_assert_cmpuint (g_strv_length ((char **)lanyard_pack_get_languages (pack)), ==,
                    sample->n_languages);
  g_assert_cmpuint (lanyard_pack_get_template_names (pack)->len, ==, sample->n_templates);
  g_assert_false (lanyard_pack_is_signed (pack));
}

static void
test_venue_kinds (void)
{
  g_autoptr (LanyardPack) pack = load (SUMMER.name);
  GPtrArray *venues = lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE);
  guint n_competition = 0;

  for (guint i = 0; i < venues->len; i++)
    {
      const LanyardCode *venue = g_ptr_array_index (venues, i);

      n_competition += g_str_equal (venue->kind, "competition");
    }
  g_assert_cmpuint (n_competition, ==, 37);
}

/* Numeric zones only: the other end of what events do. */
static void
test_numeric_zones (void)
{
  g_autoptr (LanyardPack) pack = load (CUP.name);
  GPtrArray *zones = lanyard_pack_get_codes (pack, LANYARD_CODES_ZONE);

  g_assert_cmpuint (zones->len, >, 0);
  for (guint i = 0; i < zones->len; i++)
    {
      const LanyardCode *zone = g_ptr_array_index (zones, i);

      g_assert_cmpuint (strspn (zone->code, "0123456789"), ==, strlen (zone->code));
    }
  g_assert_cmpuint (lanyard_pack_get_codes (pack, LANYARD_CODES_TRANSPORT)->len, ==, 0);
}

/* Every category has rules and a template, and every language every label of a category and zone.
 */
static void
test_complete (gconstpointer data)
{
  static const LanyardCodes lists[] = { LANYARD_CODES_CATEGORY, LANYARD_CODES_ZONE,
                                        LANYARD_CODES_VENUE, LANYARD_CODES_CLEARANCE };
  const Sample *sample = data;
  g_autoptr (LanyardPack) pack = load (sample->name);
  const char *const *languages = lanyard_pack_get_languages (pack);
  GPtrArray *categories = lanyard_pack_get_codes (pack, LANYARD_CODES_CATEGORY);

  for (guint i = 0; i < categories->len; i++)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i);
      g_autoptr (GBytes) svg = lanyard_pack_dup_template (pack, category->code, NULL);

      g_assert_nonnull (svg);
      g_assert_nonnull (lanyard_rules_get_category (lanyard_pack_get_rules (pack), category->code));
    }

  for (guint l = 1; languages[l] != NULL; l++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
        {
          GPtrArray *rows = lanyard_pack_get_codes (pack, lists[i]);

          for (guint r = 0; r < rows->len; r++)
            {
              const LanyardCode *row = g_ptr_array_index (rows, r);

              if (!g_hash_table_contains (row->labels, languages[l]))
                g_error ("%s has no label in %s", row->code, languages[l]);
            }
        }
      g_assert_cmpstr (lanyard_pack_get_text (pack, "next-steps", languages[l]), !=,
                       lanyard_pack_get_text (pack, "next-steps", languages[0]));
    }
}

static void
test_words (void)
{
  g_autoptr (LanyardPack) pack = load (SUMMER.name);
  const LanyardCode *zone
      = g_ptr_array_index (lanyard_pack_get_codes (pack, LANYARD_CODES_ZONE), 0);
  const char *in_arabic = lanyard_pack_get_label (pack, LANYARD_CODES_ZONE, zone->code, "ar");

  g_assert_cmpstr (lanyard_code_get_label (zone, "ar-EG"), ==, in_arabic);
  g_assert_cmpstr (lanyard_code_get_label (zone, "xx"), ==, lanyard_code_get_label (zone, NULL));
  g_assert_cmpstr (lanyard_code_get_label (zone, "en"), !=, in_arabic);
  g_assert_cmpstr (lanyard_pack_get_label (pack, LANYARD_CODES_ZONE, "no-such", "en"), ==,
                   "no-such");
  g_assert_null (lanyard_pack_find_code (pack, LANYARD_CODES_ZONE, NULL));
  g_assert_cmpstr (lanyard_pack_get_event_name (pack, "ja"), !=,
                   lanyard_pack_get_event_name (pack, NULL));
  g_assert_null (lanyard_pack_get_text (pack, "no-such", "en"));
  g_assert_cmpstr (lanyard_pack_get_text (pack, "welcome", "xx"), ==,
                   lanyard_pack_get_text (pack, "welcome", "en"));
  g_assert_cmpstr (lanyard_pack_get_colour (pack, "no-such", "#123456"), ==, "#123456");
  g_assert_cmpstr (lanyard_pack_get_colour (pack, "primary", NULL), !=, NULL);
}

static void
test_rules (void)
{
  g_autoptr (LanyardPack) summer = load (SUMMER.name);
  g_autoptr (LanyardPack) cup = load (CUP.name);

  g_assert_cmpint (lanyard_pack_get_rules (summer)->early_pickup_s, ==, 1440 * 3600);
  g_assert_cmpint (lanyard_pack_get_rules (summer)->negative_list_warn_s, ==, 3 * 3600);
  g_assert_cmpint (lanyard_pack_get_rules (cup)->early_pickup_s, ==, 72 * 3600);
  g_assert_cmpint (lanyard_pack_get_credential_slack_s (summer), ==, 12 * 3600);
  g_assert_false (lanyard_pack_get_name_in_credential (summer));
  g_assert_true (lanyard_pack_get_name_in_credential (cup));
  g_assert_null (lanyard_rules_get_category (lanyard_pack_get_rules (cup), "no-such"));
}

static void
test_files (void)
{
  g_autoptr (LanyardPack) pack = load (SUMMER.name);
  g_autoptr (GBytes) logo = lanyard_pack_dup_branding (pack, "logo.svg", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (logo);
  g_assert_null (lanyard_pack_dup_branding (pack, "../pack.json", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (lanyard_pack_dup_template (pack, "no-such", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (lanyard_pack_dup_template_named (pack, "no-such", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

/* What staff need of validation and day passes. */
static void
test_passes (void)
{
  g_autoptr (LanyardPack) games = load (SUMMER.name);
  g_autoptr (LanyardPack) cup = load (CUP.name);
  const LanyardValidationRules *validation = &lanyard_pack_get_rules (games)->validation;
  const LanyardPassPool *pool = lanyard_pack_find_pool (games, "visit");

  g_assert_true (validation->enabled && validation->document);
  g_assert_cmpint (validation->seal, ==, LANYARD_SEAL_REQUIRED);
  g_assert_cmpstr (validation->seal_pattern, ==, "VS-######");
  g_assert_false (lanyard_pack_get_rules (cup)->validation.enabled);
  g_assert_nonnull (pool);
  g_assert_null (pool->number_pattern);
  g_assert_cmpuint (pool->max_per_organisation, ==, 20);
  g_assert_nonnull (pool->zones[0]);
  g_assert_null (pool->venues[0]);
  g_assert_cmpstr (lanyard_pack_get_label (games, LANYARD_CODES_DAY_PASS, "visit", "fr"), ==,
                   "Visite d’un jour");
  pool = lanyard_pack_find_pool (games, "service");
  g_assert_cmpstr (pool->number_pattern, ==, "VD-#####");
  g_assert_true (pool->reuse);
  g_assert_null (lanyard_pack_find_pool (games, "no-such"));
  g_assert_cmpuint (lanyard_pack_get_day_ends_hour (games), ==, 3);
  g_assert_cmpuint (lanyard_pack_get_day_ends_hour (cup), ==, 0);
  g_assert_nonnull (lanyard_pack_get_time_zone (cup));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_data_func ("/pack/sample/summer-games", &SUMMER, test_sample);
  g_test_add_data_func ("/pack/sample/small-cup", &CUP, test_sample);
  g_test_add_data_func ("/pack/sample/summer-games-complete", &SUMMER, test_complete);
  g_test_add_data_func ("/pack/sample/small-cup-complete", &CUP, test_complete);
  g_test_add_func ("/pack/sample/venue-kinds", test_venue_kinds);
  g_test_add_func ("/pack/sample/numeric-zones", test_numeric_zones);
  g_test_add_func ("/pack/sample/words", test_words);
  g_test_add_func ("/pack/sample/rules", test_rules);
  g_test_add_func ("/pack/sample/files", test_files);
  g_test_add_func ("/pack/sample/passes", test_passes);
  return g_test_run ();
}
