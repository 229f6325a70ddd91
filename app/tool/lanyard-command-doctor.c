/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-desk-files.h"
#include "lanyard-doctor.h"
#include "lanyard-output.h"

static const char *const finding_names[] = {
  [LANYARD_FINDING_FINE] = "fine",
  [LANYARD_FINDING_NOTE] = "note",
  [LANYARD_FINDING_WRONG] = "wrong",
};

/* In the order in which somebody would look: later checks need what earlier ones opened. */
static const struct
{
  void (*check) (LanyardDoctor *doctor);
  gboolean needs_config;
} checks[] = {
  { lanyard_doctor_check_pack, TRUE },         { lanyard_doctor_check_vault, TRUE },
  { lanyard_doctor_check_journal, TRUE },      { lanyard_doctor_check_directory, TRUE },
  { lanyard_doctor_check_desk_key, TRUE },     { lanyard_doctor_check_pin, TRUE },
  { lanyard_doctor_check_camera, TRUE },       { lanyard_doctor_check_scanners, TRUE },
  { lanyard_doctor_check_printer, TRUE },      { lanyard_doctor_check_hub, TRUE },
  { lanyard_doctor_check_tls, TRUE },          { lanyard_doctor_check_disk, TRUE },
  { lanyard_doctor_check_backup, TRUE },       { lanyard_doctor_check_elements, FALSE },
  { lanyard_doctor_check_symbologies, FALSE }, { lanyard_doctor_check_fonts, FALSE },
  { lanyard_doctor_check_speech, FALSE },      { lanyard_doctor_check_clock, FALSE },
  { lanyard_doctor_check_programs, FALSE },
};

void
lanyard_doctor_clear (LanyardDoctor *doctor)
{
  g_clear_pointer (&doctor->config, lanyard_config_free);
  g_clear_pointer (&doctor->pack, lanyard_pack_unref);
}

void
lanyard_doctor_report (LanyardDoctor *doctor,
                       const char *what,
                       LanyardFinding finding,
                       const char *format,
                       ...)
{
  g_autofree char *words = NULL;
  JsonBuilder *builder;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  if (finding == LANYARD_FINDING_WRONG)
    doctor->n_wrong++;
  if (!doctor->json)
    {
      g_print ("%-5s  %-13s  %s\n", finding_names[finding], what, words);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "check", what);
  lanyard_output_member (builder, "finding", finding_names[finding]);
  lanyard_output_member (builder, "words", words);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

/* Without --config the machine alone is examined, unless the desk's configuration is at its usual
 * place. */
static gboolean
load_config (LanyardDoctor *doctor, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  doctor->config = lanyard_desk_files_load_config (path, &local_error);
  if (doctor->config != NULL)
    lanyard_doctor_report (doctor, "configuration", LANYARD_FINDING_FINE, "%s makes sense.",
                           doctor->config->path);
  else if (path == NULL)
    lanyard_doctor_report (doctor, "configuration", LANYARD_FINDING_NOTE,
                           "No --config: only this machine is examined.");
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_doctor;
  g_autofree char *config_path = NULL;
  g_auto (GStrv) words = NULL;
  g_auto (LanyardDoctor) doctor = { 0 };
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &doctor.json, "One JSON object a check and line", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (self, args, entries,
                              "Changes nothing. The exit code is 1 when something is wrong.", error)
      || !lanyard_command_require_words (self, words, 0, 0, error)
      || !load_config (&doctor, config_path, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (doctor.config != NULL || !checks[i].needs_config)
        checks[i].check (&doctor);
    }
  if (doctor.n_wrong == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE, "%u %s wrong on this desk.",
               doctor.n_wrong, doctor.n_wrong == 1 ? "thing is" : "things are");
  return FALSE;
}

const LanyardCommand lanyard_command_doctor = {
  .name = "doctor",
  .parameters = "",
  .summary = "Tell what is installed, reachable and right on this desk",
  .run = run,
};
