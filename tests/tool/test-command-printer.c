/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Set-up of printers from the command line, with real printers and a real CUPS. */

#include <string.h>

#include <glib/gstdio.h>

#include "loopback-queue.h"
#include "loopback.h"
#include "tool-run.h"

/* Returns: (transfer full): a sample pack of the source tree */
static char *
get_pack (const char *name)
{
  return g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs", name, NULL);
}

static void
test_check (void)
{
  g_autoptr (Loopback) loopback = loopback_new ("application/pdf", NULL);
  g_autofree char *pack = get_pack ("summer-games");
  g_auto (ToolRun) fine = { 0 };
  g_auto (ToolRun) json = { 0 };
  g_autoptr (JsonObject) line = NULL;

  if (loopback == NULL)
    return;
  tool_run (&fine, NULL, "printer", "check", loopback->uri, "--pack", pack, NULL);
  tool_assert_exit (&fine, 0);
  tool_assert_says (fine.out, "It is a Loopback Badge Printer.");
  tool_assert_says (fine.out, "template games: ");
  tool_assert_says (fine.out, "template day-pass: ");
  tool_run (&json, NULL, "printer", "check", "--json", loopback->uri, "--pack", pack, NULL);
  tool_assert_exit (&json, 0);
  line = tool_run_parse_line (&json, 0);
  g_assert_cmpstr (json_object_get_string_member (line, "check"), ==, "printer");
  g_assert_cmpstr (json_object_get_string_member (line, "finding"), ==, "fine");
}

/* One that names a size in one place and has not got it in another, and one whose dots are too
 * coarse for the codes. */
static void
test_check_refuses (void)
{
  g_autoptr (Loopback) small = loopback_new_changed ("application/pdf", NULL, "22000", "9000");
  g_autoptr (Loopback) coarse = NULL;
  g_autofree char *games = get_pack ("summer-games"), *cup = get_pack ("small-cup");
  g_auto (ToolRun) size = { 0 };
  g_auto (ToolRun) dots = { 0 };

  if (small == NULL)
    return;
  tool_run (&size, NULL, "printer", "check", small->uri, "--pack", games, NULL);
  tool_assert_exit (&size, 1);
  tool_assert_says (size.out, "template games: ");
  tool_assert_says (size.out, "claims to take this badge and refuses it when asked");
  coarse = loopback_new_changed ("application/pdf", NULL, "300dpi", "100dpi");
  tool_run (&dots, NULL, "printer", "check", coarse->uri, "--pack", cup, NULL);
  tool_assert_exit (&dots, 1);
  tool_assert_says (dots.out, "but a printer of 100 dpi needs");
}

static void
test_check_nobody (void)
{
  g_auto (ToolRun) nobody = { 0 };
  g_auto (ToolRun) nonsense = { 0 };
  g_auto (ToolRun) folder = { 0 };
  g_autofree char *uri = g_strconcat ("file:", g_get_tmp_dir (), NULL);

  tool_run (&nobody, NULL, "printer", "check", "ipp://localhost:9/ipp/print", NULL);
  tool_assert_exit (&nobody, 1);
  tool_assert_says (nobody.out, "cannot be reached");
  tool_run (&nonsense, NULL, "printer", "check", "lpt1", NULL);
  tool_assert_exit (&nonsense, 1);
  tool_assert_says (nonsense.out, "is no printer");
  tool_run (&folder, NULL, "printer", "check", uri, NULL);
  tool_assert_exit (&folder, 0);
}

static void
test_test (void)
{
  g_autoptr (Loopback) loopback = loopback_new ("image/pwg-raster", NULL);
  g_auto (ToolRun) fine = { 0 };
  g_auto (ToolRun) broken = { 0 };
  g_auto (ToolRun) huge = { 0 };
  g_auto (ToolRun) nonsense = { 0 };

  if (loopback == NULL)
    return;
  tool_run (&fine, NULL, "printer", "test", loopback->uri, NULL);
  tool_assert_exit (&fine, 0);
  tool_assert_says (fine.out, "spooled");
  tool_assert_says (fine.out, "completed");
  tool_assert_says (fine.out, "the line is 70 mm long");
  g_assert_cmpuint (loopback_count (loopback), ==, 1);
  loopback_behave (loopback, "exit 1");
  tool_run (&broken, NULL, "printer", "test", "--json", loopback->uri, "--size", "105x135", NULL);
  tool_assert_exit (&broken, 1);
  tool_assert_says (broken.out, "\"state\":\"ended\"");
  tool_assert_says (broken.err, "look into the tray");
  tool_run (&huge, NULL, "printer", "test", loopback->uri, "--size", "300x300", NULL);
  tool_assert_exit (&huge, 1);
  tool_assert_says (huge.err, "has no media of 300.00 × 300.00 mm");
  tool_run (&nonsense, NULL, "printer", "test", loopback->uri, "--size", "large", NULL);
  tool_assert_exit (&nonsense, 2);
  g_assert_cmpuint (loopback_count (loopback), ==, 1);
}

static void
test_list (void)
{
  g_autoptr (Loopback) loopback = loopback_new ("application/pdf", NULL);
  g_autoptr (Queue) queue = loopback != NULL ? queue_new (NULL, "abort-job") : NULL;
  g_autofree char *bus = NULL, *socket = NULL, *port = NULL;
  g_auto (ToolRun) list = { 0 };
  g_auto (ToolRun) json = { 0 };
  g_autoptr (JsonObject) line = NULL;

  if (queue == NULL)
    return;
  bus = loopback_dup_bus (loopback);
  socket = g_build_filename (queue->dir, "socket", NULL);
  port = g_strdup_printf (":%s/ipp/print", loopback->port);
  g_setenv ("CUPS_SERVER", socket, TRUE);
  if (*bus != '\0')
    g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", bus, TRUE);
  tool_run (&list, NULL, "printer", "list", "--seconds", "2", NULL);
  tool_run (&json, NULL, "printer", "list", "--json", "--seconds", "2", NULL);
  g_unsetenv ("CUPS_SERVER");
  g_unsetenv ("DBUS_SYSTEM_BUS_ADDRESS");
  tool_assert_exit (&list, 0);
  tool_assert_says (list.out, "cups:badges\tbadges (Loopback Badge Queue)\n");
  tool_assert_says (list.out, port);
  tool_assert_exit (&json, 0);
  line = tool_run_parse_line (&json, 0);
  g_assert_cmpstr (json_object_get_string_member (line, "uri"), ==, "cups:badges");
  g_assert_cmpstr (json_object_get_string_member (line, "kind"), ==, "queue");
}

int
main (int argc, char **argv)
{
  tool_run_init (&argc, &argv);
  g_test_add_func ("/tool/printer/check", test_check);
  g_test_add_func ("/tool/printer/check-refuses", test_check_refuses);
  g_test_add_func ("/tool/printer/check-nobody", test_check_nobody);
  g_test_add_func ("/tool/printer/test", test_test);
  g_test_add_func ("/tool/printer/list", test_list);
  return tool_run_tests ();
}
