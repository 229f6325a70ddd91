/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-badge.h"
#include "lanyard-clock.h"
#include "lanyard-hash.h"
#include "lanyard-output.h"
#include "lanyard-sample-holder.h"

/* What came out of checking one pack. */
typedef struct
{
  LanyardPack *pack;    /* owned */
  GBytes *photo;        /* owned */
  GPtrArray *templates; /* owned (element-type TemplateReport) */
  GPtrArray *problems;  /* owned (element-type utf8): of pack and templates together */
} PackReport;

typedef struct
{
  char *name;
  double width_mm;
  double height_mm;
  guint n_pages;
  guint n_problems;
} TemplateReport;

static void
template_report_free (TemplateReport *report)
{
  g_free (report->name);
  g_free (report);
}

static void
pack_report_clear (PackReport *report)
{
  g_clear_pointer (&report->pack, lanyard_pack_unref);
  g_clear_pointer (&report->photo, g_bytes_unref);
  g_clear_pointer (&report->templates, g_ptr_array_unref);
  g_clear_pointer (&report->problems, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PackReport, pack_report_clear)

/* Draws every page of @badge for one made-up holder. */
static gboolean
draw_sample (PackReport *report,
             LanyardBadge *badge,
             const char *category,
             LanyardSample sample,
             const char *language,
             GError **error)
{
  g_autoptr (LanyardEntry) entry = lanyard_sample_holder_new (report->pack, category, sample);
  g_autofree char *credential = lanyard_sample_credential_new (report->pack, entry);
  LanyardBadgeContent content = {
    .entry = entry,
    .photo = report->photo,
    .serial = "K0000-0000000",
    .credential = credential,
    .language = language,
  };
  g_autoptr (GBytes) pdf = lanyard_badge_to_pdf (badge, &content, error);

  return pdf != NULL;
}

static void
try_template (PackReport *report,
              TemplateReport *template,
              LanyardBadge *badge,
              const char *category,
              const char *language)
{
  for (LanyardSample sample = 0; sample < LANYARD_N_SAMPLES; sample++)
    {
      g_autoptr (GError) error = NULL;

      if (draw_sample (report, badge, category, sample, language, &error))
        continue;
      template->n_problems++;
      g_ptr_array_add (report->problems,
                       g_strdup_printf ("Template %s, category %s in %s, the %s sample: %s",
                                        template->name, category, language,
                                        lanyard_sample_to_string (sample), error->message));
    }
}

/* Tries a template with every category that uses it, and with its first category in every language
 * of the pack. One that no category uses is tried with the first there is. */
static void
try_categories (PackReport *report, TemplateReport *template, LanyardBadge *badge)
{
  GPtrArray *categories = lanyard_pack_get_codes (report->pack, LANYARD_CODES_CATEGORY);
  const char *const *languages = lanyard_pack_get_languages (report->pack);
  const char *first = NULL;
  gboolean used;

  for (guint i = 0; i < categories->len; i++)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i);

      if (g_strcmp0 (category->template, template->name) != 0)
        continue;
      first = first != NULL ? first : category->code;
      try_template (report, template, badge, category->code, languages[0]);
    }
  used = first != NULL;
  if (!used && categories->len > 0)
    first = ((const LanyardCode *)g_ptr_array_index (categories, 0))->code;
  for (guint i = used ? 1 : 0; first != NULL && languages[i] != NULL; i++)
    try_template (report, template, badge, first, languages[i]);
}

static void
check_template (PackReport *report, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = lanyard_pack_dup_template_named (report->pack, name, &error);
  g_autoptr (LanyardBadge) badge = NULL;
  TemplateReport *template = g_new0 (TemplateReport, 1);

  template->name = g_strdup (name);
  g_ptr_array_add (report->templates, template);
  if (svg != NULL)
    badge = lanyard_badge_new (svg, report->pack, &error);
  if (badge == NULL)
    {
      template->n_problems++;
      g_ptr_array_add (report->problems, g_strdup_printf ("Template %s: %s", name, error->message));
      return;
    }
  template->width_mm = lanyard_badge_get_width_mm (badge);
  template->height_mm = lanyard_badge_get_height_mm (badge);
  template->n_pages = lanyard_badge_get_n_pages (badge);
  try_categories (report, template, badge);
}

/* Every category must lead to a template. */
static void
check_categories (PackReport *report)
{
  GPtrArray *categories = lanyard_pack_get_codes (report->pack, LANYARD_CODES_CATEGORY);

  for (guint i = 0; i < categories->len; i++)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) svg = lanyard_pack_dup_template (report->pack, category->code, &error);

      if (svg == NULL)
        g_ptr_array_add (report->problems, g_strdup_printf ("Category %s has no template: %s",
                                                            category->code, error->message));
    }
}

static void
print_json (const PackReport *report)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  lanyard_output_member (builder, "pack", lanyard_pack_get_directory (report->pack));
  lanyard_output_member (builder, "event", lanyard_pack_get_event (report->pack));
  json_builder_set_member_name (builder, "signed");
  json_builder_add_boolean_value (builder, lanyard_pack_is_signed (report->pack));
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->templates->len; i++)
    {
      const TemplateReport *template = g_ptr_array_index (report->templates, i);

      json_builder_begin_object (builder);
      lanyard_output_member (builder, "name", template->name);
      json_builder_set_member_name (builder, "width_mm");
      json_builder_add_double_value (builder, template->width_mm);
      json_builder_set_member_name (builder, "height_mm");
      json_builder_add_double_value (builder, template->height_mm);
      json_builder_set_member_name (builder, "pages");
      json_builder_add_int_value (builder, template->n_pages);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->problems->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (report->problems, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
print_lines (const PackReport *report)
{
  static const char *const kinds[LANYARD_N_CODES] = {
    [LANYARD_CODES_VENUE] = "venues",         [LANYARD_CODES_ZONE] = "zones",
    [LANYARD_CODES_CATEGORY] = "categories",  [LANYARD_CODES_TRANSPORT] = "transport",
    [LANYARD_CODES_SEATING] = "seating",      [LANYARD_CODES_ORGANISATION] = "organisations",
    [LANYARD_CODES_CLEARANCE] = "clearances", [LANYARD_CODES_VENUE_KIND] = "kinds of venue",
    [LANYARD_CODES_DAY_PASS] = "pools of day passes",
  };

  g_print ("%s: %s, %s\n", lanyard_pack_get_event (report->pack),
           lanyard_pack_get_event_name (report->pack, "en"),
           lanyard_pack_is_signed (report->pack) ? "signed" : "not checked against a root key");
  for (LanyardCodes which = 0; which < LANYARD_N_CODES; which++)
    g_print ("  %-14s %u\n", kinds[which], lanyard_pack_get_codes (report->pack, which)->len);
  for (guint i = 0; i < report->templates->len; i++)
    {
      const TemplateReport *template = g_ptr_array_index (report->templates, i);

      g_print ("  template %s: %g × %g mm, %u %s, %s\n", template->name, template->width_mm,
               template->height_mm, template->n_pages, template->n_pages == 1 ? "page" : "pages",
               template->n_problems == 0 ? "draws every sample" : "has problems");
    }
  for (guint i = 0; i < report->problems->len; i++)
    g_print ("  problem: %s\n", (const char *)g_ptr_array_index (report->problems, i));
}

static gboolean
check_pack (const char *directory, const LanyardPublicKey *root, gboolean json, GError **error)
{
  g_auto (PackReport) report = { 0 };
  GPtrArray *names;
  gint64 now_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;

  report.pack = lanyard_pack_load (directory, root, now_s, error);
  if (report.pack == NULL)
    return FALSE;
  report.photo = lanyard_sample_photo_new ();
  report.templates = g_ptr_array_new_with_free_func ((GDestroyNotify)template_report_free);
  report.problems = g_ptr_array_new_with_free_func (g_free);
  check_categories (&report);
  names = lanyard_pack_get_template_names (report.pack);
  for (guint i = 0; i < names->len; i++)
    {
      lanyard_output_progress ("templates", i, names->len);
      check_template (&report, g_ptr_array_index (names, i));
    }
  lanyard_output_progress_end ();

  if (json)
    print_json (&report);
  else
    print_lines (&report);
  if (report.problems->len == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "The pack '%s' has %u %s; mend what is named above.", directory,
               report.problems->len, report.problems->len == 1 ? "problem" : "problems");
  return FALSE;
}

static gboolean
run (char **args, GError **error)
{
  g_autofree char *root_hex = NULL;
  gboolean json = FALSE;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "root-key", 0, 0, G_OPTION_ARG_STRING, &root_hex, "Event root key: check signatures", "HEX" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  LanyardPublicKey root;

  if (!lanyard_command_parse (&lanyard_command_pack_check, args, entries,
                              "Loads the pack and draws every badge template in every language for "
                              "made-up holders with short and with long names.",
                              error)
      || !lanyard_command_require_words (&lanyard_command_pack_check, words, 1, 1, error)
      || !lanyard_command_require_file (words[0], error)
      || !lanyard_command_parse_root_key (root_hex, &root, error))
    return FALSE;
  return check_pack (words[0], root_hex != NULL ? &root : NULL, json, error);
}

const LanyardCommand lanyard_command_pack_check = {
  .name = "pack check",
  .parameters = "DIR",
  .summary = "Load an event pack and try every badge template",
  .run = run,
};
