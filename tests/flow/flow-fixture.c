/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow-fixture.h"

#include <glib/gstdio.h>

#include "lanyard-hash.h"
#include "lanyard-printer-switch.h"

/* 2031-07-18T09:30:00Z */
#define START_S G_GINT64_CONSTANT (1942133400)
#define DAY_S (24 * 60 * 60)
#define VENUE "101"

static gint64
get_wall (gpointer data)
{
  return ((FlowFixture *)data)->wall_us;
}

static gint64
get_monotonic (gpointer data)
{
  return ((FlowFixture *)data)->monotonic_us;
}

static LanyardKey *
make_key (guint8 which)
{
  guint8 seed[LANYARD_SEED_BYTES] = { which };

  return lanyard_key_new_from_seed (seed);
}

static void
run (const char *command, const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { command, "-r", "-T", from, to, NULL };
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* The small sample event, with keys of this test. */
static void
make_pack (FlowFixture *fixture)
{
  g_autofree char *sample
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources/packs/small-cup", NULL);
  g_autofree char *trust_path = g_build_filename (fixture->config->pack_dir, "trust.cbor", NULL);
  g_autoptr (LanyardTrustList) trust = NULL;
  g_autoptr (GBytes) signed_trust = NULL;
  g_autoptr (GError) error = NULL;
  LanyardTrustedKey keys[2] = {
    { .key = *lanyard_key_get_public (fixture->hub),
      .scopes = LANYARD_SCOPE_PACK | LANYARD_SCOPE_INVITATION | LANYARD_SCOPE_DIRECTORY },
    { .key = *lanyard_key_get_public (fixture->desk_key),
      .scopes = LANYARD_SCOPE_BADGE | LANYARD_SCOPE_RECORDS,
      .device = 471 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      keys[i].not_before_s = START_S - 30 * DAY_S;
      keys[i].not_after_s = START_S + 90 * DAY_S;
    }
  run ("cp", sample, fixture->config->pack_dir);
  trust = lanyard_trust_list_new (1, START_S - DAY_S, keys, G_N_ELEMENTS (keys));
  signed_trust = lanyard_trust_list_sign (trust, fixture->root);
  g_file_set_contents (trust_path, g_bytes_get_data (signed_trust, NULL),
                       (gssize)g_bytes_get_size (signed_trust), &error);
  g_assert_no_error (error);
  lanyard_pack_sign (fixture->config->pack_dir, fixture->root, &error);
  g_assert_no_error (error);
}

static void
make_config (FlowFixture *fixture)
{
  LanyardConfig *config = g_new0 (LanyardConfig, 1);

  config->path = g_build_filename (fixture->folder, "desk.conf", NULL);
  config->state_dir = g_strdup (fixture->folder);
  config->pack_dir = g_build_filename (fixture->folder, "pack", NULL);
  config->venue = g_strdup (VENUE);
  config->name = g_strdup ("Desk");
  config->mode = LANYARD_MODE_SELF_SERVICE;
  config->root_key = lanyard_hex_encode (lanyard_key_get_public (fixture->root)->bytes,
                                         LANYARD_PUBLIC_KEY_BYTES);
  config->hub_urls = g_new0 (char *, 1);
  config->printer_uri = g_strdup ("file:none");
  config->cards_warn = 20;
  config->scan_back = TRUE;
  config->idle_s = 45;
  fixture->config = config;
}

const char *
flow_number (Person person)
{
  static char numbers[PERSON_NOBODY + 1][16];
  g_autofree char *plain = g_strdup_printf ("26%06u", (guint)person + 101);

  g_snprintf (numbers[person], sizeof numbers[person], "%s%c", plain,
              lanyard_check_character (plain));
  return numbers[person];
}

static LanyardEntry *
make_entry (Person person)
{
  LanyardEntry *entry = lanyard_entry_new ();

  entry->holder_id = g_strdup_printf ("H-%u", (guint)person);
  entry->given_name = g_strdup_printf ("Person%u", (guint)person);
  entry->family_name = g_strdup (FLOW_NAME_MARK);
  entry->print_name = g_strdup_printf ("%s %c.", FLOW_NAME_MARK, (char)('A' + person));
  entry->birth_date = g_strdup ("1993-04-17");
  entry->language = g_strdup (person == PERSON_OTHER ? "es-MX" : "en");
  entry->number = g_strdup (flow_number (person));
  entry->category = g_strdup (person == PERSON_GUEST ? "GUEST" : "PLAYER");
  entry->function = g_strdup ("Goalkeeper");
  entry->valid_from_s = START_S - DAY_S;
  entry->valid_until_s = START_S + 20 * DAY_S;
  lanyard_entry_add_clearance (entry, "identity", LANYARD_CLEARANCE_CLEAR);
  lanyard_entry_add_clearance (entry, "picture",
                               person == PERSON_PENDING ? LANYARD_CLEARANCE_PENDING
                                                        : LANYARD_CLEARANCE_CLEAR);
  if (person == PERSON_CANCELLED)
    entry->status = LANYARD_STATUS_CANCELLED;
  if (person == PERSON_ELSEWHERE)
    {
      g_strfreev (entry->pickup_venues);
      entry->pickup_venues = g_strsplit ("102", " ", -1);
    }
  if (person == PERSON_ISSUED || person == PERSON_DISPUTED)
    {
      entry->issued.open_badges = person == PERSON_ISSUED ? 1 : 0;
      entry->issued.disputed = person == PERSON_DISPUTED;
      entry->issued.last_sequence = 4;
      entry->issued.last_serial = g_strdup ("K0099-0000017");
    }
  return entry;
}

/* @entry: (transfer full) (nullable): NULL takes the person out */
static void
change_row (LanyardDirectory *directory, const char *number, LanyardEntry *entry)
{
  static guint64 gseq = 0;
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)(void (*) (void))lanyard_change_free);
  g_autoptr (GError) error = NULL;

  gseq++;
  g_ptr_array_add (changes, lanyard_change_new (gseq, number, entry));
  lanyard_directory_apply (directory, changes, gseq, &error);
  g_assert_no_error (error);
}

/* @entry: (transfer full) */
static void
put_entry (LanyardDirectory *directory, LanyardEntry *entry)
{
  g_autofree char *number = g_strdup (entry->number);

  change_row (directory, number, entry);
}

void
flow_empty_directory (FlowFixture *fixture)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    change_row (fixture->directory, flow_number ((Person)i), NULL);
  g_assert_cmpuint (lanyard_directory_get_size (fixture->directory), ==, 0);
  lanyard_session_check_health (fixture->session);
}

void
flow_fill_directory (FlowFixture *fixture)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    put_entry (fixture->directory, make_entry ((Person)i));
  lanyard_session_check_health (fixture->session);
}

void
flow_change_person (FlowFixture *fixture, Person person, void (*change) (LanyardEntry *entry))
{
  LanyardEntry *entry = make_entry (person);

  change (entry);
  put_entry (fixture->directory, entry);
}

char *
flow_dup_more_number (guint i)
{
  g_autofree char *plain = g_strdup_printf ("26%06u", i + 1000);

  return g_strdup_printf ("%s%c", plain, lanyard_check_character (plain));
}

void
flow_add_people (FlowFixture *fixture, guint n, GBytes *photo)
{
  g_autoptr (GBytes) hash = photo != NULL ? lanyard_photo_hash (photo) : NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      LanyardEntry *entry = make_entry (PERSON_READY);

      g_free (entry->number);
      entry->number = flow_dup_more_number (i);
      g_free (entry->holder_id);
      entry->holder_id = g_strdup_printf ("M-%u", i);
      entry->photo_hash = hash != NULL ? g_bytes_ref (hash) : NULL;
      put_entry (fixture->directory, entry);
    }
  if (photo != NULL)
    lanyard_directory_put_photo (fixture->directory, hash, photo, &error);
  g_assert_no_error (error);
}

static void
enrol (FlowFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  LanyardIdentity identity = {
    .device = 471,
    .epoch = 1,
    .event = (char *)lanyard_pack_get_event (fixture->pack),
    .hub_url = (char *)"http://127.0.0.1:1",
    .serial_prefix = (char *)"K0471",
  };

  lanyard_journal_set_identity (fixture->journal, &identity, &error);
  g_assert_no_error (error);
}

/* @counter: higher than that of the list before */
void
flow_put_negative_list (FlowFixture *fixture, guint64 counter, Person void_person)
{
  g_autoptr (LanyardNegativeList) list
      = lanyard_negative_list_new (counter, fixture->wall_us / G_USEC_PER_SEC);
  g_autoptr (GBytes) signed_list = NULL;
  g_autoptr (GError) error = NULL;

  if (void_person != PERSON_NOBODY)
    lanyard_negative_list_add (list, flow_number (void_person), 100);
  signed_list = lanyard_negative_list_sign (list, fixture->hub);
  lanyard_directory_put_document (fixture->directory, "negative", signed_list, &error);
  g_assert_no_error (error);
}

static void
open_stores (FlowFixture *fixture)
{
  g_autofree char *journal = g_build_filename (fixture->folder, "journal.db", NULL);
  g_autofree char *directory = g_build_filename (fixture->folder, "directory.db", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (LanyardIdentity) identity = { 0 };

  fixture->journal
      = lanyard_journal_open (journal, LANYARD_JOURNAL_CREATE, &fixture->clock, &error);
  g_assert_no_error (error);
  fixture->directory = lanyard_directory_open (directory, fixture->vault, TRUE, &error);
  g_assert_no_error (error);
  lanyard_journal_get_identity (fixture->journal, &identity);
  if (identity.device == 0)
    enrol (fixture);
  if (lanyard_directory_get_size (fixture->directory) == 0)
    for (guint i = 0; i < N_PEOPLE; i++)
      put_entry (fixture->directory, make_entry ((Person)i));
  flow_put_negative_list (fixture, 1, PERSON_NOBODY);
}

static void
on_view (LanyardView *view, gpointer user_data)
{
  FlowFixture *fixture = user_data;

  if (fixture->view != NULL)
    lanyard_view_unref (fixture->view);
  fixture->view = lanyard_view_ref (view);
  fixture->n_views++;
}

void
flow_make (FlowFixture *fixture, const char *folder)
{
  g_autoptr (GError) error = NULL;
  guint8 secret[32] = { 9, 9, 9 };
  gboolean is_new = folder == NULL;

  lanyard_hash_init ();
  fixture->folder = is_new ? g_dir_make_tmp ("lanyard-flow-XXXXXX", &error) : g_strdup (folder);
  g_assert_no_error (error);
  fixture->clock = (LanyardClock){ get_wall, get_monotonic, fixture };
  fixture->wall_us = START_S * G_USEC_PER_SEC;
  fixture->monotonic_us = 1000 * G_USEC_PER_SEC;
  fixture->root = make_key (1);
  fixture->hub = make_key (2);
  fixture->desk_key = make_key (3);
  fixture->vault = lanyard_vault_new (secret);
  make_config (fixture);
  if (!g_file_test (fixture->config->pack_dir, G_FILE_TEST_IS_DIR))
    make_pack (fixture);
  fixture->pack = lanyard_pack_load (fixture->config->pack_dir,
                                     lanyard_key_get_public (fixture->root), START_S, &error);
  g_assert_no_error (error);
}

static FakePrinter *
make_printer (FlowFixture *fixture)
{
  FakePrinter *printer = fake_printer_new ();

  printer->journal = fixture->journal;
  printer->log_path = g_build_filename (fixture->folder, "printer.log", NULL);
  return printer;
}

/* Returns: (transfer full): what the session prints with */
static LanyardPrinter *
make_printers (FlowFixture *fixture)
{
  LanyardPrinterSwitch *printers;

  if (fixture->real != NULL)
    return g_object_ref (fixture->real);
  fixture->printer = make_printer (fixture);
  if (!fixture->two_printers)
    return g_object_ref (LANYARD_PRINTER (fixture->printer));
  fixture->right = make_printer (fixture);
  printers = lanyard_printer_switch_new ();
  lanyard_printer_switch_add (printers, "left", LANYARD_PRINTER (fixture->printer));
  lanyard_printer_switch_add (printers, "right", LANYARD_PRINTER (fixture->right));
  return LANYARD_PRINTER (printers);
}

void
flow_open (FlowFixture *fixture)
{
  g_autoptr (LanyardPrinter) printer = NULL;
  LanyardSessionParts parts = {
    .config = fixture->config,
    .clock = &fixture->clock,
    .pack = fixture->pack,
    .desk_key = fixture->desk_key,
  };

  open_stores (fixture);
  printer = make_printers (fixture);
  parts.journal = fixture->journal;
  parts.directory = fixture->directory;
  parts.printer = printer;
  fixture->session = lanyard_session_new (&parts, on_view, fixture);
  lanyard_session_start (fixture->session);
}

void
flow_close (FlowFixture *fixture)
{
  g_clear_pointer (&fixture->session, lanyard_session_free);
  g_clear_pointer (&fixture->view, lanyard_view_unref);
  g_clear_object (&fixture->printer);
  g_clear_object (&fixture->right);
  g_clear_pointer (&fixture->directory, lanyard_directory_close);
  g_clear_pointer (&fixture->journal, lanyard_journal_close);
}

void
flow_reopen (FlowFixture *fixture)
{
  flow_close (fixture);
  flow_open (fixture);
}

void
flow_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        flow_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
flow_free (FlowFixture *fixture)
{
  flow_close (fixture);
  g_clear_pointer (&fixture->pack, lanyard_pack_unref);
  g_clear_pointer (&fixture->vault, lanyard_vault_unref);
  g_clear_pointer (&fixture->root, lanyard_key_unref);
  g_clear_pointer (&fixture->hub, lanyard_key_unref);
  g_clear_pointer (&fixture->desk_key, lanyard_key_unref);
  g_clear_pointer (&fixture->config, lanyard_config_free);
  g_clear_pointer (&fixture->folder, g_free);
}

void
flow_set_up (FlowFixture *fixture, gconstpointer data)
{
  flow_make (fixture, NULL);
  flow_open (fixture);
}

void
flow_tear_down (FlowFixture *fixture, gconstpointer data)
{
  flow_remove_folder (fixture->folder);
  flow_free (fixture);
}
