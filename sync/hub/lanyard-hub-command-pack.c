/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <json-glib/json-glib.h>
#include <unistd.h>

#include "lanyard-hub-command.h"
#include "lanyard-hub-pack.h"

/* "pack publish" and "pack status". */

#define MAX_DESKS 100000
#define DESK_ITEMS 18
#define NOT_TOLD "not told"

typedef struct
{
  guint64 version;
  gint64 made_s;
  guint64 n_files;
  guint64 n_bytes;
} Edition;

typedef struct
{
  char *directory;
  char *by;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->directory);
  g_free (options->by);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_edition (LanyardHubConsole *console,
              LanyardCborWriter *writer,
              Edition *edition,
              GError **error)
{
  LanyardCborReader reader;
  g_autoptr (GBytes) answer = lanyard_hub_command_ask (console, writer, 4, &reader, error);

  if (answer == NULL)
    return FALSE;
  edition->version = lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  edition->made_s = lanyard_cbor_read_int (&reader, 0, G_MAXINT64 / G_USEC_PER_SEC);
  edition->n_files = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  edition->n_bytes = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  return lanyard_hub_command_answered (&reader, error);
}

static gboolean
publish_locked (const Options *options, const char *source, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  LanyardCborWriter *writer;
  Edition edition;

  if (!lanyard_hub_stage_pack (options->directory, source, error))
    return FALSE;
  console = lanyard_hub_console_open (options->directory, error);
  if (console == NULL)
    return FALSE;
  writer = lanyard_hub_command_request ("publish", 1);
  lanyard_cbor_write_text (writer, lanyard_hub_command_person (options->by));
  if (!read_edition (console, writer, &edition, error))
    return FALSE;
  g_print ("edition %" G_GUINT64_FORMAT " is published: %" G_GUINT64_FORMAT
           " files, %" G_GUINT64_FORMAT " bytes; desks fetch it within minutes.\n",
           edition.version, edition.n_files, edition.n_bytes);
  return TRUE;
}

static gboolean
publish (const Options *options, const char *source, GError **error)
{
  int lock_fd = lanyard_hub_lock_pack (options->directory, error);
  gboolean done;

  if (lock_fd < 0)
    return FALSE;
  done = publish_locked (options, source, error);
  close (lock_fd);
  return done;
}

/* One desk of the answer to "desks", as far as it is told here. Revoked ones are not added. */
static void
read_desk (LanyardCborReader *reader, GHashTable *by_edition)
{
  g_autofree char *place = NULL, *pack = NULL;
  gint64 told_us = 0, revoked_us = 0;
  guint64 device;
  gsize n_items = lanyard_cbor_enter_array (reader, DESK_ITEMS);
  GPtrArray *places;

  device = lanyard_cbor_read_uint (reader, G_MAXUINT32);
  lanyard_cbor_skip (reader, NULL);
  place = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  for (gsize i = 3; i < n_items && reader->error == NULL; i++)
    {
      if (i == 7)
        revoked_us = lanyard_cbor_read_int (reader, 0, G_MAXINT64);
      else if (i == 10)
        told_us = lanyard_cbor_read_int (reader, 0, G_MAXINT64);
      else if (i == DESK_ITEMS - 1)
        pack = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
      else
        lanyard_cbor_skip (reader, NULL);
    }
  if (reader->error != NULL || revoked_us != 0)
    return;
  if (told_us == 0 || pack == NULL || *pack == '\0')
    {
      g_free (pack);
      pack = g_strdup (NOT_TOLD);
    }
  places = g_hash_table_lookup (by_edition, pack);
  if (places == NULL)
    {
      places = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (by_edition, g_strdup (pack), places);
    }
  g_ptr_array_add (places, g_strdup_printf ("%" G_GUINT64_FORMAT " (%s)", device, place));
}

/* (transfer full) (nullable) (element-type utf8 GPtrArray): edition → desks */
static GHashTable *
read_desks (LanyardHubConsole *console, GError **error)
{
  g_autoptr (GHashTable) by_edition
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  LanyardCborReader reader;
  g_autoptr (GBytes) answer
      = lanyard_hub_command_ask (console, lanyard_hub_command_request ("desks", 0), 3, &reader,
                                 error);
  gsize n;

  if (answer == NULL)
    return NULL;
  lanyard_cbor_skip (&reader, NULL);
  lanyard_cbor_skip (&reader, NULL);
  n = lanyard_cbor_enter_array (&reader, MAX_DESKS);
  for (gsize i = 0; i < n && reader.error == NULL; i++)
    read_desk (&reader, by_edition);
  return lanyard_hub_command_answered (&reader, error) ? g_steal_pointer (&by_edition) : NULL;
}

static void
print_json (const Edition *edition, GHashTable *by_edition, GList *names)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "edition");
  json_builder_add_int_value (builder, (gint64)edition->version);
  json_builder_set_member_name (builder, "published_s");
  json_builder_add_int_value (builder, edition->made_s);
  json_builder_set_member_name (builder, "files");
  json_builder_add_int_value (builder, (gint64)edition->n_files);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64)edition->n_bytes);
  json_builder_set_member_name (builder, "desks");
  json_builder_begin_object (builder);
  for (GList *l = names; l != NULL; l = l->next)
    {
      GPtrArray *places = g_hash_table_lookup (by_edition, l->data);

      json_builder_set_member_name (builder, l->data);
      json_builder_add_int_value (builder, places->len);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
}

static void
print_words (const Edition *edition, GHashTable *by_edition, GList *names)
{
  g_autofree char *time = lanyard_hub_command_time (edition->made_s * G_USEC_PER_SEC);
  g_autofree char *present = g_strdup_printf ("%" G_GUINT64_FORMAT, edition->version);

  g_print ("edition       %s, published %s: %" G_GUINT64_FORMAT " files, %" G_GUINT64_FORMAT
           " bytes\n",
           present, time, edition->n_files, edition->n_bytes);
  for (GList *l = names; l != NULL; l = l->next)
    {
      GPtrArray *places = g_hash_table_lookup (by_edition, l->data);

      g_print ("%-13s %u desks\n", (const char *)l->data, places->len);
      if (!g_str_equal (l->data, present))
        for (guint i = 0; i < places->len; i++)
          g_print ("              desk %s\n", (const char *)g_ptr_array_index (places, i));
    }
}

static gboolean
show (const Options *options, GError **error)
{
  g_autoptr (LanyardHubConsole) console = lanyard_hub_console_open (options->directory, error);
  g_autoptr (GHashTable) by_edition = NULL;
  g_autoptr (GList) names = NULL;
  Edition edition;

  if (console == NULL
      || !read_edition (console, lanyard_hub_command_request ("edition", 0), &edition, error))
    return FALSE;
  by_edition = read_desks (console, error);
  if (by_edition == NULL)
    return FALSE;
  names = g_list_sort (g_hash_table_get_keys (by_edition), (GCompareFunc)g_strcmp0);
  if (options->json)
    print_json (&edition, by_edition, names);
  else
    print_words (&edition, by_edition, names);
  return TRUE;
}

static gboolean
run (int argc, char **argv, const Options *options, GError **error)
{
  const char *word = argc > 1 ? argv[1] : "status";

  if (!lanyard_hub_command_need (options->directory, "--dir", error))
    return FALSE;
  if (g_str_equal (word, "publish") && argc == 3)
    return publish (options, argv[2], error);
  if (g_str_equal (word, "status") && argc <= 2)
    return show (options, error);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "Say publish PACKDIR or status.");
  return FALSE;
}

int
lanyard_hub_command_pack (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &options.directory, "the hub's folder", "DIR" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, "publish: who does it (this account)", "NAME" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "status: one JSON object", NULL },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR [publish PACKDIR | status]",
                                 "Publishes a new edition of the event's pack, and says which "
                                 "edition the desks have.",
                                 entries, &argc, &argv, &error))
    run (argc, argv, &options, &error);
  return lanyard_hub_command_end (error);
}
