/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What stands in for the speech-dispatcher of a machine: it speaks SSIP on a unix socket of its own
 * to which SPEECHD_ADDRESS points from the time it is made, and notes what it is told, one line
 * each: "open", "cancel", "language fr", "volume 50", "rate 0", "say TEXT", "close". It lives on
 * the main context.
 */
typedef struct _SsipListener SsipListener;

/* It does not listen yet. */
SsipListener *ssip_listener_new (void);
void ssip_listener_free (SsipListener *self);
void ssip_listener_start (SsipListener *self);
/* Hangs up on everybody and is gone, as a daemon that died. */
void ssip_listener_stop (SsipListener *self);
/* @mute: takes what comes and answers nothing, as a daemon that hangs */
void ssip_listener_set_mute (SsipListener *self, gboolean mute);

/* What came last has been said to its end, and whoever asked to be told is. */
void ssip_listener_end_text (SsipListener *self);

/* Returns: (transfer none): all that came since the last ssip_listener_forget() */
const char *ssip_listener_get (SsipListener *self);
void ssip_listener_forget (SsipListener *self);
/* Runs the main context until @text has come; fails with what came instead. */
void ssip_listener_wait (SsipListener *self, const char *text);
/* Returns: how many connections there were */
guint ssip_listener_get_n_opened (SsipListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SsipListener, ssip_listener_free)

G_END_DECLS
