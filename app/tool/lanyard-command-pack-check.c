/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-catalogue.h"
#include "lanyard-clock.h"
#include "lanyard-output.h"
#include "lanyard-pack-report.h"
#include "lanyard-picture-trial.h"
#include "lanyard-sample-holders.h"

#define SERIAL "K0000-0000000"

/* What one pack is tried with. */
typedef struct
{
  LanyardPackReport report;
  GPtrArray *holders; /* owned (element-type LanyardSampleHolder) */
  GBytes *photo;      /* owned */
  double printer_dpi; /* 0: any */
} Trial;

static void
trial_clear (Trial *trial)
{
  lanyard_pack_report_clear (&trial->report);
  g_clear_pointer (&trial->holders, g_ptr_array_unref);
  g_clear_pointer (&trial->photo, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

static void
try_holder (Trial *trial,
            LanyardTriedTemplate *template,
            LanyardBadge *badge,
            const LanyardSampleHolder *holder,
            const char *category,
            const char *language)
{
  LanyardPack *pack = trial->report.pack;
  g_autoptr (LanyardEntry) entry = lanyard_sample_holder_dup_entry (holder, category);
  g_autofree char *credential = lanyard_sample_credential_new (pack, entry, SERIAL);
  LanyardBadgeContent content = {
    .entry = entry,
    .photo = holder->has_photo ? trial->photo : NULL,
    .serial = SERIAL,
    .credential = credential,
    .language = language,
    .printer_dpi = trial->printer_dpi,
  };
  g_autoptr (GPtrArray) findings = lanyard_badge_try (badge, &content);

  template->n_badges++;
  for (guint i = 0; i < findings->len; i++)
    lanyard_pack_report_add (&trial->report, template, g_ptr_array_index (findings, i),
                             holder->name, category, language);
}

static void
try_category (Trial *trial,
              LanyardTriedTemplate *template,
              LanyardBadge *badge,
              const char *category,
              const char *language)
{
  for (guint i = 0; i < trial->holders->len; i++)
    {
      const LanyardSampleHolder *holder = g_ptr_array_index (trial->holders, i);

      if (holder->category == NULL || g_str_equal (holder->category, category))
        try_holder (trial, template, badge, holder, category, language);
    }
}

/* Tries a template with every category that uses it, and with its first category in every language
 * of the pack. One that no category uses is tried with the first there is. */
static void
try_categories (Trial *trial, LanyardTriedTemplate *template, LanyardBadge *badge)
{
  LanyardPack *pack = trial->report.pack;
  GPtrArray *categories = lanyard_pack_get_codes (pack, LANYARD_CODES_CATEGORY);
  const char *const *languages = lanyard_pack_get_languages (pack);
  const char *first = NULL;
  gboolean used;

  for (guint i = 0; i < categories->len; i++)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i);

      if (g_strcmp0 (category->template, template->name) != 0)
        continue;
      lanyard_output_progress (template->name, i, categories->len);
      first = first != NULL ? first : category->code;
      try_category (trial, template, badge, category->code, languages[0]);
    }
  used = first != NULL;
  if (!used && categories->len > 0)
    first = ((const LanyardCode *)g_ptr_array_index (categories, 0))->code;
  for (guint i = used ? 1 : 0; first != NULL && languages[i] != NULL; i++)
    try_category (trial, template, badge, first, languages[i]);
}

static void
check_template (Trial *trial, const char *name)
{
  LanyardPackReport *report = &trial->report;
  LanyardTriedTemplate *template = lanyard_pack_report_begin (report, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = lanyard_pack_dup_template_named (report->pack, name, &error);
  g_autoptr (LanyardBadge) badge
      = svg != NULL ? lanyard_badge_new (svg, report->pack, &error) : NULL;
  g_autoptr (GPtrArray) missing = NULL;

  if (badge == NULL)
    {
      LanyardBadgeFinding finding = { .what = error->message };

      lanyard_pack_report_add (report, template, &finding, NULL, NULL, NULL);
      return;
    }
  template->width_mm = lanyard_badge_get_width_mm (badge);
  template->height_mm = lanyard_badge_get_height_mm (badge);
  template->n_pages = lanyard_badge_get_n_pages (badge);
  missing = lanyard_badge_find_missing_fonts (badge);
  for (guint i = 0; i < missing->len; i++)
    lanyard_pack_report_add (report, template, g_ptr_array_index (missing, i), NULL, NULL, NULL);
  try_categories (trial, template, badge);
}

/* Every category must lead to a template. */
static void
check_categories (LanyardPackReport *report)
{
  GPtrArray *categories = lanyard_pack_get_codes (report->pack, LANYARD_CODES_CATEGORY);

  for (guint i = 0; i < categories->len; i++)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) svg = lanyard_pack_dup_template (report->pack, category->code, &error);
      LanyardBadgeFinding finding = { 0 };

      if (svg != NULL)
        continue;
      finding.what = error->message;
      lanyard_pack_report_add (report, NULL, &finding, NULL, category->code, NULL);
    }
}

/* Words of the pack's own for the screens can be read, and have their places to fill. */
static void
check_words (LanyardPackReport *report)
{
  const char *const *languages = lanyard_pack_get_languages (report->pack);

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *tag = NULL, *what = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) mo = lanyard_pack_dup_words (report->pack, languages[i], &tag);
      g_autoptr (LanyardCatalogue) words = mo != NULL ? lanyard_catalogue_new (mo, &error) : NULL;
      LanyardBadgeFinding finding = { 0 };

      if (mo == NULL || (words != NULL && lanyard_catalogue_check (words, &error)))
        continue;
      finding.what = what = g_strdup_printf ("texts/%s.mo: %s", tag, error->message);
      lanyard_pack_report_add (report, NULL, &finding, NULL, NULL, languages[i]);
    }
}

static void
check_picture (LanyardPackReport *report, const char *file)
{
  g_autofree char *what = g_strdup_printf ("branding/%s", file);
  g_autoptr (GBytes) svg = lanyard_pack_dup_branding (report->pack, file, NULL);
  g_autoptr (GError) error = NULL;
  LanyardBadgeFinding finding = { 0 };

  if (svg == NULL || lanyard_picture_try (svg, what, &error))
    return;
  finding.what = error->message;
  lanyard_pack_report_add (report, NULL, &finding, NULL, NULL, NULL);
}

/* What desks' screens show: the logo, and the maps. */
static void
check_pictures (LanyardPackReport *report)
{
  GPtrArray *venues = lanyard_pack_get_codes (report->pack, LANYARD_CODES_VENUE);

  check_picture (report, "logo.svg");
  check_picture (report, "map.svg");
  for (guint i = 0; i < venues->len; i++)
    {
      const LanyardCode *venue = g_ptr_array_index (venues, i);
      g_autofree char *file = g_strdup_printf ("map-%s.svg", venue->code);

      check_picture (report, file);
    }
}

static gboolean
check_pack (const char *directory,
            const LanyardPublicKey *root,
            double printer_dpi,
            gboolean json,
            GError **error)
{
  g_auto (Trial) trial = { .printer_dpi = printer_dpi };
  LanyardPackReport *report = &trial.report;
  gint64 now_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
  LanyardPack *pack = lanyard_pack_load (directory, root, now_s, error);
  GPtrArray *names;

  if (pack == NULL)
    return FALSE;
  lanyard_pack_report_init (report, pack);
  trial.photo = lanyard_sample_photo_new ();
  trial.holders = lanyard_sample_holders_load (pack, error);
  if (trial.holders == NULL)
    return FALSE;
  check_categories (report);
  check_words (report);
  check_pictures (report);
  names = lanyard_pack_get_template_names (pack);
  for (guint i = 0; i < names->len; i++)
    check_template (&trial, g_ptr_array_index (names, i));
  lanyard_output_progress_end ();

  if (json)
    lanyard_pack_report_print_json (report);
  else
    lanyard_pack_report_print (report);
  if (report->problems->len == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "The pack '%s' has %u %s; mend what is named above.", directory,
               report->problems->len, report->problems->len == 1 ? "problem" : "problems");
  return FALSE;
}

static gboolean
run (char **args, GError **error)
{
  g_autofree char *root_hex = NULL;
  gboolean json = FALSE;
  double dpi = 0.0;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "root-key", 0, 0, G_OPTION_ARG_STRING, &root_hex, "Event root key: check signatures", "HEX" },
    { "printer-dpi", 0, 0, G_OPTION_ARG_DOUBLE, &dpi, "Codes must suit such a printer", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  LanyardPublicKey root;

  if (!lanyard_command_parse (
          &lanyard_command_pack_check, args, entries,
          "Loads the pack and draws every badge template for every category, and in every "
          "language,\n"
          "for made-up holders: those in the pack's check/holders.jsonl, or the longest and "
          "shortest\n"
          "names and the scripts of the world. Says what does not fit and what no font has, and\n"
          "whether screens can show its logo, its maps and its words.",
          error)
      || !lanyard_command_require_words (&lanyard_command_pack_check, words, 1, 1, error)
      || !lanyard_command_require_file (words[0], error)
      || !lanyard_command_parse_root_key (root_hex, &root, error))
    return FALSE;
  if (!(dpi >= 0.0 && dpi <= 2400.0))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "--printer-dpi must be from 0 to 2400.");
      return FALSE;
    }
  return check_pack (words[0], root_hex != NULL ? &root : NULL, dpi, json, error);
}

const LanyardCommand lanyard_command_pack_check = {
  .name = "pack check",
  .parameters = "DIR",
  .summary = "Load an event pack and try every badge template",
  .run = run,
};
