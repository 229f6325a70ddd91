/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-slot.h"

#include <math.h>

#include "lanyard-badge-condition.h"
#include "lanyard-badge-field.h"
#include "lanyard-error.h"

#define MIN_QR_SIDE_MM 20.0
/* ISO/IEC 15417 §4.7.2: lower ones are hard to hit with a laser. */
#define MIN_BAR_HEIGHT_MM 5.0
#define MIN_SIDE_MM 1.0
#define MIN_TEXT_MM 1.0
#define MAX_TEXT_MM 60.0
#define MAX_LINES 20
#define MAX_COLUMNS 20
#define MIN_MICRO_TEXT_MM 0.2
#define MAX_MICRO_TEXT_MM 1.5
#define MIN_MICRO_SIDE_MM 0.2
#define MIN_LINE_MM 0.03
#define MAX_LINE_MM 1.0
/* Of shapes that are cut off at the edge of the badge. */
#define MAX_LENGTH_MM 1000.0
#define MIN_CURVES 2
#define MAX_CURVES 48

static gboolean
fail (const LanyardSlot *slot, GError **error, const char *what)
{
  g_autofree char *words = lanyard_slot_describe (slot);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "In the badge template, %s %s", words,
               what);

  return FALSE;
}

static gboolean
check_fill (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  if (slot->fill == NULL)
    return slot->kind != LANYARD_SLOT_BAND || fail (slot, error, "has no data-fill");

  if (!lanyard_badge_colour_is_known (pack, slot->fill))
    return fail (slot, error,
                 "has a data-fill that is neither \"#rrggbb\", \"category\", \"on-category\" nor"
                 " a colour of the pack's branding");

  return TRUE;
}

static gboolean
check_condition (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  if (slot->only_if != NULL && !lanyard_condition_is_known (pack, slot->only_if))
    return fail (slot, error,
                 "has a data-if with a field, list or code that there is not; see"
                 " docs/templates.md");

  return TRUE;
}

static gboolean
check_field (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  gboolean is_list = slot->kind == LANYARD_SLOT_CODES || slot->kind == LANYARD_SLOT_LIST;

  if (slot->field == NULL)
    return fail (slot, error, "has no data-field");
  if (!lanyard_badge_field_is_known (pack, slot->field, is_list))
    return fail (slot, error, "has a data-field that there is not; see docs/templates.md");

  return TRUE;
}

static gboolean
check_text (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  if (!check_field (slot, pack, error))
    return FALSE;
  if (slot->more && slot->kind == LANYARD_SLOT_TEXT && !g_str_equal (slot->field, "venues"))
    return fail (slot, error, "has data-more, but its field is no list");
  if (slot->min_size_mm < MIN_TEXT_MM || slot->size_mm > MAX_TEXT_MM
      || slot->min_size_mm > slot->size_mm)
    return fail (slot, error, "needs sizes with 1 mm ≤ data-min-size ≤ data-size ≤ 60 mm");
  if (slot->flow != NULL && slot->valign != LANYARD_VALIGN_TOP)
    return fail (slot, error, "has a data-flow, so its data-valign must be top");
  if (slot->weight < 100 || slot->weight > 1000)
    return fail (slot, error, "needs a data-weight from 100 to 1000");
  if (slot->lines < 1 || slot->lines > MAX_LINES || slot->columns < 1
      || slot->columns > MAX_COLUMNS)
    return fail (slot, error, "needs 1 to 20 data-lines and 1 to 20 data-columns");

  return TRUE;
}

static gboolean
check_micro_text (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  if (!check_field (slot, pack, error))
    return FALSE;
  if (slot->size_mm < MIN_MICRO_TEXT_MM || slot->size_mm > MAX_MICRO_TEXT_MM
      || slot->size_mm > slot->height_mm + 0.001)
    return fail (slot, error, "needs a data-size of 0.2 mm to 1.5 mm that is not above its height");
  if (slot->weight < 100 || slot->weight > 1000)
    return fail (slot, error, "needs a data-weight from 100 to 1000");

  return TRUE;
}

static gboolean
check_dark (const LanyardSlot *slot, GError **error)
{
  if (slot->fill != NULL && !lanyard_badge_colour_is_dark (slot->fill))
    return fail (slot, error, "must be drawn in a dark \"#rrggbb\", or cameras will not see it");

  return TRUE;
}

static gboolean
check_qr (const LanyardSlot *slot, GError **error)
{
  if (fabs (slot->width_mm - slot->height_mm) > 0.01 * slot->width_mm)
    return fail (slot, error, "is not square");
  if (slot->width_mm < MIN_QR_SIDE_MM)
    return fail (slot, error, "is smaller than 20 mm, too small to be read");
  if (slot->quiet < 4 || slot->quiet > 16)
    return fail (slot, error, "needs a data-quiet of 4 to 16 modules (ISO/IEC 18004 §5.3.8)");
  if (slot->min_module_mm < 0.2)
    return fail (slot, error, "needs a data-min-module of 0.2 mm at least");

  return check_dark (slot, error);
}

static gboolean
check_code128 (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  if (!check_field (slot, pack, error))
    return FALSE;
  if (slot->height_mm < MIN_BAR_HEIGHT_MM)
    return fail (slot, error, "is lower than 5 mm, too low to be read");
  if (slot->quiet < 10 || slot->quiet > 40)
    return fail (slot, error, "needs a data-quiet of 10 to 40 modules (ISO/IEC 15417 §4.4)");
  if (slot->min_module_mm < 0.15)
    return fail (slot, error, "needs a data-min-module of 0.15 mm at least");

  return check_dark (slot, error);
}

static gboolean
check_guilloche (const LanyardSlot *slot, GError **error)
{
  if (slot->count < MIN_CURVES || slot->count > MAX_CURVES)
    return fail (slot, error, "needs a data-count of 2 to 48 curves");
  if (slot->line_mm < MIN_LINE_MM || slot->line_mm > MAX_LINE_MM)
    return fail (slot, error, "needs a data-line of 0.03 mm to 1 mm");

  return TRUE;
}

static gboolean
check_image (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  g_autoptr (GBytes) file = NULL;

  if (slot->file == NULL)
    return fail (slot, error, "has no data-file");
  file = lanyard_pack_dup_branding (pack, slot->file, NULL);

  return file != NULL || fail (slot, error, "names a file that is not in branding/");
}

static gboolean
check_kind (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  switch (slot->kind)
    {
    case LANYARD_SLOT_TEXT:
    case LANYARD_SLOT_CODES:
    case LANYARD_SLOT_LIST:
      return check_text (slot, pack, error);
    case LANYARD_SLOT_QR:
      return check_qr (slot, error);
    case LANYARD_SLOT_CODE128:
      return check_code128 (slot, pack, error);
    case LANYARD_SLOT_IMAGE:
      return check_image (slot, pack, error);
    case LANYARD_SLOT_GUILLOCHE:
      return check_guilloche (slot, error);
    case LANYARD_SLOT_MICRO_TEXT:
      return check_micro_text (slot, pack, error);
    default:
      return TRUE;
    }
}

gboolean
lanyard_slot_check_lengths (const LanyardSlot *slot,
                            double scale,
                            const char **names,
                            const char **values,
                            GError **error)
{
  static const char *const lengths[]
      = { "x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_strv_contains (lengths, names[i])
          && !(fabs (g_ascii_strtod (values[i], NULL) * scale) <= MAX_LENGTH_MM))
        return fail (slot, error, "has a length that no badge has");
    }

  return TRUE;
}

gboolean
lanyard_slot_check (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  double least_mm = slot->kind == LANYARD_SLOT_MICRO_TEXT ? MIN_MICRO_SIDE_MM : MIN_SIDE_MM;

  if (!check_fill (slot, pack, error) || !check_condition (slot, pack, error))
    return FALSE;
  if (slot->kind == LANYARD_SLOT_BAND)
    return TRUE;
  if (slot->width_mm < MIN_SIDE_MM || slot->height_mm < least_mm)
    return fail (slot, error, "is smaller than 1 mm");

  return check_kind (slot, pack, error);
}
