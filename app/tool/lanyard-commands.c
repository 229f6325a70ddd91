/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

static const LanyardCommand *const commands[] = {
  &lanyard_command_scan,
  &lanyard_command_pack_check,
  &lanyard_command_pack_sign,
  &lanyard_command_badge_render,
  &lanyard_command_badge_verify,
  &lanyard_command_directory_import,
  &lanyard_command_directory_search,
  &lanyard_command_directory_stats,
  &lanyard_command_directory_list,
  &lanyard_command_directory_document,
  &lanyard_command_document_parse,
  &lanyard_command_pickup,
  &lanyard_command_journal_list,
  &lanyard_command_journal_verify,
  &lanyard_command_journal_export,
  &lanyard_command_printer_list,
  &lanyard_command_printer_check,
  &lanyard_command_printer_test,
  &lanyard_command_journal_shift,
  &lanyard_command_shift_report,
  &lanyard_command_shift_verify,
  &lanyard_command_day_export,
  &lanyard_command_backup_key,
  &lanyard_command_backup_show,
  &lanyard_command_backup_journal,
  &lanyard_command_backup_restore,
  &lanyard_command_doctor,
  &lanyard_command_pin_set,
};

void
lanyard_commands_print_help (void)
{
  g_print ("Usage: lanyard COMMAND [OPTION…] …\n\nThe work of an accreditation desk without a "
           "screen, for scripts, tests and support.\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-18s %s\n", commands[i]->name, commands[i]->summary);
  g_print ("\n'lanyard COMMAND --help' tells more. Exit codes: 0 done, 1 the answer is no, "
           "2 wrong use, 3 the environment failed.\n");
}

const LanyardCommand *
lanyard_commands_find (char **args, char ***rest)
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
