/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, people are asked to agree to words that are not there, or in a language that they
 * cannot read. */

#include "pack-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"

/* Replaces the first @from of @file. Returns: (transfer full): what it was */
static char *
change (PackFixture *fixture, const char *file, const char *from, const char *to)
{
  g_autofree char *path = pack_fixture_path (fixture, file);
  g_autoptr (GString) changed = NULL;
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, from));
  changed = g_string_new (text);
  g_string_replace (changed, from, to, 1);
  pack_fixture_write (fixture, file, changed->str);
  return text;
}

/* Unsigned, so that it is the content that is refused. */
static LanyardPack *
load (PackFixture *fixture, GError **error)
{
  g_autofree char *manifest = pack_fixture_path (fixture, "manifest.cbor");

  g_unlink (manifest);
  return lanyard_pack_load (fixture->directory, NULL, 0, error);
}

static void
test_sample (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = load (fixture, &error);
  const GPtrArray *consents = lanyard_pack_get_rules (pack)->consents;
  const char *const *languages = lanyard_pack_get_languages (pack);
  const LanyardConsent *first;

  g_assert_cmpuint (consents->len, ==, 2);
  first = g_ptr_array_index (consents, 0);
  g_assert_cmpstr (first->id, ==, "conduct");
  g_assert_cmpuint (first->version, ==, 1);
  g_assert_true (first->required);
  g_assert_true (lanyard_consent_is_for (first, "Y"));
  g_assert_false (lanyard_consent_is_for (first, "A"));
  g_assert_false (lanyard_consent_is_for (first, NULL));
  g_assert_false (((LanyardConsent *)g_ptr_array_index (consents, 1))->required);
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_assert_nonnull (lanyard_pack_get_consent_title (pack, "pictures", languages[i]));
      g_assert_nonnull (lanyard_pack_get_consent_words (pack, "conduct", languages[i]));
    }
  g_assert_cmpstr (lanyard_pack_get_consent_title (pack, "pictures", "de-AT"), ==,
                   "Bilder von mir");
  g_assert_cmpstr (lanyard_pack_get_consent_title (pack, "pictures", "fi"), ==, "Pictures of me");
  g_assert_null (lanyard_pack_get_consent_title (pack, "nothing", "en"));
}

/* What is wrong is named with file and member. */
static void
test_refused (PackFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *file;
    const char *from;
    const char *to;
    const char *part;
  } cases[] = {
    { "pack.json", "\"id\": \"pictures\"", "\"id\": \"conduct\"", "consents[1].id" },
    { "pack.json", "\"id\": \"pictures\"", "\"id\": \"pic tures\"", "consents[1].id" },
    { "pack.json", "\"id\": \"pictures\"", "\"id\": \"a234567890123456789012345678901234\"",
      "consents[1].id" },
    { "pack.json", "\"id\": \"pictures\"", "\"ids\": \"pictures\"", "consents[1].id" },
    { "pack.json", "\"required\": true, \"categories\": [\"Y\"]",
      "\"required\": true, \"categories\": [\"YY\"]", "consents[0].categories" },
    { "pack.json", "\"required\": true, \"cat", "\"cat", "consents[0].required" },
    { "pack.json", "\"required\": true, \"cat", "\"required\": \"yes\", \"cat",
      "consents[0].required" },
    { "pack.json", "\"id\": \"conduct\", \"version\": 1", "\"id\": \"conduct\", \"version\": 0",
      "consents[0].version" },
    { "pack.json", "\"consents\": [", "\"consents\": [7, ", "consents[0]" },
    { "pack.json", "\"consents\": [",
      "\"consents\": [{\"id\": \"more\", \"version\": 1, \"required\": true}, ",
      "en.json, consents.more" },
    { "texts/de.json", "\"consents\"", "\"comment\"", "de.json, consents" },
    { "texts/ja.json", "\"pictures\": {", "\"comment\": {", "ja.json, consents.pictures" },
    { "texts/fr.json", "\"title\": \"Images de moi\",", "", "fr.json, consents.pictures.title" },
    { "texts/fr.json", "\"title\": \"Images de moi\"", "\"title\": \"\"",
      "fr.json, consents.pictures.title" },
    { "texts/fr.json", "\"title\": \"Images de moi\"", "\"title\": \" \\n \"",
      "fr.json, consents.pictures.title" },
    { "texts/fr.json", "\"title\": \"Images de moi\"", "\"titel\": \"Images\", \"title\": \"x\"",
      "fr.json, consents.pictures.titel" },
    { "texts/ar.json", "\"conduct\": {",
      "\"other\": {\"title\": \"x\", \"words\": \"x\"}, \"conduct\": {",
      "ar.json, consents.other" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *before = change (fixture, cases[i].file, cases[i].from, cases[i].to);
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardPack) pack = load (fixture, &error);

      g_assert_null (pack);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      if (strstr (error->message, cases[i].part) == NULL)
        g_error ("\"%s\" does not name %s", error->message, cases[i].part);
      pack_fixture_write (fixture, cases[i].file, before);
    }
}

/* Packs of before ask for nothing. */
static void
test_none (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = load (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_pack_get_rules (pack)->consents->len, ==, 0);
}

#define ADD(path, source, func)                                                                    \
  g_test_add ("/pack/consents/" path, PackFixture, source, pack_fixture_set_up, func,              \
              pack_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("sample", "summer-games", test_sample);
  ADD ("refused", "summer-games", test_refused);
  ADD ("none", "small-cup", test_none);
  return g_test_run ();
}
