/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include <locale.h>
#include <string.h>

#include "lanyard-command.h"
#include "lanyard-hash.h"

static const LanyardCommand *const commands[] = {
  &lanyard_command_scan,
  &lanyard_command_badge_verify,
};

static void
print_help (void)
{
  g_print ("Usage: lanyard COMMAND [OPTION…] …\n\nThe work of an accreditation desk without a "
           "screen, for scripts, tests and support.\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-17s %s\n", commands[i]->name, commands[i]->summary);
  g_print ("\n'lanyard COMMAND --help' tells more. Exit codes: 0 done, 1 the answer is no, "
           "2 wrong use, 3 the environment failed.\n");
}

/* Returns: the command that @args begins with; *rest is what stands behind its name */
static const LanyardCommand *
find_command (char **args, char ***rest)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) words = g_strsplit (commands[i]->name, " ", -1);
      guint n = 0;

      while (words[n] != NULL && g_strcmp0 (words[n], args[n]) == 0)
        n++;
      *rest = args + n;
      if (words[n] == NULL)
        return commands[i];
    }
  return NULL;
}

int
main (int argc, char **argv)
{
  const LanyardCommand *command;
  g_autoptr (GError) error = NULL;
  char **rest;

  setlocale (LC_ALL, "");
  lanyard_hash_init ();
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help"))
    return print_help (), argc < 2 ? 2 : 0;
  if (g_str_equal (argv[1], "--version"))
    return g_print ("lanyard %s\n", LANYARD_VERSION), 0;

  command = find_command (argv + 1, &rest);
  if (command == NULL)
    g_set_error (&error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "There is no command '%s'; 'lanyard --help' lists them.", argv[1]);
  else if (command->run (rest, &error))
    return 0;
  g_printerr ("lanyard: %s\n", error->message);
  return lanyard_error_exit_code (error);
}
