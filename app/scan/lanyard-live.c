/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-live.h"

#include <string.h>

#include "lanyard-gate.h"
#include "lanyard-hint.h"
#include "lanyard-live-search.h"
#include "lanyard-sightings.h"
#include "lanyard-track.h"

/*
 * What one frame goes through:
 *
 *   gate ──shut──► nothing; codes that were there are still there
 *     │open
 *   follow: known symbols where they should be by now (lanyard-track)
 *     │
 *   NEAR   a symbol that is not confirmed: its region is searched first, with few steps; or, while
 *     │    the cheap steps are still busy with an older frame, a quick look at this one
 *   CHEAP  the cheap steps on the whole frame
 *     │
 *   DEEP   a slice of the deep steps on the frame on which they began, some frames ago
 *
 * A frame whose cheap steps found nothing becomes the one for the deep steps when that place is
 * free, so each deep search is the rest of a whole one: what is read does not depend on how it was
 * cut into slices. Once a code has been read in the picture, deep searches are dropped. After one
 * that read nothing the next waits, the longer the more of them there were since the gate opened:
 * somebody who walks by, or holds up what is too small to be read, is not worth half a core.
 *
 * While nothing moves, too, the newest frame is searched in one of REREAD_FRAMES only, and the deep
 * steps have all the rest.
 *
 * While all known symbols are confirmed, the picture is searched in one frame of REREAD_FRAMES
 * only: for a second code, and so that one which took the place of another is seen.
 *
 * The gate shuts when nothing has moved for a while and a search that began since has been carried
 * to its end. A symbol that was located and not read keeps it open longer: somebody is holding it.
 *
 * Whoever decodes frames may leave some of them out while things are calm: the gate is shut, all
 * known symbols are where they should be, what goes on has been searched with everything and
 * nothing was read, or nothing new has been read for long.
 *
 * Assumes frames at 10 to 60 a second. A step takes one to two µs; with MJPEG decoded at 2.5 ms a
 * frame FRAME_STEPS keep a camera of 720p at 30 a second near a fifth of one core (bench-live).
 */

#define REREAD_FRAMES 6
#define NEAR_STEPS 1200
/* Enough for the first step at half the size, which reads most codes. No frame has less, whatever
 * is owed for steps that could not be cut. */
#define QUICK_STEPS 1000
/* Of a frame's share, kept for deep steps that are under way; they get what the others leave, too.
 */
#define LEAST_DEEP_STEPS 600
/* From the end of a deep search to the beginning of the next, for each that read nothing, µs. */
#define DEEP_PAUSE_US (G_USEC_PER_SEC / 4)
#define MAX_DEEP_PAUSES 4
/* How long a located symbol keeps the gate open after the last movement, µs. */
#define SUSPECT_LINGER_US (6 * G_USEC_PER_SEC)
/* For how long every frame counts when the gate has opened or something new was read, µs. */
#define NEWS_US (2 * G_USEC_PER_SEC)
/* Frames a second that are enough while things are calm: every other one of 30, or every third. */
#define CALM_RATE 20
#define SHUT_RATE 12

typedef enum
{
  PHASE_NEAR,
  PHASE_CHEAP,
  PHASE_DEEP,
  PHASE_DONE,
} Phase;

struct _LanyardLive
{
  /* owned */
  LanyardGate *gate;
  LanyardTrack *track;
  LanyardSightings *sightings;
  LanyardLiveSearch near;
  LanyardLiveSearch fresh; /* the newest frame */
  LanyardLiveSearch deep;  /* an older one */
  LanyardFrame *frame;     /* (nullable): shown last */

  /* state */
  LanyardGateLook look;
  LanyardHinter hinter;
  LanyardLiveState state;
  Phase phase;
  gboolean near_read; /* its search has read something */
  gboolean confirmed; /* all known symbols are where they should be, and there is one */
  gint64 near_credit; /* steps left for its search */
  gint64 credit;      /* steps left for the frame; below 0 after what cannot be cut */
  gint64 debt;        /* steps that earlier frames have spent too much */
  guint n_frames;
  guint n_unsearched; /* frames since the whole picture was searched */
  gboolean suspected; /* a symbol was located in this frame's searches */
  LanyardSuspect suspect;
  gboolean ended;      /* the frame has had its share */
  gboolean read;       /* a code was read in this frame, or is still there */
  gint64 complete_us;  /* time of the frame whose search came to its end last */
  gint64 suspected_us; /* when a symbol was located and not read last */
  gint64 news_us;      /* when the gate opened, or a code was read that is new */
  guint n_fruitless;   /* deep searches since the gate opened, or since one read something */
  gint64 deep_us;      /* no deep search begins before */
};

/* A call of lanyard_live_step() under way. */
typedef struct
{
  LanyardLive *live;
  LanyardLiveSearch *search;
  LanyardLiveFunc func;
  gpointer user_data;
} Reading;

/* Whether what goes on has gone on for so long that half of the frames do. */
static gboolean
has_lasted (const LanyardLive *live)
{
  return live->n_fruitless > 0 || live->frame->at_us - live->news_us > NEWS_US;
}

/* A symbol that is located and only read now and then is sighted for longer, so that it needs no
 * more frames than one that is never read. */
static gboolean
is_hard (const LanyardLive *live)
{
  return has_lasted (live) && live->suspected_us > live->frame->at_us - G_USEC_PER_SEC / 2;
}

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  Reading *reading = user_data;
  LanyardLive *live = reading->live;
  const LanyardLiveSearch *search = reading->search;
  /* The deep steps' frame is an older one. */
  LanyardPlane plane = lanyard_plane_of_frame (search == &live->near ? live->frame : search->frame);
  g_autoptr (LanyardScan) scan = NULL;

  if (found->n_bytes == 0 || found->n_bytes > LANYARD_SCAN_MAX_BYTES)
    return;
  scan = lanyard_scan_new (found->symbology, LANYARD_SCAN_SOURCE_CAMERA, found->data,
                           found->n_bytes);
  scan->at_us = search->at_us;
  scan->step = lanyard_cascade_get_step (search->cascade);
  for (guint i = 0; i < G_N_ELEMENTS (scan->corners); i++)
    scan->corners[i]
        = (LanyardPoint){ found->corners[i].x + search->left, found->corners[i].y + search->top };
  live->read = TRUE;
  live->near_read = live->near_read || search == &live->near;
  lanyard_track_see (live->track, &plane, scan->corners, scan, scan->at_us);
  if (!lanyard_sightings_add (live->sightings, scan,
                              lanyard_cascade_is_deep (search->cascade) || is_hard (live)))
    return;
  live->news_us = live->frame->at_us;
  reading->func (scan, reading->user_data);
}

static void
on_still_there (const LanyardScan *scan, gpointer user_data)
{
  LanyardLive *live = user_data;

  live->read = TRUE;
  lanyard_sightings_see (live->sightings, scan);
}

/* A symbol that was located and not read: it is looked for first in the next frame, keeps the gate
 * open for longer, and the person is told what would help. */
static void
note_suspect (LanyardLive *live, const LanyardLiveSearch *search)
{
  LanyardPlane plane = lanyard_plane_of_frame (live->frame);
  LanyardSuspect suspect;
  const LanyardScan *known;

  if (live->read || !lanyard_cascade_get_suspect (search->cascade, &suspect))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (suspect.corners); i++)
    suspect.corners[i]
        = (LanyardPoint){ suspect.corners[i].x + search->left, suspect.corners[i].y + search->top };
  live->suspected = TRUE;
  live->suspect = suspect;
  live->suspected_us = MAX (live->suspected_us, search->at_us);
  /* An older frame says what was there and not where it is now. */
  if (search->at_us != live->frame->at_us)
    return;
  known = lanyard_track_see (live->track, &plane, suspect.corners, NULL, search->at_us);
  /* What can only be read now and then has not left in between. */
  if (known != NULL)
    lanyard_sightings_see (live->sightings, known);
}

/* Goes on with one search. Returns: whether it is at its end */
static gboolean
go_on (Reading *reading, LanyardLiveSearch *search, LanyardWork *work)
{
  reading->search = search;
  return lanyard_cascade_step (search->cascade, work, on_found, reading);
}

/* The picture of this frame was searched as far as it is going to be. */
static void
complete (LanyardLive *live, LanyardLiveSearch *search)
{
  live->complete_us = MAX (live->complete_us, search->at_us);
  lanyard_live_search_end (search);
}

static void
step_near (Reading *reading, LanyardWork *work)
{
  LanyardLive *live = reading->live;
  LanyardWork near = { 0, MIN (work->limit, (guint64)live->near_credit) };
  gboolean ended = go_on (reading, &live->near, &near);

  lanyard_work_spend (work, near.spent);
  live->near_credit -= (gint64)near.spent;
  if (!ended && live->near_credit > 0 && !live->near_read)
    return;
  note_suspect (live, &live->near);
  lanyard_live_search_end (&live->near);
  live->phase = live->read && live->n_unsearched < REREAD_FRAMES ? PHASE_DONE : PHASE_CHEAP;
}

/* The frame before, if there was no time to end with it. */
static void
begin_fresh (LanyardLive *live)
{
  if (live->fresh.frame != NULL)
    return;
  lanyard_live_search_begin (&live->fresh, live->frame, NULL);
  live->n_unsearched = 0;
}

static void
step_cheap (Reading *reading, LanyardWork *work)
{
  LanyardLive *live = reading->live;
  gboolean ended;

  begin_fresh (live);
  reading->search = &live->fresh;
  ended = lanyard_cascade_step_cheap (live->fresh.cascade, work, on_found, reading);
  if (ended || lanyard_cascade_is_deep (live->fresh.cascade))
    note_suspect (live, &live->fresh);
  if (!ended && !lanyard_cascade_is_deep (live->fresh.cascade))
    return;
  /* With a code in the picture nobody goes deeper. */
  if (ended || live->read)
    complete (live, &live->fresh);
  else if (live->deep.frame == NULL && live->frame->at_us >= live->deep_us)
    lanyard_live_search_swap (&live->fresh, &live->deep);
  else
    lanyard_live_search_end (&live->fresh);
  if (live->read)
    lanyard_live_search_end (&live->deep);
  live->phase = live->read ? PHASE_DONE : PHASE_DEEP;
}

static void
step_deep (Reading *reading, LanyardWork *work)
{
  LanyardLive *live = reading->live;

  if (live->deep.frame == NULL)
    live->phase = PHASE_DONE;
  else if (go_on (reading, &live->deep, work))
    {
      note_suspect (live, &live->deep);
      complete (live, &live->deep);
      live->n_fruitless = live->read ? 0 : MIN (live->n_fruitless + 1, MAX_DEEP_PAUSES);
      live->deep_us = live->frame->at_us + live->n_fruitless * DEEP_PAUSE_US;
    }
}

static void
end_searches (LanyardLive *live)
{
  lanyard_live_search_end (&live->near);
  lanyard_live_search_end (&live->fresh);
  lanyard_live_search_end (&live->deep);
}

static void
update_hint (LanyardLive *live)
{
  LanyardPlane plane = lanyard_plane_of_frame (live->frame);
  LanyardHintSight sight = { .at_us = live->frame->at_us,
                             .open = live->look.open,
                             .read = live->read,
                             .moving_share = live->look.moving_share };

  if (live->look.open)
    lanyard_hint_measure_light (&sight, &live->look.small);
  if (live->suspected)
    lanyard_hint_measure_suspect (&sight, &plane, &live->suspect,
                                  lanyard_track_get_speed (live->track));
  lanyard_hinter_add (&live->hinter, &sight);
  live->state.hint = live->hinter.shown;
}

/* Shuts the gate when all has been tried on what is in the picture. */
static void
try_settle (LanyardLive *live)
{
  gint64 now_us = live->frame->at_us;
  gboolean suspected = !live->read && live->suspected_us >= live->look.still_us
                       && now_us - live->look.still_us < SUSPECT_LINGER_US;

  if (live->complete_us >= live->look.still_us && !suspected && lanyard_gate_settle (live->gate))
    {
      end_searches (live);
      lanyard_track_reset (live->track);
    }
}

static gboolean
is_calm (const LanyardLive *live)
{
  return !live->look.open || live->confirmed || has_lasted (live);
}

/* Once a frame, when it has had its share or its time. */
static void
end_frame (LanyardLive *live)
{
  if (live->ended)
    return;
  live->ended = TRUE;
  live->phase = PHASE_DONE;
  lanyard_live_search_end (&live->near);
  update_hint (live);
  if (live->look.open)
    try_settle (live);
  live->state.n_followed = lanyard_track_get_count (live->track);
  live->state.calm = is_calm (live);
  if (live->state.calm)
    live->state.enough = live->look.open ? CALM_RATE : SHUT_RATE;
  else
    live->state.enough = 0;
}

/* What the frame before has spent too much is taken from this one and the next ones. */
static void
pay_debt (LanyardLive *live)
{
  gint64 payment;

  live->debt -= MIN (live->credit, 0);
  payment = MIN (live->debt, LANYARD_LIVE_FRAME_STEPS - QUICK_STEPS);
  live->debt -= payment;
  live->credit = LANYARD_LIVE_FRAME_STEPS - payment;
}

static void
begin_near (LanyardLive *live, const LanyardTrackRegion *region, guint n_steps)
{
  lanyard_live_search_begin (&live->near, live->frame, region);
  live->near_credit = n_steps;
  live->near_read = FALSE;
  live->phase = PHASE_NEAR;
}

static void
choose_phase (LanyardLive *live, const LanyardPlane *plane)
{
  LanyardTrackRegion region;
  gint64 at_us = live->frame->at_us;
  guint n_lost = lanyard_track_follow (live->track, plane, at_us, on_still_there, live);
  gboolean late = live->fresh.frame != NULL;

  if (live->read)
    lanyard_live_search_end (&live->deep);
  live->confirmed = live->read && n_lost == 0;
  live->phase = live->confirmed && live->n_unsearched < REREAD_FRAMES ? PHASE_DONE : PHASE_CHEAP;
  /* What the cheap steps said of a picture that has not moved they need not say again. */
  if (live->phase == PHASE_CHEAP && live->deep.frame != NULL && !late
      && live->look.still_us <= live->deep.at_us && live->n_unsearched < REREAD_FRAMES)
    live->phase = PHASE_DEEP;
  if (n_lost > 0 && !(late && live->n_frames % 2 == 0)
      && lanyard_track_get_region (live->track, plane, at_us, &region))
    begin_near (live, &region, NEAR_STEPS);
  else if (late && live->phase == PHASE_CHEAP)
    begin_near (live, NULL, QUICK_STEPS);
}

LanyardLive *
lanyard_live_new (LanyardSymbologies symbologies)
{
  LanyardLive *live = g_new0 (LanyardLive, 1);

  live->gate = lanyard_gate_new ();
  live->track = lanyard_track_new ();
  live->sightings = lanyard_sightings_new ();
  lanyard_live_search_init (&live->near, symbologies);
  lanyard_live_search_init (&live->fresh, symbologies);
  lanyard_live_search_init (&live->deep, symbologies);
  live->phase = PHASE_DONE;
  return live;
}

void
lanyard_live_free (LanyardLive *live)
{
  if (live == NULL)
    return;
  lanyard_live_search_clear (&live->near);
  lanyard_live_search_clear (&live->fresh);
  lanyard_live_search_clear (&live->deep);
  lanyard_gate_free (live->gate);
  lanyard_track_free (live->track);
  lanyard_sightings_free (live->sightings);
  g_clear_pointer (&live->frame, lanyard_frame_free);
  g_free (live);
}

void
lanyard_live_show (LanyardLive *live, const LanyardFrame *frame)
{
  LanyardPlane plane;

  g_return_if_fail (live != NULL && frame != NULL);

  if (live->frame != NULL)
    end_frame (live);
  else
    {
      live->complete_us = live->suspected_us = live->deep_us = G_MININT64;
      live->news_us = frame->at_us;
    }
  g_clear_pointer (&live->frame, lanyard_frame_free);
  live->frame = lanyard_frame_copy (frame);
  plane = lanyard_plane_of_frame (live->frame);
  live->state.work = 0;
  live->read = live->suspected = live->ended = FALSE;
  pay_debt (live);
  live->n_frames++;
  live->n_unsearched++;
  lanyard_gate_look (live->gate, &plane, frame->at_us, &live->look);
  if (live->look.open)
    choose_phase (live, &plane);
  else
    {
      lanyard_sightings_keep (live->sightings, live->look.still_us, frame->at_us);
      live->confirmed = FALSE;
      live->news_us = frame->at_us;
      live->n_fruitless = 0;
      live->deep_us = G_MININT64;
      live->phase = PHASE_DONE;
    }
  live->state.open = live->look.open;
}

gboolean
lanyard_live_step (LanyardLive *live, guint64 n_steps, LanyardLiveFunc func, gpointer user_data)
{
  static void (*const steps[]) (Reading *, LanyardWork *) = {
    [PHASE_NEAR] = step_near,
    [PHASE_CHEAP] = step_cheap,
    [PHASE_DEEP] = step_deep,
  };
  Reading reading = { live, NULL, func, user_data };
  guint64 left = n_steps;

  g_return_val_if_fail (live != NULL && live->frame != NULL && func != NULL, TRUE);

  while (live->phase != PHASE_DONE && live->credit > 0 && left > 0)
    {
      gint64 kept = live->phase == PHASE_CHEAP && live->deep.frame != NULL ? LEAST_DEEP_STEPS : 0;
      LanyardWork work = { 0, MIN (left, (guint64)MAX (live->credit - kept, 0)) };

      if (work.limit == 0)
        {
          live->phase = PHASE_DEEP;
          continue;
        }
      steps[live->phase](&reading, &work);
      live->credit -= (gint64)work.spent;
      live->state.work += work.spent;
      left -= MIN (left, work.spent);
    }
  if (live->credit <= 0)
    live->phase = PHASE_DONE;
  if (live->phase == PHASE_DONE)
    end_frame (live);
  return live->ended;
}

const LanyardLiveState *
lanyard_live_get_state (const LanyardLive *live)
{
  g_return_val_if_fail (live != NULL, NULL);

  return &live->state;
}
