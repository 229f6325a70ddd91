/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-pack-json.h"
#include "lanyard-pack-manifest.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/* Limits of what a pack may say. */
#define LANYARD_PACK_MAX_CODES 4000
#define LANYARD_PACK_MAX_LANGUAGES 40
#define LANYARD_PACK_MAX_LABEL_BYTES 200
#define LANYARD_PACK_MAX_TEXT_BYTES 4000
#define LANYARD_PACK_MAX_SYMBOL_BYTES 16

/* One code list in the order of pack.json. */
typedef struct
{
  GPtrArray *rows;     /* owned (element-type LanyardCode) */
  GHashTable *by_code; /* owned (element-type utf8 LanyardCode); both borrowed from rows */
} LanyardCodeList;

struct _LanyardPack
{
  gatomicrefcount ref_count;

  /* owned; nothing changes after lanyard_pack_load() has returned */
  char *directory;
  GHashTable *files; /* (element-type utf8 GBytes): what the manifest was checked against */
  LanyardTrustList *trust;
  char *event;       /* event code */
  GHashTable *names; /* (element-type utf8 utf8): BCP 47 → name of the event; "" is the fallback */
  guint version;     /* of the pack; shown to staff */
  char **languages;
  LanyardCodeList codes[LANYARD_N_CODES];
  LanyardRules *rules;
  GHashTable *pools;   /* (element-type utf8 LanyardPassPool) */
  GTimeZone *zone;     /* of the event's days */
  guint day_ends_hour; /* of the next morning; 0: midnight */
  GHashTable *texts;   /* (element-type utf8 GHashTable): BCP 47 → key → words */
  GHashTable
      *consents; /* (element-type utf8 GHashTable): BCP 47 → "ID.title", "ID.words" → words */
  GHashTable *colours;  /* (element-type utf8 utf8): name → "#rrggbb" */
  GPtrArray *templates; /* (element-type utf8): names in bytewise order */
  gboolean name_in_credential;
  gint64 credential_slack_s;
  gboolean is_signed;
};

/* @directory: for messages; @files: (transfer full) (element-type utf8 GBytes). Returns: (transfer
 * full): a pack that nothing is known of yet */
LanyardPack *lanyard_pack_new_of_files (const char *directory, GHashTable *files);
/* Reads pack.json and the texts of @pack, once; whether anybody is to be trusted is not looked at.
 * @error: as lanyard_pack_load() */
gboolean lanyard_pack_parse (LanyardPack *pack, GError **error);

/* Member of pack.json and of texts/LANG.json that has the list: "venues". */
const char *lanyard_pack_codes_member (LanyardCodes which);
/* Reads one code list of pack.json into @pack; templates must be known already. */
void lanyard_pack_codes_parse (LanyardPack *pack,
                               LanyardCodes which,
                               LanyardPackJson *json,
                               JsonObject *root);
/* Reads "rules" of pack.json and what its categories say about them. */
void lanyard_pack_rules_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *root);
/* lanyard-pack-passes.c */
/* Reads "event.time-zone" and "event.day-ends-hour". */
void lanyard_pack_day_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *event);
/* Reads what "day-passes" says beside codes and labels; all code lists must be known already. */
void lanyard_pack_passes_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *root);
/* Reads "rules.validation". */
void lanyard_pack_validation_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *rules);
/* lanyard-pack-delegation.c */
/* Reads "rules.delegation"; what categories say must be known already. */
void lanyard_pack_delegation_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *rules);
/* lanyard-pack-consents.c */
/* Reads "consents" of pack.json; categories must be known already. */
void lanyard_pack_consents_parse (LanyardPack *pack, LanyardPackJson *json, JsonObject *root);
/* Reads "consents" of texts/LANG.json: title and words of each consent. */
void lanyard_pack_consents_parse_texts (LanyardPack *pack,
                                        LanyardPackJson *json,
                                        JsonObject *root,
                                        const char *language);
/* Reads texts/LANG.json of every language of @pack. */
gboolean lanyard_pack_texts_parse (LanyardPack *pack, GError **error);

/* Returns: (transfer none) (nullable): what @words has for @language, for a shorter form of it
 * ("pt-BR", then "pt"); NULL when it has none */
gpointer lanyard_pack_lookup_language (GHashTable *words, const char *language);

/**
 * lanyard_pack_manifest_check:
 * @files: of a pack
 * @root: (nullable): root key; NULL: the signature is not looked at, the files are
 * @trust: of the pack
 * @now_s: s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_SIGNATURE naming the file, _UNTRUSTED, _EXPIRED, _INVALID
 *
 * Every file but the manifest stands in it with its size and hash, and nothing else does.
 */
gboolean lanyard_pack_manifest_check (GHashTable *files,
                                      const LanyardPublicKey *root,
                                      const LanyardTrustList *trust,
                                      gint64 now_s,
                                      GError **error);

G_END_DECLS
