/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "demo-person.h"

G_BEGIN_DECLS

/* Fewest people that have every case among them. */
#define DEMO_ROSTER_MIN_COUNT 24

/**
 * demo_roster_write:
 * @event: what the people are accredited for
 * @count: how many people, at least DEMO_ROSTER_MIN_COUNT
 * @directory: made when it is not there
 *
 * Writes roster.jsonl, photos/NUMBER.jpg and cases.json: an object of case → accreditation number,
 * and "event" and "venue" beside them. A case is named as lanyard_eligibility_decide() finds it at
 * that venue's self-service: "ready", "refused-cancelled", "staff-pending", …
 */
gboolean
demo_roster_write (const DemoEvent *event, guint count, const char *directory, GError **error);

G_END_DECLS
