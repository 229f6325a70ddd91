/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-announcement.h"

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

#define EVENT "0123456789abcdef0123456789abcdef"
#define VENUE "ARENA"
#define LOOPBACK 1 /* index of the interface */

/* What somebody announces of himself: his TXT record as the bus brings it, strings behind their
 * lengths (RFC 6763 §6.1), and his address. */
static GVariant *
read_strings (const uint8_t *data, size_t n_bytes)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (size_t i = 0; i < n_bytes;)
    {
      size_t n = MIN (data[i], n_bytes - i - 1);

      g_variant_builder_add_value (&builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE,
                                                                        data + i + 1, n, 1));
      i += 1 + n;
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* A record of this venue says so in words, not in something that only looks like them. */
static void
read_record (GVariant *txt, gboolean ours)
{
  gboolean has_venue = FALSE;

  if (!lanyard_announcement_is_of (txt, EVENT, VENUE))
    return;
  g_assert_false (lanyard_announcement_is_of (txt, EVENT, "POOL"));
  for (gsize i = 0; i < g_variant_n_children (txt) && ours; i++)
    {
      g_autoptr (GVariant) string = g_variant_get_child_value (txt, i);
      gsize n_bytes;
      const char *text = g_variant_get_fixed_array (string, &n_bytes, 1);

      has_venue |= n_bytes == strlen ("venue=" VENUE)
                   && g_ascii_strncasecmp (text, "venue=" VENUE, n_bytes) == 0;
    }
  g_assert_true (has_venue || !ours);
}

/* What becomes of an address is an address of one machine, and nothing beside it. */
static void
read_address (const char *text, guint16 port)
{
  g_autofree char *url = lanyard_announcement_make_url (text, port, LOOPBACK);
  g_autoptr (GUri) uri = url == NULL ? NULL : g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (url == NULL)
    return;
  g_assert_nonnull (uri);
  g_assert_cmpint (g_uri_get_port (uri), ==, port);
  g_assert_cmpstr (g_uri_get_path (uri), ==, "");
  g_assert_null (g_uri_get_query (uri));
  g_assert_null (g_uri_get_userinfo (uri));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (GVariant) strings = read_strings (data, n_bytes);
  g_autoptr (GBytes) bytes = g_bytes_new (data, n_bytes);
  g_autoptr (GVariant) raw
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("aay"), bytes, FALSE));
  g_autofree char *address = g_strndup ((const char *)data, n_bytes);

  read_record (strings, TRUE);
  read_record (raw, FALSE);
  read_address (address, n_bytes == 0 ? 0 : data[n_bytes - 1]);
  return 0;
}
