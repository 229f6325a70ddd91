/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-pack.h"
#include "lanyard-qr.h"

G_BEGIN_DECLS

typedef enum
{
  LANYARD_SLOT_TEXT,
  LANYARD_SLOT_PHOTO,
  LANYARD_SLOT_QR,
  LANYARD_SLOT_CODES,
  LANYARD_SLOT_IMAGE,
  LANYARD_SLOT_BAND, /* any shape of the picture itself, coloured by data-fill */
  LANYARD_SLOT_CODE128,
  LANYARD_SLOT_LIST,       /* a line of text for each code of a list */
  LANYARD_SLOT_GUILLOCHE,  /* curves that only this serial has */
  LANYARD_SLOT_MICRO_TEXT, /* small words over and over */
  LANYARD_SLOT_KEEP_OUT,   /* stays paper: for a hologram, a seal or a hole */
  LANYARD_N_SLOT_KINDS,
} LanyardSlotKind;

typedef enum
{
  LANYARD_ALIGN_START, /* where the text's own script begins */
  LANYARD_ALIGN_LEFT,
  LANYARD_ALIGN_CENTER,
  LANYARD_ALIGN_RIGHT,
} LanyardAlign;

typedef enum
{
  LANYARD_VALIGN_TOP,
  LANYARD_VALIGN_MIDDLE,
  LANYARD_VALIGN_BOTTOM,
  LANYARD_VALIGN_INK, /* what is black in the middle: for symbols; not for templates */
} LanyardValign;

typedef enum
{
  LANYARD_CODES_STYLE_SQUARES,
  LANYARD_CODES_STYLE_PILLS,
  LANYARD_CODES_STYLE_LEGEND,
  LANYARD_CODES_STYLE_GRID, /* a cell for every code of the pack, held or not, always in its place
                             */
} LanyardCodesStyle;

/* What a list says of each code. */
typedef enum
{
  LANYARD_SHOW_LABEL,
  LANYARD_SHOW_SYMBOL,
  LANYARD_SHOW_BOTH,
} LanyardShow;

typedef enum
{
  LANYARD_PATTERN_WAVES,
  LANYARD_PATTERN_ROSETTE,
} LanyardPattern;

/* One slot of a template. docs/templates.md says what each attribute does. */
typedef struct
{
  LanyardSlotKind kind;
  guint page;  /* 0 front, 1 back */
  double x_mm; /* from the left edge of the badge */
  double y_mm; /* from the top edge */
  double width_mm;
  double height_mm;

  char *field;    /* (nullable) data-field */
  char *fill;     /* (nullable) data-fill: "#rrggbb", "category", "on-category", branding colour */
  char *font;     /* (nullable) data-font: families, first that has a glyph wins */
  guint weight;   /* data-weight, 100 … 1000 */
  double size_mm; /* data-size: largest font size or cell */
  double min_size_mm; /* data-min-size */
  guint lines;        /* data-lines: at most */
  LanyardAlign align;
  LanyardValign valign;
  gboolean required; /* data-required: empty content is an error */
  gboolean more;     /* data-more: what does not fit of a list is counted, "+7" */
  char *only_if;     /* (nullable) data-if: see lanyard_condition_holds() */
  char *group_if;    /* (nullable): data-if of the group that it stands in */
  char *flow;        /* (nullable) data-flow: slots of one flow close up where one has room left */
  LanyardCodesStyle style;
  double gap_mm;          /* data-gap */
  double radius_mm;       /* data-radius */
  guint columns;          /* data-columns of a legend, a grid or a list */
  LanyardShow show;       /* data-show of a list */
  LanyardPattern pattern; /* data-pattern */
  guint count;            /* data-count: curves of a guilloche */
  double line_mm;         /* data-line: width of its curves */
  LanyardQrLevel level;
  guint quiet;          /* data-quiet: modules around a QR, beside a Code 128 */
  double min_module_mm; /* data-min-module */
  char *file;           /* (nullable) data-file: of branding/ */
} LanyardSlot;

/* What stands for the kind in data-slot: "text". */
const char *lanyard_slot_kind_to_string (LanyardSlotKind kind);

/* Returns: (transfer full): words for messages, "the text slot print-name" */
char *lanyard_slot_describe (const LanyardSlot *slot);

/**
 * lanyard_slot_parse:
 * @names: (array zero-terminated=1): attribute names of an element with data-slot
 * @values: (array zero-terminated=1): their values
 * @error: LANYARD_ERROR_INVALID naming the slot and the attribute
 *
 * Reads all but the place.
 *
 * Returns: (transfer full) (nullable): the slot
 */
LanyardSlot *lanyard_slot_parse (const char **names, const char **values, GError **error);

/* Sizes that the template leaves out, once the slot's place is known. */
void lanyard_slot_set_defaults (LanyardSlot *slot);
/* Whether the slot makes sense by itself and for @pack. Its place must be set.
 * @error: LANYARD_ERROR_INVALID */
/* Whether no length of the shape of a band is absurd; it may stick out of the badge, where it is
 * cut off. @scale: mm a user unit; @names, @values: attributes of its element */
gboolean lanyard_slot_check_lengths (const LanyardSlot *slot,
                                     double scale,
                                     const char **names,
                                     const char **values,
                                     GError **error);
gboolean lanyard_slot_check (const LanyardSlot *slot, LanyardPack *pack, GError **error);
void lanyard_slot_free (LanyardSlot *slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSlot, lanyard_slot_free)

G_END_DECLS
