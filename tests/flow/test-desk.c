/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the screen's thread and the desk's thread meet where they must not, or do not
 * meet. */

#include "fake-scanner.h"
#include "flow-fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lanyard-error.h"

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
} Desk;

static GThread *screen_thread;

/* The people and the keys as files, the way a real desk finds them. */
static void
make_files (FlowFixture *base)
{
  g_autofree char *key_path = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;
  guint8 bytes[32] = { 9, 9, 9 };

  flow_make (base, NULL);
  flow_open (base);
  flow_close (base);
  key_path = g_build_filename (base->folder, "desk.key", NULL);
  lanyard_key_save (base->desk_key, key_path, &error);
  g_assert_no_error (error);
  base->config->vault_key_file = g_build_filename (base->folder, "vault.key", NULL);
  secret = lanyard_hex_encode (bytes, sizeof bytes);
  g_file_set_contents_full (base->config->vault_key_file, secret, -1, G_FILE_SET_CONTENTS_NONE,
                            0600, &error);
  g_assert_no_error (error);
  g_free (base->config->printer_uri);
  base->config->printer_uri = g_strdup_printf ("file:%s/prints", base->folder);
  lanyard_desk_set_pin (base->folder, FLOW_PIN, &error);
  g_assert_no_error (error);
}

static gpointer
run_desk (gpointer data)
{
  Desk *desk = data;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (desk->context);
  desk->desk = lanyard_desk_open (g_steal_pointer (&desk->base.config), &desk->base.clock, &error);
  g_assert_no_error (error);
  lanyard_desk_add_configured_scanners (desk->desk);
  desk->scanner = fake_scanner_new ();
  lanyard_desk_add_scanner (desk->desk, LANYARD_SCANNER (desk->scanner));
  g_main_loop_run (desk->loop);
  lanyard_desk_close (g_steal_pointer (&desk->desk));
  g_assert_false (desk->scanner->started);
  g_clear_object (&desk->scanner);
  g_main_context_pop_thread_default (desk->context);
  return NULL;
}

static void
on_view (LanyardView *view, gpointer user_data)
{
  Desk *desk = user_data;

  g_assert_true (g_thread_self () == screen_thread);
  g_assert_true (desk->view == NULL || view->generation > desk->view->generation);
  g_clear_pointer (&desk->view, lanyard_view_unref);
  desk->view = lanyard_view_ref (view);
  desk->n_views++;
}

static void
on_status (const LanyardDeskStatus *status, gpointer user_data)
{
  Desk *desk = user_data;

  g_assert_true (g_thread_self () == screen_thread);
  lanyard_desk_status_clear (&desk->status);
  lanyard_desk_status_copy_into (&desk->status, status);
}

static gboolean
on_too_late (gpointer data)
{
  g_assert_not_reached ();
}

/* Runs the screen's loop until @done; that takes some milliseconds, and never a fixed time. */
static void
run_until (Desk *desk, gboolean (*done) (Desk *desk, const char *word), const char *word)
{
  guint limit = g_timeout_add_seconds (20, on_too_late, NULL);

  while (!done (desk, word))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

static gboolean
page_is (Desk *desk, const char *page)
{
  return desk->view != NULL && g_str_equal (lanyard_page_to_string (desk->view->page), page);
}

static gboolean
index_is_ready (Desk *desk, const char *word)
{
  return desk->status.index_ready;
}

static gboolean
badges_are_ready (Desk *desk, const char *word)
{
  return desk->status.badges_ready;
}

static gboolean
scanner_says (Desk *desk, const char *fault)
{
  return g_strcmp0 (desk->status.scanner_fault, fault) == 0;
}

static gboolean
is_staff (Desk *desk, const char *word)
{
  return desk->view->staff_signed_in;
}

static void
free_line (gpointer data)
{
  LanyardScannerConfig *scanner = data;

  g_free (scanner->device);
  g_free (scanner);
}

static void
make_line (Desk *desk)
{
  LanyardScannerConfig *scanner = g_new0 (LanyardScannerConfig, 1);

  desk->line = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (desk->line, >, 0);
  g_assert_cmpint (grantpt (desk->line), ==, 0);
  g_assert_cmpint (unlockpt (desk->line), ==, 0);
  scanner->device = g_strdup (ptsname (desk->line));
  desk->base.config->scanners = g_ptr_array_new_with_free_func (free_line);
  g_ptr_array_add (desk->base.config->scanners, scanner);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  screen_thread = g_thread_self ();
  make_files (&desk->base);
  if (data != NULL)
    make_line (desk);
  desk->context = g_main_context_new ();
  desk->loop = g_main_loop_new (desk->context, FALSE);
  desk->thread = g_thread_new ("desk", run_desk, desk);
  while (!g_main_loop_is_running (desk->loop))
    g_thread_yield ();
  lanyard_desk_listen (desk->desk, on_view, on_status, desk);
  run_until (desk, page_is, "welcome");
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_main_context_invoke (desk->context, quit, desk->loop);
  g_thread_join (desk->thread);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&desk->view, lanyard_view_unref);
  lanyard_desk_status_clear (&desk->status);
  g_main_loop_unref (desk->loop);
  g_main_context_unref (desk->context);
  flow_remove_folder (desk->base.folder);
  flow_free (&desk->base);
}

static void
scan (Desk *desk, const char *text)
{
  lanyard_desk_scan (desk->desk, lanyard_scan_new (LANYARD_SYMBOLOGY_WEDGE,
                                                   LANYARD_SCAN_SOURCE_WEDGE, text, strlen (text)));
}

static void
test_pickup (Desk *desk, gconstpointer data)
{
  g_autofree char *invitation
      = flow_make_credential (&desk->base, desk->base.hub, LANYARD_CREDENTIAL_INVITATION,
                              flow_number (PERSON_READY), NULL, 0);
  g_autofree char *badge = NULL;
  g_autofree char *printed = NULL;

  scan (desk, invitation);
  run_until (desk, page_is, "confirm");
  g_assert_cmpstr (desk->view->entry->number, ==, flow_number (PERSON_READY));
  lanyard_desk_input (desk->desk, LANYARD_INPUT_CONFIRM, desk->view->question, NULL);
  run_until (desk, page_is, "scan-back");
  printed = g_strdup_printf ("%s/prints/%s.pdf", desk->base.folder, desk->view->serial);
  g_assert_true (g_file_test (printed, G_FILE_TEST_IS_REGULAR));
  badge = flow_make_credential (&desk->base, desk->base.desk_key, LANYARD_CREDENTIAL_BADGE,
                                flow_number (PERSON_READY), desk->view->serial, 1);
  scan (desk, badge);
  run_until (desk, page_is, "done");
  lanyard_desk_input (desk->desk, LANYARD_INPUT_DONE, desk->view->question, NULL);
  run_until (desk, page_is, "welcome");
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

  g_assert_true (g_thread_self () == screen_thread);
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

  run_until (desk, index_is_ready, NULL);
  g_assert_cmpuint (desk->status.directory_size, ==, N_PEOPLE);
  search (desk, FLOW_NAME_MARK, &answer);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_clear_error (&answer.error);

  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  run_until (desk, is_staff, NULL);
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

typedef struct
{
  LanyardDayPart *part;
  LanyardExport *export;
  GError *error;
  gboolean done;
} DayAnswer;

static void
on_day_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DayAnswer *answer = user_data;

  g_assert_true (g_thread_self () == screen_thread);
  answer->part = lanyard_desk_list_day_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
list_day (Desk *desk, LanyardDayFilter filter, const char *text, DayAnswer *answer)
{
  LanyardDayAsk ask = { .filter = filter, .text = (char *)text, .max = 10 };

  *answer = (DayAnswer){ 0 };
  lanyard_desk_list_day_async (desk->desk, &ask, NULL, on_day_ready, answer);
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_listed (Desk *desk, LanyardDayFilter filter, const char *text, guint total)
{
  DayAnswer answer;

  list_day (desk, filter, text, &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.part->total, ==, total);
  g_assert_cmpuint (answer.part->lines->len, ==, total);
  lanyard_day_part_unref (answer.part);
}

static void
serve (Desk *desk)
{
  g_autofree char *badge = NULL;
  g_autofree char *invitation
      = flow_make_credential (&desk->base, desk->base.hub, LANYARD_CREDENTIAL_INVITATION,
                              flow_number (PERSON_READY), NULL, 0);

  scan (desk, invitation);
  run_until (desk, page_is, "confirm");
  lanyard_desk_input (desk->desk, LANYARD_INPUT_CONFIRM, desk->view->question, NULL);
  run_until (desk, page_is, "scan-back");
  badge = flow_make_credential (&desk->base, desk->base.desk_key, LANYARD_CREDENTIAL_BADGE,
                                flow_number (PERSON_READY), desk->view->serial, 1);
  scan (desk, badge);
  run_until (desk, page_is, "done");
  lanyard_desk_input (desk->desk, LANYARD_INPUT_DONE, desk->view->question, NULL);
  run_until (desk, page_is, "welcome");
}

/* Staff see what was done, with the name that is nowhere in the records; nobody else does. */
static void
test_day (Desk *desk, gconstpointer data)
{
  guint64 version = desk->status.day_version;
  DayAnswer answer;
  const LanyardDayLine *line;

  run_until (desk, index_is_ready, NULL);
  serve (desk);
  g_assert_cmpuint (desk->status.day_version, !=, version);
  list_day (desk, LANYARD_DAY_ALL, NULL, &answer);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_clear_error (&answer.error);

  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  run_until (desk, is_staff, NULL);
  list_day (desk, LANYARD_DAY_ALL, NULL, &answer);
  g_assert_no_error (answer.error);
  g_assert_true (answer.part->complete);
  g_assert_cmpuint (answer.part->total, ==, 1);
  g_assert_cmpuint (answer.part->collected, ==, 1);
  g_assert_cmpuint (answer.part->unprinted, ==, 0);
  line = g_ptr_array_index (answer.part->lines, 0);
  g_assert_cmpstr (line->row->number, ==, flow_number (PERSON_READY));
  g_assert_nonnull (strstr (line->name, FLOW_NAME_MARK));
  g_assert_true (line->waits);
  g_assert_false (line->disputed);
  lanyard_day_part_unref (answer.part);
  assert_listed (desk, LANYARD_DAY_WAITING, NULL, 1);
  assert_listed (desk, LANYARD_DAY_UNPRINTED, NULL, 0);
  assert_listed (desk, LANYARD_DAY_CONFLICTS, NULL, 0);
  assert_listed (desk, LANYARD_DAY_ALL, "quill", 1);
  assert_listed (desk, LANYARD_DAY_ALL, flow_number (PERSON_READY), 1);
  assert_listed (desk, LANYARD_DAY_ALL, "nobody at all", 0);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DayAnswer *answer = user_data;

  answer->export = lanyard_desk_export_day_finish (result, &answer->error);
  answer->done = TRUE;
}

static gint
export_day (Desk *desk, LanyardExportFormat format, const char *path)
{
  LanyardExportAsk ask = { .format = format, .path = path };
  DayAnswer answer = { 0 };
  gint code;

  lanyard_desk_export_day_async (desk->desk, &ask, NULL, on_exported, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  code = answer.error != NULL ? answer.error->code : 0;
  g_clear_error (&answer.error);
  g_clear_pointer (&answer.export, lanyard_export_free);
  return code;
}

/* A file is there, and a record of it: of the people, and of the day in its place. */
static void
test_export (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->base.folder, "prints", "day.csv", NULL);
  g_autofree char *text = NULL;
  guint64 pending;

  serve (desk);
  g_assert_cmpint (export_day (desk, LANYARD_EXPORT_CSV, path), ==, LANYARD_ERROR_UNTRUSTED);
  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  run_until (desk, is_staff, NULL);
  pending = desk->status.link.pending;
  g_assert_cmpint (export_day (desk, LANYARD_EXPORT_CSV, "/no/day"), ==, LANYARD_ERROR_NOT_FOUND);
  g_assert_cmpint (export_day (desk, LANYARD_EXPORT_PEOPLE, path), ==, 0);
  g_assert_cmpint (export_day (desk, LANYARD_EXPORT_CSV, path), ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, flow_number (PERSON_READY)));
  g_assert_null (strstr (text, FLOW_NAME_MARK));
  while (desk->status.link.pending <= pending)
    g_main_context_iteration (NULL, TRUE);
}

/* The desk has drawn badges by itself, and nobody can tell: none is printed, none is recorded. */
static void
test_rehearsal (Desk *desk, gconstpointer data)
{
  g_autofree char *prints = g_build_filename (desk->base.folder, "prints", NULL);
  g_autoptr (GDir) folder = NULL;
  guint64 pending = desk->status.link.pending;

  run_until (desk, badges_are_ready, NULL);
  g_assert_true (page_is (desk, "welcome"));
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
  run_until (desk, scanner_says, "The camera is unplugged.");
  g_assert_cmpint (desk->view->notice, ==, LANYARD_NOTICE_FOREIGN_CODE);
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

  run_until (desk, says_foreign, NULL);
  g_source_remove (sender);
  close (desk->line);
  run_until (desk, scanner_complains, "cannot be opened");
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

  screen_thread = g_thread_self ();
  make_files (&base);
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

  make_files (&base);
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

#define ADD(path, func) g_test_add ("/flow/desk/" path, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pickup", test_pickup);
  ADD ("search", test_search);
  ADD ("day", test_day);
  ADD ("export", test_export);
  ADD ("scanner", test_scanner);
  g_test_add ("/flow/desk/line", Desk, "line", set_up, test_line, tear_down);
  ADD ("rehearsal", test_rehearsal);
  g_test_add_func ("/flow/desk/close-while-searching", test_close_while_searching);
  g_test_add_func ("/flow/desk/open-errors", test_open_errors);
  return g_test_run ();
}
