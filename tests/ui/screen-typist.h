/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-wedge.h"
#include "screen-fixtures.h"

G_BEGIN_DECLS

/* A window before which somebody works with keys alone: real key events of a real X server, made by
 * xdotool, through the scanner's decoder. */
typedef struct
{
  const char *program; /* of xdotool; to be set before the rest is set up */
  TestRecorder *recorder;
  LanyardPack *pack;
  LanyardWindow *window;
  LanyardWedge *wedge;
  guint n_released;
} TestTypist;

/* Makes ready what all windows of a test have in common. Returns: (transfer none): the path of
 * xdotool, which is the last argument */
const char *test_typist_begin (int argc, char **argv);
/* @program: as test_typist_begin() told it. Both may be given to g_test_add(). */
void test_typist_set_up (TestTypist *self, gconstpointer program);
void test_typist_tear_down (TestTypist *self, gconstpointer program);
/* Runs xdotool with these words, up to a NULL. */
void test_typist_run (TestTypist *self, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* Presses @key and waits until the window has seen it let go and all is done. */
void test_typist_press (TestTypist *self, const char *key);
/* Keeps @key down for so long that it repeats itself, and lets go. */
void test_typist_hold (TestTypist *self, const char *key);
/* Presses @step until the control called @name has the focus, and then Enter. */
void test_typist_choose (TestTypist *self, const char *step, const char *name);
/* @name: of TEST_SCREENS */
void test_typist_show (TestTypist *self, const char *name, const char *language);
/* Returns: (transfer none) (nullable) */
GtkWidget *test_typist_get_focus (TestTypist *self);
void test_typist_assert_asked (TestTypist *self, const char *expected);

G_END_DECLS
