/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bad-peer-private.h"

#define MAX_NESTING 10000
#define MAX_FLIPS 8

static void
append_noise (Making *making, GByteArray *array, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = (guint8)bad_pick (making, 256);

      g_byte_array_append (array, &byte, 1);
    }
}

static GBytes *
sign_good_payload (Making *making, const LanyardKey *key)
{
  return bad_sign (key, LANYARD_CONTENT_BATCH, making->peers->payload);
}

/* Damage on the line */

static GBytes *
make_truncated (Making *making)
{
  GBytes *good = making->peers->good;

  return g_bytes_new_from_bytes (good, 0, bad_pick (making, (guint)g_bytes_get_size (good)));
}

static GBytes *
make_longer (Making *making)
{
  GByteArray *array = bad_copy (making->peers->good);

  append_noise (making, array, 1 + bad_pick (making, 64));
  return g_byte_array_free_to_bytes (array);
}

static GBytes *
make_oversized (Making *making)
{
  GByteArray *array = bad_copy (making->peers->good);
  guint had = array->len;

  g_byte_array_set_size (array, LANYARD_BATCH_MAX_BYTES + 1 + bad_pick (making, 4096));
  memset (array->data + had, 0, array->len - had);
  return g_byte_array_free_to_bytes (array);
}

static GBytes *
make_flipped (Making *making)
{
  GByteArray *array = bad_copy (making->peers->good);
  guint n = 1 + bad_pick (making, MAX_FLIPS);
  guint at = bad_pick (making, array->len * 8);

  for (guint i = 0; i < n;
       i++, at = (at + 1 + bad_pick (making, array->len * 4)) % (array->len * 8))
    array->data[at / 8] ^= (guint8)(1 << at % 8);
  /* Two flips of one bit are none. */
  if (memcmp (array->data, g_bytes_get_data (making->peers->good, NULL), array->len) == 0)
    array->data[at / 8] ^= 1;
  return g_byte_array_free_to_bytes (array);
}

static GBytes *
make_spliced (Making *making)
{
  GByteArray *array = bad_copy (making->peers->good);
  guint from = bad_pick (making, array->len);
  guint n = 1 + bad_pick (making, MIN (32, array->len - from));

  for (guint i = from; i < from + n; i++)
    array->data[i] = (guint8)bad_pick (making, 256);
  array->data[from]
      ^= array->data[from] == ((const guint8 *)g_bytes_get_data (making->peers->good, NULL))[from];
  return g_byte_array_free_to_bytes (array);
}

static GBytes *
make_noise (Making *making)
{
  GByteArray *array = g_byte_array_new ();

  append_noise (making, array, bad_pick (making, 400));
  return g_byte_array_free_to_bytes (array);
}

/* Arrays in arrays, or in maps, or tags of tags: bare, or signed by the desk. */
static GBytes *
make_nested (Making *making)
{
  static const guint8 heads[] = { 0x81, 0xa1, 0xc6, 0xd2 };
  GByteArray *array = g_byte_array_new ();
  guint depth = 13 + bad_pick (making, MAX_NESTING);
  guint8 head = heads[bad_pick (making, G_N_ELEMENTS (heads))];
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < depth; i++)
    {
      g_byte_array_append (array, &head, 1);
      if (head == 0xa1)
        g_byte_array_append (array, (const guint8 *)"\x00", 1);
    }
  g_byte_array_append (array, (const guint8 *)"\x00", 1);
  bytes = g_byte_array_free_to_bytes (array);
  if (bad_pick (making, 2) == 0)
    return g_bytes_ref (bytes);
  return bad_sign (making->peers->desk->key, LANYARD_CONTENT_BATCH, bytes);
}

/* Somebody else's, or at another place */

static GBytes *
make_replayed (Making *making)
{
  making->bad->is_replay = TRUE;
  making->bad->place.first = 1;
  making->bad->place.last = BAD_PEERS_STORED;
  return g_bytes_ref (making->peers->old);
}

static GBytes *
make_misplaced (Making *making)
{
  LanyardHubPlace *place = &making->bad->place;

  switch (bad_pick (making, 4))
    {
    case 0:
      place->device = making->peers->other->device;
      break;
    case 1:
      place->epoch++;
      break;
    case 2:
      place->first += 1 + bad_pick (making, 5);
      break;
    default:
      place->last += 1 + bad_pick (making, 5);
    }
  return g_bytes_ref (making->peers->good);
}

static GBytes *
make_strangers (Making *making)
{
  return sign_good_payload (making, making->peers->stranger);
}

/* Signed by a stranger who writes the desk's kid into the message. */
static GBytes *
make_impostors (Making *making)
{
  g_autoptr (GBytes) message = sign_good_payload (making, making->peers->stranger);
  GByteArray *array = bad_copy (message);
  LanyardKid theirs, kid;

  lanyard_public_key_get_kid (lanyard_key_get_public (making->peers->stranger), &theirs);
  lanyard_public_key_get_kid (lanyard_key_get_public (making->peers->desk->key), &kid);
  for (guint i = 0; i + sizeof kid.bytes <= array->len; i++)
    if (memcmp (array->data + i, theirs.bytes, sizeof theirs.bytes) == 0)
      memcpy (array->data + i, kid.bytes, sizeof kid.bytes);
  return g_byte_array_free_to_bytes (array);
}

static GBytes *
make_other_desks (Making *making)
{
  return sign_good_payload (making, making->peers->other->key);
}

static GBytes *
make_other_content (Making *making)
{
  static const char *const contents[]
      = { LANYARD_CONTENT_RECEIPT, LANYARD_CONTENT_CHANGES,   LANYARD_CONTENT_ALERTS,
          LANYARD_CONTENT_REQUEST, LANYARD_CONTENT_ENROLMENT, "lanyard/trust",
          "lanyard/negative",      "lanyard/batch " };

  return bad_sign (making->peers->desk->key, contents[bad_pick (making, G_N_ELEMENTS (contents))],
                   making->peers->payload);
}

const BadKind bad_line_kinds[] = {
  { "truncated", make_truncated },
  { "longer", make_longer },
  { "oversized", make_oversized },
  { "bits flipped", make_flipped },
  { "bits flipped again", make_flipped },
  { "bytes overwritten", make_spliced },
  { "noise", make_noise },
  { "nested", make_nested },
  { "replayed", make_replayed },
  { "at another place", make_misplaced },
  { "signed by a stranger", make_strangers },
  { "signed by an impostor", make_impostors },
  { "signed by another desk", make_other_desks },
  { "of another content", make_other_content },
};
const guint n_bad_line_kinds = G_N_ELEMENTS (bad_line_kinds);
