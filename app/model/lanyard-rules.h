/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"
#include "lanyard-void-reason.h"

G_BEGIN_DECLS

/* What the pack says about one category. */
typedef struct
{
  gboolean self_service;          /* may be collected without staff */
  gboolean reissue_second_person; /* a reissue needs two people */
  char **clearances;              /* systems that must be CLEAR; never NULL */
  gboolean document_check;        /* an identity document is held against the holder first */
  gboolean photo_required;        /* self-service makes no badge without a photo on it */
} LanyardCategoryRule;

/* What identity documents are good for at this event. */
typedef struct
{
  gboolean identify;            /* a document alone says who somebody is */
  gboolean accept_expired;      /* one that is past its day is as good */
  gboolean compare_nationality; /* the roster's codes of nationality are those of ICAO */
} LanyardDocumentRules;

/* Whether a card that is validated gets a numbered seal. */
typedef enum
{
  LANYARD_SEAL_REQUIRED,
  LANYARD_SEAL_OPTIONAL,
  LANYARD_SEAL_NONE,
} LanyardSealRule;

/* How pre-valid cards become badges. */
typedef struct
{
  gboolean enabled; /* FALSE: the pack says nothing; such a card is good for a badge then */
  LanyardSealRule seal;
  char *seal_pattern; /* (nullable): as lanyard_pattern_normalise(); NULL: any word */
  gboolean document;  /* an identity document is looked at first */
} LanyardValidationRules;

/* Who may collect the badges of others without staff. All empty where the pack says nothing. */
typedef struct
{
  gboolean self_service; /* FALSE: nobody may */
  char **collectors;     /* categories of who may; never NULL */
  char **categories;     /* of whose badges; empty: of all that self-service serves; never NULL */
  guint most;            /* badges at one visit, their own among them */
  gboolean own_badge;    /* the newest badge of who collects is enough to show; everybody sees it */
} LanyardDelegationRules;

/* Who may type an accreditation number instead of showing a code. */
typedef enum
{
  LANYARD_TYPED_NUMBER_ALLOWED,    /* everybody, with a lock-out */
  LANYARD_TYPED_NUMBER_STAFF_ONLY, /* nobody at self-service */
} LanyardTypedNumber;

/* The rules of an event, filled in from its pack; what eligibility decides by. */
typedef struct
{
  GHashTable *categories;       /* (element-type utf8 LanyardCategoryRule) */
  gint64 early_pickup_s;        /* how long before valid_from_s a badge may be collected */
  gint64 negative_list_warn_s;  /* age from which the desk warns */
  gint64 negative_list_limit_s; /* age from which self-service sends people to staff */
  LanyardTypedNumber typed_number;
  guint32 symbologies; /* LanyardSymbologies: what cameras look for, and whose numbers count */
  LanyardDocumentRules documents; /* all FALSE where the pack says nothing */
  LanyardValidationRules validation;
  GPtrArray *consents; /* (element-type LanyardConsent): in the pack's order; never NULL */
  LanyardDelegationRules delegation;
  LanyardVoidReasons second_person; /* for which a reissue needs two people, whatever category */
} LanyardRules;

LanyardRules *lanyard_rules_new (void);
void lanyard_rules_free (LanyardRules *rules);
/* @rule: (transfer full) */
void lanyard_rules_take_category (LanyardRules *rules, const char *code, LanyardCategoryRule *rule);
LanyardCategoryRule *lanyard_category_rule_new (void);
void lanyard_category_rule_free (LanyardCategoryRule *rule);
/* Returns: (transfer none) (nullable): NULL for a category that the pack does not know */
const LanyardCategoryRule *lanyard_rules_get_category (const LanyardRules *rules, const char *code);

/* Whether a badge of @category (nullable) is to have a photo on it. */
gboolean lanyard_rules_need_photo (const LanyardRules *rules, const char *category);

/* Whether somebody of @category (nullable) may collect for others at self-service. */
gboolean lanyard_rules_may_collect (const LanyardRules *rules, const char *category);
/* Whether a badge of @category (nullable) may be collected by somebody else there. */
gboolean lanyard_rules_may_be_collected (const LanyardRules *rules, const char *category);

/* @consent: (transfer full): behind those that there are */
void lanyard_rules_take_consent (LanyardRules *rules, LanyardConsent *consent);

/* Whether a badge of @category (nullable) is voided and made anew for @reason only when two people
 * say so. */
gboolean lanyard_rules_need_second_person (const LanyardRules *rules,
                                           const char *category,
                                           LanyardVoidReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardRules, lanyard_rules_free)

G_END_DECLS
