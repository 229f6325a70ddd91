/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fake-scanner.h"
#include "flow-fixture.h"

/* A desk on its own thread, and what the screen's thread, this one, knows of it. */
typedef struct
{
  FlowFixture base;
  GThread *thread;
  GMainContext *context; /* the desk's */
  GMainLoop *loop;       /* the desk's */
  LanyardDesk *desk;
  FakeScanner *scanner;
  int line; /* the other end of a serial scanner's; 0: there is none */
  LanyardView *view;
  LanyardDeskStatus status;
  guint n_views;
  int asked; /* (atomic): 0: nobody has looked; 1: the scanner is asked for no document; 2: for one
              */
} Desk;

/* The screen's thread: the test's own. To be set before the first desk. */
extern GThread *desk_screen_thread;

/* The people and the keys as files, the way a real desk finds them. */
void desk_make_files (FlowFixture *base);
/* The keys, the PIN and a printer alone: after flow_close() of a desk with a past. */
void desk_write_files (FlowFixture *base);
/* For g_test_add. @data: "line": with a scanner on a serial line; "aside": an earlier program set a
 * row aside */
void desk_set_up (Desk *desk, gconstpointer data);
void desk_tear_down (Desk *desk, gconstpointer data);
/* Runs this thread until @done says so of @word; fails after a while. */
void desk_run_until (Desk *desk, gboolean (*done) (Desk *desk, const char *word), const char *word);
gboolean desk_page_is (Desk *desk, const char *page);
gboolean desk_index_is_ready (Desk *desk, const char *word);
gboolean desk_badges_are_ready (Desk *desk, const char *word);
gboolean desk_scanner_says (Desk *desk, const char *fault);
gboolean desk_is_staff (Desk *desk, const char *word);
/* Somebody shows a code. */
void desk_scan (Desk *desk, const char *text);
