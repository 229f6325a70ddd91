/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub.h"

G_BEGIN_DECLS

/* What became of a badge that was in its printer when its desk was lost. */
typedef enum
{
  LANYARD_HUB_BECAME_HANDED_OVER = 10, /* it came out, and its holder has it */
  LANYARD_HUB_BECAME_DESTROYED = 20,   /* it came out, and was made worthless */
  LANYARD_HUB_BECAME_NEVER_OUT = 30,
} LanyardHubBecame;

/* "handed-over", "destroyed", "never-out". Returns: 0 for any other word */
LanyardHubBecame lanyard_hub_became_from_string (const char *word);

/**
 * lanyard_hub_answer:
 * @serial: of a badge of list_questions ()
 * @became: what became of it
 * @who: a word that says who knows, such as a staff number
 * @error: LANYARD_ERROR_NOT_FOUND (there is no such badge), LANYARD_ERROR_STATE (nothing is asked
 *   about it), LANYARD_ERROR_USAGE (nobody said who), what the store says
 *
 * Answers the question about a badge of which nobody is left who could be asked. It is a decision
 * as those about conflicts are: every desk hears of it with the feed and the negative list.
 */
gboolean lanyard_hub_answer (LanyardHub *hub,
                             const char *serial,
                             LanyardHubBecame became,
                             const char *who,
                             GError **error);

G_END_DECLS
