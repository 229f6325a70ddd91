/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-command.h"

/* How commands ask the hub, and words that several of them use. */

LanyardCborWriter *
lanyard_hub_command_request (const char *name, gsize n_items)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_array (writer, n_items + 1);
  lanyard_cbor_write_text (writer, name);
  return writer;
}

GBytes *
lanyard_hub_command_ask (LanyardHubConsole *console,
                         LanyardCborWriter *writer,
                         gsize n_items,
                         LanyardCborReader *reader,
                         GError **error)
{
  g_autoptr (GBytes) request = lanyard_cbor_writer_end (writer);
  g_autoptr (GBytes) answer = lanyard_hub_console_call (console, request, error);
  g_autofree char *word = NULL;

  if (answer == NULL)
    return NULL;
  lanyard_cbor_reader_init (reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                            LANYARD_HUB_CONTROL_MAX_BYTES);
  lanyard_cbor_enter_array (reader, n_items + 1);
  word = lanyard_cbor_read_text (reader, 16);
  return g_steal_pointer (&answer);
}

gboolean
lanyard_hub_command_answered (LanyardCborReader *reader, GError **error)
{
  return lanyard_cbor_reader_end (reader, "answer of the hub", error);
}

gboolean
lanyard_hub_command_decide (LanyardHubConsole *console,
                            const char *request,
                            const char *subject,
                            const LanyardHubDecisionOptions *options,
                            const char *option,
                            GError **error)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;

  if (!lanyard_hub_command_need (options->choice, option, error)
      || !lanyard_hub_command_need (options->reason, "--reason", error))
    return FALSE;
  writer = lanyard_hub_command_request (request, 4);
  lanyard_cbor_write_text (writer, subject);
  lanyard_cbor_write_text (writer, options->choice);
  lanyard_cbor_write_text (writer, options->reason);
  lanyard_cbor_write_text (writer, lanyard_hub_command_person (options->by));
  answer = lanyard_hub_command_ask (console, writer, 0, &reader, error);
  return answer != NULL && lanyard_hub_command_answered (&reader, error);
}

void
lanyard_hub_decision_options_clear (LanyardHubDecisionOptions *options)
{
  g_free (options->directory);
  g_free (options->choice);
  g_free (options->reason);
  g_free (options->by);
}

const char *
lanyard_hub_command_person (const char *option)
{
  return option != NULL && *option != '\0' ? option : g_get_user_name ();
}

char *
lanyard_hub_command_time (gint64 time_us)
{
  g_autoptr (GDateTime) time
      = time_us == 0 ? NULL : g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);

  return time == NULL ? g_strdup ("-") : g_date_time_format (time, "%Y-%m-%d %H:%M");
}

gboolean
lanyard_hub_command_parse_place (const char *text,
                                 guint32 *device,
                                 guint32 *epoch,
                                 guint64 *seq,
                                 GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 4);
  guint64 numbers[3];

  for (guint i = 0; i < 3; i++)
    if (g_strv_length (parts) != 3
        || !g_ascii_string_to_unsigned (parts[i], 10, 1, i == 2 ? G_MAXINT64 : G_MAXUINT32,
                                        &numbers[i], NULL))
      {
        g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                             "Name a record as DESK/EPOCH/SEQ, such as 7/1/1203.");
        return FALSE;
      }
  *device = (guint32)numbers[0];
  *epoch = (guint32)numbers[1];
  *seq = numbers[2];
  return TRUE;
}

void
lanyard_hub_command_read_badge (LanyardCborReader *reader, LanyardHubBadge *badge)
{
  lanyard_cbor_enter_array (reader, 5);
  badge->serial = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  badge->number = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  badge->device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  badge->sequence = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  badge->flags = (guint)lanyard_cbor_read_uint (reader, G_MAXUINT16);
}

char *
lanyard_hub_command_describe_flags (guint flags)
{
  static const struct
  {
    guint flag;
    const char *word;
  } words[] = {
    { LANYARD_HUB_BADGE_ISSUED, "issued" }, { LANYARD_HUB_BADGE_UNKNOWN, "unknown" },
    { LANYARD_HUB_BADGE_VOIDED, "voided" }, { LANYARD_HUB_BADGE_RETURNED, "returned" },
    { LANYARD_HUB_BADGE_LEFT, "left" },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((flags & words[i].flag) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i].word);
  return g_string_free (text, FALSE);
}
