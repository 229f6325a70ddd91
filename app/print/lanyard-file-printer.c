/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-file-printer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

struct _LanyardFilePrinter
{
  GObject parent_instance;

  char *directory;         /* owned */
  LanyardPrintFault fault; /* of the last look or job */
  GHashTable *followed;    /* (element-type utf8): owned: serials whose reports are wanted */
};

/* What a task works on: it never touches the object. */
typedef struct
{
  char *directory;            /* owned */
  LanyardPrintJob *job;       /* owned */
  LanyardPrintReport *report; /* (nullable): owned: what became of it */
} Work;

static void lanyard_file_printer_printer_init (LanyardPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardFilePrinter,
                               lanyard_file_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_PRINTER,
                                                      lanyard_file_printer_printer_init))

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->directory);
  g_clear_pointer (&work->job, lanyard_print_job_free);
  g_clear_pointer (&work->report, lanyard_print_report_free);
  g_free (work);
}

static LanyardPrintReport *
new_report (const char *serial, LanyardPrintState state, LanyardPrintFault fault, char *detail)
{
  LanyardPrintReport *report = g_new0 (LanyardPrintReport, 1);

  report->serial = g_strdup (serial);
  report->state = state;
  report->fault = fault;
  report->detail = detail;
  if (state != LANYARD_PRINT_FAILED && state != LANYARD_PRINT_LOST)
    report->job = g_strconcat (serial, ".pdf", NULL);
  return report;
}

/* A serial is a file name here: it must not lead out of the directory. */
static gboolean
is_file_name (const char *serial)
{
  return *serial != '\0' && *serial != '.' && strchr (serial, '/') == NULL
         && strlen (serial) <= 200;
}

static char *
pdf_path (const char *directory, const char *serial)
{
  g_autofree char *name = g_strconcat (serial, ".pdf", NULL);

  return g_build_filename (directory, name, NULL);
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  while (n_bytes > 0)
    {
      gssize n = write (fd, data, n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      n_bytes -= n;
    }
  return fsync (fd) == 0;
}

static gboolean
sync_directory (const char *directory)
{
  int fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced;

  if (fd < 0)
    return FALSE;
  synced = fsync (fd) == 0;
  close (fd);
  return synced;
}

/* @is_there: (out): whether the badge got its name, so that it may be found whatever came after
 * Returns: 0 or an errno */
static int
write_badge (const char *directory, const char *path, GBytes *pdf, gboolean *is_there)
{
  g_autofree char *beside = g_build_filename (directory, ".badge-XXXXXX", NULL);
  int fd, saved = 0;

  *is_there = FALSE;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    return errno;
  fd = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return errno;
  if (!write_all (fd, pdf))
    saved = errno;
  close (fd);
  /* Unlike rename(), this never takes the place of a badge that is there. */
  if (saved == 0 && link (beside, path) != 0)
    saved = errno;
  *is_there = saved == 0;
  g_unlink (beside);
  if (*is_there && !sync_directory (directory))
    saved = errno;
  return saved;
}

static LanyardPrintReport *
print_badge (const char *directory, const LanyardPrintJob *job)
{
  g_autofree char *path = NULL;
  gboolean is_there;
  int problem;

  if (!is_file_name (job->serial))
    return new_report (job->serial, LANYARD_PRINT_FAILED, LANYARD_PRINT_FAULT_REJECTED,
                       g_strdup ("The serial cannot be the name of a file."));
  path = pdf_path (directory, job->serial);
  problem = write_badge (directory, path, job->pdf, &is_there);
  if (problem == 0)
    return new_report (job->serial, LANYARD_PRINT_COMPLETED, LANYARD_PRINT_FAULT_NONE, NULL);
  if (problem == EEXIST)
    return new_report (job->serial, LANYARD_PRINT_LOST, LANYARD_PRINT_FAULT_REJECTED,
                       g_strdup ("A badge with this serial has been written before."));
  /* Whether it is still there after a power cut nobody knows: somebody has to look. */
  return new_report (
      job->serial, is_there ? LANYARD_PRINT_LOST : LANYARD_PRINT_FAILED, LANYARD_PRINT_FAULT_OTHER,
      g_strdup_printf ("The badge cannot be written to %s: %s.", directory, g_strerror (problem)));
}

static void
print_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;

  if (work->report == NULL)
    work->report = print_badge (work->directory, work->job);
  g_task_return_boolean (task, TRUE);
}

static void
set_fault (LanyardFilePrinter *self, LanyardPrintFault fault)
{
  if (self->fault == fault)
    return;
  self->fault = fault;
  g_signal_emit_by_name (self, "changed");
}

static void
emit (LanyardFilePrinter *self, const LanyardPrintReport *report)
{
  if (g_hash_table_contains (self->followed, report->serial))
    g_signal_emit_by_name (self, "report", report);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardFilePrinter *self = LANYARD_FILE_PRINTER (source);
  Work *work = g_task_get_task_data (G_TASK (result));

  if (work->report->state == LANYARD_PRINT_COMPLETED)
    {
      g_autoptr (LanyardPrintReport) spooled = lanyard_print_report_copy (work->report);

      spooled->state = LANYARD_PRINT_SPOOLED;
      emit (self, spooled);
    }
  emit (self, work->report);
  if (work->job != NULL && work->report->fault != LANYARD_PRINT_FAULT_REJECTED)
    set_fault (self, work->report->fault);
}

/* @job: (transfer full) (nullable); @report: (transfer full) (nullable): what is known already */
static void
run (LanyardFilePrinter *self, LanyardPrintJob *job, LanyardPrintReport *report)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_printed, NULL);
  Work *work = g_new0 (Work, 1);

  work->directory = g_strdup (self->directory);
  work->job = job;
  work->report = report;
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, print_thread);
}

static void
file_printer_submit (LanyardPrinter *printer, LanyardPrintJob *job)
{
  LanyardFilePrinter *self = LANYARD_FILE_PRINTER (printer);

  g_hash_table_add (self->followed, g_strdup (job->serial));
  run (self, job, NULL);
}

static void
file_printer_ask (LanyardPrinter *printer, const char *serial, const char *job)
{
  LanyardFilePrinter *self = LANYARD_FILE_PRINTER (printer);
  g_autofree char *path = pdf_path (self->directory, serial);
  gboolean there = is_file_name (serial) && g_file_test (path, G_FILE_TEST_IS_REGULAR);

  g_hash_table_add (self->followed, g_strdup (serial));
  run (self, NULL,
       new_report (serial, there ? LANYARD_PRINT_COMPLETED : LANYARD_PRINT_LOST,
                   LANYARD_PRINT_FAULT_NONE, NULL));
}

static void
file_printer_forget (LanyardPrinter *printer, const char *serial)
{
  g_hash_table_remove (LANYARD_FILE_PRINTER (printer)->followed, serial);
}

static void
file_printer_watch (LanyardPrinter *printer)
{
  LanyardFilePrinter *self = LANYARD_FILE_PRINTER (printer);
  gboolean writable = g_mkdir_with_parents (self->directory, 0700) == 0
                      && g_access (self->directory, W_OK | X_OK) == 0;

  set_fault (self, writable ? LANYARD_PRINT_FAULT_NONE : LANYARD_PRINT_FAULT_OTHER);
}

static LanyardPrintFault
file_printer_get_fault (LanyardPrinter *printer)
{
  return LANYARD_FILE_PRINTER (printer)->fault;
}

static char *
file_printer_dup_description (LanyardPrinter *printer)
{
  return g_strdup_printf ("files in %s", LANYARD_FILE_PRINTER (printer)->directory);
}

static void
lanyard_file_printer_finalize (GObject *object)
{
  LanyardFilePrinter *self = LANYARD_FILE_PRINTER (object);

  g_free (self->directory);
  g_hash_table_unref (self->followed);
  G_OBJECT_CLASS (lanyard_file_printer_parent_class)->finalize (object);
}

static void
lanyard_file_printer_class_init (LanyardFilePrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_file_printer_finalize;
}

static void
lanyard_file_printer_printer_init (LanyardPrinterInterface *iface)
{
  iface->submit = file_printer_submit;
  iface->ask = file_printer_ask;
  iface->forget = file_printer_forget;
  iface->watch = file_printer_watch;
  iface->get_fault = file_printer_get_fault;
  iface->dup_description = file_printer_dup_description;
}

static void
lanyard_file_printer_init (LanyardFilePrinter *self)
{
  self->followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

LanyardFilePrinter *
lanyard_file_printer_new (const char *directory)
{
  LanyardFilePrinter *self;

  g_return_val_if_fail (directory != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_FILE_PRINTER, NULL);
  self->directory = g_strdup (directory);
  return self;
}
