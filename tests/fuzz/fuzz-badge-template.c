/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Attributes of slots, within a template that is sound without them. */

#include <stddef.h>
#include <stdint.h>

#include "lanyard-badge.h"
#include "lanyard-hash.h"

#define HEAD                                                                                       \
  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80mm\" height=\"50mm\" viewBox=\"0 0 80 "     \
  "50\">"                                                                                          \
  "<rect data-slot=\"qr\" x=\"50\" y=\"10\" width=\"28\" height=\"28\"/>"                          \
  "<rect data-slot=\"text\" data-field=\"print-name\" x=\"2\" y=\"2\" width=\"40\" height=\"8\"/>"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static LanyardPack *
get_pack (void)
{
  static LanyardPack *pack = NULL;

  if (pack == NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources",
                                                "packs", "small-cup", NULL);

      lanyard_hash_init ();
      pack = lanyard_pack_load (path, NULL, 0, NULL);
      g_assert_nonnull (pack);
    }

  return pack;
}

/* Only what is read of it: drawing has tests of its own, and fonts are slow. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge = NULL;

  g_string_append_len (text, (const char *)data, size);
  g_string_append (text, "</svg>");
  svg = g_bytes_new (text->str, text->len);
  badge = lanyard_badge_new (svg, get_pack (), &error);
  g_assert_true ((badge == NULL) == (error != NULL));

  return 0;
}
