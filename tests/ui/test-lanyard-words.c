/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-catalogue.h"
#include "lanyard-error.h"
#include "lanyard-phrases.h"
#include "lanyard-ui-resources.h"
#include "lanyard-words.h"
#include "lanyard-writing.h"
#include "screen-fixtures.h"

static void
test_languages (void)
{
  g_autoptr (LanyardWords) english = lanyard_words_new (NULL);
  g_autoptr (LanyardWords) french = lanyard_words_new ("fr-CA");
  g_autoptr (LanyardWords) arabic = lanyard_words_new ("ar");
  g_autoptr (LanyardWords) nobodys = lanyard_words_new ("xx");

  g_assert_cmpstr (lanyard_words_get (english, "Is this you?"), ==, "Is this you?");
  g_assert_cmpstr (lanyard_words_get (french, "Is this you?"), ==, "Est-ce bien vous ?");
  g_assert_cmpstr (lanyard_words_get (arabic, "Is this you?"), ==, "هل هذا أنت؟");
  g_assert_cmpstr (lanyard_words_get (nobodys, "Is this you?"), ==, "Is this you?");
  g_assert_cmpstr (lanyard_words_get (french, "never said"), ==, "never said");
  g_assert_cmpint (lanyard_words_get_direction (french), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (lanyard_words_get_direction (arabic), ==, GTK_TEXT_DIR_RTL);
  g_assert_true (lanyard_writing_is_from_right ("ar_EG.UTF-8"));
  g_assert_true (lanyard_writing_is_from_right ("HE-il"));
  g_assert_false (lanyard_writing_is_from_right ("arn"));
  g_assert_false (lanyard_writing_is_from_right ("C"));
}

static void
test_plural_forms (void)
{
  g_autoptr (LanyardWords) english = lanyard_words_new ("en");
  g_autoptr (LanyardWords) french = lanyard_words_new ("fr");
  g_autoptr (LanyardWords) arabic = lanyard_words_new ("ar");
  g_autofree char *one = lanyard_words_fill_n (english, "%s person", "%s people", 1);
  g_autofree char *none = lanyard_words_fill_n (french, "%s person", "%s people", 0);
  g_autofree char *two = lanyard_words_fill_n (arabic, "%s person", "%s people", 2);
  g_autofree char *badge = lanyard_words_fill (english, "Badge %s", "K1 %s %n");

  g_assert_cmpstr (one, ==, "1 person");
  g_assert_cmpstr (none, ==, "0 personne");
  g_assert_cmpstr (two, ==, "شخصان (2)");
  /* what is filled in is no format */
  g_assert_cmpstr (badge, ==, "Badge K1 %s %n");
}

/* Every catalogue that stands in the sources is compiled in, and is found by what people write. */
static void
test_catalogues (void)
{
  static const struct
  {
    const char *language;
    const char *yes;
    const char *one;
    const char *none;
  } cases[] = {
    { "ar", "نعم، من فضلك", "شخص واحد (1)", "لا أحد (0)" },
    { "de-AT", "Ja, bitte", "1 Person", "0 Personen" },
    { "es", "Sí, por favor", "1 persona", "0 personas" },
    { "ja", "はい", "1名", "0名" },
    { "pt-BR", "Sim, por favor", "1 pessoa", "0 pessoas" },
    { "zh", "是的，谢谢", "1 人", "0 人" },
    { "zh-CN", "是的，谢谢", "1 人", "0 人" },
    { "zh-Hans", "是的，谢谢", "1 人", "0 人" },
    /* there is no catalogue in these letters */
    { "zh-Hant", "Yes, please", "1 person", "0 people" },
    { "zh-TW", "Yes, please", "1 person", "0 people" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardWords) words = lanyard_words_new (cases[i].language);
      g_autofree char *one = lanyard_words_fill_n (words, "%s person", "%s people", 1);
      g_autofree char *none = lanyard_words_fill_n (words, "%s person", "%s people", 0);

      g_test_message ("%s", cases[i].language);
      g_assert_cmpstr (lanyard_words_get (words, "Yes, please"), ==, cases[i].yes);
      g_assert_cmpstr (one, ==, cases[i].one);
      g_assert_cmpstr (none, ==, cases[i].none);
    }
}

/* Each in its own words, for somebody who can read nothing else on the screen. */
static void
test_own_names (void)
{
  static const char *const names[][2] = {
    { "de", "Deutsch" },          { "de-CH", "Deutsch" }, { "pt-BR", "Português" },
    { "zh-CN", "简体中文" },      { "zh", "简体中文" },   { "zh-Hant", "繁體中文" },
    { "zh-Hant-HK", "繁體中文" }, { "ja", "日本語" },     { "tlh", "tlh" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = lanyard_words_dup_language_name (names[i][0]);

      g_assert_cmpstr (name, ==, names[i][1]);
    }
}

static void
test_moments (void)
{
  static const char *const orders[][2] = {
    { "en", "2026-04-05 09:07" }, { "de", "05.04.2026 09:07" },    { "pt-BR", "05/04/2026 09:07" },
    { "fr", "05/04/2026 09:07" }, { "zh-CN", "2026-04-05 09:07" }, { "ja", "2026/04/05 09:07" },
    { "ar", "05/04/2026 09:07" }, { "xx", "2026-04-05 09:07" },
  };
  g_autoptr (GDateTime) local = g_date_time_new_utc (2026, 4, 5, 9, 7, 8);

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (LanyardWords) words = lanyard_words_new (orders[i][0]);
      g_autofree char *text = lanyard_words_dup_moment (words, local);
      g_autofree char *expected = g_strdup_printf ("\u2066%s\u2069", orders[i][1]);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *language;
    guint64 number;
    const char *text;
  } cases[] = {
    { "en", 999, "999" },
    { "en", 1000, "1,000" },
    { "xx", 1234567, "1,234,567" },
    { "de", 1000, "1.000" },
    { "fr", 1000, "1\u202f000" },
    { "es", 1000, "1000" },
    { "es", 10000, "10\u202f000" },
    { "pt-BR", 9999, "9999" },
    { "pt-BR", 100000, "100\u202f000" },
    { "ar", 1000, "1,000" },
    { "ja", 0, "0" },
    { "zh-CN", G_MAXUINT64, "18,446,744,073,709,551,615" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardWords) words = lanyard_words_new (cases[i].language);
      g_autofree char *text = lanyard_words_dup_number (words, cases[i].number);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_joined (void)
{
  static const char *const parts[] = { "Desk 7", NULL, "Hall 2", "" };
  static const char *const cases[][2] = {
    { "en", "Desk 7, Hall 2" },
    { "ar", "Desk 7\u060c Hall 2" },
    { "ja", "Desk 7\u3001Hall 2" },
    { "zh", "Desk 7\uff0cHall 2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardWords) words = lanyard_words_new (cases[i][0]);
      g_autofree char *text = lanyard_words_join (words, parts, G_N_ELEMENTS (parts));

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_longer (void)
{
  g_autoptr (LanyardWords) words = lanyard_words_new (LANYARD_WORDS_PSEUDO);
  const char *text = lanyard_words_get (words, "Please see our staff");

  g_assert_cmpuint (g_utf8_strlen (text, -1), ==, 28);
}

static void
test_every_phrase (void)
{
  for (int notice = LANYARD_NOTICE_FOREIGN_CODE; notice <= LANYARD_NOTICE_LOCKED_OUT; notice++)
    g_assert_nonnull (lanyard_phrase_for_notice ((LanyardNotice)notice));
  g_assert_nonnull (lanyard_phrase_for_notice (LANYARD_NOTICE_TYPING_LOCKED));
  g_assert_nonnull (lanyard_phrase_for_notice (LANYARD_NOTICE_TYPING_OFF));
  g_assert_nonnull (lanyard_phrase_for_notice (LANYARD_NOTICE_STAFF_ONLY));
  g_assert_nonnull (lanyard_phrase_for_notice (LANYARD_NOTICE_NOT_POSSIBLE));
  for (int notice = LANYARD_NOTICE_CARDS_NOTED; notice <= LANYARD_NOTICE_NO_SIGN_IN; notice++)
    g_assert_nonnull (lanyard_phrase_for_notice ((LanyardNotice)notice));
  for (int notice = LANYARD_NOTICE_STAFF_NUMBER; notice <= LANYARD_NOTICE_BADGE_VOIDED; notice++)
    g_assert_nonnull (lanyard_phrase_for_notice ((LanyardNotice)notice));
  g_assert_null (lanyard_phrase_for_notice (LANYARD_NOTICE_NONE));
  for (int fault = LANYARD_PRINT_FAULT_OFFLINE; fault <= LANYARD_PRINT_FAULT_OTHER; fault += 2)
    {
      LanyardFaultPhrase phrase;
      g_autofree char *path = NULL;
      g_autoptr (GBytes) drawing = NULL;

      lanyard_phrase_for_fault ((LanyardPrintFault)fault, &phrase);
      g_assert_true (phrase.title != NULL && phrase.advice != NULL && phrase.code != NULL);
      if (lanyard_stock_keeps_from_printing ((LanyardPrintFault)fault))
        g_assert_nonnull (phrase.remedy);
      path = g_strdup_printf ("/org/lanyard/Kiosk/illustrations/%s.svg", phrase.illustration);
      drawing = g_resources_lookup_data (path, 0, NULL);
      g_assert_nonnull (drawing);
    }
}

/* A private reason has no sentence of its own: nobody in the queue learns it from the screen. */
static void
test_private_reasons (void)
{
  const LanyardReason private_reasons[]
      = { LANYARD_REASON_CANCELLED, LANYARD_REASON_SUSPENDED, LANYARD_REASON_CLEARANCE_PENDING,
          LANYARD_REASON_CLEARANCE_REFER, LANYARD_REASON_CATEGORY_UNKNOWN };
  LanyardVerdict verdict = { .outcome = LANYARD_OUTCOME_STAFF };
  const char *plain = lanyard_phrase_for_referral (&verdict);

  verdict.n_reasons = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (private_reasons); i++)
    {
      verdict.reasons[0] = private_reasons[i];
      g_assert_cmpstr (lanyard_phrase_for_referral (&verdict), ==, plain);
    }
  verdict.reasons[0] = LANYARD_REASON_WRONG_VENUE;
  g_assert_cmpstr (lanyard_phrase_for_referral (&verdict), !=, plain);
}

static void
test_damaged_catalogue (void)
{
  g_autoptr (GBytes) whole = g_resources_lookup_data ("/org/lanyard/Kiosk/words/fr.mo", 0, NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (whole, &size);

  for (gsize n = 0; n < size; n += 97)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) part = g_bytes_new (data, n);
      g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (part, &error);

      g_assert_null (catalogue);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
  for (gsize at = 0; at < 2000; at += 3)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) altered = NULL;
      g_autoptr (LanyardCatalogue) catalogue = NULL;

      copy[at] ^= 0xff;
      altered = g_bytes_new (copy, size);
      catalogue = lanyard_catalogue_new (altered, NULL);
      if (catalogue != NULL)
        lanyard_catalogue_find_plural (catalogue, "%s person", 2);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (lanyard_ui_get_resource ());
  g_test_add_func ("/ui/words/languages", test_languages);
  g_test_add_func ("/ui/words/plural-forms", test_plural_forms);
  g_test_add_func ("/ui/words/catalogues", test_catalogues);
  g_test_add_func ("/ui/words/own-names", test_own_names);
  g_test_add_func ("/ui/words/moments", test_moments);
  g_test_add_func ("/ui/words/numbers", test_numbers);
  g_test_add_func ("/ui/words/joined", test_joined);
  g_test_add_func ("/ui/words/longer", test_longer);
  g_test_add_func ("/ui/words/every-phrase", test_every_phrase);
  g_test_add_func ("/ui/words/private-reasons", test_private_reasons);
  g_test_add_func ("/ui/words/damaged-catalogue", test_damaged_catalogue);
  return g_test_run ();
}
