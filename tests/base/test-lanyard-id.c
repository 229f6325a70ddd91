/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-id.h"

#include <string.h>

#include "lanyard-hash.h"

static void
test_uuid (void)
{
  LanyardId id, back;
  g_autofree char *text = NULL;

  lanyard_id_init_random (&id, G_GINT64_CONSTANT (0x017F22E279B0) * 1000);
  text = lanyard_id_to_string (&id);
  /* RFC 9562, appendix A.6: this time gives these first 48 bits, then version 7. */
  g_assert_true (g_str_has_prefix (text, "017f22e2-79b0-7"));
  g_assert_nonnull (strchr ("89ab", text[19]));
  g_assert_true (lanyard_id_parse (&back, text));
  g_assert_true (lanyard_id_equal (&id, &back));
  g_assert_false (lanyard_id_parse (&back, "017f22e2-79b0-7"));
}

/* ISO 7064 MOD 37,36: "A12425GABC1234002" has check character M (the ISO 7064 example that the
 * Global Release Identifier standard prints). */
static void
test_published_example (void)
{
  g_assert_cmpint (lanyard_check_character ("A12425GABC1234002"), ==, 'M');
  g_assert_true (lanyard_check_verify ("A1-2425G-ABC1234002-M"));
}

static void
test_finds_every_single_error (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const char *number = "K0471000123";
  char text[16];

  g_snprintf (text, sizeof text, "%s%c", number, lanyard_check_character (number));
  g_assert_true (lanyard_check_verify (text));
  for (gsize i = 0; i < strlen (text); i++)
    {
      char right = text[i];

      for (const char *at = alphabet; *at != '\0'; at++)
        {
          text[i] = *at;
          g_assert_true (lanyard_check_verify (text) == (*at == right));
        }
      text[i] = right;
    }
}

static void
test_other_characters (void)
{
  g_assert_cmpint (lanyard_check_character ("abc"), ==, 0);
  g_assert_false (lanyard_check_verify (NULL));
  g_assert_false (lanyard_check_verify (""));
  g_assert_false (lanyard_check_verify ("A"));
  g_assert_false (lanyard_check_verify ("A-"));
  g_assert_false (lanyard_check_verify ("Ä1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/id/uuid", test_uuid);
  g_test_add_func ("/id/check-character-published-example", test_published_example);
  g_test_add_func ("/id/check-character-finds-every-single-error", test_finds_every_single_error);
  g_test_add_func ("/id/other-characters", test_other_characters);
  return g_test_run ();
}
