/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tool-desk.h"

#include <glib/gstdio.h>

#include "lanyard-clock.h"
#include "lanyard-credential.h"
#include "lanyard-directory.h"
#include "lanyard-hash.h"
#include "lanyard-journal.h"
#include "lanyard-pack.h"

#define DAY_S (24 * 3600)
#define EVENT "TIDEWATER-CUP-9"
#define INVITED_NUMBER "26SAMPLE0X"
#define CANCELLED_NUMBER "26SAMPLE1V"

/* The keys of one event and one desk. */
typedef struct
{
  LanyardKey *root;
  LanyardKey *hub;
  LanyardKey *desk;
  gint64 now_s;
} Keys;

static void
write_bytes (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

static void
make_pack (const char *folder, const Keys *keys)
{
  g_autofree char *sample = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources",
                                              "packs", "small-cup", NULL);
  g_autofree char *pack = g_build_filename (folder, "pack", NULL);
  g_autofree char *trust_path = g_build_filename (pack, "trust.cbor", NULL);
  char *argv[] = { "cp", "-r", sample, pack, NULL };
  LanyardTrustedKey trusted[] = {
    { *lanyard_key_get_public (keys->hub),
      LANYARD_SCOPE_PACK | LANYARD_SCOPE_INVITATION | LANYARD_SCOPE_DIRECTORY, 0,
      keys->now_s - DAY_S, keys->now_s + 60 * DAY_S },
    { *lanyard_key_get_public (keys->desk), LANYARD_SCOPE_BADGE | LANYARD_SCOPE_RECORDS, 471,
      keys->now_s - DAY_S, keys->now_s + 60 * DAY_S },
  };
  g_autoptr (LanyardTrustList) trust
      = lanyard_trust_list_new (1, keys->now_s - 60, trusted, G_N_ELEMENTS (trusted));
  g_autoptr (GBytes) bytes = lanyard_trust_list_sign (trust, keys->root);
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  write_bytes (trust_path, bytes);
  lanyard_pack_sign (pack, keys->root, &error);
  g_assert_no_error (error);
}

static void
write_config (ToolDesk *desk, const char *folder, const Keys *keys)
{
  g_autofree char *root_hex
      = lanyard_hex_encode (lanyard_key_get_public (keys->root)->bytes, LANYARD_PUBLIC_KEY_BYTES);
  g_autofree char *text = g_strdup_printf ("[desk]\nstate-dir=state\nvenue=101\nlanguage=en\n"
                                           "[pack]\ndirectory=pack\nroot-key=%s\n"
                                           "[scanner]\nwedge=true\n"
                                           "[printer]\nuri=file:tray\n",
                                           root_hex);

  desk->config = g_build_filename (folder, "lanyard.conf", NULL);
  desk->state_dir = g_build_filename (folder, "state", NULL);
  desk->tray = g_build_filename (folder, "tray", NULL);
  g_assert_true (g_file_set_contents (desk->config, text, -1, NULL));
  g_assert_cmpint (g_mkdir_with_parents (desk->state_dir, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (desk->tray, 0700), ==, 0);
}

static LanyardEntry *
make_entry (const char *number, LanyardStatus status, gint64 now_s)
{
  LanyardEntry *entry = lanyard_entry_new ();

  entry->holder_id = g_strdup (number);
  entry->print_name = g_strdup ("Robin SAMPLETON");
  entry->number = g_strdup (number);
  entry->category = g_strdup ("CREW");
  entry->valid_from_s = now_s - DAY_S;
  entry->valid_until_s = now_s + 20 * DAY_S;
  entry->status = status;
  return entry;
}

static void
make_directory (const ToolDesk *desk, const Keys *keys)
{
  g_autofree char *vault_path = g_build_filename (desk->state_dir, "vault.key", NULL);
  g_autofree char *path = g_build_filename (desk->state_dir, "directory.db", NULL);
  g_autoptr (LanyardVault) vault = NULL;
  g_autoptr (LanyardDirectory) directory = NULL;
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autoptr (LanyardNegativeList) negative = lanyard_negative_list_new (1, keys->now_s - 60);
  g_autoptr (GBytes) bytes = lanyard_negative_list_sign (negative, keys->hub);
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_vault_create_key_file (vault_path, &error));
  vault = lanyard_vault_load (vault_path, &error);
  g_assert_no_error (error);
  directory = lanyard_directory_open (path, vault, TRUE, &error);
  g_assert_no_error (error);
  g_ptr_array_add (changes, lanyard_change_new (1, INVITED_NUMBER,
                                                make_entry (INVITED_NUMBER, LANYARD_STATUS_ACTIVE,
                                                            keys->now_s)));
  g_ptr_array_add (changes,
                   lanyard_change_new (2, CANCELLED_NUMBER,
                                       make_entry (CANCELLED_NUMBER, LANYARD_STATUS_CANCELLED,
                                                   keys->now_s)));
  lanyard_directory_apply (directory, changes, 2, &error);
  g_assert_no_error (error);
  lanyard_directory_put_document (directory, "negative", bytes, &error);
  g_assert_no_error (error);
}

static void
make_identity (const ToolDesk *desk, const Keys *keys)
{
  g_autofree char *key_path = g_build_filename (desk->state_dir, "desk.key", NULL);
  g_autofree char *path = g_build_filename (desk->state_dir, "journal.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (path, LANYARD_JOURNAL_CREATE, NULL, &error);
  LanyardIdentity identity
      = { .device = 471, .epoch = 1, .event = (char *)EVENT, .serial_prefix = (char *)"K0471" };

  g_assert_no_error (error);
  lanyard_journal_set_identity (journal, &identity, &error);
  g_assert_no_error (error);
  g_assert_true (lanyard_key_save (keys->desk, key_path, &error));
}

static char *
draw_invitation (const char *folder, const char *name, const char *number, const Keys *keys)
{
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  g_autofree char *text = NULL;
  char *path = g_build_filename (folder, name, NULL);

  claims->kind = LANYARD_CREDENTIAL_INVITATION;
  claims->event = g_strdup (EVENT);
  claims->number = g_strdup (number);
  claims->issued_s = keys->now_s - 60;
  claims->expires_s = keys->now_s + DAY_S;
  text = lanyard_credential_sign (claims, keys->hub);
  tool_write_qr (path, text);
  return path;
}

void
tool_desk_init (ToolDesk *desk, const char *name)
{
  g_autofree char *folder = tool_run_path (name);
  Keys keys = {
    .root = lanyard_key_generate (),
    .hub = lanyard_key_generate (),
    .desk = lanyard_key_generate (),
    .now_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC,
  };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  make_pack (folder, &keys);
  write_config (desk, folder, &keys);
  make_directory (desk, &keys);
  make_identity (desk, &keys);
  desk->invited = draw_invitation (folder, "invited.png", INVITED_NUMBER, &keys);
  desk->cancelled = draw_invitation (folder, "cancelled.png", CANCELLED_NUMBER, &keys);
  desk->foreign = g_build_filename (folder, "foreign.png", NULL);
  tool_write_qr (desk->foreign, "https://example.org/shop");
  lanyard_key_unref (keys.root);
  lanyard_key_unref (keys.hub);
  lanyard_key_unref (keys.desk);
}

void
tool_desk_set_printer (ToolDesk *desk, const char *uri, const char *tray)
{
  g_autofree char *line = g_strdup_printf ("uri=%s\n", uri), *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (desk->config, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "uri=file:tray\n", line, 0), ==, 1);
  g_assert_true (g_file_set_contents (desk->config, changed->str, -1, NULL));
  g_free (desk->tray);
  desk->tray = g_strdup (tray);
}

void
tool_desk_clear (ToolDesk *desk)
{
  g_free (desk->config);
  g_free (desk->state_dir);
  g_free (desk->tray);
  g_free (desk->invited);
  g_free (desk->cancelled);
  g_free (desk->foreign);
}
