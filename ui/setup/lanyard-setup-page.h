/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-setup.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SETUP_PAGE (lanyard_setup_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (LanyardSetupPage, lanyard_setup_page, LANYARD, SETUP_PAGE, GtkWidget)

/**
 * LanyardSetupPageClass:
 * @name: msgid: the step in a list of them
 * @title: msgid: what stands above the page
 * @intro: msgid: what is to be done here
 * @changed_title: msgid (nullable): what stands above the page of a desk that is set up, if that is
 *   something else; then there is no intro
 * @enter: (nullable): the page comes on
 * @leave: (nullable): it goes: what it holds up (a camera) is let go
 * @update: (nullable): words or the set-up have changed
 * @scanned: (nullable): a code was read while the page is on; @text is UTF-8
 * @picture: (nullable): @picture is NULL when there is none any more
 * @finish: (nullable): the step is done: lanyard_setup_take() with what was found out; without it
 *   there is nothing to keep
 *
 * One step of the set-up. Signal "changed" (): lanyard_setup_page_is_ready() may say something
 * else. Signal "language" (const char *): the set-up goes on in that language. Signal "cover"
 * (GtkWidget *, nullable): what lies over the whole window; NULL: nothing any more.
 */
struct _LanyardSetupPageClass
{
  GtkWidgetClass parent_class;
  const char *name;
  const char *title;
  const char *intro;
  const char *changed_title;
  void (*enter) (LanyardSetupPage *self);
  void (*leave) (LanyardSetupPage *self);
  void (*update) (LanyardSetupPage *self);
  void (*scanned) (LanyardSetupPage *self, const LanyardScan *scan, const char *text);
  void (*picture) (LanyardSetupPage *self, GdkTexture *picture);
  gboolean (*finish) (LanyardSetupPage *self, GError **error);
};

/* Once, before anything else. */
void lanyard_setup_page_set_up (LanyardSetupPage *self, LanyardSetup *setup);
void lanyard_setup_page_set_words (LanyardSetupPage *self, LanyardWords *words);
/* @narrow: there is no room for two columns */
void lanyard_setup_page_set_narrow (LanyardSetupPage *self, gboolean narrow);
void lanyard_setup_page_enter (LanyardSetupPage *self);
void lanyard_setup_page_leave (LanyardSetupPage *self);
void lanyard_setup_page_update (LanyardSetupPage *self);
/* @error: LANYARD_ERROR_IO. Returns: whether the next step is at hand */
gboolean lanyard_setup_page_finish (LanyardSetupPage *self, GError **error);
/* Whether the step is done as far as it goes: what "Continue" is for. */
gboolean lanyard_setup_page_is_ready (LanyardSetupPage *self);

/* For pages. */
LanyardSetup *lanyard_setup_page_get_setup (LanyardSetupPage *self);
void lanyard_setup_page_set_ready (LanyardSetupPage *self, gboolean ready);
/* Returns: (transfer none): where the page puts what is on it: two columns, or one above the other
 * on a narrow screen */
GtkBox *lanyard_setup_page_get_columns (LanyardSetupPage *self);
LanyardWords *lanyard_setup_page_get_words (LanyardSetupPage *self);
const char *lanyard_setup_page_say (LanyardSetupPage *self, const char *msgid);
void lanyard_setup_page_choose_language (LanyardSetupPage *self, const char *language);
/* Lays @widget over the whole window. @widget: (nullable): takes it away */
void lanyard_setup_page_cover (LanyardSetupPage *self, GtkWidget *widget);

/* What pages are made of. @msgid: (nullable): NULL: filled by the page, and never translated */
GtkWidget *lanyard_setup_label (const char *msgid, const char *css_class);
GtkWidget *
lanyard_setup_button (const char *msgid, const char *css_class, GCallback clicked, gpointer data);
GtkWidget *lanyard_setup_column (GtkBox *columns);
/* An empty box with a frame around what was found out; hidden. */
GtkWidget *lanyard_setup_verdict (GtkLabel **label);
/* @text: (nullable): NULL hides it. @css_class: "good", "bad" or "" */
void lanyard_setup_tell (GtkLabel *verdict, const char *text, const char *css_class);

G_END_DECLS
