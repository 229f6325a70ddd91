/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-printer-report.h"

#include "lanyard-badge-trial.h"
#include "lanyard-error.h"
#include "lanyard-printer-facts.h"
#include "lanyard-sample-holders.h"

#define SERIAL "K0000-0000000"

static const LanyardFinding findings[] = {
  [LANYARD_FACT_FINE] = LANYARD_FINDING_FINE,
  [LANYARD_FACT_NOTE] = LANYARD_FINDING_NOTE,
  [LANYARD_FACT_WRONG] = LANYARD_FINDING_WRONG,
};

/* Returns: (transfer none): a category that has this template, or any */
static const char *
find_category (LanyardPack *pack, const char *template)
{
  GPtrArray *categories = lanyard_pack_get_codes (pack, LANYARD_CODES_CATEGORY);
  const char *found = NULL;

  for (guint i = categories->len; i > 0; i--)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i - 1);

      if (found == NULL || g_strcmp0 (category->template, template) == 0)
        found = category->code;
    }
  return found != NULL ? found : "";
}

static gboolean
is_among (GPtrArray *tried, const LanyardBadgeFinding *finding)
{
  for (guint i = 0; i < tried->len; i++)
    {
      const LanyardBadgeFinding *other = g_ptr_array_index (tried, i);

      if (g_strcmp0 (other->slot, finding->slot) == 0
          && g_strcmp0 (other->what, finding->what) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What is wrong at these dots and not on any printer: that is for 'lanyard pack check' to say.
 * Returns: (transfer full) (nullable) */
static char *
try_holder (LanyardPack *pack,
            LanyardBadge *badge,
            const LanyardSampleHolder *holder,
            const char *category,
            guint dpi)
{
  g_autoptr (LanyardEntry) entry = lanyard_sample_holder_dup_entry (holder, category);
  g_autofree char *credential = lanyard_sample_credential_new (pack, entry, SERIAL);
  LanyardBadgeContent content = { .entry = entry, .serial = SERIAL, .credential = credential };
  g_autoptr (GPtrArray) anywhere = lanyard_badge_try (badge, &content);
  g_autoptr (GPtrArray) here = NULL;

  content.printer_dpi = dpi;
  here = lanyard_badge_try (badge, &content);
  for (guint i = 0; i < here->len; i++)
    {
      const LanyardBadgeFinding *finding = g_ptr_array_index (here, i);

      if (!is_among (anywhere, finding))
        return g_strdup_printf ("%s %s", finding->slot, finding->what);
    }
  return NULL;
}

/* The longest credential has the smallest modules.
 * Returns: (transfer full) (nullable): what is too fine for @dpi */
static char *
try_codes (LanyardPack *pack, LanyardBadge *badge, const char *template, guint dpi)
{
  g_autoptr (GPtrArray) holders = lanyard_sample_holders_load (pack, NULL);
  const char *category = find_category (pack, template);
  char *what = NULL;

  for (guint i = 0; holders != NULL && what == NULL && i < holders->len; i++)
    {
      const LanyardSampleHolder *holder = g_ptr_array_index (holders, i);

      if (holder->category == NULL || g_str_equal (holder->category, category))
        what = try_holder (pack, badge, holder, category, dpi);
    }
  return what;
}

static void
report_template (LanyardDoctor *doctor,
                 const char *what,
                 LanyardPrinterFacts *facts,
                 const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = lanyard_pack_dup_template_named (doctor->pack, name, &error);
  g_autoptr (LanyardBadge) badge
      = svg != NULL ? lanyard_badge_new (svg, doctor->pack, &error) : NULL;
  guint dpi = lanyard_printer_facts_get_dpi (facts);
  g_autofree char *plan = NULL, *too_fine = NULL;
  LanyardPrinterNeed need;

  if (badge != NULL)
    {
      need.width_mm = lanyard_badge_get_width_mm (badge);
      need.height_mm = lanyard_badge_get_height_mm (badge);
      need.n_pages = lanyard_badge_get_n_pages (badge);
      plan = lanyard_printer_facts_judge (facts, &need, &error);
    }
  if (plan != NULL && dpi > 0)
    too_fine = try_codes (doctor->pack, badge, name, dpi);
  if (plan == NULL)
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_WRONG, "template %s: %s", name,
                           error->message);
  else if (too_fine != NULL)
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_WRONG, "template %s: %s.", name, too_fine);
  else
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_FINE, "template %s: %s", name, plan);
}

void
lanyard_printer_report (LanyardDoctor *doctor, const char *what, const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPrinterFacts) facts = lanyard_printer_facts_ask (uri, &error);
  GPtrArray *list, *names;

  if (facts == NULL)
    {
      lanyard_doctor_report (doctor, what, LANYARD_FINDING_WRONG, "%s", error->message);
      return;
    }
  list = lanyard_printer_facts_list (facts);
  for (guint i = 0; i < list->len; i++)
    {
      const LanyardPrinterFact *fact = g_ptr_array_index (list, i);

      lanyard_doctor_report (doctor, what, findings[fact->kind], "%s", fact->words);
    }
  if (doctor->pack == NULL)
    {
      lanyard_doctor_report (doctor, what, LANYARD_FINDING_NOTE,
                             "Without the pack nobody knows which badges it must take.");
      return;
    }
  names = lanyard_pack_get_template_names (doctor->pack);
  for (guint i = 0; i < names->len; i++)
    report_template (doctor, what, facts, g_ptr_array_index (names, i));
}
