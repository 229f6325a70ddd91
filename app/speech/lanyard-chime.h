/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two short sounds that cannot be taken for each other, also by whoever hears no high ones. */
typedef enum
{
  LANYARD_CHIME_READ,        /* two notes up */
  LANYARD_CHIME_TURNED_AWAY, /* one low note, twice */
} LanyardChimeSound;

/* Full volume, in steps of one. */
#define LANYARD_CHIME_LIMIT 100

/*
 * What is heard of a scan, through GStreamer. Playing returns at once: a chime has a thread of its
 * own, which opens the loudspeaker for each sound and gives up after two seconds, so that one that
 * is missing, busy or hangs holds up nobody. A sound that is asked for while another is heard comes
 * after it, and only the newest.
 *
 * All functions take a chime that is NULL, which is silent, and are for one thread.
 */
typedef struct _LanyardChime LanyardChime;

/**
 * lanyard_chime_new:
 * @sink: words of GStreamer for where sound goes, such as "autoaudiosink"
 * @volume: 0 to 100
 *
 * Opens nothing yet. What is the matter with @sink is told in the log, once.
 *
 * Returns: (transfer full)
 */
LanyardChime *lanyard_chime_new (const char *sink, guint volume);
/* Does not wait for the thread: one that hangs in a call ends with the program. */
void lanyard_chime_free (LanyardChime *chime);
void lanyard_chime_play (LanyardChime *chime, LanyardChimeSound sound);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardChime, lanyard_chime_free)

G_END_DECLS
