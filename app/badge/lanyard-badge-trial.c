/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-trial.h"

#include <math.h>

#include "lanyard-badge-private.h"

/* Fine enough to see a hairline that lies in what must stay paper. */
#define PAPER_DPI 150.0
#define MM_PER_INCH 25.4
/* Darkest that is still paper: edges that are drawn beside it touch its last pixels. */
#define MIN_PAPER 0xf0
#define EDGE_PX 1

static LanyardBadgeFinding *
finding_new (const char *slot, guint page, const char *what)
{
  LanyardBadgeFinding *finding = g_new0 (LanyardBadgeFinding, 1);

  finding->slot = g_strdup (slot);
  finding->page = page;
  finding->what = g_strdup (what);

  return finding;
}

static GPtrArray *
findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_badge_finding_free);
}

static void
try_slots (LanyardDrawing *drawing, guint page, GPtrArray *findings)
{
  const LanyardTemplate *template = drawing->badge->template;
  g_autoptr (GError) error = NULL;

  if (!lanyard_draw_picture (drawing, page, &error))
    g_ptr_array_add (findings, finding_new ("the picture", page, error->message));
  for (guint i = 0; i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);
      g_autoptr (GError) local = NULL;
      g_autofree char *words = lanyard_slot_describe (slot);

      if (slot->page == page && !lanyard_draw_slot (drawing, slot, &local))
        g_ptr_array_add (findings, finding_new (words, page, local->message));
    }
}

/* Whether nothing of @drawn lies in @slot. */
static gboolean
is_paper (cairo_surface_t *drawn, const LanyardSlot *slot)
{
  double scale = PAPER_DPI / MM_PER_INCH;
  int width = MAX (1, (int)floor (slot->width_mm * scale));
  int height = MAX (1, (int)floor (slot->height_mm * scale));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  gboolean is_clean = TRUE;

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, drawn, -slot->x_mm, -slot->y_mm);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = EDGE_PX; y < height - EDGE_PX; y++)
    {
      const guint8 *row = cairo_image_surface_get_data (surface)
                          + (gsize)y * cairo_image_surface_get_stride (surface);

      for (int x = 4 * EDGE_PX; x < 4 * (width - EDGE_PX); x++)
        is_clean = is_clean && (x % 4 == 3 || row[x] >= MIN_PAPER);
    }
  cairo_surface_destroy (surface);

  return is_clean;
}

static void
try_paper (LanyardBadge *badge, guint page, cairo_surface_t *drawn, GPtrArray *findings)
{
  for (guint i = 0; i < badge->template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (badge->template->slots, i);

      if (slot->kind == LANYARD_SLOT_KEEP_OUT && slot->page == page && !is_paper (drawn, slot))
        g_ptr_array_add (findings, finding_new ("the keep-out slot", page,
                                                "has something of the picture in it; move that, or"
                                                " leave it white there"));
    }
}

void
lanyard_badge_finding_free (LanyardBadgeFinding *finding)
{
  if (finding == NULL)
    return;

  g_free (finding->slot);
  g_free (finding->what);
  g_free (finding);
}

GPtrArray *
lanyard_badge_try (LanyardBadge *badge, const LanyardBadgeContent *content)
{
  GPtrArray *findings = findings_new ();

  g_return_val_if_fail (badge != NULL && content != NULL, findings);

  for (guint page = 0; page < badge->template->n_pages; page++)
    {
      const cairo_rectangle_t extents
          = { 0, 0, badge->template->width_mm, badge->template->height_mm };
      cairo_surface_t *drawn = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
      cairo_t *cr = cairo_create (drawn);
      LanyardDrawing drawing = { .badge = badge, .content = content, .cr = cr };

      drawing.context = lanyard_text_context_new (cr);
      drawing.flows = g_array_new (FALSE, FALSE, sizeof (LanyardFlow));
      try_slots (&drawing, page, findings);
      g_array_unref (drawing.flows);
      g_object_unref (drawing.context);
      cairo_destroy (cr);
      try_paper (badge, page, drawn, findings);
      cairo_surface_destroy (drawn);
    }

  return findings;
}

/* Returns: (transfer full) (element-type utf8): families that there are, lower case */
static GHashTable *
list_families (void)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree PangoFontFamily **families = NULL;
  int n_families = 0;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n_families);
  for (int i = 0; i < n_families; i++)
    g_hash_table_add (names, g_utf8_strdown (pango_font_family_get_name (families[i]), -1));

  return names;
}

GPtrArray *
lanyard_badge_find_missing_fonts (LanyardBadge *badge)
{
  GPtrArray *findings = findings_new ();
  g_autoptr (GHashTable) families = NULL;

  g_return_val_if_fail (badge != NULL, findings);

  families = list_families ();
  for (guint i = 0; i < badge->template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (badge->template->slots, i);
      g_auto (GStrv) wanted = slot->font != NULL ? g_strsplit (slot->font, ",", 2) : NULL;
      g_autofree char *first = NULL;
      g_autofree char *words = NULL;
      g_autofree char *what = NULL;

      if (wanted == NULL)
        continue;
      first = g_utf8_strdown (g_strstrip (wanted[0]), -1);
      if (g_hash_table_contains (families, first))
        continue;
      words = lanyard_slot_describe (slot);
      what = g_strdup_printf ("wants the font \"%.60s\", which this machine does not have; install"
                              " its Debian package on every desk, or name another",
                              wanted[0]);
      g_ptr_array_add (findings, finding_new (words, slot->page, what));
    }

  return findings;
}
