/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-cbor.h"
#include "lanyard-dispute-private.h"
#include "lanyard-entry.h"

/* One version of the shape; a later one appends and raises it. An entry is written in the lowest
 * version that has all of it, so that its bytes, and with them its hash, stay what they were. */
#define ENTRY_VERSION 1
#define ENTRY_ITEMS 27
/* With a face box. */
#define FACE_VERSION 2
#define FACE_ITEMS 28
/* With badges that a supervisor has to decide about. */
#define DISPUTE_VERSION 3
#define DISPUTE_ITEMS 29

/* Birth date, nationality, language, documents, photo. */
#define ITEMS_NAMES_TO_DOCUMENTS 3

static void
write_clearances (LanyardCborWriter *writer, GArray *clearances)
{
  lanyard_cbor_open_array (writer, clearances->len);
  for (guint i = 0; i < clearances->len; i++)
    {
      const LanyardClearance *clearance = &g_array_index (clearances, LanyardClearance, i);

      lanyard_cbor_open_array (writer, 2);
      lanyard_cbor_write_text (writer, clearance->system);
      lanyard_cbor_write_uint (writer, clearance->state);
    }
}

static void
write_issued (LanyardCborWriter *writer, const LanyardIssued *issued)
{
  lanyard_cbor_open_array (writer, 4);
  lanyard_cbor_write_uint (writer, issued->open_badges);
  lanyard_cbor_write_uint (writer, issued->last_sequence);
  lanyard_cbor_write_text (writer, issued->last_serial);
  lanyard_cbor_write_bool (writer, issued->disputed);
}

static void
write_face_box (LanyardCborWriter *writer, const LanyardFaceBox *box)
{
  lanyard_cbor_open_array (writer, 4);
  lanyard_cbor_write_uint (writer, box->x);
  lanyard_cbor_write_uint (writer, box->y);
  lanyard_cbor_write_uint (writer, box->width);
  lanyard_cbor_write_uint (writer, box->height);
}

static void
write_head (LanyardCborWriter *writer, const LanyardEntry *entry)
{
  gboolean has_face = entry->face_box.width > 0;

  if (entry->dispute != NULL)
    {
      lanyard_cbor_open_array (writer, DISPUTE_ITEMS);
      lanyard_cbor_write_uint (writer, DISPUTE_VERSION);
      return;
    }
  lanyard_cbor_open_array (writer, has_face ? FACE_ITEMS : ENTRY_ITEMS);
  lanyard_cbor_write_uint (writer, has_face ? FACE_VERSION : ENTRY_VERSION);
}

static void
write_tail (LanyardCborWriter *writer, const LanyardEntry *entry)
{
  if (entry->face_box.width > 0)
    write_face_box (writer, &entry->face_box);
  else if (entry->dispute != NULL)
    lanyard_cbor_write_null (writer);
  if (entry->dispute != NULL)
    lanyard_dispute_write (entry->dispute, writer);
}

GBytes *
lanyard_entry_encode (const LanyardEntry *entry)
{
  LanyardCborWriter *writer;

  g_return_val_if_fail (entry != NULL, NULL);

  writer = lanyard_cbor_writer_new ();
  write_head (writer, entry);
  lanyard_cbor_write_text (writer, entry->holder_id);
  lanyard_cbor_write_text (writer, entry->given_name);
  lanyard_cbor_write_text (writer, entry->family_name);
  lanyard_cbor_write_text (writer, entry->print_name);
  lanyard_cbor_write_text (writer, entry->local_name);
  lanyard_cbor_write_text (writer, entry->birth_date);
  lanyard_cbor_write_text (writer, entry->nationality);
  lanyard_cbor_write_text (writer, entry->language);
  lanyard_cbor_write_strv (writer, (const char *const *)entry->documents);
  lanyard_cbor_write_gbytes (writer, entry->photo_hash);
  lanyard_cbor_write_text (writer, entry->number);
  lanyard_cbor_write_text (writer, entry->category);
  lanyard_cbor_write_text (writer, entry->function);
  lanyard_cbor_write_text (writer, entry->organisation);
  lanyard_cbor_write_strv (writer, (const char *const *)entry->venues);
  lanyard_cbor_write_strv (writer, (const char *const *)entry->zones);
  lanyard_cbor_write_strv (writer, (const char *const *)entry->transport);
  lanyard_cbor_write_strv (writer, (const char *const *)entry->seating);
  lanyard_cbor_write_strv (writer, (const char *const *)entry->pickup_venues);
  lanyard_cbor_write_strv (writer, (const char *const *)entry->tokens);
  lanyard_cbor_write_int (writer, entry->valid_from_s);
  lanyard_cbor_write_int (writer, entry->valid_until_s);
  lanyard_cbor_write_uint (writer, entry->status);
  write_clearances (writer, entry->clearances);
  write_issued (writer, &entry->issued);
  lanyard_cbor_write_uint (writer, entry->lowest_valid_sequence);
  write_tail (writer, entry);
  return lanyard_cbor_writer_end (writer);
}

static void
read_strv (LanyardCborReader *reader, char ***strv)
{
  char **read
      = lanyard_cbor_read_strv (reader, LANYARD_ENTRY_MAX_CODES, LANYARD_ENTRY_MAX_TEXT_BYTES);

  if (read == NULL)
    return;
  g_strfreev (*strv);
  *strv = read;
}

static char *
read_text (LanyardCborReader *reader)
{
  return lanyard_cbor_read_text_or_null (reader, LANYARD_ENTRY_MAX_TEXT_BYTES);
}

static void
read_holder (LanyardCborReader *reader, LanyardEntry *entry)
{
  entry->holder_id = read_text (reader);
  entry->given_name = read_text (reader);
  entry->family_name = read_text (reader);
  entry->print_name = read_text (reader);
  entry->local_name = read_text (reader);
  entry->birth_date = read_text (reader);
  entry->nationality = read_text (reader);
  entry->language = read_text (reader);
  read_strv (reader, &entry->documents);
  entry->photo_hash = lanyard_cbor_read_gbytes_or_null (reader, LANYARD_HASH_BYTES);
}

static void
read_clearances (LanyardCborReader *reader, LanyardEntry *entry)
{
  gsize n = lanyard_cbor_enter_array (reader, LANYARD_ENTRY_MAX_CODES);

  for (gsize i = 0; i < n && reader->error == NULL; i++)
    {
      g_autofree char *system = NULL;
      LanyardClearanceState state;

      if (lanyard_cbor_enter_array (reader, 2) != 2)
        lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a clearance is not a pair");
      system = lanyard_cbor_read_text (reader, LANYARD_ENTRY_MAX_TEXT_BYTES);
      state = (LanyardClearanceState)lanyard_cbor_read_uint (reader, G_MAXINT);
      if (system != NULL)
        lanyard_entry_add_clearance (entry, system, state);
    }
}

static void
read_issued (LanyardCborReader *reader, LanyardIssued *issued)
{
  if (lanyard_cbor_enter_array (reader, 4) != 4)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "issued does not have four items");
  issued->open_badges = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  issued->last_sequence = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  issued->last_serial = read_text (reader);
  issued->disputed = lanyard_cbor_read_bool (reader);
}

static void
read_accreditation (LanyardCborReader *reader, LanyardEntry *entry)
{
  entry->number = read_text (reader);
  entry->category = read_text (reader);
  entry->function = read_text (reader);
  entry->organisation = read_text (reader);
  read_strv (reader, &entry->venues);
  read_strv (reader, &entry->zones);
  read_strv (reader, &entry->transport);
  read_strv (reader, &entry->seating);
  read_strv (reader, &entry->pickup_venues);
  read_strv (reader, &entry->tokens);
  entry->valid_from_s = lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64);
  entry->valid_until_s = lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64);
  entry->status = (LanyardStatus)lanyard_cbor_read_uint (reader, G_MAXINT);
  read_clearances (reader, entry);
  read_issued (reader, &entry->issued);
  entry->lowest_valid_sequence = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
}

static void
read_face_box (LanyardCborReader *reader, LanyardFaceBox *box)
{
  if (lanyard_cbor_enter_array (reader, 4) != 4)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a face box does not have four items");
  box->x = (guint16)lanyard_cbor_read_uint (reader, LANYARD_FACE_BOX_WHOLE);
  box->y = (guint16)lanyard_cbor_read_uint (reader, LANYARD_FACE_BOX_WHOLE);
  box->width = (guint16)lanyard_cbor_read_uint (reader, LANYARD_FACE_BOX_WHOLE);
  box->height = (guint16)lanyard_cbor_read_uint (reader, LANYARD_FACE_BOX_WHOLE);
  if (box->width == 0)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a face box is empty");
}

LanyardEntry *
lanyard_entry_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  LanyardCborReader reader;
  gsize n_items;
  guint64 version;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_ENTRY_MAX_BYTES);
  n_items = lanyard_cbor_enter_array (&reader, DISPUTE_ITEMS);
  version = lanyard_cbor_read_uint (&reader, DISPUTE_VERSION);
  if (!(n_items == ENTRY_ITEMS && version == ENTRY_VERSION)
      && !(n_items == FACE_ITEMS && version == FACE_VERSION)
      && !(n_items == DISPUTE_ITEMS && version == DISPUTE_VERSION))
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "it is not an entry of version 1 to 3");
  read_holder (&reader, entry);
  read_accreditation (&reader, entry);
  if (version == FACE_VERSION || (version == DISPUTE_VERSION && !lanyard_cbor_read_null (&reader)))
    read_face_box (&reader, &entry->face_box);
  if (version == DISPUTE_VERSION)
    entry->dispute = lanyard_dispute_read (&reader);
  if (!lanyard_cbor_reader_end (&reader, "entry", error) || !lanyard_entry_check (entry, error))
    return NULL;
  return g_steal_pointer (&entry);
}

LanyardEntry *
lanyard_entry_decode_names (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardEntry) entry = g_new0 (LanyardEntry, 1);
  LanyardCborReader reader;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_ENTRY_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, DISPUTE_ITEMS);
  lanyard_cbor_skip (&reader, NULL); /* the version */
  lanyard_cbor_skip (&reader, NULL);
  entry->given_name = read_text (&reader);
  entry->family_name = read_text (&reader);
  entry->print_name = read_text (&reader);
  entry->local_name = read_text (&reader);
  for (guint i = 0; i < ITEMS_NAMES_TO_DOCUMENTS; i++)
    lanyard_cbor_skip (&reader, NULL);
  read_strv (&reader, &entry->documents);
  lanyard_cbor_skip (&reader, NULL); /* the hash of the photo */
  entry->number = read_text (&reader);
  lanyard_cbor_skip (&reader, NULL);
  lanyard_cbor_skip (&reader, NULL);
  entry->organisation = read_text (&reader);
  if (reader.error == NULL)
    return g_steal_pointer (&entry);
  g_propagate_error (error, g_steal_pointer (&reader.error));
  return NULL;
}

guint
lanyard_entry_get_newest_version (void)
{
  return DISPUTE_VERSION;
}
