/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-private.h"
#include "lanyard-scan.h"

#define HOUR_S (60 * 60)
#define MINUTE_S 60
#define YEAR_HOURS (366 * 24)
#define YEAR_MINUTES (YEAR_HOURS * 60)
#define MAX_CLEARANCES 32
#define MAX_VOID_REASONS 16

static const char *const RULE_MEMBERS[] = { "early-pickup-hours",
                                            "negative-list-warn-minutes",
                                            "negative-list-limit-minutes",
                                            "documents",
                                            "typed-number",
                                            "validation",
                                            "reissue",
                                            "symbologies",
                                            "delegation",
                                            NULL };
static const char *const TYPED_NUMBERS[] = {
  [LANYARD_TYPED_NUMBER_ALLOWED] = "allowed",
  [LANYARD_TYPED_NUMBER_STAFF_ONLY] = "staff-only",
};
/* By the names that a pack has for them. Codes of shops are everywhere: only where a pack asks for
 * them they are looked for. */
static const struct
{
  const char *name;
  LanyardSymbology symbology;
  gboolean retail;
} SYMBOLOGIES[] = {
  { "qr", LANYARD_SYMBOLOGY_QR, FALSE },
  { "code128", LANYARD_SYMBOLOGY_CODE128, FALSE },
  { "code39", LANYARD_SYMBOLOGY_CODE39, FALSE },
  { "itf", LANYARD_SYMBOLOGY_ITF, FALSE },
  { "codabar", LANYARD_SYMBOLOGY_CODABAR, FALSE },
  { "ean13", LANYARD_SYMBOLOGY_EAN13, TRUE },
  { "ean8", LANYARD_SYMBOLOGY_EAN8, TRUE },
  { "upca", LANYARD_SYMBOLOGY_UPCA, TRUE },
  { "upce", LANYARD_SYMBOLOGY_UPCE, TRUE },
  { "pdf417", LANYARD_SYMBOLOGY_PDF417, FALSE },
  { "data-matrix", LANYARD_SYMBOLOGY_DATA_MATRIX, FALSE },
  { "mrz", LANYARD_SYMBOLOGY_MRZ, FALSE },
};
static const char *const DOCUMENT_MEMBERS[]
    = { "identify", "accept-expired", "icao-nationalities", NULL };
static const char *const REISSUE_MEMBERS[] = { "second-person", NULL };
static const char *const CREDENTIAL_MEMBERS[] = { "name", "slack-hours", NULL };

static void
parse_category (LanyardPack *pack, LanyardPackJson *json, JsonObject *object, const char *where)
{
  LanyardCategoryRule *rule = lanyard_category_rule_new ();
  const char *code = lanyard_pack_json_name (json, object, where, "code", TRUE);

  rule->self_service = lanyard_pack_json_bool (json, object, where, "self-service", TRUE);
  rule->reissue_second_person
      = lanyard_pack_json_bool (json, object, where, "second-person", FALSE);
  rule->document_check = lanyard_pack_json_bool (json, object, where, "document-check", FALSE);
  rule->photo_required = lanyard_pack_json_bool (json, object, where, "photo-required", FALSE);
  g_strfreev (rule->clearances);
  rule->clearances
      = lanyard_pack_json_names (json, object, where, "clearances", MAX_CLEARANCES, TRUE);

  for (guint i = 0; rule->clearances[i] != NULL; i++)
    {
      if (lanyard_pack_find_code (pack, LANYARD_CODES_CLEARANCE, rule->clearances[i]) == NULL)
        lanyard_pack_json_fail (json, where, "clearances", "names \"%s\", which is not in %s",
                                rule->clearances[i],
                                lanyard_pack_codes_member (LANYARD_CODES_CLEARANCE));
    }

  if (json->error == NULL)
    lanyard_rules_take_category (pack->rules, code, rule);
  else
    lanyard_category_rule_free (rule);
}

static void
parse_categories (LanyardPack *pack, LanyardPackJson *json, JsonObject *root)
{
  const char *member = lanyard_pack_codes_member (LANYARD_CODES_CATEGORY);
  JsonArray *array = lanyard_pack_json_array (json, root, "", member, LANYARD_PACK_MAX_CODES, TRUE);
  guint n_rows = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n_rows && json->error == NULL; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s[%u]", member, i);

      parse_category (pack, json, json_array_get_object_element (array, i), where);
    }
}

/* Without it, documents are good for nothing: packs of before know none. */
static void
parse_documents (LanyardPack *pack, LanyardPackJson *json, JsonObject *rules)
{
  static const char where[] = "rules.documents";
  JsonObject *object = lanyard_pack_json_object (json, rules, "rules", RULE_MEMBERS[3], FALSE);
  LanyardDocumentRules *documents = &pack->rules->documents;

  if (object == NULL)
    return;
  lanyard_pack_json_only (json, object, where, DOCUMENT_MEMBERS);
  documents->identify = lanyard_pack_json_bool (json, object, where, DOCUMENT_MEMBERS[0], FALSE);
  documents->accept_expired
      = lanyard_pack_json_bool (json, object, where, DOCUMENT_MEMBERS[1], FALSE);
  documents->compare_nationality
      = lanyard_pack_json_bool (json, object, where, DOCUMENT_MEMBERS[2], FALSE);
}

/* Reasons by their names. Returns: the set of them */
static LanyardVoidReasons
parse_reasons (LanyardPackJson *json, JsonObject *object, const char *where, const char *member)
{
  g_auto (GStrv) names
      = lanyard_pack_json_names (json, object, where, member, MAX_VOID_REASONS, FALSE);
  LanyardVoidReasons reasons = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      LanyardVoidReason reason = lanyard_void_reason_from_string (names[i]);

      if (reason == 0)
        lanyard_pack_json_fail (json, where, member, "names \"%s\", which is no reason for a void",
                                names[i]);
      reasons |= lanyard_void_reason_to_bit (reason);
    }
  return reasons;
}

/* "second-person" is a list of reasons, or true for all of them. Without it only the categories
 * say when two people are needed: packs of before know no other way. */
static void
parse_reissue (LanyardPack *pack, LanyardPackJson *json, JsonObject *rules)
{
  static const char where[] = "rules.reissue";
  JsonObject *object = lanyard_pack_json_object (json, rules, "rules", RULE_MEMBERS[6], FALSE);
  const char *member = REISSUE_MEMBERS[0];
  JsonNode *node;

  if (object == NULL)
    return;
  lanyard_pack_json_only (json, object, where, REISSUE_MEMBERS);
  node = json_object_get_member (object, member);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    pack->rules->second_person = parse_reasons (json, object, where, member);
  else if (lanyard_pack_json_bool (json, object, where, member, FALSE))
    pack->rules->second_person = G_MAXUINT32;
}

/* Packs of before do not say: typing is allowed. */
static void
parse_typed_number (LanyardPack *pack, LanyardPackJson *json, JsonObject *rules)
{
  const char *word = lanyard_pack_json_name (json, rules, "rules", RULE_MEMBERS[4], FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (TYPED_NUMBERS); i++)
    {
      if (word == NULL || g_str_equal (word, TYPED_NUMBERS[i]))
        {
          pack->rules->typed_number = i;
          return;
        }
    }
  lanyard_pack_json_fail (json, "rules", RULE_MEMBERS[4], "must be \"%s\" or \"%s\"",
                          TYPED_NUMBERS[0], TYPED_NUMBERS[1]);
}

static LanyardSymbologies
find_symbology (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (SYMBOLOGIES); i++)
    if (g_str_equal (SYMBOLOGIES[i].name, name))
      return LANYARD_SYMBOLOGY_BIT (SYMBOLOGIES[i].symbology);
  return 0;
}

/* Badges and invitations are QR codes: those are always looked for. */
static void
parse_symbologies (LanyardPack *pack, LanyardPackJson *json, JsonObject *rules)
{
  const char *member = RULE_MEMBERS[7];
  g_auto (GStrv) names
      = lanyard_pack_json_names (json, rules, "rules", member, G_N_ELEMENTS (SYMBOLOGIES), FALSE);
  LanyardSymbologies set = LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_QR);

  for (guint i = 0; names[i] != NULL; i++)
    {
      LanyardSymbologies bit = find_symbology (names[i]);

      if (bit == 0)
        lanyard_pack_json_fail (json, "rules", member, "names \"%s\", which is no symbology",
                                names[i]);
      set |= bit;
    }
  for (guint i = 0; names[0] == NULL && i < G_N_ELEMENTS (SYMBOLOGIES); i++)
    if (!SYMBOLOGIES[i].retail)
      set |= LANYARD_SYMBOLOGY_BIT (SYMBOLOGIES[i].symbology);
  pack->rules->symbologies = set;
}

void
lanyard_pack_rules_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *root)
{
  JsonObject *rules = lanyard_pack_json_object (json, root, "", "rules", TRUE);
  JsonObject *credential = lanyard_pack_json_object (json, root, "", "credential", TRUE);

  pack->rules = lanyard_rules_new ();
  lanyard_pack_json_only (json, rules, "rules", RULE_MEMBERS);
  pack->rules->early_pickup_s
      = HOUR_S * lanyard_pack_json_int (json, rules, "rules", RULE_MEMBERS[0], 0, YEAR_HOURS);
  pack->rules->negative_list_warn_s
      = MINUTE_S * lanyard_pack_json_int (json, rules, "rules", RULE_MEMBERS[1], 1, YEAR_MINUTES);
  pack->rules->negative_list_limit_s
      = MINUTE_S * lanyard_pack_json_int (json, rules, "rules", RULE_MEMBERS[2], 1, YEAR_MINUTES);
  if (pack->rules->negative_list_limit_s < pack->rules->negative_list_warn_s)
    lanyard_pack_json_fail (json, "rules", RULE_MEMBERS[2], "must not be less than %s",
                            RULE_MEMBERS[1]);

  parse_documents (pack, json, rules);
  parse_typed_number (pack, json, rules);
  parse_symbologies (pack, json, rules);
  lanyard_pack_validation_parse (pack, json, rules);
  parse_reissue (pack, json, rules);

  lanyard_pack_json_only (json, credential, "credential", CREDENTIAL_MEMBERS);
  pack->name_in_credential
      = lanyard_pack_json_bool (json, credential, "credential", CREDENTIAL_MEMBERS[0], TRUE);
  pack->credential_slack_s = HOUR_S
                             * lanyard_pack_json_int (json, credential, "credential",
                                                      CREDENTIAL_MEMBERS[1], 0, YEAR_HOURS);

  parse_categories (pack, json, root);
  lanyard_pack_delegation_parse (pack, json, rules);
}
