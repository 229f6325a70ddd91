/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-snapshot.h"

G_BEGIN_DECLS

/*
 * The rows of one chunk. Entries are arrays of items; the chunk keeps all first items together,
 * then all second items, and so on: equal things stand beside each other, and the chunk is a
 * quarter smaller. What the items mean is not looked at, so the bytes of an entry come back as they
 * were.
 */

/* Whether @entry is an array of items that a chunk can carry. */
gboolean lanyard_chunk_can_carry (GBytes *entry);

/**
 * lanyard_chunk_pack:
 * @rows: (element-type LanyardChangesRow): at least one; entries are never NULL and all pass
 *   lanyard_chunk_can_carry(); numbers are not looked at, since they stand in the entries
 * @part: (out): what a header tells of it
 *
 * Returns: (transfer full): the chunk
 */
GBytes *lanyard_chunk_pack (GPtrArray *rows, LanyardSnapshotPart *part);

/* Whether @chunk is the one that @part tells of. @error: LANYARD_ERROR_INVALID */
gboolean lanyard_chunk_check (GBytes *chunk, const LanyardSnapshotPart *part, GError **error);

typedef struct _LanyardChunkReader LanyardChunkReader;

/**
 * lanyard_chunk_reader_new:
 * @chunk: a chunk
 * @part: what the header told of it; looked at before anything is unpacked
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _NEWER
 */
LanyardChunkReader *
lanyard_chunk_reader_new (GBytes *chunk, const LanyardSnapshotPart *part, GError **error);
/* The same for who has others to serve meanwhile: no row can be read before
 * lanyard_chunk_reader_prepare() said so. */
LanyardChunkReader *
lanyard_chunk_reader_begin (GBytes *chunk, const LanyardSnapshotPart *part, GError **error);
void lanyard_chunk_reader_free (LanyardChunkReader *reader);

/**
 * lanyard_chunk_reader_prepare:
 * @ready: (out): whether rows can be read now
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _NEWER: free the reader
 *
 * Unpacks and checks a part of the chunk, which takes some milliseconds: a chunk of tens of
 * thousands of people would keep everybody else waiting. To be called until it is ready.
 */
gboolean lanyard_chunk_reader_prepare (LanyardChunkReader *reader, gboolean *ready, GError **error);

/* @gseq: (out): when the row changed last
 * Returns: (transfer full) (nullable): the next entry, not yet understood; NULL: that was all */
GBytes *lanyard_chunk_reader_next (LanyardChunkReader *reader, guint64 *gseq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardChunkReader, lanyard_chunk_reader_free)

G_END_DECLS
