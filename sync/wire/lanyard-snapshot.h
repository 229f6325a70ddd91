/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hash.h"
#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/* One chunk of a snapshot: a file that never changes and is named by its hash. */
typedef struct
{
  LanyardHash hash;  /* BLAKE2b-256 "lanyard/chunk/1" of the chunk as it is sent */
  guint32 n_bytes;   /* as it is sent */
  guint32 raw_bytes; /* unpacked */
  guint32 n_rows;
} LanyardSnapshotPart;

/*
 * The header of a snapshot: all entries as they were when the feed stood at @gseq, or later. The
 * feed from @gseq on brings everything that came after, so whoever took the chunks goes on there.
 */
typedef struct
{
  char *event;        /* event code */
  guint64 era;    /* of the feed in which gseq counts; 0: not told */
  guint64 gseq;       /* the feed goes on after it */
  gint64 made_s;      /* s since 1970-01-01 UTC */
  guint64 n_rows;     /* of all parts together */
  GArray *parts;      /* (element-type LanyardSnapshotPart): in the order of their rows */
} LanyardSnapshot;

LanyardSnapshot *lanyard_snapshot_new (const char *event);
void lanyard_snapshot_free (LanyardSnapshot *snapshot);
/* Returns: (transfer full): the signed message */
GBytes *lanyard_snapshot_sign (const LanyardSnapshot *snapshot, const LanyardKey *key);

/**
 * lanyard_snapshot_open:
 * @message: a signed message
 * @trust: the key needs LANYARD_SCOPE_DIRECTORY
 * @event: (nullable): event code that must stand in it: another is LANYARD_ERROR_PROTOCOL
 * @at_s: now, s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_LIMIT, _INVALID (also: numbers that do not add up), _NEWER, _SIGNATURE,
 *   _UNTRUSTED, _EXPIRED, _PROTOCOL
 *
 * Returns: (transfer full) (nullable): the header
 */
LanyardSnapshot *lanyard_snapshot_open (GBytes *message,
                                        const LanyardTrustList *trust,
                                        const char *event,
                                        gint64 at_s,
                                        GError **error);
/* The payload alone. */
LanyardSnapshot *lanyard_snapshot_decode (const void *data, gsize n_bytes, GError **error);

const LanyardSnapshotPart *lanyard_snapshot_get_part (const LanyardSnapshot *snapshot, guint index);
/* What the same rows in the same chunks at the same gseq are known by, whoever signed when. */
void lanyard_snapshot_get_id (const LanyardSnapshot *snapshot, LanyardHash *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSnapshot, lanyard_snapshot_free)

G_END_DECLS
