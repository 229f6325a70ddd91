/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-error.h"
#include "lanyard-search-near.h"
#include "lanyard-search-vocabulary.h"
#include "lanyard-search-words.h"

#include <string.h>

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
  { "Jørgen ØSTERGÅRD", NULL, NULL },
  { "Else OESTERBROE", NULL, NULL },
  { "Jürgen KÜHNAU", NULL, NULL },
  { "Heinz MUEHLENTAL", NULL, NULL },
  { "P. TESTOV", "Юрий Щербаков-Примеров", NULL },
  { "IURII OBRAZTSOV", NULL, NULL },
  { "H. SAMPLE", "حسّان فاطمة", NULL },
  { "E. SAMPLE", "Ελένη Παπαδοπούλου", NULL },
  { "Per BØ", NULL, NULL },
  { "Per BORING", NULL, NULL },
};

/* Spelt in one way; how others spell them stands in test_spellings(). */
#define FIRST_SPELT 8

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
  assert_hits (directory, "kasz", 0, NULL);
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
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);

  add_people (directory, 0, FIRST_SPELT);
  build (directory);
  assert_all (directory);
}

/* One typing error in one of the words, from four letters on; without one comes first. */
static void
test_errors (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);

  add_people (directory, 0, FIRST_SPELT);
  build (directory);
  assert_hits (directory, "ukasz", 1, people[2].print_name);
  assert_hits (directory, "lukas zolx", 1, people[2].print_name);
  assert_hits (directory, "mulerlud", 1, people[0].print_name);
  assert_hits (directory, "zoe müler", 1, people[0].print_name);
  assert_hits (directory, "exxample", 1, people[3].print_name);
  assert_hits (directory, "examlpe", 1, people[3].print_name);
  assert_hits (directory, "exsmp", 1, people[3].print_name);
  assert_hits (directory, "examplw", 1, people[3].print_name);
  assert_hits (directory, "examplw martni", 0, NULL);
  assert_hits (directory, "martim", 2, "Martin EXAMPLE");
  assert_hits (directory, "martni northern", 2, "Martin EXAMPLE");
  assert_hits (directory, "martin nothern", 2, "Martin EXAMPLE");
  assert_hits (directory, "التجرية", 1, people[5].print_name);
  assert_hits (directory, "maria", 1, "Maria");
  assert_hits (directory, "marai", 4, "Maria"); /* and who begins with MARTI */
  assert_hits (directory, "zeo", 0, NULL);
}

/* Rows that come before, while and after the index is built are all found, once each. */
static void
test_while_building (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);

  add_people (directory, 0, 4);
  g_assert_false (lanyard_directory_index_step (directory, 3, NULL));
  add_people (directory, 4, 6);
  build (directory);
  add_people (directory, 6, FIRST_SPELT);
  assert_all (directory);
}

/* What changes is found by its new words only; who is removed is not found. */
static void
test_changes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autofree char *martin = store_number (4);
  g_autofree char *maria = store_number (8);
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  LanyardEntry *renamed;

  add_people (directory, 0, FIRST_SPELT);
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

/* Edits between two words when neighbours that change places are one (optimal string alignment). */
static guint
count_edits (const char *a, gsize n_a, const char *b, gsize n_b)
{
  guint cost[12][12];

  for (gsize i = 0; i <= n_a; i++)
    for (gsize j = 0; j <= n_b; j++)
      {
        if (i == 0 || j == 0)
          {
            cost[i][j] = (guint)(i + j);
            continue;
          }
        cost[i][j] = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
        cost[i][j] = MIN (cost[i][j], MIN (cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          cost[i][j] = MIN (cost[i][j], cost[i - 2][j - 2] + 1);
      }
  return cost[n_a][n_b];
}

static void
add_random_word (GRand *rand, char word[8])
{
  gsize n = (gsize)g_rand_int_range (rand, 1, 8);

  memset (word, 0, 8);
  for (gsize j = 0; j < n; j++)
    word[j] = (char)('a' + g_rand_int_range (rand, 0, 4));
}

/* @seen: a byte for each word */
static void
mark_near (LanyardVocabulary *vocabulary, const char *typed, guint8 *seen)
{
  g_autoptr (GArray) ranges = lanyard_near_find (vocabulary, typed, strlen (typed));
  guint32 number;

  for (guint i = 0; i < ranges->len; i++)
    while (
        lanyard_vocabulary_next (vocabulary, &g_array_index (ranges, LanyardWordRange, i), &number))
      seen[number] = 1;
}

/* Each word against what was typed, with edits counted the long way: a whole word is near when it
 * is one edit away, and what is near is found, all of it and nothing else. */
static void
test_near (void)
{
  g_autoptr (LanyardVocabulary) vocabulary = lanyard_vocabulary_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint n_whole = 0;
  char word[9] = { 0 };

  for (guint i = 0; i < 6000; i++)
    {
      add_random_word (rand, word);
      lanyard_vocabulary_add (vocabulary, word, strlen (word));
    }
  for (guint i = 0; i < 300; i++)
    {
      guint n = lanyard_vocabulary_get_size (vocabulary);
      g_autofree guint8 *seen = g_new0 (guint8, n);

      add_random_word (rand, word);
      mark_near (vocabulary, word, seen);
      for (guint32 number = 0; number < n; number++)
        {
          gsize n_bytes;
          const char *text = lanyard_vocabulary_get (vocabulary, number, &n_bytes);
          LanyardNearness nearness = lanyard_near_compare (text, n_bytes, word, strlen (word));
          gboolean exact = n_bytes >= strlen (word) && memcmp (text, word, strlen (word)) == 0;

          g_assert_true (!exact || nearness == LANYARD_NEAR_NOT);
          g_assert_cmpint (nearness == LANYARD_NEAR_WHOLE, ==,
                           !exact && count_edits (text, n_bytes, word, strlen (word)) == 1);
          g_assert_cmpint (seen[number] != 0 && !exact, ==, nearness != LANYARD_NEAR_NOT);
          n_whole += nearness == LANYARD_NEAR_WHOLE;
        }
    }
  g_assert_cmpuint (n_whole, >, 1000);
}

/* A name is found however it is spelt: by the standard of travel documents, by who has no such
 * letters on the keyboard, by who has; and while it is typed. */
static void
test_spellings (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *query;
    guint who;
  } cases[] = {
    { "oestergaard", 8 },
    { "joergen oestergaard", 8 },
    { "jorgen ostergard", 8 },
    { "oesterga", 8 },
    { "jørgen østergaard", 8 },
    { "ostergaard", 8 },
    { "oestergard", 8 },
    { "österbrö", 9 },
    { "østerbrø", 9 },
    { "osterbro", 9 },
    { "else osterbroe", 9 },
    { "juergen kuehnau", 10 },
    { "juergen kuhnau", 10 },
    { "mühlental", 11 },
    { "heinz muhlen", 11 },
    { "shcherbakov", 12 },
    { "SHCHERBAKOV IURII", 12 },
    { "yuriy primerov", 12 },
    { "shcherb", 12 },
    { "щербаков", 12 },
    { "shchebrakov", 12 }, /* … and with an error */
    { "образцов", 13 },
    { "юрий образцов", 13 },
    { "xhssan", 14 },
    { "faxttmxah", 14 },
    { "papadopoulou", 15 },
    { "eleni", 15 },
    { "per boe", 16 },
  };
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);

  add_people (directory, 0, G_N_ELEMENTS (people));
  build (directory);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].query);
      assert_hits (directory, cases[i].query, 1, people[cases[i].who].print_name);
    }
  /* As it was typed comes first: a name that is spelt so before one that might be. */
  assert_hits (directory, "oester", 2, people[9].print_name);
  assert_hits (directory, "oestx", 0, NULL);
}

static void
add_document (LanyardDirectory *directory, guint who, const char *const *documents)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autoptr (GError) error = NULL;
  static guint64 gseq = 1000;
  LanyardEntry *entry = lanyard_entry_new ();

  entry->holder_id = g_strdup_printf ("H%u", who);
  entry->print_name = g_strdup_printf ("Holder %u", who);
  entry->category = g_strdup ("A");
  entry->number = store_number (who);
  entry->valid_until_s = 1;
  g_strfreev (entry->documents);
  entry->documents = g_strdupv ((char **)documents);
  g_ptr_array_add (changes, lanyard_change_new (++gseq, entry->number, entry));
  lanyard_directory_apply (directory, changes, gseq, &error);
  g_assert_no_error (error);
}

static void
assert_documents (LanyardDirectory *directory)
{
  assert_hits (directory, "QF4711223", 1, "Holder 1");
  assert_hits (directory, "qf 471 1223", 1, "Holder 1");
  assert_hits (directory, "QF-4711223", 1, "Holder 1");
  assert_hits (directory, "ID0099", 2, "Holder 1"); /* the same number of two issuers */
  assert_hits (directory, "123-456/78", 1, "Holder 2");
  /* not a part of it, nothing guessed, and not its type */
  assert_hits (directory, "QF471122", 0, NULL);
  assert_hits (directory, "QF47112233", 0, NULL);
  assert_hits (directory, "IDOO99", 0, NULL);
  assert_hits (directory, "P:XXX:QF4711223", 0, NULL);
  assert_hits (directory, "1234", 0, NULL);
}

/* A document is found by its number alone, whoever built the index; what changed is not. */
static void
test_documents (StoreFixture *fixture, gconstpointer data)
{
  static const char *const first[] = { "P:XXX:QF4711223", "I:YYY:ID0099", NULL };
  static const char *const second[] = { "I:ZZZ:ID 0099", "D:ZZZ:12345678", "P:ZZZ:1234", NULL };
  static const char *const changed[] = { "P:XXX:QF4711224", NULL };
  LanyardDirectory *directory = store_fixture_open_directory (fixture);

  build (directory);
  add_document (directory, 1, first);
  add_document (directory, 2, second);
  assert_documents (directory);
  lanyard_directory_close (directory);
  directory = store_fixture_open_directory (fixture);
  assert_hits (directory, "QF4711223", 0, NULL);
  build (directory);
  assert_documents (directory);
  add_document (directory, 1, changed);
  assert_hits (directory, "QF4711223", 0, NULL);
  assert_hits (directory, "QF4711224", 1, "Holder 1");
  assert_hits (directory, "ID0099", 1, "Holder 2");
  lanyard_directory_close (directory);
}

/* @from: the first number */
static void
add_members (LanyardDirectory *directory, guint from, guint n, const char *organisation)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autoptr (GError) error = NULL;

  for (guint i = from; i < from + n; i++)
    {
      LanyardEntry *entry = lanyard_entry_new ();

      entry->holder_id = g_strdup_printf ("H%u", i);
      entry->print_name = g_strdup_printf ("Member %u PRESS", 1000 - i);
      entry->organisation = g_strdup (organisation);
      entry->category = g_strdup ("A");
      entry->number = store_number (i);
      entry->valid_until_s = 1;
      g_ptr_array_add (changes, lanyard_change_new (i, entry->number, entry));
    }
  lanyard_directory_apply (directory, changes, from + n, &error);
  g_assert_no_error (error);
}

static void
assert_members (LanyardDirectory *directory, const char *organisation, guint n, gboolean cut)
{
  gboolean more;
  g_autoptr (GPtrArray) members
      = lanyard_directory_list_organisation (directory, organisation, 100, &more);

  g_assert_cmpuint (members->len, ==, n);
  g_assert_cmpint (more, ==, cut);
  for (guint i = 0; i < members->len; i++)
    g_assert_cmpstr (((LanyardEntry *)members->pdata[i])->organisation, ==, organisation);
  for (guint i = 1; i < members->len; i++)
    g_assert_cmpint (g_utf8_collate (((LanyardEntry *)members->pdata[i - 1])->print_name,
                                     ((LanyardEntry *)members->pdata[i])->print_name),
                     <, 0);
}

/* A small organisation whose words stand in a large one's, and in the names of everybody. */
static void
test_organisation (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);

  add_members (directory, 1, 150, "Press Office");
  add_members (directory, 151, 70, "Press");
  add_members (directory, 221, 10, "press");
  add_members (directory, 231, 20, "Office  Press Office");
  add_members (directory, 251, 5, NULL);
  add_members (directory, 256, 100, "Été-Press");
  build (directory);
  assert_members (directory, "Press", 70, FALSE);
  assert_members (directory, "press", 10, FALSE);
  assert_members (directory, "Press Office", 100, TRUE);
  assert_members (directory, "Office  Press Office", 20, FALSE);
  assert_members (directory, "Été-Press", 100, FALSE);
  assert_members (directory, "Office", 0, FALSE);
  assert_members (directory, "Nobody", 0, FALSE);
  assert_members (directory, "-", 0, FALSE);
  /* one joins and one leaves */
  add_members (directory, 500, 1, "Press");
  add_members (directory, 501, 1, "press");
  assert_members (directory, "Press", 71, FALSE);
  assert_members (directory, "press", 11, FALSE);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/search/" name, StoreFixture, NULL, store_fixture_set_up, func,               \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("words", test_words);
  ADD ("errors", test_errors);
  ADD ("while-building", test_while_building);
  ADD ("changes", test_changes);
  ADD ("organisation", test_organisation);
  ADD ("spellings", test_spellings);
  ADD ("documents", test_documents);
  g_test_add_func ("/store/search/split", test_split);
  g_test_add_func ("/store/search/vocabulary", test_vocabulary);
  g_test_add_func ("/store/search/near", test_near);
  return g_test_run ();
}
