/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-config-private.h"

#include <string.h>

#define GROUP "hub"
#define KEY "relay"

static gboolean
has_secure_hub (const LanyardConfig *config)
{
  for (guint i = 0; config->hub_urls[i] != NULL; i++)
    if (g_ascii_strncasecmp (config->hub_urls[i], "https:", strlen ("https:")) == 0)
      return TRUE;
  return FALSE;
}

/* What a desk tells a relay that it found goes over the network as it is, and anybody there can
 * announce one: a desk that speaks TLS with its hub has to be told that this may be. */
gboolean
lanyard_config_read_relay (LanyardConfig *config, GKeyFile *file, GError **error)
{
  g_autofree char *value = lanyard_config_get_text (file, GROUP, KEY);
  guint n_urls = g_strv_length (config->hub_urls);

  if (value != NULL && !g_str_equal (value, "find") && !g_str_equal (value, "none"))
    return lanyard_config_fail (error, config->path, GROUP, KEY, "is find or none.");
  if (n_urls == 0 || (value == NULL ? has_secure_hub (config) : g_str_equal (value, "none"))
      || g_strv_contains ((const char *const *)config->hub_urls, LANYARD_CONFIG_FOUND_RELAYS))
    return TRUE;
  config->hub_urls = g_renew (char *, config->hub_urls, n_urls + 2);
  config->hub_urls[n_urls] = g_strdup (LANYARD_CONFIG_FOUND_RELAYS);
  config->hub_urls[n_urls + 1] = NULL;
  return TRUE;
}
