/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-doctor.h"
#include "lanyard-printer-choice.h"
#include "lanyard-printer-report.h"

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_printer_check;
  g_auto (LanyardPrinterChoice) choice = { 0 };
  g_auto (LanyardDoctor) doctor = { 0 };
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &choice.config_path, "Printers and pack of this desk",
      "FILE" },
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &choice.pack_dir, "Templates of this pack instead",
      "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &doctor.json, "One JSON object a finding and line", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &choice.words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  const char *uri;

  if (!lanyard_command_parse (self, args, entries,
                              "Asks a printer everything, and whether it takes each template of "
                              "the pack at its true size. Prints nothing. Without URI the "
                              "printers of the desk are asked. The exit code is 1 when something "
                              "is wrong.",
                              error)
      || !lanyard_printer_choice_load (&choice, self, error))
    return FALSE;
  doctor.config = g_steal_pointer (&choice.config);
  doctor.pack = g_steal_pointer (&choice.pack);
  uri = lanyard_printer_choice_get_uri (&choice);
  if (uri != NULL)
    lanyard_printer_report (&doctor, "printer", uri);
  else
    lanyard_doctor_check_printer (&doctor);
  if (doctor.n_wrong == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE, "%u %s wrong with this printer.",
               doctor.n_wrong, doctor.n_wrong == 1 ? "thing is" : "things are");
  return FALSE;
}

const LanyardCommand lanyard_command_printer_check = {
  .name = "printer check",
  .parameters = "[URI]",
  .summary = "Ask a printer whether it takes the event's badges",
  .run = run,
};
