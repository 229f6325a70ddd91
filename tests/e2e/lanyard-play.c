/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * lanyard-play: plays a script on the kiosk from outside, through AT-SPI and the camera's picture.
 *
 *   wait-window SECONDS          until the program shows a window
 *   wait-text "…" SECONDS        until the text shows
 *   wait-no-text "…" SECONDS     until it shows no more
 *   expect-text "…"              it shows now
 *   expect-no-text "…"           it does not
 *   press "Button" [SECONDS]     once it is there and sensitive
 *   press-part "Butt" [SECONDS]  what has this in its name
 *   type "Field" "text"          replaces what is in the field; "" is the first field
 *   show FILE                    the camera sees this picture from now on
 *   wait-file FILE SECONDS       until the file is there
 *   run "command" [SECONDS]      by sh; must end with 0
 *   screenshot FILE
 *   describe                     prints all that shows
 *
 * One command a line, words quoted as in a shell, # begins a comment. Every step is printed with
 * its time; the first that fails ends the play with exit code 1 and a description of the screen.
 * LANYARD_PLAY_PATIENCE=8 waits eight times as long for everything, where a machine has much else
 * to do.
 */

#define G_LOG_DOMAIN "lanyard-play"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "play-screen.h"

/* Between two looks at the screen while waiting. AT-SPI's events do not tell of all that changes.
 */
#define LOOK_INTERVAL_MS 60
#define DEFAULT_LIMIT_S 10.0

/* A button of GTK that was pressed from outside is down for 250 ms, and takes no other press
 * meanwhile; nor is anybody's finger faster than that. */
#define NEXT_PRESS_US (300 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  PlayScreen *screen; /* owned */
  char *camera;       /* owned (nullable): the file that the camera looks at */
  double patience;    /* multiplies all limits */
  gint64 started_us;
  char *pressed;     /* owned (nullable): name of what was pressed last */
  gint64 pressed_us; /* when that was */
} Play;

typedef gboolean (*StepFunc) (Play *play, char **words, GError **error);
typedef gboolean (*ConditionFunc) (Play *play, char **words);

static gboolean
on_look_again (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the main loop run until it is time to look again. */
static void
let_pass (void)
{
  gboolean passed = FALSE;

  g_timeout_add (LOOK_INTERVAL_MS, on_look_again, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
wait_for (Play *play, char **words, ConditionFunc condition, const char *limit, GError **error)
{
  double limit_s = limit != NULL ? g_ascii_strtod (limit, NULL) : DEFAULT_LIMIT_S;
  gint64 until_us = g_get_monotonic_time () + (gint64)(limit_s * play->patience * G_USEC_PER_SEC);

  while (!condition (play, words))
    {
      if (g_get_monotonic_time () > until_us)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "not within %g s", limit_s);
          return FALSE;
        }
      let_pass ();
    }
  return TRUE;
}

static gboolean
is_window_there (Play *play, char **words)
{
  return play_screen_is_there (play->screen);
}

static gboolean
is_text_there (Play *play, char **words)
{
  return play_screen_has_text (play->screen, words[1]);
}

static gboolean
is_text_gone (Play *play, char **words)
{
  /* A program that is gone shows nothing at all. */
  return play_screen_is_there (play->screen) && !play_screen_has_text (play->screen, words[1]);
}

static gboolean
is_file_there (Play *play, char **words)
{
  return g_file_test (words[1], G_FILE_TEST_IS_REGULAR);
}

/* The same button twice: only when it is up again. */
static gboolean
did_press_named (Play *play, const char *name, gboolean whole)
{
  if (g_strcmp0 (play->pressed, name) == 0
      && g_get_monotonic_time () < play->pressed_us + NEXT_PRESS_US)
    return FALSE;
  if (!play_screen_press (play->screen, name, whole))
    return FALSE;
  g_free (play->pressed);
  play->pressed = g_strdup (name);
  play->pressed_us = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
did_press (Play *play, char **words)
{
  return did_press_named (play, words[1], TRUE);
}

static gboolean
did_press_part (Play *play, char **words)
{
  return did_press_named (play, words[1], FALSE);
}

static gboolean
did_type (Play *play, char **words)
{
  return play_screen_type (play->screen, *words[1] != '\0' ? words[1] : NULL, words[2]);
}

static gboolean
step_wait_window (Play *play, char **words, GError **error)
{
  return wait_for (play, words, is_window_there, words[1], error);
}

static gboolean
step_wait_text (Play *play, char **words, GError **error)
{
  return wait_for (play, words, is_text_there, words[2], error);
}

static gboolean
step_wait_no_text (Play *play, char **words, GError **error)
{
  return wait_for (play, words, is_text_gone, words[2], error);
}

static gboolean
step_wait_file (Play *play, char **words, GError **error)
{
  return wait_for (play, words, is_file_there, words[2], error);
}

static gboolean
step_expect_text (Play *play, char **words, GError **error)
{
  return wait_for (play, words, is_text_there, "0", error);
}

static gboolean
step_expect_no_text (Play *play, char **words, GError **error)
{
  return wait_for (play, words, is_text_gone, "0", error);
}

static gboolean
step_press (Play *play, char **words, GError **error)
{
  return wait_for (play, words, did_press, words[2], error);
}

static gboolean
step_press_part (Play *play, char **words, GError **error)
{
  return wait_for (play, words, did_press_part, words[2], error);
}

static gboolean
step_type (Play *play, char **words, GError **error)
{
  return wait_for (play, words, did_type, words[3], error);
}

/* The camera reads the file again and again: it must never meet half a picture. */
static gboolean
step_show (Play *play, char **words, GError **error)
{
  g_autofree char *content = NULL;
  gsize n_bytes;

  if (play->camera == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no --camera was named");
      return FALSE;
    }
  return g_file_get_contents (words[1], &content, &n_bytes, error)
         && g_file_set_contents_full (play->camera, content, (gssize)n_bytes,
                                      G_FILE_SET_CONTENTS_CONSISTENT, 0644, error);
}

static gboolean
run_program (const char *const *argv, GError **error)
{
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_INHERIT, error);

  return process != NULL && g_subprocess_wait_check (process, NULL, error);
}

static gboolean
step_run (Play *play, char **words, GError **error)
{
  const char *argv[] = { "sh", "-c", words[1], NULL };

  return run_program (argv, error);
}

static gboolean
step_screenshot (Play *play, char **words, GError **error)
{
  const char *argv[] = { "import", "-window", "root", words[1], NULL };

  return run_program (argv, error);
}

static gboolean
step_describe (Play *play, char **words, GError **error)
{
  g_autofree char *text = play_screen_describe (play->screen);

  fputs (text, stdout);
  return TRUE;
}

static const struct
{
  const char *name;
  guint min_words; /* behind the name */
  guint max_words;
  StepFunc run;
} steps[] = {
  { "wait-window", 0, 1, step_wait_window },
  { "wait-text", 1, 2, step_wait_text },
  { "wait-no-text", 1, 2, step_wait_no_text },
  { "wait-file", 1, 2, step_wait_file },
  { "expect-text", 1, 1, step_expect_text },
  { "expect-no-text", 1, 1, step_expect_no_text },
  { "press", 1, 2, step_press },
  { "press-part", 1, 2, step_press_part },
  { "type", 2, 3, step_type },
  { "show", 1, 1, step_show },
  { "run", 1, 1, step_run },
  { "screenshot", 1, 1, step_screenshot },
  { "describe", 0, 0, step_describe },
};

static gboolean
play_words (Play *play, char **words, GError **error)
{
  guint n = g_strv_length (words) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!g_str_equal (words[0], steps[i].name))
        continue;
      if (n >= steps[i].min_words && n <= steps[i].max_words)
        return steps[i].run (play, words, error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "wrong number of words");
      return FALSE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "there is no such command");
  return FALSE;
}

static gboolean
play_line (Play *play, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  gint64 begun_us = g_get_monotonic_time ();
  gboolean ok;

  if (!g_shell_parse_argv (line, NULL, &words, &error))
    {
      if (g_error_matches (error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING))
        return TRUE;
      g_printerr ("lanyard-play: %s: %s\n", line, error->message);
      return FALSE;
    }
  ok = play_words (play, words, &error);
  /* As it is: g_print() would put question marks for what a plain locale does not have. */
  printf ("%8.3f s  %s (%.3f s)%s%s\n", (double)(begun_us - play->started_us) / G_USEC_PER_SEC,
          line, (double)(g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC,
          ok ? "" : "  FAILED: ", ok ? "" : error->message);
  fflush (stdout);
  if (!ok)
    {
      g_autofree char *shows = play_screen_describe (play->screen);

      g_printerr ("lanyard-play: this shows:\n%s", shows);
    }
  return ok;
}

/* How much longer than written everything may take. */
static double
get_patience (void)
{
  const char *text = g_getenv ("LANYARD_PLAY_PATIENCE");

  return text != NULL ? MAX (g_ascii_strtod (text, NULL), 1) : 1;
}

static gboolean
play_file (Play *play, FILE *file)
{
  char *line = NULL;
  size_t n_allocated = 0;
  gboolean ok = TRUE;

  while (ok && getline (&line, &n_allocated, file) >= 0)
    ok = play_line (play, g_strstrip (line));
  free (line);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autofree char *program = NULL;
  g_autofree char *camera = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "program", 0, 0, G_OPTION_ARG_STRING, &program, "Name on the accessibility bus", "NAME" },
    { "camera", 0, 0, G_OPTION_ARG_FILENAME, &camera, "File that the camera looks at", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[SCRIPT]");
  g_autoptr (PlayScreen) screen = NULL;
  Play play = { .patience = get_patience (), .started_us = g_get_monotonic_time () };
  FILE *file;
  gboolean ok;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 2)
    return g_printerr ("lanyard-play: %s\n", error ? error->message : "one script at most"), 2;
  if (atspi_init () > 1)
    return g_printerr ("lanyard-play: The accessibility bus does not answer.\n"), 3;

  screen = play_screen_new (program != NULL ? program : "lanyard-kiosk");
  play.screen = screen;
  play.camera = camera;
  file = argc == 2 ? fopen (argv[1], "r") : stdin;
  if (file == NULL)
    return g_printerr ("lanyard-play: There is no script '%s'.\n", argv[1]), 2;
  ok = play_file (&play, file);
  if (file != stdin)
    fclose (file);
  g_free (play.pressed);
  atspi_exit ();
  return ok ? 0 : 1;
}
