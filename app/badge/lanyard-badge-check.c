/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-template.h"

#include "lanyard-error.h"

/* Slots may overlap by this much: what editors round. */
#define EDGE_MM 0.05

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "In the badge template, %s", what);

  return FALSE;
}

static gboolean
overlaps (const LanyardSlot *a, const LanyardSlot *b)
{
  return a != b && a->page == b->page && a->x_mm < b->x_mm + b->width_mm - EDGE_MM
         && b->x_mm < a->x_mm + a->width_mm - EDGE_MM && a->y_mm < b->y_mm + b->height_mm - EDGE_MM
         && b->y_mm < a->y_mm + a->height_mm - EDGE_MM;
}

/* Nothing may be drawn over a QR code: its quiet zone is part of it. */
static gboolean
check_over_qr (const LanyardTemplate *template, const LanyardSlot *qr, GError **error)
{
  for (guint i = 0; i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);
      g_autofree char *words = lanyard_slot_describe (slot);

      if (slot->kind != LANYARD_SLOT_BAND && overlaps (slot, qr))
        {
          g_autofree char *what
              = g_strdup_printf ("%s lies over the QR code or its quiet zone", words);

          return fail (error, what);
        }
    }

  return TRUE;
}

gboolean
lanyard_template_check (const LanyardTemplate *template, LanyardPack *pack, GError **error)
{
  gboolean has_qr = FALSE;
  gboolean has_name = FALSE;

  for (guint i = 0; i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);

      if (!lanyard_slot_check (slot, pack, error))
        return FALSE;
      if (slot->kind == LANYARD_SLOT_QR && !check_over_qr (template, slot, error))
        return FALSE;
      has_qr |= slot->kind == LANYARD_SLOT_QR;
      has_name |= slot->kind == LANYARD_SLOT_TEXT && g_str_equal (slot->field, "print-name");
    }

  if (!has_qr)
    return fail (error, "the qr slot is missing");
  if (!has_name)
    return fail (error, "the text slot print-name is missing");

  return TRUE;
}
