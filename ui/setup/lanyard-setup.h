/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-line-tls.h"
#include "lanyard-scanner.h"
#include "lanyard-setup-file.h"
#include "lanyard-setup-steps.h"
#include "lanyard-ticket.h"
#include "lanyard-wedge-layout.h"

G_BEGIN_DECLS

/**
 * LanyardSetupJoinFunc:
 * @ticket: what the hub's QR says
 * @state_dir: where the desk's own files are
 * @pack_dir: where the event's pack belongs
 * @tls: what [hub] ca, certificate and key name; what they do not is NULL in it
 * @error: LANYARD_ERROR_NETWORK, _UNTRUSTED (the hub's certificate), _SIGNATURE, _CODE, _REFUSED
 *   (this machine or its certificate), _EXPIRED (its certificate, or a clock), _STATE (the folder
 *   is of another event), _PROTOCOL, _IO, _INVALID, _USAGE (files of @tls), _FULL
 *
 * Enrols this desk and fetches the pack; what was done before is not done again. Blocks, and is
 * called on a thread of its own.
 */
typedef gboolean (*LanyardSetupJoinFunc) (const LanyardTicket *ticket,
                                          const char *state_dir,
                                          const char *pack_dir,
                                          LanyardLineTls *tls,
                                          GError **error);

#define LANYARD_TYPE_SETUP (lanyard_setup_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetup, lanyard_setup, LANYARD, SETUP, GObject)

/*
 * The set-up of one desk: its file, how far it is, its camera. Lives on the screen's thread.
 *
 * 1. What a step has found out is in lanyard.conf before the next step is shown.
 * 2. A desk that is set up is not set up again. A supervisor who is signed in may change single
 *    steps of it (lanyard_setup_open_again()): what else stands in lanyard.conf stays, journal,
 *    directory and key are not touched, and a change with which the desk could not be opened is
 *    taken back before anything else happens.
 * 3. A root key that stands in lanyard.conf is never replaced: whoever stands before a desk that
 *    lost its disk cannot make it another event's.
 *
 * Signals: "changed" (): steps or settings; "scanned" (const LanyardScan *); "picture" (GdkTexture
 * *, nullable); "hint" (int: LanyardHint). A LanyardControls, so that a wedge can be tied to it.
 */

/* Whether the desk of @path has to be set up before it can be opened: there is no such file, or a
 * set-up has begun and not ended, or it has no key of its own. */
gboolean lanyard_setup_is_needed (const char *path);
/* Whether a set-up of the desk of @path has ended, or was done by hand. */
gboolean lanyard_setup_is_done (const char *path);

/**
 * lanyard_setup_open:
 * @path: lanyard.conf; need not exist
 * @camera: (nullable): GStreamer words of a camera that is not found by itself
 * @join: enrols the desk
 * @error: LANYARD_ERROR_USAGE, _STATE (the desk is set up)
 *
 * Begins, or goes on where it was.
 */
LanyardSetup *lanyard_setup_open (const char *path,
                                  const char *camera,
                                  LanyardSetupJoinFunc join,
                                  GError **error);

/**
 * lanyard_setup_open_again:
 * @path: lanyard.conf of a desk that is set up, and not open
 * @camera: (nullable): as for lanyard_setup_open()
 * @error: LANYARD_ERROR_USAGE, _STATE (it is not set up)
 *
 * Opened for changes: all steps are done, and whatever is done at one of them leads back to the
 * last. Nothing is kept of how far it is: after a power cut the desk opens as usual.
 */
LanyardSetup *lanyard_setup_open_again (const char *path, const char *camera, GError **error);
/* Whether a desk that is set up is changed. */
gboolean lanyard_setup_is_changing (LanyardSetup *self);

LanyardSetupFile *lanyard_setup_get_file (LanyardSetup *self);
const LanyardSetupSteps *lanyard_setup_get_steps (LanyardSetup *self);
const char *lanyard_setup_get_pack_dir (LanyardSetup *self);
/* Absolute; there once a step was done or skipped. */
const char *lanyard_setup_get_state_dir (LanyardSetup *self);

/* The step at hand is done, left out, or gone back from, with @settings, (nullable), that it has
 * found out. @error: LANYARD_ERROR_IO: nothing has changed */
gboolean lanyard_setup_take (LanyardSetup *self,
                             LanyardSetupEvent event,
                             const LanyardSetupSetting *settings,
                             guint n_settings,
                             GError **error);
gboolean lanyard_setup_go (LanyardSetup *self, LanyardSetupStep step);
/* Whether lanyard.conf is all that a desk needs to open. @error: what it lacks */
gboolean lanyard_setup_is_whole (LanyardSetup *self, GError **error);
/* The set-up is over. @error: LANYARD_ERROR_IO; as lanyard_setup_is_whole() */
gboolean lanyard_setup_end (LanyardSetup *self, GError **error);

/* @ticket: copied; afterwards lanyard.conf has hub, root key, venue, name and pack */
void lanyard_setup_join_async (LanyardSetup *self,
                               const LanyardTicket *ticket,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean lanyard_setup_join_finish (LanyardSetup *self, GAsyncResult *result, GError **error);

/* Returns: whether the key is the page's, and goes no further. @at_us: monotonic */
typedef gboolean (*LanyardSetupKeyFunc) (const LanyardWedgeKey *key, gint64 at_us, gpointer data);

/* Who gets the keys that are pressed. @func: (nullable): nobody */
void lanyard_setup_set_key_func (LanyardSetup *self, LanyardSetupKeyFunc func, gpointer data);
/* A key, before it goes anywhere else. Returns: as LanyardSetupKeyFunc */
gboolean lanyard_setup_press (LanyardSetup *self, const LanyardWedgeKey *key, gint64 at_us);
/* Where the devices of this machine are: "/dev" unless a test says something else. */
const char *lanyard_setup_get_device_folder (LanyardSetup *self);
void lanyard_setup_set_device_folder (LanyardSetup *self, const char *folder);

/* A camera of this machine. A value. */
typedef struct
{
  char *words; /* owned: GStreamer words, as [scanner] camera has them */
  char *name;  /* owned: as it calls itself */
} LanyardSetupCamera;

/* Returns: (transfer full) (element-type LanyardSetupCamera): what is plugged in, and what was said
 * on the command line or stands in the file */
GPtrArray *lanyard_setup_list_cameras (LanyardSetup *self);
/* Looks through another camera. @words: (nullable): through none */
void lanyard_setup_use_camera (LanyardSetup *self, const char *words);
/* Returns: (transfer none) (nullable): what is looked through */
const char *lanyard_setup_get_camera (LanyardSetup *self);
/* Returns: (transfer none) (nullable): one sentence when it gives no picture */
const char *lanyard_setup_get_camera_fault (LanyardSetup *self);

G_END_DECLS
