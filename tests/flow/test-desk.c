/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the screen's thread and the desk's thread meet where they must not, or do not
 * meet. */

#include "desk-fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lanyard-error.h"

static void
test_pickup (Desk *desk, gconstpointer data)
{
  g_autofree char *invitation
      = flow_make_credential (&desk->base, desk->base.hub, LANYARD_CREDENTIAL_INVITATION,
                              flow_number (PERSON_READY), NULL, 0);
  g_autofree char *badge = NULL;
  g_autofree char *printed = NULL;

  desk_scan (desk, invitation);
  desk_run_until (desk, desk_page_is, "confirm");
  g_assert_cmpstr (desk->view->entry->number, ==, flow_number (PERSON_READY));
  lanyard_desk_input (desk->desk, LANYARD_INPUT_CONFIRM, desk->view->question, NULL);
  desk_run_until (desk, desk_page_is, "scan-back");
  printed = g_strdup_printf ("%s/prints/%s.pdf", desk->base.folder, desk->view->serial);
  g_assert_true (g_file_test (printed, G_FILE_TEST_IS_REGULAR));
  badge = flow_make_credential (&desk->base, desk->base.desk_key, LANYARD_CREDENTIAL_BADGE,
                                flow_number (PERSON_READY), desk->view->serial, 1);
  desk_scan (desk, badge);
  desk_run_until (desk, desk_page_is, "done");
  lanyard_desk_input (desk->desk, LANYARD_INPUT_DONE, desk->view->question, NULL);
  desk_run_until (desk, desk_page_is, "welcome");
  g_assert_null (desk->view->entry);
}

typedef struct
{
  GPtrArray *hits;
  GError *error;
  gboolean done;
} Answer;

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  g_assert_true (g_thread_self () == desk_screen_thread);
  answer->hits = lanyard_desk_search_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
search (Desk *desk, const char *query, Answer *answer)
{
  *answer = (Answer){ 0 };
  lanyard_desk_search_async (desk->desk, query, 10, NULL, on_search_ready, answer);
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_search (Desk *desk, gconstpointer data)
{
  Answer answer;

  desk_run_until (desk, desk_index_is_ready, NULL);
  g_assert_cmpuint (desk->status.directory_size, ==, N_PEOPLE);
  search (desk, FLOW_NAME_MARK, &answer);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_clear_error (&answer.error);

  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  desk_run_until (desk, desk_is_staff, NULL);
  g_assert_cmpint (desk->view->page, ==, LANYARD_PAGE_STAFF);
  search (desk, "quill", &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.hits->len, ==, N_PEOPLE);
  lanyard_desk_open_person (desk->desk, ((LanyardHit *)g_ptr_array_index (answer.hits, 0))->number);
  g_ptr_array_unref (answer.hits);
  while (desk->view->entry == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (desk->view->page, ==, LANYARD_PAGE_STAFF);
}

static gboolean
nothing_is_aside (Desk *desk, const char *word)
{
  return desk->n_views > 0 && desk->status.directory_size == N_PEOPLE + 1
         && desk->status.link.set_aside == 0;
}

/* Nobody has to do anything for it but start the new program. */
static void
test_aside (Desk *desk, gconstpointer data)
{
  desk_run_until (desk, nothing_is_aside, NULL);
}

/* The desk has drawn badges by itself, and nobody can tell: none is printed, none is recorded. */
static void
test_rehearsal (Desk *desk, gconstpointer data)
{
  g_autofree char *prints = g_build_filename (desk->base.folder, "prints", NULL);
  g_autoptr (GDir) folder = NULL;
  guint64 pending = desk->status.link.pending;

  desk_run_until (desk, desk_badges_are_ready, NULL);
  g_assert_true (desk_page_is (desk, "welcome"));
  g_assert_null (desk->view->entry);
  folder = g_dir_open (prints, 0, NULL);
  g_assert_true (folder == NULL || g_dir_read_name (folder) == NULL);
  g_assert_cmpuint (desk->status.link.pending, ==, pending);
}

static gboolean
show_code (gpointer data)
{
  Desk *desk = data;

  fake_scanner_show (desk->scanner, "not a code of ours");
  fake_scanner_set_fault (desk->scanner, "The camera is unplugged.");
  return G_SOURCE_REMOVE;
}

static void
test_scanner (Desk *desk, gconstpointer data)
{
  g_main_context_invoke (desk->context, show_code, desk);
  desk_run_until (desk, desk_scanner_says, "The camera is unplugged.");
  g_assert_cmpint (desk->view->notice, ==, LANYARD_NOTICE_FOREIGN_CODE);
}

static gboolean
note_asked (gpointer data)
{
  Desk *desk = data;

  g_atomic_int_set (&desk->asked, FAKE_SCANNER (desk->scanner)->asked + 1);
  return G_SOURCE_REMOVE;
}

static gboolean
was_asked (Desk *desk)
{
  int asked;

  g_atomic_int_set (&desk->asked, 0);
  g_main_context_invoke (desk->context, note_asked, desk);
  while ((asked = g_atomic_int_get (&desk->asked)) == 0)
    g_thread_yield ();
  return asked == 2;
}

/* The camera hears when a document counts, and when it counts no more. */
static void
test_asked (Desk *desk, gconstpointer data)
{
  g_assert_false (was_asked (desk));
  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  desk_run_until (desk, desk_is_staff, NULL);
  g_assert_true (was_asked (desk));
  lanyard_desk_input (desk->desk, LANYARD_INPUT_SIGN_OUT, desk->view->question, NULL);
  desk_run_until (desk, desk_page_is, "welcome");
  g_assert_false (was_asked (desk));
}

static gboolean
says_foreign (Desk *desk, const char *word)
{
  return desk->view->notice == LANYARD_NOTICE_FOREIGN_CODE;
}

static gboolean
scanner_complains (Desk *desk, const char *word)
{
  return desk->status.scanner_fault != NULL && strstr (desk->status.scanner_fault, word) != NULL;
}

static gboolean
on_send (gpointer line)
{
  const char *code = "not a code of ours\r";

  g_assert_cmpint (write (GPOINTER_TO_INT (line), code, strlen (code)), ==, strlen (code));
  return G_SOURCE_CONTINUE;
}

/* From a wire to the screen, and the fault when the wire is pulled. */
static void
test_line (Desk *desk, gconstpointer data)
{
  /* until the line is held what is sent is lost, as on a real one */
  guint sender = g_timeout_add (20, on_send, GINT_TO_POINTER (desk->line));

  desk_run_until (desk, says_foreign, NULL);
  g_source_remove (sender);
  close (desk->line);
  desk_run_until (desk, scanner_complains, "cannot be opened");
}

/* What was still under way when the desk closed is answered too, with an error. */
static void
test_close_while_searching (void)
{
  FlowFixture base = { 0 };
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  LanyardDesk *desk;
  Answer answer = { 0 };

  desk_screen_thread = g_thread_self ();
  desk_make_files (&base);
  g_main_context_push_thread_default (context);
  desk = lanyard_desk_open (g_steal_pointer (&base.config), &base.clock, &error);
  g_assert_no_error (error);
  g_main_context_pop_thread_default (context);
  lanyard_desk_search_async (desk, "quill", 10, NULL, on_search_ready, &answer);
  g_main_context_push_thread_default (context);
  lanyard_desk_close (desk);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&answer.error);
  flow_remove_folder (base.folder);
  flow_free (&base);
}

/* What is missing when it opens: one sentence each, and nothing made anew or thrown away. */
static void
test_open_errors (void)
{
  FlowFixture base = { 0 };
  g_autofree char *journal = NULL;
  g_autofree char *content = NULL;
  static const struct
  {
    const char *what;
    LanyardError code;
  } cases[] = {
    { "venue", LANYARD_ERROR_USAGE },     { "pack", LANYARD_ERROR_NOT_FOUND },
    { "vault", LANYARD_ERROR_NOT_FOUND }, { "printer", LANYARD_ERROR_USAGE },
    { "journal", LANYARD_ERROR_CORRUPT },
  };

  desk_make_files (&base);
  journal = g_build_filename (base.folder, "journal.db", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      LanyardConfig *config = g_new0 (LanyardConfig, 1);
      gboolean spoil = g_str_equal (cases[i].what, "journal");

      config->state_dir = g_strdup (base.folder);
      config->hub_urls = g_new0 (char *, 1);
      config->root_key = g_strdup (base.config->root_key);
      config->idle_s = 45;
      config->venue = g_strdup (g_str_equal (cases[i].what, "venue") ? "999" : "101");
      config->pack_dir
          = g_strdup (g_str_equal (cases[i].what, "pack") ? "/nowhere" : base.config->pack_dir);
      config->vault_key_file = g_strdup (
          g_str_equal (cases[i].what, "vault") ? "/nowhere/key" : base.config->vault_key_file);
      config->printer_uri
          = g_strdup (g_str_equal (cases[i].what, "printer") ? "lpt1" : base.config->printer_uri);
      if (spoil)
        g_assert_true (g_file_set_contents (journal, "this is no database at all", -1, NULL));
      g_assert_null (lanyard_desk_open (config, &base.clock, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, LANYARD_ERROR, (int)cases[i].code);
    }
  g_assert_true (g_file_get_contents (journal, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "this is no database at all");
  flow_remove_folder (base.folder);
  flow_free (&base);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/desk/" path, Desk, NULL, desk_set_up, func, desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pickup", test_pickup);
  ADD ("search", test_search);
  ADD ("scanner", test_scanner);
  ADD ("asked", test_asked);
  g_test_add ("/flow/desk/line", Desk, "line", desk_set_up, test_line, desk_tear_down);
  g_test_add ("/flow/desk/aside", Desk, "aside", desk_set_up, test_aside, desk_tear_down);
  ADD ("rehearsal", test_rehearsal);
  g_test_add_func ("/flow/desk/close-while-searching", test_close_while_searching);
  g_test_add_func ("/flow/desk/open-errors", test_open_errors);
  return g_test_run ();
}
