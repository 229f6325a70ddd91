/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-tool-trust.h"

static LanyardTrustList *
load_trust (char *const *paths, const LanyardPublicKey *root, gint64 now_s, GError **error)
{
  g_autoptr (LanyardTrustList) trust = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *content = NULL;
      LanyardTrustList *next;
      gsize n_bytes;

      if (!lanyard_tool_read_signed (paths[i], &content, &n_bytes, error))
        return NULL;
      next = lanyard_trust_list_load (content, n_bytes, root, trust, now_s, error);
      if (next == NULL)
        return g_prefix_error (error, "%s: ", paths[i]), NULL;
      g_clear_pointer (&trust, lanyard_trust_list_unref);
      trust = next;
    }
  return g_steal_pointer (&trust);
}

gboolean
lanyard_tool_read_signed (const char *path, char **content, gsize *n_bytes, GError **error)
{
  return lanyard_command_require_file (path, error)
         && g_file_get_contents (path, content, n_bytes, error);
}

LanyardTrustList *
lanyard_tool_require_trust (const LanyardCommand *command,
                            char **paths,
                            const char *root_hex,
                            gint64 now_s,
                            GError **error)
{
  LanyardPublicKey root;

  if (!lanyard_command_require (command, paths, "--trust FILE", error)
      || !lanyard_command_require (command, root_hex, "--root-key HEX", error)
      || !lanyard_command_parse_root_key (root_hex, &root, error))
    return NULL;
  return load_trust (paths, &root, now_s, error);
}
