/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "hub-run.h"
#include "lanyard-hub-csv.h"
#include "lanyard-hub-progress.h"
#include "lanyard-hub-seen.h"

/* Rosters of other systems: CSV and its traps, mappings, and what becomes of those who are not in
 * the file any more. The program itself runs; nobody in here exists. */

/* Rows as "line: field|field", a bad one as "line: !", a failure as "line: X". */
static char *
describe (const char *text, gsize n_text, gboolean lines, char separator)
{
  g_autofree char *copy = g_memdup2 (text, n_text);
  FILE *file = fmemopen (copy, MAX (n_text, 1), "r");
  g_autoptr (LanyardHubCsv) csv = lanyard_hub_csv_new (file, lines, separator);
  GString *out = g_string_new (NULL);
  LanyardHubCsvResult result;

  if (n_text == 0)
    fclose (freopen ("/dev/null", "r", file));
  while ((result = lanyard_hub_csv_read (csv, NULL)) != LANYARD_HUB_CSV_END)
    {
      g_string_append_printf (out, "%" G_GUINT64_FORMAT ":", lanyard_hub_csv_get_line (csv));
      if (result == LANYARD_HUB_CSV_FAILED)
        {
          g_string_append (out, "X");
          break;
        }
      if (result == LANYARD_HUB_CSV_BAD)
        g_string_append (out, "!");
      for (guint i = 0; i < lanyard_hub_csv_get_n_fields (csv) && result == LANYARD_HUB_CSV_ROW;
           i++)
        g_string_append_printf (out, "%s%s", i == 0 ? "" : "|", lanyard_hub_csv_get_field (csv, i));
      g_string_append_c (out, ' ');
    }
  if (n_text > 0)
    fclose (file);
  return g_string_free (out, FALSE);
}

static void
assert_rows (const char *text, const char *rows)
{
  g_autofree char *found = describe (text, strlen (text), FALSE, 0);

  g_assert_cmpstr (found, ==, rows);
}

static void
test_csv (void)
{
  assert_rows ("a,b\nc,d\n", "1:a|b 2:c|d ");
  assert_rows ("a;b\r\nc;d", "1:a|b 2:c|d ");
  assert_rows ("a\tb\r\n\r\nc\td\n", "1:a|b 3:c|d ");
  assert_rows ("\xef\xbb\xbf"
               "a,b\n",
               "1:a|b ");
  assert_rows ("\"a;x\",\"b \"\"q\"\"\"\n\"two\nlines\",d\nlast,\n",
               "1:a;x|b \"q\" 2:two\nlines|d 4:last| ");
  assert_rows ("a,b\nc,6\" wide\nd,\"e\"f\ng,h\n", "1:a|b 2:! 3:! 4:g|h ");
  assert_rows ("\"a,b\nc,d\n", "1:X");
  assert_rows ("a,b\nfine,M\xfcller\n", "1:a|b 2:X");
  assert_rows ("\xff\xfe"
               "a",
               "1:X");
}

static void
test_csv_long (void)
{
  g_autofree char *cell = g_strnfill (LANYARD_HUB_CSV_MAX_ROW_BYTES + 10, 'x');
  g_autofree char *text = g_strdup_printf ("a,b\n%s,1\nc,d\n", cell);
  g_autofree char *open = g_strdup_printf ("a,b\n\"%s,1\nc,d\n", cell);
  g_autofree char *wide = g_strnfill (600, ',');

  assert_rows (text, "1:a|b 2:! 3:c|d ");
  assert_rows (open, "1:a|b 2:X");
  assert_rows (wide, "1:! ");
}

static void
test_csv_utf16 (void)
{
  static const char text[] = "a\0,\0b\0\n\0";
  g_autofree char *found = describe (text, sizeof text - 1, FALSE, 0);
  g_autofree char *lines = describe ("{\"a\":1}\n\n{}", 11, TRUE, 0);

  g_assert_cmpstr (found, ==, "1:X");
  g_assert_cmpstr (lines, ==, "1:{\"a\":1} 3:{} ");
}

static void
test_seen (void)
{
  g_autoptr (LanyardHubSeen) seen = lanyard_hub_seen_new (NULL);
  guint64 line;

  for (guint round = 0; round < 2; round++)
    for (guint i = 1; i <= 20000; i++)
      {
        g_autofree char *word = g_strdup_printf ("W%u", i);

        g_assert_true (lanyard_hub_seen_add (seen, word, i, &line, NULL));
        g_assert_cmpuint (line, ==, round == 0 ? 0 : i);
      }
  g_assert_cmpuint (lanyard_hub_seen_count (seen), ==, 20000);
  g_assert_true (lanyard_hub_seen_find (seen, "W20001", &line, NULL));
  g_assert_cmpuint (line, ==, 0);
}

static void
test_progress (void)
{
  LanyardHubProgress progress = { .what = "lines", .total = 1000 };
  g_autofree char *half
      = lanyard_hub_progress_format (&progress, 500, 12345, 10 * G_USEC_PER_SEC, 80);
  g_autofree char *narrow
      = lanyard_hub_progress_format (&progress, 500, 12345, 10 * G_USEC_PER_SEC, 20);

  g_assert_cmpstr (half, ==,
                   "[##############--------------]  50 %  12,345 lines, 1,234/s, 0:10 left");
  g_assert_cmpuint (strlen (narrow), <, 20);
}

static const char mapping[]
    = "{\"separator\": \";\", \"fields\": {"
      " \"holder_id\": \"Person\","
      " \"print_name\": {\"template\": \"{First} {Last}\"},"
      " \"family_name\": {\"column\": \"Last\", \"upper\": true},"
      " \"number\": \"Acc\","
      " \"category\": {\"column\": \"Kind\", \"values\": {\"Athlete\": \"AA\", \"*\": \"ZZ\"}},"
      " \"nationality\": {\"column\": \"Land\", \"values\": {\"Utopia\": \"UTO\"}},"
      " \"birth_date\": {\"column\": \"Born\", \"date\": \"%d.%m.%Y\"},"
      " \"documents\": [{\"template\": \"P:UTO:{Pass}\"}, {\"template\": \"I:UTO:{Card}\"}],"
      " \"zones\": {\"column\": \"Zones\", \"split\": \",\", \"values\": {\"one\": \"1\", \"*\": "
      "\"9\"}},"
      " \"valid_from\": {\"constant\": \"01.07.2028\", \"date\": \"%d.%m.%Y\", \"zone\": "
      "\"Europe/Paris\"},"
      " \"valid_until\": {\"column\": \"Until\", \"date\": \"%d.%m.%Y\", \"zone\": "
      "\"Europe/Paris\", \"add_days\": 1},"
      " \"clearances\": {\"BGC\": {\"column\": \"Check\", \"values\": {\"ok\": \"clear\", \"*\": "
      "\"pending\"}}}"
      "}}";

#define HEADER "Person;First;Last;Acc;Kind;Land;Born;Pass;Card;Zones;Until;Check\r\n"

static char *
find_entry (LanyardHub *hub, const char *number)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GBytes) encoded = store->ops->find_entry (store, number, NULL);
  g_autoptr (LanyardEntry) entry = NULL;

  g_assert_nonnull (encoded);
  entry = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), NULL);
  return lanyard_entry_to_json (entry);
}

static void
test_mapping (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *map = hub_write (fixture, "map.json", mapping);
  g_autofree char *first = sync_fixture_number (0);
  g_autofree char *second = sync_fixture_number (1);
  g_autofree char *rejected = g_build_filename (fixture->directory, "rejected.csv", NULL);
  g_autofree char *left = NULL;
  g_autofree char *entry = NULL;
  g_autofree char *text = g_strdup_printf (
      HEADER "p1;Ada;\"Quill;Ink\";%s;Athlete;Utopia;02.03.1990;;C77;one,two;31.07.2028;ok\r\n"
             "p2;Bea;Secretname;%s;Other;Atlantis;02.03.1990;X1;;one;31.07.2028;no\r\n"
             "p3;Cid;Secretname;%s;Other;Utopia;31.02.1990;X2;;;31.07.2028;no\r\n",
      first, second, second);
  g_autofree char *roster = hub_write (fixture, "roster.csv", text);
  g_autoptr (LanyardHub) hub = NULL;
  g_auto (HubRun) run = { 0 };
  GStatBuf info;

  HUB_RUN (&run, "import", "--dir", fixture->hub_directory, "--mapping", map, "--rejected",
           rejected, roster);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_true (g_str_has_prefix (run.out, "1 added, 0 changed, 0 as before, 2 lines not used"));
  g_assert_nonnull (strstr (run.err, "roster.csv:3: member \"nationality\" has a value that"));
  g_assert_nonnull (strstr (run.err, "roster.csv:4: member \"birth_date\" is not of the form "
                                     "%d.%m.%Y"));
  g_assert_null (strstr (run.err, "Secretname"));
  g_assert_null (strstr (run.err, "Atlantis"));
  g_assert_null (strstr (run.err, second));
  left = hub_read (rejected);
  g_assert_true (g_str_has_prefix (left, HEADER "p2;Bea;"));
  g_assert_cmpint (g_stat (rejected, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  hub = lanyard_hub_open (fixture->hub_directory, NULL, NULL);
  entry = find_entry (hub, first);
  g_assert_nonnull (strstr (entry, "\"print_name\":\"Ada Quill;Ink\""));
  g_assert_nonnull (strstr (entry, "\"family_name\":\"QUILL;INK\""));
  g_assert_nonnull (strstr (entry, "\"category\":\"AA\""));
  g_assert_nonnull (strstr (entry, "\"birth_date\":\"1990-03-02\""));
  g_assert_nonnull (strstr (entry, "\"documents\":[\"I:UTO:C77\"]"));
  g_assert_nonnull (strstr (entry, "\"zones\":[\"1\",\"9\"]"));
  g_assert_nonnull (strstr (entry, "\"valid_from\":\"2028-06-30T22:00:00"));
  g_assert_nonnull (strstr (entry, "\"valid_until\":\"2028-07-31T22:00:00"));
  g_assert_nonnull (strstr (entry, "\"BGC\":\"clear\""));
  sync_fixture_free (fixture);
}

/* Mappings that cannot be meant, and files that do not fit them. */
static void
test_refused (void)
{
  static const char *const maps[] = {
    "{",
    "[]",
    "{}",
    "{\"fields\": {\"nome\": \"A\"}}",
    "{\"fields\": {\"number\": 7}}",
    "{\"fields\": {\"number\": {\"colum\": \"A\"}}}",
    "{\"fields\": {\"number\": {\"column\": \"A\", \"date\": \"%q\"}}}",
    "{\"fields\": {\"number\": {\"template\": \"{A\"}}}",
    "{\"fields\": {\"number\": {\"column\": \"A\", \"zone\": \"Nowhere/AtAll\"}}}",
    "{\"separator\": \"x\", \"fields\": {}}",
    "{\"fields\": {\"number\": \"Missing\"}}",
    "{\"fields\": {\"number\": {\"column\": {\"A\": 1}, \"constant\": \"7\"}}}",
  };
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *roster = hub_write (fixture, "roster.csv", "A,B\nSecretname,2\n");
  g_autofree char *bare = hub_write (fixture, "bare.csv", "Secretname,2\nOther,3\n");
  g_autofree char *latin = hub_write (fixture, "latin.csv", "number\nM\xfcller\n");
  g_auto (HubRun) run = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      g_autofree char *map = hub_write (fixture, "map.json", maps[i]);

      HUB_RUN (&run, "import", "--dry-run", "--mapping", map, roster);
      g_assert_cmpint (run.code, ==, 1);
      g_assert_null (strstr (run.err, "Secretname"));
      g_assert_null (strstr (run.err, "CRITICAL"));
      g_assert_cmpuint (strlen (run.err), >, 40);
    }
  HUB_RUN (&run, "import", "--dry-run", bare);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_nonnull (strstr (run.err, "--mapping"));
  g_assert_null (strstr (run.err, "Secretname"));
  HUB_RUN (&run, "import", "--dry-run", latin);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_nonnull (strstr (run.err, "line 2: the file is not UTF-8 text"));
  g_assert_nonnull (strstr (run.err, "iconv"));
  HUB_RUN (&run, "import", "--dry-run", "--separator", "x", roster);
  g_assert_cmpint (run.code, ==, 2);
  HUB_RUN (&run, "import", "--dry-run", "--keep", "--cancel-missing", roster);
  g_assert_cmpint (run.code, ==, 2);
  sync_fixture_free (fixture);
}

/* Writes entries first … first + n - 1 as JSON lines; @category: (nullable): another one. */
static char *
write_lines (SyncFixture *fixture, guint first, guint n, const char *category)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (LanyardEntry) entry = sync_fixture_entry (i);
      g_autofree char *line = NULL;

      if (category != NULL)
        {
          g_free (entry->category);
          entry->category = g_strdup (category);
        }
      line = lanyard_entry_to_json (entry);
      g_string_append_printf (text, "%s\n", line);
    }
  return hub_write (fixture, "lines.jsonl", text->str);
}

static guint
count_cancelled (SyncFixture *fixture, guint n)
{
  g_autoptr (LanyardHub) hub = lanyard_hub_open (fixture->hub_directory, NULL, NULL);
  guint cancelled = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = sync_fixture_number (i);
      g_autofree char *entry = find_entry (hub, number);

      cancelled += strstr (entry, "\"status\":\"cancelled\"") != NULL;
    }
  return cancelled;
}

static void
test_dry_run (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *roster = NULL;
  g_auto (HubRun) run = { 0 };

  sync_fixture_import (fixture, 0, 10);
  roster = write_lines (fixture, 5, 10, "XX");
  HUB_RUN (&run, "import", "--dry-run", "--dir", fixture->hub_directory, "--cancel-missing",
           "--max-missing", "50%", roster);
  g_assert_cmpint (run.code, ==, 0);
  g_assert_cmpstr (run.out, ==,
                   "would be: 5 added, 5 changed, 0 as before, 0 lines not used, 0 photos\n"
                   "  category               in 5\n"
                   "would be: 5 cancelled that the file does not have\n");
  g_assert_cmpuint (sync_fixture_count (fixture, "entries"), ==, 10);
  g_assert_cmpuint (sync_fixture_count (fixture, "gseq"), ==, 10);
  sync_fixture_free (fixture);
}

static void
test_missing (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *roster = NULL;
  g_autofree char *empty = hub_write (fixture, "empty.jsonl", "");
  g_auto (HubRun) run = { 0 };

  sync_fixture_import (fixture, 0, 600);
  roster = write_lines (fixture, 0, 580, NULL);
  HUB_RUN (&run, "import", "--dir", fixture->hub_directory, roster);
  g_assert_cmpint (run.code, ==, 0);
  g_assert_cmpuint (count_cancelled (fixture, 600), ==, 0);
  HUB_RUN (&run, "import", "--dir", fixture->hub_directory, "--cancel-missing", "--max-missing",
           "19", roster);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_nonnull (strstr (run.err, "20 of 600 accreditations are not in the file"));
  g_assert_cmpuint (count_cancelled (fixture, 600), ==, 0);
  HUB_RUN (&run, "import", "--dir", fixture->hub_directory, "--cancel-missing", "--max-missing",
           "100%", empty);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_cmpuint (count_cancelled (fixture, 600), ==, 0);
  HUB_RUN (&run, "import", "--dir", fixture->hub_directory, "--cancel-missing", roster);
  g_assert_cmpint (run.code, ==, 0);
  g_assert_nonnull (strstr (run.out, "20 cancelled that"));
  g_assert_cmpuint (count_cancelled (fixture, 600), ==, 20);
  HUB_RUN (&run, "import", "--dir", fixture->hub_directory, "--cancel-missing", roster);
  g_assert_nonnull (strstr (run.out, "0 cancelled that"));
  sync_fixture_free (fixture);
}

static void
test_max_errors (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *roster = NULL;
  g_autofree char *good = write_lines (fixture, 0, 3, NULL);
  g_autofree char *lines = hub_read (good);
  g_autofree char *text = g_strconcat (lines, "x\nx\nx\nx\n", NULL);
  g_auto (HubRun) run = { 0 };

  roster = hub_write (fixture, "bad.jsonl", text);
  HUB_RUN (&run, "import", "--dir", fixture->hub_directory, "--max-errors", "2", roster);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_nonnull (strstr (run.err, "Stopped in line 5 after 2 lines"));
  g_assert_cmpuint (sync_fixture_count (fixture, "entries"), ==, 3);
  HUB_RUN (&run, "import", "--dir", fixture->hub_directory, "--cancel-missing", roster);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_nonnull (strstr (run.err, "nobody is cancelled"));
  sync_fixture_free (fixture);
}

/* A mapping or a line that only opens brackets ends the stack of whoever follows them. */
static void
test_nested (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *brackets = g_strnfill (130000, '[');
  g_autofree char *closed = g_strnfill (130000, ']');
  g_autofree char *text = g_strconcat ("{\"fields\": ", brackets, closed, "}", NULL);
  g_autofree char *hidden = g_strconcat ("/* \" */ ", text, NULL);
  g_autofree char *line = g_strdup_printf ("{\"A\": %.30000s%.30000s}\n", brackets, closed);
  g_autofree char *map
      = hub_write (fixture, "map.json", "{\"format\": \"jsonl\", \"fields\": {\"number\": \"A\"}}");
  g_autofree char *deep = hub_write (fixture, "deep.json", text);
  g_autofree char *comment = hub_write (fixture, "comment.json", hidden);
  g_autofree char *roster = hub_write (fixture, "deep.jsonl", line);
  const char *maps[] = { deep, comment, map };
  g_auto (HubRun) run = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      HUB_RUN (&run, "import", "--dry-run", "--mapping", maps[i], roster);
      g_assert_cmpint (run.code, ==, 1);
      g_assert_nonnull (strstr (run.err, i < 2 ? "nested deeper" : "not one JSON object"));
    }
  HUB_RUN (&run, "import", "--dry-run", roster);
  g_assert_cmpint (run.code, ==, 1);
  g_assert_nonnull (strstr (run.err, "it is not JSON"));
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/hub-import/csv", test_csv);
  g_test_add_func ("/sync/hub-import/csv-long", test_csv_long);
  g_test_add_func ("/sync/hub-import/csv-utf16", test_csv_utf16);
  g_test_add_func ("/sync/hub-import/seen", test_seen);
  g_test_add_func ("/sync/hub-import/progress", test_progress);
  g_test_add_func ("/sync/hub-import/mapping", test_mapping);
  g_test_add_func ("/sync/hub-import/refused", test_refused);
  g_test_add_func ("/sync/hub-import/nested", test_nested);
  g_test_add_func ("/sync/hub-import/dry-run", test_dry_run);
  g_test_add_func ("/sync/hub-import/missing", test_missing);
  g_test_add_func ("/sync/hub-import/max-errors", test_max_errors);
  return g_test_run ();
}
