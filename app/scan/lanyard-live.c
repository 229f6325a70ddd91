/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include <string.h>

#include "lanyard-live-private.h"

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
 * cut into slices. Once a code has been read in the picture, deep searches are dropped; but for a
 * linear code or Data Matrix, beside which licences and identity cards have what says whose they
 * are: then one goes on as far as to that (LANYARD_STEP_DOCUMENT). While a document is asked for
 * that holds of a QR code, too. After one that read nothing the next waits, the longer the more of
 * them there were since the gate opened: somebody who walks by, or holds up what is too small to be
 * read, is not worth half a core. A search that lasts is dropped when what its frame showed counts
 * as gone.
 *
 * While nothing moves, too, the newest frame is searched in one of LANYARD_LIVE_REREAD_FRAMES only,
 * and the deep steps have all the rest.
 *
 * While all known symbols are confirmed, the picture is searched in one frame of
 * LANYARD_LIVE_REREAD_FRAMES only: for a second code, and so that one which took the place of
 * another is seen.
 *
 * What was located and could not be read says what to tell the person: a QR symbol in the frame
 * that showed it, a linear code, a zone or a licence, of which only deep steps know, for three
 * seconds from when they do. A deep search that has located a document ends there, so that it is
 * tried again soon; each third one goes to its end.
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
#define NEAR_STEPS 1200
/* Enough for the first step at half the size, which reads most codes. No frame has less, whatever
 * is owed for steps that could not be cut. */
#define QUICK_STEPS 1000
/* Of a frame's share, kept for deep steps that are under way; they get what the others leave, too.
 */
#define LEAST_DEEP_STEPS 600
/* How long a located symbol keeps the gate open after the last movement, µs. */
#define SUSPECT_LINGER_US (6 * G_USEC_PER_SEC)
/* Frames a second that are enough while things are calm: every other one of 30, or every third. */
#define CALM_RATE 20
#define SHUT_RATE 12

static void
end_searches (LanyardLive *live)
{
  lanyard_live_search_end (&live->near);
  lanyard_live_search_end (&live->fresh);
  lanyard_live_search_end (&live->deep);
}

/* What a frame showed that long ago is gone, see LanyardSightings; unless nothing has moved since.
 */
static void
drop_if_gone (const LanyardLive *live, LanyardLiveSearch *search, gint64 gone_us)
{
  if (search->frame != NULL && search->at_us < live->look.still_us
      && live->frame->at_us - search->at_us >= gone_us)
    lanyard_live_search_end (search);
}

/* Nobody is told what somebody else had held up; also not on a machine so slow that a frame's
 * search lasts until the next visitor stands there. */
static void
drop_outdated (LanyardLive *live)
{
  drop_if_gone (live, &live->fresh, LANYARD_SIGHTINGS_GONE_US);
  drop_if_gone (live, &live->deep, LANYARD_SIGHTINGS_DEEP_GONE_US);
}

static void
update_hint (LanyardLive *live)
{
  LanyardHintSight sight = { 0 };

  /* A card's other code says nothing against what its zone needs, unless the zone is read. */
  gboolean read = live->read
                  && !(live->asked && !live->alone && live->held_document
                       && live->frame->at_us <= live->held_until_us);

  if (read || !live->look.open)
    live->held_until_us = G_MININT64;
  if (live->frame->at_us <= live->held_until_us)
    sight = live->held;
  sight.at_us = live->frame->at_us;
  sight.open = live->look.open;
  sight.read = read;
  sight.moving_share = live->look.moving_share;
  if (live->look.open)
    lanyard_hint_measure_light (&sight, &live->look.small);
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
  return !live->look.open || live->confirmed || _lanyard_live_has_lasted (live);
}

/* Once a frame, when it has had its share or its time. */
static void
end_frame (LanyardLive *live)
{
  if (live->ended)
    return;
  live->ended = TRUE;
  live->phase = LANYARD_LIVE_DONE;
  lanyard_live_search_end (&live->near);
  if (live->alone)
    lanyard_live_search_end (&live->deep);
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
  live->phase = LANYARD_LIVE_NEAR;
}

static void
choose_phase (LanyardLive *live, const LanyardPlane *plane)
{
  LanyardTrackRegion region;
  gint64 at_us = live->frame->at_us;
  guint n_lost
      = lanyard_track_follow (live->track, plane, at_us, _lanyard_live_on_still_there, live);
  gboolean late = live->fresh.frame != NULL;

  if (live->alone)
    lanyard_live_search_end (&live->deep);
  live->confirmed = live->read && n_lost == 0;
  /* DEEP is as good as DONE when there is no deep search. */
  live->phase = live->confirmed && live->n_unsearched < LANYARD_LIVE_REREAD_FRAMES
                    ? LANYARD_LIVE_DEEP
                    : LANYARD_LIVE_CHEAP;
  /* What the cheap steps said of a picture that has not moved they need not say again. */
  if (live->phase == LANYARD_LIVE_CHEAP && live->deep.frame != NULL && !late
      && live->look.still_us <= live->deep.at_us && live->n_unsearched < LANYARD_LIVE_REREAD_FRAMES)
    live->phase = LANYARD_LIVE_DEEP;
  if (n_lost > 0 && !(late && live->n_frames % 2 == 0)
      && lanyard_track_get_region (live->track, plane, at_us, &region))
    begin_near (live, &region, NEAR_STEPS);
  else if (late && live->phase == LANYARD_LIVE_CHEAP)
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
  live->phase = LANYARD_LIVE_DONE;
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
lanyard_live_set_asked (LanyardLive *live, gboolean asked)
{
  g_return_if_fail (live != NULL);

  if (live->asked == asked)
    return;
  live->asked = asked;
  lanyard_cascade_set_asked (live->near.cascade, asked);
  lanyard_cascade_set_asked (live->fresh.cascade, asked);
  lanyard_cascade_set_asked (live->deep.cascade, asked);
  if (!asked)
    return;
  /* A document may have lain there all the time, beside the code that was asked for before. */
  end_searches (live);
  lanyard_gate_reopen (live->gate);
  live->n_unsearched = LANYARD_LIVE_REREAD_FRAMES;
  live->n_fruitless = 0;
  live->deep_us = G_MININT64;
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
      live->complete_us = live->suspected_us = live->deep_us = live->held_until_us = G_MININT64;
      live->document_us = -LANYARD_SIGHTINGS_DEEP_GONE_US;
      live->news_us = frame->at_us;
    }
  g_clear_pointer (&live->frame, lanyard_frame_free);
  live->frame = lanyard_frame_copy (frame);
  plane = lanyard_plane_of_frame (live->frame);
  live->state.work = 0;
  live->read = live->alone = live->ended = FALSE;
  pay_debt (live);
  live->n_frames++;
  live->n_unsearched++;
  lanyard_gate_look (live->gate, &plane, frame->at_us, &live->look);
  drop_outdated (live);
  if (live->look.open)
    choose_phase (live, &plane);
  else
    {
      lanyard_sightings_keep (live->sightings, live->look.still_us, frame->at_us);
      live->confirmed = FALSE;
      live->news_us = frame->at_us;
      live->n_fruitless = 0;
      live->deep_us = G_MININT64;
      live->phase = LANYARD_LIVE_DONE;
    }
  lanyard_sightings_forget (live->sightings, frame->at_us);
  live->state.open = live->look.open;
}

gboolean
lanyard_live_step (LanyardLive *live, guint64 n_steps, LanyardLiveFunc func, gpointer user_data)
{
  guint64 left = n_steps;

  g_return_val_if_fail (live != NULL && live->frame != NULL && func != NULL, TRUE);

  while (live->phase != LANYARD_LIVE_DONE && live->credit > 0 && left > 0)
    {
      gint64 kept
          = live->phase == LANYARD_LIVE_CHEAP && live->deep.frame != NULL ? LEAST_DEEP_STEPS : 0;
      LanyardWork work = { 0, MIN (left, (guint64)MAX (live->credit - kept, 0)) };

      if (work.limit == 0)
        {
          live->phase = LANYARD_LIVE_DEEP;
          continue;
        }
      _lanyard_live_step_phase (live, &work, func, user_data);
      live->credit -= (gint64)work.spent;
      live->state.work += work.spent;
      left -= MIN (left, work.spent);
    }
  if (live->credit <= 0)
    live->phase = LANYARD_LIVE_DONE;
  if (live->phase == LANYARD_LIVE_DONE)
    end_frame (live);
  return live->ended;
}

const LanyardLiveState *
lanyard_live_get_state (const LanyardLive *live)
{
  g_return_val_if_fail (live != NULL, NULL);

  return &live->state;
}
