/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-client.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/* A hub that is asked and waited for, on whatever thread: for a desk that has no engine yet. Its
 * GMainContext is its own, and thread-default as long as it lives. */
typedef struct _LanyardHubAsker LanyardHubAsker;

/* @tls: (nullable). @limit_s: for all that is asked together */
LanyardHubAsker *lanyard_hub_asker_new (const char *url, LanyardLineTls *tls, guint limit_s);
/* On the thread on which it was made. */
void lanyard_hub_asker_free (LanyardHubAsker *asker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubAsker, lanyard_hub_asker_free)

/* As lanyard_hub_client_set_desk(). */
void
lanyard_hub_asker_set_desk (LanyardHubAsker *asker, LanyardKey *key, guint32 device, guint32 epoch);
const char *lanyard_hub_asker_get_url (LanyardHubAsker *asker);
/* Returns: HTTP status of the last answer if a hub gave it; 0: none came, or from something else */
guint lanyard_hub_asker_get_status (LanyardHubAsker *asker);

/* s since 1970-01-01 UTC */
gint64 lanyard_hub_asker_now_s (void);

/**
 * lanyard_hub_asker_ask:
 * @body: (nullable)
 * @max_bytes: longest body of the answer
 * @error: as lanyard_hub_client_send_finish(); _REFUSED (status 401 and 403 of a hub), _NETWORK
 *   (429, 5xx), _PROTOCOL (any other than 200)
 *
 * Returns: (transfer full) (nullable): body of the answer of status 200
 */
GBytes *lanyard_hub_asker_ask (LanyardHubAsker *asker,
                               const char *method,
                               const char *path,
                               GBytes *body,
                               gsize max_bytes,
                               GError **error);

/**
 * lanyard_hub_asker_get_trust:
 * @root: event root key
 * @error: as lanyard_hub_asker_ask(); as lanyard_trust_list_load(), _SIGNATURE for _UNTRUSTED,
 * which is said of the hub's certificate
 *
 * Returns: (transfer full) (nullable): the list in force, checked from the root key on
 */
LanyardTrustList *
lanyard_hub_asker_get_trust (LanyardHubAsker *asker, const LanyardPublicKey *root, GError **error);

G_END_DECLS
