/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lanyard-desk-files.h"
#include "lanyard-desk.h"
#include "lanyard-error.h"
#include "lanyard-output.h"
#include "lanyard-pickup-notice.h"
#include "lanyard-tool-words.h"

#define MAX_PIN_BYTES 128
#define LIMIT_S 300

/* One export: a supervisor signs in, and what the screen would ask for is asked for here. */
typedef struct
{
  LanyardDesk *desk; /* borrowed */
  LanyardExportAsk ask;
  char *staff; /* owned (nullable) */
  char pin[MAX_PIN_BYTES];
  gboolean json;

  GMainLoop *loop;     /* owned */
  guint64 notice_seen; /* notice_generation of the last notice */
  gboolean signed_in;
  gboolean asked;        /* the answer is on its way */
  LanyardExport *export; /* owned (nullable) */
  GError *error;         /* owned (nullable) */
} Saving;

static void
saving_clear (Saving *saving)
{
  g_clear_pointer (&saving->loop, g_main_loop_unref);
  g_clear_pointer (&saving->export, lanyard_export_free);
  g_clear_error (&saving->error);
  g_free (saving->staff);
  sodium_memzero (saving, sizeof *saving);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Saving, saving_clear)

/* @error: (transfer full) (nullable) */
static void
end (Saving *saving, GError *error)
{
  if (saving->error == NULL)
    saving->error = error;
  else
    g_clear_error (&error);
  g_main_loop_quit (saving->loop);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (GError) error = NULL;

  saving->asked = FALSE;
  saving->export = lanyard_desk_export_day_finish (result, &error);
  /* The desk tells a new status when the day is read. */
  if (!g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_STATE))
    end (saving, g_steal_pointer (&error));
}

static void
ask (Saving *saving)
{
  if (!saving->signed_in || saving->asked || saving->export != NULL)
    return;
  saving->asked = TRUE;
  lanyard_desk_export_day_async (saving->desk, &saving->ask, NULL, on_exported, saving);
}

static void
on_view (LanyardView *view, gpointer user_data)
{
  Saving *saving = user_data;
  const char *words = NULL;

  if (view->notice != LANYARD_NOTICE_NONE && view->notice_generation != saving->notice_seen)
    words = lanyard_pickup_notice_get_words (view->notice);
  saving->notice_seen = view->notice_generation;
  if (words != NULL && !saving->signed_in)
    {
      end (saving, g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_REFUSED, words));
      return;
    }
  saving->signed_in = view->staff_signed_in;
  ask (saving);
}

static void
on_status (const LanyardDeskStatus *status, gpointer user_data)
{
  ask (user_data);
}

static gboolean
on_limit (gpointer user_data)
{
  end (user_data, g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                               "The export did not end in time; no file was kept."));
  return G_SOURCE_CONTINUE;
}

static void
print_result (const Saving *saving)
{
  JsonBuilder *builder;

  if (!saving->json && saving->ask.format == LANYARD_EXPORT_SHIFT)
    {
      g_print ("The report of the shift is in %s, its signature beside it.\n",
               saving->export->path);
      return;
    }
  if (!saving->json)
    {
      g_print ("%u %s %s names are in %s.\n", saving->export->n_rows,
               saving->ask.format == LANYARD_EXPORT_PEOPLE ? "people" : "transactions",
               saving->ask.names ? "with" : "without", saving->export->path);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "path", saving->export->path);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, saving->export->n_rows);
  json_builder_set_member_name (builder, "names");
  json_builder_add_boolean_value (builder, saving->ask.names);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static gboolean
save (Saving *saving, LanyardConfig *config, GError **error)
{
  g_autoptr (LanyardDesk) desk = lanyard_desk_open (config, NULL, error);
  g_autofree char *language = NULL;
  g_auto (GStrv) words = NULL;
  guint limit_id;

  if (desk == NULL)
    return FALSE;
  words = lanyard_tool_dup_report_words (&language, &saving->ask.from_right);
  saving->ask.words = words;
  saving->ask.language = language;
  saving->desk = desk;
  saving->loop = g_main_loop_new (NULL, FALSE);
  limit_id = g_timeout_add_seconds (LIMIT_S, on_limit, saving);
  lanyard_desk_listen (desk, on_view, on_status, saving);
  lanyard_desk_sign_in_as (desk, saving->staff, saving->pin);
  g_main_loop_run (saving->loop);
  g_source_remove (limit_id);
  if (saving->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&saving->error));
      return FALSE;
    }
  print_result (saving);
  return TRUE;
}

static gboolean
read_format (Saving *saving, const char *format, const char *path, GError **error)
{
  const char *dot = path != NULL ? strrchr (path, '.') : NULL;

  if (format == NULL && dot != NULL)
    format = dot + 1;
  saving->ask.format = lanyard_export_format_from_string (format);
  if (saving->ask.format != 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "Say what kind of file with --format csv, jsonl, xlsx or pdf.");
  return FALSE;
}

static gboolean
read_pin (Saving *saving, GError **error)
{
  if (fgets (saving->pin, sizeof saving->pin, stdin) != NULL)
    {
      g_strchomp (saving->pin);
      return TRUE;
    }
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "The PIN of a supervisor did not come; give it as a line of standard input.");
  return FALSE;
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_day_export;
  g_autofree char *config_path = NULL, *format = NULL, *path = NULL, *absolute = NULL;
  g_auto (GStrv) words = NULL;
  g_auto (Saving) saving = { 0 };
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, "csv, jsonl, xlsx or pdf", "FORMAT" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
      "The file; otherwise a new one in the configured folder", "FILE" },
    { "names", 0, 0, G_OPTION_ARG_NONE, &saving.ask.names, "With people's names", NULL },
    { "staff", 0, 0, G_OPTION_ARG_STRING, &saving.staff, "Who exports: a supervisor's number",
      "NUMBER" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &saving.json, "JSON for programs", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  LanyardConfig *config;

  if (!lanyard_command_parse (
          self, args, entries,
          "Writes what this desk did since the event's day began, and records who took it. The PIN "
          "of a supervisor is the first line of standard input. People's names are left out unless "
          "they are asked for. A kiosk that runs holds its journal for itself alone: there the day "
          "page does the same.",
          error)
      || !lanyard_command_require_words (self, words, 0, 0, error)
      || !read_format (&saving, format, path, error) || !read_pin (&saving, error))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL)
    return FALSE;
  if (path != NULL)
    saving.ask.path = absolute = g_canonicalize_filename (path, NULL);
  return save (&saving, config, error);
}

static gboolean
read_order (Saving *saving, const char *by, GError **error)
{
  saving->ask.by_organisation = g_strcmp0 (by, "organisation") == 0;
  if (by == NULL || saving->ask.by_organisation || g_str_equal (by, "name"))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "--by is name or organisation.");
  return FALSE;
}

static gboolean
run_list (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_directory_list;
  g_autofree char *config_path = NULL, *path = NULL, *absolute = NULL, *by = NULL;
  g_auto (GStrv) words = NULL;
  g_auto (Saving) saving = { .ask = { .format = LANYARD_EXPORT_PEOPLE } };
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
      "The PDF; otherwise a new one in the configured folder", "FILE" },
    { "names", 0, 0, G_OPTION_ARG_NONE, &saving.ask.names, "With people's names", NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, "In the order of: name or organisation", "WORD" },
    { "staff", 0, 0, G_OPTION_ARG_STRING, &saving.staff, "Who prints it: a supervisor's number",
      "NUMBER" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &saving.json, "JSON for programs", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  LanyardConfig *config;

  if (!lanyard_command_parse (
          self, args, entries,
          "A PDF of everybody who may collect at this venue, with a box to tick and a line to "
          "sign: "
          "with it a centre goes on by hand. Who has a badge is ticked; “Supervisor” stands where "
          "somebody is not cleared, or has several badges. The PIN of a supervisor is the first "
          "line of standard input, and the desk records who made the list. People's names are left "
          "out unless they are asked for. A kiosk that runs holds its journal for itself alone.",
          error)
      || !lanyard_command_require_words (self, words, 0, 0, error)
      || !read_order (&saving, by, error) || !read_pin (&saving, error))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL)
    return FALSE;
  if (path != NULL)
    saving.ask.path = absolute = g_canonicalize_filename (path, NULL);
  return save (&saving, config, error);
}

static gboolean
run_shift (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_shift_report;
  g_autofree char *config_path = NULL, *path = NULL, *absolute = NULL;
  g_auto (GStrv) words = NULL;
  g_auto (Saving) saving = { .ask = { .format = LANYARD_EXPORT_SHIFT } };
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
      "The PDF; otherwise a new one in the configured folder", "FILE.pdf" },
    { "staff", 0, 0, G_OPTION_ARG_STRING, &saving.staff, "Who makes it: a supervisor's number",
      "NUMBER" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &saving.json, "JSON for programs", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  LanyardConfig *config;

  if (!lanyard_command_parse (
          self, args, entries,
          "A PDF of the shift that was closed last, the same as JSON beside it, and the desk's "
          "signature of both, which 'lanyard shift verify' checks. The PIN of a supervisor is the "
          "first line of standard input, and the desk records who made the report. A kiosk that "
          "runs holds its journal for itself alone: there the page that closes the shift does the "
          "same.",
          error)
      || !lanyard_command_require_words (self, words, 0, 0, error) || !read_pin (&saving, error))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL)
    return FALSE;
  if (path != NULL)
    saving.ask.path = absolute = g_canonicalize_filename (path, NULL);
  return save (&saving, config, error);
}

const LanyardCommand lanyard_command_shift_report = {
  .name = "shift report",
  .parameters = "",
  .summary = "Write the signed report of the closed shift",
  .run = run_shift,
};

const LanyardCommand lanyard_command_directory_list = {
  .name = "directory list",
  .parameters = "",
  .summary = "Write the list of people to go on by hand",
  .run = run_list,
};

const LanyardCommand lanyard_command_day_export = {
  .name = "day export",
  .parameters = "",
  .summary = "Write the day's transactions as a file",
  .run = run,
};
