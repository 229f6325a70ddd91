/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-chunk.h"

#include "lanyard-changes.h"
#include "lanyard-error.h"
#include "lanyard-squeeze.h"
#include "lanyard-wire-private.h"

#define CHUNK_ITEMS 4
/* chunk, columns, column */
#define DEPTH_OF_ITEMS 3
#define HASH_DOMAIN "lanyard/chunk/1"

/* What one call of prepare() does: each some milliseconds. */
#define BYTES_A_STEP (256 << 10)
#define ROWS_A_STEP 8000
#define ITEMS_A_STEP 16000

/* One item of one entry. Borrowed. */
typedef struct
{
  const guint8 *bytes;
  gsize n_bytes;
} Item;

/* What prepare() does next. */
typedef enum
{
  STAGE_UNPACK,
  STAGE_SIZES,
  STAGE_GSEQS,
  STAGE_COLUMNS,
  STAGE_READY,
} Stage;

struct _LanyardChunkReader
{
  LanyardUnsqueezer *unsqueezer; /* owned (nullable): until it is unpacked */
  GBytes *raw;                   /* owned (nullable): the chunk, unpacked */
  GArray *sizes;                 /* owned (element-type guint): items of each row */
  GArray *gseqs;                 /* owned (element-type guint64) */
  LanyardCborReader columns[LANYARD_CHUNK_MAX_COLUMNS]; /* each stands at its next item */
  guint next;                                           /* row */

  /* state of preparing */
  Stage stage;
  LanyardCborReader cbor;                /* stands at what comes next */
  guint n_rows;                          /* that the header told */
  guint n_in[LANYARD_CHUNK_MAX_COLUMNS]; /* items of each column by the sizes */
  guint n_done;                          /* columns whose beginning is known */
  gsize n_columns;                       /* that are there */
  gsize n_left;                          /* items of the last of them that were not passed over */
};

/* @items: (element-type Item) (nullable): gets what stands in it */
static gsize
split (GBytes *entry, GArray *items, GError **error)
{
  LanyardCborReader reader;
  gsize n_items;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (entry, NULL), g_bytes_get_size (entry),
                            LANYARD_CHANGES_MAX_ENTRY_BYTES);
  n_items = lanyard_cbor_enter_array (&reader, LANYARD_CHUNK_MAX_COLUMNS);
  for (gsize i = 0; i < n_items && reader.error == NULL; i++)
    {
      Item item;

      item.n_bytes = lanyard_cbor_skip (&reader, &item.bytes);
      g_array_append_val (items, item);
    }
  return lanyard_cbor_reader_end (&reader, "entry", error) ? n_items : 0;
}

gboolean
lanyard_chunk_can_carry (GBytes *entry)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));

  return split (entry, items, NULL) > 0;
}

static void
write_column (LanyardCborWriter *writer, const GArray *items, const GArray *firsts, guint column)
{
  gsize n_items = 0;

  for (guint i = 0; i + 1 < firsts->len; i++)
    n_items += g_array_index (firsts, guint, i + 1) - g_array_index (firsts, guint, i) > column;
  lanyard_cbor_open_array (writer, n_items);
  for (guint i = 0; i + 1 < firsts->len; i++)
    {
      guint index = g_array_index (firsts, guint, i) + column;

      if (index < g_array_index (firsts, guint, i + 1))
        {
          const Item *item = &g_array_index (items, Item, index);

          lanyard_cbor_write_encoded (writer, item->bytes, item->n_bytes);
        }
    }
}

/* @firsts: (element-type guint): index of each row's first item, and one more for the end */
static GBytes *
write_rows (GPtrArray *rows, const GArray *items, const GArray *firsts, guint n_columns)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_array (writer, CHUNK_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_open_array (writer, rows->len);
  for (guint i = 0; i < rows->len; i++)
    lanyard_cbor_write_uint (writer, g_array_index (firsts, guint, i + 1)
                                         - g_array_index (firsts, guint, i));
  lanyard_cbor_open_array (writer, rows->len);
  for (guint i = 0; i < rows->len; i++)
    lanyard_cbor_write_uint (writer, ((LanyardChangesRow *)rows->pdata[i])->gseq);
  lanyard_cbor_open_array (writer, n_columns);
  for (guint i = 0; i < n_columns; i++)
    write_column (writer, items, firsts, i);
  return lanyard_cbor_writer_end (writer);
}

static void
compute_hash (GBytes *chunk, LanyardHash *hash)
{
  lanyard_hash_compute (hash, HASH_DOMAIN, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk),
                        NULL, 0);
}

GBytes *
lanyard_chunk_pack (GPtrArray *rows, LanyardSnapshotPart *part)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GBytes) raw = NULL;
  GBytes *chunk;
  gsize n_columns = 0;

  g_return_val_if_fail (rows->len > 0 && rows->len <= LANYARD_CHUNK_MAX_ROWS, NULL);

  g_array_append_val (firsts, items->len);
  for (guint i = 0; i < rows->len; i++)
    {
      gsize n_items = split (((LanyardChangesRow *)rows->pdata[i])->entry, items, NULL);

      lanyard_assert_invariant (n_items > 0);
      n_columns = MAX (n_columns, n_items);
      g_array_append_val (firsts, items->len);
    }
  raw = write_rows (rows, items, firsts, (guint)n_columns);
  chunk = lanyard_squeeze (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
  compute_hash (chunk, &part->hash);
  part->n_bytes = (guint32)g_bytes_get_size (chunk);
  part->raw_bytes = (guint32)g_bytes_get_size (raw);
  part->n_rows = rows->len;
  return chunk;
}

gboolean
lanyard_chunk_check (GBytes *chunk, const LanyardSnapshotPart *part, GError **error)
{
  LanyardHash hash;

  if (g_bytes_get_size (chunk) == part->n_bytes)
    {
      compute_hash (chunk, &hash);
      if (lanyard_hash_equal (&hash, &part->hash))
        return TRUE;
    }
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       "it is not the chunk that the snapshot's header names");
  return FALSE;
}

static void
enter_rows (LanyardChunkReader *reader)
{
  if (lanyard_cbor_enter_array (&reader->cbor, reader->n_rows) != reader->n_rows)
    lanyard_cbor_fail (&reader->cbor, LANYARD_ERROR_INVALID, "a chunk has another number of rows");
}

static gboolean
unpack (LanyardChunkReader *reader, GError **error)
{
  if (!lanyard_unsqueezer_step (reader->unsqueezer, BYTES_A_STEP, &reader->raw, error))
    return FALSE;
  if (reader->raw == NULL)
    return TRUE;
  g_clear_pointer (&reader->unsqueezer, lanyard_unsqueezer_free);
  lanyard_cbor_reader_init_unwalked (&reader->cbor, g_bytes_get_data (reader->raw, NULL),
                                     g_bytes_get_size (reader->raw), LANYARD_CHUNK_MAX_RAW_BYTES,
                                     DEPTH_OF_ITEMS);
  _lanyard_wire_enter (&reader->cbor, CHUNK_ITEMS);
  enter_rows (reader);
  reader->stage = STAGE_SIZES;
  return TRUE;
}

/* How many items each row has. */
static void
read_sizes (LanyardChunkReader *reader)
{
  for (guint i = 0; i < ROWS_A_STEP && reader->cbor.error == NULL; i++)
    {
      guint size;

      if (reader->sizes->len == reader->n_rows)
        {
          enter_rows (reader);
          reader->stage = STAGE_GSEQS;
          return;
        }
      size = (guint)lanyard_cbor_read_uint (&reader->cbor, LANYARD_CHUNK_MAX_COLUMNS);
      if (size == 0)
        lanyard_cbor_fail (&reader->cbor, LANYARD_ERROR_INVALID, "a row of a chunk is empty");
      for (guint column = 0; column < size; column++)
        reader->n_in[column]++;
      g_array_append_val (reader->sizes, size);
    }
}

/* When each row changed. */
static void
read_gseqs (LanyardChunkReader *reader)
{
  for (guint i = 0; i < ROWS_A_STEP && reader->cbor.error == NULL; i++)
    {
      guint64 gseq;

      if (reader->gseqs->len == reader->n_rows)
        {
          reader->n_columns = lanyard_cbor_enter_array (&reader->cbor, LANYARD_CHUNK_MAX_COLUMNS);
          reader->stage = STAGE_COLUMNS;
          return;
        }
      gseq = lanyard_cbor_read_uint (&reader->cbor, G_MAXINT64);
      g_array_append_val (reader->gseqs, gseq);
    }
}

static void
enter_column (LanyardChunkReader *reader)
{
  guint column = reader->n_done++;

  reader->n_left = column < reader->n_columns
                       ? lanyard_cbor_enter_array (&reader->cbor, LANYARD_CHUNK_MAX_ROWS)
                       : 0;
  if (reader->n_left != reader->n_in[column])
    lanyard_cbor_fail (&reader->cbor, LANYARD_ERROR_INVALID, "a column of a chunk has gaps");
  reader->columns[column] = reader->cbor;
}

/* Where each column begins. */
static void
find_columns (LanyardChunkReader *reader)
{
  for (guint i = 0; i < ITEMS_A_STEP && reader->cbor.error == NULL; i++)
    if (reader->n_left > 0)
      {
        lanyard_cbor_skip (&reader->cbor, NULL);
        reader->n_left--;
      }
    else if (reader->n_done < LANYARD_CHUNK_MAX_COLUMNS)
      enter_column (reader);
    else
      {
        reader->stage = STAGE_READY;
        return;
      }
}

LanyardChunkReader *
lanyard_chunk_reader_begin (GBytes *chunk, const LanyardSnapshotPart *part, GError **error)
{
  LanyardChunkReader *reader;
  LanyardUnsqueezer *unsqueezer;

  if (!lanyard_chunk_check (chunk, part, error))
    return NULL;
  unsqueezer
      = lanyard_unsqueezer_new (chunk, MIN (part->raw_bytes, (guint32)LANYARD_CHUNK_MAX_RAW_BYTES),
                                error);
  if (unsqueezer == NULL)
    return NULL;
  reader = g_new0 (LanyardChunkReader, 1);
  reader->unsqueezer = unsqueezer;
  reader->n_rows = MIN (part->n_rows, (guint32)LANYARD_CHUNK_MAX_ROWS);
  reader->sizes = g_array_new (FALSE, FALSE, sizeof (guint));
  reader->gseqs = g_array_new (FALSE, FALSE, sizeof (guint64));
  return reader;
}

gboolean
lanyard_chunk_reader_prepare (LanyardChunkReader *reader, gboolean *ready, GError **error)
{
  *ready = FALSE;
  switch (reader->stage)
    {
    case STAGE_UNPACK:
      return unpack (reader, error);
    case STAGE_SIZES:
      read_sizes (reader);
      break;
    case STAGE_GSEQS:
      read_gseqs (reader);
      break;
    case STAGE_COLUMNS:
      find_columns (reader);
      break;
    case STAGE_READY:
      *ready = TRUE;
      return TRUE;
    }
  if (reader->cbor.error == NULL && reader->stage != STAGE_READY)
    return TRUE;
  *ready = lanyard_cbor_reader_end (&reader->cbor, "chunk", error);
  return *ready;
}

LanyardChunkReader *
lanyard_chunk_reader_new (GBytes *chunk, const LanyardSnapshotPart *part, GError **error)
{
  g_autoptr (LanyardChunkReader) reader = lanyard_chunk_reader_begin (chunk, part, error);
  gboolean ready = FALSE;

  while (reader != NULL && !ready)
    if (!lanyard_chunk_reader_prepare (reader, &ready, error))
      return NULL;
  return g_steal_pointer (&reader);
}

void
lanyard_chunk_reader_free (LanyardChunkReader *reader)
{
  if (reader == NULL)
    return;
  g_clear_pointer (&reader->unsqueezer, lanyard_unsqueezer_free);
  g_clear_pointer (&reader->raw, g_bytes_unref);
  g_array_unref (reader->sizes);
  g_array_unref (reader->gseqs);
  g_clear_error (&reader->cbor.error);
  g_free (reader);
}

GBytes *
lanyard_chunk_reader_next (LanyardChunkReader *reader, guint64 *gseq)
{
  LanyardCborWriter *writer;
  guint n_items;

  g_return_val_if_fail (reader->stage == STAGE_READY, NULL);

  if (reader->next >= reader->sizes->len)
    return NULL;
  n_items = g_array_index (reader->sizes, guint, reader->next);
  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_open_array (writer, n_items);
  for (guint i = 0; i < n_items; i++)
    {
      const guint8 *bytes;
      gsize n_bytes = lanyard_cbor_skip (&reader->columns[i], &bytes);

      lanyard_cbor_write_encoded (writer, bytes, n_bytes);
    }
  *gseq = g_array_index (reader->gseqs, guint64, reader->next);
  reader->next++;
  return lanyard_cbor_writer_end (writer);
}
