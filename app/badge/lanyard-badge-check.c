/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-template.h"

#include "lanyard-badge-condition.h"
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

/* A slot that nothing else may touch, and what is said of it. */
static const char *
get_reserved (const LanyardSlot *slot)
{
  switch (slot->kind)
    {
    case LANYARD_SLOT_QR:
      return "the QR code or its quiet zone";
    case LANYARD_SLOT_CODE128:
      return "the Code 128 or its quiet zones";
    case LANYARD_SLOT_KEEP_OUT:
      return "the keep-out slot, which must stay empty";
    default:
      return NULL;
    }
}

static gboolean
check_reserved (const LanyardTemplate *template, const LanyardSlot *reserved, GError **error)
{
  const char *name = get_reserved (reserved);

  for (guint i = 0; name != NULL && i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);
      g_autofree char *words = lanyard_slot_describe (slot);

      if (slot->kind != LANYARD_SLOT_BAND && overlaps (slot, reserved))
        {
          g_autofree char *what = g_strdup_printf ("%s lies over %s; move it", words, name);

          return fail (error, what);
        }
    }

  return TRUE;
}

static gboolean
check_conditions (const LanyardTemplate *template, LanyardPack *pack, GError **error)
{
  for (guint i = 0; i < template->conditions->len; i++)
    {
      const char *condition = g_ptr_array_index (template->conditions, i);

      if (!lanyard_condition_is_known (pack, condition))
        {
          g_autofree char *what
              = g_strdup_printf ("data-if=\"%.60s\" asks for a field, list or code that there is"
                                 " not; see docs/templates.md",
                                 condition);

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

  if (!check_conditions (template, pack, error))
    return FALSE;
  for (guint i = 0; i < template->slots->len; i++)
    {
      const LanyardSlot *slot = g_ptr_array_index (template->slots, i);
      gboolean is_always = slot->only_if == NULL && slot->group_if == NULL;

      if (!lanyard_slot_check (slot, pack, error) || !check_reserved (template, slot, error))
        return FALSE;
      has_qr |= slot->kind == LANYARD_SLOT_QR && is_always;
      has_name |= slot->kind == LANYARD_SLOT_TEXT && is_always
                  && g_str_equal (slot->field, "print-name");
    }

  if (!has_qr)
    return fail (error, "the qr slot is missing, or depends on a data-if");
  if (!has_name)
    return fail (error, "the text slot print-name is missing, or depends on a data-if");

  return TRUE;
}
