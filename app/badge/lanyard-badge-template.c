/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-template.h"

#include <math.h>
#include <string.h>

#include "lanyard-badge-attribute.h"
#include "lanyard-badge-svg.h"
#include "lanyard-error.h"

/* Slots may stick out of the badge by this much: what editors round. */
#define EDGE_MM 0.05

/* Where an element stands; the outermost first. */
typedef struct
{
  double dx;           /* user units: sum of all translations */
  double dy;           /* user units */
  gboolean is_plain;   /* no other transformation above */
  gboolean is_drawn;   /* not hidden, nor within defs or the like */
  gboolean is_sheet;   /* <style>: what is in it is CSS */
  int page;            /* -1: no group with data-page around it */
  const char *only_if; /* (nullable): data-if of a group around it; in the template's conditions */
} Frame;

/* State of one parse. */
typedef struct
{
  LanyardTemplate *template; /* borrowed */
  GArray *frames;            /* owned (element-type Frame) */
  double x0;                 /* viewBox, user units */
  double y0;
  double scale;            /* mm a user unit; 0 before <svg> */
  gboolean pages[2];       /* which groups there are */
  gboolean has_loose_slot; /* a slot outside any page */
} Parse;

static const char *const UNDRAWN[]
    = { "defs", "symbol", "pattern", "mask", "clipPath", "marker", NULL };

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "In the badge template, %s", what);

  return FALSE;
}

static gboolean
parse_root (Parse *parse, const char **names, const char **values, GError **error)
{
  LanyardTemplate *template = parse->template;
  const char *view_box = lanyard_attribute_find (names, values, "viewBox");
  double numbers[4] = { 0 };

  template->width_mm
      = lanyard_attribute_parse_side (lanyard_attribute_find (names, values, "width"));
  template->height_mm
      = lanyard_attribute_parse_side (lanyard_attribute_find (names, values, "height"));
  if (!(template->width_mm >= LANYARD_TEMPLATE_MIN_SIDE_MM
        && template->width_mm <= LANYARD_TEMPLATE_MAX_SIDE_MM
        && template->height_mm >= LANYARD_TEMPLATE_MIN_SIDE_MM
        && template->height_mm <= LANYARD_TEMPLATE_MAX_SIDE_MM))
    return fail (error, "width and height must be 25mm to 400mm, such as width=\"105mm\"");
  if (view_box == NULL || !lanyard_attribute_parse_numbers (view_box, numbers, 4)
      || !(numbers[2] > 0.0) || !(numbers[3] > 0.0))
    return fail (error, "<svg> needs a viewBox such as \"0 0 105 135\"");

  parse->x0 = numbers[0];
  parse->y0 = numbers[1];
  parse->scale = template->width_mm / numbers[2];
  if (fabs (template->height_mm / numbers[3] / parse->scale - 1.0) > 0.001)
    return fail (error, "width, height and viewBox do not have the same proportions");

  return TRUE;
}

/* Only "translate (x)" and "translate (x, y)": what layers of editors have. */
static void
apply_transform (Frame *frame, const char *transform)
{
  double numbers[2] = { 0 };
  g_autofree char *inner = NULL;
  const char *open;
  const char *close;

  if (transform == NULL)
    return;

  open = strchr (transform, '(');
  close = strrchr (transform, ')');
  frame->is_plain = frame->is_plain && g_str_has_prefix (transform, "translate") && open != NULL
                    && close == transform + strlen (transform) - 1 && close > open;
  if (!frame->is_plain)
    return;

  inner = g_strndup (open + 1, close - open - 1);
  frame->is_plain = lanyard_attribute_parse_numbers (inner, numbers, 2)
                    || lanyard_attribute_parse_numbers (inner, numbers, 1);
  frame->dx += numbers[0];
  frame->dy += numbers[1];
}

/* librsvg takes both from an element's style too, where editors put them. */
static void
apply_style (Frame *frame, const char **names, const char **values)
{
  const char *style = lanyard_attribute_find (names, values, "style");

  frame->is_drawn = frame->is_drawn
                    && g_strcmp0 (lanyard_attribute_find (names, values, "display"), "none") != 0
                    && !lanyard_attribute_css_sets (style, "display", "none");
  frame->is_plain = frame->is_plain && !lanyard_attribute_css_sets (style, "transform", NULL);
}

static gboolean
apply_page (Parse *parse, Frame *frame, const char *page, GError **error)
{
  if (page == NULL)
    return TRUE;

  if (frame->page >= 0)
    return fail (error, "a data-page stands within another");
  if (g_str_equal (page, "front"))
    frame->page = 0;
  else if (g_str_equal (page, "back"))
    frame->page = 1;
  else
    return fail (error, "data-page=\"%.40s\" is neither \"front\" nor \"back\"", page);
  parse->pages[frame->page] = TRUE;

  return TRUE;
}

/* An element of the picture, or a group with slots in it, that not every badge has. */
static gboolean
apply_condition (Parse *parse, Frame *frame, const char *condition, GError **error)
{
  GPtrArray *conditions = parse->template->conditions;
  guint index;

  if (condition == NULL)
    return TRUE;

  if (frame->only_if != NULL)
    return fail (error, "a data-if stands within another; give each element one");
  if (!g_ptr_array_find_with_equal_func (conditions, condition, g_str_equal, &index))
    {
      if (conditions->len >= LANYARD_TEMPLATE_MAX_CONDITIONS)
        return fail (error, "there are more than %d conditions in data-if",
                     LANYARD_TEMPLATE_MAX_CONDITIONS);
      index = conditions->len;
      g_ptr_array_add (conditions, g_strdup (condition));
    }
  frame->only_if = g_ptr_array_index (conditions, index);

  return TRUE;
}

static double
get_number (const char **names, const char **values, const char *name, double fallback)
{
  const char *text = lanyard_attribute_find (names, values, name);
  double number;

  if (text == NULL)
    return fallback;

  return lanyard_attribute_parse_numbers (text, &number, 1) ? number : NAN;
}

static gboolean
place_slot (Parse *parse,
            LanyardSlot *slot,
            const Frame *frame,
            const char *element,
            const char **names,
            const char **values,
            GError **error)
{
  g_autofree char *words = lanyard_slot_describe (slot);

  if (!frame->is_drawn)
    return fail (error, "%s is hidden, or stands within an element that is not drawn", words);
  slot->page = MAX (frame->page, 0);
  slot->group_if = g_strdup (frame->only_if);
  parse->has_loose_slot |= frame->page < 0;
  if (slot->kind == LANYARD_SLOT_BAND)
    return lanyard_slot_check_lengths (slot, parse->scale, names, values, error);
  if (!g_str_equal (element, "rect"))
    return fail (error, "%s must be a <rect>, not <%.40s>", words, element);
  if (!frame->is_plain)
    return fail (error, "%s is scaled or rotated; give its place in x, y, width and height", words);

  slot->x_mm = (get_number (names, values, "x", 0.0) + frame->dx - parse->x0) * parse->scale;
  slot->y_mm = (get_number (names, values, "y", 0.0) + frame->dy - parse->y0) * parse->scale;
  slot->width_mm = get_number (names, values, "width", NAN) * parse->scale;
  slot->height_mm = get_number (names, values, "height", NAN) * parse->scale;
  if (!(slot->x_mm >= -EDGE_MM && slot->y_mm >= -EDGE_MM && slot->width_mm > 0.0
        && slot->height_mm > 0.0
        && slot->x_mm + slot->width_mm <= parse->template->width_mm + EDGE_MM
        && slot->y_mm + slot->height_mm <= parse->template->height_mm + EDGE_MM))
    return fail (error, "%s does not lie on the badge; its x, y, width and height are numbers",
                 words);

  return TRUE;
}

static gboolean
add_slot (Parse *parse,
          const Frame *frame,
          const char *element,
          const char **names,
          const char **values,
          GError **error)
{
  GPtrArray *slots = parse->template->slots;
  LanyardSlot *slot = lanyard_slot_parse (names, values, error);

  if (slot == NULL)
    return FALSE;

  g_ptr_array_add (slots, slot);
  if (slots->len > LANYARD_TEMPLATE_MAX_SLOTS)
    return fail (error, "there are more than %d slots", LANYARD_TEMPLATE_MAX_SLOTS);

  if (!place_slot (parse, slot, frame, element, names, values, error))
    return FALSE;
  /* A band is part of the picture. */
  if (slot->kind == LANYARD_SLOT_BAND && slot->only_if != NULL)
    return apply_condition (parse, &(Frame){ 0 }, slot->only_if, error);
  lanyard_slot_set_defaults (slot);

  return TRUE;
}

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Parse *parse = user_data;
  Frame frame = { .is_plain = TRUE, .is_drawn = TRUE, .page = -1 };

  if (parse->frames->len >= LANYARD_TEMPLATE_MAX_DEPTH)
    {
      fail (error, "elements are nested deeper than %d", LANYARD_TEMPLATE_MAX_DEPTH);
      return;
    }
  if (parse->frames->len > 0)
    frame = g_array_index (parse->frames, Frame, parse->frames->len - 1);
  else if (!g_str_equal (element, "svg"))
    {
      fail (error, "the outermost element must be <svg>");
      return;
    }
  else if (!parse_root (parse, names, values, error))
    return;

  apply_transform (&frame, lanyard_attribute_find (names, values, "transform"));
  apply_style (&frame, names, values);
  frame.is_sheet = g_str_equal (element, "style");
  frame.is_drawn = frame.is_drawn && !g_strv_contains (UNDRAWN, element);
  frame.is_plain = frame.is_plain && (parse->frames->len == 0 || !g_str_equal (element, "svg"));
  if (!apply_page (parse, &frame, lanyard_attribute_find (names, values, "data-page"), error))
    return;
  if (lanyard_attribute_find (names, values, "data-slot") != NULL
          ? add_slot (parse, &frame, element, names, values, error)
          : apply_condition (parse, &frame, lanyard_attribute_find (names, values, "data-if"),
                             error))
    g_array_append_val (parse->frames, frame);
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Parse *parse = user_data;

  g_array_set_size (parse->frames, parse->frames->len - 1);
}

/* Which slots a style sheet moves or hides is not known here. Also of CDATA. */
static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize n_bytes,
         gpointer user_data,
         GError **error)
{
  const Parse *parse = user_data;

  if (parse->frames->len == 0
      || !g_array_index (parse->frames, Frame, parse->frames->len - 1).is_sheet)
    return;
  if (lanyard_attribute_css_sets (text, "transform", NULL))
    fail (error, "a style sheet moves elements; give them their places in attributes");
  else if (lanyard_attribute_css_sets (text, "display", "none"))
    fail (error, "a style sheet hides elements; hide each by display=\"none\", or take it out");
}

static gboolean
check_pages (const Parse *parse, GError **error)
{
  if (parse->pages[1] && !parse->pages[0])
    return fail (error, "there is a data-page \"back\" but no \"front\"");
  if (parse->pages[0] && parse->has_loose_slot)
    return fail (error, "a slot stands outside the groups with data-page");

  return TRUE;
}

static gboolean
parse_markup (Parse *parse, const char *text, gsize n_bytes, GError **error)
{
  static const GMarkupParser parser = {
    .start_element = on_start, .end_element = on_end, .text = on_text, .passthrough = on_text
  };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, parse, NULL);
  g_autoptr (GError) local = NULL;

  if (g_markup_parse_context_parse (context, text, n_bytes, &local)
      && g_markup_parse_context_end_parse (context, &local))
    return TRUE;

  if (local->domain == LANYARD_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "The badge template is not an SVG file: %s", local->message);
  return FALSE;
}

LanyardTemplate *
lanyard_template_parse (GBytes *svg, LanyardPack *pack, GError **error)
{
  g_autoptr (LanyardTemplate) template = g_new0 (LanyardTemplate, 1);
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Parse parse = { .template = template, .frames = frames };
  gsize n_bytes;
  const char *text = g_bytes_get_data (svg, &n_bytes);

  template->slots = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_slot_free);
  template->conditions = g_ptr_array_new_with_free_func (g_free);
  if (n_bytes > LANYARD_TEMPLATE_MAX_BYTES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The badge template has more than %d bytes; make its pictures smaller",
                   LANYARD_TEMPLATE_MAX_BYTES);
      return NULL;
    }

  if (!lanyard_svg_check (svg, "The badge template", error)
      || !parse_markup (&parse, text, n_bytes, error) || !check_pages (&parse, error)
      || !lanyard_template_check (template, pack, error))
    return NULL;
  template->n_pages = parse.pages[1] ? 2 : 1;

  return g_steal_pointer (&template);
}

void
lanyard_template_free (LanyardTemplate *template)
{
  if (template == NULL)
    return;

  g_ptr_array_unref (template->slots);
  g_ptr_array_unref (template->conditions);
  g_free (template);
}
