/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge.h"

G_BEGIN_DECLS

/* Whether data-field may be @field: a field of text, or, for @codes, one or more lists of codes. */
gboolean lanyard_badge_field_is_known (LanyardPack *pack, const char *field, gboolean codes);

/* Returns: (transfer full): words of @field for @content; "" when there are none */
char *lanyard_badge_field_dup_text (LanyardPack *pack,
                                    const LanyardBadgeContent *content,
                                    const char *field);

/* BCP 47 tag of the words in @field: which shapes its letters have. (transfer none) */
const char *lanyard_badge_field_get_language (LanyardPack *pack,
                                              const LanyardBadgeContent *content,
                                              const char *field);

/* One item of a codes slot. Borrowed from pack and content. */
typedef struct
{
  const char *symbol;      /* what stands in the square */
  const char *label;       /* in the badge's language */
  const char *colour;      /* (nullable): "#rrggbb" */
  const char *text_colour; /* (nullable): "#rrggbb" */
  const char *icon;        /* (nullable): file of branding/ that stands there instead of @symbol */
  gboolean is_held;        /* the person has it; FALSE only in lanyard_badge_field_list_all() */
} LanyardBadgeCode;

/* Returns: (transfer full) (element-type LanyardBadgeCode): items of the lists in @field, in the
 * order of the pack; codes that the pack does not know come last, as they are */
GArray *lanyard_badge_field_list_codes (LanyardPack *pack,
                                        const LanyardBadgeContent *content,
                                        const char *field);

/* The same with all codes of the pack, in its order, whether the person has them or not. */
GArray *lanyard_badge_field_list_all (LanyardPack *pack,
                                      const LanyardBadgeContent *content,
                                      const char *field);

/* The same for a list of lines: where all venues of a kind are there, the kind stands for them. */
GArray *lanyard_badge_field_list_lines (LanyardPack *pack,
                                        const LanyardBadgeContent *content,
                                        const char *field);

/* Returns: (transfer full) (element-type utf8): symbols of the venues; where all venues of a kind
 * are there, the symbol of the kind stands for them */
GPtrArray *lanyard_badge_field_list_venues (LanyardPack *pack, const LanyardBadgeContent *content);

gboolean lanyard_badge_colour_is_known (LanyardPack *pack, const char *fill);
/* Whether "#rrggbb" is dark enough for a QR code on white. */
gboolean lanyard_badge_colour_is_dark (const char *fill);
/* Whether "#rrggbb" needs an edge on white. */
gboolean lanyard_badge_colour_is_light (const char *fill);
/* Returns: (transfer none): "#rrggbb" of a data-fill (nullable) for @content; @fallback otherwise
 */
const char *lanyard_badge_colour_resolve (LanyardPack *pack,
                                          const LanyardBadgeContent *content,
                                          const char *fill,
                                          const char *fallback);

G_END_DECLS
