/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-hash.h"
#include "lanyard-pack-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* A pack's words, as the parser has them: no file is touched. Returns: (transfer full) */
static LanyardPack *
make_pack (GBytes *json, GBytes *texts)
{
  static const char *const languages[] = { "texts/en.json", "texts/es.json" };
  g_autoptr (GHashTable) files
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);

  g_hash_table_insert (files, g_strdup ("pack.json"), g_bytes_ref (json));
  g_hash_table_insert (files, g_strdup ("templates/card.svg"), g_bytes_new (NULL, 0));
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    g_hash_table_insert (files, g_strdup (languages[i]), g_bytes_ref (texts));
  return lanyard_pack_new_of_files ("pack", g_steal_pointer (&files));
}

/* What was taken can be asked for. */
static void
ask (LanyardPack *pack)
{
  g_assert_nonnull (lanyard_pack_get_event (pack));
  g_assert_nonnull (lanyard_pack_get_rules (pack));
  for (guint which = 0; which < LANYARD_N_CODES; which++)
    {
      GPtrArray *codes = lanyard_pack_get_codes (pack, which);

      for (guint i = 0; i < codes->len; i++)
        {
          const LanyardCode *code = g_ptr_array_index (codes, i);

          g_assert_true (lanyard_pack_find_code (pack, which, code->code) == code);
        }
    }
}

/* pack.json, and behind a form feed what stands in texts/LANG.json of each language. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  const uint8_t *end = memchr (data, '\f', n_bytes);
  size_t n_json = end == NULL ? n_bytes : (size_t)(end - data);
  g_autoptr (GBytes) json = g_bytes_new (data, n_json);
  g_autoptr (GBytes) texts
      = end == NULL ? g_bytes_new_static ("{}", 2) : g_bytes_new (end + 1, n_bytes - n_json - 1);
  g_autoptr (LanyardPack) pack = NULL;
  GError *error = NULL;
  gboolean good;

  lanyard_hash_init ();
  pack = make_pack (json, texts);
  good = lanyard_pack_parse (pack, &error);
  g_assert_true (good == (error == NULL));
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_clear_error (&error);
  if (good)
    ask (pack);
  return 0;
}
