/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-aids.h"
#include "lanyard-illustration.h"
#include "lanyard-more-time.h"
#include "lanyard-notice-card.h"
#include "lanyard-page-table.h"
#include "lanyard-screen.h"
#include "lanyard-scroller.h"
#include "lanyard-fresh-page.h"
#include "lanyard-held-keys.h"
#include "lanyard-shortcuts.h"
#include "lanyard-speaker.h"
#include "lanyard-status-pill.h"
#include "lanyard-window.h"

G_BEGIN_DECLS

struct _LanyardWindow
{
  GtkApplicationWindow parent_instance;

  /* template children */
  LanyardIllustration *logo;
  GtkLabel *event_label;
  LanyardStatusPill *pill;
  GtkBox *column;
  GtkWidget *header;
  GtkWidget *edge;
  GtkWidget *foot;
  GtkWidget *tools;
  LanyardAids *aids;
  GtkWidget *staff_button;
  LanyardIllustration *staff_icon;
  LanyardScroller *scroller;
  GtkStack *stack;
  LanyardNoticeCard *notice;
  LanyardMoreTime *more_time;

  /* owned */
  LanyardControls *controls;    /* (nullable): after dispose */
  LanyardKeys *keys;            /* (nullable): after dispose */
  LanyardFreshPage *fresh_page; /* (nullable): after dispose */
  LanyardHeldKeys *held_keys;   /* (nullable): after dispose */
  LanyardShortcuts *shortcuts;  /* (nullable): after dispose */
  LanyardSpeaker *speaker;      /* (nullable): after dispose */
  LanyardChime *chime;          /* (nullable) */
  LanyardPack *pack;            /* (nullable) */
  gboolean other_pack;          /* than that whose words are shown */
  char *venue;                  /* (nullable) */
  char *default_language;       /* (nullable) */
  LanyardWords *words;
  LanyardView *view; /* (nullable) */
  LanyardDeskStatus status;
  GdkTexture *picture; /* (nullable) */

  /* borrowed */
  GtkWidget *asked;          /* (nullable): had the focus when the question about time came */
  const LanyardPageRow *row; /* (nullable): of the page that is on */
  const char *local;         /* (nullable): name of the local page that is on */
  guint64 local_question;    /* of the view over which it was opened */
  guint64 shown_question;    /* of the view that is shown */

  /* state */
  LanyardScreen *screen; /* (nullable): the page that is on; the stack owns it */
  LanyardHint hint;
  gboolean have_status;
  gboolean portrait;
  int height_px; /* of the window; 0: not laid out yet */
  guint64 notice_generation;
  guint64 tone_generation;
  gint64 last_activity_us;
  guint listening;           /* source id; 0: nobody listens to a page that goes by itself */
  gint64 listened_us;        /* since when */
  guint64 listened_question; /* to what */
};

/* What stands around the pages, and what people ask of the screen: lanyard-window-frame.c. */

/* Keys, voice and the buttons for everybody; once, when the window is made. */
void lanyard_window_frame_init (LanyardWindow *self);
void lanyard_window_frame_arrange (LanyardWindow *self);
void lanyard_window_frame_arrange_page (LanyardWindow *self,
                                        LanyardScreen *screen,
                                        const LanyardPageRow *row);
/* Frame and pages, for a screen that was turned or whose person asked for something. */
void lanyard_window_frame_arrange_all (LanyardWindow *self);
/* The page in front is another one, or says something else. */
void lanyard_window_frame_speak (LanyardWindow *self);
/* What is heard of the scan that brought the view. */
void lanyard_window_frame_sound (LanyardWindow *self);
/* A page that goes by itself waits, within reason, for the end of what is said of it. */
void lanyard_window_frame_listen (LanyardWindow *self);

G_END_DECLS
