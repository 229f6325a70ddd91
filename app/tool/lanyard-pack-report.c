/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-pack-report.h"

#include "lanyard-output.h"

static void
problem_free (gpointer data)
{
  LanyardPackProblem *problem = data;

  g_free (problem->template);
  g_free (problem->slot);
  g_free (problem->holder);
  g_ptr_array_unref (problem->categories);
  g_ptr_array_unref (problem->languages);
  g_free (problem->what);
  g_free (problem);
}

static void
template_free (gpointer data)
{
  LanyardTriedTemplate *template = data;

  g_free (template->name);
  g_free (template);
}

static void
add_word (GPtrArray *words, const char *word)
{
  if (word != NULL && !g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
    g_ptr_array_add (words, g_strdup (word));
}

static gboolean
is_same (const LanyardPackProblem *problem,
         const char *template,
         const LanyardBadgeFinding *finding,
         const char *holder)
{
  return g_strcmp0 (problem->template, template) == 0
         && g_strcmp0 (problem->slot, finding->slot) == 0 && problem->page == finding->page
         && g_strcmp0 (problem->holder, holder) == 0
         && g_strcmp0 (problem->what, finding->what) == 0;
}

static LanyardPackProblem *
get_problem (LanyardPackReport *report,
             const char *template,
             const LanyardBadgeFinding *finding,
             const char *holder)
{
  LanyardPackProblem *problem;

  for (guint i = 0; i < report->problems->len; i++)
    {
      problem = g_ptr_array_index (report->problems, i);
      if (is_same (problem, template, finding, holder))
        return problem;
    }
  problem = g_new0 (LanyardPackProblem, 1);
  problem->template = g_strdup (template);
  problem->slot = g_strdup (finding->slot);
  problem->page = finding->page;
  problem->holder = g_strdup (holder);
  problem->categories = g_ptr_array_new_with_free_func (g_free);
  problem->languages = g_ptr_array_new_with_free_func (g_free);
  problem->what = g_strdup (finding->what);
  g_ptr_array_add (report->problems, problem);
  return problem;
}

static void
append_words (GString *line, const char *one, const char *many, GPtrArray *words)
{
  if (words->len == 0)
    return;
  g_string_append_printf (line, ", %s", words->len == 1 ? one : many);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (line, " %s", (const char *)g_ptr_array_index (words, i));
}

/* Returns: (transfer full): one line that says where, with whom, what and what to do */
static char *
describe (const LanyardPackReport *report, const LanyardPackProblem *problem)
{
  GString *line = g_string_new (NULL);

  if (problem->template != NULL)
    g_string_append_printf (line, "Template %s", problem->template);
  if (problem->slot != NULL)
    g_string_append_printf (line, ", %s, %s", problem->page == 0 ? "front" : "back", problem->slot);
  if (problem->holder != NULL)
    g_string_append_printf (line, ", holder %s", problem->holder);
  append_words (line, "category", "categories", problem->categories);
  append_words (line, "in", "in", problem->languages);
  g_string_append_printf (line, "%s%s", line->len > 0 ? ": " : "", problem->what);
  return g_string_free (line, FALSE);
}

static void
add_list (JsonBuilder *builder, const char *member, GPtrArray *words)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < words->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (words, i));
  json_builder_end_array (builder);
}

static void
add_finding (JsonBuilder *builder, const LanyardPackProblem *problem)
{
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "template", problem->template);
  lanyard_output_member (builder, "slot", problem->slot);
  lanyard_output_member (builder, "page", problem->page == 0 ? "front" : "back");
  lanyard_output_member (builder, "holder", problem->holder);
  add_list (builder, "categories", problem->categories);
  add_list (builder, "languages", problem->languages);
  lanyard_output_member (builder, "what", problem->what);
  json_builder_end_object (builder);
}

static void
add_template (JsonBuilder *builder, const LanyardTriedTemplate *template)
{
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "name", template->name);
  json_builder_set_member_name (builder, "width_mm");
  json_builder_add_double_value (builder, template->width_mm);
  json_builder_set_member_name (builder, "height_mm");
  json_builder_add_double_value (builder, template->height_mm);
  json_builder_set_member_name (builder, "pages");
  json_builder_add_int_value (builder, template->n_pages);
  json_builder_set_member_name (builder, "badges");
  json_builder_add_int_value (builder, template->n_badges);
  json_builder_end_object (builder);
}

void
lanyard_pack_report_init (LanyardPackReport *report, LanyardPack *pack)
{
  report->pack = pack;
  report->templates = g_ptr_array_new_with_free_func (template_free);
  report->problems = g_ptr_array_new_with_free_func (problem_free);
}

void
lanyard_pack_report_clear (LanyardPackReport *report)
{
  g_clear_pointer (&report->pack, lanyard_pack_unref);
  g_clear_pointer (&report->templates, g_ptr_array_unref);
  g_clear_pointer (&report->problems, g_ptr_array_unref);
}

LanyardTriedTemplate *
lanyard_pack_report_begin (LanyardPackReport *report, const char *name)
{
  LanyardTriedTemplate *template = g_new0 (LanyardTriedTemplate, 1);

  template->name = g_strdup (name);
  g_ptr_array_add (report->templates, template);
  return template;
}

void
lanyard_pack_report_add (LanyardPackReport *report,
                         LanyardTriedTemplate *template,
                         const LanyardBadgeFinding *finding,
                         const char *holder,
                         const char *category,
                         const char *language)
{
  LanyardPackProblem *problem
      = get_problem (report, template != NULL ? template->name : NULL, finding, holder);

  add_word (problem->categories, category);
  add_word (problem->languages, language);
  if (template != NULL)
    template->has_problems = TRUE;
}

void
lanyard_pack_report_print (const LanyardPackReport *report)
{
  static const char *const kinds[LANYARD_N_CODES] = {
    [LANYARD_CODES_VENUE] = "venues",
    [LANYARD_CODES_ZONE] = "zones",
    [LANYARD_CODES_CATEGORY] = "categories",
    [LANYARD_CODES_TRANSPORT] = "transport",
    [LANYARD_CODES_SEATING] = "seating",
    [LANYARD_CODES_ORGANISATION] = "organisations",
    [LANYARD_CODES_CLEARANCE] = "clearances",
    [LANYARD_CODES_VENUE_KIND] = "kinds of venue",
    [LANYARD_CODES_DAY_PASS] = "pools of day passes",
  };

  g_print ("%s: %s, %s\n", lanyard_pack_get_event (report->pack),
           lanyard_pack_get_event_name (report->pack, "en"),
           lanyard_pack_is_signed (report->pack) ? "signed" : "not checked against a root key");
  for (LanyardCodes which = 0; which < LANYARD_N_CODES; which++)
    g_print ("  %-14s %u\n", kinds[which], lanyard_pack_get_codes (report->pack, which)->len);
  for (guint i = 0; i < report->templates->len; i++)
    {
      const LanyardTriedTemplate *template = g_ptr_array_index (report->templates, i);

      g_print ("  template %s: %g × %g mm, %u %s, tried with %u badges: %s\n", template->name,
               template->width_mm, template->height_mm, template->n_pages,
               template->n_pages == 1 ? "page" : "pages", template->n_badges,
               template->has_problems ? "has problems" : "all of them fit");
    }
  for (guint i = 0; i < report->problems->len; i++)
    {
      g_autofree char *line = describe (report, g_ptr_array_index (report->problems, i));

      g_print ("  problem: %s\n", line);
    }
}

void
lanyard_pack_report_print_json (const LanyardPackReport *report)
{
  JsonBuilder *builder = json_builder_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < report->problems->len; i++)
    g_ptr_array_add (lines, describe (report, g_ptr_array_index (report->problems, i)));
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "pack", lanyard_pack_get_directory (report->pack));
  lanyard_output_member (builder, "event", lanyard_pack_get_event (report->pack));
  json_builder_set_member_name (builder, "signed");
  json_builder_add_boolean_value (builder, lanyard_pack_is_signed (report->pack));
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->templates->len; i++)
    add_template (builder, g_ptr_array_index (report->templates, i));
  json_builder_end_array (builder);
  add_list (builder, "problems", lines);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->problems->len; i++)
    add_finding (builder, g_ptr_array_index (report->problems, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}
