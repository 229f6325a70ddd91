/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-fleet.h"
#include "lanyard-hub-server-private.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/* Pieces of the pages for people. Words from outside go through append only. */

/* A page being written. */
typedef struct
{
  GString *html;          /* owned */
  LanyardHubFleet *fleet; /* owned */
  LanyardPack *pack;      /* owned (nullable): it cannot be read now: codes stand for names */
  GTimeZone *zone;        /* owned: of the event */
} LanyardHubPage;

/* Reads all that a page needs. FALSE: it was answered already */
gboolean _lanyard_hub_page_open (LanyardHubPage *page,
                                 LanyardHubExchange *exchange,
                                 enum MHD_Result *result);
void _lanyard_hub_page_clear (LanyardHubPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardHubPage, _lanyard_hub_page_clear)

/* @title: what the page is about; @up: whether it is below the fleet page */
void _lanyard_hub_page_head (LanyardHubPage *page,
                             LanyardHubExchange *exchange,
                             const char *title,
                             gboolean up);
enum MHD_Result
_lanyard_hub_page_end (LanyardHubPage *page, LanyardHubExchange *exchange, guint status);

/* Markup of the program's own. */
void _lanyard_hub_page_add (LanyardHubPage *page, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Words from anywhere. */
void _lanyard_hub_page_text (LanyardHubPage *page, const char *text);
/* "1,234,567" (transfer full) */
char *_lanyard_hub_page_format_number (guint64 number);
/* A cell of a table. @classes: of the program's own */
void _lanyard_hub_page_number (LanyardHubPage *page, const char *classes, guint64 number);
/* "3 min" since @since_us; a dash when that is 0. @warn_us and more is a warning, @bad_us bad. */
void _lanyard_hub_page_age (LanyardHubPage *page,
                            const char *tag,
                            const char *classes,
                            gint64 since_us,
                            gint64 warn_us,
                            gint64 bad_us);
/* One bar an hour. @max: of the scale */
void
_lanyard_hub_page_bars (LanyardHubPage *page, const guint64 *pickups, guint64 max, gboolean tall);
/* Cells of a table's head: the hours that bars stand for. */
void _lanyard_hub_page_hours (LanyardHubPage *page);
/* Name of a venue in the pack, or its code. (transfer none) */
const char *_lanyard_hub_page_venue (LanyardHubPage *page, const char *code);
/* "10:32" or "27 Jul 10:32" in the event's zone. (transfer full) */
char *_lanyard_hub_page_time (LanyardHubPage *page, gint64 time_us);

/* Past these a desk needs a look. */
#define LANYARD_HUB_BACKLOG_WARN_US (G_GINT64_CONSTANT (15) * 60 * G_USEC_PER_SEC)
#define LANYARD_HUB_BACKLOG_BAD_US (G_GINT64_CONSTANT (2) * 3600 * G_USEC_PER_SEC)
#define LANYARD_HUB_LIST_WARN_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define LANYARD_HUB_LIST_BAD_US (G_GINT64_CONSTANT (3) * 3600 * G_USEC_PER_SEC)

G_END_DECLS
