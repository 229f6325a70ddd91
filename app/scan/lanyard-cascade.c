/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-cascade.h"

#include <time.h>

#include "lanyard-line-reader.h"
#include "lanyard-matrix-reader.h"
#include "lanyard-mrz-reader.h"
#include "lanyard-plane.h"
#include "lanyard-qr-reader.h"
#include "lanyard-small-reader.h"
#include "lanyard-zbar.h"

/* Reductions of the frame, made when a step first wants them. */
typedef enum
{
  SCALE_FULL,
  SCALE_HALF,
  SCALE_QUARTER,
  N_SCALES,
} Scale;

/* When a step is done. */
typedef enum
{
  ALWAYS,    /* on each frame of a camera */
  IF_NONE,   /* the same, unless something has been found in the picture */
  DEEP,      /* in slices, unless something has been found */
  DEEP_WHOLE /* cannot be cut and takes longer than a frame: only where work has no limit */
} When;

typedef struct _Step Step;

struct _Step
{
  const char *name;
  LanyardSymbologies symbologies; /* left out when none of them is wanted */
  Scale scale;
  When when;
  guint radius; /* px of the plane: of the local mean; 0: not a step for QR */
  void (*begin) (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane);
  gboolean (*go_on) (LanyardCascade *cascade, LanyardWork *work);
};

struct _LanyardCascade
{
  LanyardSymbologies symbologies;
  LanyardZbar *zbar;           /* owned */
  LanyardQrReader *qr;         /* owned */
  LanyardSmallReader *small;   /* owned */
  LanyardLineReader *lines;    /* owned */
  LanyardMatrixReader *matrix; /* owned */
  LanyardMrzReader *mrz;       /* owned */
  LanyardFrame *frame;         /* owned (nullable): the picture at hand */
  LanyardPlane planes[N_SCALES];
  LanyardPlaneBuffer half;
  LanyardPlaneBuffer quarter;
  guint n_planes; /* how many of planes are made */
  guint at;       /* index in steps */
  gboolean begun; /* the step at hand */
  gboolean stopped;
  guint n_found;              /* in this picture */
  LanyardSuspect suspect;     /* in this picture; fit 0: none */
  LanyardCascadeTrace *trace; /* owned: one for each step */
  LanyardWork *work;          /* (nullable): while in lanyard_cascade_step() */
  LanyardFoundFunc func;      /* (nullable): while in lanyard_cascade_step() */
  gpointer user_data;
};

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

static void on_found (const LanyardFound *found, gpointer user_data);

static void
begin_nothing (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
}

static gboolean
go_on_zbar (LanyardCascade *cascade, LanyardWork *work)
{
  const LanyardPlane *plane = &cascade->planes[SCALE_FULL];

  lanyard_work_spend (work, (guint64)plane->width * plane->height / ZBAR_PX_PER_STEP);
  lanyard_zbar_read_symbol (cascade->zbar, plane, on_found, cascade);
  return TRUE;
}

static void
begin_qr (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
  lanyard_qr_reader_begin (cascade->qr, plane, step->radius,
                           step->when != ALWAYS ? LANYARD_QR_DEEP : LANYARD_QR_QUICK);
}

static gboolean
go_on_qr (LanyardCascade *cascade, LanyardWork *work)
{
  return lanyard_qr_reader_step (cascade->qr, work, on_found, cascade);
}

static void
begin_small (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
  lanyard_small_reader_begin (cascade->small, plane);
}

static gboolean
go_on_small (LanyardCascade *cascade, LanyardWork *work)
{
  return lanyard_small_reader_step (cascade->small, work, on_found, cascade);
}

static void
begin_lines (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
  lanyard_line_reader_begin (cascade->lines, plane, LANYARD_LINE_ACROSS);
}

static void
begin_lines_located (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
  lanyard_line_reader_deepen (cascade->lines, LANYARD_LINE_LOCATED);
}

static void
begin_lines_deep (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
  lanyard_line_reader_deepen (cascade->lines, LANYARD_LINE_DEEP);
}

static gboolean
go_on_lines (LanyardCascade *cascade, LanyardWork *work)
{
  return lanyard_line_reader_step (cascade->lines, work, on_found, cascade);
}

static void
begin_matrix (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
  lanyard_matrix_reader_begin (cascade->matrix, plane, cascade->symbologies & MATRIX,
                               LANYARD_MATRIX_QUICK);
}

static void
begin_matrix_deep (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
  lanyard_matrix_reader_begin (cascade->matrix, plane, cascade->symbologies & MATRIX,
                               LANYARD_MATRIX_DEEP);
}

static gboolean
go_on_matrix (LanyardCascade *cascade, LanyardWork *work)
{
  return lanyard_matrix_reader_step (cascade->matrix, work, on_found, cascade);
}

static void
begin_mrz (LanyardCascade *cascade, const Step *step, const LanyardPlane *plane)
{
  lanyard_mrz_reader_begin (cascade->mrz, plane);
}

static gboolean
go_on_mrz (LanyardCascade *cascade, LanyardWork *work)
{
  return lanyard_mrz_reader_step (cascade->mrz, work, on_found, cascade);
}

static const Step steps[] = {
  { "qr-half", QR, SCALE_HALF, ALWAYS, 40, begin_qr, go_on_qr },
  { "qr-full", QR, SCALE_FULL, ALWAYS, 40, begin_qr, go_on_qr },
  { "qr-fine", QR, SCALE_FULL, IF_NONE, 12, begin_qr, go_on_qr },
  { "line-across", LINEAR, SCALE_FULL, ALWAYS, 0, begin_lines, go_on_lines },
  { "line-located", LINEAR, SCALE_FULL, ALWAYS, 0, begin_lines_located, go_on_lines },
  { "matrix", MATRIX, SCALE_FULL, DEEP, 0, begin_matrix, go_on_matrix },
  { "mrz", MRZ, SCALE_FULL, DEEP, 0, begin_mrz, go_on_mrz },
  { "qr-small", QR, SCALE_FULL, DEEP, 0, begin_small, go_on_small },
  { "qr-quarter", QR, SCALE_QUARTER, DEEP, 20, begin_qr, go_on_qr },
  { "qr-half-fine", QR, SCALE_HALF, DEEP, 10, begin_qr, go_on_qr },
  { "line-deep", LINEAR, SCALE_FULL, DEEP, 0, begin_lines_deep, go_on_lines },
  { "matrix-deep", MATRIX, SCALE_FULL, DEEP, 0, begin_matrix_deep, go_on_matrix },
  { "zbar", QR, SCALE_FULL, DEEP_WHOLE, 0, begin_nothing, go_on_zbar },
};

static const Step *
step_at_hand (const LanyardCascade *cascade)
{
  return &steps[MIN (cascade->at, G_N_ELEMENTS (steps) - 1)];
}

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  LanyardCascade *cascade = user_data;
  double scale = (double)(1U << step_at_hand (cascade)->scale);
  LanyardFound in_frame = *found;

  if (!(cascade->symbologies & LANYARD_SYMBOLOGY_BIT (found->symbology)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (in_frame.corners); i++)
    {
      in_frame.corners[i].x *= scale;
      in_frame.corners[i].y *= scale;
    }
  cascade->n_found++;
  cascade->trace[cascade->at].n_found++;
  cascade->func (&in_frame, cascade->user_data);
}

static const LanyardPlane *
plane_at (LanyardCascade *cascade, Scale scale)
{
  LanyardPlaneBuffer *const buffers[N_SCALES] = { NULL, &cascade->half, &cascade->quarter };

  for (guint i = cascade->n_planes; i <= scale && i > 0; i++)
    {
      lanyard_plane_halve (&cascade->planes[i - 1], buffers[i]);
      cascade->planes[i] = buffers[i]->at;
      cascade->n_planes = i + 1;
    }
  return &cascade->planes[scale];
}

static gboolean
is_deep (const Step *step)
{
  return step->when >= DEEP;
}

static gboolean
is_wanted (const LanyardCascade *cascade, const Step *step, const LanyardWork *work)
{
  return (step->symbologies & cascade->symbologies) != 0
         && !(step->when != ALWAYS && cascade->n_found > 0)
         && !(step->when == DEEP_WHOLE && work->limit != LANYARD_WORK_UNLIMITED);
}

/* Processor time of this thread: what a step takes, whatever else the machine does. */
static gint64
used_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (gint64)used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

/* What the QR reader has located and not read, if that is likelier than what it had so far. */
static void
note_suspect (LanyardCascade *cascade, const Step *step)
{
  double scale = (double)(1U << step->scale);
  LanyardSuspect suspect;

  if (!lanyard_qr_reader_get_suspect (cascade->qr, &suspect) || suspect.fit <= cascade->suspect.fit)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (suspect.corners); i++)
    {
      suspect.corners[i].x *= scale;
      suspect.corners[i].y *= scale;
    }
  suspect.module_px *= scale;
  cascade->suspect = suspect;
}

/* Returns: whether the step at hand is ended */
static gboolean
go_on (LanyardCascade *cascade, const Step *step, LanyardWork *work)
{
  LanyardCascadeTrace *trace = &cascade->trace[cascade->at];
  guint64 spent = work->spent;
  gint64 start_us = used_us ();
  gboolean ended;

  if (!cascade->begun)
    step->begin (cascade, step, plane_at (cascade, step->scale));
  cascade->begun = trace->begun = TRUE;
  ended = step->go_on (cascade, work);
  if (step->go_on == go_on_qr)
    note_suspect (cascade, step);
  trace->work += work->spent - spent;
  trace->took_us += used_us () - start_us;
  return ended;
}

/* @cheap: whether to end before the first deep step. Returns: whether nothing is left to try */
static gboolean
run (LanyardCascade *cascade,
     gboolean cheap,
     LanyardWork *work,
     LanyardFoundFunc func,
     gpointer user_data)
{
  cascade->work = work;
  cascade->func = func;
  cascade->user_data = user_data;
  while (cascade->at < G_N_ELEMENTS (steps) && !cascade->stopped)
    {
      const Step *step = &steps[cascade->at];

      if (cascade->begun || is_wanted (cascade, step, work))
        {
          if (lanyard_work_is_spent (work) || (cheap && is_deep (step)))
            break;
          if (!go_on (cascade, step, work))
            continue;
        }
      cascade->begun = FALSE;
      cascade->at++;
    }
  cascade->func = NULL;
  cascade->work = NULL;
  return cascade->stopped || cascade->at == G_N_ELEMENTS (steps);
}

LanyardCascade *
lanyard_cascade_new (LanyardSymbologies symbologies)
{
  LanyardCascade *cascade = g_new0 (LanyardCascade, 1);

  cascade->symbologies = symbologies;
  cascade->zbar = lanyard_zbar_new (symbologies);
  cascade->matrix = lanyard_matrix_reader_new ();
  cascade->mrz = lanyard_mrz_reader_new ();
  cascade->qr = lanyard_qr_reader_new (cascade->zbar);
  cascade->small = lanyard_small_reader_new (cascade->zbar);
  cascade->lines = lanyard_line_reader_new (cascade->zbar);
  cascade->trace = g_new0 (LanyardCascadeTrace, G_N_ELEMENTS (steps));
  cascade->at = G_N_ELEMENTS (steps);
  return cascade;
}

void
lanyard_cascade_free (LanyardCascade *cascade)
{
  if (cascade == NULL)
    return;
  lanyard_qr_reader_free (cascade->qr);
  lanyard_small_reader_free (cascade->small);
  lanyard_matrix_reader_free (cascade->matrix);
  lanyard_mrz_reader_free (cascade->mrz);
  lanyard_line_reader_free (cascade->lines);
  lanyard_zbar_free (cascade->zbar);
  g_clear_pointer (&cascade->frame, lanyard_frame_free);
  lanyard_plane_buffer_clear (&cascade->half);
  lanyard_plane_buffer_clear (&cascade->quarter);
  g_free (cascade->trace);
  g_free (cascade);
}

void
lanyard_cascade_begin (LanyardCascade *cascade, const LanyardFrame *frame)
{
  g_return_if_fail (cascade != NULL);
  g_return_if_fail (frame != NULL);

  g_clear_pointer (&cascade->frame, lanyard_frame_free);
  cascade->frame = lanyard_frame_copy (frame);
  cascade->planes[SCALE_FULL] = lanyard_plane_of_frame (cascade->frame);
  cascade->n_planes = 1;
  cascade->at = 0;
  cascade->begun = cascade->stopped = FALSE;
  cascade->n_found = 0;
  cascade->suspect.fit = 0;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    cascade->trace[i] = (LanyardCascadeTrace){ .name = steps[i].name, .deep = is_deep (&steps[i]) };
}

gboolean
lanyard_cascade_step (LanyardCascade *cascade,
                      LanyardWork *work,
                      LanyardFoundFunc func,
                      gpointer user_data)
{
  g_return_val_if_fail (cascade != NULL, TRUE);
  g_return_val_if_fail (work != NULL, TRUE);
  g_return_val_if_fail (func != NULL, TRUE);

  return run (cascade, FALSE, work, func, user_data);
}

gboolean
lanyard_cascade_step_cheap (LanyardCascade *cascade,
                            LanyardWork *work,
                            LanyardFoundFunc func,
                            gpointer user_data)
{
  g_return_val_if_fail (cascade != NULL, TRUE);
  g_return_val_if_fail (work != NULL, TRUE);
  g_return_val_if_fail (func != NULL, TRUE);

  return run (cascade, TRUE, work, func, user_data);
}

void
lanyard_cascade_stop (LanyardCascade *cascade)
{
  g_return_if_fail (cascade != NULL);

  cascade->stopped = TRUE;
  /* The searcher at hand knows of nothing but its work. */
  if (cascade->work != NULL)
    cascade->work->limit = 0;
}

gboolean
lanyard_cascade_get_suspect (const LanyardCascade *cascade, LanyardSuspect *suspect)
{
  g_return_val_if_fail (cascade != NULL && suspect != NULL, FALSE);

  *suspect = cascade->suspect;
  return cascade->n_found == 0 && cascade->suspect.fit > 0;
}

gboolean
lanyard_cascade_is_deep (const LanyardCascade *cascade)
{
  g_return_val_if_fail (cascade != NULL, TRUE);

  return cascade->at == G_N_ELEMENTS (steps) || is_deep (&steps[cascade->at]);
}

const char *
lanyard_cascade_get_step (const LanyardCascade *cascade)
{
  g_return_val_if_fail (cascade != NULL, NULL);

  return step_at_hand (cascade)->name;
}

const LanyardCascadeTrace *
lanyard_cascade_get_trace (const LanyardCascade *cascade, guint *n_steps)
{
  g_return_val_if_fail (cascade != NULL, NULL);
  g_return_val_if_fail (n_steps != NULL, NULL);

  *n_steps = G_N_ELEMENTS (steps);
  return cascade->trace;
}
