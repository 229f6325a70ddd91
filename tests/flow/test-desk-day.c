/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a supervisor sees another day than the desk had, or gets another file of it. */

#include "desk-fixture.h"

#include "lanyard-error.h"
#include "lanyard-signed-files.h"

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

  g_assert_true (g_thread_self () == desk_screen_thread);
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

  desk_scan (desk, invitation);
  desk_run_until (desk, desk_page_is, "confirm");
  lanyard_desk_input (desk->desk, LANYARD_INPUT_CONFIRM, desk->view->question, NULL);
  desk_run_until (desk, desk_page_is, "scan-back");
  badge = flow_make_credential (&desk->base, desk->base.desk_key, LANYARD_CREDENTIAL_BADGE,
                                flow_number (PERSON_READY), desk->view->serial, 1);
  desk_scan (desk, badge);
  desk_run_until (desk, desk_page_is, "done");
  lanyard_desk_input (desk->desk, LANYARD_INPUT_DONE, desk->view->question, NULL);
  desk_run_until (desk, desk_page_is, "welcome");
}

/* Staff see what was done, with the name that is nowhere in the records; nobody else does. */
static void
test_day (Desk *desk, gconstpointer data)
{
  guint64 version = desk->status.day_version;
  DayAnswer answer;
  const LanyardDayLine *line;

  desk_run_until (desk, desk_index_is_ready, NULL);
  serve (desk);
  g_assert_cmpuint (desk->status.day_version, !=, version);
  list_day (desk, LANYARD_DAY_ALL, NULL, &answer);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_clear_error (&answer.error);

  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  desk_run_until (desk, desk_is_staff, NULL);
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
  desk_run_until (desk, desk_is_staff, NULL);
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

static gboolean
is_closed (Desk *desk, const char *what)
{
  return desk->view->notice == LANYARD_NOTICE_SHIFT_CLOSED;
}

static GBytes *
read_beside (Desk *desk, const char *name)
{
  g_autofree char *path = g_build_filename (desk->base.folder, "prints", name, NULL);
  char *content;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (path, &content, &n_bytes, NULL));
  return g_bytes_new_take (content, n_bytes);
}

/* Both files are what the desk signed, and say what became of the badge, without its person. */
static void
check_report (Desk *desk)
{
  g_autoptr (GBytes) signature = read_beside (desk, "shift.sig");
  g_autoptr (GBytes) json = read_beside (desk, "shift.json");
  LanyardTrustedKey trusted = { .key = *lanyard_key_get_public (desk->base.desk_key),
                                .scopes = LANYARD_SCOPE_RECORDS,
                                .device = 471,
                                .not_after_s = G_MAXINT64 };
  g_autoptr (LanyardTrustList) trust = lanyard_trust_list_new (1, 0, &trusted, 1);
  g_autoptr (LanyardSignedFiles) files = lanyard_signed_files_open (signature, trust, NULL);
  const char *text = g_bytes_get_data (json, NULL);
  gssize n_bytes = (gssize)g_bytes_get_size (json);

  g_assert_nonnull (files);
  g_assert_cmpuint (files->files->len, ==, 2);
  for (guint i = 0; i < files->files->len; i++)
    {
      const LanyardSignedFile *file = g_ptr_array_index (files->files, i);
      g_autoptr (GBytes) content = read_beside (desk, file->name);

      g_assert_true (lanyard_signed_file_check (file, content, NULL));
    }
  g_assert_nonnull (g_strstr_len (text, n_bytes, "\"confirmed\" : 1"));
  g_assert_nonnull (g_strstr_len (text, n_bytes, "\"closed_by\" : \"1\""));
  g_assert_nonnull (g_strstr_len (text, n_bytes, "\"unknown_prints\" : 0"));
  g_assert_null (g_strstr_len (text, n_bytes, FLOW_NAME_MARK));
  g_assert_null (g_strstr_len (text, n_bytes, flow_number (PERSON_READY)));
}

/* A shift that was closed has a report, which is recorded; one that was not has none. */
static void
test_shift_report (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->base.folder, "prints", "shift.pdf", NULL);
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_CLOSE_SHIFT);
  guint64 pending;

  serve (desk);
  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  desk_run_until (desk, desk_is_staff, NULL);
  g_assert_cmpint (export_day (desk, LANYARD_EXPORT_SHIFT, path), ==, LANYARD_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  lanyard_desk_act (desk->desk, action);
  desk_run_until (desk, is_closed, NULL);
  pending = desk->status.link.pending;
  g_assert_cmpint (export_day (desk, LANYARD_EXPORT_SHIFT, path), ==, 0);
  check_report (desk);
  while (desk->status.link.pending <= pending)
    g_main_context_iteration (NULL, TRUE);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/desk/" path, Desk, NULL, desk_set_up, func, desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_screen_thread = g_thread_self ();
  ADD ("day", test_day);
  ADD ("export", test_export);
  ADD ("shift-report", test_shift_report);
  return g_test_run ();
}
