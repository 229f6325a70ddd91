/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <errno.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-csv.h"
#include "lanyard-hub-decisions.h"
#include "lanyard-hub-other-chain.h"
#include "lanyard-hub-rebuild.h"
#include "lanyard-journal.h"

#define BATCH_RECORDS 200

/* Records come stream by stream or mixed; each stream waits until it is worth a transaction. */
typedef struct
{
  LanyardHub *hub;     /* owned */
  GHashTable *streams; /* owned (element-type gint64 LanyardBatch) */
  GHashTable *
      others; /* owned (element-type gint64 LanyardHubOtherChain): of the source that is read now */
  const char *directory; /* borrowed */
  guint64 n_records;     /* read */
  guint64 n_unplaced;    /* in streams that have a gap, or that contradict what is there */
  GError *error;         /* owned (nullable): of a record */
} Rebuild;

static void
rebuild_clear (Rebuild *rebuild)
{
  g_clear_pointer (&rebuild->streams, g_hash_table_unref);
  g_clear_pointer (&rebuild->others, g_hash_table_unref);
  g_clear_pointer (&rebuild->hub, lanyard_hub_close);
  g_clear_error (&rebuild->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rebuild, rebuild_clear)

static gint64
get_key (guint32 device, guint32 epoch)
{
  return (gint64)(((guint64)device << 32) | epoch);
}

static LanyardHubOtherChain *
begin_other (Rebuild *rebuild, guint32 device, guint32 epoch, guint64 from, GError **error)
{
  LanyardHubOtherChain *other
      = lanyard_hub_other_chain_new (rebuild->directory, device, epoch, from, error);
  gint64 key = get_key (device, epoch);

  if (other != NULL)
    g_hash_table_insert (rebuild->others, g_memdup2 (&key, sizeof key), other);
  return other;
}

/* What of @batch is not what is here goes into a file. */
static gboolean
part (Rebuild *rebuild, const LanyardBatch *batch, GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (rebuild->hub);
  LanyardHubOtherChain *other = NULL;

  for (guint i = 0; i < batch->records->len; i++)
    {
      const LanyardHash *hash = &g_array_index (batch->hashes, LanyardHash, i);
      guint64 seq = batch->first + i;
      g_autoptr (LanyardHubRecord) here
          = other != NULL ? NULL
                          : store->ops->find_record (store, batch->device, batch->epoch, seq, NULL);

      if (here != NULL && lanyard_hash_equal (&here->hash, hash))
        continue;
      if (other == NULL
          && (other = begin_other (rebuild, batch->device, batch->epoch, seq, error)) == NULL)
        return FALSE;
      if (!lanyard_hub_other_chain_add (other, seq, g_ptr_array_index (batch->records, i), hash,
                                        error))
        return FALSE;
    }
  return TRUE;
}

/* Of one source, when it was read. */
static void
tell_others (Rebuild *rebuild, const char *source)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, rebuild->others);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const LanyardHubOtherChain *other = value;

      rebuild->n_unplaced += other->n;
      g_printerr ("lanyard-hub: two machines wrote as desk %u epoch %u: %s parts from what is here "
                  "at record %" G_GUINT64_FORMAT ". Its %" G_GUINT64_FORMAT
                  " records from there on "
                  "are not taken and are kept in %s; look at the badges in it by hand.\n",
                  other->device, other->epoch, source, other->from, other->n, other->path);
    }
  g_hash_table_remove_all (rebuild->others);
}

static gboolean
store_batch (Rebuild *rebuild, LanyardBatch *batch, GError **error)
{
  guint n = batch->records->len;
  guint32 device = batch->device, epoch = batch->epoch;
  guint64 first = batch->first;
  LanyardBatch kept = *batch;
  g_autoptr (GPtrArray) records = g_ptr_array_ref (batch->records);
  g_autoptr (GArray) hashes = g_array_ref (batch->hashes);
  LanyardReceiptStatus status;

  if (n == 0)
    {
      lanyard_batch_free (batch);
      return TRUE;
    }
  if (!lanyard_hub_ingest_batch (rebuild->hub, batch, &status, error))
    return FALSE;
  if (status == LANYARD_RECEIPT_ACCEPTED)
    return TRUE;
  if (status == LANYARD_RECEIPT_FORK)
    return part (rebuild, &kept, error);
  rebuild->n_unplaced += n;
  g_printerr ("lanyard-hub: records %u/%u/%" G_GUINT64_FORMAT " and the %u behind it are not "
              "taken: what comes before them is missing.\n",
              device, epoch, first, n - 1);
  return TRUE;
}

/* The hash of the record before @seq, as far as it is known. */
static void
find_previous (Rebuild *rebuild, guint32 device, guint32 epoch, guint64 seq, LanyardHash *previous)
{
  LanyardHubStore *store = lanyard_hub_get_store (rebuild->hub);
  g_autoptr (LanyardHubRecord) record
      = seq <= 1 ? NULL : store->ops->find_record (store, device, epoch, seq - 1, NULL);

  *previous = (LanyardHash){ 0 };
  if (record != NULL)
    *previous = record->hash;
}

static gboolean
must_follow (gboolean follows, guint32 device, guint32 epoch, guint64 seq, GError **error)
{
  if (!follows)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
                 "Record %u/%u/%" G_GUINT64_FORMAT " does not follow the one before it in its "
                 "chain: something before it is missing, or it was changed.",
                 device, epoch, seq);
  return follows;
}

/* One more behind the place where its chain left the hub's. */
static gboolean
take_other (LanyardHubOtherChain *other,
            guint64 seq,
            GBytes *encoded,
            const LanyardHash *hash,
            GError **error)
{
  g_autoptr (LanyardBatch) alone
      = lanyard_hub_batch_begin (other->device, other->epoch, seq, &other->head);

  lanyard_hub_batch_add (alone, encoded);
  return must_follow (seq == other->from + other->n && lanyard_hash_equal (&alone->head, hash),
                      other->device, other->epoch, seq, error)
         && lanyard_hub_other_chain_add (other, seq, encoded, hash, error);
}

static gboolean
take_record (Rebuild *rebuild,
             guint32 device,
             guint32 epoch,
             guint64 seq,
             GBytes *encoded,
             const LanyardHash *hash,
             GError **error)
{
  gint64 key = get_key (device, epoch);
  LanyardBatch *batch = g_hash_table_lookup (rebuild->streams, &key);
  LanyardHubOtherChain *other;

  rebuild->n_records++;
  if (batch != NULL
      && (lanyard_batch_get_last (batch) + 1 != seq || batch->records->len >= BATCH_RECORDS))
    {
      g_autofree gpointer old_key = NULL;

      g_hash_table_steal_extended (rebuild->streams, &key, &old_key, NULL);
      if (!store_batch (rebuild, batch, error))
        return FALSE;
      batch = NULL;
    }
  other = g_hash_table_lookup (rebuild->others, &key);
  if (other != NULL)
    return take_other (other, seq, encoded, hash, error);
  if (batch == NULL)
    {
      LanyardHash previous;

      find_previous (rebuild, device, epoch, seq, &previous);
      batch = lanyard_hub_batch_begin (device, epoch, seq, &previous);
      g_hash_table_insert (rebuild->streams, g_memdup2 (&key, sizeof key), batch);
    }
  lanyard_hub_batch_add (batch, encoded);
  return must_follow (lanyard_hash_equal (&batch->head, hash), device, epoch, seq, error);
}

static gboolean
store_rest (Rebuild *rebuild, GError **error)
{
  GHashTableIter iter;
  gpointer key, batch;

  g_hash_table_iter_init (&iter, rebuild->streams);
  while (g_hash_table_iter_next (&iter, &key, &batch))
    {
      g_hash_table_iter_steal (&iter);
      g_free (key);
      if (!store_batch (rebuild, batch, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
on_journal_record (const LanyardRecord *record, gpointer user_data)
{
  Rebuild *rebuild = user_data;
  g_autoptr (GBytes) encoded = NULL;

  /* Written before an enrolment, or between two: no hub waits for that. */
  if (record->device == 0)
    return TRUE;
  encoded = lanyard_record_encode (record);
  return take_record (rebuild, record->device, record->epoch, record->seq, encoded, &record->hash,
                      &rebuild->error);
}

static gboolean
read_journal (Rebuild *rebuild, const char *path, GError **error)
{
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (path, LANYARD_JOURNAL_READ_ONLY, NULL, error);

  if (journal == NULL || !lanyard_journal_verify (journal, NULL, error)
      || !lanyard_journal_foreach (journal, on_journal_record, rebuild, error))
    return FALSE;
  if (rebuild->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&rebuild->error));
  return FALSE;
}

/* "000000000012-7-1-501-600.refused": whose it is, is in its name */
static gboolean
is_of_relay (const char *path, guint32 *device, guint32 *epoch)
{
  g_autofree char *name = g_path_get_basename (path);
  guint64 id;

  return (g_str_has_suffix (name, ".refused") || g_str_has_suffix (name, ".batch")
          || g_str_has_suffix (name, ".sent"))
         && sscanf (name, "%" G_GUINT64_FORMAT "-%u-%u-", &id, device, epoch) == 3;
}

/* What a relay kept. */
static gboolean
read_relay (Rebuild *rebuild, const char *path, GError **error)
{
  g_autofree char *content = NULL;
  gsize n_bytes;
  guint32 device, epoch;
  LanyardBatch *batch;

  is_of_relay (path, &device, &epoch);
  if (!g_file_get_contents (path, &content, &n_bytes, error))
    return FALSE;
  batch = lanyard_hub_batch_open (rebuild->hub, device, epoch, content, n_bytes, error);
  if (batch == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  rebuild->n_records += batch->records->len;
  return store_batch (rebuild, batch, error);
}

/* Returns: (transfer none): the text of a member, empty when it is none */
static const char *
read_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text
      = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  return text != NULL ? text : "";
}

static GBytes *
read_hex (JsonObject *object, const char *name)
{
  const char *text = read_text (object, name);
  gsize n_bytes = strlen (text) / 2;
  g_autofree guint8 *bytes = g_malloc (MAX (n_bytes, 1));

  if (n_bytes == 0 || !lanyard_hex_decode (text, bytes, n_bytes))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), n_bytes);
}

static guint64
read_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? (guint64)MAX (json_node_get_int (node), 0)
                                                      : 0;
}

static gboolean
take_export_line (Rebuild *rebuild, JsonObject *object, GError **error)
{
  g_autoptr (GBytes) encoded = read_hex (object, "record");
  g_autoptr (GBytes) hash_bytes = read_hex (object, "hash");
  LanyardHash hash;

  if (encoded == NULL || hash_bytes == NULL || g_bytes_get_size (hash_bytes) != sizeof hash.bytes)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "it is no line of lanyard-hub export records");
      return FALSE;
    }
  memcpy (hash.bytes, g_bytes_get_data (hash_bytes, NULL), sizeof hash.bytes);
  return take_record (rebuild, (guint32)read_number (object, "device"),
                      (guint32)read_number (object, "epoch"), read_number (object, "seq"), encoded,
                      &hash, error);
}

typedef gboolean (*LineFunc) (gpointer data, JsonObject *object, GError **error);

static gboolean
read_lines (const char *path, LineFunc func, gpointer data, GError **error)
{
  FILE *file = fopen (path, "re");
  g_autoptr (LanyardHubCsv) lines = NULL;
  LanyardHubCsvResult result = LANYARD_HUB_CSV_ROW;
  gboolean done = TRUE;

  if (file == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "%s cannot be read: %s.", path,
                   g_strerror (errno));
      return FALSE;
    }
  lines = lanyard_hub_csv_new (file, TRUE, 0);
  while (done && (result = lanyard_hub_csv_read (lines, error)) == LANYARD_HUB_CSV_ROW)
    {
      g_autoptr (JsonNode) node = json_from_string (lanyard_hub_csv_get_field (lines, 0), NULL);

      done = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             && func (data, json_node_get_object (node), error);
      if (!done && error != NULL && *error == NULL)
        g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "it is not JSON");
      if (!done)
        g_prefix_error (error, "%s:%" G_GUINT64_FORMAT ": ", path,
                        lanyard_hub_csv_get_line (lines));
    }
  fclose (file);
  return done && result == LANYARD_HUB_CSV_END;
}

static gboolean
on_record_line (gpointer data, JsonObject *object, GError **error)
{
  return take_export_line (data, object, error);
}

static gboolean
on_enrolment_line (gpointer data, JsonObject *object, GError **error)
{
  g_autoptr (LanyardHubEnrolment) enrolment = g_new0 (LanyardHubEnrolment, 1);

  enrolment->id = read_number (object, "id");
  enrolment->device = (guint32)read_number (object, "device");
  enrolment->epoch = (guint32)read_number (object, "epoch");
  enrolment->venue = g_strdup (read_text (object, "venue"));
  enrolment->name = g_strdup (read_text (object, "name"));
  enrolment->prefix = g_strdup (read_text (object, "prefix"));
  enrolment->enrolled_us = (gint64)read_number (object, "enrolled_us");
  if (enrolment->id == 0 || enrolment->device == 0 || enrolment->epoch == 0
      || !lanyard_hex_decode (read_text (object, "key"), enrolment->key.bytes,
                              LANYARD_PUBLIC_KEY_BYTES))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "it is no line of lanyard-hub export enrolments");
      return FALSE;
    }
  g_ptr_array_add (data, g_steal_pointer (&enrolment));
  return TRUE;
}

static gboolean
restore (const char *directory, const char *root_hex, const char *enrolments, GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_enrolment_free);
  LanyardPublicKey root;

  if (!lanyard_hex_decode (root_hex, root.bytes, LANYARD_PUBLIC_KEY_BYTES))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--root is the event's root key, 64 hexadecimal characters, as in "
                           "root-key= of every desk.");
      return FALSE;
    }
  return read_lines (enrolments, on_enrolment_line, rows, error)
         && lanyard_hub_restore (directory, &root, rows, error);
}

/* Tells what became of each line, and counts it. */
static void
tell_decisions (Rebuild *rebuild, const char *path, const GArray *results)
{
  guint64 n_of[LANYARD_HUB_DECISION_BROKEN + 1] = { 0 };

  for (guint i = 0; i < results->len; i++)
    {
      LanyardHubDecisionResult result = g_array_index (results, LanyardHubDecisionResult, i);

      n_of[result]++;
      if (result == LANYARD_HUB_DECISION_BROKEN)
        g_printerr (
            "lanyard-hub: %s:%u: this hub's key did not sign that line as it is: it was cut "
            "off or changed, and is not taken.\n",
            path, i + 1);
      else if (result == LANYARD_HUB_DECISION_WAITS)
        g_printerr (
            "lanyard-hub: %s:%u: what was decided there cannot be done yet: its desk or its "
            "record is not here, or the record still makes no sense. Import the roster, "
            "find the journal, and run this again without --enrolments.\n",
            path, i + 1);
    }
  g_print ("%" G_GUINT64_FORMAT " decisions taken, %" G_GUINT64_FORMAT " not taken\n",
           n_of[LANYARD_HUB_DECISION_TAKEN],
           n_of[LANYARD_HUB_DECISION_WAITS] + n_of[LANYARD_HUB_DECISION_BROKEN]);
  rebuild->n_unplaced += n_of[LANYARD_HUB_DECISION_WAITS] + n_of[LANYARD_HUB_DECISION_BROKEN];
}

/* @path: (nullable): that of the hub's folder, if it is there */
static gboolean
take_decisions (Rebuild *rebuild, const char *path, GError **error)
{
  g_autofree char *own = g_build_filename (rebuild->directory, LANYARD_HUB_DECISIONS_FILE, NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GArray) results = NULL;

  if (path == NULL && g_file_test (own, G_FILE_TEST_EXISTS))
    path = own;
  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &content, NULL, error))
    return FALSE;
  lines = g_strsplit (content, "\n", -1);
  if (!lanyard_hub_take_decisions (rebuild->hub, (const char *const *)lines, &results, error))
    return FALSE;
  tell_decisions (rebuild, path, results);
  return lanyard_hub_keep_decisions (rebuild->hub, error);
}

static gboolean
read_source (Rebuild *rebuild, const char *path, GError **error)
{
  guint32 device, epoch;

  if (g_str_has_suffix (path, ".jsonl"))
    return read_lines (path, on_record_line, rebuild, error);
  if (is_of_relay (path, &device, &epoch))
    return read_relay (rebuild, path, error);
  return read_journal (rebuild, path, error);
}

static gboolean
rebuild_all (const char *directory, const char *decisions, char **sources, GError **error)
{
  g_auto (Rebuild) rebuild = { 0 };

  rebuild.streams = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                           (GDestroyNotify)lanyard_batch_free);
  rebuild.hub = lanyard_hub_open (directory, NULL, error);
  if (rebuild.hub == NULL)
    return FALSE;
  rebuild.others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                          (GDestroyNotify)lanyard_hub_other_chain_free);
  rebuild.directory = directory;
  for (; *sources != NULL; tell_others (&rebuild, *sources), sources++)
    if (!read_source (&rebuild, *sources, error) || !store_rest (&rebuild, error))
      return FALSE;
  g_print ("%" G_GUINT64_FORMAT " records read, %" G_GUINT64_FORMAT " not taken\n",
           rebuild.n_records, rebuild.n_unplaced);
  if (!take_decisions (&rebuild, decisions, error))
    return FALSE;
  if (rebuild.n_unplaced == 0)
    return TRUE;
  g_set_error_literal (
      error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
      "Not all was taken: see above. Where journals are missing, find them and run "
      "this again without --enrolments.");
  return FALSE;
}

int
lanyard_hub_command_rebuild (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *root = NULL;
  g_autofree char *enrolments = NULL;
  g_autofree char *decisions = NULL;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory,
      "folder with hub.key and pack/; its store is not there or empty", "DIR" },
    { "root", 0, 0, G_OPTION_ARG_STRING, &root, "the event's root key", "HEX" },
    { "enrolments", 0, 0, G_OPTION_ARG_FILENAME, &enrolments,
      "of lanyard-hub export enrolments; without it records are added to the hub that is there",
      "FILE" },
    { "decisions", 0, 0, G_OPTION_ARG_FILENAME, &decisions,
      "what people decided at the hub (DIR/decisions.jsonl, if it is there)", "FILE" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse (
          "--dir DIR --root HEX --enrolments FILE [--decisions FILE] SOURCE…",
          "Makes a hub's store anew from copies of desks' journal.db and from files of "
          "lanyard-hub export records (….jsonl), checking each chain. Without a source it makes "
          "the "
          "store: import the roster then, and give the sources to a second run.",
          entries, &argc, &argv, &error)
      && lanyard_hub_command_need (directory, "--dir", &error)
      && lanyard_hub_command_need (argc > 1            ? argv[1]
                                   : decisions != NULL ? decisions
                                                       : enrolments,
                                   "A journal or export", &error)
      && (enrolments == NULL
          || (lanyard_hub_command_need (root, "--root", &error)
              && restore (directory, root, enrolments, &error))))
    rebuild_all (directory, decisions, argv + 1, &error);
  return lanyard_hub_command_end (error);
}
