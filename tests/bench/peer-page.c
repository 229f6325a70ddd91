/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "peer-page.h"

#include <string.h>

#include "lanyard-badge-field.h"
#include "lanyard-badge-template.h"
#include "lanyard-code128.h"
#include "lanyard-qr.h"

typedef struct
{
  GString *out;
  LanyardPack *pack;
  const LanyardBadgeContent *content;
} Overlay;

static void
append_text (Overlay *overlay, const LanyardSlot *slot, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  g_string_append_printf (
      overlay->out,
      "<text x=\"%.3f\" y=\"%.3f\" font-family=\"Noto Sans\" font-size=\"%.2f\" font-weight=\"%u\" "
      "fill=\"%s\">%s</text>\n",
      slot->x_mm, slot->y_mm + slot->height_mm * 0.8,
      slot->size_mm > 0 ? MIN (slot->size_mm, slot->height_mm) : slot->height_mm,
      slot->weight > 0 ? slot->weight : 400,
      lanyard_badge_colour_resolve (overlay->pack, overlay->content, slot->fill, "#000000"),
      escaped);
}

static void
append_codes (Overlay *overlay, const LanyardSlot *slot)
{
  g_autoptr (GArray) codes
      = lanyard_badge_field_list_codes (overlay->pack, overlay->content, slot->field);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < codes->len; i++)
    g_string_append_printf (words, "%s ", g_array_index (codes, LanyardBadgeCode, i).symbol);
  append_text (overlay, slot, words->str);
}

static void
append_photo (Overlay *overlay, const LanyardSlot *slot)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (overlay->content->photo, &n_bytes);
  g_autofree char *base64 = g_base64_encode (bytes, n_bytes);

  g_string_append_printf (overlay->out,
                          "<image x=\"%.3f\" y=\"%.3f\" width=\"%.3f\" height=\"%.3f\" "
                          "preserveAspectRatio=\"xMidYMin slice\" "
                          "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                          "xlink:href=\"data:image/jpeg;base64,%s\"/>\n",
                          slot->x_mm, slot->y_mm, slot->width_mm, slot->height_mm, base64);
}

static void
append_modules (Overlay *overlay,
                const LanyardSlot *slot,
                const guint8 *modules,
                guint columns,
                guint rows)
{
  double module = slot->width_mm / (columns + 2 * slot->quiet);
  double high = rows > 1 ? module : slot->height_mm, above = rows > 1 ? slot->quiet * module : 0;

  g_string_append (overlay->out, "<path d=\"");
  for (guint y = 0; y < rows; y++)
    for (guint x = 0; x < columns; x++)
      if (modules[y * columns + x] != 0)
        g_string_append_printf (overlay->out, "M%.3f %.3fh%.3fv%.3fh-%.3fz",
                                slot->x_mm + (slot->quiet + x) * module,
                                slot->y_mm + above + y * high, module, high, module);
  g_string_append (overlay->out, "\"/>\n");
}

static void
append_slot (Overlay *overlay, const LanyardSlot *slot)
{
  g_autofree char *words = NULL;
  g_autoptr (LanyardQr) qr = NULL;
  g_autoptr (LanyardCode128) bars = NULL;

  switch (slot->kind)
    {
    case LANYARD_SLOT_TEXT:
    case LANYARD_SLOT_CODE128:
      words = lanyard_badge_field_dup_text (overlay->pack, overlay->content, slot->field);
      if (slot->kind == LANYARD_SLOT_TEXT)
        append_text (overlay, slot, words);
      else if ((bars = lanyard_code128_new (words, NULL)) != NULL)
        append_modules (overlay, slot, bars->modules, bars->size, 1);
      break;
    case LANYARD_SLOT_CODES:
      append_codes (overlay, slot);
      break;
    case LANYARD_SLOT_PHOTO:
      append_photo (overlay, slot);
      break;
    case LANYARD_SLOT_QR:
      qr = lanyard_qr_new (overlay->content->credential, slot->level, NULL);
      append_modules (overlay, slot, qr->modules, qr->size, qr->size);
      break;
    default:
      break;
    }
}

char *
peer_page_new (GBytes *svg, LanyardPack *pack, const LanyardBadgeContent *content, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardTemplate) template = lanyard_template_parse (svg, pack, &error);
  gsize n_bytes;
  const char *text = g_bytes_get_data (svg, &n_bytes);
  const char *head = memchr (memmem (text, n_bytes, "<svg", 4), '>', 1000);
  const char *end = g_strrstr_len (text, (gssize)n_bytes, "</svg>");
  Overlay overlay = { g_string_new (NULL), pack, content };

  g_assert_no_error (error);
  g_string_append_len (overlay.out, text, head + 1 - text);
  g_string_append_printf (overlay.out,
                          "<style>[data-slot]{display:none}[data-slot=\"band\"]{display:inline;"
                          "fill:%s}[data-page=\"%s\"]{display:none}</style>",
                          lanyard_badge_colour_resolve (pack, content, "category", "#444444"),
                          page == 0 ? "back" : "front");
  g_string_append_len (overlay.out, head + 1, end - head - 1);
  for (guint i = 0; i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);

      if (slot->page == page)
        append_slot (&overlay, slot);
    }
  g_string_append (overlay.out, "</svg>\n");
  return g_string_free (overlay.out, FALSE);
}
