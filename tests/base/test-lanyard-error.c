/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-error.h"

#include <gio/gio.h>

static void
test_exit_codes (void)
{
  static const struct
  {
    LanyardError code;
    int exit_code;
  } cases[] = {
    { LANYARD_ERROR_INVALID, 1 }, { LANYARD_ERROR_SIGNATURE, 1 }, { LANYARD_ERROR_UNTRUSTED, 1 },
    { LANYARD_ERROR_EXPIRED, 1 }, { LANYARD_ERROR_REVOKED, 1 },   { LANYARD_ERROR_NOT_FOUND, 1 },
    { LANYARD_ERROR_REFUSED, 1 }, { LANYARD_ERROR_USAGE, 2 },     { LANYARD_ERROR_CORRUPT, 3 },
    { LANYARD_ERROR_NEWER, 3 },   { LANYARD_ERROR_FULL, 3 },      { LANYARD_ERROR_IO, 3 },
    { LANYARD_ERROR_NETWORK, 3 }, { LANYARD_ERROR_BUSY, 3 },      { LANYARD_ERROR_UNAVAILABLE, 3 },
  };

  g_assert_cmpint (lanyard_error_exit_code (NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (LANYARD_ERROR, cases[i].code, "x");

      g_assert_cmpint (lanyard_error_exit_code (error), ==, cases[i].exit_code);
    }
}

static void
test_retryable (void)
{
  g_autoptr (GError) network = g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_NETWORK, "x");
  g_autoptr (GError) refused = g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_REFUSED, "x");
  g_autoptr (GError) time_out = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "x");
  g_autoptr (GError) no_space = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x");

  g_assert_true (lanyard_error_is_retryable (network));
  g_assert_true (lanyard_error_is_retryable (time_out));
  g_assert_false (lanyard_error_is_retryable (refused));
  g_assert_false (lanyard_error_is_retryable (no_space));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/exit-codes", test_exit_codes);
  g_test_add_func ("/error/retryable", test_retryable);
  return g_test_run ();
}
