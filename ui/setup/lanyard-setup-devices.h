/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Something plugged in that may be a scanner of its own, not one that types. A value. */
typedef struct
{
  char *path;   /* owned: of the device */
  char *name;   /* owned: for people, UTF-8 */
  gboolean hid; /* a bar code scanner by its own description; otherwise a serial line */
} LanyardSetupDevice;

#define LANYARD_SETUP_MAX_DEVICES 6

/**
 * lanyard_setup_list_devices:
 * @folder: "/dev"
 *
 * Serial lines by the names that stay (below serial/by-id), where those are missing ttyACM* and
 * ttyUSB*; of hidraw* those that describe themselves as bar code scanners. Nothing is sent to them.
 *
 * Returns: (transfer full) (element-type LanyardSetupDevice): sorted, at most
 *   LANYARD_SETUP_MAX_DEVICES
 */
GPtrArray *lanyard_setup_list_devices (const char *folder);

G_END_DECLS
