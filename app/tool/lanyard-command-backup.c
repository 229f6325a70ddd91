/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-backup.h"
#include "lanyard-clock.h"
#include "lanyard-output.h"

/* What the commands that read a backup have in common. */
typedef struct
{
  LanyardBackupKey *key; /* owned */
  LanyardPublicKey desk_key;
  gboolean has_desk_key;
  char **words; /* owned */
  char *output; /* owned (nullable) */
  gboolean json;
} Opening;

static void
opening_clear (Opening *opening)
{
  g_clear_pointer (&opening->key, lanyard_backup_key_free);
  g_strfreev (opening->words);
  g_free (opening->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opening, opening_clear)

/* @output: the option that says where what is read goes: "output", "state-dir"; (nullable) */
static gboolean
read_words (Opening *opening,
            const LanyardCommand *self,
            char **args,
            const char *output,
            const char *description,
            GError **error)
{
  g_autofree char *key_path = NULL;
  g_autofree char *desk_key = NULL;
  const GOptionEntry entries[] = {
    { "key", 'k', 0, G_OPTION_ARG_FILENAME, &key_path, "The secret half, of 'lanyard backup key'",
      "FILE" },
    { "desk-key", 0, 0, G_OPTION_ARG_STRING, &desk_key,
      "Public key of the desk: refuse what another one signed", "HEX" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &opening->json, "JSON for programs", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &opening->words, NULL, NULL },
    { output, output != NULL && *output == 'o' ? 'o' : 0, 0, G_OPTION_ARG_FILENAME,
      &opening->output, "Where it goes", "PATH" },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (self, args, entries, description, error)
      || !lanyard_command_require (self, key_path, "--key FILE", error))
    return FALSE;
  opening->has_desk_key = desk_key != NULL;
  if (!lanyard_command_parse_root_key (desk_key, &opening->desk_key, error))
    return FALSE;
  opening->key = lanyard_backup_key_load (key_path, error);
  return opening->key != NULL;
}

static gboolean
end_reading (const Opening *opening,
             LanyardBackupReader *reader,
             LanyardPublicKey *signer,
             GError **error)
{
  if (!lanyard_backup_reader_end (reader, signer, error))
    return FALSE;
  if (!opening->has_desk_key
      || memcmp (signer->bytes, opening->desk_key.bytes, LANYARD_PUBLIC_KEY_BYTES) == 0)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                       "Another key than that of the desk signed the backup: it was made by "
                       "somebody else; do not use it.");
  return FALSE;
}

/* --- key --- */

static gboolean
run_key (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_backup_key;
  g_autofree char *path = NULL;
  g_autofree char *hex = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (LanyardBackupKey) key = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "The new file", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (self, args, entries,
                              "Makes the pair of keys for the backups of an event. The file is the "
                              "secret half: it opens every backup, so it belongs where the root "
                              "key is, and on no desk. What is printed is the public half, for "
                              "recipient= under [backup] of every desk.",
                              error)
      || !lanyard_command_require_words (self, words, 0, 0, error)
      || !lanyard_command_require (self, path, "--output FILE", error))
    return FALSE;
  key = lanyard_backup_key_create (path, error);
  if (key == NULL)
    return FALSE;
  hex = lanyard_hex_encode (lanyard_backup_key_get_recipient (key)->bytes, LANYARD_RECIPIENT_BYTES);
  g_print ("%s\n", hex);
  return TRUE;
}

/* --- show --- */

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_json (const LanyardManifest *manifest, const char *kind, const char *signer)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  lanyard_output_member (builder, "holds", kind);
  lanyard_output_member (builder, "event", manifest->event);
  lanyard_output_member (builder, "desk", manifest->desk);
  lanyard_output_member (builder, "prefix", manifest->prefix);
  add_number (builder, "device", manifest->device);
  add_number (builder, "epoch", manifest->epoch);
  add_number (builder, "made_us", manifest->made_us);
  add_number (builder, "records", (gint64)manifest->head);
  add_number (builder, "pending", (gint64)(manifest->head - manifest->acknowledged));
  add_number (builder, "people", (gint64)manifest->n_entries);
  lanyard_output_member (builder, "signer", signer);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
print_words (const LanyardManifest *manifest, gboolean people, const char *signer)
{
  g_autofree char *at = lanyard_clock_format_us (manifest->made_us);

  g_print ("%s, desk %u epoch %u (%s, serials %s), made %s\n", manifest->event, manifest->device,
           manifest->epoch, manifest->desk, manifest->prefix, at);
  if (people)
    g_print ("The directory: %" G_GUINT64_FORMAT " accreditations.\n", manifest->n_entries);
  else
    g_print ("The records: %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT " not yet at the hub then.\n",
             manifest->head, manifest->head - manifest->acknowledged);
  g_print ("It is whole. Signed by %s.\n", signer);
}

static gboolean
run_show (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_backup_show;
  g_auto (Opening) opening = { 0 };
  g_autoptr (LanyardBackupReader) reader = NULL;
  g_autofree char *signer_hex = NULL;
  const LanyardManifest *manifest;
  LanyardPublicKey signer;
  gboolean people;

  if (!read_words (&opening, self, args, NULL,
                   "Reads the backup to its end, and says what it holds. The signer is the desk's "
                   "public key: 'lanyard-hub export enrolments' has the one that it should be.",
                   error)
      || !lanyard_command_require_words (self, opening.words, 1, 1, error))
    return FALSE;
  reader = lanyard_backup_reader_open (opening.words[0], opening.key, error);
  if (reader == NULL || !end_reading (&opening, reader, &signer, error))
    return FALSE;
  manifest = lanyard_backup_reader_get_manifest (reader);
  people = manifest->kind == LANYARD_BACKUP_PEOPLE;
  signer_hex = lanyard_hex_encode (signer.bytes, sizeof signer.bytes);
  if (opening.json)
    print_json (manifest, people ? "people" : "records", signer_hex);
  else
    print_words (manifest, people, signer_hex);
  return TRUE;
}

/* --- journal --- */

static gboolean
extract_journal (const Opening *opening, LanyardBackupReader *reader, int fd, GError **error)
{
  LanyardPublicKey signer;

  if (g_strcmp0 (lanyard_backup_reader_get_next (reader), "journal.db") != 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                           "There is no journal in this backup: name the one that ends in "
                           "-records.lanyard-backup.");
      return FALSE;
    }
  if (!lanyard_backup_reader_extract (reader, fd, error)
      || !end_reading (opening, reader, &signer, error))
    return FALSE;
  if (fsync (fd) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s could not be written (%s).",
               opening->output, g_strerror (errno));
  return FALSE;
}

static gboolean
run_journal (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_backup_journal;
  g_auto (Opening) opening = { 0 };
  g_autoptr (LanyardBackupReader) reader = NULL;
  gboolean done;
  int fd;

  if (!read_words (&opening, self, args, "output",
                   "Takes the journal out, for 'lanyard-hub rebuild', which adds what the hub does "
                   "not have yet. Nobody's name is in it.",
                   error)
      || !lanyard_command_require_words (self, opening.words, 1, 1, error)
      || !lanyard_command_require (self, opening.output, "--output FILE", error))
    return FALSE;
  reader = lanyard_backup_reader_open (opening.words[0], opening.key, error);
  if (reader == NULL)
    return FALSE;
  fd = open (opening.output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "%s could not be made (%s): name a file that is not there yet.", opening.output,
                   g_strerror (errno));
      return FALSE;
    }
  done = extract_journal (&opening, reader, fd, error);
  close (fd);
  if (!done)
    unlink (opening.output);
  return done;
}

/* --- restore --- */

static void
print_restored (const Opening *opening, const LanyardManifest *manifest, const char *lost)
{
  guint64 pending = manifest->head - manifest->acknowledged;

  g_print ("%s has what desk %u (%s) knew. Enrol it now: it gets an epoch of its own.\n",
           opening->output, manifest->device, manifest->desk);
  if (pending > 0)
    g_print ("%" G_GUINT64_FORMAT " records were not at the hub when the backup was made. Take ",
             pending);
  else
    g_print ("All records were at the hub when the backup was made. To be sure, take ");
  g_print ("%s to the hub: lanyard-hub rebuild --dir DIR %s\n", lost, lost);
}

static gboolean
run_restore (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_backup_restore;
  g_auto (Opening) opening = { 0 };
  g_auto (LanyardManifest) manifest = { 0 };
  g_autofree char *lost = NULL;

  if (!read_words (&opening, self, args, "state-dir",
                   "Gives a new machine what a lost one knew: its records, its PINs and, with the "
                   "second file, its directory and vault.key. Never over a desk that is there. The "
                   "lost machine's own key is in no backup: enrol the new one.",
                   error)
      || !lanyard_command_require_words (self, opening.words, 1, 2, error)
      || !lanyard_command_require (self, opening.output, "--state-dir DIR", error))
    return FALSE;
  if (!lanyard_backup_restore (opening.words, opening.key,
                               opening.has_desk_key ? &opening.desk_key : NULL, opening.output,
                               &manifest, &lost, error))
    return FALSE;
  print_restored (&opening, &manifest, lost);
  return TRUE;
}

const LanyardCommand lanyard_command_backup_key = {
  .name = "backup key",
  .parameters = "",
  .summary = "Make the keys for the backups of an event",
  .run = run_key,
};

const LanyardCommand lanyard_command_backup_show = {
  .name = "backup show",
  .parameters = "FILE",
  .summary = "Check a backup and tell what it holds",
  .run = run_show,
};

const LanyardCommand lanyard_command_backup_journal = {
  .name = "backup journal",
  .parameters = "FILE",
  .summary = "Take the journal out of a backup, for the hub",
  .run = run_journal,
};

const LanyardCommand lanyard_command_backup_restore = {
  .name = "backup restore",
  .parameters = "FILE…",
  .summary = "Give a new machine what a lost one knew",
  .run = run_restore,
};
