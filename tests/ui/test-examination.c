/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the health page hides what is wrong, or a doctor that hangs holds up the kiosk. */

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-examination.h"

static const char *doctor; /* the real program */

typedef struct
{
  GMainLoop *loop;
  GPtrArray *facts;
  GError *error;
} Answer;

static void
on_examined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->facts = lanyard_examine_finish (result, &answer->error);
  g_main_loop_quit (answer->loop);
}

static void
examine (Answer *answer, const char *program, const char *config, GCancellable *cancellable)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  *answer = (Answer){ loop, NULL, NULL };
  lanyard_examine_async (program, config, cancellable, on_examined, answer);
  g_main_loop_run (loop);
  answer->loop = NULL;
}

/* Returns: (transfer full): path of a program that says @script */
static char *
write_program (const char *folder, const char *script)
{
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, NULL);
  char *path = g_build_filename (folder, "program", NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  return path;
}

static const LanyardFact *
get (GPtrArray *facts, guint i)
{
  g_assert_cmpuint (i, <, facts->len);
  return g_ptr_array_index (facts, i);
}

/* The real one, of a desk that lacks nearly everything: it is said in its words, what is wrong
 * first. */
static void
test_real (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-examination-XXXXXX", NULL);
  g_autofree char *config = g_build_filename (folder, "lanyard.conf", NULL);
  g_autofree char *text
      = g_strdup_printf ("[desk]\nvenue=VEL\nname=Desk\nstate-dir=%s\nmode=self-service\n"
                         "[pack]\ndirectory=%s/none\nroot-key=%064d\n"
                         "[hub]\nurls=http://127.0.0.1:1\n[printer]\nuri=file:%s\n"
                         "[vault]\nkey-file=%s/vault.key\n",
                         folder, folder, 0, folder, folder);
  gboolean any_fine = FALSE;
  Answer answer;

  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  examine (&answer, doctor, config, NULL);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.facts->len, >, 5);
  g_assert_cmpint (get (answer.facts, 0)->health, ==, LANYARD_HEALTH_WRONG);
  for (guint i = 0; i + 1 < answer.facts->len; i++)
    {
      const LanyardFact *fact = get (answer.facts, i);

      g_assert_cmpint (fact->health, <=, get (answer.facts, i + 1)->health);
      g_assert_cmpuint (strlen (fact->words), >, 0);
      any_fine = any_fine || get (answer.facts, i + 1)->health == LANYARD_HEALTH_FINE;
    }
  g_assert_true (any_fine);
  g_ptr_array_unref (answer.facts);
  g_unlink (config);
  g_rmdir (folder);
}

/* It cannot begin: its own sentence is the answer. */
static void
test_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-examination-XXXXXX", NULL);
  g_autofree char *config = g_build_filename (folder, "lanyard.conf", NULL);
  Answer answer;

  g_assert_true (g_file_set_contents (config, "[desk]\nnonsense=1\n", -1, NULL));
  examine (&answer, doctor, config, NULL);
  g_assert_null (answer.facts);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_IO);
  g_assert_nonnull (strstr (answer.error->message, "nonsense"));
  g_clear_error (&answer.error);
  g_unlink (config);
  g_rmdir (folder);
}

static void
test_nonsense (void)
{
  static const char *const scripts[] = {
    "exit 0\n",
    "echo fine\necho '[]'\necho '{\"check\":1,\"finding\":\"fine\",\"words\":\"x\"}'\n",
    "echo '{\"check\":\"a\",\"finding\":\"splendid\",\"words\":\"x\"}'\n",
    "printf '{\"check\":\"a\",\"finding\":\"fine\",\"words\":\"'\nhead -c 5000 /dev/zero | tr "
    "'\\0' "
    "x\necho '\"}'\n",
    "printf '\\377\\376\\n'\n",
  };
  g_autofree char *folder = g_dir_make_tmp ("lanyard-examination-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *path = write_program (folder, scripts[i]);
      Answer answer;

      examine (&answer, path, "lanyard.conf", NULL);
      g_assert_null (answer.facts);
      g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_IO);
      g_clear_error (&answer.error);
      g_unlink (path);
    }
  g_rmdir (folder);
}

/* It never ends: no more is believed than there is room for, and it is ended. */
static void
test_endless (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-examination-XXXXXX", NULL);
  g_autofree char *path = write_program (
      folder, "while :; do echo '{\"check\":\"a\",\"finding\":\"note\",\"words\":\"x\"}'; done\n");
  Answer answer;

  examine (&answer, path, "lanyard.conf", NULL);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.facts->len, ==, LANYARD_EXAMINATION_MAX_FACTS);
  g_ptr_array_unref (answer.facts);
  g_unlink (path);
  g_rmdir (folder);
}

static gboolean
on_idle (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* Somebody leaves the page while it hangs. */
static void
test_cancelled (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-examination-XXXXXX", NULL);
  g_autofree char *path = write_program (folder, "exec sleep 1000\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer;

  g_idle_add (on_idle, cancellable);
  examine (&answer, path, "lanyard.conf", cancellable);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_missing (void)
{
  Answer answer;

  examine (&answer, "/nowhere/lanyard", "lanyard.conf", NULL);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&answer.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  doctor = argv[1];
  g_assert_nonnull (doctor);
  g_test_add_func ("/ui/examination/real", test_real);
  g_test_add_func ("/ui/examination/refused", test_refused);
  g_test_add_func ("/ui/examination/nonsense", test_nonsense);
  g_test_add_func ("/ui/examination/endless", test_endless);
  g_test_add_func ("/ui/examination/cancelled", test_cancelled);
  g_test_add_func ("/ui/examination/missing", test_missing);
  return g_test_run ();
}
