/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "lanyard-error.h"
#include "lanyard-printers.h"
#include "print-stage.h"

/* What the linker calls in place of fsync(), and what it calls fsync(). */
int __wrap_fsync (int fd);
int __real_fsync (int fd);

/* Whether no directory can be made durable, as on a disk that dies. */
static int directories_fail; /* (atomic) */

int
__wrap_fsync (int fd)
{
  struct stat what;

  if (g_atomic_int_get (&directories_fail) && fstat (fd, &what) == 0 && S_ISDIR (what.st_mode))
    {
      errno = EIO;
      return -1;
    }
  return __real_fsync (fd);
}

typedef struct
{
  char *dir;         /* owned */
  PrintStage *stage; /* owned */
} FileStage;

static void
set_up (FileStage *files, gconstpointer data)
{
  g_autofree char *uri = NULL;

  files->dir = g_dir_make_tmp ("lanyard-file-printer-XXXXXX", NULL);
  /* Not there yet: the printer makes it. */
  uri = g_strdup_printf ("file:%s/badges", files->dir);
  files->stage = print_stage_new (uri, NULL);
}

static void
tear_down (FileStage *files, gconstpointer data)
{
  g_autofree char *badges = g_build_filename (files->dir, "badges", NULL);
  g_autoptr (GDir) dir = g_dir_open (badges, 0, NULL);
  const char *name;

  print_stage_free (files->stage);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (badges, name, NULL);

      /* Nothing half-written stays. */
      g_assert_true (g_str_has_suffix (name, ".pdf") && *name != '.');
      g_unlink (path);
    }
  g_remove (badges);
  g_assert_cmpint (g_rmdir (files->dir), ==, 0);
  g_free (files->dir);
}

static char *
badge_path (FileStage *files, const char *serial)
{
  return g_strdup_printf ("%s/badges/%s.pdf", files->dir, serial);
}

static void
test_prints (FileStage *files, gconstpointer data)
{
  g_autofree char *path = badge_path (files, "K0471-000001A");
  g_autofree char *states = NULL, *contents = NULL;
  g_autoptr (GBytes) pdf = print_stage_submit (files->stage, "K0471-000001A");
  gsize n_bytes;

  g_assert_cmpstr (print_stage_wait (files->stage, "K0471-000001A", LANYARD_PRINT_COMPLETED)->job,
                   ==, "K0471-000001A.pdf");
  states = print_stage_states (files->stage, "K0471-000001A");
  g_assert_cmpstr (states, ==, "spooled completed");
  g_assert_true (g_file_get_contents (path, &contents, &n_bytes, NULL));
  g_assert_cmpmem (contents, n_bytes, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
}

static void
test_never_over_another (FileStage *files, gconstpointer data)
{
  g_autofree char *path = badge_path (files, "K0471-000002B");
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) pdf = NULL;

  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "the first", -1, NULL));
  pdf = print_stage_submit (files->stage, "K0471-000002B");
  print_stage_wait (files->stage, "K0471-000002B", LANYARD_PRINT_LOST);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "the first");
}

static void
test_stays_inside (FileStage *files, gconstpointer data)
{
  static const char *const serials[] = { "../outside", ".hidden", "", "a/b" };

  for (guint i = 0; i < G_N_ELEMENTS (serials); i++)
    {
      g_autoptr (GBytes) pdf = print_stage_submit (files->stage, serials[i]);

      g_assert_cmpint (print_stage_wait (files->stage, serials[i], LANYARD_PRINT_FAILED)->fault, ==,
                       LANYARD_PRINT_FAULT_REJECTED);
      lanyard_printer_ask (files->stage->printer, serials[i], NULL);
      print_stage_wait (files->stage, serials[i], LANYARD_PRINT_LOST);
    }
}

static void
test_nowhere_to_write (FileStage *files, gconstpointer data)
{
  g_autofree char *badges = g_build_filename (files->dir, "badges", NULL);
  g_autoptr (GBytes) pdf = NULL, again = NULL;

  /* A file stands where the directory should be. */
  g_assert_true (g_file_set_contents (badges, "", 0, NULL));
  lanyard_printer_watch (files->stage->printer);
  g_assert_cmpint (lanyard_printer_get_fault (files->stage->printer), ==,
                   LANYARD_PRINT_FAULT_OTHER);
  pdf = print_stage_submit (files->stage, "K0471-000003C");
  g_assert_nonnull (print_stage_wait (files->stage, "K0471-000003C", LANYARD_PRINT_FAILED)->detail);
  g_assert_cmpint (g_unlink (badges), ==, 0);
  again = print_stage_submit (files->stage, "K0471-000003C");
  print_stage_wait (files->stage, "K0471-000003C", LANYARD_PRINT_COMPLETED);
  print_stage_wait_fault (files->stage, LANYARD_PRINT_FAULT_NONE);
}

/* The file has its name, and nobody knows for how long: no "it surely was not printed", which would
 * give the person a second badge without anybody looking. */
static void
test_doubtful (FileStage *files, gconstpointer data)
{
  g_autofree char *path = badge_path (files, "K0471-000007G");
  g_autoptr (GBytes) pdf = NULL;
  const LanyardPrintReport *report;

  g_atomic_int_set (&directories_fail, TRUE);
  pdf = print_stage_submit (files->stage, "K0471-000007G");
  report = print_stage_wait (files->stage, "K0471-000007G", LANYARD_PRINT_LOST);
  g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_OTHER);
  g_assert_nonnull (report->detail);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_atomic_int_set (&directories_fail, FALSE);
}

static void
test_ask_and_forget (FileStage *files, gconstpointer data)
{
  g_autoptr (GBytes) pdf = print_stage_submit (files->stage, "K0471-000004D");
  g_autoptr (GBytes) forgotten = NULL;

  print_stage_wait (files->stage, "K0471-000004D", LANYARD_PRINT_COMPLETED);
  g_ptr_array_set_size (files->stage->reports, 0);
  lanyard_printer_ask (files->stage->printer, "K0471-000004D", NULL);
  print_stage_wait (files->stage, "K0471-000004D", LANYARD_PRINT_COMPLETED);
  lanyard_printer_ask (files->stage->printer, "K0471-000005E", NULL);
  print_stage_wait (files->stage, "K0471-000005E", LANYARD_PRINT_LOST);
  g_ptr_array_set_size (files->stage->reports, 0);
  forgotten = print_stage_submit (files->stage, "K0471-000006F");
  lanyard_printer_forget (files->stage->printer, "K0471-000006F");
  print_stage_run (files->stage, 300);
  g_assert_cmpuint (files->stage->reports->len, ==, 0);
}

static void
test_uris (void)
{
  static const char *const wrong[] = { "",
                                       "file:",
                                       "lpd://host/queue",
                                       "ipp://",
                                       "badge-printer",
                                       "ipp://user:secret@host/ipp/print",
                                       "http://host/" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_printer_open (wrong[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
    }
}

static void
test_probe (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_strconcat ("file://", g_get_tmp_dir (), NULL);
  g_autofree char *text = lanyard_printer_probe (uri, 105, 135, &error);

  g_assert_no_error (error);
  g_assert_nonnull (text);
  g_assert_null (lanyard_printer_probe ("file:/no/such/folder", 105, 135, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_IO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/file-printer/prints", FileStage, NULL, set_up, test_prints, tear_down);
  g_test_add ("/file-printer/never-over-another", FileStage, NULL, set_up, test_never_over_another,
              tear_down);
  g_test_add ("/file-printer/stays-inside", FileStage, NULL, set_up, test_stays_inside, tear_down);
  g_test_add ("/file-printer/nowhere-to-write", FileStage, NULL, set_up, test_nowhere_to_write,
              tear_down);
  g_test_add ("/file-printer/doubtful", FileStage, NULL, set_up, test_doubtful, tear_down);
  g_test_add ("/file-printer/ask-and-forget", FileStage, NULL, set_up, test_ask_and_forget,
              tear_down);
  g_test_add_func ("/printers/uris", test_uris);
  g_test_add_func ("/printers/probe", test_probe);
  return g_test_run ();
}
