/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-rules.h"

static void
free_category_rule (gpointer data)
{
  lanyard_category_rule_free (data);
}

static void
free_consent (gpointer data)
{
  lanyard_consent_free (data);
}

LanyardCategoryRule *
lanyard_category_rule_new (void)
{
  LanyardCategoryRule *rule = g_new0 (LanyardCategoryRule, 1);

  rule->clearances = g_new0 (char *, 1);
  return rule;
}

void
lanyard_category_rule_free (LanyardCategoryRule *rule)
{
  if (rule == NULL)
    return;
  g_strfreev (rule->clearances);
  g_free (rule);
}

LanyardRules *
lanyard_rules_new (void)
{
  LanyardRules *rules = g_new0 (LanyardRules, 1);

  rules->categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_category_rule);
  rules->consents = g_ptr_array_new_with_free_func (free_consent);
  rules->delegation.collectors = g_new0 (char *, 1);
  rules->delegation.categories = g_new0 (char *, 1);
  return rules;
}

void
lanyard_rules_free (LanyardRules *rules)
{
  if (rules == NULL)
    return;
  g_hash_table_unref (rules->categories);
  g_ptr_array_unref (rules->consents);
  g_free (rules->validation.seal_pattern);
  g_strfreev (rules->delegation.collectors);
  g_strfreev (rules->delegation.categories);
  g_free (rules);
}

void
lanyard_rules_take_category (LanyardRules *rules, const char *code, LanyardCategoryRule *rule)
{
  g_return_if_fail (rules != NULL && code != NULL && rule != NULL);

  g_hash_table_replace (rules->categories, g_strdup (code), rule);
}

const LanyardCategoryRule *
lanyard_rules_get_category (const LanyardRules *rules, const char *code)
{
  g_return_val_if_fail (rules != NULL, NULL);

  return code != NULL ? g_hash_table_lookup (rules->categories, code) : NULL;
}

static gboolean
contains (char **words, const char *word)
{
  return g_strv_contains ((const char *const *)words, word);
}

gboolean
lanyard_rules_may_collect (const LanyardRules *rules, const char *category)
{
  g_return_val_if_fail (rules != NULL, FALSE);

  return category != NULL && rules->delegation.self_service
         && contains (rules->delegation.collectors, category);
}

gboolean
lanyard_rules_may_be_collected (const LanyardRules *rules, const char *category)
{
  const LanyardCategoryRule *rule = lanyard_rules_get_category (rules, category);

  if (rule == NULL || !rules->delegation.self_service)
    return FALSE;
  return rules->delegation.categories[0] == NULL
             ? rule->self_service
             : contains (rules->delegation.categories, category);
}

gboolean
lanyard_rules_need_photo (const LanyardRules *rules, const char *category)
{
  const LanyardCategoryRule *rule = lanyard_rules_get_category (rules, category);

  return rule != NULL && rule->photo_required;
}

void
lanyard_rules_take_consent (LanyardRules *rules, LanyardConsent *consent)
{
  g_return_if_fail (rules != NULL && consent != NULL);

  g_ptr_array_add (rules->consents, consent);
}

gboolean
lanyard_rules_need_second_person (const LanyardRules *rules,
                                  const char *category,
                                  LanyardVoidReason reason)
{
  const LanyardCategoryRule *rule;

  g_return_val_if_fail (rules != NULL, TRUE);

  rule = lanyard_rules_get_category (rules, category);
  return (rule != NULL && rule->reissue_second_person)
         || (rules->second_person & lanyard_void_reason_to_bit (reason)) != 0;
}
