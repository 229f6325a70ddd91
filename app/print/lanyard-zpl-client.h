/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-zpl-limits.h"
#include "lanyard-zpl-status.h"
#include "lanyard-zpl-target.h"

G_BEGIN_DECLS

/*
 * Questions to one ZPL II printer, and labels for it, over a line that is opened when it is needed.
 * Blocks; belongs to one thread, except for lanyard_zpl_client_abort().
 */
typedef struct _LanyardZplClient LanyardZplClient;

/* Longest answer: ~HS has about 80 bytes. */
#define LANYARD_ZPL_MAX_ANSWER_BYTES (16 * 1024)

/* Does not contact the printer. @limits: all of them set. Returns: (transfer full) */
LanyardZplClient *lanyard_zpl_client_new (const LanyardZplTarget *target,
                                          const LanyardZplLimits *limits);
void lanyard_zpl_client_free (LanyardZplClient *client);
const LanyardZplTarget *lanyard_zpl_client_get_target (const LanyardZplClient *client);

/* Returns: which of its lines is open, or was last: labels that went over an earlier one may be
 * gone, with the printer's memory. */
guint lanyard_zpl_client_get_line (const LanyardZplClient *client);

/**
 * lanyard_zpl_client_ask_status:
 * @status: (out caller-allocates)
 * @error: LANYARD_ERROR_NETWORK (no answer in time, or the line broke), _PROTOCOL (the answer makes
 *   no sense), _LIMIT (endless answer), _STATE (aborted)
 *
 * Asks ~HS, and ~HQES when there is no answer to that. Over a line that the printer has closed
 * meanwhile it asks once more, over a new one.
 */
gboolean
lanyard_zpl_client_ask_status (LanyardZplClient *client, LanyardZplStatus *status, GError **error);

/**
 * lanyard_zpl_client_get_identity:
 *
 * Asks ~HI, once for all: an imitation that has no answer is not asked again.
 *
 * Returns: (transfer none) (nullable): NULL when the printer does not say
 */
const LanyardZplIdentity *lanyard_zpl_client_get_identity (LanyardZplClient *client);
/* The same without asking. */
const LanyardZplIdentity *lanyard_zpl_client_peek_identity (const LanyardZplClient *client);

/**
 * lanyard_zpl_client_ask_counter:
 * @counter: (out): labels that the printer has printed since it was made
 *
 * Returns: whether the printer has such a counter; one that has not is not asked again
 */
gboolean lanyard_zpl_client_ask_counter (LanyardZplClient *client, guint64 *counter);

/**
 * lanyard_zpl_client_send:
 * @label: from ^XA to ^XZ
 * @begun: (out): whether the printer may have got any of it
 * @error: LANYARD_ERROR_NETWORK, _STATE
 *
 * Sends a label once, over the line that the last answer came over. That all of it has arrived is
 * certain only when the printer answers a question that was asked after it.
 */
gboolean
lanyard_zpl_client_send (LanyardZplClient *client, GBytes *label, gboolean *begun, GError **error);

/**
 * lanyard_zpl_client_command:
 * @command: such as "~JX"
 *
 * Sends a command that has no answer.
 */
gboolean lanyard_zpl_client_command (LanyardZplClient *client, const char *command, GError **error);

/* On any thread: ends what is under way and all that comes. */
void lanyard_zpl_client_abort (LanyardZplClient *client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardZplClient, lanyard_zpl_client_free)

G_END_DECLS
