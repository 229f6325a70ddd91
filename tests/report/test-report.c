/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a file of the day is not what a spreadsheet, a program or a director can trust. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "lanyard-badge-pdf.h"
#include "lanyard-error.h"
#include "lanyard-report-file.h"

#define N_PEOPLE 1000
#define DAY_US G_GINT64_CONSTANT (1795000000000000)
#define ARABIC "\u0644\u064a\u0644\u0649 \u0627\u0644\u0645\u062b\u0627\u0644"

typedef struct
{
  char *folder;
  LanyardReport *report;
} Fixture;

static void
add (LanyardReport *report, const char *name, LanyardPickupState state)
{
  LanyardDayRow *row = g_new0 (LanyardDayRow, 1);
  LanyardReportRow *added;
  guint n = report->rows->len;

  row->began_us = row->changed_us = DAY_US + n * G_USEC_PER_SEC;
  row->kind = LANYARD_DAY_BADGE;
  row->state = state;
  row->number = g_strdup_printf ("33%06uK", n);
  row->serial = g_strdup_printf ("K0001-%06uX", n);
  row->category = g_intern_string ("PLAYER");
  added = lanyard_report_add (report, row);
  added->name = g_strdup (name);
  report->all++;
  report->unprinted += lanyard_day_is_unprinted (state);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  LanyardReport *report = lanyard_report_new ();

  fixture->folder = g_dir_make_tmp ("lanyard-report-XXXXXX", NULL);
  fixture->report = report;
  report->event = g_strdup ("Small Cup");
  report->venue = g_strdup ("Hall, \"North\"");
  report->desk = g_strdup ("Left");
  report->language = g_strdup ("en");
  report->zone = g_time_zone_new_utc ();
  report->began_us = DAY_US;
  report->made_us = DAY_US + G_TIME_SPAN_HOUR;
  report->tally.n_hours = 1;
  report->tally.hours[0] = (LanyardDayCount){ .begun = 3, .collected = 2 };
  report->names = TRUE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  lanyard_report_unref (fixture->report);
}

/* Returns: (transfer full): path of what was written and kept */
static char *
save (Fixture *fixture, LanyardExportFormat format)
{
  g_autoptr (GError) error = NULL;
  char *path = lanyard_report_dup_path (fixture->report, fixture->folder, "V 1", format);
  g_autoptr (LanyardReportFile) file
      = lanyard_report_file_write (fixture->report, path, format, &error);

  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (lanyard_report_file_keep (file, &error));
  g_assert_no_error (error);
  return path;
}

static char *
save_and_read (Fixture *fixture, LanyardExportFormat format)
{
  g_autofree char *path = save (fixture, format);
  char *text = NULL;
  struct stat facts;

  g_assert_cmpint (stat (path, &facts), ==, 0);
  g_assert_cmpuint (facts.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_csv (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  LanyardReportRow *lost;

  add (fixture->report, "=cmd()", LANYARD_PICKUP_ISSUED);
  add (fixture->report, "Doe, \"Jo\"\nTwo", LANYARD_PICKUP_VOID);
  add (fixture->report, ARABIC, LANYARD_PICKUP_ATTENTION);
  add (fixture->report, "\uff1dSUM(A1)", LANYARD_PICKUP_ISSUED);
  lost = g_ptr_array_index (fixture->report->rows, 1);
  lost->row->void_reason = LANYARD_VOID_LOST;
  text = save_and_read (fixture, LANYARD_EXPORT_CSV);
  g_assert_nonnull (strstr (text, "Badge,Void,Lost,33000001K,"));
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbf"
                                         "Began,Last change,Kind,State,Reason,Number,"));
  g_assert_nonnull (strstr (text, ",yes,no,\"'=cmd()\"\r\n"));
  g_assert_nonnull (strstr (text, "\"Doe, \"\"Jo\"\"\nTwo\"\r\n"));
  g_assert_nonnull (strstr (text, ARABIC "\r\n"));
  g_assert_nonnull (strstr (text, "\"'\uff1dSUM(A1)\"\r\n"));
  g_assert_nonnull (strstr (text, "Badge,Handed out,,33000000K,K0001-000000X,PLAYER,"));
}

/* Names that nobody asked for are in none of the files. */
static void
test_no_names (Fixture *fixture, gconstpointer data)
{
  static const LanyardExportFormat formats[]
      = { LANYARD_EXPORT_CSV, LANYARD_EXPORT_JSON_LINES, LANYARD_EXPORT_PDF };

  fixture->report->names = FALSE;
  add (fixture->report, "Quillfeather", LANYARD_PICKUP_ATTENTION);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = save (fixture, formats[i]);
      g_autofree char *text = NULL;
      gsize n_bytes;

      g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
      g_assert_null (memmem (text, n_bytes, "Quillfeather", strlen ("Quillfeather")));
      g_assert_null (memmem (text, n_bytes, "name", strlen ("name,")));
    }
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  add (fixture->report, "=cmd()", LANYARD_PICKUP_ISSUED);
  add (fixture->report, "A \"B\"\n" ARABIC, LANYARD_PICKUP_REPORTED);
  text = save_and_read (fixture, LANYARD_EXPORT_JSON_LINES);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_nonnull (strstr (lines[0], "\"name\":\"=cmd()\""));
  g_assert_nonnull (strstr (lines[0], "\"at_hub\":true"));
  g_assert_nonnull (strstr (lines[1], "\"name\":\"A \\\"B\\\"\\n"));
}

/* Read by somebody else's program: no cell is a formula, and every name is whole. */
static void
test_xlsx (Fixture *fixture, gconstpointer data)
{
  static const char *const program
      = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\n"
        "s = z.read('xl/worksheets/sheet1.xml').decode()\n"
        "assert '<f>' not in s and '<f ' not in s\n"
        "assert '=cmd()' in s and 'n' * 200 in s and '\\u0644\\u064a\\u0644\\u0649' in s\n"
        "assert s.count('<row ') == 4";
  g_autofree char *path = NULL, *long_name = g_strnfill (200, 'n');
  g_autoptr (GError) error = NULL;
  int status;

  add (fixture->report, "=cmd()", LANYARD_PICKUP_ISSUED);
  add (fixture->report, long_name, LANYARD_PICKUP_ISSUED);
  add (fixture->report, ARABIC, LANYARD_PICKUP_ISSUED);
  path = save (fixture, LANYARD_EXPORT_XLSX);
  {
    const char *argv[] = { "python3", "-c", program, path, NULL };

    g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                                 NULL, &status, &error));
  }
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* Long, from the right, and with more in doubt than fits: it ends, and is a document. */
static void
test_pdf (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *text = NULL, *long_name = g_strnfill (200, 'n');
  gsize n_bytes;

  fixture->report->from_right = data != NULL;
  g_free (fixture->report->language);
  fixture->report->language = g_strdup (data != NULL ? "ar" : "en");
  for (guint i = 0; i < 60; i++)
    add (fixture->report, i % 2 == 0 ? long_name : ARABIC, LANYARD_PICKUP_ATTENTION);
  fixture->report->tally.n_hours = LANYARD_DAY_MAX_HOURS;
  path = save (fixture, LANYARD_EXPORT_PDF);
  g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
  g_assert_true (lanyard_pdf_is_sound ((const guint8 *)text, n_bytes));
}

/* Number of pages that a PDF of ours says it has. */
static guint
count_pages (const char *pdf, gsize n_bytes)
{
  static const char mark[] = "/Count ";
  const char *at = memmem (pdf, n_bytes, mark, strlen (mark));

  g_assert_nonnull (at);
  return (guint)g_ascii_strtoull (at + strlen (mark), NULL, 10);
}

/* However much there is, what the foot of a page says of their number is so: a warning ends the
 * test. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *path = NULL, *text = NULL;
      gsize n_bytes;

      add (fixture->report, "n", LANYARD_PICKUP_ATTENTION);
      path = save (fixture, LANYARD_EXPORT_PDF);
      g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
      g_assert_cmpuint (count_pages (text, n_bytes), >=, 1);
    }
}

static void
free_person (gpointer person)
{
  lanyard_report_person_free (person);
}

static void
add_person (LanyardReport *report, guint n)
{
  static const char *const names[]
      = { "Robin SAMPLETON", ARABIC, "Hanako YAMADA", "Zoe ELSEWHERE", "Ana MUESTRA" };
  static const char *const local[] = { NULL, ARABIC, "山田花子", NULL, NULL };
  static const char *const teams[] = { "Northern Rowers", "Harbour Hall", NULL };
  LanyardReportPerson *person = g_new0 (LanyardReportPerson, 1);

  person->name = g_strdup (names[n % G_N_ELEMENTS (names)]);
  person->local_name = g_strdup (local[n % G_N_ELEMENTS (local)]);
  person->number = g_strdup_printf ("33%06uK", n);
  person->category = g_strdup ("Player");
  person->organisation = g_strdup (teams[n % G_N_ELEMENTS (teams)]);
  person->collected = n % 3 == 0;
  person->ask = n % 7 == 1;
  g_ptr_array_add (report->people, person);
}

/* People in the order asked for, on pages that say how many they are. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  LanyardReport *report = fixture->report;
  const LanyardReportPerson *before = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  gsize n_bytes;

  report->by_organisation = data != NULL;
  report->from_right = data != NULL;
  report->people = g_ptr_array_new_with_free_func (free_person);
  for (guint i = 0; i < N_PEOPLE; i++)
    add_person (report, i);
  lanyard_report_sort_people (report);
  for (guint i = 0; i < report->people->len; i++)
    {
      const LanyardReportPerson *person = g_ptr_array_index (report->people, i);

      if (before != NULL && data != NULL)
        g_assert_cmpint (g_strcmp0 (before->organisation, person->organisation), <=, 0);
      if (before != NULL && data == NULL)
        g_assert_cmpint (strcmp (before->key, person->key), <=, 0);
      before = person;
    }
  path = save (fixture, LANYARD_EXPORT_PEOPLE);
  g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
  g_assert_true (lanyard_pdf_is_sound ((const guint8 *)text, n_bytes));
  /* 21 rows a page; headings of organisations take the place of some. */
  g_assert_cmpuint (count_pages (text, n_bytes), >=, N_PEOPLE / 21 + 1);
  g_assert_cmpuint (count_pages (text, n_bytes), <=, N_PEOPLE / 21 + 2);
}

static void
assert_nothing_left (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);

  g_assert_null (g_dir_read_name (dir));
}

/* What a power cut left behind an hour ago goes with the next export; what somebody writes now, and
 * what is not ours, stays. */
static void
test_left_behind (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { ".lanyard-export.old", ".lanyard-export.new", ".other.old" };
  const struct utimbuf long_ago = { 1, 1 };
  g_autofree char *saved = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
      if (i != 1)
        g_assert_no_errno (utime (path, &long_ago));
    }
  saved = save (fixture, LANYARD_EXPORT_CSV);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, i != 0);
      g_unlink (path);
    }
}

/* A disk that is full in the middle: one clear error, and no piece of a file stays. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  LanyardExportFormat format = (LanyardExportFormat)GPOINTER_TO_UINT (data);
  g_autofree char *path = lanyard_report_dup_path (fixture->report, fixture->folder, "V1", format);
  g_autoptr (LanyardReportFile) file = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit before, little;

  for (guint i = 0; i < 200; i++)
    add (fixture->report, ARABIC, LANYARD_PICKUP_ISSUED);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  little = before;
  little.rlim_cur = 4096;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  file = lanyard_report_file_write (fixture->report, path, format, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null (file);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FULL);
  g_assert_null (strstr (error->message, ARABIC));
  assert_nothing_left (fixture);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "stick", "day.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_report_file_write (fixture->report, path, LANYARD_EXPORT_CSV, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "day.csv", NULL);
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("the superuser may write everywhere");
      return;
    }
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  g_assert_null (lanyard_report_file_write (fixture->report, path, LANYARD_EXPORT_CSV, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

/* What was written and never kept is gone. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "day.csv", NULL);

  add (fixture->report, "Robin", LANYARD_PICKUP_ISSUED);
  lanyard_report_file_free (
      lanyard_report_file_write (fixture->report, path, LANYARD_EXPORT_CSV, NULL));
  assert_nothing_left (fixture);
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/report/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("csv", NULL, test_csv);
  ADD ("no-names", NULL, test_no_names);
  ADD ("json", NULL, test_json);
  ADD ("xlsx", NULL, test_xlsx);
  ADD ("pdf", NULL, test_pdf);
  ADD ("pdf-from-right", GUINT_TO_POINTER (1), test_pdf);
  ADD ("pages", NULL, test_pages);
  ADD ("list", NULL, test_list);
  ADD ("list-from-right", GUINT_TO_POINTER (1), test_list);
  ADD ("full-csv", GUINT_TO_POINTER (LANYARD_EXPORT_CSV), test_full);
  ADD ("full-json", GUINT_TO_POINTER (LANYARD_EXPORT_JSON_LINES), test_full);
  ADD ("full-xlsx", GUINT_TO_POINTER (LANYARD_EXPORT_XLSX), test_full);
  ADD ("full-pdf", GUINT_TO_POINTER (LANYARD_EXPORT_PDF), test_full);
  ADD ("left-behind", NULL, test_left_behind);
  ADD ("missing", NULL, test_missing);
  ADD ("read-only", NULL, test_read_only);
  ADD ("dropped", NULL, test_dropped);
  return g_test_run ();
}
