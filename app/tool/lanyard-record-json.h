/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "lanyard-record.h"

G_BEGIN_DECLS

/* Returns: (transfer full): "issued", or "kind-N" for a kind of a later version */
char *lanyard_record_dup_kind_name (const LanyardRecord *record);

/**
 * lanyard_record_add_json:
 * @record: a record
 * @builder: gets one object: device, epoch, seq, kind, at, pickup, accreditation, serial, body,
 * hash
 * @with_encoded: also the encoded form in hexadecimal, from which the chain can be proven elsewhere
 */
void
lanyard_record_add_json (const LanyardRecord *record, JsonBuilder *builder, gboolean with_encoded);

/* Returns: (transfer full): what the body says in words of "name value", separated by commas */
char *lanyard_record_describe_body (const LanyardRecord *record);

G_END_DECLS
