/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

G_BEGIN_DECLS

/**
 * lanyard_crash_point:
 * @where: "before", "after"
 * @what: name of the step, "reserved"
 *
 * A place at which a test has the process die, to look at what is on disk afterwards:
 * LANYARD_CRASH_AT=before-reserved aborts there. Only the second library of this folder, which the
 * tests of crashes link and nothing installs, is compiled with LANYARD_CRASH_POINTS; everywhere
 * else this is nothing, and the environment is not read.
 */
#ifdef LANYARD_CRASH_POINTS
static inline void
lanyard_crash_point (const char *where, const char *what)
{
  g_autofree char *name = g_strconcat (where, "-", what, NULL);

  if (g_strcmp0 (g_getenv ("LANYARD_CRASH_AT"), name) == 0)
    abort ();
}

/* Adds a line to the file $LANYARD_CRASH_LOG, whole or not at all: @serial goes to the printer now.
 * What a test counts: files in a tray do not show that a serial was sent twice. */
static inline void
lanyard_crash_note_submit (const char *serial)
{
  const char *path = g_getenv ("LANYARD_CRASH_LOG");
  g_autofree char *line = g_strconcat (serial, "\n", NULL);
  int fd = path != NULL ? open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;

  if (fd >= 0 && write (fd, line, strlen (line)) < 0)
    abort ();
  if (fd >= 0)
    close (fd);
}
#else
#define lanyard_crash_note_submit(serial)                                                          \
  G_STMT_START { (void)(serial); }                                                                 \
  G_STMT_END
#define lanyard_crash_point(where, what)                                                           \
  G_STMT_START { (void)(what); }                                                                   \
  G_STMT_END
#endif

G_END_DECLS
