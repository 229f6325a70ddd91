/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-id.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-hash.h"

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static guint
id_hash (gconstpointer id)
{
  guint value;

  /* The end of a UUIDv7 is random. */
  memcpy (&value, ((const LanyardId *)id)->bytes + LANYARD_ID_BYTES - sizeof value, sizeof value);
  return value;
}

static gboolean
id_equal (gconstpointer a, gconstpointer b)
{
  return lanyard_id_equal (a, b);
}

void
lanyard_id_init_random (LanyardId *id, gint64 wall_us)
{
  guint64 ms = (guint64)MAX (wall_us, 0) / 1000;

  g_return_if_fail (id != NULL);

  randombytes_buf (id->bytes, LANYARD_ID_BYTES);
  for (guint i = 0; i < 6; i++)
    id->bytes[i] = (ms >> (8 * (5 - i))) & 0xff;
  id->bytes[6] = 0x70 | (id->bytes[6] & 0x0f); /* version 7 */
  id->bytes[8] = 0x80 | (id->bytes[8] & 0x3f); /* variant 10 */
}

gboolean
lanyard_id_equal (const LanyardId *a, const LanyardId *b)
{
  return memcmp (a->bytes, b->bytes, LANYARD_ID_BYTES) == 0;
}

GHashTable *
lanyard_id_table_new (GDestroyNotify free_id, GDestroyNotify free_value)
{
  return g_hash_table_new_full (id_hash, id_equal, free_id, free_value);
}

gboolean
lanyard_id_is_zero (const LanyardId *id)
{
  static const LanyardId zero = { { 0 } };

  return lanyard_id_equal (id, &zero);
}

char *
lanyard_id_to_string (const LanyardId *id)
{
  g_autofree char *hex = lanyard_hex_encode (id->bytes, LANYARD_ID_BYTES);

  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

gboolean
lanyard_id_parse (LanyardId *id, const char *text)
{
  g_autofree char *hex = NULL;

  if (text == NULL || strlen (text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-'
      || text[23] != '-')
    return FALSE;
  hex = g_strdup_printf ("%.8s%.4s%.4s%.4s%.12s", text, text + 9, text + 14, text + 19, text + 24);
  return lanyard_hex_decode (hex, id->bytes, LANYARD_ID_BYTES);
}

/* ISO/IEC 7064:2003 §9: the recursive method, modulus 36, without the last subtraction. Returns
 * the running value after @n_characters, or -1 for a character that is not of the alphabet. */
static int
check_sum (const char *text, gsize n_characters)
{
  const int m = 36;
  int p = m;

  for (gsize i = 0; i < n_characters; i++)
    {
      const char *at;
      int s;

      if (text[i] == '-')
        continue;
      at = strchr (alphabet, text[i]);
      if (at == NULL || text[i] == '\0')
        return -1;
      s = (p + (int)(at - alphabet)) % m;
      p = (s == 0 ? m : s) * 2 % (m + 1);
    }

  return p;
}

char
lanyard_check_character (const char *text)
{
  int p;

  g_return_val_if_fail (text != NULL, 0);

  p = check_sum (text, strlen (text));
  return p < 0 ? 0 : alphabet[(36 + 1 - p) % 36];
}

gboolean
lanyard_check_verify (const char *text)
{
  gsize n;
  int p;
  const char *at;

  if (text == NULL || (n = strlen (text)) < 2 || text[n - 1] == '-')
    return FALSE;
  p = check_sum (text, n - 1);
  at = strchr (alphabet, text[n - 1]);
  return p >= 0 && at != NULL && (p + (int)(at - alphabet)) % 36 == 1;
}
