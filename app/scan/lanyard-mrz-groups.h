/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-zone.h"

G_BEGIN_DECLS

#define LANYARD_MRZ_MAX_KNOWN_LINES 24
#define LANYARD_MRZ_MAX_GROUPS 24

/* Lines that may be one zone. */
typedef struct
{
  guint8 lines[LANYARD_MRZ_MAX_LINES];
  guint8 n;
} LanyardMrzGroup;

/* All lines of a plane that are known so far, each once, and what zones they may make. */
typedef struct
{
  LanyardMrzLine lines[LANYARD_MRZ_MAX_KNOWN_LINES];
  gboolean paired[LANYARD_MRZ_MAX_KNOWN_LINES]; /* is or was in a group */
  guint n_lines;
  LanyardMrzGroup groups[LANYARD_MRZ_MAX_GROUPS]; /* to be tried, the last first */
  guint n_groups;
} LanyardMrzGroups;

/* Notes @line unless it is known at least as long, and the groups that it makes with others.
 * Returns: whether it was at a place where none was known */
gboolean lanyard_mrz_groups_add (LanyardMrzGroups *known, const LanyardMrzLine *line);

/* Whether all lines that @region can hold are known. */
gboolean lanyard_mrz_groups_have (const LanyardMrzGroups *known, const LanyardMrzRegion *region);

/* A region of the same direction about @line. */
LanyardMrzRegion
lanyard_mrz_region_about (const LanyardMrzLine *line, double length_px, double thickness_px);

G_END_DECLS
