/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-doctor.h"

#include "lanyard-clock.h"
#include "lanyard-desk-files.h"
#include "lanyard-desk.h"
#include "lanyard-directory-load.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-negative-list.h"
#include "lanyard-trouble.h"
#include "lanyard-vault.h"

static gint64
get_now_s (void)
{
  return lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
}

/* A kiosk that runs holds its databases: that is as it should be, only nothing can be told of them.
 */
static void
report_not_opened (LanyardDoctor *doctor, const char *what, const GError *error)
{
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_BUSY))
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_NOTE,
                           "A kiosk runs and holds it, so it was not looked into.");
  else
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_WRONG, "%s", error->message);
}

void
lanyard_doctor_check_pack (LanyardDoctor *doctor)
{
  g_autofree char *shelf = lanyard_config_state_path (doctor->config, LANYARD_DESK_SHELF);
  LanyardPublicKey root;
  g_autoptr (GError) error = NULL;

  if (!lanyard_hex_decode (doctor->config->root_key, root.bytes, sizeof root.bytes))
    {
      lanyard_doctor_report (doctor, "pack", LANYARD_FINDING_WRONG,
                             "[pack] root-key is not 64 hexadecimal characters; copy it as the hub "
                             "printed it.");
      return;
    }
  doctor->pack = lanyard_pack_shelf_load (shelf, doctor->config->pack_dir, &root,
                                          doctor->config->venue, get_now_s (), &error);
  if (doctor->pack == NULL)
    {
      lanyard_doctor_report (doctor, "pack", LANYARD_FINDING_WRONG, "%s", error->message);
      return;
    }
  lanyard_doctor_report (doctor, "pack", LANYARD_FINDING_FINE,
                         "%s, edition %u, signed, %u templates, %u keys in its trust list.",
                         lanyard_pack_get_event (doctor->pack),
                         lanyard_pack_get_version (doctor->pack),
                         lanyard_pack_get_template_names (doctor->pack)->len,
                         lanyard_trust_list_get_n_keys (lanyard_pack_get_trust (doctor->pack)));
  if (lanyard_pack_find_code (doctor->pack, LANYARD_CODES_VENUE, doctor->config->venue) == NULL)
    lanyard_doctor_report (doctor, "venue", LANYARD_FINDING_WRONG,
                           "The pack has no venue '%s'; correct [desk] venue.",
                           doctor->config->venue);
}

void
lanyard_doctor_check_vault (LanyardDoctor *doctor)
{
  const char *path = doctor->config->vault_key_file;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardVault) vault = lanyard_vault_load (path, &error);

  if (vault == NULL)
    lanyard_doctor_report (doctor, "vault key", LANYARD_FINDING_WRONG, "%s", error->message);
  else
    lanyard_doctor_report (doctor, "vault key", LANYARD_FINDING_FINE, "%s can be read.", path);
}

/* What the desk reckons; that of a printer that nobody counted is not known. */
static void
report_cards (LanyardDoctor *doctor, LanyardJournal *journal)
{
  g_autoptr (GPtrArray) printers = lanyard_config_list_printers (doctor->config);
  g_autoptr (GError) error = NULL;
  LanyardShift *shift = lanyard_journal_get_shift (journal, &error);

  if (shift == NULL)
    {
      lanyard_doctor_report (doctor, "cards", LANYARD_FINDING_WRONG, "%s", error->message);
      return;
    }
  for (guint i = 0; i < printers->len; i++)
    {
      const LanyardPrinterConfig *printer = g_ptr_array_index (printers, i);
      const LanyardShiftCount *count = lanyard_shift_find (shift, printer->name);

      if (count == NULL || !count->knows_left)
        lanyard_doctor_report (doctor, "cards", LANYARD_FINDING_NOTE,
                               "Nobody has counted those of printer '%s'; staff do it under "
                               "'Printers and cards'.",
                               printer->name);
      else if (count->left < 0 || count->left <= (gint)printer->cards_warn)
        lanyard_doctor_report (doctor, "cards", LANYARD_FINDING_NOTE,
                               "%d left in printer '%s' by the records: have a pack at hand, or "
                               "count them again.",
                               count->left, printer->name);
      else
        lanyard_doctor_report (doctor, "cards", LANYARD_FINDING_FINE, "%d left in printer '%s'.",
                               count->left, printer->name);
    }
}

static void
report_journal (LanyardDoctor *doctor, LanyardJournal *journal, guint64 n_records)
{
  g_auto (LanyardIdentity) identity = { 0 };
  g_autoptr (GPtrArray) open = lanyard_journal_list_open_pickups (journal);
  LanyardOutbox outbox = { 0 };

  lanyard_journal_get_identity (journal, &identity);
  lanyard_journal_get_outbox (journal, &outbox);
  lanyard_doctor_report (doctor, "journal", LANYARD_FINDING_FINE,
                         "%" G_GUINT64_FORMAT " records, the chain holds, %" G_GUINT64_FORMAT
                         " not yet at the hub.",
                         n_records, outbox.pending);
  if (open->len > 0)
    lanyard_doctor_report (doctor, "pickups", LANYARD_FINDING_NOTE,
                           "%u %s not at an end; the kiosk asks for them at its start.", open->len,
                           open->len == 1 ? "is" : "are");
  report_cards (doctor, journal);
  if (identity.device == 0)
    lanyard_doctor_report (
        doctor, "enrolment", LANYARD_FINDING_NOTE,
        "This desk is not enrolled; use 'lanyard-kiosk --enrol CODE --hub URL'.");
  else
    lanyard_doctor_report (doctor, "enrolment", LANYARD_FINDING_FINE, "Desk %u, epoch %u.",
                           identity.device, identity.epoch);
}

void
lanyard_doctor_check_journal (LanyardDoctor *doctor)
{
  g_autofree char *path = lanyard_config_state_path (doctor->config, "journal.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardJournal) journal = NULL;
  guint64 n_records = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      lanyard_doctor_report (doctor, "journal", LANYARD_FINDING_NOTE,
                             "There is none yet: the kiosk makes it when it first starts.");
      return;
    }
  journal = lanyard_journal_open (path, LANYARD_JOURNAL_READ_ONLY, NULL, &error);
  if (journal == NULL || !lanyard_journal_verify (journal, &n_records, &error))
    report_not_opened (doctor, "journal", error);
  else
    report_journal (doctor, journal, n_records);
}

/* How old the negative list is decides what self-service may do. */
static void
report_negative_list (LanyardDoctor *doctor, LanyardDirectory *directory)
{
  g_autoptr (GBytes) content = lanyard_directory_dup_document (directory, "negative");
  g_autoptr (LanyardNegativeList) list = NULL;
  const LanyardRules *rules;
  gint64 age_s;

  if (doctor->pack == NULL || content == NULL)
    return;
  rules = lanyard_pack_get_rules (doctor->pack);
  list = lanyard_negative_list_load (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                                     lanyard_pack_get_trust (doctor->pack), NULL, get_now_s (),
                                     NULL);
  if (list == NULL)
    return;
  age_s = get_now_s () - lanyard_negative_list_get_issued_s (list);
  lanyard_doctor_report (doctor, "negative list",
                         rules->negative_list_limit_s > 0 && age_s >= rules->negative_list_limit_s
                             ? LANYARD_FINDING_WRONG
                         : rules->negative_list_warn_s > 0 && age_s >= rules->negative_list_warn_s
                             ? LANYARD_FINDING_NOTE
                             : LANYARD_FINDING_FINE,
                         "%u accreditations, issued %" G_GINT64_FORMAT " minutes ago.",
                         lanyard_negative_list_get_size (list), age_s / 60);
}

/* In the words of the screen. */
static void
report_empty (LanyardDoctor *doctor, const char *code)
{
  const LanyardTrouble *trouble = lanyard_trouble_find (code);

  lanyard_doctor_report (doctor, "directory", LANYARD_FINDING_NOTE, "%s: %s. %s", trouble->code,
                         trouble->cause, trouble->remedy);
}

static void
report_directory (LanyardDoctor *doctor, LanyardDirectory *directory)
{
  LanyardLoad load;

  lanyard_directory_get_load (directory, &load);
  if (lanyard_directory_get_size (directory) == 0)
    report_empty (doctor, load.stage == LANYARD_LOAD_NONE ? "K30" : "K32");
  lanyard_doctor_report (
      doctor, "directory",
      lanyard_directory_get_size (directory) > 0 ? LANYARD_FINDING_FINE : LANYARD_FINDING_NOTE,
      "%" G_GUINT64_FORMAT " accreditations, version %" G_GUINT64_FORMAT ", %u rows set aside.",
      lanyard_directory_get_size (directory), lanyard_directory_get_cursor (directory),
      lanyard_directory_get_set_aside (directory));
}

void
lanyard_doctor_check_directory (LanyardDoctor *doctor)
{
  g_autofree char *path = lanyard_config_state_path (doctor->config, "directory.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardDirectory) directory = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      report_empty (doctor, "K30");
      return;
    }
  directory = lanyard_desk_files_open_directory (doctor->config, FALSE, &error);
  if (directory == NULL)
    {
      report_not_opened (doctor, "directory", error);
      return;
    }
  report_directory (doctor, directory);
  report_negative_list (doctor, directory);
}

void
lanyard_doctor_check_desk_key (LanyardDoctor *doctor)
{
  g_autofree char *path = lanyard_config_state_path (doctor->config, "desk.key");
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardKey) key = lanyard_key_load (path, &error);

  if (key != NULL)
    lanyard_doctor_report (doctor, "desk key", LANYARD_FINDING_FINE, "%s can be read.", path);
  else if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    lanyard_doctor_report (doctor, "desk key", LANYARD_FINDING_NOTE,
                           "There is none yet: enrolment makes it.");
  else
    lanyard_doctor_report (doctor, "desk key", LANYARD_FINDING_WRONG, "%s", error->message);
}

void
lanyard_doctor_check_pin (LanyardDoctor *doctor)
{
  g_autofree char *path = lanyard_config_state_path (doctor->config, "staff.pin");

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    lanyard_doctor_report (doctor, "staff PIN", LANYARD_FINDING_FINE, "It is set.");
  else
    lanyard_doctor_report (doctor, "staff PIN", LANYARD_FINDING_WRONG,
                           "None is set, so staff cannot sign in; use 'lanyard pin set'.");
}
