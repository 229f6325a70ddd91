/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sync-fixture.h"

G_BEGIN_DECLS

/* One run of the program lanyard-hub. */
typedef struct
{
  int code;
  char *out;
  char *err;
} HubRun;

void hub_run_clear (HubRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubRun, hub_run_clear)

/* @words: ended by NULL; "--dir" is not added. Waits for its end. */
void hub_run (HubRun *run, const char *const *words);
#define HUB_RUN(run, ...)                                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const char *const hub_run_words[] = { __VA_ARGS__, NULL };                                     \
    hub_run (run, hub_run_words);                                                                  \
  }                                                                                                \
  G_STMT_END

/* Starts it. (transfer full) */
GSubprocess *hub_spawn (const char *const *words, GSubprocessFlags flags);
/* Waits for the first line of one that was started with its output in a pipe, "listening on URL".
 * (transfer full): the URL */
char *hub_read_url (GSubprocess *process);
/* Starts "serve" on a free port with @more words, and waits until it is ready. The fixture's url is
 * set. (transfer full) */
GSubprocess *hub_serve (SyncFixture *fixture, const char *const *more, GSubprocessFlags flags);
/* SIGTERM, and waits for an end that is none of a fault. */
void hub_stop (GSubprocess *process);

/* A GET of the hub's. @status: (out) (transfer full): body as text */
char *hub_get (SyncFixture *fixture, const char *path, guint *status);

/* Writes @text into the fixture's folder. (transfer full): the path */
char *hub_write (SyncFixture *fixture, const char *name, const char *text);
char *hub_read (const char *path);

G_END_DECLS
