/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A directory of a million made-up holders (or as many as the first argument says): how long it
 * takes to come, how long a decision takes after a code was read, and how long a search takes, also
 * with a typing error.
 */

#include "bench-report.h"
#include "lanyard-directory-private.h"
#include "lanyard-eligibility.h"
#include "lanyard-journal.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#define DEFAULT_HOLDERS 1000000
#define BATCH 1000
#define N_LOOKUPS 20000
#define N_SEARCHES 2000
#define GOAL_DECISION_MS 20.0
#define GOAL_SEARCH_MS 25.0
#define GOAL_NEAR_MS 30.0
#define GOAL_RECALL_PERCENT 100.0
/* As many as the staff's page lists. */
#define MAX_HITS 30

static const char *const beginnings[] = { "Mar", "Jo", "Al", "Te", "Sa", "Li", "Ka", "Ro",
                                          "Be",  "No", "Ha", "Vi", "Du", "Pe", "Su", "Wa" };
static const char *const middles[] = { "ti", "na", "ra", "lo", "mi", "sha", "be", "ko",
                                       "ri", "du", "ve", "zo", "le", "mo",  "gu", "ta" };
static const char *const ends[] = { "n",  "a",   "s",  "ne", "no", "rd", "x",   "ska",
                                    "ez", "sen", "le", "ri", "mo", "ck", "nen", "va" };

static guint
mix (guint n)
{
  n = (n ^ 61) ^ (n >> 16);
  n *= 9;
  n ^= n >> 4;
  n *= 0x27d4eb2d;
  return n ^ (n >> 15);
}

/* One of 16,000 names or so. */
static char *
make_name (guint seed, guint n_syllables)
{
  GString *name = g_string_new (beginnings[seed % 16]);

  for (guint i = 0; i < n_syllables; i++)
    g_string_append (name, middles[(seed >> (4 + 4 * i)) % 16]);
  g_string_append (name, ends[(seed >> 20) % 16]);
  return g_string_free (name, FALSE);
}

static char *
make_number (guint n)
{
  g_autofree char *plain = g_strdup_printf ("31%07u", n);

  return g_strdup_printf ("%s%c", plain, lanyard_check_character (plain));
}

static LanyardEntry *
make_entry (guint n)
{
  LanyardEntry *entry = lanyard_entry_new ();
  g_autofree char *given = make_name (mix (n), 1), *family = make_name (mix (n + 77777777), 2);

  entry->holder_id = g_strdup_printf ("H%u", n);
  entry->print_name = g_strdup_printf ("%s %s", given, family);
  entry->given_name = g_strdup (given);
  entry->family_name = g_strdup (family);
  entry->birth_date = g_strdup_printf ("19%02u-%02u-%02u", n % 90 + 10, n % 12 + 1, n % 28 + 1);
  entry->nationality = g_strdup_printf ("N%02u", n % 90);
  entry->organisation = g_strdup_printf ("Organisation %u", n % 400);
  entry->function = g_strdup ("Member of the team");
  entry->number = make_number (n);
  entry->category = g_strdup ("A");
  entry->valid_until_s = 4000000000;
  g_strfreev (entry->documents);
  entry->documents = g_new0 (char *, 2);
  entry->documents[0] = g_strdup_printf ("P:XXX:%08u", n);
  g_strfreev (entry->venues);
  entry->venues = g_strsplit ("V01 V02 V03 V04", " ", -1);
  g_strfreev (entry->zones);
  entry->zones = g_strsplit ("1 2 4", " ", -1);
  return entry;
}

static double
import (LanyardDirectory *directory, guint n_holders)
{
  double in_store_us = 0;

  for (guint n = 0; n < n_holders; n += BATCH)
    {
      g_autoptr (GPtrArray) changes
          = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
      g_autoptr (GError) error = NULL;
      double start_us;

      for (guint i = n; i < MIN (n + BATCH, n_holders); i++)
        {
          LanyardEntry *entry = make_entry (i);

          g_ptr_array_add (changes, lanyard_change_new (i + 1, entry->number, entry));
        }
      start_us = bench_cpu_us ();
      if (!lanyard_directory_apply (directory, changes, n + BATCH, &error))
        g_error ("%s", error->message);
      in_store_us += bench_cpu_us () - start_us;
    }
  return in_store_us;
}

static LanyardRules *
make_rules (void)
{
  LanyardRules *rules = lanyard_rules_new ();
  LanyardCategoryRule *rule = lanyard_category_rule_new ();

  rule->self_service = TRUE;
  lanyard_rules_take_category (rules, "A", rule);
  return rules;
}

/* From the text of a code to the verdict: directory, this desk's journal, rules. */
static double
decide (LanyardDirectory *directory,
        LanyardJournal *journal,
        const LanyardRules *rules,
        LanyardLookup by,
        const char *text)
{
  LanyardSituation situation = { .venue = "V01",
                                 .mode = LANYARD_MODE_SELF_SERVICE,
                                 .now_s = 1000000,
                                 .negative_list_issued_s = 1000000 };
  double start_us = bench_now_us ();
  g_autoptr (LanyardEntry) entry = lanyard_directory_lookup (directory, by, text, NULL);
  g_auto (LanyardIssued) local = { 0 }, issued = { 0 };
  g_auto (GStrv) voided = NULL;

  g_assert (entry != NULL);
  lanyard_journal_get_issued (journal, entry->number, &local, &voided);
  lanyard_issued_merge (&local, (const char *const *)voided, &entry->issued, &issued);
  (void)lanyard_eligibility_decide (entry, &issued, rules, &situation);
  return bench_now_us () - start_us;
}

static gboolean
measure_decisions (LanyardDirectory *directory, LanyardJournal *journal, guint n_holders)
{
  g_autoptr (LanyardRules) rules = make_rules ();
  BenchSeries by_number, by_document;
  gboolean met;

  bench_series_init (&by_number);
  bench_series_init (&by_document);
  for (guint i = 0; i < N_LOOKUPS; i++)
    {
      guint n = mix (i) % n_holders;
      g_autofree char *number = make_number (n);
      g_autofree char *document = g_strdup_printf ("P:XXX:%08u", n);

      bench_series_add (&by_number,
                        decide (directory, journal, rules, LANYARD_LOOKUP_NUMBER, number));
      bench_series_add (&by_document,
                        decide (directory, journal, rules, LANYARD_LOOKUP_DOCUMENT, document));
    }
  bench_series_print (&by_number, "decision by number");
  bench_series_print (&by_document, "decision by document");
  met = bench_goal ("decision after decode, p95", bench_series_get (&by_number, 0.95) / 1e3,
                    GOAL_DECISION_MS, "ms");
  bench_series_clear (&by_number);
  bench_series_clear (&by_document);
  return met;
}

static void
build_index (LanyardDirectory *directory)
{
  double start_us = bench_cpu_us (), before_mb = bench_resident_mb ();
  BenchSeries slices;

  bench_series_init (&slices);
  for (;;)
    {
      double slice_us = bench_cpu_us ();
      gboolean complete = lanyard_directory_index_step (directory, 500, NULL);

      bench_series_add (&slices, bench_cpu_us () - slice_us);
      if (complete)
        break;
    }
  bench_series_print (&slices, "500 rows of the index, processor time");
  printf ("%-52s %9.2f s, %.0f MB of the index, %.0f MB more resident\n",
          "building the index, processor time", (bench_cpu_us () - start_us) / 1e6,
          (double)lanyard_search_index_get_bytes (directory->index) / 1e6,
          bench_resident_mb () - before_mb);
  bench_series_clear (&slices);
}

/* What people type: some of a family name, then some of the given one, or of the number. */
static char *
make_query (guint n, guint kind)
{
  g_autofree char *given = make_name (mix (n), 1), *family = make_name (mix (n + 77777777), 2);
  g_autofree char *number = make_number (n);

  switch (kind)
    {
    case 0:
      return g_strdup_printf ("%.2s", family);
    case 1:
      return g_strdup_printf ("%.4s", family);
    case 2:
      return g_strdup_printf ("%.4s %.2s", family, given);
    case 3:
      return g_strdup_printf ("%s %s", given, family);
    case 4:
      return g_strdup_printf ("%.7s", number);
    default:
      return g_strdup_printf ("%.3s organisation %u", family, n % 400);
    }
}

static gboolean
measure_searches (LanyardDirectory *directory, guint n_holders)
{
  static const char *const names[]
      = { "two letters of a name", "four letters of a name",   "parts of both names",
          "whole names",           "seven digits of a number", "part of a name, organisation" };
  BenchSeries all;
  gboolean met;

  bench_series_init (&all);
  for (guint kind = 0; kind < G_N_ELEMENTS (names); kind++)
    {
      g_autofree char *title = g_strdup_printf ("search: %s", names[kind]);
      BenchSeries series;

      bench_series_init (&series);
      for (guint i = 0; i < N_SEARCHES / G_N_ELEMENTS (names); i++)
        {
          g_autofree char *query = make_query (mix (i) % n_holders, kind);
          double start_us = bench_cpu_us (), took_us;
          g_autoptr (GPtrArray) hits = lanyard_directory_search (directory, query, MAX_HITS);

          took_us = bench_cpu_us () - start_us;
          g_assert (hits->len > 0);
          bench_series_add (&series, took_us);
          bench_series_add (&all, took_us);
        }
      bench_series_print (&series, title);
      bench_series_clear (&series);
    }
  met = bench_goal ("search, processor time, p95 of all kinds", bench_series_get (&all, 0.95) / 1e3,
                    GOAL_SEARCH_MS, "ms");
  bench_series_clear (&all);
  return met;
}

/* One letter of @text is wrong, too many or missing, or changed places with the one behind it. */
static char *
make_error (const char *text, guint seed)
{
  GString *wrong = g_string_new (text);
  gsize at = (seed >> 8) % wrong->len;
  char letter = (char)('a' + (seed >> 16) % 26);

  switch (seed % 4)
    {
    case 0:
      wrong->str[at] = wrong->str[at] == letter ? 'q' : letter;
      break;
    case 1:
      g_string_insert_c (wrong, (gssize)at, letter);
      break;
    case 2:
      g_string_erase (wrong, (gssize)at, 1);
      break;
    default:
      at = MIN (at, wrong->len - 2);
      letter = wrong->str[at];
      wrong->str[at] = wrong->str[at + 1];
      wrong->str[at + 1] = letter;
    }
  return g_string_free (wrong, FALSE);
}

/* A holder's whole names, or the number, with one typing error anywhere in one of the words. */
static char *
make_wrong_query (guint n, guint kind)
{
  g_autofree char *given = make_name (mix (n), 1), *family = make_name (mix (n + 77777777), 2);
  g_autofree char *number = make_number (n);
  g_autofree char *wrong = make_error (kind == 0   ? given
                                       : kind == 1 ? family
                                                   : number,
                                       mix (n + 5));

  if (kind == 2)
    return g_steal_pointer (&wrong);
  return kind == 0 ? g_strdup_printf ("%s %s", wrong, family)
                   : g_strdup_printf ("%s %s", given, wrong);
}

static gboolean
has_hit (GPtrArray *hits, const char *number)
{
  for (guint i = 0; i < hits->len; i++)
    if (g_str_equal (((const LanyardHit *)hits->pdata[i])->number, number))
      return TRUE;
  return FALSE;
}

static gboolean
measure_errors (LanyardDirectory *directory, guint n_holders)
{
  static const char *const names[]
      = { "names, an error in the given one", "names, an error in the family one",
          "a number with an error" };
  guint n_found = 0, n_asked = 0;
  BenchSeries all;
  gboolean met;

  bench_series_init (&all);
  for (guint kind = 0; kind < G_N_ELEMENTS (names); kind++)
    {
      g_autofree char *title = g_strdup_printf ("search: %s", names[kind]);
      BenchSeries series;

      bench_series_init (&series);
      for (guint i = 0; i < N_SEARCHES / G_N_ELEMENTS (names); i++, n_asked++)
        {
          guint n = mix (i + kind * N_SEARCHES) % n_holders;
          g_autofree char *query = make_wrong_query (n, kind), *number = make_number (n);
          double start_us = bench_cpu_us (), took_us;
          g_autoptr (GPtrArray) hits = lanyard_directory_search (directory, query, MAX_HITS);

          took_us = bench_cpu_us () - start_us;
          bench_series_add (&series, took_us);
          bench_series_add (&all, took_us);
          if (has_hit (hits, number))
            n_found++;
          else
            printf ("  “%s” does not find %s\n", query, number);
        }
      bench_series_print (&series, title);
      bench_series_clear (&series);
    }
  met = bench_goal ("search with one typing error, processor time, p95",
                    bench_series_get (&all, 0.95) / 1e3, GOAL_NEAR_MS, "ms");
  bench_series_clear (&all);
  printf ("%-52s %9.2f %% (goal: %.0f)\n", "found with one typing error", 100.0 * n_found / n_asked,
          GOAL_RECALL_PERCENT);
  return met && n_found == n_asked;
}

static gboolean
measure (const char *folder, guint n_holders)
{
  static const guint8 secret[32] = { 1 };
  g_autofree char *path = g_build_filename (folder, "directory.db", NULL);
  g_autofree char *journal_path = g_build_filename (folder, "journal.db", NULL);
  g_autoptr (LanyardVault) vault = lanyard_vault_new (secret);
  g_autoptr (LanyardDirectory) directory = lanyard_directory_open (path, vault, TRUE, NULL);
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (journal_path, LANYARD_JOURNAL_CREATE, NULL, NULL);
  double start_us;
  GStatBuf info = { 0 };
  gboolean met;

  g_assert (directory != NULL && journal != NULL);
  start_us = import (directory, n_holders);
  g_stat (path, &info);
  printf ("%-52s %9.2f s, %.0f a second, %.0f MB\n", "taking in the holders, processor time",
          start_us / 1e6, n_holders / start_us * 1e6, (double)info.st_size / 1e6);

  /* Opened anew, with nothing in SQLite's cache. */
  g_clear_pointer (&directory, lanyard_directory_close);
  start_us = bench_now_us ();
  directory = lanyard_directory_open (path, vault, FALSE, NULL);
  printf ("%-52s %9.2f ms\n", "opening it", (bench_now_us () - start_us) / 1e3);
  met = measure_decisions (directory, journal, n_holders);
  build_index (directory);
  met = measure_searches (directory, n_holders) && met;
  return measure_errors (directory, n_holders) && met;
}

int
main (int argc, char *argv[])
{
  static const char *const names[] = { "directory.db", "journal.db" };
  guint n_holders = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : DEFAULT_HOLDERS;
  g_autofree char *folder = g_dir_make_tmp ("lanyard-bench-XXXXXX", NULL);
  gboolean met;

  lanyard_hash_init ();
  printf ("%u holders\n", n_holders);
  bench_print_load ();
  met = measure (folder, n_holders);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  return met ? 0 : 1;
}
