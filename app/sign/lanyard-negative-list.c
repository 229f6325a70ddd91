/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * negative-list = {
 *   1 => uint,               ; counter
 *   2 => int,                ; issued, s since 1970-01-01 UTC
 *   3 => [* [tstr, uint]],   ; accreditation number, lowest valid sequence; numbers ascend bytewise
 *   ? 4 => [+ tstr]          ; serials of further void badges, ascending bytewise
 * }
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-negative-list.h"

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "lanyard-error.h"

#define CONTENT "lanyard/negative"
#define MAX_NUMBER_BYTES 64
#define MAX_TIME_S G_GINT64_CONSTANT (253402300800) /* 10000-01-01 */

struct _LanyardNegativeList
{
  gatomicrefcount references;
  guint64 counter;
  gint64 issued_s;
  GHashTable *lowest;  /* owned (element-type utf8 guint): number → lowest valid sequence */
  GHashTable *serials; /* owned (element-type utf8): void badges that no sequence tells apart */
};

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* One row, which must come after @last: so nothing stands there twice. Returns: (transfer full) */
static char *
read_row (LanyardCborReader *reader, const char *last, guint32 *lowest)
{
  g_autofree char *number = NULL;

  if (lanyard_cbor_enter_array (reader, 2) != 2)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a row of the negative list has two parts");
  number = lanyard_cbor_read_text (reader, MAX_NUMBER_BYTES);
  *lowest = lanyard_cbor_read_uint (reader, G_MAXUINT32);
  if (number && last && strcmp (last, number) >= 0)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "the negative list is not in order");
  return reader->error ? NULL : g_steal_pointer (&number);
}

/* Serials after the numbers, each after the one before it. */
static void
read_serials (LanyardCborReader *reader, LanyardNegativeList *list)
{
  const char *last = NULL;
  gsize n_serials;

  lanyard_cbor_read_int (reader, 4, 4);
  n_serials = lanyard_cbor_enter_array (reader, LANYARD_NEGATIVE_LIST_MAX_SERIALS);
  /* Otherwise two encodings would mean the same list. */
  if (reader->error == NULL && n_serials == 0)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "no serials are left out, not an empty list");
  for (gsize i = 0; i < n_serials && reader->error == NULL; i++)
    {
      g_autofree char *serial = lanyard_cbor_read_text (reader, MAX_NUMBER_BYTES);

      if (serial != NULL && last != NULL && strcmp (last, serial) >= 0)
        lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID,
                           "the serials of the negative list are not in order");
      if (serial == NULL || reader->error != NULL)
        break;
      last = serial;
      g_hash_table_add (list->serials, g_steal_pointer (&serial));
    }
}

static LanyardNegativeList *
decode_list (const guint8 *data, gsize n_bytes, GError **error)
{
  LanyardCborReader reader;
  g_autoptr (LanyardNegativeList) list = lanyard_negative_list_new (0, 0);
  const char *last = NULL;
  gsize n_members, n_rows;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_NEGATIVE_LIST_MAX_BYTES);
  n_members = lanyard_cbor_enter_map (&reader, 4);
  if (n_members != 3 && n_members != 4)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "a negative list has three or four members");
  lanyard_cbor_read_int (&reader, 1, 1);
  list->counter = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  lanyard_cbor_read_int (&reader, 2, 2);
  list->issued_s = lanyard_cbor_read_int (&reader, 0, MAX_TIME_S);
  lanyard_cbor_read_int (&reader, 3, 3);
  n_rows = lanyard_cbor_enter_array (&reader, LANYARD_NEGATIVE_LIST_MAX_NUMBERS);
  for (gsize i = 0; i < n_rows && reader.error == NULL; i++)
    {
      guint32 lowest = 0;
      char *number = read_row (&reader, last, &lowest);

      if (number == NULL)
        break;
      g_hash_table_insert (list->lowest, number, GUINT_TO_POINTER (lowest));
      last = number;
    }
  if (n_members == 4)
    read_serials (&reader, list);
  if (!lanyard_cbor_reader_end (&reader, "negative list", error))
    return NULL;
  return g_steal_pointer (&list);
}

LanyardNegativeList *
lanyard_negative_list_new (guint64 counter, gint64 issued_s)
{
  LanyardNegativeList *list = g_new0 (LanyardNegativeList, 1);

  g_atomic_ref_count_init (&list->references);
  list->counter = counter;
  list->issued_s = issued_s;
  list->lowest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list->serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return list;
}

void
lanyard_negative_list_add (LanyardNegativeList *list, const char *number, guint32 lowest_valid)
{
  g_return_if_fail (list != NULL && number != NULL);
  g_return_if_fail (strlen (number) <= MAX_NUMBER_BYTES);

  if (lowest_valid > lanyard_negative_list_lookup (list, number))
    g_hash_table_insert (list->lowest, g_strdup (number), GUINT_TO_POINTER (lowest_valid));
}

void
lanyard_negative_list_add_serial (LanyardNegativeList *list, const char *serial)
{
  g_return_if_fail (list != NULL && serial != NULL);
  g_return_if_fail (strlen (serial) <= MAX_NUMBER_BYTES);

  g_hash_table_add (list->serials, g_strdup (serial));
}

LanyardNegativeList *
lanyard_negative_list_ref (LanyardNegativeList *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  g_atomic_ref_count_inc (&list->references);
  return list;
}

void
lanyard_negative_list_unref (LanyardNegativeList *list)
{
  if (list == NULL || !g_atomic_ref_count_dec (&list->references))
    return;
  g_hash_table_unref (list->lowest);
  g_hash_table_unref (list->serials);
  g_free (list);
}

/* Returns: (transfer container): the keys of @table, ascending bytewise */
static GPtrArray *
sort_keys (GHashTable *table)
{
  GPtrArray *keys = g_ptr_array_sized_new (g_hash_table_size (table));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_numbers);
  return keys;
}

static void
write_serials (LanyardCborWriter *writer, GPtrArray *serials)
{
  lanyard_cbor_write_uint (writer, 4);
  lanyard_cbor_open_array (writer, serials->len);
  for (guint i = 0; i < serials->len; i++)
    lanyard_cbor_write_text (writer, serials->pdata[i]);
}

GBytes *
lanyard_negative_list_sign (LanyardNegativeList *list, const LanyardKey *key)
{
  LanyardCborWriter *writer;
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (GPtrArray) serials = NULL;
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (list != NULL && key != NULL, NULL);
  g_return_val_if_fail (lanyard_negative_list_get_size (list) <= LANYARD_NEGATIVE_LIST_MAX_NUMBERS,
                        NULL);
  g_return_val_if_fail (g_hash_table_size (list->serials) <= LANYARD_NEGATIVE_LIST_MAX_SERIALS,
                        NULL);

  numbers = sort_keys (list->lowest);
  serials = sort_keys (list->serials);
  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_open_map (writer, serials->len > 0 ? 4 : 3);
  lanyard_cbor_write_uint (writer, 1);
  lanyard_cbor_write_uint (writer, list->counter);
  lanyard_cbor_write_uint (writer, 2);
  lanyard_cbor_write_int (writer, list->issued_s);
  lanyard_cbor_write_uint (writer, 3);
  lanyard_cbor_open_array (writer, numbers->len);
  for (guint i = 0; i < numbers->len; i++)
    {
      lanyard_cbor_open_array (writer, 2);
      lanyard_cbor_write_text (writer, numbers->pdata[i]);
      lanyard_cbor_write_uint (writer, lanyard_negative_list_lookup (list, numbers->pdata[i]));
    }
  if (serials->len > 0)
    write_serials (writer, serials);
  payload = lanyard_cbor_writer_end (writer);
  return lanyard_cose_sign1 (key, CONTENT, NULL, g_bytes_get_data (payload, NULL),
                             g_bytes_get_size (payload));
}

LanyardNegativeList *
lanyard_negative_list_load (const void *data,
                            gsize n_bytes,
                            const LanyardTrustList *trust,
                            const LanyardNegativeList *previous,
                            gint64 now_s,
                            GError **error)
{
  g_autoptr (LanyardNegativeList) list = NULL;
  const guint8 *payload;
  gsize n_payload;

  g_return_val_if_fail (trust != NULL, NULL);

  if (lanyard_trust_list_open (trust, LANYARD_SCOPE_DIRECTORY, CONTENT, NULL, data, n_bytes,
                               LANYARD_NEGATIVE_LIST_MAX_BYTES, now_s, &payload, &n_payload, error)
      == NULL)
    return NULL;
  list = decode_list (payload, n_payload, error);
  if (list == NULL)
    return NULL;
  if (previous && list->counter < previous->counter)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK,
                   "The negative list has the counter %" G_GUINT64_FORMAT
                   ", which is older than %" G_GUINT64_FORMAT " in force here",
                   list->counter, previous->counter);
      return NULL;
    }
  return g_steal_pointer (&list);
}

guint32
lanyard_negative_list_lookup (const LanyardNegativeList *list, const char *number)
{
  g_return_val_if_fail (list != NULL && number != NULL, 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (list->lowest, number));
}

gboolean
lanyard_negative_list_has_serial (const LanyardNegativeList *list, const char *serial)
{
  g_return_val_if_fail (list != NULL && serial != NULL, FALSE);

  return g_hash_table_contains (list->serials, serial);
}

guint64
lanyard_negative_list_get_counter (const LanyardNegativeList *list)
{
  g_return_val_if_fail (list != NULL, 0);

  return list->counter;
}

gint64
lanyard_negative_list_get_issued_s (const LanyardNegativeList *list)
{
  g_return_val_if_fail (list != NULL, 0);

  return list->issued_s;
}

guint
lanyard_negative_list_get_size (const LanyardNegativeList *list)
{
  g_return_val_if_fail (list != NULL, 0);

  return g_hash_table_size (list->lowest);
}
