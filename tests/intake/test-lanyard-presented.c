/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-id.h"
#include "lanyard-presented.h"

#define EVENT "VELTA31"
#define NOW_S G_GINT64_CONSTANT (1942133400) /* 2031-07-18T09:30:00Z */
#define STEM "31000471"

typedef struct
{
  LanyardKey *key;
  LanyardTrustList *trust;
  LanyardPresentedContext context;
  char *number;     /* STEM and its check character */
  char *credential; /* an invitation for number */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const guint8 seed[LANYARD_SEED_BYTES] = { 5 };
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  LanyardTrustedKey trusted = { .scopes = LANYARD_SCOPE_INVITATION, .not_after_s = NOW_S + 1000 };

  fixture->key = lanyard_key_new_from_seed (seed);
  trusted.key = *lanyard_key_get_public (fixture->key);
  fixture->trust = lanyard_trust_list_new (1, NOW_S, &trusted, 1);
  fixture->context
      = (LanyardPresentedContext){ .event = EVENT, .trust = fixture->trust, .now_s = NOW_S };
  fixture->number = g_strdup_printf ("%s%c", STEM, lanyard_check_character (STEM));

  claims->kind = LANYARD_CREDENTIAL_INVITATION;
  claims->event = g_strdup (EVENT);
  claims->number = g_strdup (fixture->number);
  claims->issued_s = NOW_S - 10;
  claims->expires_s = NOW_S + 10;
  fixture->credential = lanyard_credential_sign (claims, fixture->key);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lanyard_key_unref (fixture->key);
  lanyard_trust_list_unref (fixture->trust);
  g_free (fixture->number);
  g_free (fixture->credential);
}

static LanyardPresented *
identify_bytes (Fixture *fixture,
                LanyardSymbology symbology,
                LanyardScanSource source,
                const void *data,
                gsize n_bytes)
{
  g_autoptr (LanyardScan) scan = lanyard_scan_new (symbology, source, data, n_bytes);
  LanyardPresented *presented = lanyard_presented_identify (scan, &fixture->context);

  /* What each kind comes with, and nothing besides. */
  g_assert_true ((presented->claims != NULL) == (presented->kind == LANYARD_PRESENTED_CREDENTIAL));
  g_assert_true ((presented->error != NULL) == (presented->kind == LANYARD_PRESENTED_REJECTED));
  g_assert_true ((presented->number != NULL)
                 == (presented->kind == LANYARD_PRESENTED_CREDENTIAL
                     || presented->kind == LANYARD_PRESENTED_NUMBER));
  g_assert_true ((presented->document != NULL) == (presented->kind == LANYARD_PRESENTED_DOCUMENT));
  return presented;
}

static LanyardPresented *
identify (Fixture *fixture, LanyardScanSource source, const char *text)
{
  LanyardSymbology symbology = source == LANYARD_SCAN_SOURCE_CAMERA  ? LANYARD_SYMBOLOGY_QR
                               : source == LANYARD_SCAN_SOURCE_WEDGE ? LANYARD_SYMBOLOGY_WEDGE
                                                                     : LANYARD_SYMBOLOGY_NONE;

  return identify_bytes (fixture, symbology, source, text, strlen (text));
}

static void
assert_foreign (Fixture *fixture, const void *data, gsize n_bytes)
{
  g_autoptr (LanyardPresented) presented
      = identify_bytes (fixture, LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, data, n_bytes);

  g_assert_cmpint (presented->kind, ==, LANYARD_PRESENTED_FOREIGN);
}

static void
assert_number (Fixture *fixture, const char *text)
{
  g_autoptr (LanyardPresented) presented = identify (fixture, LANYARD_SCAN_SOURCE_TYPED, text);

  g_assert_cmpint (presented->kind, ==, LANYARD_PRESENTED_NUMBER);
  g_assert_cmpstr (presented->number, ==, fixture->number);
}

static void
test_credential (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardPresented) presented
      = identify (fixture, LANYARD_SCAN_SOURCE_CAMERA, fixture->credential);

  g_assert_cmpint (presented->kind, ==, LANYARD_PRESENTED_CREDENTIAL);
  g_assert_cmpstr (presented->number, ==, fixture->number);
  g_assert_cmpint (presented->claims->kind, ==, LANYARD_CREDENTIAL_INVITATION);
}

/* A keyboard scanner ends with Enter, and types small letters while caps lock is on. */
static void
test_keyed_credential (Fixture *fixture, gconstpointer data)
{
  g_autofree char *small = g_ascii_strdown (fixture->credential, -1);
  g_autofree char *ended = g_strconcat (small, "\r\n", NULL);
  g_autoptr (LanyardPresented) by_wedge = identify (fixture, LANYARD_SCAN_SOURCE_WEDGE, ended);
  g_autoptr (LanyardPresented) by_camera = identify (fixture, LANYARD_SCAN_SOURCE_CAMERA, small);

  g_assert_cmpint (by_wedge->kind, ==, LANYARD_PRESENTED_CREDENTIAL);
  g_assert_cmpint (by_camera->kind, ==, LANYARD_PRESENTED_FOREIGN);
}

static void
test_rejected (Fixture *fixture, gconstpointer data)
{
  gsize length = strlen (fixture->credential);

  for (gsize i = strlen (LANYARD_CREDENTIAL_PREFIX); i < length; i++)
    {
      g_autofree char *half = g_strndup (fixture->credential, i);
      g_autoptr (LanyardPresented) presented = identify (fixture, LANYARD_SCAN_SOURCE_CAMERA, half);

      g_assert_cmpint (presented->kind, ==, LANYARD_PRESENTED_REJECTED);
    }

  fixture->context.now_s = NOW_S + 10;
  g_autoptr (LanyardPresented) expired
      = identify (fixture, LANYARD_SCAN_SOURCE_CAMERA, fixture->credential);
  g_assert_error (expired->error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED);
  fixture->context.now_s = NOW_S;
  fixture->context.event = "OTHER";
  g_autoptr (LanyardPresented) other
      = identify (fixture, LANYARD_SCAN_SOURCE_CAMERA, fixture->credential);
  g_assert_error (other->error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
}

static void
test_number (Fixture *fixture, gconstpointer data)
{
  char check = fixture->number[8];
  g_autofree char *small = g_ascii_strdown (fixture->number, -1);
  g_autofree char *spaced = g_strdup_printf ("  31 0004 71 %c\t\r\n", check);
  g_autofree char *hyphens = g_strdup_printf ("31-000-471-%c", g_ascii_tolower (check));
  g_autofree char *mixed = g_strdup_printf ("31.000/471 - %c", check);

  assert_number (fixture, fixture->number);
  assert_number (fixture, small);
  assert_number (fixture, spaced);
  assert_number (fixture, hyphens);
  assert_number (fixture, mixed);
}

/* One wrong character is always found: that is what the check character is for. */
static void
test_wrong_numbers (Fixture *fixture, gconstpointer data)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  for (gsize i = 0; i < strlen (fixture->number); i++)
    {
      for (const char *c = alphabet; *c; c++)
        {
          g_autofree char *wrong = g_strdup (fixture->number);

          if (*c == wrong[i])
            continue;
          wrong[i] = *c;
          assert_foreign (fixture, wrong, strlen (wrong));
        }
    }
  assert_foreign (fixture, "1", 1);
  assert_foreign (fixture, "--------", 8);
}

/* The same digits in a shop's barcode are a shop's. */
static void
test_retail (Fixture *fixture, gconstpointer data)
{
  const LanyardSymbology retail[] = { LANYARD_SYMBOLOGY_EAN13, LANYARD_SYMBOLOGY_EAN8,
                                      LANYARD_SYMBOLOGY_UPCA, LANYARD_SYMBOLOGY_UPCE };

  for (gsize i = 0; i < G_N_ELEMENTS (retail); i++)
    {
      g_autoptr (LanyardPresented) presented
          = identify_bytes (fixture, retail[i], LANYARD_SCAN_SOURCE_CAMERA, fixture->number,
                            strlen (fixture->number));

      g_assert_cmpint (presented->kind, ==, LANYARD_PRESENTED_FOREIGN);
    }
  fixture->context.symbologies = LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_UPCA);
  for (gsize i = 0; i < G_N_ELEMENTS (retail); i++)
    {
      g_autoptr (LanyardPresented) presented
          = identify_bytes (fixture, retail[i], LANYARD_SCAN_SOURCE_CAMERA, fixture->number,
                            strlen (fixture->number));

      /* unless the pack asks for just those */
      g_assert_cmpint (presented->kind, ==,
                       retail[i] == LANYARD_SYMBOLOGY_UPCA ? LANYARD_PRESENTED_NUMBER
                                                           : LANYARD_PRESENTED_FOREIGN);
    }
  g_autoptr (LanyardPresented) barcode
      = identify_bytes (fixture, LANYARD_SYMBOLOGY_CODE128, LANYARD_SCAN_SOURCE_CAMERA,
                        fixture->number, strlen (fixture->number));
  g_assert_cmpint (barcode->kind, ==, LANYARD_PRESENTED_NUMBER);
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    " ",
    "\r\n",
    "https://example.org/?n=310004711",
    "javascript:alert(1)",
    "LY1",
    "HC1:6BFOXN%TSMAHN",
    "WIFI:S:guests;T:WPA;P:secret;;",
    "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD",
    "'; DROP TABLE entry; --",
    "../../../../etc/passwd",
    "%s%s%s%n%n%n",
    "\x1b]0;title\a\x1b[2J",
    "\xef\xbb\xbf" STEM,
    "３１０００４７１",     /* full-width digits */
    "\u202e" STEM "\u202c", /* right-to-left override */
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "@\n\x1e\rANSI 636000",
  };
  static const char *const bytes[] = { "\x00", "\xff\xfe\xfd\xfc\xfb\xfa",
                                       "\xc3\x28"
                                       "ABCDEF",
                                       "\xed\xa0\x80"
                                       "ABCDE",
                                       "\xf4\x90\x80\x80"
                                       "ABCD" };
  g_autofree char *with_nul = g_strconcat (fixture->number, "X", fixture->number, NULL);
  g_autofree char *with_bell = g_strconcat (fixture->number, "\a", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_foreign (fixture, texts[i], strlen (texts[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bytes); i++)
    assert_foreign (fixture, bytes[i], MAX (strlen (bytes[i]), 1));

  /* A right number up to a NUL is not a number. */
  with_nul[strlen (fixture->number)] = '\0';
  assert_foreign (fixture, with_nul, 2 * strlen (fixture->number) + 1);
  assert_foreign (fixture, with_bell, strlen (with_bell));
}

#define PASSPORT_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define PASSPORT_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define LICENCE                                                                                    \
  "@\n\x1e\rANSI 636000100101DL00310278DLDAQT64235789\nDCSSAMPLE\nDACMICHAEL\nDBB06061986\n"       \
  "DBA12102034\nDBC1\nDCGUSA\n"

/* Whatever it comes from: a camera that reads print, a symbol, a keyboard scanner, a person. */
static void
test_documents (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    LanyardSymbology symbology;
    LanyardScanSource source;
    const char *text;
    LanyardPresentedKind want;
  } cases[] = {
    { LANYARD_SYMBOLOGY_MRZ, LANYARD_SCAN_SOURCE_CAMERA, PASSPORT_1 "\n" PASSPORT_2,
      LANYARD_PRESENTED_DOCUMENT },
    { LANYARD_SYMBOLOGY_WEDGE, LANYARD_SCAN_SOURCE_WEDGE, PASSPORT_1 "\r" PASSPORT_2 "\r",
      LANYARD_PRESENTED_DOCUMENT },
    { LANYARD_SYMBOLOGY_WEDGE, LANYARD_SCAN_SOURCE_WEDGE, PASSPORT_1 PASSPORT_2,
      LANYARD_PRESENTED_DOCUMENT },
    { LANYARD_SYMBOLOGY_NONE, LANYARD_SCAN_SOURCE_TYPED,
      "p<utoeriksson<<anna<maria\nl898902c36 uto 7408122 f 1204159 ze184226b<<<<<10",
      LANYARD_PRESENTED_DOCUMENT },
    { LANYARD_SYMBOLOGY_PDF417, LANYARD_SCAN_SOURCE_CAMERA, LICENCE, LANYARD_PRESENTED_DOCUMENT },
    { LANYARD_SYMBOLOGY_WEDGE, LANYARD_SCAN_SOURCE_WEDGE, LICENCE, LANYARD_PRESENTED_DOCUMENT },
    /* read badly: a check digit differs, no number, half of it */
    { LANYARD_SYMBOLOGY_MRZ, LANYARD_SCAN_SOURCE_CAMERA,
      PASSPORT_1 "\nL898902C37UTO7408122F1204159ZE184226B<<<<<10", LANYARD_PRESENTED_UNCLEAR },
    { LANYARD_SYMBOLOGY_PDF417, LANYARD_SCAN_SOURCE_CAMERA,
      "@\n\x1e\rANSI 636000100101DL00310278DLDCSSAMPLE\nDACMICHAEL\n", LANYARD_PRESENTED_UNCLEAR },
    /* the camera does not type: small letters are no zone; half a zone is none */
    { LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA,
      "p<utoeriksson<<anna<maria\nl898902c36uto7408122f1204159ze184226b<<<<<10",
      LANYARD_PRESENTED_FOREIGN },
    { LANYARD_SYMBOLOGY_MRZ, LANYARD_SCAN_SOURCE_CAMERA, PASSPORT_2, LANYARD_PRESENTED_FOREIGN },
    /* 88 letters and digits are some code, and no zone */
    { LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA,
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      LANYARD_PRESENTED_FOREIGN },
    /* a shop's code is a shop's */
    { LANYARD_SYMBOLOGY_EAN13, LANYARD_SCAN_SOURCE_CAMERA, PASSPORT_1 PASSPORT_2,
      LANYARD_PRESENTED_FOREIGN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardPresented) presented
          = identify_bytes (fixture, cases[i].symbology, cases[i].source, cases[i].text,
                            strlen (cases[i].text));

      g_assert_cmpint (presented->kind, ==, cases[i].want);
      if (presented->document != NULL)
        g_assert_cmpstr (presented->document->number, ==,
                         presented->document->format == LANYARD_MRZ_TD3 ? "L898902C3"
                                                                        : "T64235789");
    }
}

/* Licences from before UTF-8. */
static void
test_latin_1 (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "@\n\x1e\rANSI 604428040001DL00310268DLDCSTREMBL\xc9\nDACAIM\xc9"
                             "E\nDBB19800102\nDBA20380102\nDAQT1234-010280-01\n";
  g_autoptr (LanyardPresented) presented
      = identify_bytes (fixture, LANYARD_SYMBOLOGY_PDF417, LANYARD_SCAN_SOURCE_CAMERA, text,
                        strlen (text));

  g_assert_cmpint (presented->kind, ==, LANYARD_PRESENTED_DOCUMENT);
  g_assert_cmpstr (presented->document->family, ==, "TREMBLÉ");
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *zeros = g_strnfill (100000, '0');
  g_autofree char *credential = g_strconcat (LANYARD_CREDENTIAL_PREFIX, zeros, NULL);
  g_autofree char *spaces = g_strnfill (4000, ' ');
  g_autofree char *far_away = g_strconcat (spaces, fixture->number, NULL);
  g_autoptr (LanyardPresented) presented
      = identify (fixture, LANYARD_SCAN_SOURCE_CAMERA, credential);

  g_assert_error (presented->error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  assert_foreign (fixture, zeros, 100000);
  assert_foreign (fixture, zeros, 33);
  assert_foreign (fixture, far_away, strlen (far_away));
}

/* Noise of every length: no crash, nothing accepted. The same noise each time. */
static void
test_noise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (471);
  guint8 noise[300];

  for (guint round = 0; round < 2000; round++)
    {
      gsize n_bytes = g_rand_int_range (random, 0, sizeof noise);
      g_autoptr (LanyardPresented) presented = NULL;

      for (gsize i = 0; i < n_bytes; i++)
        noise[i] = g_rand_int (random);
      if (round % 2 && n_bytes >= 4)
        memcpy (noise, LANYARD_CREDENTIAL_PREFIX, 4);
      presented = identify_bytes (fixture, LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, noise,
                                  n_bytes);
      g_assert_cmpint (presented->kind, !=, LANYARD_PRESENTED_CREDENTIAL);
    }
}

int
main (int argc, char **argv)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/intake/presented/" name, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("credential", test_credential);
  ADD ("keyed-credential", test_keyed_credential);
  ADD ("rejected", test_rejected);
  ADD ("number", test_number);
  ADD ("wrong-numbers", test_wrong_numbers);
  ADD ("retail", test_retail);
  ADD ("hostile", test_hostile);
  ADD ("documents", test_documents);
  ADD ("latin-1", test_latin_1);
  ADD ("too-long", test_too_long);
  ADD ("noise", test_noise);
  return g_test_run ();
}
