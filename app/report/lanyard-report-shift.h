/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-report.h"

G_BEGIN_DECLS

/* A closed shift as files: what is handed over, the same for programs, and the desk's signature of
 * both. @report: with shift; and key where it is signed. Each is (transfer full). */

GBytes *lanyard_report_shift_make_pdf (const LanyardReport *report);
/* One JSON object. */
GBytes *lanyard_report_shift_make_json (const LanyardReport *report);
/* @pdf_name, @json_name: without folders: under which the two lie beside the signature */
GBytes *lanyard_report_shift_make_signature (const LanyardReport *report,
                                             const char *pdf_name,
                                             GBytes *pdf,
                                             const char *json_name,
                                             GBytes *json);

/* Why a printer's counter says something else, in words. Returns: (transfer none): "" for none */
const char *lanyard_report_get_note (const LanyardReport *report, LanyardShiftNote note);

G_END_DECLS
