/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-decisions.h"

#include <errno.h>
#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hub-private.h"

#define SIGNED_DOMAIN "lanyard/decision/1"
#define SIGNATURE_MEMBER ",\"signature\":\""
#define PAGE 500

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, text);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_words (JsonBuilder *builder, const char *name, char **words)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);
}

/* @decision: what kind it is */
static JsonBuilder *
begin_line (const char *decision)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "decision", decision);
  return builder;
}

/* @builder: (transfer full) */
static void
end_line (GPtrArray *lines, JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = NULL;

  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  g_ptr_array_add (lines, json_to_string (node, FALSE));
  g_object_unref (builder);
}

static void
list_resolution (GPtrArray *lines, const char *number, const LanyardResolution *resolution)
{
  JsonBuilder *builder = begin_line ("badges");

  add_text (builder, "id", resolution->id);
  add_text (builder, "number", number);
  add_text (builder, "keep", resolution->keep);
  add_words (builder, "voids", resolution->voids);
  add_words (builder, "settles", resolution->settles);
  add_int (builder, "reason", resolution->reason);
  add_text (builder, "who", resolution->who);
  add_text (builder, "second", resolution->second);
  add_int (builder, "at_us", resolution->at_us);
  end_line (lines, builder);
}

/* About conflicts, and about badges of lost desks. */
static gboolean
list_resolutions (LanyardHubStore *store, GPtrArray *lines, GError **error)
{
  g_autoptr (GPtrArray) numbers = store->ops->list_decided (store, error);

  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      const char *number = g_ptr_array_index (numbers, i);
      g_autoptr (GPtrArray) resolutions = store->ops->list_resolutions (store, number, error);

      if (resolutions == NULL)
        return FALSE;
      for (guint k = 0; k < resolutions->len; k++)
        {
          const LanyardResolution *resolution = g_ptr_array_index (resolutions, k);

          if (g_str_has_prefix (resolution->id, "0-0-")) /* the others are desks' records */
            list_resolution (lines, number, resolution);
        }
    }
  return numbers != NULL;
}

/* Whether badges that this key signed are good. */
static gboolean
signs_badges (LanyardHub *hub, const LanyardPublicKey *key)
{
  for (guint i = 0; i < lanyard_trust_list_get_n_keys (hub->trust); i++)
    {
      const LanyardTrustedKey *trusted = lanyard_trust_list_get_key (hub->trust, i);

      if (memcmp (trusted->key.bytes, key->bytes, LANYARD_PUBLIC_KEY_BYTES) == 0
          && (trusted->scopes & (guint32)LANYARD_SCOPE_BADGE) != 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
list_revocations (LanyardHub *hub, GPtrArray *lines, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GPtrArray) revocations = store->ops->list_revocations (store, error);

  for (guint i = 0; revocations != NULL && i < revocations->len; i++)
    {
      const LanyardHubRevocation *revocation = g_ptr_array_index (revocations, i);
      g_autoptr (LanyardHubEnrolment) enrolment
          = store->ops->find_enrolment (store, revocation->device, revocation->epoch, NULL);
      JsonBuilder *builder;

      if (enrolment == NULL)
        continue;
      builder = begin_line ("revoked");
      add_int (builder, "device", revocation->device);
      add_int (builder, "epoch", revocation->epoch);
      add_int (builder, "badges", signs_badges (hub, &enrolment->key));
      add_int (builder, "at_us", revocation->at_us);
      add_text (builder, "person", revocation->person);
      add_text (builder, "reason", revocation->reason);
      end_line (lines, builder);
    }
  return revocations != NULL;
}

static gboolean
list_asides (LanyardHubStore *store, GPtrArray *lines, GError **error)
{
  guint32 device = 0, epoch = 0;
  guint64 seq = 0;
  guint n;

  do
    {
      g_autoptr (GPtrArray) rows
          = store->ops->list_quarantine (store, TRUE, device, epoch, seq, PAGE, error);

      if (rows == NULL)
        return FALSE;
      n = rows->len;
      for (guint i = 0; i < n; i++)
        {
          const LanyardHubAside *aside = g_ptr_array_index (rows, i);
          JsonBuilder *builder;

          device = aside->device;
          epoch = aside->epoch;
          seq = aside->seq;
          if (*aside->decision == '\0')
            continue;
          builder = begin_line (aside->decision);
          add_int (builder, "device", device);
          add_int (builder, "epoch", epoch);
          add_int (builder, "seq", (gint64)seq);
          add_int (builder, "at_us", aside->decided_us);
          add_text (builder, "person", aside->decided_by);
          add_text (builder, "reason", aside->reason);
          end_line (lines, builder);
        }
    }
  while (n > 0);
  return TRUE;
}

static gboolean
list_deeds (LanyardHubStore *store, GPtrArray *lines, GError **error)
{
  guint64 after = 0;
  guint n;

  do
    {
      g_autoptr (GPtrArray) deeds = store->ops->list_deeds (store, after, PAGE, error);

      if (deeds == NULL)
        return FALSE;
      n = deeds->len;
      for (guint i = 0; i < n; i++)
        {
          const LanyardHubDeed *deed = g_ptr_array_index (deeds, i);
          JsonBuilder *builder = begin_line ("deed");

          after = deed->id;
          add_int (builder, "at_us", deed->at_us);
          add_text (builder, "person", deed->person);
          add_text (builder, "what", deed->what);
          add_text (builder, "subject", deed->subject);
          add_text (builder, "reason", deed->reason);
          end_line (lines, builder);
        }
    }
  while (n > 0);
  return TRUE;
}

GPtrArray *
lanyard_hub_list_decisions (LanyardHub *hub, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (hub != NULL, NULL);

  if (list_revocations (hub, lines, error) && list_resolutions (hub->store, lines, error)
      && list_asides (hub->store, lines, error) && list_deeds (hub->store, lines, error))
    return g_steal_pointer (&lines);
  return NULL;
}

/* What is signed. (transfer full) */
static GBytes *
make_message (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *)SIGNED_DOMAIN, sizeof SIGNED_DOMAIN);
  g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
  return g_byte_array_free_to_bytes (bytes);
}

char *
lanyard_hub_sign_decision (LanyardHub *hub, const char *text)
{
  g_autoptr (GBytes) message = make_message (text);
  g_autofree char *hex = NULL;
  guint8 signature[LANYARD_SIGNATURE_BYTES];

  lanyard_key_sign (hub->key, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                    signature);
  hex = lanyard_hex_encode (signature, sizeof signature);
  return g_strdup_printf ("%.*s" SIGNATURE_MEMBER "%s\"}", (int)strlen (text) - 1, text, hex);
}

char *
_lanyard_hub_split_decision (const char *line, guint8 *signature)
{
  const char *member = g_strrstr (line, SIGNATURE_MEMBER);
  const char *hex = member == NULL ? "" : member + strlen (SIGNATURE_MEMBER);
  g_autofree char *digits = NULL;

  if (strlen (hex) != 2 * LANYARD_SIGNATURE_BYTES + 2 || !g_str_has_suffix (hex, "\"}"))
    return NULL;
  digits = g_strndup (hex, 2 * (gsize)LANYARD_SIGNATURE_BYTES);
  if (!lanyard_hex_decode (digits, signature, LANYARD_SIGNATURE_BYTES))
    return NULL;
  return g_strdup_printf ("%.*s}", (int)(member - line), line);
}

gboolean
_lanyard_hub_verify_decision (LanyardHub *hub, const char *text, const guint8 *signature)
{
  g_autoptr (GBytes) message = make_message (text);

  return lanyard_public_key_verify (lanyard_key_get_public (hub->key),
                                    g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                    signature);
}

/* Texts of all lines of @content that are whole. */
static GHashTable *
read_texts (const char *content)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  guint8 signature[LANYARD_SIGNATURE_BYTES];

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *text = _lanyard_hub_split_decision (lines[i], signature);

      if (text != NULL)
        g_hash_table_add (texts, text);
    }
  return texts;
}

static gboolean
write_all (int fd, const GString *text)
{
  for (gsize done = 0; done < text->len;)
    {
      gssize n = write (fd, text->str + done, text->len - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      done += (gsize)MAX (n, 0);
    }
  return fsync (fd) == 0;
}

/* A name is on disk when its folder is. */
static gboolean
sync_folder (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return done;
}

/* What of @lines the file has not, signed, each with a line end. */
static GString *
collect_missing (LanyardHub *hub, GPtrArray *lines, const char *content)
{
  g_autoptr (GHashTable) known = read_texts (content);
  GString *missing = g_string_new (NULL);
  gsize n_bytes = strlen (content);

  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *line = NULL;

      if (g_hash_table_contains (known, g_ptr_array_index (lines, i)))
        continue;
      line = lanyard_hub_sign_decision (hub, g_ptr_array_index (lines, i));
      /* Behind one that was cut off. */
      if (missing->len == 0 && n_bytes > 0 && content[n_bytes - 1] != '\n')
        g_string_append_c (missing, '\n');
      g_string_append_printf (missing, "%s\n", line);
    }
  return missing;
}

/* @fd: of the file, locked */
static gboolean
bring_up_to_date (LanyardHub *hub, int fd, const char *path, GPtrArray *lines)
{
  g_autofree char *content = NULL;
  g_autoptr (GString) missing = NULL;

  if (!g_file_get_contents (path, &content, NULL, NULL))
    {
      errno = EIO;
      return FALSE;
    }
  missing = collect_missing (hub, lines, content);
  return missing->len == 0 || (write_all (fd, missing) && sync_folder (hub->directory));
}

gboolean
lanyard_hub_keep_decisions (LanyardHub *hub, GError **error)
{
  g_autofree char *path = g_build_filename (hub->directory, LANYARD_HUB_DECISIONS_FILE, NULL);
  g_autoptr (GPtrArray) lines = lanyard_hub_list_decisions (hub, error);
  gboolean done;
  int fd;

  if (lines == NULL)
    return FALSE;
  fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  done = fd >= 0 && flock (fd, LOCK_EX) == 0 && bring_up_to_date (hub, fd, path, lines);
  if (!done)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                 "What was decided is in the store, and cannot be written to %s (%s): mend that, "
                 "or a hub that has to be rebuilt will not know of it.",
                 path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return done;
}
