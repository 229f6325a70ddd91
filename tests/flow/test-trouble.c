/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a desk shows a code of which nobody can read what it means. */

#include "lanyard-trouble.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-stock.h"
#include "lanyard-view.h"

#define MAX_FAULT 200

static char *
read_page (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "docs",
                                            "when-things-go-wrong.md", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* A row of the page is "| `P30` | cause | remedy |", each of them with words in it. */
static void
assert_row (const char *page, const char *code)
{
  g_autofree char *begin = g_strdup_printf ("\n| `%s` | ", code);
  g_auto (GStrv) parts = g_strsplit (page, begin, 2);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) cells = NULL;

  if (g_strv_length (parts) != 2)
    g_error ("docs/when-things-go-wrong.md has no row for %s", code);
  lines = g_strsplit (parts[1], "\n", 2);
  cells = g_strsplit (lines[0], " | ", -1);
  g_assert_cmpuint (g_strv_length (cells), ==, 2);
  g_assert_cmpuint (strlen (cells[0]), >, 10);
  g_assert_cmpuint (strlen (cells[1]), >, 10);
}

static void
test_documented (void)
{
  g_autofree char *page = read_page ();
  guint n = 0;
  const LanyardTrouble *troubles = lanyard_trouble_list (&n);

  g_assert_cmpuint (n, >, 30);
  for (guint i = 0; i < n; i++)
    assert_row (page, troubles[i].code);
}

/* The page tells of no code that there is not. */
static void
test_page_is_true (void)
{
  g_autofree char *page = read_page ();
  g_autoptr (GRegex) regex = g_regex_new ("^\\| `([PJKE][0-9]+)` ", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (regex, page, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *code = g_match_info_fetch (match, 1);

      if (lanyard_trouble_find (code) == NULL)
        g_error ("docs/when-things-go-wrong.md tells of %s, which no desk shows", code);
      n++;
    }
  g_assert_cmpuint (n, >, 30);
}

static void
test_unique (void)
{
  guint n = 0;
  const LanyardTrouble *troubles = lanyard_trouble_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (lanyard_trouble_find (troubles[i].code) == &troubles[i]);
      g_assert_cmpuint (strlen (troubles[i].cause), >, 10);
    }
}

/* Every fault that there is has its own row, with the number that records carry, and what keeps a
 * desk from printing has a remedy. */
static void
test_faults (void)
{
  for (int value = 1; value <= MAX_FAULT; value++)
    {
      LanyardPrintFault fault = (LanyardPrintFault)value;
      const LanyardTrouble *trouble = lanyard_trouble_for_fault (fault);
      gboolean other = g_str_equal (lanyard_print_fault_to_string (fault), "other");
      g_autofree char *code = g_strdup_printf ("P%d", other ? LANYARD_PRINT_FAULT_OTHER : value);

      g_assert_cmpstr (trouble->code, ==, code);
      if (lanyard_stock_keeps_from_printing (fault))
        g_assert_nonnull (trouble->remedy);
    }
}

/* Whatever error there is, the page shows a code of the table. */
static void
test_errors (void)
{
  for (int code = 0; code <= LANYARD_ERROR_STATE + 10; code += 10)
    {
      g_autoptr (GError) error = g_error_new (LANYARD_ERROR, code, "A sentence.");
      g_autoptr (LanyardView) view = lanyard_view_new_out_of_order (error);

      g_assert_nonnull (lanyard_trouble_find (view->code));
      g_assert_nonnull (lanyard_trouble_find (view->code)->remedy);
      g_assert_cmpstr (view->problem, ==, "A sentence.");
      g_assert_nonnull (lanyard_trouble_for_error ('J', code)->remedy);
    }
  g_assert_cmpstr (lanyard_trouble_for_error ('E', LANYARD_ERROR_BUSY)->code, ==, "E140");
  g_assert_cmpstr (lanyard_trouble_for_error ('J', LANYARD_ERROR_FORK)->code, ==, "J0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/trouble/documented", test_documented);
  g_test_add_func ("/flow/trouble/page-is-true", test_page_is_true);
  g_test_add_func ("/flow/trouble/unique", test_unique);
  g_test_add_func ("/flow/trouble/faults", test_faults);
  g_test_add_func ("/flow/trouble/errors", test_errors);
  return g_test_run ();
}
