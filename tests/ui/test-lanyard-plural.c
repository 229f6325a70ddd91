/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "lanyard-plural.h"

typedef struct
{
  const char *expression;
  gulong n;
  gulong form;
} Case;

/* The expressions are those of the GNU gettext manual, "Additional functions for plural forms". */
#define ARABIC "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
#define POLISH "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"

static const Case CASES[] = {
  { "0", 7, 0 },     { "n != 1", 1, 0 }, { "n != 1", 0, 1 }, { "(n > 1)", 1, 0 },
  { "n>1", 2, 1 },   { ARABIC, 0, 0 },   { ARABIC, 1, 1 },   { ARABIC, 2, 2 },
  { ARABIC, 7, 3 },  { ARABIC, 111, 4 }, { ARABIC, 100, 5 }, { POLISH, 1, 0 },
  { POLISH, 22, 1 }, { POLISH, 12, 2 },  { POLISH, 112, 2 }, { "n*2+1", 3, 7 },
  { "!n", 0, 1 },    { "n-1-1", 5, 3 },  { "1+2*3", 0, 7 },  { "n<=2", 2, 1 },
};

static void
test_expressions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gulong form = 99;

      g_test_message ("%s of %lu", CASES[i].expression, CASES[i].n);
      g_assert_true (lanyard_plural_evaluate (CASES[i].expression, CASES[i].n, &form));
      g_assert_cmpuint (form, ==, CASES[i].form);
    }
}

static void
test_nonsense (void)
{
  const char *const nonsense[] = { "",    "n ? 1", "(n",   "n)",  "n n", "x",  "n/0",
                                   "n%0", "1 2",   "n ==", "==n", "&&",  "?:", "99999999999" };
  g_autoptr (GString) deep = g_string_new (NULL);
  gulong form = 99;

  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_test_message ("%s", nonsense[i]);
      g_assert_false (lanyard_plural_evaluate (nonsense[i], 3, &form));
      g_assert_cmpuint (form, ==, 0);
    }
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, i % 2 == 0 ? '(' : '!');
  g_assert_false (lanyard_plural_evaluate (deep->str, 3, &form));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/plural/expressions", test_expressions);
  g_test_add_func ("/ui/plural/nonsense", test_nonsense);
  return g_test_run ();
}
