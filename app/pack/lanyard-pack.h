/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-rules.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/*
 * Everything that is particular to one event, from a signed directory:
 *
 *   pack.json            codes, rules, languages (pack.schema.json stands beside the sample packs)
 *   trust.cbor           signed trust list
 *   manifest.cbor        COSE_Sign1 "lanyard/manifest": path, size and hash of every other file
 *   templates/NAME.svg   badge templates
 *   branding/            logo.svg, style.css (colours and type only), …
 *   texts/LANG.json      translations of labels
 *
 * A LanyardPack is immutable, reference counted, and may be shared between threads.
 */
typedef struct _LanyardPack LanyardPack;

/* One row of a code list: a venue, zone, category, transport, seating, clearance system, …  */
typedef struct
{
  char *code;
  GHashTable *labels; /* (element-type utf8 utf8): BCP 47 → words; "" is the fallback */
  char *colour;       /* (nullable): "#rrggbb" */
  char *text_colour;  /* (nullable): "#rrggbb" to write on colour */
  char *symbol;       /* (nullable): what stands on the badge; code when NULL */
  char *icon;         /* (nullable): SVG of branding/ that badges may show instead of the symbol */
  char *kind;         /* (nullable): "competition", "non-competition", … for venues */
  char *template;     /* (nullable): for categories: name of the badge template */
} LanyardCode;

typedef enum
{
  LANYARD_CODES_VENUE,
  LANYARD_CODES_ZONE,
  LANYARD_CODES_CATEGORY,
  LANYARD_CODES_TRANSPORT,
  LANYARD_CODES_SEATING,
  LANYARD_CODES_ORGANISATION,
  LANYARD_CODES_CLEARANCE,
  LANYARD_CODES_DAY_PASS,   /* pools of day passes: see LanyardPassPool */
  LANYARD_CODES_VENUE_KIND, /* groups of venues: whoever has all of a kind may carry its symbol */
  LANYARD_N_CODES,
} LanyardCodes;

/* What day passes of one pool are. */
typedef struct
{
  char *code;
  char *category;       /* of the pack: template and colour of the pass */
  char **zones;         /* codes of what it opens; never NULL */
  char **venues;        /* codes; empty: the venue of the desk that gives it; never NULL */
  char *number_pattern; /* (nullable): passes are printed beforehand and numbered like this; NULL:
                         * they are printed at the desk */
  gboolean reuse;       /* one that came back may go out again */
  guint max_per_organisation; /* and day, at one desk; 0: no limit */
} LanyardPassPool;

/**
 * lanyard_pack_load:
 * @directory: path of the pack
 * @root: (nullable): event root key; NULL only for pack check and tests: then signatures are
 *   not required and lanyard_pack_is_signed() tells
 * @now_s: s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_NOT_FOUND, _INVALID (naming file and member), _SIGNATURE (naming the file
 *   that was altered, is missing or is not in the manifest)
 *
 * Returns: (transfer full) (nullable): the pack
 */
LanyardPack *lanyard_pack_load (const char *directory,
                                const LanyardPublicKey *root,
                                gint64 now_s,
                                GError **error);
LanyardPack *lanyard_pack_ref (LanyardPack *pack);
void lanyard_pack_unref (LanyardPack *pack);

/**
 * lanyard_pack_sign:
 * @directory: a pack; its manifest.cbor is written anew
 * @key: root key, or a key of its trust list with LANYARD_SCOPE_PACK
 * @error: whatever keeps the pack from being loaded, LANYARD_ERROR_IO
 *
 * Covers every file, trust.cbor included: write that first. A pack that does not load is not
 * signed.
 */
gboolean lanyard_pack_sign (const char *directory, const LanyardKey *key, GError **error);

/**
 * lanyard_pack_dup_manifest:
 * @directory: a pack
 * @key: as for lanyard_pack_sign()
 *
 * Returns: (transfer full) (nullable): the manifest that lanyard_pack_sign() would write
 */
GBytes *lanyard_pack_dup_manifest (const char *directory, const LanyardKey *key, GError **error);

/* Whether the manifest was verified from the root key. Without a root key the files are checked
 * against the manifest, where there is one, but nobody knows who made it: FALSE. */
gboolean lanyard_pack_is_signed (const LanyardPack *pack);
/* Number of this edition of the pack, from 1; its maker raises it. */
guint lanyard_pack_get_version (const LanyardPack *pack);
const char *lanyard_pack_get_directory (const LanyardPack *pack);
/* Event code: iss of every credential. */
const char *lanyard_pack_get_event (const LanyardPack *pack);
/* Returns: (transfer none): name of the event in @language or the nearest there is */
const char *lanyard_pack_get_event_name (const LanyardPack *pack, const char *language);
const LanyardRules *lanyard_pack_get_rules (const LanyardPack *pack);
/* Returns: (transfer none): may be empty, never NULL; an unsigned pack without a list has none */
LanyardTrustList *lanyard_pack_get_trust (const LanyardPack *pack);
/* Returns: (transfer none): BCP 47 tags, first is the default; never empty */
const char *const *lanyard_pack_get_languages (const LanyardPack *pack);
/* Returns: (transfer none) (element-type LanyardCode): in the pack's order */
GPtrArray *lanyard_pack_get_codes (const LanyardPack *pack, LanyardCodes which);
/* Returns: (transfer none) (nullable) */
const LanyardCode *
lanyard_pack_find_code (const LanyardPack *pack, LanyardCodes which, const char *code);
/* Returns: (transfer none): label of @code in @language; the code itself when there is none */
const char *lanyard_pack_get_label (const LanyardPack *pack,
                                    LanyardCodes which,
                                    const char *code,
                                    const char *language);
/* Returns: (transfer none) (nullable): a text of the pack's own, such as "next-steps" */
const char *lanyard_pack_get_text (const LanyardPack *pack, const char *key, const char *language);
/* Returns: (transfer none) (nullable): what the consent @id of the rules is called in @language, or
 * in the pack's first language */
const char *
lanyard_pack_get_consent_title (const LanyardPack *pack, const char *id, const char *language);
/* Returns: (transfer none) (nullable): and what people agree to, in lines */
const char *
lanyard_pack_get_consent_words (const LanyardPack *pack, const char *id, const char *language);
/* Returns: (transfer full) (nullable): content of templates/NAME.svg for @category */
GBytes *lanyard_pack_dup_template (const LanyardPack *pack, const char *category, GError **error);
/* Returns: (transfer none) (element-type utf8): names of all templates */
GPtrArray *lanyard_pack_get_template_names (const LanyardPack *pack);
GBytes *lanyard_pack_dup_template_named (const LanyardPack *pack, const char *name, GError **error);
/* Returns: (transfer full) (nullable): a file of branding/, such as "logo.svg" */
GBytes *lanyard_pack_dup_branding (const LanyardPack *pack, const char *name, GError **error);
/* @venue: (nullable): code. Returns: (transfer full) (nullable): branding/map-VENUE.svg, or else
 * branding/map.svg: a map of the centre for whoever has a badge */
GBytes *lanyard_pack_dup_map (const LanyardPack *pack, const char *venue);
/* @language: BCP 47. @tag: (out) (transfer full): that of the file, which may be shorter ("pt" for
 * "pt-BR"). Returns: (transfer full) (nullable): texts/LANG.mo: screens' words in it, for
 * lanyard_catalogue_new(); NULL: the pack has none */
GBytes *lanyard_pack_dup_words (const LanyardPack *pack, const char *language, char **tag);
/* Returns: (transfer full) (nullable): check/holders.jsonl, the made-up people with whom this pack
 * wants its badges to be tried; NULL when it has none */
GBytes *lanyard_pack_dup_holders (const LanyardPack *pack);
/* "#rrggbb" of a named colour of the branding: "primary", "on-primary", "accent", … or @fallback */
const char *
lanyard_pack_get_colour (const LanyardPack *pack, const char *name, const char *fallback);
/* Whether the badge's QR carries the print name. */
gboolean lanyard_pack_get_name_in_credential (const LanyardPack *pack);
/* How long a badge holds beyond the end of the accreditation, s; see docs/packs.md. */
gint64 lanyard_pack_get_credential_slack_s (const LanyardPack *pack);

/* Returns: (transfer none) (nullable): the pool of this code, one of LANYARD_CODES_DAY_PASS */
const LanyardPassPool *lanyard_pack_find_pool (const LanyardPack *pack, const char *code);
/* Returns: (transfer none): zone in which the event's days are counted */
GTimeZone *lanyard_pack_get_time_zone (const LanyardPack *pack);
/* Hour of the next morning at which a day of the event ends; 0: midnight. */
guint lanyard_pack_get_day_ends_hour (const LanyardPack *pack);

const char *lanyard_code_get_label (const LanyardCode *code, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPack, lanyard_pack_unref)

G_END_DECLS
