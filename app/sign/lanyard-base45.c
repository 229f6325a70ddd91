/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-base45.h"

#include <string.h>

#include "lanyard-error.h"

/* RFC 9285 §4.2, which is the order of the QR alphanumeric mode (ISO/IEC 18004 §7.4.4). */
static const char ALPHABET[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/* Returns: value of @character, or -1 when it is not of the alphabet. */
static int
value_of (char character)
{
  const char *found;

  if (character == '\0')
    return -1;
  found = strchr (ALPHABET, character);
  return found ? (int)(found - ALPHABET) : -1;
}

/* Longest text that decodes to at most @max_bytes. */
static gsize
text_limit (gsize max_bytes)
{
  return max_bytes / 2 * 3 + (max_bytes % 2) * 2;
}

/* One group of @n_characters (2 or 3) gives one or two bytes: RFC 9285 §4. */
static gboolean
decode_group (const char *group, gsize n_characters, GByteArray *bytes)
{
  guint32 value = 0;
  guint32 weight = 1;

  for (gsize i = 0; i < n_characters; i++)
    {
      int digit = value_of (group[i]);

      if (digit < 0)
        return FALSE;
      value += (guint32)digit * weight;
      weight *= 45;
    }
  if (value > (n_characters == 3 ? 0xffffu : 0xffu))
    return FALSE;

  if (n_characters == 3)
    {
      guint8 high = value >> 8;
      g_byte_array_append (bytes, &high, 1);
    }
  guint8 low = value & 0xff;
  g_byte_array_append (bytes, &low, 1);
  return TRUE;
}

char *
lanyard_base45_encode (const void *data, gsize n_bytes)
{
  const guint8 *bytes = data;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (data != NULL || n_bytes == 0, NULL);

  text = g_string_sized_new (text_limit (n_bytes));
  for (gsize i = 0; i < n_bytes; i += 2)
    {
      gboolean pair = i + 1 < n_bytes;
      guint32 value = pair ? (guint32)bytes[i] << 8 | bytes[i + 1] : bytes[i];

      g_string_append_c (text, ALPHABET[value % 45]);
      g_string_append_c (text, ALPHABET[value / 45 % 45]);
      if (pair)
        g_string_append_c (text, ALPHABET[value / (45 * 45)]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GBytes *
lanyard_base45_decode (const char *text, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strnlen (text, text_limit (max_bytes) + 1);
  if (length > text_limit (max_bytes))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The Base45 text holds more than the %" G_GSIZE_FORMAT " bytes allowed",
                   max_bytes);
      return NULL;
    }
  if (length % 3 == 1)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "A Base45 text cannot have %" G_GSIZE_FORMAT " characters: some are missing",
                   length);
      return NULL;
    }

  bytes = g_byte_array_sized_new (length / 3 * 2 + 1);
  for (gsize i = 0; i < length; i += 3)
    {
      if (!decode_group (text + i, MIN (3, length - i), bytes))
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       "The text is not Base45 at character %" G_GSIZE_FORMAT, i + 1);
          return NULL;
        }
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
