/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cups/ipp.h>
#include <glib.h>

G_BEGIN_DECLS

/* How one badge goes to one printer, decided from what the printer says of itself. A value. */
typedef struct
{
  const char *format;   /* static: "application/pdf" or "image/pwg-raster" */
  int width_hmm;        /* media-size x-dimension: hundredths of a millimetre, the printer's own */
  int height_hmm;       /* media-size y-dimension */
  gboolean turned;      /* the badge lies on its side on that media: turn it clockwise */
  gboolean no_margins;  /* all four margins can be 0, and are asked to be */
  gboolean media_col;   /* media-col is understood; otherwise the size goes by its name in media */
  gboolean two_sided;   /* sides = two-sided-long-edge */
  gboolean say_sides;   /* the printer knows sides */
  gboolean say_scaling; /* the printer knows print-scaling none */
  int margin_hmm;       /* what the printer cannot reach along its widest edge; 0 with no_margins */
  gboolean create_job;  /* Create-Job and Send-Document instead of Print-Job */
  gboolean can_validate; /* the printer knows Validate-Job */
  int dpi;               /* raster: dots per inch, both ways */
  const char *raster;    /* static: raster: "srgb_8" or "sgray_8" */
  char *sheet_back;      /* (nullable): raster: pwg-raster-document-sheet-back */
  char *description;     /* printer-make-and-model, or "IPP printer" */
} LanyardIppPlan;

void lanyard_ipp_plan_free (LanyardIppPlan *plan);

/* A badge may be this much off the printer's own media size: 0.5 mm, PWG 5101.1 §5. */
#define LANYARD_IPP_SIZE_TOLERANCE_HMM 50

/**
 * lanyard_ipp_plan_new:
 * @attributes: answer to Get-Printer-Attributes
 * @width_mm: of the badge
 * @height_mm: of the badge
 * @n_pages: 1 or 2
 * @can_raster: whether the job can be drawn at the printer's resolution
 * @error: LANYARD_ERROR_REFUSED: this printer cannot print this badge at its true size, and why
 *
 * Pure. PDF is preferred: it is the badge itself.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardIppPlan *lanyard_ipp_plan_new (ipp_t *attributes,
                                      double width_mm,
                                      double height_mm,
                                      guint n_pages,
                                      gboolean can_raster,
                                      GError **error);

/* Returns: the dots per inch with which a badge is printed, both ways alike or the coarser way: of
 * the raster that is sent, or what the printer says that it makes of a PDF; 0: it does not say */
guint lanyard_ipp_plan_find_dpi (ipp_t *attributes);

/* Returns: (transfer full): "Make and model: 105.00 × 135.00 mm, application/pdf" */
char *lanyard_ipp_plan_to_string (const LanyardIppPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardIppPlan, lanyard_ipp_plan_free)

G_END_DECLS
