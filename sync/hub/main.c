/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <locale.h>
#include <stdlib.h>

#include "lanyard-hash.h"
#include "lanyard-hub-command.h"

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *summary;
} commands[] = {
  { "init", lanyard_hub_command_init, "make a hub for an event" },
  { "import", lanyard_hub_command_import, "take in a roster and photos" },
  { "invite", lanyard_hub_command_invite, "write signed invitations" },
  { "enrol", lanyard_hub_command_enrol, "print a one-time code for a desk" },
  { "serve", lanyard_hub_command_serve, "serve desks until told to stop" },
  { "snapshot", lanyard_hub_command_snapshot, "make what new desks begin with" },
  { "pack", lanyard_hub_command_pack, "publish an edition of the pack, say who has it" },
  { "compact", lanyard_hub_command_compact, "forget changes that the snapshot covers" },
  { "status", lanyard_hub_command_status, "say what the hub has" },
  { "devices", lanyard_hub_command_devices, "list desks, revoke one, set one up anew" },
  { "conflicts", lanyard_hub_command_conflicts,
    "show accreditations with more than one badge out" },
  { "questions", lanyard_hub_command_questions, "show badges left in the printer of a lost desk" },
  { "quarantine", lanyard_hub_command_quarantine, "look at records that make no sense" },
  { "export", lanyard_hub_command_export, "write records, pickups or badges to a file" },
  { "rebuild", lanyard_hub_command_rebuild, "make the store anew from desks' journals" },
};

static int
print_help (int code)
{
  GString *text = g_string_new ("Usage: lanyard-hub COMMAND [OPTIONS]\n\n");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name, commands[i].summary);
  g_string_append (text, "\nlanyard-hub COMMAND --help tells more.\n"
                         "Exit codes: 0 done, 1 the answer is no, 2 wrong use, 3 this machine "
                         "failed.\n");
  if (code == 0)
    g_print ("%s", text->str);
  else
    g_printerr ("%s", text->str);
  g_string_free (text, TRUE);
  return code;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  lanyard_hash_init ();
  if (argc < 2)
    return print_help (2);
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    return print_help (0);
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("lanyard-hub %s\n", LANYARD_VERSION);
      return EXIT_SUCCESS;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, argv[1]))
      return commands[i].run (argc - 1, argv + 1);
  g_printerr ("lanyard-hub: there is no command %s.\n", argv[1]);
  return print_help (2);
}
