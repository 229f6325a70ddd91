/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-report-shift.h"

#define BUFFER_BYTES 65536
#define MAX_SAME_MOMENT 100

/* Of a file without its name. What is older was left behind by a power cut, and may hold names. */
#define TEMPORARY ".lanyard-export."
#define LEFT_BEHIND_S 3600

struct _LanyardReportFile
{
  char *path;
  char *temporary;         /* (nullable): NULL once it has its name */
  LanyardReportFile *next; /* owned (nullable): that belongs to it and gets its name afterwards */
};

static LanyardError
get_code (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return LANYARD_ERROR_FULL;
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
      return LANYARD_ERROR_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
      return LANYARD_ERROR_REFUSED;
    default:
      return LANYARD_ERROR_IO;
    }
}

static void
set_error (GError **error, const char *path, int number)
{
  g_autofree char *folder = g_path_get_dirname (path);
  LanyardError code = get_code (number);

  if (code == LANYARD_ERROR_FULL)
    g_set_error (error, LANYARD_ERROR, code,
                 "There is no space left in %s: make room, or choose another folder.", folder);
  else if (code == LANYARD_ERROR_NOT_FOUND)
    g_set_error (error, LANYARD_ERROR, code,
                 "The folder %s is not there: plug the stick in, or make the folder.", folder);
  else if (code == LANYARD_ERROR_REFUSED)
    g_set_error (error, LANYARD_ERROR, code,
                 "The folder %s may not be written to: %s; change that, or choose another one.",
                 folder, g_strerror (number));
  else
    g_set_error (error, LANYARD_ERROR, code,
                 "The file %s could not be written: %s; try another "
                 "folder.",
                 path, g_strerror (number));
}

/* What a stream said, in our words. Of some errors GIO does not keep the number: the file itself
 * still knows. */
static void
translate (GError **error, const char *path, int fd)
{
  int number = EIO;

  if (error == NULL || *error == NULL || (*error)->domain == LANYARD_ERROR)
    return;
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    number = ENOSPC;
  else if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_READ_ONLY)
           || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    number = EACCES;
  else if (lseek (fd, 0, SEEK_END) >= 0 && write (fd, "\n", 1) < 0)
    number = errno;
  g_clear_error (error);
  set_error (error, path, number);
}

static gboolean
write_stream (const LanyardReport *report, int fd, LanyardExportFormat format, GError **error)
{
  g_autoptr (GOutputStream) raw = g_unix_output_stream_new (fd, FALSE);
  g_autoptr (GOutputStream) out = g_buffered_output_stream_new_sized (raw, BUFFER_BYTES);
  gboolean done;

  if (format == LANYARD_EXPORT_CSV)
    done = lanyard_report_write_csv (report, out, error);
  else if (format == LANYARD_EXPORT_JSON_LINES)
    done = lanyard_report_write_json (report, out, error);
  else if (format == LANYARD_EXPORT_PEOPLE)
    done = lanyard_report_write_list (report, out, error);
  else
    done = lanyard_report_write_pdf (report, out, error);
  return done && g_output_stream_flush (out, NULL, error);
}

static gboolean
write_bytes (GBytes *content, int fd, GError **error)
{
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (fd, FALSE);
  gsize n_bytes;
  const void *data = g_bytes_get_data (content, &n_bytes);

  return g_output_stream_write_all (out, data, n_bytes, NULL, NULL, error);
}

static gboolean
write_content (const LanyardReport *report,
               LanyardReportFile *file,
               int fd,
               LanyardExportFormat format,
               GBytes *content,
               GError **error)
{
  gboolean done = content != NULL ? write_bytes (content, fd, error)
                  : format == LANYARD_EXPORT_XLSX
                      ? lanyard_report_write_xlsx (report, file->temporary, error)
                      : write_stream (report, fd, format, error);

  if (!done)
    {
      translate (error, file->path, fd);
      return FALSE;
    }
  if (fsync (fd) == 0)
    return TRUE;
  set_error (error, file->path, errno);
  return FALSE;
}

static void
remove_left_behind (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      if (g_str_has_prefix (name, TEMPORARY) && lstat (path, &status) == 0
          && S_ISREG (status.st_mode) && status.st_mtime + LEFT_BEHIND_S < now_s)
        unlink (path);
    }
}

/* @content: (nullable): NULL: as @format says */
static LanyardReportFile *
write_file (const LanyardReport *report,
            const char *path,
            LanyardExportFormat format,
            GBytes *content,
            GError **error)
{
  g_autoptr (LanyardReportFile) file = g_new0 (LanyardReportFile, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  GError *local_error = NULL;
  gboolean done;
  int fd;

  file->path = g_strdup (path);
  file->temporary = g_build_filename (folder, TEMPORARY "XXXXXX", NULL);
  fd = g_mkstemp_full (file->temporary, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      set_error (error, path, errno);
      g_clear_pointer (&file->temporary, g_free);
      return NULL;
    }
  done = write_content (report, file, fd, format, content, &local_error);
  if (close (fd) != 0 && done)
    {
      set_error (&local_error, path, errno);
      done = FALSE;
    }
  if (done)
    return g_steal_pointer (&file);
  g_propagate_error (error, local_error);
  return NULL;
}

/* "a.pdf" → "a.json" */
static char *
dup_beside (const char *path, const char *ending)
{
  const char *dot = g_str_has_suffix (path, ".pdf") ? strrchr (path, '.') : NULL;

  return dot != NULL ? g_strdup_printf ("%.*s.%s", (int)(dot - path), path, ending)
                     : g_strdup_printf ("%s.%s", path, ending);
}

/* The report, the same for programs, and the signature of both, which gets its name last. */
static LanyardReportFile *
write_shift (const LanyardReport *report, const char *path, GError **error)
{
  g_autofree char *json_path = dup_beside (path, "json");
  g_autofree char *signature_path = dup_beside (path, "sig");
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *json_name = g_path_get_basename (json_path);
  g_autoptr (GBytes) pdf = lanyard_report_shift_make_pdf (report);
  g_autoptr (GBytes) json = lanyard_report_shift_make_json (report);
  g_autoptr (GBytes) signature
      = lanyard_report_shift_make_signature (report, name, pdf, json_name, json);
  g_autoptr (LanyardReportFile) file = write_file (report, path, 0, pdf, error);

  if (file == NULL || (file->next = write_file (report, json_path, 0, json, error)) == NULL)
    return NULL;
  file->next->next = write_file (report, signature_path, 0, signature, error);
  return file->next->next != NULL ? g_steal_pointer (&file) : NULL;
}

LanyardReportFile *
lanyard_report_file_write (const LanyardReport *report,
                           const char *path,
                           LanyardExportFormat format,
                           GError **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (report != NULL && path != NULL, NULL);
  g_return_val_if_fail (lanyard_export_format_to_string (format) != NULL, NULL);

  folder = g_path_get_dirname (path);
  remove_left_behind (folder);
  if (format == LANYARD_EXPORT_SHIFT)
    return write_shift (report, path, error);
  return write_file (report, path, format, NULL, error);
}

/* The name of the file is durable only with its folder; a stick's file system may know no such
 * thing. */
static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = fsync (fd) == 0 || errno == EINVAL;
  close (fd);
  return done;
}

gboolean
lanyard_report_file_keep (LanyardReportFile *file, GError **error)
{
  g_return_val_if_fail (file != NULL && file->temporary != NULL, FALSE);

  if (rename (file->temporary, file->path) != 0)
    {
      set_error (error, file->path, errno);
      return FALSE;
    }
  g_clear_pointer (&file->temporary, g_free);
  if (file->next != NULL)
    return lanyard_report_file_keep (file->next, error);
  if (sync_folder (file->path))
    return TRUE;
  set_error (error, file->path, errno);
  return FALSE;
}

void
lanyard_report_file_free (LanyardReportFile *file)
{
  if (file == NULL)
    return;
  lanyard_report_file_free (file->next);
  if (file->temporary != NULL)
    unlink (file->temporary);
  g_free (file->temporary);
  g_free (file->path);
  g_free (file);
}

static const char *
get_first_word (LanyardExportFormat format)
{
  if (format == LANYARD_EXPORT_SHIFT)
    return "shift";
  return format == LANYARD_EXPORT_PEOPLE ? "people" : "day";
}

static const char *
get_ending (LanyardExportFormat format)
{
  gboolean paper = format == LANYARD_EXPORT_PEOPLE || format == LANYARD_EXPORT_SHIFT;

  return lanyard_export_format_to_string (paper ? LANYARD_EXPORT_PDF : format);
}

char *
lanyard_report_dup_path (const LanyardReport *report,
                         const char *folder,
                         const char *venue,
                         LanyardExportFormat format)
{
  g_autofree char *at = lanyard_report_dup_time (report, report->made_us, "%Y-%m-%d-%H%M%S");
  g_autofree char *place
      = g_strcanon (g_strdup (venue), G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS, '-');
  char *path = NULL;

  for (guint i = 1; i <= MAX_SAME_MOMENT; i++)
    {
      g_autofree char *again = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *name = g_strdup_printf ("%s-%s-%u-%s%s.%s", get_first_word (format), place,
                                               report->device, at, again, get_ending (format));

      g_free (path);
      path = g_build_filename (folder, name, NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        break;
    }
  return path;
}

const LanyardReportWord *
lanyard_report_get_columns (const LanyardReport *report, guint *n)
{
  static const LanyardReportWord words[]
      = { LANYARD_REPORT_BEGAN,  LANYARD_REPORT_CHANGED,  LANYARD_REPORT_KIND,
          LANYARD_REPORT_STATE,  LANYARD_REPORT_REASON,   LANYARD_REPORT_NUMBER,
          LANYARD_REPORT_SERIAL, LANYARD_REPORT_CATEGORY, LANYARD_REPORT_STAFF,
          LANYARD_REPORT_AT_HUB, LANYARD_REPORT_SEVERAL,  LANYARD_REPORT_NAME };

  *n = G_N_ELEMENTS (words) - (report->names ? 0 : 1);
  return words;
}
