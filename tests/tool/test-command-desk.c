/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-hash.h"
#include "lanyard-journal.h"
#include "tool-run.h"

#define LINE(number, name)                                                                         \
  "{\"holder_id\":\"" number "\",\"print_name\":\"" name "\",\"number\":\"" number "\","           \
  "\"category\":\"PLAYER\",\"valid_from\":\"2026-01-01T00:00:00Z\","                               \
  "\"valid_until\":\"2036-01-01T00:00:00Z\"}\n"

/* Returns: (transfer full): path of a configuration of its own for each test */
static char *
write_config (const char *hub)
{
  char *path;
  g_autofree char *folder = tool_run_path (g_test_get_path () + 1);
  g_autofree char *config = g_strdup_printf ("[desk]\nstate-dir=state\nvenue=V1\n"
                                             "[pack]\ndirectory=pack\nroot-key=%064d\n"
                                             "[hub]\nurls=%s\n"
                                             "[printer]\nuri=file:prints\n",
                                             0, hub);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  path = g_build_filename (folder, "lanyard.conf", NULL);
  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  return path;
}

static char *
get_state_path (const char *name)
{
  g_autofree char *folder = tool_run_path (g_test_get_path () + 1);

  return g_build_filename (folder, "state", name, NULL);
}

static void
test_directory (void)
{
  g_autofree char *config = write_config ("");
  g_autofree char *roster = tool_run_path ("roster.jsonl");
  g_auto (ToolRun) import = { 0 };
  g_auto (ToolRun) search = { 0 };
  g_auto (ToolRun) nobody = { 0 };
  g_auto (ToolRun) stats = { 0 };
  g_autoptr (JsonObject) hit = NULL;
  g_autoptr (JsonObject) numbers = NULL;

  g_assert_true (g_file_set_contents (
      roster, LINE ("26SAMPLE0X", "Robin SAMPLETON") "\n" LINE ("26SAMPLE1V", "Zoë BEISPIEL"), -1,
      NULL));
  tool_run (&import, NULL, "directory", "import", "--config", config, roster, NULL);
  tool_assert_exit (&import, 0);
  tool_run (&search, NULL, "directory", "search", "--config", config, "--json", "zoe", "bei", NULL);
  tool_assert_exit (&search, 0);
  hit = tool_run_parse_line (&search, 0);
  g_assert_cmpstr (json_object_get_string_member (hit, "number"), ==, "26SAMPLE1V");
  tool_run (&nobody, NULL, "directory", "search", "--config", config, "quux", NULL);
  tool_assert_exit (&nobody, 1);
  tool_run (&stats, NULL, "directory", "stats", "--config", config, "--json", NULL);
  tool_assert_exit (&stats, 0);
  numbers = tool_run_parse_line (&stats, 0);
  g_assert_cmpint (json_object_get_int_member (numbers, "size"), ==, 2);
}

/* A bad line is told with its number and without its content, and the others are taken. */
static void
test_bad_roster (void)
{
  g_autofree char *config = write_config ("");
  g_autofree char *roster = tool_run_path ("bad.jsonl");
  g_auto (ToolRun) import = { 0 };
  g_auto (ToolRun) stats = { 0 };

  g_assert_true (g_file_set_contents (
      roster,
      LINE ("26SAMPLE0X", "Robin SAMPLETON")
          LINE ("26SAMPLE1Q", "Zoë BEISPIEL") "{ nothing\n" LINE ("26SAMPLE1V", "Io"),
      -1, NULL));
  tool_run (&import, NULL, "directory", "import", "--config", config, roster, NULL);
  tool_assert_exit (&import, 1);
  tool_assert_says (import.err, "line 2");
  tool_assert_says (import.err, "line 3");
  g_assert_null (strstr (import.err, "BEISPIEL"));
  tool_run (&stats, NULL, "directory", "stats", "--config", config, "--json", NULL);
  tool_assert_says (stats.out, "\"size\":2");
}

/* Rows with an order of their own would hide those of the hub. */
static void
test_import_beside_hub (void)
{
  g_autofree char *config = write_config ("http://127.0.0.1:1");
  g_autofree char *roster = tool_run_path ("roster.jsonl");
  g_auto (ToolRun) run = { 0 };

  g_assert_true (g_file_set_contents (roster, LINE ("26SAMPLE0X", "Robin SAMPLETON"), -1, NULL));
  tool_run (&run, NULL, "directory", "import", "--config", config, roster, NULL);
  tool_assert_exit (&run, 2);
  tool_assert_says (run.err, "lanyard-hub import");
}

static LanyardJournal *
make_journal (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  LanyardJournal *journal;
  LanyardStep step = { .kind = LANYARD_RECORD_STARTED };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  journal = lanyard_journal_open (path, LANYARD_JOURNAL_CREATE, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      lanyard_journal_commit (journal, &step, NULL, &error);
      g_assert_no_error (error);
    }
  return journal;
}

static void
test_journal (void)
{
  g_autofree char *config = write_config ("");
  g_autofree char *path = get_state_path ("journal.db");
  g_auto (ToolRun) list = { 0 };
  g_auto (ToolRun) verify = { 0 };
  g_auto (ToolRun) export = { 0 };
  g_auto (ToolRun) for_people = { 0 };
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) third = NULL;
  g_autoptr (JsonObject) exported = NULL;
  g_autoptr (JsonObject) verified = NULL;

  lanyard_journal_close (make_journal (path));
  tool_run (&list, NULL, "journal", "list", "--config", config, "--json", NULL);
  tool_assert_exit (&list, 0);
  first = tool_run_parse_line (&list, 0);
  third = tool_run_parse_line (&list, 2);
  g_assert_cmpint (json_object_get_int_member (first, "seq"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (third, "seq"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (first, "kind"), ==, "started");

  tool_run (&export, NULL, "journal", "export", "--journal", path, NULL);
  tool_assert_exit (&export, 0);
  exported = tool_run_parse_line (&export, 2);
  g_assert_cmpstr (json_object_get_string_member (exported, "hash"), ==,
                   json_object_get_string_member (third, "hash"));
  g_assert_true (json_object_has_member (exported, "encoded"));

  tool_run (&verify, NULL, "journal", "verify", "--config", config, "--json", NULL);
  tool_assert_exit (&verify, 0);
  verified = tool_run_parse_line (&verify, 0);
  g_assert_cmpint (json_object_get_int_member (verified, "records"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (verified, "head"), ==,
                   json_object_get_string_member (third, "hash"));
  tool_run (&for_people, NULL, "journal", "verify", "--config", config, NULL);
  tool_assert_says (for_people.out, "The chain holds: 3 records");
}

/* While a kiosk holds its journal, the tool says so and leaves it alone. */
static void
test_journal_held (void)
{
  g_autofree char *config = write_config ("");
  g_autofree char *path = get_state_path ("journal.db");
  g_autoptr (LanyardJournal) journal = make_journal (path);
  g_auto (ToolRun) run = { 0 };

  tool_run (&run, NULL, "journal", "list", "--config", config, NULL);
  tool_assert_exit (&run, 3);
  tool_assert_says (run.err, "journal");
  g_assert_cmpstr (run.out, ==, "");
}

static void
test_journal_wrong (void)
{
  g_autofree char *config = write_config ("");
  g_autofree char *path = get_state_path ("journal.db");
  g_autofree char *folder = g_path_get_dirname (path);
  g_auto (ToolRun) no_config = { 0 };
  g_auto (ToolRun) no_journal = { 0 };
  g_auto (ToolRun) no_database = { 0 };

  tool_run (&no_config, NULL, "journal", "list", "--config", "/nowhere.conf", NULL);
  tool_assert_exit (&no_config, 2);
  tool_run (&no_journal, NULL, "journal", "list", "--config", config, NULL);
  tool_assert_exit (&no_journal, 2);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "this is no database, whatever its name", -1, NULL));
  tool_run (&no_database, NULL, "journal", "verify", "--config", config, NULL);
  tool_assert_exit (&no_database, 3);
}

static void
load_cards (const char *path, guint cards)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (path, LANYARD_JOURNAL_CREATE, NULL, &error);
  const guint8 bytes[] = { 0xa1, 0x18, LANYARD_BODY_CARDS, (guint8)cards };
  g_autoptr (GBytes) body = g_bytes_new (bytes, sizeof bytes);
  LanyardStep step = { .kind = LANYARD_RECORD_CARDS_LOADED, .body = body };

  g_assert_no_error (error);
  lanyard_journal_commit (journal, &step, NULL, &error);
  g_assert_no_error (error);
}

/* Cards that staff recorded are told by the doctor and in the table of the shift. */
static void
test_shift (void)
{
  g_autofree char *config = write_config ("");
  g_autofree char *journal = get_state_path ("journal.db");
  g_autofree char *folder = g_path_get_dirname (journal);
  g_auto (ToolRun) json = { 0 };
  g_auto (ToolRun) words = { 0 };
  g_auto (ToolRun) doctor = { 0 };
  g_autoptr (JsonObject) shift = NULL;
  JsonArray *present;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  load_cards (journal, 9);
  tool_run (&json, NULL, "journal", "shift", "--config", config, "--json", NULL);
  tool_assert_exit (&json, 0);
  shift = tool_run_parse_line (&json, 0);
  present = json_object_get_array_member (shift, "present");
  g_assert_cmpuint (json_array_get_length (present), ==, 1);
  g_assert_cmpint (
      json_object_get_int_member (json_array_get_object_element (present, 0), "cards_left"), ==, 9);
  g_assert_true (json_object_get_null_member (shift, "closed"));
  tool_run (&words, NULL, "journal", "shift", "--journal", journal, NULL);
  tool_assert_exit (&words, 0);
  g_assert_nonnull (strstr (words.out, "No shift was closed yet."));
  g_assert_nonnull (strstr (words.out, "9 put in"));
  tool_run (&doctor, NULL, "doctor", "--config", config, NULL);
  g_assert_nonnull (strstr (doctor.out, "9 left in printer 'main'"));
}

int
main (int argc, char **argv)
{
  tool_run_init (&argc, &argv);
  lanyard_hash_init ();
  g_test_add_func ("/tool/directory/all", test_directory);
  g_test_add_func ("/tool/directory/bad-roster", test_bad_roster);
  g_test_add_func ("/tool/directory/beside-hub", test_import_beside_hub);
  g_test_add_func ("/tool/journal/all", test_journal);
  g_test_add_func ("/tool/journal/held", test_journal_held);
  g_test_add_func ("/tool/journal/wrong", test_journal_wrong);
  g_test_add_func ("/tool/journal/shift", test_shift);
  return tool_run_tests ();
}
