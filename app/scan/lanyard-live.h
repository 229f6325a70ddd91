/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-frame.h"
#include "lanyard-scan.h"
#include "lanyard-scanner.h"

G_BEGIN_DECLS

/*
 * Reads a camera's frames: gate, tracking, cheap steps on each frame, deep ones in slices over the
 * frames that follow, hints, each code once until it leaves. How the parts play together stands in
 * lanyard-live.c. Knows no clock and no thread: frames and budgets come in. Belongs to one thread
 * at a time.
 */
typedef struct _LanyardLive LanyardLive;

/* Work steps that are meant for one frame of thirty a second: with MJPEG decoded about a fifth of
 * one core. */
#define LANYARD_LIVE_FRAME_STEPS 2500

/* @scan: borrowed: a code that has come into the picture; took_us is left to who has a clock */
typedef void (*LanyardLiveFunc) (const LanyardScan *scan, gpointer user_data);

/* How things stand after the last call. */
typedef struct
{
  gboolean open;    /* the gate */
  gboolean calm;    /* nothing is new, and fewer frames would do */
  guint enough;     /* frames a second that would do; 0: all that there are */
  guint64 work;     /* steps spent on the last frame */
  guint n_followed; /* symbols that are tracked */
  LanyardHint hint; /* for the person before the camera */
} LanyardLiveState;

/* @symbologies: what to look for */
LanyardLive *lanyard_live_new (LanyardSymbologies symbologies);
void lanyard_live_free (LanyardLive *live);

/**
 * lanyard_live_set_asked:
 * @asked: whether the person before the camera is asked for a document; FALSE at first
 *
 * While one is asked for, a QR code that is read does not end the search for a zone or a licence in
 * the same picture. What is in the picture when the question comes is searched anew.
 */
void lanyard_live_set_asked (LanyardLive *live, gboolean asked);

/**
 * lanyard_live_show:
 * @frame: the newest; a reference to its pixels is kept as long as steps need it
 *
 * Turns to the next frame: has it changed, and are the known codes still where they were?
 */
void lanyard_live_show (LanyardLive *live, const LanyardFrame *frame);

/**
 * lanyard_live_step:
 * @n_steps: most work steps to spend in this call
 * @func: called for each new code
 *
 * Goes on with the frame that was shown last. A caller that is in a hurry calls it with less than
 * LANYARD_LIVE_FRAME_STEPS at a time, and shows the next frame when time is up: what is left undone
 * is gone on with then, so that a slow machine reads the same codes later.
 *
 * Returns: TRUE when this frame has had its share
 */
gboolean
lanyard_live_step (LanyardLive *live, guint64 n_steps, LanyardLiveFunc func, gpointer user_data);

/* Returns: (transfer none) */
const LanyardLiveState *lanyard_live_get_state (const LanyardLive *live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLive, lanyard_live_free)

G_END_DECLS
