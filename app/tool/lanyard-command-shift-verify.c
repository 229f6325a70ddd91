/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-clock.h"
#include "lanyard-output.h"
#include "lanyard-signed-files.h"
#include "lanyard-tool-trust.h"

/* Each file that was signed lies beside the signature, and is what it was. */
static gboolean
check_files (const LanyardSignedFiles *files, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < files->files->len; i++)
    {
      const LanyardSignedFile *file = g_ptr_array_index (files->files, i);
      g_autofree char *beside = g_build_filename (folder, file->name, NULL);
      g_autoptr (GBytes) bytes = NULL;
      char *content;
      gsize n_bytes;

      if (!lanyard_tool_read_signed (beside, &content, &n_bytes, error))
        return FALSE;
      bytes = g_bytes_new_take (content, n_bytes);
      if (!lanyard_signed_file_check (file, bytes, error))
        return FALSE;
    }
  return TRUE;
}

static void
print_json (const LanyardSignedFiles *files)
{
  g_autofree char *made = lanyard_clock_format_us (files->made_us);
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "verifies");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "device");
  json_builder_add_int_value (builder, files->device);
  json_builder_set_member_name (builder, "epoch");
  json_builder_add_int_value (builder, files->epoch);
  lanyard_output_member (builder, "made", made);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->files->len; i++)
    json_builder_add_string_value (
        builder, ((const LanyardSignedFile *)g_ptr_array_index (files->files, i))->name);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
print_lines (const LanyardSignedFiles *files)
{
  g_autofree char *made = lanyard_clock_format_us (files->made_us);

  g_print ("It verifies: signed by desk %u on %s. Not one byte was changed of:\n", files->device,
           made);
  for (guint i = 0; i < files->files->len; i++)
    g_print ("  %s\n", ((const LanyardSignedFile *)g_ptr_array_index (files->files, i))->name);
}

static gboolean
verify (const char *path, const LanyardTrustList *trust, gboolean json, GError **error)
{
  g_autoptr (LanyardSignedFiles) files = NULL;
  g_autoptr (GBytes) signature = NULL;
  char *content;
  gsize n_bytes;

  if (!lanyard_tool_read_signed (path, &content, &n_bytes, error))
    return FALSE;
  signature = g_bytes_new_take (content, n_bytes);
  files = lanyard_signed_files_open (signature, trust, error);
  if (files == NULL || !check_files (files, path, error))
    return g_prefix_error (error, "It does not verify: "), FALSE;
  if (json)
    print_json (files);
  else
    print_lines (files);
  return TRUE;
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_shift_verify;
  g_autoptr (LanyardTrustList) trust = NULL;
  g_auto (GStrv) trust_paths = NULL;
  g_autofree char *root_hex = NULL;
  g_auto (GStrv) words = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    LANYARD_TOOL_TRUST_OPTIONS (trust_paths, root_hex),
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (
          self, args, entries,
          "Says whether the report of a shift, and the file for programs beside it, are what the "
          "desk signed. Needs no network and no desk: the trust lists and the root key are public. "
          "The exit code is 1 when it does not verify.",
          error)
      || !lanyard_command_require_words (self, words, 1, 1, error))
    return FALSE;
  trust = lanyard_tool_require_trust (
      self, trust_paths, root_hex, lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC,
      error);
  return trust != NULL && verify (words[0], trust, json, error);
}

const LanyardCommand lanyard_command_shift_verify = {
  .name = "shift verify",
  .parameters = "FILE.sig",
  .summary = "Check the signature of a shift's report",
  .run = run,
};
