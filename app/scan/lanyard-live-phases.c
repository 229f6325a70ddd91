/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-error.h"
#include "lanyard-live-private.h"

/* What is done with one frame in each phase, and what becomes of what is found; see lanyard-live.c.
 */

/* From the end of a deep search to the beginning of the next, for each that read nothing, µs. */
#define DEEP_PAUSE_US (G_USEC_PER_SEC / 4)
#define MAX_DEEP_PAUSES 4
/* For how long every frame counts when the gate has opened or something new was read, µs. */
#define NEWS_US (2 * G_USEC_PER_SEC)
/* For how long what a deep search located says how it is held, µs: until the next one has had its
 * turn; on a page full of print one takes four seconds. */
#define HELD_US (3 * G_USEC_PER_SEC)
/* A deep search that has located a document leaves the steps behind it out, so that the document is
 * tried again soon; but not for ever, for it may be a picture on the wall. */
#define MAX_BRIEF 2

/* A call of lanyard_live_step() under way. */
typedef struct
{
  LanyardLive *live;
  LanyardLiveSearch *search;
  LanyardLiveFunc func;
  gpointer user_data;
} Reading;

gboolean
_lanyard_live_has_lasted (const LanyardLive *live)
{
  return live->n_fruitless > 0 || live->frame->at_us - live->news_us > NEWS_US;
}

/* A symbol that is located and only read now and then is sighted for longer, so that it needs no
 * more frames than one that is never read. */
static gboolean
is_hard (const LanyardLive *live)
{
  return _lanyard_live_has_lasted (live)
         && live->suspected_us > live->frame->at_us - G_USEC_PER_SEC / 2;
}

/* The print of a document costs the cheap steps many frames: what stands beside its own is then
 * read once in a second or two, and sighted for longer. */
static gboolean
is_on_document (LanyardLive *live, const LanyardScan *scan)
{
  if (scan->symbology == LANYARD_SYMBOLOGY_MRZ || scan->symbology == LANYARD_SYMBOLOGY_PDF417)
    live->document_us = scan->at_us;
  return scan->at_us - live->document_us < LANYARD_SIGHTINGS_DEEP_GONE_US
         && lanyard_cascade_is_beside (scan->symbology, live->asked);
}

static void
note_read (LanyardLive *live, LanyardSymbology symbology)
{
  live->read = TRUE;
  live->alone = live->alone || !lanyard_cascade_is_beside (symbology, live->asked);
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
  note_read (live, found->symbology);
  live->near_read = live->near_read || search == &live->near;
  live->deep_read = live->deep_read || search == &live->deep;
  lanyard_track_see (live->track, &plane, scan->corners, scan, scan->at_us);
  if (!lanyard_sightings_add (live->sightings, scan,
                              is_on_document (live, scan)
                                  || lanyard_cascade_is_deep (search->cascade) || is_hard (live)))
    return;
  live->news_us = live->frame->at_us;
  reading->func (scan, reading->user_data);
}

void
_lanyard_live_on_still_there (const LanyardScan *scan, gpointer user_data)
{
  LanyardLive *live = user_data;

  note_read (live, scan->symbology);
  lanyard_sightings_see (live->sightings, scan);
}

/* A code that a card has beside its own is no answer to somebody who is asked for a document. */
static gboolean
may_lack_document (const LanyardLive *live, LanyardSymbology located)
{
  return live->asked && !live->alone && lanyard_cascade_is_document (located);
}

/* A symbol that was located and not read: it is looked for first in the next frame, keeps the gate
 * open for longer, and the person is told what would help. */
static void
note_suspect (LanyardLive *live, const LanyardLiveSearch *search)
{
  gboolean near = search == &live->near;
  LanyardPlane plane = lanyard_plane_of_frame (near ? live->frame : search->frame);
  gint64 now_us = live->frame->at_us;
  LanyardSuspect suspect;
  const LanyardScan *known;

  if (!lanyard_cascade_get_suspect (search->cascade, &suspect)
      || (live->read && !may_lack_document (live, suspect.symbology)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (suspect.corners); i++)
    suspect.corners[i]
        = (LanyardPoint){ suspect.corners[i].x + search->left, suspect.corners[i].y + search->top };
  live->held = (LanyardHintSight){ 0 };
  lanyard_hint_measure_suspect (&live->held, &plane, &suspect,
                                lanyard_track_get_speed (live->track));
  live->held_document = may_lack_document (live, suspect.symbology);
  live->held_until_us = now_us + (search == &live->deep ? HELD_US : 0);
  live->suspected_us = MAX (live->suspected_us, search->at_us);
  /* An older frame says what was there and not where it is now. */
  if (search->at_us != now_us)
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
  live->phase = live->read && live->n_unsearched < LANYARD_LIVE_REREAD_FRAMES ? LANYARD_LIVE_DEEP
                                                                              : LANYARD_LIVE_CHEAP;
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
  /* With a code in the picture nobody goes deeper, unless it may be on a document. */
  if (ended || live->alone)
    complete (live, &live->fresh);
  else if (live->deep.frame == NULL && live->frame->at_us >= live->deep_us)
    {
      lanyard_live_search_swap (&live->fresh, &live->deep);
      live->deep_read = live->deep_asked = FALSE;
      live->deep_fit = 0;
    }
  else
    lanyard_live_search_end (&live->fresh);
  if (live->alone)
    lanyard_live_search_end (&live->deep);
  live->phase = LANYARD_LIVE_DEEP;
}

/* What a deep search has located. Returns: whether it is a document */
static gboolean
note_deep_suspect (LanyardLive *live)
{
  LanyardSuspect suspect;

  note_suspect (live, &live->deep);
  return lanyard_cascade_get_suspect (live->deep.cascade, &suspect)
         && lanyard_cascade_is_document (suspect.symbology);
}

/* Once the steps that look for documents are behind it. Returns: whether that is enough */
static gboolean
is_enough (LanyardLive *live)
{
  if (live->deep_asked || lanyard_cascade_seeks_document (live->deep.cascade))
    return FALSE;
  live->deep_asked = TRUE;
  return note_deep_suspect (live) && live->n_brief < MAX_BRIEF;
}

static void
end_deep (LanyardLive *live, gboolean brief)
{
  complete (live, &live->deep);
  live->n_brief = brief ? live->n_brief + 1 : 0;
  live->n_fruitless = live->deep_read ? 0 : MIN (live->n_fruitless + 1, MAX_DEEP_PAUSES);
  live->deep_us = live->frame->at_us + live->n_fruitless * DEEP_PAUSE_US;
}

/* What would help is said as soon as it is known, not only when the steps behind are done, too. */
static void
note_better_suspect (LanyardLive *live)
{
  LanyardSuspect suspect;

  if (!lanyard_cascade_get_suspect (live->deep.cascade, &suspect) || suspect.fit <= live->deep_fit)
    return;
  live->deep_fit = suspect.fit;
  note_suspect (live, &live->deep);
}

static void
step_deep (Reading *reading, LanyardWork *work)
{
  LanyardLive *live = reading->live;

  /* With a code in the picture no other is looked for but a document's own. */
  if (live->deep.frame == NULL)
    live->phase = LANYARD_LIVE_DONE;
  else if ((live->read && !lanyard_cascade_seeks_document (live->deep.cascade))
           || go_on (reading, &live->deep, work))
    {
      note_deep_suspect (live);
      end_deep (live, FALSE);
    }
  else if (is_enough (live))
    end_deep (live, TRUE);
  else
    note_better_suspect (live);
}

void
_lanyard_live_step_phase (LanyardLive *live,
                          LanyardWork *work,
                          LanyardLiveFunc func,
                          gpointer user_data)
{
  static void (*const steps[]) (Reading *, LanyardWork *) = {
    [LANYARD_LIVE_NEAR] = step_near,
    [LANYARD_LIVE_CHEAP] = step_cheap,
    [LANYARD_LIVE_DEEP] = step_deep,
  };
  Reading reading = { live, NULL, func, user_data };

  lanyard_assert_invariant (live->phase != LANYARD_LIVE_DONE);
  steps[live->phase](&reading, work);
}
