/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Deepest nesting of a pack's JSON; checked before json-glib, which recurses. */
#define LANYARD_PACK_JSON_MAX_DEPTH 8
/* Most members of one object: labels of the longest code list. */
#define LANYARD_PACK_JSON_MAX_MEMBERS 4096

/*
 * Reads one JSON file of a pack and remembers the first thing that is wrong with it, with the file
 * and the member: "pack.json: venues[3].code: is missing". After an error every read returns an
 * empty value, so that a caller reads its members in order and asks once.
 *
 * "where" is always the path of the object that is read; "" for the outermost.
 */
typedef struct
{
  const char *file; /* borrowed: path within the pack, for messages */
  JsonNode *root;   /* owned (nullable) */
  GError *error;    /* owned (nullable): the first error */
} LanyardPackJson;

/* Parses @content and returns the outermost object; NULL and an error when it is none. */
JsonObject *lanyard_pack_json_open (LanyardPackJson *json, const char *file, GBytes *content);
/* Frees all. Returns: FALSE and @error when anything was wrong */
gboolean lanyard_pack_json_close (LanyardPackJson *json, GError **error);

/* Records that @member (nullable) of @where is wrong. @format: "must be …" */
void lanyard_pack_json_fail (LanyardPackJson *json,
                             const char *where,
                             const char *member,
                             const char *format,
                             ...) G_GNUC_PRINTF (4, 5);
/* Fails on a member that stands neither in @members (NULL-terminated) nor is "comment" or "$…":
 * a misspelt rule must not be a rule that silently does not exist. */
void lanyard_pack_json_only (LanyardPackJson *json,
                             JsonObject *object,
                             const char *where,
                             const char *const *members);

/* Returns: (transfer none) (nullable): text of 1 to @max_bytes bytes without control characters
 * other than a line end; NULL when it is absent, which is an error only if @required */
const char *lanyard_pack_json_text (LanyardPackJson *json,
                                    JsonObject *object,
                                    const char *where,
                                    const char *member,
                                    gsize max_bytes,
                                    gboolean required);
/* Like lanyard_pack_json_text(), of "#rrggbb". Never required. */
const char *lanyard_pack_json_colour (LanyardPackJson *json,
                                      JsonObject *object,
                                      const char *where,
                                      const char *member);
/* Like lanyard_pack_json_text(), of letters, digits, "-", "_", "+" and "." only. */
const char *lanyard_pack_json_name (LanyardPackJson *json,
                                    JsonObject *object,
                                    const char *where,
                                    const char *member,
                                    gboolean required);
/* Required whole number. */
gint64 lanyard_pack_json_int (LanyardPackJson *json,
                              JsonObject *object,
                              const char *where,
                              const char *member,
                              gint64 min,
                              gint64 max);
gboolean lanyard_pack_json_bool (LanyardPackJson *json,
                                 JsonObject *object,
                                 const char *where,
                                 const char *member,
                                 gboolean required);
/* Returns: (transfer none) (nullable) */
JsonObject *lanyard_pack_json_object (LanyardPackJson *json,
                                      JsonObject *object,
                                      const char *where,
                                      const char *member,
                                      gboolean required);
/* Returns: (transfer none) (nullable) */
JsonArray *lanyard_pack_json_array (LanyardPackJson *json,
                                    JsonObject *object,
                                    const char *where,
                                    const char *member,
                                    guint max_items,
                                    gboolean required);
/* Returns: (transfer full): an array of names as of lanyard_pack_json_name(); empty when absent */
char **lanyard_pack_json_names (LanyardPackJson *json,
                                JsonObject *object,
                                const char *where,
                                const char *member,
                                guint max_items,
                                gboolean required);

G_END_DECLS
