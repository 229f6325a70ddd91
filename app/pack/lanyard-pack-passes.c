/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a pack says about cards that are validated, about day passes, and about the event's days. */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-private.h"

#include "lanyard-event-day.h"
#include "lanyard-pattern.h"

#define MAX_PLACES 256
#define MAX_PER_ORGANISATION 100000
#define MAX_DAY_ENDS_HOUR 11

static const char *const VALIDATION_MEMBERS[] = { "seal", "seal-pattern", "document", NULL };
static const char *const SEAL_RULES[] = {
  [LANYARD_SEAL_REQUIRED] = "required",
  [LANYARD_SEAL_OPTIONAL] = "optional",
  [LANYARD_SEAL_NONE] = "none",
};

static void
pool_free (gpointer data)
{
  LanyardPassPool *pool = data;

  g_free (pool->code);
  g_free (pool->category);
  g_strfreev (pool->zones);
  g_strfreev (pool->venues);
  g_free (pool->number_pattern);
  g_free (pool);
}

/* Absent or a pattern. Returns: (transfer full) (nullable) */
static char *
parse_pattern (LanyardPackJson *json, JsonObject *object, const char *where, const char *member)
{
  const char *pattern
      = lanyard_pack_json_text (json, object, where, member, LANYARD_PATTERN_MAX_CHARACTERS, FALSE);

  if (pattern == NULL)
    return NULL;
  if (!lanyard_pattern_is_sound (pattern))
    lanyard_pack_json_fail (
        json, where, member,
        "must have 4 to 32 of capital letters, digits, \"-./\", and \"#\" for a "
        "digit or \"@\" for a letter");
  return g_strdup (pattern);
}

void
lanyard_pack_validation_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *rules)
{
  static const char where[] = "rules.validation";
  JsonObject *object = lanyard_pack_json_object (json, rules, "rules", "validation", FALSE);
  LanyardValidationRules *validation = &pack->rules->validation;
  const char *seal;

  if (object == NULL)
    return;
  lanyard_pack_json_only (json, object, where, VALIDATION_MEMBERS);
  validation->enabled = TRUE;
  seal = lanyard_pack_json_name (json, object, where, VALIDATION_MEMBERS[0], TRUE);
  validation->seal = LANYARD_SEAL_REQUIRED;
  while (seal != NULL && validation->seal < G_N_ELEMENTS (SEAL_RULES)
         && !g_str_equal (seal, SEAL_RULES[validation->seal]))
    validation->seal++;
  if (validation->seal == G_N_ELEMENTS (SEAL_RULES))
    lanyard_pack_json_fail (json, where, VALIDATION_MEMBERS[0], "must be \"%s\", \"%s\" or \"%s\"",
                            SEAL_RULES[0], SEAL_RULES[1], SEAL_RULES[2]);
  validation->seal_pattern = parse_pattern (json, object, where, VALIDATION_MEMBERS[1]);
  if (validation->seal == LANYARD_SEAL_NONE && validation->seal_pattern != NULL)
    lanyard_pack_json_fail (json, where, VALIDATION_MEMBERS[1], "is for seals, and there are none");
  validation->document = lanyard_pack_json_bool (json, object, where, VALIDATION_MEMBERS[2], TRUE);
}

static void
check_places (LanyardPack *pack,
              LanyardPackJson *json,
              const char *where,
              LanyardCodes which,
              char **codes)
{
  const char *member = lanyard_pack_codes_member (which);

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    if (lanyard_pack_find_code (pack, which, codes[i]) == NULL)
      lanyard_pack_json_fail (json, where, member, "names \"%s\", which is not in %s", codes[i],
                              member);
}

static void
parse_pool (LanyardPack *pack, LanyardPackJson *json, JsonObject *object, const char *where)
{
  LanyardPassPool *pool = g_new0 (LanyardPassPool, 1);

  pool->code = g_strdup (lanyard_pack_json_name (json, object, where, "code", TRUE));
  pool->category = g_strdup (lanyard_pack_json_name (json, object, where, "category", TRUE));
  pool->zones = lanyard_pack_json_names (json, object, where, "zones", MAX_PLACES, FALSE);
  pool->venues = lanyard_pack_json_names (json, object, where, "venues", MAX_PLACES, FALSE);
  pool->number_pattern = parse_pattern (json, object, where, "number-pattern");
  pool->reuse = lanyard_pack_json_bool (json, object, where, "reuse", FALSE);
  if (json->error == NULL && json_object_has_member (object, "max-per-organisation"))
    pool->max_per_organisation
        = (guint)lanyard_pack_json_int (json, object, where, "max-per-organisation", 1,
                                        MAX_PER_ORGANISATION);

  if (pool->category != NULL
      && lanyard_pack_find_code (pack, LANYARD_CODES_CATEGORY, pool->category) == NULL)
    lanyard_pack_json_fail (json, where, "category", "names \"%s\", which is not in categories",
                            pool->category);
  check_places (pack, json, where, LANYARD_CODES_ZONE, pool->zones);
  check_places (pack, json, where, LANYARD_CODES_VENUE, pool->venues);
  if (pool->number_pattern != NULL && json->error == NULL
      && !lanyard_pattern_counts (pool->number_pattern))
    lanyard_pack_json_fail (json, where, "number-pattern",
                            "must end with 1 to 9 \"#\", so that passes can be counted");
  if (json->error == NULL)
    g_hash_table_replace (pack->pools, pool->code, pool);
  else
    pool_free (pool);
}

void
lanyard_pack_passes_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *root)
{
  const char *member = lanyard_pack_codes_member (LANYARD_CODES_DAY_PASS);
  JsonArray *array
      = lanyard_pack_json_array (json, root, "", member, LANYARD_PACK_MAX_CODES, FALSE);
  guint n_rows = array != NULL ? json_array_get_length (array) : 0;

  pack->pools = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pool_free);
  for (guint i = 0; i < n_rows && json->error == NULL; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s[%u]", member, i);

      parse_pool (pack, json, json_array_get_object_element (array, i), where);
    }
}

/* Packs of before do not say: their days are those of UTC. */
void
lanyard_pack_day_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *event)
{
  const char *name = lanyard_pack_json_text (json, event, "event", "time-zone",
                                             LANYARD_PACK_MAX_LABEL_BYTES, FALSE);

  pack->zone = name != NULL ? lanyard_event_zone_new (name) : g_time_zone_new_utc ();
  if (pack->zone == NULL)
    lanyard_pack_json_fail (json, "event", "time-zone",
                            "\"%s\" is not known here: give an IANA name or \"+02:00\"", name);
  if (json->error == NULL && json_object_has_member (event, "day-ends-hour"))
    pack->day_ends_hour = (guint)lanyard_pack_json_int (json, event, "event", "day-ends-hour", 0,
                                                        MAX_DAY_ENDS_HOUR);
}

const LanyardPassPool *
lanyard_pack_find_pool (const LanyardPack *pack, const char *code)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return code != NULL ? g_hash_table_lookup (pack->pools, code) : NULL;
}

GTimeZone *
lanyard_pack_get_time_zone (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  return pack->zone;
}

guint
lanyard_pack_get_day_ends_hour (const LanyardPack *pack)
{
  g_return_val_if_fail (pack != NULL, 0);

  return pack->day_ends_hour;
}
