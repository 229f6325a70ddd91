/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include <locale.h>

#include "lanyard-command.h"
#include "lanyard-hash.h"

int
main (int argc, char **argv)
{
  const LanyardCommand *command;
  g_autoptr (GError) error = NULL;
  char **rest;

  setlocale (LC_ALL, "");
  lanyard_hash_init ();
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help"))
    return lanyard_commands_print_help (), argc < 2 ? 2 : 0;
  if (g_str_equal (argv[1], "--version"))
    return g_print ("lanyard %s\n", LANYARD_VERSION), 0;

  command = lanyard_commands_find (argv + 1, &rest);
  if (command == NULL)
    g_set_error (&error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "There is no command '%s'; 'lanyard --help' lists them.", argv[1]);
  else if (command->run (rest, &error))
    return 0;
  g_printerr ("lanyard: %s\n", error->message);
  return lanyard_error_exit_code (error);
}
