/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "hub-run.h"

G_BEGIN_DECLS

#define FRONT_N_HOLDERS 300 /* one whole segment */

/* A real hub behind a real nginx, which packaging/nginx/lanyard-hub.conf sets up. In the fixture's
 * folder are desks-ca.pem, and certificates with keys: hub, desk, old (ended), other (of
 * other-ca.pem). */
typedef struct
{
  SyncFixture *fixture;
  SyncDesk *desk;
  SoupSession *session;         /* shows the certificate */
  SoupSession *stranger;        /* has none */
  GTlsCertificate *certificate; /* of the desk's machine */
  GSubprocess *nginx;
  guint16 port;
} Front;

void front_set_up (Front *front, gconstpointer data);
void front_tear_down (Front *front, gconstpointer data);
/* Returns: whether nginx or openssl is missing, and that was told */
gboolean front_skip (void);
/* Returns: HTTP status; 0: no answer. @token_desk: (nullable). @cache: (out) (nullable) */
guint
front_get (Front *front, const char *path, gboolean certified, SyncDesk *token_desk, char **cache);

G_END_DECLS
