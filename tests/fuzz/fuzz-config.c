/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lanyard-config.h"
#include "lanyard-hash.h"
#include "lanyard-ipp-address.h"
#include "lanyard-zpl-target.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* Where a printer is, as a desk's configuration or its screen of set-up has it. */
static void
read_uri (const char *uri)
{
  GError *error = NULL;
  g_autoptr (LanyardIppAddress) address = lanyard_ipp_address_new (uri, &error);
  g_autoptr (LanyardZplTarget) target = NULL;

  g_assert_true ((address != NULL) != (error != NULL));
  g_clear_error (&error);
  if (address != NULL)
    g_assert_true (address->host != NULL && address->uri != NULL && address->port <= G_MAXUINT16);
  if (!lanyard_zpl_target_is_uri (uri))
    return;
  target = lanyard_zpl_target_parse (uri, &error);
  g_assert_true ((target != NULL) != (error != NULL));
  g_clear_error (&error);
  if (target != NULL)
    g_assert_true ((target->host != NULL) != (target->device != NULL));
}

/* What a configuration holds is words that can be shown. */
static void
check (const LanyardConfig *config)
{
  GHashTableIter iter;
  gpointer action, keys;

  g_assert_true (config->state_dir != NULL && config->venue != NULL && config->pack_dir != NULL);
  g_assert_true (g_utf8_validate (config->name, -1, NULL));
  for (guint i = 0; config->hub_urls[i] != NULL; i++)
    g_assert_true (g_utf8_validate (config->hub_urls[i], -1, NULL));
  g_hash_table_iter_init (&iter, config->keypad);
  while (g_hash_table_iter_next (&iter, &action, &keys))
    g_assert_nonnull (keys);
  if (config->printer_uri != NULL)
    read_uri (config->printer_uri);
}

/* The file of one desk, and the same bytes as a printer's URI. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autofree char *uri = g_strndup ((const char *)data, n_bytes);
  g_autofree char *path = NULL;
  g_autoptr (LanyardConfig) config = NULL;
  GError *error = NULL;
  int fd = memfd_create ("lanyard.conf", MFD_CLOEXEC);

  lanyard_hash_init ();
  g_assert_true (write (fd, data, n_bytes) == (ssize_t)n_bytes);
  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  config = lanyard_config_load (path, &error);
  close (fd);
  g_assert_true ((config != NULL) != (error != NULL));
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_clear_error (&error);
  if (config != NULL)
    check (config);
  read_uri (uri);
  return 0;
}
