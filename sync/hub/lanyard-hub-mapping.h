/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * How the columns of somebody's file become the members of a roster entry (docs/roster.md): which
 * column each member comes from, constants, values that are called otherwise there, forms of dates.
 * Errors name members and columns of the mapping, never what stands in a row.
 */
typedef struct _LanyardHubMapping LanyardHubMapping;

#define LANYARD_HUB_MAPPING_MAX_BYTES (256 * 1024)

/* @json: a mapping file. @error: LANYARD_ERROR_INVALID, _LIMIT. (transfer full) (nullable) */
LanyardHubMapping *lanyard_hub_mapping_parse (const char *json, gssize n_bytes, GError **error);
/* Each column is called as the member that it fills; lists are parted by "|". (transfer full) */
LanyardHubMapping *lanyard_hub_mapping_new_plain (void);
void lanyard_hub_mapping_free (LanyardHubMapping *mapping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubMapping, lanyard_hub_mapping_free)

/* "csv", "jsonl" or NULL, as the file itself says. (transfer none) */
const char *lanyard_hub_mapping_get_format (const LanyardHubMapping *mapping);
/* ',', ';', '\t'; 0 when the file does not say */
char lanyard_hub_mapping_get_separator (const LanyardHubMapping *mapping);

/**
 * lanyard_hub_mapping_bind:
 * @names: names of the columns, in their order
 * @n_names: how many
 * @error: LANYARD_ERROR_INVALID: a column that the mapping wants is not there, or is there twice
 *
 * Finds the columns of a CSV file. A JSON line needs no such thing.
 */
gboolean lanyard_hub_mapping_bind (LanyardHubMapping *mapping,
                                   const char *const *names,
                                   guint n_names,
                                   GError **error);

/**
 * LanyardHubColumnFunc:
 * @index: of the column, from lanyard_hub_mapping_bind(); G_MAXUINT without it
 * @name: of the column
 *
 * Returns: (transfer none) (nullable): what stands there; items of a list are parted by U+001F
 */
typedef const char *(*LanyardHubColumnFunc) (gpointer row, guint index, const char *name);

/**
 * lanyard_hub_mapping_apply:
 * @error: LANYARD_ERROR_INVALID, naming the member
 *
 * Returns: (transfer full) (nullable): one JSON object as a roster has them
 */
GString *lanyard_hub_mapping_apply (LanyardHubMapping *mapping,
                                    LanyardHubColumnFunc get,
                                    gpointer row,
                                    GError **error);

G_END_DECLS
