/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-slot.h"

#include <math.h>
#include <string.h>

#include "lanyard-badge-field.h"
#include "lanyard-error.h"

/* Below this a printer of 300 dpi cannot make modules that every camera reads: 4 dots. */
#define DEFAULT_MIN_MODULE_MM 0.33
#define MIN_QR_SIDE_MM 20.0
#define MIN_SIDE_MM 1.0
#define MIN_TEXT_MM 1.0
#define MAX_TEXT_MM 60.0
#define MAX_LINES 20

#define BIT(kind) (1u << (kind))
#define TEXT BIT (LANYARD_SLOT_TEXT)
#define PHOTO BIT (LANYARD_SLOT_PHOTO)
#define QR BIT (LANYARD_SLOT_QR)
#define CODES BIT (LANYARD_SLOT_CODES)
#define IMAGE BIT (LANYARD_SLOT_IMAGE)
#define BAND BIT (LANYARD_SLOT_BAND)

/* A value that is not there or does not parse. */
typedef gboolean (*ReadFunc) (const char *value, gpointer to);

static const char *const KINDS[] = { "text", "photo", "qr", "codes", "image", "band", NULL };
static const char *const ALIGNS[] = { "start", "left", "center", "right", NULL };
static const char *const VALIGNS[] = { "top", "middle", "bottom", NULL };
static const char *const STYLES[] = { "squares", "pills", "legend", NULL };
static const char *const LEVELS[] = { "L", "M", "Q", "H", NULL };

static gboolean
read_word (const char *const *words, const char *value, guint *to)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], value))
        {
          *to = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
read_align (const char *value, gpointer to)
{
  return read_word (ALIGNS, value, to);
}

static gboolean
read_valign (const char *value, gpointer to)
{
  return read_word (VALIGNS, value, to);
}

static gboolean
read_style (const char *value, gpointer to)
{
  return read_word (STYLES, value, to);
}

static gboolean
read_level (const char *value, gpointer to)
{
  return read_word (LEVELS, value, to);
}

static gboolean
read_text (const char *value, gpointer to)
{
  char **text = to;

  g_free (*text);
  *text = g_strdup (value);

  return *value != '\0' && strlen (value) <= 256;
}

/* Millimetres, or points with "pt". */
static gboolean
read_length (const char *value, gpointer to)
{
  char *end;
  double length = g_ascii_strtod (value, &end);

  if (g_str_equal (end, "pt"))
    length *= 25.4 / 72.0;
  else if (*end != '\0' && !g_str_equal (end, "mm"))
    return FALSE;
  *(double *)to = length;

  return end != value && isfinite (length) && length >= 0.0 && length <= 1000.0;
}

static gboolean
read_count (const char *value, gpointer to)
{
  guint64 count;

  if (!g_ascii_string_to_unsigned (value, 10, 0, 1000, &count, NULL))
    return FALSE;
  *(guint *)to = count;

  return TRUE;
}

static gboolean
read_yes (const char *value, gpointer to)
{
  *(gboolean *)to = g_str_equal (value, "yes");

  return g_str_equal (value, "yes") || g_str_equal (value, "no");
}

/* Every attribute of a slot: which kinds have it, how it is read, where it goes. */
static const struct
{
  const char *name;
  guint kinds; /* BIT (LanyardSlotKind) */
  ReadFunc read;
  gsize offset; /* in LanyardSlot */
} ATTRIBUTES[] = {
  { "data-field", TEXT | QR | CODES, read_text, G_STRUCT_OFFSET (LanyardSlot, field) },
  { "data-fill", TEXT | QR | CODES | BAND, read_text, G_STRUCT_OFFSET (LanyardSlot, fill) },
  { "data-font", TEXT | CODES, read_text, G_STRUCT_OFFSET (LanyardSlot, font) },
  { "data-weight", TEXT | CODES, read_count, G_STRUCT_OFFSET (LanyardSlot, weight) },
  { "data-size", TEXT | CODES, read_length, G_STRUCT_OFFSET (LanyardSlot, size_mm) },
  { "data-min-size", TEXT | CODES, read_length, G_STRUCT_OFFSET (LanyardSlot, min_size_mm) },
  { "data-lines", TEXT, read_count, G_STRUCT_OFFSET (LanyardSlot, lines) },
  { "data-align", TEXT, read_align, G_STRUCT_OFFSET (LanyardSlot, align) },
  { "data-valign", TEXT, read_valign, G_STRUCT_OFFSET (LanyardSlot, valign) },
  { "data-required", TEXT | PHOTO, read_yes, G_STRUCT_OFFSET (LanyardSlot, required) },
  { "data-more", TEXT, read_yes, G_STRUCT_OFFSET (LanyardSlot, more) },
  { "data-if", TEXT, read_text, G_STRUCT_OFFSET (LanyardSlot, only_if) },
  { "data-flow", TEXT, read_text, G_STRUCT_OFFSET (LanyardSlot, flow) },
  { "data-style", CODES, read_style, G_STRUCT_OFFSET (LanyardSlot, style) },
  { "data-gap", CODES, read_length, G_STRUCT_OFFSET (LanyardSlot, gap_mm) },
  { "data-radius", CODES | PHOTO, read_length, G_STRUCT_OFFSET (LanyardSlot, radius_mm) },
  { "data-columns", CODES, read_count, G_STRUCT_OFFSET (LanyardSlot, columns) },
  { "data-level", QR, read_level, G_STRUCT_OFFSET (LanyardSlot, level) },
  { "data-quiet", QR, read_count, G_STRUCT_OFFSET (LanyardSlot, quiet) },
  { "data-min-module", QR, read_length, G_STRUCT_OFFSET (LanyardSlot, min_module_mm) },
  { "data-file", IMAGE, read_text, G_STRUCT_OFFSET (LanyardSlot, file) },
};

static gboolean
fail (const LanyardSlot *slot, GError **error, const char *what)
{
  g_autofree char *words = lanyard_slot_describe (slot);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "In the badge template, %s %s", words,
               what);

  return FALSE;
}

static gboolean
read_attribute (LanyardSlot *slot, const char *name, const char *value, GError **error)
{
  g_autofree char *what = NULL;

  if (!g_str_has_prefix (name, "data-") || g_str_equal (name, "data-slot"))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (ATTRIBUTES); i++)
    {
      if (!g_str_equal (ATTRIBUTES[i].name, name) || (ATTRIBUTES[i].kinds & BIT (slot->kind)) == 0)
        continue;
      if (ATTRIBUTES[i].read (value, G_STRUCT_MEMBER_P (slot, ATTRIBUTES[i].offset)))
        return TRUE;
      what = g_strdup_printf ("has %s=\"%.40s\", which makes no sense", name, value);
      return fail (slot, error, what);
    }

  what = g_strdup_printf ("has an attribute %s that such a slot does not know", name);
  return fail (slot, error, what);
}

static const char *
find_value (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        return values[i];
    }

  return NULL;
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
check_text (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  if (slot->field == NULL)
    return fail (slot, error, "has no data-field");
  if (!lanyard_badge_field_is_known (pack, slot->field, slot->kind == LANYARD_SLOT_CODES))
    return fail (slot, error, "has a data-field that there is not; see docs/templates.md");
  if (slot->only_if != NULL && !lanyard_badge_field_is_known (pack, slot->only_if, TRUE))
    return fail (slot, error, "has a data-if that names no list of codes");
  if (slot->more && !g_str_equal (slot->field, "venues"))
    return fail (slot, error, "has data-more, but its field is no list");
  if (slot->min_size_mm < MIN_TEXT_MM || slot->size_mm > MAX_TEXT_MM
      || slot->min_size_mm > slot->size_mm)
    return fail (slot, error, "needs sizes with 1 mm ≤ data-min-size ≤ data-size ≤ 60 mm");
  if (slot->flow != NULL && slot->valign != LANYARD_VALIGN_TOP)
    return fail (slot, error, "has a data-flow, so its data-valign must be top");
  if (slot->weight < 100 || slot->weight > 1000)
    return fail (slot, error, "needs a data-weight from 100 to 1000");
  if (slot->lines < 1 || slot->lines > MAX_LINES || slot->columns < 1 || slot->columns > 8)
    return fail (slot, error, "needs 1 to 20 data-lines and 1 to 8 data-columns");

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
  if (slot->fill != NULL && !lanyard_badge_colour_is_dark (slot->fill))
    return fail (slot, error, "must be drawn in a dark \"#rrggbb\", or cameras will not see it");

  return TRUE;
}

const char *
lanyard_slot_kind_to_string (LanyardSlotKind kind)
{
  return KINDS[kind];
}

char *
lanyard_slot_describe (const LanyardSlot *slot)
{
  const char *name = slot->field != NULL ? slot->field : slot->file;

  return g_strdup_printf ("the %s slot%s%s", KINDS[slot->kind], name != NULL ? " " : "",
                          name != NULL ? name : "");
}

LanyardSlot *
lanyard_slot_parse (const char **names, const char **values, GError **error)
{
  g_autoptr (LanyardSlot) slot = g_new0 (LanyardSlot, 1);
  const char *kind = find_value (names, values, "data-slot");
  guint index = 0;

  if (kind == NULL || !read_word (KINDS, kind, &index))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "In the badge template, data-slot=\"%.40s\" is not one of text, photo, qr,"
                   " codes, image and band",
                   kind != NULL ? kind : "");
      return NULL;
    }

  slot->kind = index;
  slot->weight = 400;
  slot->lines = 1;
  slot->columns = 1;
  slot->level = LANYARD_QR_LEVEL_M;
  slot->quiet = 4;
  slot->min_module_mm = DEFAULT_MIN_MODULE_MM;
  slot->gap_mm = 1.0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!read_attribute (slot, names[i], values[i], error))
        return NULL;
    }

  return g_steal_pointer (&slot);
}

gboolean
lanyard_slot_check (const LanyardSlot *slot, LanyardPack *pack, GError **error)
{
  g_autoptr (GBytes) file = NULL;

  if (!check_fill (slot, pack, error))
    return FALSE;
  if (slot->kind == LANYARD_SLOT_BAND)
    return TRUE;
  if (slot->width_mm < MIN_SIDE_MM || slot->height_mm < MIN_SIDE_MM)
    return fail (slot, error, "is smaller than 1 mm");

  switch (slot->kind)
    {
    case LANYARD_SLOT_TEXT:
    case LANYARD_SLOT_CODES:
      return check_text (slot, pack, error);
    case LANYARD_SLOT_QR:
      return check_qr (slot, error);
    case LANYARD_SLOT_IMAGE:
      if (slot->file == NULL)
        return fail (slot, error, "has no data-file");
      file = lanyard_pack_dup_branding (pack, slot->file, NULL);
      return file != NULL || fail (slot, error, "names a file that is not in branding/");
    default:
      return TRUE;
    }
}

void
lanyard_slot_free (LanyardSlot *slot)
{
  if (slot == NULL)
    return;

  g_free (slot->field);
  g_free (slot->fill);
  g_free (slot->font);
  g_free (slot->only_if);
  g_free (slot->flow);
  g_free (slot->file);
  g_free (slot);
}
