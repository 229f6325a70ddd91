/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-private.h"

#define MOST 100

static const char where[] = "rules.delegation";
static const char *const MEMBERS[]
    = { "self-service", "collectors", "for", "most", "own-badge", NULL };

/* Returns: (transfer full): codes of categories */
static char **
parse_codes (LanyardPack *pack,
             LanyardPackJson *json,
             JsonObject *object,
             const char *member,
             gboolean required)
{
  char **codes
      = lanyard_pack_json_names (json, object, where, member, LANYARD_PACK_MAX_CODES, required);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (lanyard_pack_find_code (pack, LANYARD_CODES_CATEGORY, codes[i]) == NULL)
        lanyard_pack_json_fail (json, where, member, "names \"%s\", which is not in %s", codes[i],
                                lanyard_pack_codes_member (LANYARD_CODES_CATEGORY));
    }
  return codes;
}

/* Whoever cannot be served without staff on their own cannot be collected for without them. */
static void
check_for (LanyardPack *pack, LanyardPackJson *json)
{
  char **codes = pack->rules->delegation.categories;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      const LanyardCategoryRule *rule = lanyard_rules_get_category (pack->rules, codes[i]);

      if (rule == NULL)
        continue;
      if (!rule->self_service)
        lanyard_pack_json_fail (json, where, MEMBERS[2],
                                "names \"%s\", which is not for self-service", codes[i]);
      else if (rule->document_check)
        lanyard_pack_json_fail (json, where, MEMBERS[2],
                                "names \"%s\", of which everybody shows a document of their own",
                                codes[i]);
    }
}

/* Without it nobody collects for others but at a staff desk: packs of before know no other way. */
void
lanyard_pack_delegation_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *rules)
{
  JsonObject *object = lanyard_pack_json_object (json, rules, "rules", "delegation", FALSE);
  LanyardDelegationRules *delegation = &pack->rules->delegation;

  if (object == NULL)
    return;
  lanyard_pack_json_only (json, object, where, MEMBERS);
  delegation->self_service = lanyard_pack_json_bool (json, object, where, MEMBERS[0], FALSE);
  g_strfreev (delegation->collectors);
  delegation->collectors = parse_codes (pack, json, object, MEMBERS[1], delegation->self_service);
  g_strfreev (delegation->categories);
  delegation->categories = parse_codes (pack, json, object, MEMBERS[2], FALSE);
  delegation->most = (guint)lanyard_pack_json_int (json, object, where, MEMBERS[3], 2, MOST);
  delegation->own_badge = lanyard_pack_json_bool (json, object, where, MEMBERS[4], FALSE);
  if (delegation->self_service && delegation->collectors[0] == NULL)
    lanyard_pack_json_fail (json, where, MEMBERS[1], "must name at least one category");
  check_for (pack, json);
}
