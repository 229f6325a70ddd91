/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "lanyard-entry.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/* All that is on one badge. A value. */
typedef struct
{
  const LanyardEntry *entry; /* borrowed */
  GBytes *photo;             /* borrowed (nullable): JPEG or PNG */
  const char *serial;        /* borrowed */
  const char *credential;    /* borrowed: text of the QR */
  const char *language;      /* borrowed (nullable): of labels; the pack's default when NULL */
  double printer_dpi; /* dots an inch of the printer, 0 when that is not known: modules of codes are
                         not made smaller than it can print */
} LanyardBadgeContent;

/* A parsed template: its picture and its slots. One thread at a time draws with it. It keeps the
 * photo that it drew last, so it goes when the person does. */
typedef struct _LanyardBadge LanyardBadge;

/**
 * lanyard_badge_new:
 * @svg: a template, see docs/templates.md
 * @pack: for labels, colours and symbols of codes
 * @error: LANYARD_ERROR_INVALID naming the slot that is missing or the attribute that makes no
 * sense
 *
 * Returns: (transfer full) (nullable): the template, ready to draw
 */
LanyardBadge *lanyard_badge_new (GBytes *svg, LanyardPack *pack, GError **error);
/* The template that the pack has for @category. */
LanyardBadge *
lanyard_badge_new_for_category (LanyardPack *pack, const char *category, GError **error);
void lanyard_badge_free (LanyardBadge *badge);
double lanyard_badge_get_width_mm (const LanyardBadge *badge);
double lanyard_badge_get_height_mm (const LanyardBadge *badge);
guint lanyard_badge_get_n_pages (const LanyardBadge *badge);

/**
 * lanyard_badge_prepare:
 * @content: as it will be printed; serial and credential may be NULL still
 * @error: as of lanyard_badge_draw(), which will find it again
 *
 * Makes what takes long and follows from the person alone, while they look at their screen: parses
 * the picture for their category and scales their photo. Drawing does it where this was not called.
 * @badge has the photo until it is freed.
 */
gboolean
lanyard_badge_prepare (LanyardBadge *badge, const LanyardBadgeContent *content, GError **error);
/**
 * lanyard_badge_draw:
 * @cr: user space in mm, origin at the badge's top left
 * @page: 0 front, 1 back
 * @error: LANYARD_ERROR_INVALID naming the slot whose content does not fit even at its smallest
 *   size: text is never cut
 *
 * The one drawing path: preview, PNG and PDF all go through it.
 */
gboolean lanyard_badge_draw (LanyardBadge *badge,
                             const LanyardBadgeContent *content,
                             guint page,
                             cairo_t *cr,
                             GError **error);
/* Returns: (transfer full) (nullable): a PDF of true size, one page a side, without metadata */
GBytes *
lanyard_badge_to_pdf (LanyardBadge *badge, const LanyardBadgeContent *content, GError **error);
/**
 * lanyard_badge_record:
 *
 * The pages as they were drawn, to be played back at any resolution and on any thread, after the
 * badge and what is on it have gone: for LanyardPrintJob.pages.
 *
 * Returns: (transfer full) (nullable) (element-type cairo_surface_t): a recording surface a page,
 *   user space in mm
 */
GPtrArray *
lanyard_badge_record (LanyardBadge *badge, const LanyardBadgeContent *content, GError **error);
/* Returns: (transfer full) (nullable): a PNG of @page at @dpi */
GBytes *lanyard_badge_to_png (LanyardBadge *badge,
                              const LanyardBadgeContent *content,
                              guint page,
                              double dpi,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardBadge, lanyard_badge_free)

G_END_DECLS
