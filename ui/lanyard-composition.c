/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-composition.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "lanyard-enrolment.h"
#include "lanyard-error.h"
#include "lanyard-first-pack.h"
#include "lanyard-hash.h"
#include "lanyard-sync-engine.h"

static gboolean
parse_root_key (const LanyardConfig *config, LanyardPublicKey *root, GError **error)
{
  const char *text = config->root_key;

  for (guint i = 0; i < LANYARD_PUBLIC_KEY_BYTES; i++)
    {
      int high = text != NULL ? g_ascii_xdigit_value (text[0]) : -1;
      int low = high >= 0 ? g_ascii_xdigit_value (text[1]) : -1;

      if (low < 0)
        {
          g_set_error (
              error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
              "%s: [pack] root-key is not 64 hexadecimal characters: copy it from the hub.",
              config->path);
          return FALSE;
        }
      root->bytes[i] = (guint8)(high << 4 | low);
      text += 2;
    }
  return TRUE;
}

/* Where new editions of the pack go, and which one this desk tells of. */
static void
add_shelf (LanyardSyncEngine *engine, LanyardDesk *desk, const LanyardPublicKey *root)
{
  const LanyardConfig *config = lanyard_desk_get_config (desk);
  LanyardPack *pack = lanyard_desk_get_pack (desk);
  g_autofree char *folder = lanyard_config_state_path (config, LANYARD_DESK_SHELF);
  g_autofree char *version = g_strdup_printf ("%u", lanyard_pack_get_version (pack));

  lanyard_sync_engine_set_pack_version (engine, version);
  lanyard_sync_engine_take_shelf (engine,
                                  lanyard_pack_shelf_new (folder, pack, root, config->venue));
}

/* Where the files are; what is in them is looked at when there is a hub to speak with. */
static LanyardLineTls *
name_tls (const LanyardConfig *config)
{
  return lanyard_line_tls_new (config->hub_ca, config->hub_certificate, config->hub_key);
}

LanyardLink *
lanyard_composition_make_link (LanyardDesk *desk)
{
  const LanyardConfig *config = lanyard_desk_get_config (desk);
  g_autofree char *key_path = lanyard_config_state_path (config, "desk.key");
  g_autoptr (LanyardLineTls) tls = name_tls (config);
  g_autoptr (LanyardKey) key = NULL;
  g_autoptr (GError) error = NULL;
  LanyardSyncEngine *engine;
  LanyardPublicKey root;

  if (config->hub_urls == NULL || config->hub_urls[0] == NULL)
    return NULL;
  if (!parse_root_key (config, &root, &error))
    {
      g_warning ("%s", error->message);
      return NULL;
    }
  key = lanyard_key_load (key_path, &error);
  if (key == NULL)
    g_message ("This desk is not enrolled: %s", error->message);
  engine
      = lanyard_sync_engine_new (lanyard_desk_get_journal (desk), lanyard_desk_get_directory (desk),
                                 key, &root, (const char *const *)config->hub_urls, NULL);
  lanyard_sync_engine_set_tls (engine, tls);
  lanyard_sync_engine_set_venue (engine, config->venue);
  add_shelf (engine, desk, &root);
  return LANYARD_LINK (engine);
}

static gboolean
make_state (const LanyardConfig *config, GError **error)
{
  if (g_mkdir_with_parents (config->state_dir, 0700) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "%s cannot be made: %s. Check who owns the folder above it.", config->state_dir,
                   g_strerror (errno));
      return FALSE;
    }
  if (config->vault_key_file == NULL || g_file_test (config->vault_key_file, G_FILE_TEST_EXISTS))
    return TRUE;
  return lanyard_vault_create_key_file (config->vault_key_file, error);
}

gboolean
lanyard_composition_enrol (const LanyardConfig *config,
                           const char *code,
                           const char *hub_url,
                           GError **error)
{
  g_autofree char *journal_path = NULL, *key_path = NULL;
  g_autoptr (LanyardJournal) journal = NULL;
  g_autoptr (LanyardLineTls) tls = NULL;
  LanyardPublicKey root;

  g_return_val_if_fail (config != NULL && code != NULL && hub_url != NULL, FALSE);

  if (!parse_root_key (config, &root, error) || !make_state (config, error))
    return FALSE;
  journal_path = lanyard_config_state_path (config, "journal.db");
  key_path = lanyard_config_state_path (config, "desk.key");
  journal = lanyard_journal_open (journal_path, LANYARD_JOURNAL_CREATE, NULL, error);
  if (journal == NULL)
    return FALSE;
  tls = name_tls (config);
  return lanyard_enrolment_run (journal, key_path, hub_url, tls, code, &root, config->venue,
                                config->name, error);
}

/* The pack for whoever this desk is by now. */
static gboolean
fetch_pack (const LanyardConfig *config, const LanyardTicket *ticket, GError **error)
{
  g_autofree char *journal_path = lanyard_config_state_path (config, "journal.db");
  g_autofree char *key_path = lanyard_config_state_path (config, "desk.key");
  g_auto (LanyardIdentity) identity = { 0 };
  g_autoptr (LanyardLineTls) tls = name_tls (config);
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (journal_path, LANYARD_JOURNAL_CREATE, NULL, error);
  g_autoptr (LanyardKey) key = NULL;
  LanyardFirstPack ask = { .hub_url = ticket->hub, .venue = ticket->venue, .root = &ticket->root };

  if (journal == NULL)
    return FALSE;
  lanyard_journal_get_identity (journal, &identity);
  key = lanyard_key_load (key_path, error);
  if (key == NULL)
    return FALSE;
  ask.tls = tls;
  ask.key = key;
  ask.device = identity.device;
  ask.epoch = identity.epoch;
  ask.event = identity.event;
  return lanyard_first_pack_fetch (&ask, config->pack_dir, error);
}

/* systemd hands the key over: see lanyard_config_load(). */
static gboolean
has_vault_credential (void)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *given
      = credentials != NULL ? g_build_filename (credentials, "lanyard-vault", NULL) : NULL;

  return given != NULL && g_file_test (given, G_FILE_TEST_IS_REGULAR);
}

/* Whoever has a key was enrolled, and perhaps only the pack is missing; a hub that does not know it
 * says so, and it is enrolled anew. */
static gboolean
has_joined (const LanyardConfig *config, const LanyardTicket *ticket)
{
  g_autofree char *key_path = lanyard_config_state_path (config, "desk.key");

  return g_file_test (key_path, G_FILE_TEST_EXISTS) && fetch_pack (config, ticket, NULL);
}

gboolean
lanyard_composition_join (const LanyardTicket *ticket,
                          const char *state_dir,
                          const char *pack_dir,
                          LanyardLineTls *tls,
                          GError **error)
{
  g_autoptr (LanyardConfig) config = g_new0 (LanyardConfig, 1);

  g_return_val_if_fail (ticket != NULL && state_dir != NULL && pack_dir != NULL && tls != NULL,
                        FALSE);

  config->state_dir = g_strdup (state_dir);
  config->pack_dir = g_strdup (pack_dir);
  config->venue = g_strdup (ticket->venue);
  config->name = g_strdup (*ticket->name != '\0' ? ticket->name : ticket->venue);
  config->root_key = lanyard_hex_encode (ticket->root.bytes, sizeof ticket->root.bytes);
  config->hub_ca = g_strdup (lanyard_line_tls_get_ca (tls));
  config->hub_certificate = g_strdup (lanyard_line_tls_get_certificate (tls));
  config->hub_key = g_strdup (lanyard_line_tls_get_key (tls));
  if (!has_vault_credential ())
    config->vault_key_file = lanyard_config_state_path (config, "vault.key");
  if (has_joined (config, ticket))
    return TRUE;
  if (!lanyard_composition_enrol (config, ticket->code, ticket->hub, error))
    return FALSE;
  if (fetch_pack (config, ticket, error))
    return TRUE;
  /* the hub has just taken the key: what it refuses is the time of the token */
  if (error != NULL && g_error_matches (*error, LANYARD_ERROR, LANYARD_ERROR_REFUSED))
    (*error)->code = LANYARD_ERROR_EXPIRED;
  return FALSE;
}
