/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What answers where a printer should be. */
typedef enum
{
  HOSTILE_SILENT,     /* accepts and says nothing */
  HOSTILE_DRIP,       /* a byte of a good beginning now and then, for ever */
  HOSTILE_GARBAGE,    /* bytes that are no HTTP */
  HOSTILE_HTML,       /* a good HTTP answer that is no IPP */
  HOSTILE_TRUNCATE,   /* an IPP answer that stops in the middle */
  HOSTILE_ENDLESS,    /* an IPP answer without end */
  HOSTILE_CONTINUE,   /* "100 Continue" for ever */
  HOSTILE_HANG_UP,    /* closes at once */
  HOSTILE_FORBID,     /* HTTP 403 */
  HOSTILE_CUT_ANSWER, /* a line to a real printer that breaks when the printer answers to a badge */
  HOSTILE_CUT_BADGE,  /* the same, but it breaks before the badge is through */
} HostileKind;

typedef struct _HostileServer HostileServer;

/* @upstream_port: of the real printer behind CUT_ANSWER and CUT_BADGE, 0 for the others */
HostileServer *hostile_server_new (HostileKind kind, guint16 upstream_port);
void hostile_server_free (HostileServer *server);
/* Returns: (transfer full) */
char *hostile_server_dup_uri (HostileServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostileServer, hostile_server_free)

G_END_DECLS
