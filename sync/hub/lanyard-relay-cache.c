/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-relay"

#include <string.h>

#include "lanyard-hash.h"
#include "lanyard-relay-private.h"

/* What the hub answered, as files named by the hash of the path. */

static char *
get_path (LanyardRelay *relay, const char *path)
{
  LanyardHash hash;
  g_autofree char *hex = NULL;

  lanyard_hash_compute (&hash, "lanyard/relay-path/1", path, strlen (path), NULL, 0);
  hex = lanyard_hex_encode (hash.bytes, 16);
  return g_build_filename (relay->directory, "cache", hex, NULL);
}

void
_lanyard_relay_put_cached (LanyardRelay *relay, const char *path, GBytes *content)
{
  g_autofree char *file = get_path (relay, path);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (file, g_bytes_get_data (content, NULL),
                                 (gssize)g_bytes_get_size (content), G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &error))
    g_message ("An answer of the hub was not kept: %s", error->message);
}

GBytes *
_lanyard_relay_get_cached (LanyardRelay *relay, const char *path)
{
  g_autofree char *file = get_path (relay, path);
  char *content;
  gsize n_bytes;

  if (!g_file_get_contents (file, &content, &n_bytes, NULL))
    return NULL;
  return g_bytes_new_take (content, n_bytes);
}

void
_lanyard_relay_load_trust (LanyardRelay *relay)
{
  static const char *const paths[] = { "/v1/lists/trust-root", "/v1/lists/trust" };
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardTrustList) base = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GBytes) bytes = _lanyard_relay_get_cached (relay, paths[i]);
      g_autoptr (GError) error = NULL;
      LanyardTrustList *list;

      if (bytes == NULL)
        return;
      list = lanyard_trust_list_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                      &relay->root, base, now_s, &error);
      if (list == NULL)
        {
          g_message ("A trust list of the hub cannot be used: %s", error->message);
          return;
        }
      g_clear_pointer (&base, lanyard_trust_list_unref);
      base = list;
    }
  /* Never back to an older one. */
  if (relay->trust != NULL
      && lanyard_trust_list_get_counter (base) < lanyard_trust_list_get_counter (relay->trust))
    return;
  g_clear_pointer (&relay->trust, lanyard_trust_list_unref);
  relay->trust = g_steal_pointer (&base);
}
