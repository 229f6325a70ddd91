/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, keys that were typed in another country's layout are read as something that
 * nobody showed, or not at all. */

#include "lanyard-sense.h"

#include "lanyard-base45.h"
#include "lanyard-hash.h"
#include "lanyard-id.h"
#include "lanyard-scan.h"
#include "lanyard-wedge-layout.h"

/* The specimens of ICAO 9303-4 appendix B and 9303-5 appendix B. */
#define PASSPORT                                                                                   \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define CARD                                                                                       \
  "I<UTOD231458907<<<<<<<<<<<<<<<\r7408122F1204159UTO<<<<<<<<<<<6\rERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define LICENCE                                                                                    \
  "@\n\x1e\rANSI 636000090002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDACMICHAEL\n"          \
  "DADJOHN\nDBB06061986\nDBA08312029\nDBC1\n\r"

static char *
make_number (const char *stem)
{
  return g_strdup_printf ("%s%c", stem, lanyard_check_character (stem));
}

static void
test_known (void)
{
  g_autofree char *number = make_number ("31000471");
  g_autofree char *base45 = lanyard_base45_encode ("anything at all", 15);
  g_autofree char *credential = g_strconcat ("LY1:", base45, NULL);
  g_autofree char *dashed = g_strdup_printf ("%.4s-%s", number, number + 4);

  g_assert_true (lanyard_sense_check (number));
  g_assert_true (lanyard_sense_check (dashed));
  g_assert_true (lanyard_sense_check (credential));
  g_assert_true (lanyard_sense_check (PASSPORT));
  g_assert_true (lanyard_sense_check (CARD));
  g_assert_true (lanyard_sense_check (LICENCE));
}

static void
test_unknown (void)
{
  g_autofree char *number = make_number ("31000471A");
  g_autofree char *small = g_ascii_strdown (number, -1);
  g_autofree char *zone = g_strdup (PASSPORT);
  g_autofree char *endless = g_strnfill (LANYARD_SCAN_MAX_BYTES, '0');

  number[2]++;
  zone[60]++;
  g_assert_false (lanyard_sense_check (""));
  g_assert_false (lanyard_sense_check (number));
  g_assert_false (lanyard_sense_check (small));
  g_assert_false (lanyard_sense_check (zone));
  g_assert_false (lanyard_sense_check (endless));
  g_assert_false (lanyard_sense_check ("LY1:"));
  g_assert_false (lanyard_sense_check ("ly1:6bf"));
  g_assert_false (lanyard_sense_check ("LY1:6BF#"));
  g_assert_false (lanyard_sense_check ("https://example.org/"));
  g_assert_false (lanyard_sense_check ("@\n\x1e\ransi 636000"));
}

static LanyardWedgeKey
find_key (LanyardKeyboard scanner, gunichar wanted)
{
  LanyardWedgeKey key = { 0 };
  gboolean dead;

  for (guint level = 0; level < 2; level++)
    for (guint keycode = 9; keycode < 100; keycode++)
      if (lanyard_keyboard_get_character (scanner, keycode, level, &dead) == wanted && !dead)
        {
          key.keycode = (guint16)keycode;
          key.flags = level == 1 ? LANYARD_WEDGE_SHIFT : 0;
          return key;
        }
  return key;
}

/* Credentials of many kinds: no reading but the right one may make sense. */
static void
test_only_one (void)
{
  for (guint i = 0; i < 200; i++)
    {
      LanyardKeyboard scanner = i % LANYARD_N_KEYBOARDS;
      LanyardHash hash;
      g_autofree char *base45 = NULL;
      g_autofree char *credential = NULL;
      g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (LanyardWedgeKey));
      g_autoptr (GString) text = g_string_new (NULL);
      guint n_known = 0;

      lanyard_hash_compute (&hash, "test", &i, sizeof i, NULL, 0);
      base45 = lanyard_base45_encode (hash.bytes, sizeof hash.bytes);
      credential = g_strconcat ("LY1:", base45, NULL);
      for (const char *p = credential; *p != '\0'; p++)
        {
          LanyardWedgeKey key = find_key (scanner, (guchar)*p);

          g_array_append_val (keys, key);
        }
      for (guint nth = 0; nth < LANYARD_WEDGE_N_READINGS; nth++)
        {
          const LanyardWedgeReading *reading = lanyard_wedge_reading_get (nth);

          if (reading->way != LANYARD_READ_KEYS
              || !lanyard_wedge_reading_apply (reading, (const LanyardWedgeKey *)(void *)keys->data,
                                               keys->len, text)
              || !lanyard_sense_check (text->str))
            continue;
          g_assert_cmpstr (text->str, ==, credential);
          n_known++;
        }
      g_assert_cmpuint (n_known, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sense/known", test_known);
  g_test_add_func ("/sense/unknown", test_unknown);
  g_test_add_func ("/sense/only-one", test_only_one);
  return g_test_run ();
}
