/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include <string.h>

#include "lanyard-error.h"

#define TEXT_COLOUR "#000000"

/* Codes of a list must not be broken: a hyphen in one becomes one that does not break. */
static void
append_code (GString *words, const char *code)
{
  if (words->len > 0)
    g_string_append (words, "  ");
  for (const char *p = code; *p != '\0'; p++)
    {
      if (*p == '-')
        g_string_append (words, "\xe2\x80\x91");
      else
        g_string_append_c (words, *p);
    }
}

/* The first @n_shown codes and how many more there are. */
static char *
join_codes (GPtrArray *codes, guint n_shown)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < n_shown; i++)
    append_code (words, g_ptr_array_index (codes, i));
  if (n_shown < codes->len)
    g_string_append_printf (words, "%s+%u", n_shown > 0 ? "  " : "", codes->len - n_shown);

  return g_string_free (words, FALSE);
}

static LanyardText *
fit_list (LanyardDrawing *drawing,
          const LanyardSlot *slot,
          const LanyardTextStyle *style,
          GError **error)
{
  g_autoptr (GPtrArray) codes
      = lanyard_badge_field_list_venues (drawing->badge->pack, drawing->content);
  guint low = 0;
  guint high = codes->len;
  g_autofree char *all = join_codes (codes, codes->len);
  g_autoptr (GError) local = NULL;
  LanyardTextStyle smallest = *style;
  LanyardText *text
      = lanyard_text_fit (drawing->context, style, all, slot->width_mm, slot->height_mm, &local);

  if (text != NULL || !slot->more || !g_error_matches (local, LANYARD_ERROR, LANYARD_ERROR_INVALID))
    {
      if (text == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return text;
    }

  /* As many codes as there is room for at the smallest size. */
  smallest.size_mm = style->min_size_mm;
  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;
      g_autofree char *some = join_codes (codes, middle);
      g_autoptr (LanyardText) fitted = lanyard_text_fit (drawing->context, &smallest, some,
                                                         slot->width_mm, slot->height_mm, NULL);

      if (fitted != NULL)
        low = middle;
      else
        high = middle;
    }

  g_free (all);
  all = join_codes (codes, low);
  return lanyard_text_fit (drawing->context, &smallest, all, slot->width_mm, slot->height_mm,
                           error);
}

/* Returns: (transfer none): the flow that @slot belongs to, ready for it */
static LanyardFlow *
enter_flow (LanyardDrawing *drawing, const LanyardSlot *slot)
{
  LanyardFlow *flow = NULL;

  for (guint i = 0; i < drawing->flows->len; i++)
    {
      LanyardFlow *other = &g_array_index (drawing->flows, LanyardFlow, i);

      if (g_str_equal (other->name, slot->flow))
        flow = other;
    }

  if (flow == NULL)
    {
      LanyardFlow new = { .name = slot->flow };

      g_array_append_val (drawing->flows, new);
      flow = &g_array_index (drawing->flows, LanyardFlow, drawing->flows->len - 1);
    }
  else if (flow->is_empty)
    flow->lift_mm += slot->y_mm - flow->last_y_mm;
  flow->last_y_mm = slot->y_mm;
  flow->is_empty = FALSE;

  return flow;
}

void
lanyard_text_style_init (LanyardTextStyle *style, LanyardDrawing *drawing, const LanyardSlot *slot)
{
  *style = (LanyardTextStyle){
    .font = slot->font,
    .language
    = lanyard_badge_field_get_language (drawing->badge->pack, drawing->content, slot->field),
    .weight = slot->weight,
    .size_mm = slot->size_mm,
    .min_size_mm = slot->min_size_mm,
    .lines = slot->lines,
    .align = slot->align,
    .valign = slot->valign,
  };
}

/* Returns: (transfer full): what @slot says; "" where there is nothing to say */
static char *
dup_words (LanyardDrawing *drawing, const LanyardSlot *slot)
{
  LanyardPack *pack = drawing->badge->pack;

  if (!lanyard_slot_is_wanted (drawing, slot))
    return g_strdup ("");

  return g_strstrip (lanyard_badge_field_dup_text (pack, drawing->content, slot->field));
}

static LanyardText *
fit_words (LanyardDrawing *drawing, const LanyardSlot *slot, const char *words, GError **error)
{
  LanyardTextStyle style;

  lanyard_text_style_init (&style, drawing, slot);
  if (g_str_equal (slot->field, "venues"))
    return fit_list (drawing, slot, &style, error);

  return lanyard_text_fit (drawing->context, &style, words, slot->width_mm, slot->height_mm, error);
}

/* Spaces of any kind, or letters of no width, are not a name. */
static gboolean
has_ink (const LanyardText *text)
{
  LanyardBox ink;

  lanyard_text_get_ink (text, &ink);
  return ink.width_mm > 0.0 && ink.height_mm > 0.0;
}

static gboolean
leave_empty (LanyardDrawing *drawing, const LanyardSlot *slot, LanyardFlow *flow, GError **error)
{
  gboolean is_required = slot->required || g_str_equal (slot->field, "print-name");

  if (flow != NULL)
    flow->is_empty = TRUE;
  if (!is_required || !lanyard_slot_is_wanted (drawing, slot))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "is required, but this person has none");
  return FALSE;
}

gboolean
lanyard_draw_text (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  LanyardPack *pack = drawing->badge->pack;
  g_autofree char *words = dup_words (drawing, slot);
  LanyardFlow *flow = slot->flow != NULL ? enter_flow (drawing, slot) : NULL;
  double y_mm = slot->y_mm - (flow != NULL ? flow->lift_mm : 0.0);
  g_autoptr (LanyardText) text = NULL;

  if (*words == '\0')
    return leave_empty (drawing, slot, flow, error);
  text = fit_words (drawing, slot, words, error);
  if (text == NULL)
    return FALSE;
  if (!has_ink (text))
    return leave_empty (drawing, slot, flow, error);

  lanyard_shape_set_colour (drawing->cr, lanyard_badge_colour_resolve (pack, drawing->content,
                                                                       slot->fill, TEXT_COLOUR));
  lanyard_text_draw (text, drawing->cr, slot->x_mm, y_mm);
  if (flow != NULL)
    flow->lift_mm += MAX (0.0, slot->height_mm - lanyard_text_get_bottom_mm (text));
  return TRUE;
}
