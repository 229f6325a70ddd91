/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-error.h"
#include "lanyard-search-vocabulary.h"
#include "lanyard-search-words.h"

#include <string.h>

static const guint8 secret[32] = { 1, 2, 3 };

static const struct
{
  const char *print_name;
  const char *local_name;
  const char *organisation;
} people[] = {
  { "Zoë MÜLLER-LÜDENSCHEIDT", NULL, "Northern Rowing Union" },
  { "Seán O’BRIEN", NULL, "Île d'Été Archery" },
  { "Łukasz ŻÓŁĆ", NULL, "Martin Press" },
  { "Martin EXAMPLE", NULL, "Northern Rowing Union" },
  { "Martina SAMPLE", NULL, "Northern Rowing Union" },
  { "Omar AL TEST", "عُمَر التجربة", NULL },
  { "WANG Xiaotest", "王小測", NULL },
  { "Maria", NULL, NULL },
};

static void
add_people (LanyardDirectory *directory, guint from, guint to)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autoptr (GError) error = NULL;

  for (guint i = from; i < to; i++)
    {
      LanyardEntry *entry = lanyard_entry_new ();

      entry->holder_id = g_strdup_printf ("H%u", i);
      entry->print_name = g_strdup (people[i].print_name);
      entry->local_name = g_strdup (people[i].local_name);
      entry->organisation = g_strdup (people[i].organisation);
      entry->category = g_strdup ("A");
      entry->number = store_number (i + 1);
      entry->valid_until_s = 1;
      g_ptr_array_add (changes, lanyard_change_new (i + 1, entry->number, entry));
    }
  lanyard_directory_apply (directory, changes, to, &error);
  g_assert_no_error (error);
}

static LanyardDirectory *
open_directory (StoreFixture *fixture)
{
  g_autoptr (LanyardVault) vault = lanyard_vault_new (secret);
  g_autoptr (GError) error = NULL;
  LanyardDirectory *directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, &error);

  g_assert_no_error (error);
  return directory;
}

static void
build (LanyardDirectory *directory)
{
  g_autoptr (GError) error = NULL;

  while (!lanyard_directory_index_step (directory, 3, &error))
    g_assert_no_error (error);
}

/* The first hit's name, and how many there are. */
static void
assert_hits (LanyardDirectory *directory, const char *query, guint n, const char *first)
{
  g_autoptr (GPtrArray) hits = lanyard_directory_search (directory, query, 10);

  g_assert_cmpuint (hits->len, ==, n);
  if (n > 0 && first != NULL)
    g_assert_cmpstr (((LanyardHit *)hits->pdata[0])->print_name, ==, first);
}

static void
assert_all (LanyardDirectory *directory)
{
  assert_hits (directory, "zoe", 1, people[0].print_name);
  assert_hits (directory, "ZOË müll", 1, people[0].print_name);
  assert_hits (directory, "mullerlud", 1, people[0].print_name);
  assert_hits (directory, "Müller-Lüd", 1, people[0].print_name);
  assert_hits (directory, "ludensch north", 1, people[0].print_name);
  assert_hits (directory, "obrien", 1, people[1].print_name);
  assert_hits (directory, "o'brien", 1, people[1].print_name);
  assert_hits (directory, "brien sean", 1, people[1].print_name);
  assert_hits (directory, "ete archery", 1, people[1].print_name);
  assert_hits (directory, "lukasz zolc", 1, people[2].print_name);
  assert_hits (directory, "عمر", 1, people[5].print_name);
  assert_hits (directory, "王小", 1, people[6].print_name);
  assert_hits (directory, "northern", 3, NULL);
  assert_hits (directory, "mar north", 2, NULL);
  assert_hits (directory, "north west", 0, NULL);
  assert_hits (directory, "ukasz", 0, NULL);
  assert_hits (directory, "", 0, NULL);
  assert_hits (directory, " - ' ", 0, NULL);
  assert_hits (directory, "\xff\xfe", 0, NULL);
  assert_hits (directory, "26000004", 1, NULL);
  /* The whole word before beginnings of words, a name before an organisation. */
  assert_hits (directory, "martin", 3, "Martin EXAMPLE");
}

static void
test_words (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = open_directory (fixture);

  add_people (directory, 0, G_N_ELEMENTS (people));
  build (directory);
  assert_all (directory);
}

/* Rows that come before, while and after the index is built are all found, once each. */
static void
test_while_building (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = open_directory (fixture);

  add_people (directory, 0, 4);
  g_assert_false (lanyard_directory_index_step (directory, 3, NULL));
  add_people (directory, 4, 6);
  build (directory);
  add_people (directory, 6, G_N_ELEMENTS (people));
  assert_all (directory);
}

/* What changes is found by its new words only; who is removed is not found. */
static void
test_changes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = open_directory (fixture);
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autofree char *martin = store_number (4);
  g_autofree char *maria = store_number (8);
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  LanyardEntry *renamed;

  add_people (directory, 0, G_N_ELEMENTS (people));
  build (directory);
  entry = lanyard_directory_lookup (directory, LANYARD_LOOKUP_NUMBER, maria, &error);
  g_assert_no_error (error);
  renamed = lanyard_entry_copy (entry);
  g_free (renamed->print_name);
  renamed->print_name = g_strdup ("Beatriz");
  g_ptr_array_add (changes, lanyard_change_new (100, martin, NULL));
  g_ptr_array_add (changes, lanyard_change_new (101, maria, renamed));
  lanyard_directory_apply (directory, changes, 101, &error);
  g_assert_no_error (error);
  assert_hits (directory, "martin", 2, "Martina SAMPLE");
  assert_hits (directory, "maria", 0, NULL);
  assert_hits (directory, "beatriz", 1, "Beatriz");
}

static void
on_word (const char *word, gsize n_bytes, gpointer user_data)
{
  GString *words = user_data;

  g_string_append_len (words, word, (gssize)n_bytes);
  g_string_append_c (words, ' ');
}

static void
test_split (void)
{
  static const struct
  {
    const char *text;
    const char *joined;
  } cases[] = {
    { "Ana-Maria O'Neil", "ana maria anamaria o neil oneil " },
    { "GROẞ Straße", "gross strasse " },
    { "Ærø Þór Đặng İstanbul ısı", "aero thor dang istanbul isi " },
    { "ＦＵＬＬ ｗｉｄｔｈ ﬁ", "full width fi " },
    { "Ὀδυσσεύς", "οδυσσευσ " },
    { "  ,;! ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);

      lanyard_search_split (cases[i].text, TRUE, on_word, words);
      g_assert_cmpstr (words->str, ==, cases[i].joined);
    }
}

/* The ordered words against a sorted list of all of them, for every beginning. */
static void
test_vocabulary (void)
{
  g_autoptr (LanyardVocabulary) vocabulary = lanyard_vocabulary_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GTree) all = g_tree_new_full ((GCompareDataFunc)strcmp, NULL, g_free, NULL);

  for (guint i = 0; i < 6000; i++)
    {
      char word[6] = { 0 };
      guint n = (guint)g_rand_int_range (rand, 1, 6);

      for (guint j = 0; j < n; j++)
        word[j] = (char)('a' + g_rand_int_range (rand, 0, 6));
      lanyard_vocabulary_add (vocabulary, word, n);
      g_tree_insert (all, g_strdup (word), NULL);
    }
  g_assert_cmpuint (lanyard_vocabulary_get_size (vocabulary), ==, (guint)g_tree_nnodes (all));
  for (GTreeNode *prefix = g_tree_node_first (all); prefix != NULL;
       prefix = g_tree_node_next (prefix))
    {
      const char *text = g_tree_node_key (prefix);
      LanyardWordRange range = lanyard_vocabulary_find (vocabulary, text, strlen (text));
      GTreeNode *node = prefix;
      guint32 number;

      while (lanyard_vocabulary_next (vocabulary, &range, &number))
        {
          gsize n_bytes;
          const char *word = lanyard_vocabulary_get (vocabulary, number, &n_bytes);

          g_assert_cmpmem (word, n_bytes, g_tree_node_key (node), strlen (g_tree_node_key (node)));
          node = g_tree_node_next (node);
        }
      g_assert_true (node == NULL || !g_str_has_prefix (g_tree_node_key (node), text));
    }
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/search/" name, StoreFixture, NULL, store_fixture_set_up, func,               \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("words", test_words);
  ADD ("while-building", test_while_building);
  ADD ("changes", test_changes);
  g_test_add_func ("/store/search/split", test_split);
  g_test_add_func ("/store/search/vocabulary", test_vocabulary);
  return g_test_run ();
}
