/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_NOTICE_CARD (lanyard_notice_card_get_type ())
G_DECLARE_FINAL_TYPE (LanyardNoticeCard, lanyard_notice_card, LANYARD, NOTICE_CARD, GtkWidget)

/* A short calm message over the page that goes by itself; an alert for assistive tools. */

/* @text: (nullable): NULL hides it at once. @seconds: how long it stays */
void lanyard_notice_card_show (LanyardNoticeCard *self, const char *text, guint seconds);
/* Returns: (transfer none): what it says; "" when it is not shown */
const char *lanyard_notice_card_get_text (LanyardNoticeCard *self);

G_END_DECLS
