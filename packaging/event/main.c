/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include <locale.h>
#include <string.h>

#include "demo-commands.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"

static const char SUMMARY[]
    = "lanyard-demo-event roster --pack DIR -o DIR [--count N] [--seed N] [--date YYYY-MM-DD] "
      "[--venue CODE] [--no-photos]\n"
      "lanyard-demo-event photograph (--text TEXT | --image FILE) -o FILE.png [--seed N] "
      "[--size WxH] [--hardness easy|normal|hard]\n"
      "\n"
      "Makes up people and photographs for demonstrations and tests. Equal seeds give equal "
      "results.\n";

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  setlocale (LC_ALL, "");
  lanyard_hash_init ();
  if (argc >= 2 && strcmp (argv[1], "roster") == 0)
    done = demo_command_roster (argc - 1, argv + 1, &error);
  else if (argc >= 2 && strcmp (argv[1], "photograph") == 0)
    done = demo_command_photograph (argc - 1, argv + 1, &error);
  else
    {
      g_print ("%s", SUMMARY);
      return argc == 2 && strcmp (argv[1], "--help") == 0 ? 0 : 2;
    }
  if (!done)
    g_printerr ("lanyard-demo-event: %s\n", error->message);
  return lanyard_error_exit_code (error);
}
