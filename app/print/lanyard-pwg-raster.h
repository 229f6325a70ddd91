/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ipp-plan.h"
#include "lanyard-printer.h"

G_BEGIN_DECLS

/**
 * lanyard_pwg_raster_new:
 * @job: with its pages
 * @plan: resolution, colours, size and sides of the printer
 * @error: LANYARD_ERROR_LIMIT (more than 64 million dots), LANYARD_ERROR_FULL
 *
 * Plays the pages back at the printer's resolution as PWG Raster (PWG 5102.4). Blocks.
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *
lanyard_pwg_raster_new (const LanyardPrintJob *job, const LanyardIppPlan *plan, GError **error);

G_END_DECLS
