/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-hash.h"
#include "lanyard-zxing.h"
#include "tool-desk.h"

static guint
count_lines (const char *text, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (text, words, -1);

  return g_strv_length (parts) - 1;
}

/* Returns: (transfer full): the one document in the tray */
static char *
find_document (const ToolDesk *desk)
{
  g_autoptr (GDir) dir = g_dir_open (desk->tray, 0, NULL);
  char *path = NULL;
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_suffix (name, ".pdf"))
        continue;
      g_assert_null (path);
      path = g_build_filename (desk->tray, name, NULL);
    }
  g_assert_nonnull (path);
  return path;
}

/* Prints, and shows what came out of the printer back to the desk: the picture is drawn from the
 * document and not from what the desk knows. */
static void
test_issued (void)
{
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) reported = { 0 };
  g_auto (ToolRun) list = { 0 };
  g_auto (ToolRun) verify = { 0 };
  g_auto (ToolRun) again = { 0 };
  g_autofree char *document = NULL;

  tool_desk_init (&desk, "issued");
  tool_run (&reported, NULL, "pickup", "--config", desk.config, "--image", desk.invited, NULL);
  tool_assert_exit (&reported, 0);
  tool_assert_says (reported.out, "confirm");
  tool_assert_says (reported.out, "Reported: ");
  document = find_document (&desk);
  tool_run (&list, NULL, "journal", "list", "--config", desk.config, "--json", NULL);
  tool_assert_exit (&list, 0);
  g_assert_cmpuint (count_lines (list.out, "\"kind\":\"reserved\""), ==, 1);
  g_assert_cmpuint (count_lines (list.out, "\"kind\":\"reported\""), ==, 1);
  g_assert_cmpuint (count_lines (list.out, "SAMPLETON"), ==, 0);
  tool_run (&verify, NULL, "journal", "verify", "--config", desk.config, NULL);
  tool_assert_exit (&verify, 0);

  /* Nobody has said yet whether that badge came out: no second one until somebody does. */
  tool_run (&again, NULL, "pickup", "--config", desk.config, "--image", desk.invited, NULL);
  g_assert_cmpint (again.exit_code, !=, 0);
  g_free (document);
  document = find_document (&desk);
}

/* The file is there, has no names unless they were asked for, and the journal says who has it. */
static void
test_day_export (void)
{
  g_auto (ToolRun) listed = { 0 };
  g_autofree char *people = tool_run_path ("people.pdf");
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) pin = { 0 }, pickup = { 0 }, saved = { 0 }, named = { 0 }, wrong = { 0 };
  g_auto (ToolRun) nowhere = { 0 }, list = { 0 }, french = { 0 };
  g_autofree char *path = tool_run_path ("day.csv"), *text = NULL, *with_names = NULL;
  g_autofree char *in_french = NULL;

  tool_desk_init (&desk, "day-export");
  tool_run (&pin, "258025\n258025\n", "pin", "set", "--config", desk.config, NULL);
  tool_assert_exit (&pin, 0);
  tool_run (&pickup, NULL, "pickup", "--config", desk.config, "--image", desk.invited, NULL);
  tool_assert_exit (&pickup, 0);
  tool_run (&saved, "258025\n", "day", "export", "--config", desk.config, "-o", path, NULL);
  tool_assert_exit (&saved, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  tool_assert_says (text, "Badge,");
  tool_assert_says (text, "Crew");
  g_assert_null (strstr (text, "SAMPLETON"));
  tool_run (&named, "258025\n", "day", "export", "--config", desk.config, "-o", path, "--names",
            NULL);
  tool_assert_exit (&named, 0);
  g_assert_true (g_file_get_contents (path, &with_names, NULL, NULL));
  tool_assert_says (with_names, "Robin SAMPLETON");
  g_setenv ("LANGUAGE", "fr", TRUE);
  tool_run (&listed, "258025\n", "directory", "list", "--config", desk.config, "-o", people,
            "--names", NULL);
  tool_assert_exit (&listed, 0);
  tool_assert_says (listed.out, "1 people with names");
  g_assert_true (g_file_test (people, G_FILE_TEST_EXISTS));
  tool_run (&french, "258025\n", "day", "export", "--config", desk.config, "-o", path, NULL);
  g_unsetenv ("LANGUAGE");
  tool_assert_exit (&french, 0);
  g_assert_true (g_file_get_contents (path, &in_french, NULL, NULL));
  tool_assert_says (in_french, "Dernier changement");
  tool_run (&wrong, "111111\n", "day", "export", "--config", desk.config, "-o", path, NULL);
  tool_assert_exit (&wrong, 1);
  tool_run (&nowhere, "258025\n", "day", "export", "--config", desk.config, "--format", "pdf",
            NULL);
  tool_assert_exit (&nowhere, 2);
  tool_assert_says (nowhere.err, "[exports]");
  tool_run (&list, NULL, "journal", "list", "--config", desk.config, "--json", NULL);
  tool_assert_exit (&list, 0);
  g_assert_cmpuint (count_lines (list.out, "\"kind\":\"day-exported\""), ==, 4);
  tool_assert_says (list.out, "\"names\":1");
  tool_assert_says (list.out, "\"format\":\"people\"");
  tool_assert_says (list.out, "\"format\":\"csv\"");
}

static void
test_scanned_back (void)
{
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) issued = { 0 };
  g_autofree char *picture = tool_run_path ("scan-back.png");
  g_autofree char *prefix = tool_run_path ("scan-back");
  g_autofree char *watch = NULL;
  g_autoptr (GSubprocess) camera = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) last = NULL;
  g_auto (GStrv) lines = NULL;

  tool_desk_init (&desk, "scanned-back");
  /* Somebody who takes what falls into the tray and photographs it. */
  watch = g_strdup_printf ("while ! ls %s/*.pdf > /dev/null 2>&1; do sleep 0.05; done\n"
                           "pdftoppm -png -r 200 -singlefile %s/*.pdf %s.part && "
                           "mv %s.part.png %s",
                           desk.tray, desk.tray, prefix, prefix, picture);
  camera = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "sh", "-c", watch, NULL);
  g_assert_no_error (error);
  tool_run (&issued, NULL, "pickup", "--config", desk.config, "--image", desk.invited,
            "--scan-back", picture, "--json", NULL);
  tool_assert_exit (&issued, 0);
  g_subprocess_wait (camera, NULL, NULL);
  lines = g_strsplit (issued.out, "\n", -1);
  last = tool_run_parse_line (&issued, g_strv_length (lines) - 2);
  g_assert_cmpstr (json_object_get_string_member (last, "result"), ==, "issued");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (last, "serial"), "K0471-"));
}

static void
test_refused (void)
{
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) cancelled = { 0 };
  g_auto (ToolRun) foreign = { 0 };
  g_auto (ToolRun) no_image = { 0 };
  g_auto (ToolRun) no_code = { 0 };
  g_auto (ToolRun) no_config = { 0 };
  g_autofree char *blank = tool_run_path ("blank.png");

  tool_desk_init (&desk, "refused");
  tool_run (&cancelled, NULL, "pickup", "--config", desk.config, "--image", desk.cancelled, NULL);
  tool_assert_exit (&cancelled, 1);
  tool_assert_says (cancelled.err, "refuses");
  tool_run (&foreign, NULL, "pickup", "--config", desk.config, "--image", desk.foreign, NULL);
  tool_assert_exit (&foreign, 1);
  tool_run (&no_image, NULL, "pickup", "--config", desk.config, "--image", "/nowhere.png", NULL);
  tool_assert_exit (&no_image, 2);
  tool_write_blank (blank);
  tool_run (&no_code, NULL, "pickup", "--config", desk.config, "--image", blank, NULL);
  tool_assert_exit (&no_code, 1);
  tool_run (&no_config, NULL, "pickup", "--config", "/nowhere.conf", "--image", desk.invited, NULL);
  tool_assert_exit (&no_config, 2);
}

static void
test_pin (void)
{
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) set = { 0 };
  g_auto (ToolRun) too_short = { 0 };
  g_auto (ToolRun) nothing = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;

  tool_desk_init (&desk, "pin");
  path = g_build_filename (desk.state_dir, "staff.pin", NULL);
  tool_run (&too_short, "12\n", "pin", "set", "--config", desk.config, NULL);
  g_assert_cmpint (too_short.exit_code, !=, 0);
  tool_run (&nothing, NULL, "pin", "set", "--config", desk.config, NULL);
  tool_assert_exit (&nothing, 2);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  tool_run (&set, "246810\n", "pin", "set", "--config", desk.config, NULL);
  tool_assert_exit (&set, 0);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_null (strstr (content, "246810"));
}

static void
test_pins (void)
{
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) first = { 0 };
  g_auto (ToolRun) second = { 0 };
  g_auto (ToolRun) whose = { 0 };
  g_auto (ToolRun) nobody = { 0 };
  g_auto (ToolRun) gone = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *both = NULL;
  g_autofree char *one = NULL;

  tool_desk_init (&desk, "pins");
  path = g_build_filename (desk.state_dir, "staff.pin", NULL);
  tool_run (&first, "246810\n", "pin", "set", "--config", desk.config, "--staff", "27",
            "--supervisor", NULL);
  tool_assert_exit (&first, 0);
  tool_run (&second, "135790\n", "pin", "set", "--config", desk.config, "--staff", "28", NULL);
  tool_assert_exit (&second, 0);
  g_assert_true (g_file_get_contents (path, &both, NULL, NULL));
  tool_assert_says (both, "27 supervisor $argon2id$");
  tool_assert_says (both, "28 staff $argon2id$");
  tool_run (&whose, "246810\n", "pin", "set", "--config", desk.config, "--supervisor", NULL);
  tool_assert_exit (&whose, 2);
  tool_run (&nobody, NULL, "pin", "set", "--config", desk.config, "--staff", "29", "--remove",
            NULL);
  g_assert_cmpint (nobody.exit_code, !=, 0);
  tool_run (&gone, NULL, "pin", "set", "--config", desk.config, "--staff", "28", "--remove", NULL);
  tool_assert_exit (&gone, 0);
  g_assert_true (g_file_get_contents (path, &one, NULL, NULL));
  g_assert_null (strstr (one, "28 staff"));
}

/* A reissue of nothing, and for no reason: the one that works is what test-kills.c does all the
 * time. */
static void
test_reissue (void)
{
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) pin = { 0 };
  g_auto (ToolRun) none_yet = { 0 };
  g_auto (ToolRun) no_reason = { 0 };

  tool_desk_init (&desk, "reissue");
  tool_run (&pin, "246810\n", "pin", "set", "--config", desk.config, NULL);
  tool_assert_exit (&pin, 0);
  tool_run (&none_yet, "246810\n", "pickup", "--config", desk.config, "--image", desk.invited,
            "--reissue", "damaged", NULL);
  tool_assert_exit (&none_yet, 1);
  tool_assert_says (none_yet.err, "no badge that can be made anew");
  tool_run (&no_reason, "246810\n", "pickup", "--config", desk.config, "--image", desk.invited,
            "--reissue", "not-printed", NULL);
  tool_assert_exit (&no_reason, 2);
}

/* Returns: finding of the first line about @check */
static char *
find_finding (const ToolRun *run, const char *check)
{
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonObject) object = tool_run_parse_line (run, i);

      if (g_str_equal (json_object_get_string_member (object, "check"), check))
        return g_strdup (json_object_get_string_member (object, "finding"));
    }
  g_error ("nothing was said of %s: %s", check, run->out);
}

#define assert_finding(run, check, finding)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found = find_finding ((run), (check));                                        \
    g_assert_cmpstr (found, ==, (finding));                                                        \
  }                                                                                                \
  G_STMT_END

/* A scanner that is not plugged in. */
static void
add_scanner (const ToolDesk *desk)
{
  g_autofree char *text = NULL;
  g_autofree char *longer = NULL;

  g_assert_true (g_file_get_contents (desk->config, &text, NULL, NULL));
  longer = g_strconcat (text, "[scanner left]\ntype=serial\ndevice=/dev/lanyard/nowhere\n", NULL);
  g_assert_true (g_file_set_contents (desk->config, longer, -1, NULL));
}

static void
test_doctor_nobody (void)
{
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) run = { 0 };
  g_autofree char *directory = NULL;

  tool_desk_init (&desk, "doctor-nobody");
  directory = g_build_filename (desk.state_dir, "directory.db", NULL);
  g_assert_cmpint (g_remove (directory), ==, 0);
  tool_run (&run, NULL, "doctor", "--config", desk.config, "--json", NULL);
  assert_finding (&run, "directory", "note");
  g_assert_nonnull (strstr (run.out, "K30: This desk knows nobody yet."));
}

static void
test_doctor (void)
{
  g_auto (ToolDesk) desk = { 0 };
  g_auto (ToolRun) without_pin = { 0 };
  g_auto (ToolRun) pin = { 0 };
  g_auto (ToolRun) altered = { 0 };
  g_autofree char *text = NULL;

  tool_desk_init (&desk, "doctor");
  tool_run (&without_pin, NULL, "doctor", "--config", desk.config, "--json", NULL);
  tool_assert_exit (&without_pin, 1);
  assert_finding (&without_pin, "pack", "fine");
  assert_finding (&without_pin, "journal", "fine");
  assert_finding (&without_pin, "directory", "fine");
  assert_finding (&without_pin, "desk key", "fine");
  assert_finding (&without_pin, "printer", "fine");
  assert_finding (&without_pin, "staff PIN", "wrong");
  assert_finding (&without_pin, "codes", lanyard_zxing_is_built_in () ? "fine" : "note");

  tool_run (&pin, "246810\n", "pin", "set", "--config", desk.config, NULL);
  tool_assert_exit (&pin, 0);
  add_scanner (&desk);
  text = g_build_filename (desk.state_dir, "..", "pack", "texts", "zz.json", NULL);
  g_assert_true (g_file_set_contents (text, "{}", -1, NULL));
  tool_run (&altered, NULL, "doctor", "--config", desk.config, "--json", NULL);
  tool_assert_exit (&altered, 1);
  assert_finding (&altered, "staff PIN", "fine");
  assert_finding (&altered, "pack", "wrong");
  assert_finding (&altered, "scanner left", "wrong");
  assert_finding (&altered, "hand scanner", "note");
}

int
main (int argc, char **argv)
{
  tool_run_init (&argc, &argv);
  lanyard_hash_init ();
  g_test_add_func ("/tool/pickup/issued", test_issued);
  g_test_add_func ("/tool/pickup/day-export", test_day_export);
  g_test_add_func ("/tool/pickup/scanned-back", test_scanned_back);
  g_test_add_func ("/tool/pickup/refused", test_refused);
  g_test_add_func ("/tool/pin/set", test_pin);
  g_test_add_func ("/tool/pin/staff", test_pins);
  g_test_add_func ("/tool/pickup/reissue", test_reissue);
  g_test_add_func ("/tool/doctor/all", test_doctor);
  g_test_add_func ("/tool/doctor/nobody", test_doctor_nobody);
  return tool_run_tests ();
}
