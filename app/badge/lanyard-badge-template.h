/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge-slot.h"

G_BEGIN_DECLS

/* Limits of a template, checked before it is parsed and when it is read. */
#define LANYARD_TEMPLATE_MAX_BYTES (2 * 1024 * 1024)
#define LANYARD_TEMPLATE_MAX_SLOTS 96
#define LANYARD_TEMPLATE_MAX_CONDITIONS 64
#define LANYARD_TEMPLATE_MAX_DEPTH 64
#define LANYARD_TEMPLATE_MIN_SIDE_MM 25.0
#define LANYARD_TEMPLATE_MAX_SIDE_MM 400.0

/* What the SVG says about slots; the picture itself is librsvg's. */
typedef struct
{
  double width_mm;
  double height_mm;
  guint n_pages;         /* 1, or 2 with a back */
  GPtrArray *slots;      /* owned (element-type LanyardSlot): in the order of the file */
  GPtrArray *conditions; /* owned (element-type utf8): data-if of the picture's own elements */
} LanyardTemplate;

/**
 * lanyard_template_parse:
 * @svg: the file's content
 * @pack: for fields, colours and files that slots name
 * @error: LANYARD_ERROR_LIMIT, LANYARD_ERROR_INVALID naming the slot
 *
 * Returns: (transfer full) (nullable): a template that has all it needs
 */
LanyardTemplate *lanyard_template_parse (GBytes *svg, LanyardPack *pack, GError **error);
/* Whether the slots make sense by themselves and together; lanyard_template_parse() asks it. */
gboolean
lanyard_template_check (const LanyardTemplate *template, LanyardPack *pack, GError **error);
void lanyard_template_free (LanyardTemplate *template);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTemplate, lanyard_template_free)

G_END_DECLS
