/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-catalogue.h"
#include "lanyard-done-page.h"
#include "lanyard-error.h"
#include "lanyard-illustration.h"
#include "lanyard-ui-resources.h"
#include "lanyard-words.h"
#include "screen-fixtures.h"

/* Words that a pack brings along: instead of ours, and in languages that we have not. */

#define HEAD                                                                                       \
  "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"                            \
  "\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n"

/* Stands on the page that waits for people. */
#define ORIGINAL "Type my number"

#define SVG(inside)                                                                                \
  "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "        \
  "width=\"100\" height=\"80\">" inside "</svg>"
#define TEN(what)                                                                                  \
  "<use xlink:href=\"#" what "\"/><use xlink:href=\"#" what "\"/><use xlink:href=\"#" what         \
  "\"/><use xlink:href=\"#" what "\"/><use xlink:href=\"#" what "\"/><use xlink:href=\"#" what     \
  "\"/><use xlink:href=\"#" what "\"/><use xlink:href=\"#" what "\"/><use xlink:href=\"#" what     \
  "\"/><use xlink:href=\"#" what "\"/>"

/* Maps: one that is sound, and what others might be. */
static const char SOUND[] = SVG ("<rect width=\"50\" height=\"30\"/><text y=\"60\">Hall C</text>");
static const char HEAVY[] = SVG (
    "<defs><rect id=\"a\" width=\"9\" height=\"9\"/><g id=\"b\">" TEN ("a") "</g><g id=\"c\">" TEN ("b") "</g><g id=\"d\">" TEN (
        "c") "</g><g id=\"e\">" TEN ("d") "</g><g id=\"f\">" TEN ("e") "</g></defs>" TEN ("f"));
static const char DOUBLING[]
    = "<!DOCTYPE svg [<!ENTITY a \"<g/><g/>\"><!ENTITY b \"&a;&a;\">]>" SVG ("&b;");
static const char ELSEWHERE[] = SVG ("<image width=\"9\" height=\"9\" xlink:href=\"other.png\"/>");

static char *folder;

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* What translators have, through the program that they have. Returns: (transfer full) */
static char *
compile (const char *language, const char *entries)
{
  g_autofree char *po = g_strdup_printf ("%s/%s.po", folder, language);
  g_autofree char *text = g_strconcat (HEAD, entries, NULL);
  char *mo = g_strdup_printf ("%s/cup/texts/%s.mo", folder, language);
  const char *const argv[] = { "msgfmt", "-o", mo, po, NULL };

  g_assert_true (g_file_set_contents (po, text, -1, NULL));
  run (argv);
  return mo;
}

/* Returns: (transfer full): the small sample with the files that lie in the folder */
static LanyardPack *
load (void)
{
  g_autofree char *path = g_build_filename (folder, "cup", NULL);
  g_autoptr (GError) error = NULL;
  LanyardPack *pack = lanyard_pack_load (path, NULL, 0, &error);

  g_assert_no_error (error);
  return pack;
}

static void
test_override (void)
{
  g_autofree char *mo = compile ("en", "msgid \"Is this you?\"\nmsgstr \"Is it you?\"\n\n"
                                       "msgid \"%s person\"\nmsgid_plural \"%s people\"\n"
                                       "msgstr[0] \"%s guest\"\nmsgstr[1] \"%s guests\"\n");
  g_autoptr (LanyardPack) pack = load ();
  g_autoptr (LanyardWords) english = lanyard_words_new_of_pack ("en-GB", pack);
  g_autoptr (LanyardWords) spanish = lanyard_words_new_of_pack ("es", pack);
  g_autoptr (LanyardWords) nobodys = lanyard_words_new_of_pack ("en", NULL);
  g_autofree char *guests = lanyard_words_fill_n (english, "%s person", "%s people", 3);
  g_autofree char *people = lanyard_words_fill_n (nobodys, "%s person", "%s people", 3);

  g_assert_cmpstr (lanyard_words_get (english, "Is this you?"), ==, "Is it you?");
  g_assert_cmpstr (lanyard_words_get (english, "Back"), ==, "Back");
  g_assert_cmpstr (guests, ==, "3 guests");
  g_assert_cmpstr (lanyard_words_get (spanish, "Is this you?"), ==, "¿Es usted?");
  g_assert_cmpstr (lanyard_words_get (nobodys, "Is this you?"), ==, "Is this you?");
  g_assert_cmpstr (people, ==, "3 people");
}

static void
test_other_language (void)
{
  g_autofree char *mo = compile ("nl", "msgid \"Back\"\nmsgstr \"Terug\"\n");
  g_autoptr (LanyardPack) pack = load ();
  g_autoptr (LanyardWords) dutch = lanyard_words_new_of_pack ("nl-BE", pack);

  g_assert_cmpstr (lanyard_words_get (dutch, "Back"), ==, "Terug");
  g_assert_cmpstr (lanyard_words_get (dutch, "Is this you?"), ==, "Is this you?");
}

/* The same language in another edition of the pack has other words, and the screen shows them. */
static void
test_window (void)
{
  g_autofree char *mo = compile ("en", "msgid \"" ORIGINAL "\"\nmsgstr \"Ours is another one\"\n");
  g_autoptr (LanyardPack) before = test_pack_load ("small-cup");
  g_autoptr (LanyardPack) pack = load ();
  g_autoptr (LanyardView) welcome = test_make_view (LANYARD_PAGE_WELCOME, "en");
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  LanyardWindow *window = test_window_new (recorder, before, 1280, 800);

  lanyard_window_show_view (window, welcome);
  test_settle (GTK_WIDGET (window));
  g_assert_true (test_holds_text (GTK_WIDGET (window), ORIGINAL));
  lanyard_window_set_pack (window, pack, "en");
  test_settle (GTK_WIDGET (window));
  g_assert_true (test_holds_text (GTK_WIDGET (window), "Ours is another one"));
  test_window_close (window);
}

/* What comes next is another thing for some categories. */
static void
test_steps (void)
{
  g_autofree char *path = g_build_filename (folder, "cup", "texts", "en.json", NULL);
  g_autoptr (LanyardView) done = test_make_view (LANYARD_PAGE_DONE, "en");
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  g_autoptr (LanyardPack) plain = test_pack_load ("small-cup");
  g_autoptr (LanyardPack) pack = NULL;
  g_autofree char *text = NULL, *key = NULL;
  g_autoptr (GString) changed = NULL;
  LanyardWindow *window;

  done->entry = lanyard_entry_new ();
  done->entry->category = g_strdup ("VOL");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  key = g_strdup_printf ("\"next-steps.%s\": \"Volunteers: hall C\",\n    \"next-steps\":",
                         done->entry->category);
  g_assert_cmpuint (g_string_replace (changed, "\"next-steps\":", key, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  pack = load ();
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  window = test_window_new (recorder, plain, 1280, 800);
  lanyard_window_show_view (window, done);
  test_settle (GTK_WIDGET (window));
  g_assert_true (test_holds_text (GTK_WIDGET (window), "The shuttle to the grounds"));
  lanyard_window_set_pack (window, pack, "en");
  lanyard_window_show_view (window, done);
  test_settle (GTK_WIDGET (window));
  g_assert_true (test_holds_text (GTK_WIDGET (window), "Volunteers: hall C"));
  g_assert_false (test_holds_text (GTK_WIDGET (window), "The shuttle to the grounds"));
  test_window_close (window);
}

/* Returns: (transfer full) (nullable): name of our drawing that the page after the badge shows;
 * NULL: the pack's */
static char *
dup_drawing (GtkWidget *window)
{
  GtkWidget *page = test_find_type (window, LANYARD_TYPE_DONE_PAGE);
  char *name = NULL;

  g_object_get (test_find_type (page, LANYARD_TYPE_ILLUSTRATION), "name", &name, NULL);
  return name;
}

/* A map that nobody can draw leaves no hole, and one that is heavy does not hold the screen up. */
static void
test_map (gconstpointer svg)
{
  g_autofree char *path = g_build_filename (folder, "cup", "branding", "map.svg", NULL);
  g_autoptr (LanyardView) done = test_make_view (LANYARD_PAGE_DONE, "en");
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  g_autofree char *shown = NULL;
  g_autoptr (LanyardPack) pack = NULL;
  LanyardWindow *window;

  g_assert_true (g_file_set_contents (path, svg, -1, NULL));
  pack = load ();
  g_assert_cmpint (g_unlink (path), ==, 0);
  window = test_window_new (recorder, pack, 1280, 800);
  for (guint i = 0; i < 2; i++)
    {
      lanyard_window_show_view (window, done);
      test_settle (GTK_WIDGET (window));
    }
  shown = dup_drawing (GTK_WIDGET (window));
  g_assert_cmpstr (shown, ==, strstr (svg, "Hall") != NULL ? NULL : "done");
  test_window_close (window);
}

/* What cannot be read is told once, and ours are shown. */
static void
test_damaged (void)
{
  g_autofree char *mo = g_strdup_printf ("%s/cup/texts/en.mo", folder);
  g_autoptr (LanyardPack) pack = NULL;
  g_autoptr (LanyardWords) words = NULL;

  g_assert_true (g_file_set_contents (mo, "no catalogue", -1, NULL));
  pack = load ();
  g_test_expect_message ("lanyard-ui", G_LOG_LEVEL_WARNING, "*texts/en.mo*msgfmt*");
  words = lanyard_words_new_of_pack ("en", pack);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (lanyard_words_get (words, "Back"), ==, "Back");
}

static LanyardCatalogue *
read_catalogue (const char *mo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = NULL;
  char *data;
  gsize n_bytes;
  LanyardCatalogue *catalogue;

  g_assert_true (g_file_get_contents (mo, &data, &n_bytes, NULL));
  content = g_bytes_new_take (data, n_bytes);
  catalogue = lanyard_catalogue_new (content, &error);
  g_assert_no_error (error);
  return catalogue;
}

static void
test_places (void)
{
  g_autofree char *good = compile ("fr", "msgid \"Saved as %s.\"\nmsgstr \"%s, c’est fait.\"\n");
  g_autofree char *bad = compile ("de", "msgid \"Saved as %s.\"\nmsgstr \"Gespeichert.\"\n");
  g_autoptr (LanyardCatalogue) french = read_catalogue (good);
  g_autoptr (LanyardCatalogue) german = read_catalogue (bad);
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_catalogue_check (french, &error));
  g_assert_no_error (error);
  g_assert_false (lanyard_catalogue_check (german, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Saved as %s."));
}

/* The forms of a plural follow each other in the file: each is text. */
static void
test_form_is_text (void)
{
  g_autofree char *mo = compile ("it", "msgid \"%s person\"\nmsgid_plural \"%s people\"\n"
                                       "msgstr[0] \"%s persona\"\nmsgstr[1] \"%s xyzzy\"\n");
  g_autofree char *data = NULL;
  g_autoptr (GBytes) altered = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes;
  char *word;

  g_assert_true (g_file_get_contents (mo, &data, &n_bytes, NULL));
  word = memmem (data, n_bytes, "xyzzy", 5);
  g_assert_nonnull (word);
  *word = '\xff';
  altered = g_bytes_new (data, n_bytes);
  g_assert_null (lanyard_catalogue_new (altered, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_autofree char *sample = NULL, *cup = NULL;
  const char *copy[] = { "cp", "-r", NULL, NULL, NULL };
  const char *remove[] = { "rm", "-r", NULL, NULL };
  int result;

  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (lanyard_ui_get_resource ());
  folder = g_dir_make_tmp ("lanyard-pack-words-XXXXXX", NULL);
  g_assert_nonnull (folder);
  copy[2] = sample = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs",
                                       "small-cup", NULL);
  copy[3] = cup = g_build_filename (folder, "cup", NULL);
  run (copy);
  g_test_add_func ("/ui/pack-words/override", test_override);
  g_test_add_func ("/ui/pack-words/other-language", test_other_language);
  g_test_add_func ("/ui/pack-words/window", test_window);
  g_test_add_func ("/ui/pack-words/steps", test_steps);
  g_test_add_data_func ("/ui/pack-words/map-sound", SOUND, test_map);
  g_test_add_data_func ("/ui/pack-words/map-heavy", HEAVY, test_map);
  g_test_add_data_func ("/ui/pack-words/map-doubling", DOUBLING, test_map);
  g_test_add_data_func ("/ui/pack-words/map-elsewhere", ELSEWHERE, test_map);
  g_test_add_func ("/ui/pack-words/damaged", test_damaged);
  g_test_add_func ("/ui/pack-words/places", test_places);
  g_test_add_func ("/ui/pack-words/form-is-text", test_form_is_text);
  result = g_test_run ();
  remove[2] = folder;
  run (remove);
  g_free (folder);
  return result;
}
