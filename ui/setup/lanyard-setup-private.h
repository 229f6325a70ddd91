/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-camera.h"
#include "lanyard-home.h"
#include "lanyard-setup.h"

G_BEGIN_DECLS

struct _LanyardSetup
{
  GObject parent_instance;

  /* owned */
  LanyardSetupFile *file;
  char *state_dir;
  char *pack_dir;
  char *marker; /* path of the file that says how far it is */
  char *device_folder;
  char *own_camera;      /* (nullable): of the command line */
  char *camera_words;    /* (nullable) */
  LanyardCamera *camera; /* (nullable) */
  LanyardHome *home;

  /* borrowed */
  LanyardSetupJoinFunc join;
  LanyardSetupKeyFunc key_func; /* (nullable) */
  gpointer key_data;

  /* state */
  gboolean changing; /* a desk that is set up */
  LanyardSetupSteps steps;

  /* between the camera's thread and the screen's */
  GMutex lock;
  GdkTexture *picture; /* (nullable): the newest that has not been shown */
};

enum
{
  LANYARD_SETUP_CHANGED,
  LANYARD_SETUP_SCANNED,
  LANYARD_SETUP_PICTURE,
  LANYARD_SETUP_HINT,
  LANYARD_SETUP_N_SIGNALS,
};

extern guint lanyard_setup_signals[LANYARD_SETUP_N_SIGNALS];

G_END_DECLS
