/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "lanyard-record.h"

G_BEGIN_DECLS

/* Adds the members of @encoded to the object that @builder has open: what can be read of it, with
 * the body's members by name where they have one. FALSE: it cannot be read, and nothing was added.
 */
gboolean lanyard_hub_record_to_json (GBytes *encoded, JsonBuilder *builder);

G_END_DECLS
