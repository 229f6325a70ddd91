/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-clock.h"
#include "lanyard-desk-files.h"
#include "lanyard-output.h"

#define DEFAULT_MAX_HITS 20

static void
print_hit (const LanyardHit *hit, gboolean json)
{
  JsonBuilder *builder;

  if (!json)
    {
      g_print ("%-14s %-4s %s%s%s%s%s\n", hit->number, hit->category, hit->print_name,
               hit->local_name != NULL ? "  " : "", hit->local_name != NULL ? hit->local_name : "",
               hit->organisation != NULL ? "  " : "",
               hit->organisation != NULL ? hit->organisation : "");
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "number", hit->number);
  lanyard_output_member (builder, "print_name", hit->print_name);
  lanyard_output_member (builder, "local_name", hit->local_name);
  lanyard_output_member (builder, "organisation", hit->organisation);
  lanyard_output_member (builder, "category", hit->category);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static gboolean
run_search (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_directory_search;
  g_autofree char *config_path = NULL;
  g_auto (GStrv) words = NULL;
  gboolean json = FALSE;
  int max = DEFAULT_MAX_HITS;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "max", 0, 0, G_OPTION_ARG_INT, &max, "Most people to show; 20", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object a person and line", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (LanyardConfig) config = NULL;
  g_autoptr (LanyardDirectory) directory = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *query = NULL;

  if (!lanyard_command_parse (self, args, entries,
                              "Every word must begin a word of name, organisation or number; or "
                              "give the whole number of "
                              "a document.",
                              error)
      || !lanyard_command_require_words (self, words, 1, G_MAXUINT, error))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL)
    return FALSE;
  directory = lanyard_desk_files_open_directory (config, FALSE, error);
  if (directory == NULL || !lanyard_desk_files_build_index (directory, error))
    return FALSE;
  query = g_strjoinv (" ", words);
  hits = lanyard_directory_search (directory, query, (guint)CLAMP (max, 1, 10000));
  for (guint i = 0; i < hits->len; i++)
    print_hit (g_ptr_array_index (hits, i), json);
  if (hits->len > 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               "Nobody of %" G_GUINT64_FORMAT " people fits; try fewer letters.",
               lanyard_directory_get_size (directory));
  return FALSE;
}

/* How long ago the negative list was issued is the hub's and the kiosk's to know: here only what is
 * stored. */
static void
print_stats (LanyardDirectory *directory, const char *path, gboolean json)
{
  g_autoptr (GPtrArray) missing = lanyard_directory_list_missing_photos (directory, 1000000);
  g_autoptr (GBytes) trust = lanyard_directory_dup_document (directory, "trust");
  g_autoptr (GBytes) negative = lanyard_directory_dup_document (directory, "negative");
  const struct
  {
    const char *member;
    const char *words;
    guint64 value;
  } rows[] = {
    { "size", "accreditations", lanyard_directory_get_size (directory) },
    { "cursor", "version of the feed", lanyard_directory_get_cursor (directory) },
    { "set_aside", "rows set aside", lanyard_directory_get_set_aside (directory) },
    { "missing_photos", "photos still to come", missing->len },
    { "trust_bytes", "bytes of trust list", trust != NULL ? g_bytes_get_size (trust) : 0 },
    { "negative_bytes", "bytes of negative list", negative ? g_bytes_get_size (negative) : 0 },
  };
  JsonBuilder *builder;

  if (!json)
    {
      g_print ("%s\n", path);
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        g_print ("  %-22s %" G_GUINT64_FORMAT "\n", rows[i].words, rows[i].value);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "directory", path);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_builder_set_member_name (builder, rows[i].member);
      json_builder_add_int_value (builder, (gint64)rows[i].value);
    }
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static gboolean
run_stats (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_directory_stats;
  g_autofree char *config_path = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) words = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (LanyardConfig) config = NULL;
  g_autoptr (LanyardDirectory) directory = NULL;

  if (!lanyard_command_parse (self, args, entries, NULL, error)
      || !lanyard_command_require_words (self, words, 0, 0, error))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL)
    return FALSE;
  directory = lanyard_desk_files_open_directory (config, FALSE, error);
  if (directory == NULL)
    return FALSE;
  path = lanyard_config_state_path (config, "directory.db");
  print_stats (directory, path, json);
  return TRUE;
}

static gboolean
run_document (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_directory_document;
  g_autofree char *config_path = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where to write", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (LanyardConfig) config = NULL;
  g_autoptr (LanyardDirectory) directory = NULL;
  g_autoptr (GBytes) content = NULL;

  if (!lanyard_command_parse (
          self, args, entries,
          "NAME is \"trust\" or \"negative\": signed lists as the hub sent them, "
          "for 'lanyard badge verify' at a gate.",
          error)
      || !lanyard_command_require_words (self, words, 1, 1, error)
      || !lanyard_command_require (self, output, "-o FILE", error))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL)
    return FALSE;
  directory = lanyard_desk_files_open_directory (config, FALSE, error);
  if (directory == NULL)
    return FALSE;
  content = lanyard_directory_dup_document (directory, words[0]);
  if (content == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "This desk has no list '%s' yet; let it sync with its hub.", words[0]);
      return FALSE;
    }
  return g_file_set_contents (output, g_bytes_get_data (content, NULL),
                              (gssize)g_bytes_get_size (content), error);
}

const LanyardCommand lanyard_command_directory_search = {
  .name = "directory search",
  .parameters = "WORDS…",
  .summary = "Find people in the desk's directory",
  .run = run_search,
};

const LanyardCommand lanyard_command_directory_stats = {
  .name = "directory stats",
  .parameters = "",
  .summary = "Tell what the desk's directory holds",
  .run = run_stats,
};

const LanyardCommand lanyard_command_directory_document = {
  .name = "directory document",
  .parameters = "NAME",
  .summary = "Write a signed list of the desk into a file",
  .run = run_document,
};
