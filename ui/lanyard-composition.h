/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-desk.h"
#include "lanyard-line-tls.h"
#include "lanyard-ticket.h"

G_BEGIN_DECLS

/* The one place of the kiosk that knows sync: everything else sees a LanyardLink. */

/* On the desk's thread. Returns: (transfer full) (nullable): the line of @desk to its hubs */
LanyardLink *lanyard_composition_make_link (LanyardDesk *desk);

/**
 * lanyard_composition_enrol:
 * @code: one-time code that the hub printed
 * @hub_url: the hub
 * @error: in one sentence
 *
 * Makes the state directory and the vault key where they are missing, the desk's key, and gets
 * device number and epoch from the hub. Blocks.
 */
gboolean lanyard_composition_enrol (const LanyardConfig *config,
                                    const char *code,
                                    const char *hub_url,
                                    GError **error);

/* A LanyardSetupJoinFunc: enrols the desk with a hub's ticket, and fetches its first pack. */
gboolean lanyard_composition_join (const LanyardTicket *ticket,
                                   const char *state_dir,
                                   const char *pack_dir,
                                   LanyardLineTls *tls,
                                   GError **error);

G_END_DECLS
