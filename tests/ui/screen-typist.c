/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "screen-typist.h"

#include <gdk/x11/gdkx.h>

#include <string.h>

#include "lanyard-style.h"

#define LIMIT_S 20
/* An X server repeats a key that is down for 660 ms, 25 times a second. */
#define HOLD_MS 1500
/* More controls than any page of self-service has. */
#define MAX_STEPS 80

static void
on_released (GtkEventControllerKey *controller,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             TestTypist *self)
{
  self->n_released++;
}

static gboolean
on_limit (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_CONTINUE;
}

const char *
test_typist_begin (int argc, char **argv)
{
  g_autoptr (LanyardPack) pack = NULL;
  const char *program;

  g_assert_cmpint (argc, >=, 2);
  program = argv[--argc];
  gtk_test_init (&argc, &argv, NULL);
  pack = test_pack_load ("summer-games");
  lanyard_style_install (gdk_display_get_default (), "light", pack);
  return program;
}

void
test_typist_set_up (TestTypist *self, gconstpointer program)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->program = program;
  self->n_released = 0;
  self->recorder = test_recorder_new ();
  self->pack = test_pack_load ("summer-games");
  self->window = test_window_new (self->recorder, self->pack, 1280, 800);
  self->wedge
      = lanyard_wedge_new (GTK_WIDGET (self->window), LANYARD_CONTROLS (self->recorder), NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self->window), keys);
  test_typist_run (self, "search", "--sync", "--name", "Accreditation", "windowfocus", "--sync",
                   NULL);
}

void
test_typist_tear_down (TestTypist *self, gconstpointer program)
{
  g_assert_finalize_object (self->wedge);
  test_window_close (self->window);
  lanyard_pack_unref (self->pack);
  g_assert_finalize_object (self->recorder);
}

void
test_typist_run (TestTypist *self, const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list more;

  g_ptr_array_add (words, (char *)self->program);
  va_start (more, first);
  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (words, (char *)word);
  va_end (more);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv ((const char *const *)words->pdata, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

/* The scanner's decoder holds keys back for a moment: this waits until it has decided. */
void
test_typist_press (TestTypist *self, const char *key)
{
  guint before = self->n_released;
  gboolean late = FALSE, calm = FALSE;
  guint limit = g_timeout_add_seconds (LIMIT_S, on_limit, &late);
  guint silence;

  test_typist_run (self, "key", key, NULL);
  while (!late && self->n_released == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  silence = g_timeout_add (120, on_limit, &calm);
  while (!calm)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (silence);
  g_source_remove (limit);
  test_settle (GTK_WIDGET (self->window));
}

void
test_typist_hold (TestTypist *self, const char *key)
{
  Display *display
      = gdk_x11_display_get_xdisplay (gtk_widget_get_display (GTK_WIDGET (self->window)));
  gboolean calm = FALSE;
  guint before = self->n_released;
  guint wait;

  /* the server's keyboard that types for programs does not repeat of itself */
  XAutoRepeatOn (display);
  XFlush (display);
  test_typist_run (self, "keydown", key, NULL);
  wait = g_timeout_add (HOLD_MS, on_limit, &calm);
  while (!calm)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wait);
  test_typist_run (self, "keyup", key, NULL);
  while (self->n_released == before)
    g_main_context_iteration (NULL, TRUE);
  test_settle (GTK_WIDGET (self->window));
}

GtkWidget *
test_typist_get_focus (TestTypist *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

void
test_typist_show (TestTypist *self, const char *name, const char *language)
{
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    {
      g_autoptr (LanyardView) view = NULL;

      if (strcmp (TEST_SCREENS[i].name, name) != 0)
        continue;
      view = TEST_SCREENS[i].make (language);
      lanyard_window_show_view (self->window, view);
      test_settle (GTK_WIDGET (self->window));
      return;
    }
  g_assert_not_reached ();
}

void
test_typist_choose (TestTypist *self, const char *step, const char *name)
{
  GtkWidget *wanted = test_find_button (GTK_WIDGET (self->window), name);

  if (wanted == NULL)
    g_error ("there is no button “%s”", name);
  for (guint i = 0; i < MAX_STEPS && test_typist_get_focus (self) != wanted; i++)
    test_typist_press (self, step);
  if (test_typist_get_focus (self) != wanted)
    g_error ("%s does not lead to “%s”", step, name);
  test_typist_press (self, "Return");
}

void
test_typist_assert_asked (TestTypist *self, const char *expected)
{
  g_autofree char *lines = test_recorder_take (self->recorder);

  if (strstr (lines, expected) == NULL)
    g_error ("%swas not asked for, but:\n%s", expected, lines);
}
