/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every first byte with what may stand behind it: what is read must be what libcbor reads, and
 * nothing is read whose head libcbor would have written otherwise. */

#include <cbor.h>
#include <string.h>

#include "lanyard-cbor-private.h"

#define MAX_BYTES 300

/* What libcbor's callbacks leave behind; kind END means that the item is of no kind we allow. */
typedef struct
{
  LanyardCborKind kind;
  guint64 value;
  const guint8 *content;
} Seen;

static void
see (void *context, LanyardCborKind kind, guint64 value, const guint8 *content)
{
  Seen *seen = context;

  seen->kind = kind;
  seen->value = value;
  seen->content = content;
}

#define DEFINE_SEE(name, type, kind)                                                               \
  static void see_##name (void *context, type value) { see (context, kind, value, NULL); }

DEFINE_SEE (uint8, uint8_t, LANYARD_CBOR_UINT)
DEFINE_SEE (uint16, uint16_t, LANYARD_CBOR_UINT)
DEFINE_SEE (uint32, uint32_t, LANYARD_CBOR_UINT)
DEFINE_SEE (uint64, uint64_t, LANYARD_CBOR_UINT)
DEFINE_SEE (negint8, uint8_t, LANYARD_CBOR_NINT)
DEFINE_SEE (negint16, uint16_t, LANYARD_CBOR_NINT)
DEFINE_SEE (negint32, uint32_t, LANYARD_CBOR_NINT)
DEFINE_SEE (negint64, uint64_t, LANYARD_CBOR_NINT)
DEFINE_SEE (array, size_t, LANYARD_CBOR_ARRAY)
DEFINE_SEE (map, size_t, LANYARD_CBOR_MAP)
DEFINE_SEE (tag, uint64_t, LANYARD_CBOR_TAG)
DEFINE_SEE (boolean, bool, LANYARD_CBOR_BOOL)

static void
see_bytes (void *context, cbor_data content, size_t n_bytes)
{
  see (context, LANYARD_CBOR_BYTES, n_bytes, content);
}

static void
see_text (void *context, cbor_data content, size_t n_bytes)
{
  see (context, LANYARD_CBOR_TEXT, n_bytes, content);
}

static void
see_null (void *context)
{
  see (context, LANYARD_CBOR_NULL, 0, NULL);
}

static void
refuse (void *context)
{
  see (context, LANYARD_CBOR_END, 0, NULL);
}

static void
refuse_float (void *context, float value)
{
  refuse (context);
}

static void
refuse_double (void *context, double value)
{
  refuse (context);
}

static const struct cbor_callbacks callbacks = {
  .uint8 = see_uint8,
  .uint16 = see_uint16,
  .uint32 = see_uint32,
  .uint64 = see_uint64,
  .negint64 = see_negint64,
  .negint32 = see_negint32,
  .negint16 = see_negint16,
  .negint8 = see_negint8,
  .byte_string_start = refuse,
  .byte_string = see_bytes,
  .string = see_text,
  .string_start = refuse,
  .indef_array_start = refuse,
  .array_start = see_array,
  .indef_map_start = refuse,
  .map_start = see_map,
  .tag = see_tag,
  .float2 = refuse_float,
  .float4 = refuse_float,
  .float8 = refuse_double,
  .undefined = refuse,
  .null = see_null,
  .boolean = see_boolean,
  .indef_break = refuse,
};

/* Writes the head that @seen must have had. Returns: its length in bytes */
static gsize
shortest_head (const Seen *seen, guint8 *head, gsize n_bytes)
{
  switch (seen->kind)
    {
    case LANYARD_CBOR_UINT:
      return cbor_encode_uint (seen->value, head, n_bytes);
    case LANYARD_CBOR_NINT:
      return cbor_encode_negint (seen->value, head, n_bytes);
    case LANYARD_CBOR_BYTES:
      return cbor_encode_bytestring_start (seen->value, head, n_bytes);
    case LANYARD_CBOR_TEXT:
      return cbor_encode_string_start (seen->value, head, n_bytes);
    case LANYARD_CBOR_ARRAY:
      return cbor_encode_array_start (seen->value, head, n_bytes);
    case LANYARD_CBOR_MAP:
      return cbor_encode_map_start (seen->value, head, n_bytes);
    case LANYARD_CBOR_TAG:
      return cbor_encode_tag (seen->value, head, n_bytes);
    case LANYARD_CBOR_BOOL:
      return cbor_encode_bool (seen->value != 0, head, n_bytes);
    case LANYARD_CBOR_NULL:
      return cbor_encode_null (head, n_bytes);
    case LANYARD_CBOR_END:
    default:
      return 0;
    }
}

/* What libcbor says of the item at the start of @data. Returns: its length; 0: not one of ours */
static gsize
read_by_libcbor (const guint8 *data, gsize n_bytes, Seen *seen)
{
  struct cbor_decoder_result result;
  guint8 head[9];
  gsize n_head;

  *seen = (Seen){ LANYARD_CBOR_END, 0, NULL };
  /* libcbor 0.8 takes the tags 6 to 20 in one byte for malformed; COSE_Sign1 is tag 18. */
  if (data[0] >= 0xc0 && data[0] <= 0xd7)
    {
      *seen = (Seen){ LANYARD_CBOR_TAG, data[0] & 0x1f, NULL };
      return 1;
    }
  result = cbor_stream_decode (data, n_bytes, &callbacks, seen);
  if (result.status != CBOR_DECODER_FINISHED || seen->kind == LANYARD_CBOR_END)
    return 0;
  n_head = shortest_head (seen, head, sizeof head);
  if (n_head == 0 || n_head > n_bytes || memcmp (head, data, n_head) != 0)
    return 0;
  if (seen->kind == LANYARD_CBOR_TEXT
      && !g_utf8_validate_len ((const char *)seen->content, seen->value, NULL))
    return 0;
  return result.read;
}

static gsize
compare (const guint8 *data, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  LanyardCborItem item = { 0 };
  Seen seen;
  gsize n = read_by_libcbor (data, n_bytes, &seen);

  g_assert_true (_lanyard_cbor_read_item (&item, data, n_bytes, &error) == (n > 0));
  g_assert_true ((error == NULL) == (n > 0));
  if (n == 0)
    return 0;
  g_assert_cmpint (item.kind, ==, seen.kind);
  g_assert_cmpuint (item.value, ==, seen.value);
  g_assert_true (item.content == seen.content);
  g_assert_cmpuint (item.n_bytes, ==, n);
  return n;
}

static void
test_heads (void)
{
  const guint8 behind[] = { 0x00, 0x01, 0x17, 0x18, 0x19, 0x41, 0x7f, 0x80, 0xff };
  const guint lengths[] = { 1, 2, 3, 4, 5, 8, 9, 10, 24, 25, 26, 40, 258, MAX_BYTES };
  guint n_read = 0, n_refused = 0;

  for (guint first = 0; first < 256; first++)
    for (guint i = 0; i < G_N_ELEMENTS (behind); i++)
      for (guint j = 0; j < G_N_ELEMENTS (behind); j++)
        for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
          {
            /* Exactly as long as it says: a byte too far is seen by the sanitizer. */
            g_autofree guint8 *data = g_malloc (lengths[k]);

            memset (data, behind[j], lengths[k]);
            if (lengths[k] > 1)
              data[1] = behind[i];
            data[0] = (guint8)first;
            if (compare (data, lengths[k]) > 0)
              n_read++;
            else
              n_refused++;
          }
  g_assert_cmpuint (n_read, >, 1000);
  g_assert_cmpuint (n_refused, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cbor/heads", test_heads);
  return g_test_run ();
}
