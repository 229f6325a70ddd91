/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-gate.h"
#include "lanyard-hint.h"
#include "lanyard-live-search.h"
#include "lanyard-live.h"
#include "lanyard-sightings.h"
#include "lanyard-track.h"

G_BEGIN_DECLS

/* The whole picture is searched in one of so many frames while nothing asks for more. */
#define LANYARD_LIVE_REREAD_FRAMES 6

typedef enum
{
  LANYARD_LIVE_NEAR,
  LANYARD_LIVE_CHEAP,
  LANYARD_LIVE_DEEP,
  LANYARD_LIVE_DONE,
} LanyardLivePhase;

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
  LanyardLivePhase phase;
  gboolean near_read; /* its search has read something */
  gboolean confirmed; /* all known symbols are where they should be, and there is one */
  gint64 near_credit; /* steps left for its search */
  gint64 credit;      /* steps left for the frame; below 0 after what cannot be cut */
  gint64 debt;        /* steps that earlier frames have spent too much */
  guint n_frames;
  guint n_unsearched;     /* frames since the whole picture was searched */
  LanyardHintSight held;  /* how the symbol was held that was located last and not read */
  gboolean held_document; /* and that is a document that is asked for */
  gint64 held_until_us;   /* what is said of it counts for frames until then */
  gboolean asked;         /* for a document */
  gboolean ended;         /* the frame has had its share */
  gboolean read;          /* a code was read in this frame, or is still there */
  gboolean alone;     /* and one that no document has beside its own: nothing else is looked for */
  gboolean deep_read; /* the deep search has read something */
  gboolean
      deep_asked;  /* whether it has located a document, once its steps for that were behind it */
  double deep_fit; /* of what it has located and the person was told of */
  guint n_brief;   /* deep searches in a row that ended there, because it had */
  gint64 complete_us;  /* time of the frame whose search came to its end last */
  gint64 suspected_us; /* when a symbol was located and not read last */
  gint64 document_us;  /* when a code was read that has others beside it */
  gint64 news_us;      /* when the gate opened, or a code was read that is new */
  guint n_fruitless;   /* deep searches since the gate opened, or since one read something */
  gint64 deep_us;      /* no deep search begins before */
};

/* Goes on with the phase in which the frame is, for what @work has left. */
void _lanyard_live_step_phase (LanyardLive *live,
                               LanyardWork *work,
                               LanyardLiveFunc func,
                               gpointer user_data);
/* A known symbol is where it should be; a LanyardTrackFunc, @live is the user data. */
void _lanyard_live_on_still_there (const LanyardScan *scan, gpointer live);
/* Whether what goes on has gone on for so long that half of the frames do. */
gboolean _lanyard_live_has_lasted (const LanyardLive *live);

G_END_DECLS
