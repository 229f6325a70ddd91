/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A real CUPS with one queue "badges" (packaging/loopback-queue). Its device is a program that does
 * what a test says, or any other. Opening a queue makes it the server of this thread's libcups. */
typedef struct
{
  char *dir;            /* owned: all its files */
  char *tray;           /* owned: what the device got: JOB-NAME.N, N counts from 1 */
  GSubprocess *process; /* (nullable): owned */
} Queue;

/* @device: (nullable): the queue is "everywhere" on it; NULL: the device of the test, which takes
 *   PDF of 85.60 × 53.98 and 105 × 135 mm
 * @policy: printer-error-policy
 * Returns: (transfer full) (nullable): NULL when this machine cannot run one, after g_test_skip()
 */
Queue *queue_new (const char *device, const char *policy);
/* As a power cut does. */
void queue_kill (Queue *queue);
/* The same CUPS again. */
void queue_restart (Queue *queue);
void queue_free (Queue *queue);

/* Makes it the server of this thread's libcups again, after another one was opened. */
void queue_use (Queue *queue);

/* What the device does with the next badges, when it has them whole: shell words; see backend(7)
 * for what an exit code means. "wait" in them waits for queue_go(), "pause" takes a second. */
void queue_behave (Queue *queue, const char *words);
/* Lets the device go on from its "wait". Blocks until it is there. */
void queue_go (Queue *queue);
/* Runs a program of CUPS on it, "lpadmin -p badges …". */
void queue_run (Queue *queue, const char *command);
/* Returns: how often the device got a badge */
guint queue_count (Queue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Queue, queue_free)

G_END_DECLS
