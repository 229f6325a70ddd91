/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-text.h"

#include "lanyard-badge-font.h"
#include "lanyard-badge-glyphs.h"
#include "lanyard-error.h"

/* Every layout is made at this font size, in user units, and scaled: without hinting, metrics are
 * linear, and Pango looks for the fonts of each size anew, which costs far more than the layout. */
#define EM_UNITS 100.0
/* Share of the font size from baseline to baseline, and above and below the baseline. */
#define LINE_PITCH 1.16
#define ASCENT 0.76
#define DESCENT 0.22
#define CAP_HEIGHT 0.714
/* Least distance between the ink of two lines, share of the font size. */
#define LINE_GAP 0.06
/* A single line is preferred down to this share of the largest size. */
#define SINGLE_LINE_SHARE 0.8
#define N_BISECTIONS 7
/* Rounding of Pango's units. */
#define TOLERANCE_MM 0.02

struct _LanyardText
{
  PangoLayout *layout; /* owned */
  double size_mm;
  guint n_lines;
  double *x_mm;        /* owned: of each line, from the left of the box */
  double *baseline_mm; /* owned: of each line, from the top of the box */
  double width_mm;     /* widest line */
  LanyardBox ink;      /* from the top left of the box */
};

/* What is looked for. */
typedef struct
{
  const LanyardTextStyle *style; /* borrowed */
  double width_mm;
  double height_mm;
} Goal;

/* mm in one of Pango's units at the present size. */
static double
get_unit_mm (const LanyardText *text)
{
  return text->size_mm / (EM_UNITS * PANGO_SCALE);
}

static PangoLayout *
new_layout (PangoContext *context, const LanyardTextStyle *style, const char *words)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autofree char *families = lanyard_font_dup_families (style->font, style->language);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family (font, families);
  pango_font_description_set_weight (font, style->weight);
  pango_font_description_set_absolute_size (font, EM_UNITS * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (style->language != NULL)
    pango_attr_list_insert (attributes,
                            pango_attr_language_new (pango_language_from_string (style->language)));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, words, -1);

  return layout;
}

static void
clear_lines (LanyardText *text)
{
  g_clear_pointer (&text->x_mm, g_free);
  g_clear_pointer (&text->baseline_mm, g_free);
}

/* Left edge of a line of @width_mm. */
static double
align_line (const Goal *goal, PangoLayoutLine *line, double width_mm)
{
  double free_mm = goal->width_mm - width_mm;
  gboolean is_rtl = pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL;

  switch (goal->style->align)
    {
    case LANYARD_ALIGN_CENTER:
      return free_mm / 2.0;
    case LANYARD_ALIGN_RIGHT:
      return free_mm;
    case LANYARD_ALIGN_START:
      return is_rtl ? free_mm : 0.0;
    case LANYARD_ALIGN_LEFT:
    default:
      return 0.0;
    }
}

/* Where the first baseline stands before ink is looked at, from the top of the box. */
static double
first_baseline (const LanyardText *text, const Goal *goal)
{
  double last = text->baseline_mm[text->n_lines - 1];

  switch (goal->style->valign)
    {
    case LANYARD_VALIGN_MIDDLE: /* from the top of the first capitals to the last baseline */
      return (goal->height_mm - last + text->size_mm * CAP_HEIGHT) / 2.0;
    case LANYARD_VALIGN_BOTTOM:
      return goal->height_mm - last - text->size_mm * DESCENT;
    case LANYARD_VALIGN_INK:
      return (goal->height_mm - text->ink.height_mm) / 2.0 - text->ink.y_mm;
    case LANYARD_VALIGN_TOP:
    default:
      return text->size_mm * ASCENT;
    }
}

/* Moves all lines so that they stand in the box as wanted, then so that no ink stands out. */
static void
place_block (LanyardText *text, const Goal *goal)
{
  double top = first_baseline (text, goal);

  top = MIN (top, goal->height_mm - (text->ink.y_mm + text->ink.height_mm));
  top = MAX (top, -text->ink.y_mm);
  for (guint i = 0; i < text->n_lines; i++)
    text->baseline_mm[i] += top;
  text->ink.y_mm += top;
}

/* A letter may lean out of its own width: moves that line in by that much. */
static double
pull_in (const Goal *goal, double x_mm, double ink_left_mm, double ink_width_mm)
{
  double left = x_mm + ink_left_mm;
  double right = left + ink_width_mm;

  if (left < 0.0)
    return x_mm - left;
  if (right > goal->width_mm)
    return x_mm + goal->width_mm - right;

  return x_mm;
}

/* Sets the lines one below the other, the first baseline at 0, and sums up their ink. */
static void
stack_lines (LanyardText *text, const Goal *goal)
{
  double left = G_MAXDOUBLE;
  double right = -G_MAXDOUBLE;
  double top = 0.0;
  double bottom = 0.0;
  double baseline = 0.0;
  double unit_mm = get_unit_mm (text);

  clear_lines (text);
  text->n_lines = pango_layout_get_line_count (text->layout);
  text->x_mm = g_new0 (double, text->n_lines);
  text->baseline_mm = g_new0 (double, text->n_lines);
  text->width_mm = 0.0;

  for (guint i = 0; i < text->n_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (text->layout, i);
      PangoRectangle ink;
      PangoRectangle logical;
      double ascent;

      pango_layout_line_get_extents (line, &ink, &logical);
      ascent = -ink.y * unit_mm;
      if (i > 0)
        baseline = MAX (baseline + text->size_mm * LINE_PITCH,
                        bottom + ascent + text->size_mm * LINE_GAP);
      text->x_mm[i] = pull_in (goal, align_line (goal, line, logical.width * unit_mm),
                               ink.x * unit_mm, ink.width * unit_mm);
      text->baseline_mm[i] = baseline;
      text->width_mm = MAX (text->width_mm, logical.width * unit_mm);
      top = i == 0 ? -ascent : MIN (top, baseline - ascent);
      bottom = MAX (i == 0 ? -G_MAXDOUBLE : bottom, baseline + (ink.y + ink.height) * unit_mm);
      left = MIN (left, text->x_mm[i] + ink.x * unit_mm);
      right = MAX (right, text->x_mm[i] + (ink.x + ink.width) * unit_mm);
    }

  text->ink = (LanyardBox){ left, top, right - left, bottom - top };
}

/* Lays out at @size_mm. Returns: whether all is inside */
static gboolean
try_size (LanyardText *text, const Goal *goal, double size_mm, guint lines, PangoWrapMode wrap)
{
  text->size_mm = size_mm;
  pango_layout_set_wrap (text->layout, wrap);
  pango_layout_set_width (text->layout,
                          lines > 1 ? (int)(goal->width_mm / get_unit_mm (text)) : -1);
  if ((guint)pango_layout_get_line_count (text->layout) > lines)
    return FALSE;

  stack_lines (text, goal);
  place_block (text, goal);

  return text->width_mm <= goal->width_mm + TOLERANCE_MM && text->ink.x_mm >= -TOLERANCE_MM
         && text->ink.x_mm + text->ink.width_mm <= goal->width_mm + TOLERANCE_MM
         && text->ink.y_mm >= -TOLERANCE_MM
         && text->ink.y_mm + text->ink.height_mm <= goal->height_mm + TOLERANCE_MM;
}

/* Returns: the largest size that fits, leaving @text laid out at it; 0 when none does */
static double
find_size (LanyardText *text, const Goal *goal, guint lines, PangoWrapMode wrap)
{
  double low = goal->style->min_size_mm;
  double high = goal->style->size_mm;

  if (try_size (text, goal, high, lines, wrap))
    return high;
  if (!try_size (text, goal, low, lines, wrap))
    return 0.0;

  for (guint i = 0; i < N_BISECTIONS; i++)
    {
      double middle = (low + high) / 2.0;

      if (try_size (text, goal, middle, lines, wrap))
        low = middle;
      else
        high = middle;
    }
  try_size (text, goal, low, lines, wrap);

  return low;
}

static gboolean
find_best (LanyardText *text, const Goal *goal)
{
  guint lines = goal->style->lines;
  double single = find_size (text, goal, 1, PANGO_WRAP_WORD);
  double several;

  if (single >= SINGLE_LINE_SHARE * goal->style->size_mm || (lines == 1 && single > 0.0))
    return TRUE;
  if (lines == 1)
    return FALSE;

  several = find_size (text, goal, lines, PANGO_WRAP_WORD);
  if (several == 0.0 && single == 0.0)
    several = find_size (text, goal, lines, PANGO_WRAP_WORD_CHAR);
  if (single > several)
    try_size (text, goal, single, 1, PANGO_WRAP_WORD);

  return MAX (single, several) > 0.0;
}

PangoContext *
lanyard_text_context_new (cairo_t *cr)
{
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  /* Fonts are the same for every surface, so that they are looked for once. */
  pango_context_set_matrix (context, NULL);

  return context;
}

/* Returns: the first letter that no font has */
static gunichar
find_unknown (PangoLayout *layout)
{
  const char *words = pango_layout_get_text (layout);

  for (const GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    for (const GSList *r = ((PangoLayoutLine *)l->data)->runs; r != NULL; r = r->next)
      {
        const PangoGlyphItem *run = r->data;

        for (int i = 0; i < run->glyphs->num_glyphs; i++)
          {
            if (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
              return g_utf8_get_char (words + run->item->offset + run->glyphs->log_clusters[i]);
          }
      }

  return 0;
}

LanyardText *
lanyard_text_fit (PangoContext *context,
                  const LanyardTextStyle *style,
                  const char *words,
                  double width_mm,
                  double height_mm,
                  GError **error)
{
  g_autoptr (LanyardText) text = g_new0 (LanyardText, 1);
  Goal goal = { .style = style, .width_mm = width_mm, .height_mm = height_mm };

  text->layout = new_layout (context, style, words);
  if (!find_best (text, &goal))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "does not fit even at %.2f mm in %u lines; shorten it or make the slot larger",
                   style->min_size_mm, style->lines);
      return NULL;
    }
  if (pango_layout_get_unknown_glyphs_count (text->layout) > 0)
    {
      g_autofree char *what = lanyard_font_describe_missing (find_unknown (text->layout));

      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE, what);
      return NULL;
    }

  return g_steal_pointer (&text);
}

void
lanyard_text_free (LanyardText *text)
{
  if (text == NULL)
    return;

  clear_lines (text);
  g_clear_object (&text->layout);
  g_free (text);
}

double
lanyard_text_get_size_mm (const LanyardText *text)
{
  return text->size_mm;
}

guint
lanyard_text_get_n_lines (const LanyardText *text)
{
  return text->n_lines;
}

gboolean
lanyard_text_is_rtl (const LanyardText *text)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (text->layout, 0);

  return pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL;
}

void
lanyard_text_get_ink (const LanyardText *text, LanyardBox *ink)
{
  *ink = text->ink;
}

double
lanyard_text_get_width_mm (const LanyardText *text)
{
  return text->width_mm;
}

double
lanyard_text_get_bottom_mm (const LanyardText *text)
{
  return MAX (text->baseline_mm[text->n_lines - 1] + text->size_mm * DESCENT,
              text->ink.y_mm + text->ink.height_mm);
}

void
lanyard_text_draw (const LanyardText *text, cairo_t *cr, double x_mm, double y_mm)
{
  for (guint i = 0; i < text->n_lines; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, x_mm + text->x_mm[i], y_mm + text->baseline_mm[i]);
      cairo_scale (cr, text->size_mm / EM_UNITS, text->size_mm / EM_UNITS);
      lanyard_glyphs_show_line (cr, text->layout, pango_layout_get_line_readonly (text->layout, i),
                                EM_UNITS);
      cairo_restore (cr);
    }
}
