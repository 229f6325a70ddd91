/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cbor.h"
#include "lanyard-eligibility.h"
#include "lanyard-record.h"

G_BEGIN_DECLS

/* Reads the value of @key, or skips it: what a body holds beyond what is known here is no fault. */
typedef void (*LanyardBodyFunc) (LanyardCborReader *reader, gint64 key, gpointer user_data);

/**
 * lanyard_record_body_read:
 * @record: of any kind
 * @func: (scope call): called for each pair, in their order
 *
 * Returns: FALSE for a body that cannot be read to its end; what it says up to there was told
 */
gboolean lanyard_record_body_read (const LanyardRecord *record,
                                   LanyardBodyFunc func,
                                   gpointer user_data,
                                   GError **error);
/* @field: (inout) (nullable): replaced by the text that is the next value; NULL when it is none */
void lanyard_record_body_read_text (LanyardCborReader *reader, char **field);
/* Reads an array of reasons. Returns: the first, which is the gravest; 0 when there is none */
LanyardReason lanyard_record_body_read_reason (LanyardCborReader *reader);

G_END_DECLS
