/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-error.h"

G_BEGIN_DECLS

/*
 * Deterministic CBOR (RFC 8949 §4.2.1): shortest heads, definite lengths, map keys in bytewise
 * order, no floats. The writer can only produce it; the reader refuses everything else, so that
 * two readers can never understand two things from the same bytes.
 *
 * libcbor does each item; what is ours is the order, the strictness and the limits.
 */

/* Deepest nesting of arrays, maps and tags that a reader follows. */
#define LANYARD_CBOR_MAX_DEPTH 12

typedef struct _LanyardCborWriter LanyardCborWriter;

/**
 * lanyard_cbor_writer_new:
 *
 * Returns: (transfer full): an empty writer
 */
LanyardCborWriter *lanyard_cbor_writer_new (void);
void lanyard_cbor_writer_free (LanyardCborWriter *writer);

void lanyard_cbor_write_uint (LanyardCborWriter *writer, guint64 value);
void lanyard_cbor_write_int (LanyardCborWriter *writer, gint64 value);
void lanyard_cbor_write_bool (LanyardCborWriter *writer, gboolean value);
void lanyard_cbor_write_null (LanyardCborWriter *writer);
/* @text: (nullable): UTF-8; NULL writes null */
void lanyard_cbor_write_text (LanyardCborWriter *writer, const char *text);
void lanyard_cbor_write_bytes (LanyardCborWriter *writer, const void *data, gsize n_bytes);
/* @bytes: (nullable): NULL writes null */
void lanyard_cbor_write_gbytes (LanyardCborWriter *writer, GBytes *bytes);
/* @strv: (nullable): NULL writes an empty array */
void lanyard_cbor_write_strv (LanyardCborWriter *writer, const char *const *strv);
void lanyard_cbor_write_tag (LanyardCborWriter *writer, guint64 tag);
/* Exactly @n_items items follow. */
void lanyard_cbor_open_array (LanyardCborWriter *writer, gsize n_items);
/* Exactly @n_pairs pairs follow. Keys are written as any item and must come in bytewise order of
 * their encoding (small non-negative integers ascending, then negative, then text by length):
 * asserted when the writer is ended. */
void lanyard_cbor_open_map (LanyardCborWriter *writer, gsize n_pairs);
/* @encoded: one whole item that is deterministic CBOR already */
void lanyard_cbor_write_encoded (LanyardCborWriter *writer, const void *encoded, gsize n_bytes);

/**
 * lanyard_cbor_writer_end:
 * @writer: (transfer full): the writer; gone afterwards
 *
 * Asserts that what was written is one whole deterministic item.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *lanyard_cbor_writer_end (LanyardCborWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardCborWriter, lanyard_cbor_writer_free)

typedef enum
{
  LANYARD_CBOR_END = 0, /* nothing left at this level */
  LANYARD_CBOR_UINT = 1,
  LANYARD_CBOR_NINT = 2,
  LANYARD_CBOR_BYTES = 3,
  LANYARD_CBOR_TEXT = 4,
  LANYARD_CBOR_ARRAY = 5,
  LANYARD_CBOR_MAP = 6,
  LANYARD_CBOR_TAG = 7,
  LANYARD_CBOR_BOOL = 8,
  LANYARD_CBOR_NULL = 9,
} LanyardCborKind;

/*
 * Reads items one after the other. An error is sticky: after the first one every read returns
 * a zero value and lanyard_cbor_reader_end() reports it, so that a decoder reads its fields in
 * order and asks once.
 *
 * Lives on the caller's stack. The data must outlive it.
 */
typedef struct
{
  const guint8 *data;  /* borrowed */
  gsize n_bytes;       /* length of data */
  gsize offset;        /* of the next item */
  GError *error;       /* owned; first error */
  guint depth;         /* of the items that are skipped; 0 where all was walked before */
} LanyardCborReader;

/**
 * lanyard_cbor_reader_init:
 * @reader: (out caller-allocates): the reader
 * @data: (nullable): bytes to read; must outlive @reader
 * @n_bytes: their number
 * @max_bytes: more than this is LANYARD_ERROR_LIMIT before anything is looked at
 *
 * The whole input is walked once first: one item, deterministic, text is UTF-8, no deeper than
 * LANYARD_CBOR_MAX_DEPTH, no float, nothing behind it. So later reads only meet sound bytes.
 */
void lanyard_cbor_reader_init (LanyardCborReader *reader,
                               const void *data,
                               gsize n_bytes,
                               gsize max_bytes);

/**
 * lanyard_cbor_reader_init_unwalked:
 * @depth: in how many arrays and maps that items stand which lanyard_cbor_skip() will pass over
 *
 * The same for data so long that whoever reads has others to serve meanwhile: nothing is walked
 * first, so who does not read and skip all of it to lanyard_cbor_reader_end() knows nothing of it.
 * Depth is checked by lanyard_cbor_skip() alone; keys of maps that are entered are not.
 */
void lanyard_cbor_reader_init_unwalked (LanyardCborReader *reader,
                                        const void *data,
                                        gsize n_bytes,
                                        gsize max_bytes,
                                        guint depth);

/* What comes next, without reading it. */
LanyardCborKind lanyard_cbor_peek (LanyardCborReader *reader);
guint64 lanyard_cbor_read_uint (LanyardCborReader *reader, guint64 max);
gint64 lanyard_cbor_read_int (LanyardCborReader *reader, gint64 min, gint64 max);
gboolean lanyard_cbor_read_bool (LanyardCborReader *reader);
/* Returns: (transfer full) (nullable): text without a NUL, of at most @max_bytes; null is an error */
char *lanyard_cbor_read_text (LanyardCborReader *reader, gsize max_bytes);
/* As lanyard_cbor_read_text(), but null gives NULL without an error. */
char *lanyard_cbor_read_text_or_null (LanyardCborReader *reader, gsize max_bytes);
/* Returns: (transfer none) (nullable): pointer into the data; NULL only on error */
const guint8 *lanyard_cbor_read_bytes (LanyardCborReader *reader, gsize max_bytes, gsize *n_bytes);
/* Reads a byte string of exactly @n_bytes into @out. */
void lanyard_cbor_read_fixed (LanyardCborReader *reader, void *out, gsize n_bytes);
/* Returns: (transfer full) (nullable): a copy; NULL on error */
GBytes *lanyard_cbor_read_gbytes (LanyardCborReader *reader, gsize max_bytes);
/* Returns: (transfer full) (nullable): a copy; null gives NULL without an error */
GBytes *lanyard_cbor_read_gbytes_or_null (LanyardCborReader *reader, gsize max_bytes);
/* Returns: (transfer full) (nullable): an array of text; NULL on error */
char **lanyard_cbor_read_strv (LanyardCborReader *reader, gsize max_items, gsize max_bytes_each);
/* Reads null. Returns: whether it was there; otherwise nothing is read and it is no error. */
gboolean lanyard_cbor_read_null (LanyardCborReader *reader);
/* Reads a tag, which must be @tag. */
void lanyard_cbor_read_tag (LanyardCborReader *reader, guint64 tag);
/* Returns: number of items, at most @max_items */
gsize lanyard_cbor_enter_array (LanyardCborReader *reader, gsize max_items);
/* Returns: number of pairs, at most @max_pairs */
gsize lanyard_cbor_enter_map (LanyardCborReader *reader, gsize max_pairs);
/* Reads one whole item of any kind. @encoded: (out): pointer to its first byte. Returns: its length */
gsize lanyard_cbor_skip (LanyardCborReader *reader, const guint8 **encoded);
/* Records an error of the caller's (a value that makes no sense) unless there is one already. */
void lanyard_cbor_fail (LanyardCborReader *reader, LanyardError code, const char *message);

/**
 * lanyard_cbor_reader_end:
 * @reader: the reader
 * @what: what was read, for the message: "receipt"
 * @error: return location
 *
 * Returns: TRUE when all was read and nothing failed
 */
gboolean lanyard_cbor_reader_end (LanyardCborReader *reader, const char *what, GError **error);

G_END_DECLS
