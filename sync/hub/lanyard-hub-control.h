/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub.h"

G_BEGIN_DECLS

/*
 * What the commands ask of a hub: one request of deterministic CBOR, one answer. While "serve" runs
 * it has the database for itself, so the other commands ask it through DIR/control.sock (a UNIX
 * socket of mode 0600: who may open it may also read the keys beside it); otherwise the same
 * function runs in the command's own process.
 *
 *   ["status"]                                  → ["ok", {counts}, [desks]]
 *   ["enrol", venue, name, device, valid_s]     → ["ok", code]
 *   ["root"]                                    → ["ok", event root key bytes]
 *   ["import", [* entry bytes], [* photo bytes]] → ["ok", added, changed, same]
 *   ["preview", [* entry bytes]]                → ["ok", added, changed, same, [* [member, n]]]
 *   ["entries", after number, max]              → ["ok", [* entry bytes]]
 *   ["card", number]                            → ["ok", serial, sequence]
 *   ["desks"]                                   → ["ok", now, head, [* desk]]
 *   ["revoke", device, keep badges, person, reason] → ["ok"]
 *   ["asides", all, device, epoch, seq]         → ["ok", [* aside]]: those after that one
 *   ["retry", device, epoch, seq, person]       → ["ok", why / null]
 *   ["dismiss", device, epoch, seq, person, reason] → ["ok"]
 *   ["disputed", after number]                  → ["ok", [* [number, open, [* badge]]]]
 *   ["resolve", number, serial that stays, reason, who] → ["ok"]
 *   ["questions", after serial]                 → ["ok", [* [serial, number, device, sequence,
 *                                                 flags, venue, name of desk]]]
 *   ["answer", serial, what became of it, reason, who] → ["ok"]
 *   ["records", after id]                       → ["ok", [* record]]
 *   ["badges", after serial]                    → ["ok", [* badge]]
 *   ["enrolments", after id]                    → ["ok", [* [id, device, epoch, venue, name,
 * prefix, key, enrolled]]]
 *   ["deed", person, what, subject, reason]     → ["ok"]: kept as done
 *   ["deeds", after id]                         → ["ok", [* [id, at, person, what, subject,
 *                                                 reason]]]
 *   ["snapshot", start]                         → ["ok", under way, rows so far, gseq, rows, bytes]
 *                                                 and a little of the work, when it is under way
 *   ["compact"]                                 → ["ok", floor, changes forgotten by this request]
 *   ["edition"]                                 → ["ok", version, published in s, files, bytes]
 *   ["publish", person]                         → the same: DIR/pack.staged is the edition now
 *   anything that fails                         → ["error", LanyardError, sentence]
 *
 *   desk   = [device, epoch, venue, name, prefix, records, enrolled, revoked / 0, reason, seen,
 *             told, backlog, oldest, gseq, fresh, negative, software, pack]
 *   aside  = [device, epoch, seq, why, decision, decided, by, reason, received, encoded record]
 *   record = [id, device, epoch, seq, hash, encoded record, received]
 *   badge  = [serial, number, device, sequence, flags]
 * Times are µs since 1970-01-01 UTC.
 */

#define LANYARD_HUB_CONTROL_MAX_BYTES (32 * 1024 * 1024)
#define LANYARD_HUB_CONTROL_MAX_ENTRIES 500

/* Returns: (transfer full): the answer; never NULL */
GBytes *lanyard_hub_control_execute (LanyardHub *hub, GBytes *request);

/* Answers on the socket, in the thread-default GMainContext. */
typedef struct _LanyardHubControl LanyardHubControl;

typedef void (*LanyardHubControlFunc) (gpointer user_data);

/**
 * lanyard_hub_control_new:
 * @hub: borrowed; must outlive it
 * @directory: the hub's folder
 * @changed: called after each request, which may have changed something
 * @error: LANYARD_ERROR_IO, _BUSY
 *
 * Returns: (transfer full) (nullable)
 */
LanyardHubControl *lanyard_hub_control_new (LanyardHub *hub,
                                            const char *directory,
                                            LanyardHubControlFunc changed,
                                            gpointer user_data,
                                            GError **error);
void lanyard_hub_control_free (LanyardHubControl *control);

/* The asking side. */
typedef struct _LanyardHubConsole LanyardHubConsole;

/* Asks the hub that serves @directory, or opens it when none does. */
LanyardHubConsole *lanyard_hub_console_open (const char *directory, GError **error);
void lanyard_hub_console_close (LanyardHubConsole *console);
/* Blocks. Returns: (transfer full) (nullable): an answer that begins with "ok"; one that begins
 * with "error" is @error. */
GBytes *lanyard_hub_console_call (LanyardHubConsole *console, GBytes *request, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubControl, lanyard_hub_control_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubConsole, lanyard_hub_console_close)

G_END_DECLS
