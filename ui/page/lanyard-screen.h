/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-controls.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SCREEN (lanyard_screen_get_type ())
G_DECLARE_DERIVABLE_TYPE (LanyardScreen, lanyard_screen, LANYARD, SCREEN, GtkWidget)

/**
 * LanyardScreenClass:
 * @update: fills the page from @view in the present words; called again at a change of language
 * @clear: forgets the person: afterwards no widget of the page holds anything from a view
 * @arrange: (nullable): lays the page out for a portrait or a landscape window, beyond what the
 *   style classes "turn" and "sinks" do for every GtkBox by themselves
 * @status: (nullable): health of the desk has changed
 * @picture: (nullable): a new camera picture; NULL when the camera is gone
 * @hint: (nullable): what would help the person before the camera; called for each page and each
 *   change of language, too
 * @notice: (nullable): a notice came up while the page is on; TRUE when the page shows it itself
 *
 * One page of the window. A page knows views, words and controls, and nothing of where they go.
 */
struct _LanyardScreenClass
{
  GtkWidgetClass parent_class;
  void (*update) (LanyardScreen *self, LanyardView *view);
  void (*clear) (LanyardScreen *self);
  void (*arrange) (LanyardScreen *self, gboolean portrait);
  void (*status) (LanyardScreen *self, const LanyardDeskStatus *status);
  void (*picture) (LanyardScreen *self, GdkTexture *picture);
  void (*hint) (LanyardScreen *self, LanyardHint hint);
  gboolean (*notice) (LanyardScreen *self, LanyardNotice notice);
};

/**
 * lanyard_screen_set_up:
 * @controls: (transfer none): kept
 * @pack: (nullable) (transfer none): kept; labels of codes
 * @venue: (nullable): code of the desk's
 *
 * To be called before anything else, and again for another pack.
 */
void lanyard_screen_set_up (LanyardScreen *self,
                            LanyardControls *controls,
                            LanyardPack *pack,
                            const char *venue);
/* Another language: translates the template and updates from the last view. */
void lanyard_screen_set_words (LanyardScreen *self, LanyardWords *words);
void lanyard_screen_set_portrait (LanyardScreen *self, gboolean portrait);
/* @low: what is to be touched belongs into the lower half of the screen; takes effect with the next
 * lanyard_screen_set_portrait() */
void lanyard_screen_set_low (LanyardScreen *self, gboolean low);
/* @whole: nothing scrolls within the page: the window scrolls it as one */
void lanyard_screen_set_whole (LanyardScreen *self, gboolean whole);
/* @view: (transfer none): a reference is kept until the page is left */
void lanyard_screen_show_view (LanyardScreen *self, LanyardView *view);
/* The page goes out of sight: drops the view and clears. */
void lanyard_screen_leave (LanyardScreen *self);
void lanyard_screen_show_status (LanyardScreen *self, const LanyardDeskStatus *status);
void lanyard_screen_show_picture (LanyardScreen *self, GdkTexture *picture);
void lanyard_screen_show_hint (LanyardScreen *self, LanyardHint hint);
gboolean lanyard_screen_show_notice (LanyardScreen *self, LanyardNotice notice);

/* For pages. */
LanyardControls *lanyard_screen_get_controls (LanyardScreen *self);
/* What a person answers to the view that is on. @serial: (nullable): as for lanyard_desk_input() */
void lanyard_screen_answer (LanyardScreen *self, LanyardInput input, const char *serial);
/* Returns: (transfer none) (nullable) */
LanyardPack *lanyard_screen_get_pack (LanyardScreen *self);
/* Returns: (transfer none) (nullable): code of the desk's venue */
const char *lanyard_screen_get_venue (LanyardScreen *self);
/* Returns: (transfer none) (nullable) */
LanyardView *lanyard_screen_get_view (LanyardScreen *self);
LanyardWords *lanyard_screen_get_words (LanyardScreen *self);
/* Short for lanyard_words_get() with the page's words. */
const char *lanyard_screen_say (LanyardScreen *self, const char *msgid);
gboolean lanyard_screen_get_portrait (LanyardScreen *self);
gboolean lanyard_screen_get_low (LanyardScreen *self);
/* Letters are large, and the window scrolls the page as one. */
gboolean lanyard_screen_get_whole (LanyardScreen *self);
/* Emits "go", with which a page asks the window for one of its local pages ("number", "sign-in",
 * "reissue") or for the view's own page (NULL). */
void lanyard_screen_go (LanyardScreen *self, const char *local);
/* Emits "tell": @text is new on the page, and is to be said aloud where pages are. Labels that are
 * told so are of the class "told". */
void lanyard_screen_tell (LanyardScreen *self, const char *text);

G_END_DECLS
