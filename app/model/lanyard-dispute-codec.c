/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How disputes stand in entries, and decisions in records. */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-dispute-private.h"

#include "lanyard-error.h"
#include "lanyard-record-body.h"
#define SIDE_ITEMS 7
#define RESOLUTION_ITEMS 8

/* Serials, ids and staff numbers go on into entries and lists: they are words. */
static gboolean
is_word (const char *text)
{
  for (const char *c = text; c != NULL && *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return text != NULL && *text != '\0';
}

static gboolean
are_words (char **texts)
{
  for (char **text = texts; *text != NULL; text++)
    if (!is_word (*text))
      return FALSE;
  return TRUE;
}

/* Text for people, short enough: cut between characters. */
static void
write_cut (LanyardCborWriter *writer, const char *text)
{
  g_autofree char *copy = g_strdup (text);
  const char *end;

  if (copy != NULL && strlen (copy) > LANYARD_DISPUTE_MAX_TEXT_BYTES)
    copy[LANYARD_DISPUTE_MAX_TEXT_BYTES] = '\0';
  if (copy != NULL && !g_utf8_validate (copy, -1, &end))
    copy[end - copy] = '\0';
  lanyard_cbor_write_text (writer, copy);
}

static char *
read_word (LanyardCborReader *reader)
{
  char *word = lanyard_cbor_read_text (reader, LANYARD_RECORD_MAX_TEXT_BYTES);

  if (word != NULL && !is_word (word))
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a serial or number is no word");
  return word;
}

static char *
read_text (LanyardCborReader *reader)
{
  return lanyard_cbor_read_text_or_null (reader, LANYARD_DISPUTE_MAX_TEXT_BYTES);
}

static void
write_side (const LanyardSide *side, LanyardCborWriter *writer)
{
  lanyard_cbor_open_array (writer, SIDE_ITEMS);
  lanyard_cbor_write_text (writer, side->serial);
  lanyard_cbor_write_uint (writer, side->state);
  lanyard_cbor_write_uint (writer, side->device);
  lanyard_cbor_write_uint (writer, side->sequence);
  write_cut (writer, side->venue);
  write_cut (writer, side->name);
  lanyard_cbor_write_int (writer, side->out_us);
}

static LanyardSide *
read_side (LanyardCborReader *reader)
{
  LanyardSide *side = lanyard_side_new ();

  if (lanyard_cbor_enter_array (reader, SIDE_ITEMS) != SIDE_ITEMS)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a badge of a dispute has seven items");
  side->serial = read_word (reader);
  side->state = (LanyardSideState)lanyard_cbor_read_uint (reader, G_MAXUINT16);
  side->device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  side->sequence = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  side->venue = read_text (reader);
  side->name = read_text (reader);
  side->out_us = lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64);
  return side;
}

static void
write_resolution (const LanyardResolution *resolution, LanyardCborWriter *writer)
{
  lanyard_cbor_open_array (writer, RESOLUTION_ITEMS);
  lanyard_cbor_write_text (writer, resolution->id);
  lanyard_cbor_write_text (writer, resolution->keep);
  lanyard_cbor_write_uint (writer, resolution->reason);
  lanyard_cbor_write_text (writer, resolution->who);
  lanyard_cbor_write_text (writer, resolution->second);
  lanyard_cbor_write_int (writer, resolution->at_us);
  write_cut (writer, resolution->venue);
  write_cut (writer, resolution->name);
}

static LanyardResolution *
read_resolution (LanyardCborReader *reader)
{
  LanyardResolution *resolution = lanyard_resolution_new ();

  if (lanyard_cbor_enter_array (reader, RESOLUTION_ITEMS) != RESOLUTION_ITEMS)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a decision has eight items");
  resolution->id = read_word (reader);
  resolution->keep = read_word (reader);
  resolution->reason = (LanyardResolveReason)lanyard_cbor_read_uint (reader, G_MAXUINT16);
  resolution->who = read_word (reader);
  resolution->second = lanyard_cbor_read_text_or_null (reader, LANYARD_RECORD_MAX_TEXT_BYTES);
  resolution->at_us = lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64);
  resolution->venue = read_text (reader);
  resolution->name = read_text (reader);
  return resolution;
}

void
lanyard_dispute_write (const LanyardDispute *dispute, LanyardCborWriter *writer)
{
  guint n_sides = MIN (dispute->sides->len, LANYARD_DISPUTE_MAX_SIDES);
  guint n_resolutions = MIN (dispute->resolutions->len, LANYARD_DISPUTE_MAX_RESOLUTIONS);

  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_open_array (writer, n_sides);
  for (guint i = 0; i < n_sides; i++)
    write_side (g_ptr_array_index (dispute->sides, i), writer);
  lanyard_cbor_open_array (writer, n_resolutions);
  for (guint i = 0; i < n_resolutions; i++)
    write_resolution (g_ptr_array_index (dispute->resolutions, i), writer);
}

LanyardDispute *
lanyard_dispute_read (LanyardCborReader *reader)
{
  LanyardDispute *dispute = lanyard_dispute_new ();
  gsize n;

  if (lanyard_cbor_enter_array (reader, 2) != 2)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a dispute has badges and decisions");
  n = lanyard_cbor_enter_array (reader, LANYARD_DISPUTE_MAX_SIDES);
  for (gsize i = 0; i < n && reader->error == NULL; i++)
    g_ptr_array_add (dispute->sides, read_side (reader));
  n = lanyard_cbor_enter_array (reader, LANYARD_DISPUTE_MAX_RESOLUTIONS);
  for (gsize i = 0; i < n && reader->error == NULL; i++)
    g_ptr_array_add (dispute->resolutions, read_resolution (reader));
  return dispute;
}

GBytes *
lanyard_resolution_make_body (const LanyardResolution *resolution, guint64 directory_version)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  gboolean has_second;

  g_return_val_if_fail (resolution != NULL, NULL);

  has_second = resolution->second != NULL;
  lanyard_cbor_open_map (writer, (directory_version > 0) + 1 + has_second + 3);
  if (directory_version > 0)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_DIRECTORY_VERSION);
      lanyard_cbor_write_uint (writer, directory_version);
    }
  lanyard_cbor_write_uint (writer, LANYARD_BODY_STAFF);
  lanyard_cbor_write_text (writer, resolution->who);
  if (has_second)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_SECOND_STAFF);
      lanyard_cbor_write_text (writer, resolution->second);
    }
  lanyard_cbor_write_uint (writer, LANYARD_BODY_RESOLVED_VOIDS);
  lanyard_cbor_write_strv (writer, (const char *const *)resolution->voids);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_RESOLVED_SETTLES);
  lanyard_cbor_write_strv (writer, (const char *const *)resolution->settles);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_RESOLVED_REASON);
  lanyard_cbor_write_uint (writer, resolution->reason);
  return lanyard_cbor_writer_end (writer);
}

static void
take_strv (LanyardCborReader *reader, gsize max, char ***strv)
{
  char **read = lanyard_cbor_read_strv (reader, max, LANYARD_RECORD_MAX_TEXT_BYTES);

  if (read == NULL)
    return;
  g_strfreev (*strv);
  *strv = read;
}

static void
read_pair (LanyardCborReader *reader, gint64 key, gpointer user_data)
{
  LanyardResolution *resolution = user_data;

  switch (key)
    {
    case LANYARD_BODY_STAFF:
      lanyard_record_body_read_text (reader, &resolution->who);
      break;
    case LANYARD_BODY_SECOND_STAFF:
      lanyard_record_body_read_text (reader, &resolution->second);
      break;
    case LANYARD_BODY_RESOLVED_VOIDS:
      take_strv (reader, LANYARD_DISPUTE_MAX_SIDES, &resolution->voids);
      break;
    case LANYARD_BODY_RESOLVED_SETTLES:
      take_strv (reader, 2 * LANYARD_DISPUTE_MAX_RESOLUTIONS, &resolution->settles);
      break;
    case LANYARD_BODY_RESOLVED_REASON:
      resolution->reason = (LanyardResolveReason)lanyard_cbor_read_uint (reader, G_MAXUINT16);
      break;
    default:
      lanyard_cbor_skip (reader, NULL);
      break;
    }
}

static gboolean
is_sound (const LanyardResolution *resolution)
{
  return is_word (resolution->keep) && is_word (resolution->who) && resolution->voids[0] != NULL
         && (resolution->second == NULL || is_word (resolution->second))
         && are_words (resolution->voids) && are_words (resolution->settles)
         && !g_strv_contains ((const char *const *)resolution->voids, resolution->keep)
         && !g_strv_contains ((const char *const *)resolution->settles, resolution->id);
}

LanyardResolution *
lanyard_resolution_read (const LanyardRecord *record, GError **error)
{
  g_autoptr (LanyardResolution) resolution = lanyard_resolution_new ();

  g_return_val_if_fail (record != NULL, NULL);

  resolution->id = lanyard_resolution_make_id (record->device, record->epoch, record->seq);
  resolution->keep = g_strdup (record->serial);
  resolution->at_us = record->wall_us;
  if (!lanyard_record_body_read (record, read_pair, resolution, error))
    return NULL;
  if (!is_sound (resolution))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The decision does not say who keeps and who voids what.");
      return NULL;
    }
  return g_steal_pointer (&resolution);
}
