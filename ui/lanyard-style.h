/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-pack.h"

G_BEGIN_DECLS

/**
 * lanyard_style_install:
 * @display: where
 * @look: (nullable): "light" (default), "dark" or "high-contrast"
 * @pack: (nullable): whose branding gives the brand colours
 *
 * Loads resources/style: the whole look is Lanyard's own, no desktop theme stands below it. Colours
 * of a pack with which nothing could be read are moved until they reach a contrast of 4.5:1, 7:1 in
 * the high-contrast look (WCAG 2.2 §1.4.3, §1.4.6). May be called again.
 */
void lanyard_style_install (GdkDisplay *display, const char *look, LanyardPack *pack);

/**
 * lanyard_style_set_text_percent:
 * @display: where the style is installed
 * @percent: 100 to 200: how large letters are beside the usual look
 *
 * Sizes of what is no text stay. See lanyard_text_scale_px().
 */
void lanyard_style_set_text_percent (GdkDisplay *display, guint percent);

/* WCAG 2.2 contrast ratio of two opaque colours: 1 to 21. */
double lanyard_style_contrast (const GdkRGBA *a, const GdkRGBA *b);

/**
 * lanyard_style_readable:
 * @colour: of letters, moved towards black or white until it can be read
 * @ground: what stands behind
 * @ratio: the contrast that is needed
 */
void lanyard_style_readable (GdkRGBA *colour, const GdkRGBA *ground, double ratio);

/* Returns: (transfer full): the brand colours as a style sheet; @pack may be NULL */
char *lanyard_style_dup_brand_css (LanyardPack *pack, const char *look);

G_END_DECLS
