/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-cascade.h"

#include <time.h>

#include "lanyard-cascade-steps.h"

/* Larger pictures are not given to what cannot be cut: on a field of finder patterns ZBar takes 0.2
 * s for 1 million px, 6 s for 9 and minutes for 60. */
#define MAX_WHOLE_PX (16 * 1000 * 1000)

struct _LanyardCascade
{
  LanyardSearchers searchers;
  const LanyardCascadeStep *steps; /* static */
  guint n_steps;
  LanyardFrame *frame; /* owned (nullable): the picture at hand */
  LanyardPlane planes[LANYARD_N_SCALES];
  LanyardPlaneBuffer half;
  LanyardPlaneBuffer quarter;
  guint n_planes; /* how many of planes are made */
  guint at;       /* index in steps */
  gboolean begun; /* the step at hand */
  gboolean stopped;
  gboolean asked;             /* for a document */
  guint n_found;              /* in this picture */
  guint n_alone;              /* of them, those that no document has beside its own */
  LanyardSuspect suspect;     /* in this picture; fit 0: none */
  LanyardCascadeTrace *trace; /* owned: one for each step */
  LanyardWork *work;          /* (nullable): while in lanyard_cascade_step() */
  LanyardFoundFunc func;      /* (nullable): while in lanyard_cascade_step() */
  gpointer user_data;
};

static const LanyardCascadeStep *
step_at_hand (const LanyardCascade *cascade)
{
  return &cascade->steps[MIN (cascade->at, cascade->n_steps - 1)];
}

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  LanyardCascade *cascade = user_data;
  double scale = (double)(1U << step_at_hand (cascade)->scale);
  LanyardFound in_frame = *found;

  if (!(cascade->searchers.symbologies & LANYARD_SYMBOLOGY_BIT (found->symbology)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (in_frame.corners); i++)
    {
      in_frame.corners[i].x *= scale;
      in_frame.corners[i].y *= scale;
    }
  cascade->n_found++;
  cascade->n_alone += !lanyard_cascade_is_beside (found->symbology, cascade->asked);
  cascade->trace[cascade->at].n_found++;
  cascade->func (&in_frame, cascade->user_data);
}

static const LanyardPlane *
plane_at (LanyardCascade *cascade, LanyardScale scale)
{
  LanyardPlaneBuffer *const buffers[LANYARD_N_SCALES] = { NULL, &cascade->half, &cascade->quarter };

  for (guint i = cascade->n_planes; i <= scale && i > 0; i++)
    {
      lanyard_plane_halve (&cascade->planes[i - 1], buffers[i]);
      cascade->planes[i] = buffers[i]->at;
      cascade->n_planes = i + 1;
    }
  return &cascade->planes[scale];
}

static gboolean
seeks_document (const LanyardCascade *cascade, const LanyardCascadeStep *step)
{
  return step->when == LANYARD_STEP_DOCUMENT
         || (step->when == LANYARD_STEP_ASKED && cascade->asked);
}

static gboolean
is_wanted (const LanyardCascade *cascade, const LanyardCascadeStep *step, const LanyardWork *work)
{
  guint n_enough = seeks_document (cascade, step) ? cascade->n_alone : cascade->n_found;

  return (step->symbologies & cascade->searchers.symbologies) != 0
         && !(step->when != LANYARD_STEP_ALWAYS && n_enough > 0)
         && !(step->when == LANYARD_STEP_ASKED && !cascade->asked)
         && !(step->when == LANYARD_STEP_UNASKED && cascade->asked)
         && !(step->when == LANYARD_STEP_DEEP_WHOLE
              && (work->limit != LANYARD_WORK_UNLIMITED
                  || (guint64)cascade->frame->width * cascade->frame->height > MAX_WHOLE_PX));
}

/* Processor time of this thread: what a step takes, whatever else the machine does. */
static gint64
used_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (gint64)used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

/* Where one is asked for, it goes before what else may be on a card. */
static gboolean
is_document_asked_for (const LanyardCascade *cascade, const LanyardSuspect *suspect)
{
  return cascade->asked && lanyard_cascade_is_document (suspect->symbology)
         && !lanyard_cascade_is_document (cascade->suspect.symbology);
}

/* What the step has located and not read, if that is likelier than what there was so far. */
static void
note_suspect (LanyardCascade *cascade, const LanyardCascadeStep *step)
{
  double scale = (double)(1U << step->scale);
  LanyardSuspect suspect;

  if (!step->get_suspect (&cascade->searchers, &suspect)
      || (suspect.fit <= cascade->suspect.fit && !is_document_asked_for (cascade, &suspect)))
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
go_on (LanyardCascade *cascade, const LanyardCascadeStep *step, LanyardWork *work)
{
  LanyardCascadeTrace *trace = &cascade->trace[cascade->at];
  guint64 spent = work->spent;
  gint64 start_us = used_us ();
  gboolean ended;

  if (!cascade->begun)
    {
      cascade->searchers.plane = plane_at (cascade, step->scale);
      step->begin (&cascade->searchers, step);
    }
  cascade->begun = trace->begun = TRUE;
  ended = step->go_on (&cascade->searchers, work, on_found, cascade);
  if (step->get_suspect != NULL)
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
  while (cascade->at < cascade->n_steps && !cascade->stopped)
    {
      const LanyardCascadeStep *step = &cascade->steps[cascade->at];

      if (cascade->begun || is_wanted (cascade, step, work))
        {
          if (lanyard_work_is_spent (work) || (cheap && lanyard_cascade_step_is_deep (step)))
            break;
          if (!go_on (cascade, step, work))
            continue;
        }
      cascade->begun = FALSE;
      cascade->at++;
    }
  cascade->func = NULL;
  cascade->work = NULL;
  return cascade->stopped || cascade->at == cascade->n_steps;
}

LanyardCascade *
lanyard_cascade_new (LanyardSymbologies symbologies)
{
  LanyardCascade *cascade = g_new0 (LanyardCascade, 1);

  lanyard_searchers_init (&cascade->searchers, symbologies);
  cascade->steps = lanyard_cascade_get_steps (&cascade->n_steps);
  cascade->trace = g_new0 (LanyardCascadeTrace, cascade->n_steps);
  cascade->at = cascade->n_steps;
  return cascade;
}

void
lanyard_cascade_free (LanyardCascade *cascade)
{
  if (cascade == NULL)
    return;
  lanyard_searchers_clear (&cascade->searchers);
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
  cascade->planes[LANYARD_SCALE_FULL] = lanyard_plane_of_frame (cascade->frame);
  cascade->n_planes = 1;
  cascade->at = 0;
  cascade->begun = cascade->stopped = FALSE;
  cascade->n_found = cascade->n_alone = 0;
  cascade->suspect = (LanyardSuspect){ 0 };
  for (guint i = 0; i < cascade->n_steps; i++)
    cascade->trace[i]
        = (LanyardCascadeTrace){ .name = cascade->steps[i].name,
                                 .deep = lanyard_cascade_step_is_deep (&cascade->steps[i]) };
}

void
lanyard_cascade_set_asked (LanyardCascade *cascade, gboolean asked)
{
  g_return_if_fail (cascade != NULL);

  cascade->asked = asked;
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
  return cascade->suspect.fit > 0
         && (cascade->n_found == 0
             || (cascade->asked && cascade->n_alone == 0
                 && lanyard_cascade_is_document (suspect->symbology)));
}

gboolean
lanyard_cascade_is_document (LanyardSymbology symbology)
{
  return symbology == LANYARD_SYMBOLOGY_MRZ || symbology == LANYARD_SYMBOLOGY_PDF417;
}

gboolean
lanyard_cascade_is_deep (const LanyardCascade *cascade)
{
  g_return_val_if_fail (cascade != NULL, TRUE);

  return cascade->at == cascade->n_steps
         || lanyard_cascade_step_is_deep (&cascade->steps[cascade->at]);
}

gboolean
lanyard_cascade_seeks_document (const LanyardCascade *cascade)
{
  g_return_val_if_fail (cascade != NULL, FALSE);

  return cascade->at < cascade->n_steps && seeks_document (cascade, &cascade->steps[cascade->at]);
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

  *n_steps = cascade->n_steps;
  return cascade->trace;
}
