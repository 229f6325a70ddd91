/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-report.h"

G_BEGIN_DECLS

/* A file that is not there yet: written under another name beside its own. */
typedef struct _LanyardReportFile LanyardReportFile;

/**
 * lanyard_report_file_write:
 * @path: where the file is to be in the end
 * @format: what kind of file
 * @error: LANYARD_ERROR_NOT_FOUND (no such folder: the stick is not there), _REFUSED (the folder
 * cannot be written), _FULL, _IO
 *
 * Writes all of it to a temporary name in the same folder, mode 0600, down to the disk. Any thread.
 *
 * Returns: (transfer full) (nullable): freed without lanyard_report_file_keep() it is removed again
 */
LanyardReportFile *lanyard_report_file_write (const LanyardReport *report,
                                              const char *path,
                                              LanyardExportFormat format,
                                              GError **error);
/* Gives the file its name, durably; a file of that name is replaced. @error: as above */
gboolean lanyard_report_file_keep (LanyardReportFile *file, GError **error);
void lanyard_report_file_free (LanyardReportFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardReportFile, lanyard_report_file_free)

/* Returns: (transfer full): a path in @folder that tells venue, desk and moment, and that no file
 * has */
char *lanyard_report_dup_path (const LanyardReport *report,
                               const char *folder,
                               const char *venue,
                               LanyardExportFormat format);

/* @n: (out): how many. Returns: (transfer none): heads of the columns of a table for people */
const LanyardReportWord *lanyard_report_get_columns (const LanyardReport *report, guint *n);

/* The writers. @out: (transfer none): not closed. @error: of the stream */
gboolean lanyard_report_write_csv (const LanyardReport *report, GOutputStream *out, GError **error);
gboolean
lanyard_report_write_json (const LanyardReport *report, GOutputStream *out, GError **error);
/* The list of people, one page at a time. */
gboolean
lanyard_report_write_list (const LanyardReport *report, GOutputStream *out, GError **error);
gboolean lanyard_report_write_pdf (const LanyardReport *report, GOutputStream *out, GError **error);
/* @path: of a file that is there and empty. @error: LANYARD_ERROR_FULL, _IO */
gboolean lanyard_report_write_xlsx (const LanyardReport *report, const char *path, GError **error);

G_END_DECLS
