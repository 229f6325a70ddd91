/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-cascade-steps.h"

#include "lanyard-cascade.h"

#define LINEAR                                                                                     \
  (LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_CODE128)                                               \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_CODE39)                                              \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_ITF)                                                 \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_CODABAR)                                             \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_EAN13)                                               \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_EAN8)                                                \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_UPCA)                                                \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_UPCE))
#define MATRIX                                                                                     \
  (LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_PDF417)                                                \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_DATA_MATRIX))
#define MRZ LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_MRZ)
#define QR LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_QR)

/* ZBar over a whole frame cannot be cut: px for one work step. For QR only: what it reads of linear
 * codes it takes from a single line. */
#define ZBAR_PX_PER_STEP 40

static void
begin_nothing (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
}

static gboolean
go_on_zbar (LanyardSearchers *searchers,
            LanyardWork *work,
            LanyardFoundFunc func,
            gpointer user_data)
{
  const LanyardPlane *plane = searchers->plane;

  lanyard_work_spend (work, (guint64)plane->width * plane->height / ZBAR_PX_PER_STEP);
  lanyard_zbar_read_symbol (searchers->zbar, plane, func, user_data);
  return TRUE;
}

static void
begin_qr (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_qr_reader_begin (searchers->qr, searchers->plane, step->radius,
                           step->when != LANYARD_STEP_ALWAYS   ? LANYARD_QR_DEEP
                           : step->scale == LANYARD_SCALE_HALF ? LANYARD_QR_FLAT
                                                               : LANYARD_QR_QUICK);
}

static void
begin_qr_open (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_qr_reader_begin (searchers->qr, searchers->plane, step->radius, LANYARD_QR_OPEN);
}

static gboolean
go_on_qr (LanyardSearchers *searchers, LanyardWork *work, LanyardFoundFunc func, gpointer user_data)
{
  return lanyard_qr_reader_step (searchers->qr, work, func, user_data);
}

static void
begin_small (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_small_reader_begin (searchers->small, searchers->plane);
}

static gboolean
go_on_small (LanyardSearchers *searchers,
             LanyardWork *work,
             LanyardFoundFunc func,
             gpointer user_data)
{
  return lanyard_small_reader_step (searchers->small, work, func, user_data);
}

static void
begin_lines (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_line_reader_begin (searchers->lines, searchers->plane, LANYARD_LINE_ACROSS);
}

static void
begin_lines_located (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_line_reader_deepen (searchers->lines, LANYARD_LINE_LOCATED);
}

static void
begin_lines_deep (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_line_reader_deepen (searchers->lines, LANYARD_LINE_DEEP);
}

static gboolean
go_on_lines (LanyardSearchers *searchers,
             LanyardWork *work,
             LanyardFoundFunc func,
             gpointer user_data)
{
  return lanyard_line_reader_step (searchers->lines, work, func, user_data);
}

static void
begin_matrix (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_matrix_reader_begin (searchers->matrix, searchers->plane, searchers->symbologies & MATRIX,
                               LANYARD_MATRIX_QUICK);
}

static void
begin_matrix_deep (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_matrix_reader_begin (searchers->matrix, searchers->plane, searchers->symbologies & MATRIX,
                               LANYARD_MATRIX_DEEP);
}

static gboolean
go_on_matrix (LanyardSearchers *searchers,
              LanyardWork *work,
              LanyardFoundFunc func,
              gpointer user_data)
{
  return lanyard_matrix_reader_step (searchers->matrix, work, func, user_data);
}

static void
begin_mrz (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_mrz_reader_begin (searchers->mrz, searchers->plane);
}

static gboolean
go_on_mrz (LanyardSearchers *searchers,
           LanyardWork *work,
           LanyardFoundFunc func,
           gpointer user_data)
{
  return lanyard_mrz_reader_step (searchers->mrz, work, func, user_data);
}

static void
begin_mrz_far (LanyardSearchers *searchers, const LanyardCascadeStep *step)
{
  lanyard_mrz_reader_deepen (searchers->mrz);
}

static gboolean
get_qr_suspect (const LanyardSearchers *searchers, LanyardSuspect *suspect)
{
  return lanyard_qr_reader_get_suspect (searchers->qr, suspect);
}

static gboolean
get_matrix_suspect (const LanyardSearchers *searchers, LanyardSuspect *suspect)
{
  return lanyard_matrix_reader_get_suspect (searchers->matrix, suspect);
}

static gboolean
get_mrz_suspect (const LanyardSearchers *searchers, LanyardSuspect *suspect)
{
  return lanyard_mrz_reader_get_suspect (searchers->mrz, suspect);
}

static gboolean
get_lines_suspect (const LanyardSearchers *searchers, LanyardSuspect *suspect)
{
  return lanyard_line_reader_get_suspect (searchers->lines, suspect);
}

static const LanyardCascadeStep steps[] = {
  { "qr-half", QR, LANYARD_SCALE_HALF, LANYARD_STEP_ALWAYS, 40, begin_qr, go_on_qr,
    get_qr_suspect },
  { "qr-full", QR, LANYARD_SCALE_FULL, LANYARD_STEP_ALWAYS, 40, begin_qr, go_on_qr,
    get_qr_suspect },
  { "qr-fine", QR, LANYARD_SCALE_FULL, LANYARD_STEP_IF_NONE, 12, begin_qr, go_on_qr,
    get_qr_suspect },
  { "line-across", LINEAR, LANYARD_SCALE_FULL, LANYARD_STEP_ALWAYS, 0, begin_lines, go_on_lines,
    NULL },
  { "line-located", LINEAR, LANYARD_SCALE_FULL, LANYARD_STEP_ALWAYS, 0, begin_lines_located,
    go_on_lines, NULL },
  { "matrix", MATRIX, LANYARD_SCALE_FULL, LANYARD_STEP_DOCUMENT, 0, begin_matrix, go_on_matrix,
    get_matrix_suspect },
  { "mrz", MRZ, LANYARD_SCALE_FULL, LANYARD_STEP_DOCUMENT, 0, begin_mrz, go_on_mrz,
    get_mrz_suspect },
  { "mrz-far", MRZ, LANYARD_SCALE_FULL, LANYARD_STEP_ASKED, 0, begin_mrz_far, go_on_mrz,
    get_mrz_suspect },
  { "qr-small", QR, LANYARD_SCALE_FULL, LANYARD_STEP_DEEP, 0, begin_small, go_on_small, NULL },
  { "qr-quarter", QR, LANYARD_SCALE_QUARTER, LANYARD_STEP_DEEP, 20, begin_qr, go_on_qr,
    get_qr_suspect },
  { "qr-half-fine", QR, LANYARD_SCALE_HALF, LANYARD_STEP_DEEP, 10, begin_qr, go_on_qr,
    get_qr_suspect },
  { "line-deep", LINEAR, LANYARD_SCALE_FULL, LANYARD_STEP_DEEP, 0, begin_lines_deep, go_on_lines,
    get_lines_suspect },
  { "qr-open", QR, LANYARD_SCALE_FULL, LANYARD_STEP_DEEP, 40, begin_qr_open, go_on_qr,
    get_qr_suspect },
  { "matrix-deep", MATRIX, LANYARD_SCALE_FULL, LANYARD_STEP_DEEP, 0, begin_matrix_deep,
    go_on_matrix, NULL },
  { "mrz-far", MRZ, LANYARD_SCALE_FULL, LANYARD_STEP_UNASKED, 0, begin_mrz_far, go_on_mrz,
    get_mrz_suspect },
  { "zbar", QR, LANYARD_SCALE_FULL, LANYARD_STEP_DEEP_WHOLE, 0, begin_nothing, go_on_zbar, NULL },
};

void
lanyard_searchers_init (LanyardSearchers *searchers, LanyardSymbologies symbologies)
{
  *searchers = (LanyardSearchers){ .symbologies = symbologies };
  searchers->zbar = lanyard_zbar_new (symbologies);
  searchers->matrix = lanyard_matrix_reader_new ();
  searchers->mrz = lanyard_mrz_reader_new ();
  searchers->qr = lanyard_qr_reader_new (searchers->zbar);
  searchers->small = lanyard_small_reader_new (searchers->zbar);
  searchers->lines = lanyard_line_reader_new (searchers->zbar);
}

void
lanyard_searchers_clear (LanyardSearchers *searchers)
{
  lanyard_qr_reader_free (searchers->qr);
  lanyard_small_reader_free (searchers->small);
  lanyard_matrix_reader_free (searchers->matrix);
  lanyard_mrz_reader_free (searchers->mrz);
  lanyard_line_reader_free (searchers->lines);
  lanyard_zbar_free (searchers->zbar);
}

gboolean
lanyard_cascade_is_beside (LanyardSymbology symbology, gboolean asked)
{
  LanyardSymbologies beside = LINEAR | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_DATA_MATRIX);

  if (asked)
    beside |= QR;
  return (LANYARD_SYMBOLOGY_BIT (symbology) & beside) != 0;
}

const LanyardCascadeStep *
lanyard_cascade_get_steps (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (steps);
  return steps;
}
