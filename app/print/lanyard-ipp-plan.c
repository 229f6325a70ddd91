/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-ipp-media.h"

#define PDF "application/pdf"
#define RASTER "image/pwg-raster"
/* Between what a QR module needs and what a badge gains from. */
#define WANTED_DPI 300
#define LOWEST_DPI 150
#define HIGHEST_DPI 1200

static gboolean
has_keyword (ipp_t *attributes, const char *name, const char *value)
{
  ipp_attribute_t *attribute = ippFindAttribute (attributes, name, IPP_TAG_ZERO);

  return attribute != NULL && ippContainsString (attribute, value);
}

static gboolean
has_integer (ipp_t *attributes, const char *name, int value)
{
  ipp_attribute_t *attribute = ippFindAttribute (attributes, name, IPP_TAG_ZERO);

  return attribute != NULL && ippContainsInteger (attribute, value);
}

static gboolean
has_operation (ipp_t *attributes, ipp_op_t operation)
{
  return has_integer (attributes, "operations-supported", operation);
}

static gboolean
has_no_margins (ipp_t *attributes)
{
  return has_integer (attributes, "media-bottom-margin-supported", 0)
         && has_integer (attributes, "media-left-margin-supported", 0)
         && has_integer (attributes, "media-right-margin-supported", 0)
         && has_integer (attributes, "media-top-margin-supported", 0);
}

/* Returns: the equal-sided resolution nearest to the wanted one; 0: none */
static int
find_dpi (ipp_t *attributes)
{
  ipp_attribute_t *attribute
      = ippFindAttribute (attributes, "pwg-raster-document-resolution-supported",
                          IPP_TAG_RESOLUTION);
  int best = 0;

  if (attribute == NULL)
    attribute = ippFindAttribute (attributes, "printer-resolution-supported", IPP_TAG_RESOLUTION);
  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    {
      ipp_res_t unit;
      int y, x = ippGetResolution (attribute, i, &y, &unit);

      if (unit == IPP_RES_PER_CM)
        {
          x = lround (x * 2.54);
          y = lround (y * 2.54);
        }
      if (x == y && x >= LOWEST_DPI && x <= HIGHEST_DPI
          && (best == 0 || abs (x - WANTED_DPI) < abs (best - WANTED_DPI)))
        best = x;
    }
  return best;
}

static const char *
find_raster (ipp_t *attributes)
{
  static const char types[] = "pwg-raster-document-type-supported";

  if (has_keyword (attributes, types, "srgb_8"))
    return "srgb_8";
  return has_keyword (attributes, types, "sgray_8") ? "sgray_8" : NULL;
}

static char *
dup_string (ipp_t *attributes, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (attributes, name, IPP_TAG_ZERO);
  const char *value = attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;

  return value != NULL ? g_utf8_make_valid (value, MIN (strlen (value), 255)) : NULL;
}

/* CUPS prints a job again by itself when the queue is set so, and Debian's is unless somebody
 * changed it: a badge of which one may be out already would come out twice. */
static gboolean
check_policy (const LanyardIppPlan *plan, ipp_t *attributes, GError **error)
{
  g_autofree char *policy = dup_string (attributes, "printer-error-policy");
  g_autofree char *name = NULL;

  if (policy == NULL || !g_str_has_prefix (policy, "retry")
      || lanyard_fault ("retrying-queue-taken"))
    return TRUE;
  name = dup_string (attributes, "printer-name");
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
               "The queue of %s prints a badge again by itself when something goes wrong "
               "(printer-error-policy is %s); run 'lpadmin -p %s -o "
               "printer-error-policy=abort-job'.",
               plan->description, policy, name != NULL ? name : "QUEUE");
  return FALSE;
}

static gboolean
plan_format (LanyardIppPlan *plan, ipp_t *attributes, gboolean can_raster, GError **error)
{
  if (has_keyword (attributes, "document-format-supported", PDF))
    {
      plan->format = PDF;
      return TRUE;
    }
  plan->format = RASTER;
  plan->dpi = find_dpi (attributes);
  plan->raster = find_raster (attributes);
  plan->sheet_back = dup_string (attributes, "pwg-raster-document-sheet-back");
  if (has_keyword (attributes, "document-format-supported", RASTER) && plan->dpi > 0
      && plan->raster != NULL && can_raster)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
               "The printer %s takes none of our formats; use one that takes PDF%s.",
               plan->description, can_raster ? " or PWG raster of 150 to 1200 dpi" : "");
  return FALSE;
}

/* The smallest margin that the printer has on an edge. */
static int
find_margin (ipp_t *attributes, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (attributes, name, IPP_TAG_INTEGER);
  int least = 0;

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    {
      int margin = CLAMP (ippGetInteger (attribute, i), 0, 10000);

      least = i == 0 ? margin : MIN (least, margin);
    }
  return least;
}

static int
find_widest_margin (ipp_t *attributes)
{
  return MAX (MAX (find_margin (attributes, "media-bottom-margin-supported"),
                   find_margin (attributes, "media-top-margin-supported")),
              MAX (find_margin (attributes, "media-left-margin-supported"),
                   find_margin (attributes, "media-right-margin-supported")));
}

static gboolean
plan_media (LanyardIppPlan *plan,
            ipp_t *attributes,
            double width_mm,
            double height_mm,
            GError **error)
{
  int width_hmm = lround (width_mm * 100), height_hmm = lround (height_mm * 100);

  plan->no_margins = has_no_margins (attributes);
  plan->margin_hmm = plan->no_margins ? 0 : find_widest_margin (attributes);
  plan->media_col = has_keyword (attributes, "media-col-supported", "media-size");
  plan->width_hmm = width_hmm;
  plan->height_hmm = height_hmm;
  if (lanyard_ipp_media_find (attributes, &plan->width_hmm, &plan->height_hmm))
    return TRUE;
  plan->turned = TRUE;
  plan->width_hmm = height_hmm;
  plan->height_hmm = width_hmm;
  if (lanyard_ipp_media_find (attributes, &plan->width_hmm, &plan->height_hmm))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
               "The printer %s has no media of %.2f × %.2f mm; set it up for that size or use "
               "another one.",
               plan->description, width_mm, height_mm);
  return FALSE;
}

static gboolean
plan_sides (LanyardIppPlan *plan, ipp_t *attributes, guint n_pages, GError **error)
{
  plan->two_sided = n_pages > 1;
  plan->say_sides = ippFindAttribute (attributes, "sides-supported", IPP_TAG_ZERO) != NULL;
  if (!plan->two_sided || has_keyword (attributes, "sides-supported", "two-sided-long-edge"))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
               "The printer %s prints on one side only, and the badge has two; use another one.",
               plan->description);
  return FALSE;
}

void
lanyard_ipp_plan_free (LanyardIppPlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->sheet_back);
  g_free (plan->description);
  g_free (plan);
}

LanyardIppPlan *
lanyard_ipp_plan_new (ipp_t *attributes,
                      double width_mm,
                      double height_mm,
                      guint n_pages,
                      gboolean can_raster,
                      GError **error)
{
  g_autoptr (LanyardIppPlan) plan = g_new0 (LanyardIppPlan, 1);

  g_return_val_if_fail (attributes != NULL, NULL);
  g_return_val_if_fail (width_mm > 0 && width_mm < 1000, NULL);
  g_return_val_if_fail (height_mm > 0 && height_mm < 1000, NULL);

  plan->description = dup_string (attributes, "printer-make-and-model");
  if (plan->description == NULL)
    plan->description = g_strdup ("IPP printer");
  plan->create_job = has_operation (attributes, IPP_OP_CREATE_JOB)
                     && has_operation (attributes, IPP_OP_SEND_DOCUMENT);
  plan->can_validate = has_operation (attributes, IPP_OP_VALIDATE_JOB);
  plan->say_scaling = has_keyword (attributes, "print-scaling-supported", "none");
  if (!check_policy (plan, attributes, error) || !plan_format (plan, attributes, can_raster, error)
      || !plan_media (plan, attributes, width_mm, height_mm, error)
      || !plan_sides (plan, attributes, n_pages, error))
    return NULL;
  return g_steal_pointer (&plan);
}

guint
lanyard_ipp_plan_find_dpi (ipp_t *attributes)
{
  ipp_attribute_t *attribute;
  ipp_res_t unit;
  int x, y;

  g_return_val_if_fail (attributes != NULL, 0);

  if (!has_keyword (attributes, "document-format-supported", PDF))
    return find_dpi (attributes);
  attribute = ippFindAttribute (attributes, "printer-resolution-default", IPP_TAG_RESOLUTION);
  if (attribute == NULL)
    attribute = ippFindAttribute (attributes, "printer-resolution-supported", IPP_TAG_RESOLUTION);
  if (attribute == NULL)
    return 0;
  x = ippGetResolution (attribute, 0, &y, &unit);
  x = CLAMP (MIN (x, y), 0, 10000);
  return unit == IPP_RES_PER_CM ? lround (x * 2.54) : x;
}

char *
lanyard_ipp_plan_to_string (const LanyardIppPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (plan != NULL, NULL);

  g_string_append_printf (text, "%s: %.2f × %.2f mm", plan->description, plan->width_hmm / 100.0,
                          plan->height_hmm / 100.0);
  if (plan->margin_hmm > 0)
    g_string_append_printf (text, " (with margins of up to %.2f mm that stay white)",
                            plan->margin_hmm / 100.0);
  else if (!plan->no_margins)
    g_string_append (text, " (with margins)");
  g_string_append_printf (text, ", %s", plan->format);
  if (plan->dpi > 0)
    g_string_append_printf (text, ", %d dpi %s", plan->dpi, plan->raster);
  if (plan->two_sided)
    g_string_append (text, ", two-sided");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
