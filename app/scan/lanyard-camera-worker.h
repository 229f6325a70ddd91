/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-camera.h"

G_BEGIN_DECLS

/*
 * The thread of a camera: owns pipeline and LanyardLive, opens the source, reads the newest frame,
 * and starts the source again when it fails.
 *
 * Assumes that a source which has sent nothing for 10 s will send nothing more; that one which ran
 * for longer than that was a good one, so that its failure is a new one; and that after 40 ms of
 * work on one frame a newer one is worth more: what is left is gone on with then, so the same is
 * read on a slow machine, only later. These are limits of patience, and were not measured.
 */
typedef struct _LanyardCameraWorker LanyardCameraWorker;

/* What it has to say; called on the worker's thread. */
typedef struct
{
  void (*scan) (LanyardScan *scan, gpointer user_data);  /* (transfer full): a new code */
  void (*fault) (const char *fault, gpointer user_data); /* (nullable): all is well again */
  void (*hint) (LanyardHint hint, gpointer user_data);   /* another one than last */
  LanyardPreviewFunc preview;                            /* on a streaming thread */
} LanyardCameraWorkerFuncs;

/**
 * lanyard_camera_worker_start:
 * @source: GStreamer words that have been tried
 * @symbologies: what to look for
 * @funcs: copied
 * @user_data: outlives the worker
 * @previews: whether previews are wanted at first
 *
 * Returns: (transfer full): a worker that runs
 */
LanyardCameraWorker *lanyard_camera_worker_start (const char *source,
                                                  LanyardSymbologies symbologies,
                                                  const LanyardCameraWorkerFuncs *funcs,
                                                  gpointer user_data,
                                                  gboolean previews);
/* When this returns neither it nor a thread of its pipeline is left, and nothing more is said. */
void lanyard_camera_worker_stop (LanyardCameraWorker *worker);
/* On any thread. */
void lanyard_camera_worker_set_previews (LanyardCameraWorker *worker, gboolean previews);
/* On any thread: as lanyard_live_set_asked(), from the next frame on. */
void lanyard_camera_worker_set_asked (LanyardCameraWorker *worker, gboolean asked);

G_END_DECLS
