/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <errno.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-cbor.h"
#include "lanyard-credential.h"
#include "lanyard-error.h"
#include "lanyard-hub-output.h"
#include "lanyard-hub-private.h"

typedef struct
{
  LanyardKey *key;
  char *event;
  gint64 now_s;
  GHashTable *wanted; /* (nullable) (element-type utf8): NULL: everybody */
  gboolean cards;     /* pre-valid cards, not invitations */
  FILE *output;
  guint64 n_written;
} Invite;

/* Asks the hub for serial and sequence of a card. */
static gboolean
ask_card (LanyardHubConsole *console, LanyardClaims *claims, GError **error)
{
  LanyardCborWriter *writer = lanyard_hub_command_request ("card", 1);
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;

  lanyard_cbor_write_text (writer, claims->number);
  answer = lanyard_hub_command_ask (console, writer, 2, &reader, error);
  if (answer == NULL)
    return FALSE;
  claims->serial = lanyard_cbor_read_text (&reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  claims->sequence = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  claims->kind = LANYARD_CREDENTIAL_PRE_VALID;
  return lanyard_hub_command_answered (&reader, error);
}

static gboolean
write_invitation (Invite *invite,
                  LanyardHubConsole *console,
                  const LanyardEntry *entry,
                  GError **error)
{
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  claims->kind = LANYARD_CREDENTIAL_INVITATION;
  claims->event = g_strdup (invite->event);
  claims->number = g_strdup (entry->number);
  claims->category = g_strdup (entry->category);
  claims->issued_s = invite->now_s;
  claims->expires_s = entry->valid_until_s;
  if (invite->cards && !ask_card (console, claims, error))
    return FALSE;
  text = lanyard_credential_sign (claims, invite->key);
  json_builder_begin_object (builder);
  if (claims->serial != NULL)
    {
      json_builder_set_member_name (builder, "serial");
      json_builder_add_string_value (builder, claims->serial);
    }
  json_builder_set_member_name (builder, "number");
  json_builder_add_string_value (builder, entry->number);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, text);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  json = json_to_string (node, FALSE);
  invite->n_written++;
  if (fprintf (invite->output, "%s\n", json) > 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The invitations cannot be written: %s.",
               g_strerror (errno));
  return FALSE;
}

static gboolean
is_wanted (Invite *invite, const LanyardEntry *entry)
{
  if (invite->wanted != NULL)
    return g_hash_table_remove (invite->wanted, entry->number);
  return entry->status == LANYARD_STATUS_ACTIVE && entry->valid_until_s > invite->now_s;
}

static gboolean
write_all (Invite *invite, LanyardHubConsole *console, GError **error)
{
  g_autofree char *after = g_strdup ("");

  while (TRUE)
    {
      g_autoptr (GPtrArray) entries = lanyard_hub_command_read_entries (console, after, error);

      if (entries == NULL)
        return FALSE;
      if (entries->len == 0)
        return TRUE;
      for (guint i = 0; i < entries->len; i++)
        {
          const LanyardEntry *entry = g_ptr_array_index (entries, i);

          if (is_wanted (invite, entry) && !write_invitation (invite, console, entry, error))
            return FALSE;
          g_free (after);
          after = g_strdup (entry->number);
        }
      if (isatty (STDERR_FILENO) && invite->output != stdout)
        g_printerr ("\r%" G_GUINT64_FORMAT " invitations", invite->n_written);
    }
}

static gboolean
report_missing (Invite *invite, GError **error)
{
  GHashTableIter iter;
  gpointer number;

  if (invite->wanted == NULL || g_hash_table_size (invite->wanted) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, invite->wanted);
  g_hash_table_iter_next (&iter, &number, NULL);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               "%u of the numbers are not in the roster, %s for one.",
               g_hash_table_size (invite->wanted), (const char *)number);
  return FALSE;
}

static char *
ask_event (LanyardHubConsole *console, GError **error)
{
  LanyardCborReader reader;
  g_autoptr (GBytes) answer
      = lanyard_hub_command_ask (console, lanyard_hub_command_request ("status", 0), 3, &reader,
                                 error);
  char *event;

  if (answer == NULL)
    return NULL;
  event = lanyard_cbor_read_text (&reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  lanyard_cbor_skip (&reader, NULL);
  lanyard_cbor_skip (&reader, NULL);
  if (lanyard_hub_command_answered (&reader, error))
    return event;
  g_free (event);
  return NULL;
}

static gboolean
run (Invite *invite, const char *directory, const char *output, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  g_autofree char *key_path = g_build_filename (directory, LANYARD_HUB_KEY_FILE, NULL);
  LanyardHubOutput file;
  gboolean done;

  console = lanyard_hub_console_open (directory, error);
  invite->key = console == NULL ? NULL : lanyard_key_load (key_path, error);
  invite->event = invite->key == NULL ? NULL : ask_event (console, error);
  if (invite->event == NULL)
    return FALSE;
  if (!lanyard_hub_output_open (&file, directory, output, error))
    return FALSE;
  invite->output = file.file;
  done = write_all (invite, console, error);
  done = lanyard_hub_output_end (&file, done, error);
  if (output != NULL && isatty (STDERR_FILENO))
    g_printerr ("\n");
  return done && report_missing (invite, error);
}

int
lanyard_hub_command_invite (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *output = NULL;
  Invite invite = { .now_s = g_get_real_time () / G_USEC_PER_SEC };
  const GOptionEntry entries[] = {
    { "pre-valid", 0, 0, G_OPTION_ARG_NONE, &invite.cards,
      "of pre-valid cards: each has a serial, and voids the one before it", NULL },
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "write here, not to the terminal", "FILE" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse (
          "--dir DIR [NUMBER…]",
          "Writes signed invitations, one JSON object a line: number, text.\n"
          "Without numbers: of everybody whose accreditation is active.",
          entries, &argc, &argv, &error)
      && lanyard_hub_command_need (directory, "--dir", &error))
    {
      if (argc > 1)
        invite.wanted = g_hash_table_new (g_str_hash, g_str_equal);
      for (int i = 1; i < argc; i++)
        g_hash_table_add (invite.wanted, argv[i]);
      run (&invite, directory, output, &error);
    }
  g_clear_pointer (&invite.wanted, g_hash_table_unref);
  g_clear_pointer (&invite.key, lanyard_key_unref);
  g_free (invite.event);
  return lanyard_hub_command_end (error);
}
