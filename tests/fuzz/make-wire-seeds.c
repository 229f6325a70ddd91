/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-cose.h"

/*
 * The golden messages in the forms in which targets take their input: what mutating begins with.
 *
 *   make-wire-seeds DIRECTORY VECTORS
 */

#define MAX_BYTES (1 << 20)

static GBytes *
read_vector (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = g_byte_array_new ();

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  for (const char *c = text; c[0] != '\0';)
    {
      guint8 byte;

      if (!g_ascii_isxdigit (c[0]) || !g_ascii_isxdigit (c[1]))
        {
          c++;
          continue;
        }
      byte = (guint8)(g_ascii_xdigit_value (c[0]) << 4 | g_ascii_xdigit_value (c[1]));
      g_byte_array_append (bytes, &byte, 1);
      c += 2;
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* @prefix: -1: none */
static void
write_seed (const char *directory, const char *name, int prefix, const void *data, gsize n_bytes)
{
  g_autofree char *file = g_strdup_printf ("%s.%d", name, prefix + 1);
  g_autofree char *path = g_build_filename (directory, file, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 byte = (guint8)prefix;

  if (prefix >= 0)
    g_byte_array_append (bytes, &byte, 1);
  g_byte_array_append (bytes, data, (guint)n_bytes);
  if (!g_file_set_contents (path, (const char *)bytes->data, bytes->len, &error))
    g_error ("%s", error->message);
}

/* Payloads for targets that decode; a whole message behind a 0, and a payload to be signed behind a
 * 1, for those that open. */
static void
write_seeds (const char *directory, const char *name, GBytes *vector)
{
  g_auto (LanyardCoseMessage) message = { 0 };
  gsize n_bytes;
  const void *data = g_bytes_get_data (vector, &n_bytes);

  write_seed (directory, name, 0, data, n_bytes);
  if (!lanyard_cose_parse (&message, data, n_bytes, MAX_BYTES, NULL))
    {
      write_seed (directory, name, -1, data, n_bytes);
      return;
    }
  write_seed (directory, name, -1, message.payload, message.n_payload);
  write_seed (directory, name, 1, message.payload, message.n_payload);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) vectors = NULL;
  const char *name;

  if (argc == 3)
    vectors = g_dir_open (argv[2], 0, NULL);
  if (vectors == NULL || g_mkdir_with_parents (argv[1], 0755) != 0)
    {
      g_printerr (
          "make-wire-seeds: name a directory that can be written, and that of the vectors\n");
      return 2;
    }
  while ((name = g_dir_read_name (vectors)) != NULL)
    if (g_str_has_suffix (name, ".hex"))
      {
        g_autofree char *path = g_build_filename (argv[2], name, NULL);
        g_autoptr (GBytes) vector = read_vector (path);

        write_seeds (argv[1], name, vector);
      }
  return 0;
}
