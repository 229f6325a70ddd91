/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a keyed hash: 128 bits never meet by chance, and a million rows are half as large. */
#define LANYARD_DIRECTORY_KEY_BYTES 16

/* By what a row of the directory is found. A value. */
typedef struct
{
  guint8 bytes[LANYARD_DIRECTORY_KEY_BYTES];
} LanyardRowKey;

G_END_DECLS
