/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-slot.h"

#include <math.h>
#include <string.h>

#include "lanyard-error.h"

/* Below this a printer of 300 dpi cannot make modules that every camera reads: 4 dots. Bars are
 * read with 3. */
#define DEFAULT_MIN_MODULE_MM 0.33
#define DEFAULT_MIN_BAR_MM 0.25
/* ISO/IEC 18004 §5.3.8 and ISO/IEC 15417 §4.4 */
#define QR_QUIET 4
#define CODE128_QUIET 10
#define DEFAULT_MICRO_TEXT_MM 0.5
#define DEFAULT_LINE_MM 0.12
#define DEFAULT_CURVES 16

#define BIT(kind) (1u << (kind))
#define TEXT BIT (LANYARD_SLOT_TEXT)
#define PHOTO BIT (LANYARD_SLOT_PHOTO)
#define QR BIT (LANYARD_SLOT_QR)
#define CODES BIT (LANYARD_SLOT_CODES)
#define IMAGE BIT (LANYARD_SLOT_IMAGE)
#define BAND BIT (LANYARD_SLOT_BAND)
#define CODE128 BIT (LANYARD_SLOT_CODE128)
#define LIST BIT (LANYARD_SLOT_LIST)
#define GUILLOCHE BIT (LANYARD_SLOT_GUILLOCHE)
#define MICRO_TEXT BIT (LANYARD_SLOT_MICRO_TEXT)
/* What shows words. */
#define WORDS (TEXT | CODES | LIST | MICRO_TEXT)

/* A value that is not there or does not parse. */
typedef gboolean (*ReadFunc) (const char *value, gpointer to);

static const char *const KINDS[]
    = { "text",    "photo", "qr",        "codes",      "image",    "band",
        "code128", "list",  "guilloche", "micro-text", "keep-out", NULL };
static const char *const ALIGNS[] = { "start", "left", "center", "right", NULL };
static const char *const VALIGNS[] = { "top", "middle", "bottom", NULL };
static const char *const STYLES[] = { "squares", "pills", "legend", "grid", NULL };
static const char *const SHOWS[] = { "label", "symbol", "both", NULL };
static const char *const PATTERNS[] = { "waves", "rosette", NULL };
/* In the order of LanyardQrLevel. */
static const char LEVELS[] = "LMQH";

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
read_show (const char *value, gpointer to)
{
  return read_word (SHOWS, value, to);
}

static gboolean
read_pattern (const char *value, gpointer to)
{
  return read_word (PATTERNS, value, to);
}

static gboolean
read_level (const char *value, gpointer to)
{
  const char *found = strchr (LEVELS, *value);

  if (*value == '\0' || value[1] != '\0' || found == NULL)
    return FALSE;
  *(LanyardQrLevel *)to = found - LEVELS;

  return TRUE;
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
  { "data-field", WORDS | QR | CODE128, read_text, G_STRUCT_OFFSET (LanyardSlot, field) },
  { "data-fill", WORDS | QR | CODE128 | GUILLOCHE | BAND | IMAGE, read_text,
    G_STRUCT_OFFSET (LanyardSlot, fill) },
  { "data-font", WORDS, read_text, G_STRUCT_OFFSET (LanyardSlot, font) },
  { "data-weight", WORDS, read_count, G_STRUCT_OFFSET (LanyardSlot, weight) },
  { "data-size", WORDS, read_length, G_STRUCT_OFFSET (LanyardSlot, size_mm) },
  { "data-min-size", TEXT | CODES | LIST, read_length, G_STRUCT_OFFSET (LanyardSlot, min_size_mm) },
  { "data-lines", TEXT, read_count, G_STRUCT_OFFSET (LanyardSlot, lines) },
  { "data-align", TEXT | LIST, read_align, G_STRUCT_OFFSET (LanyardSlot, align) },
  { "data-valign", TEXT, read_valign, G_STRUCT_OFFSET (LanyardSlot, valign) },
  { "data-required", TEXT | PHOTO, read_yes, G_STRUCT_OFFSET (LanyardSlot, required) },
  { "data-more", TEXT | LIST, read_yes, G_STRUCT_OFFSET (LanyardSlot, more) },
  { "data-if", ~(QR | BIT (LANYARD_SLOT_KEEP_OUT)), read_text,
    G_STRUCT_OFFSET (LanyardSlot, only_if) },
  { "data-flow", TEXT, read_text, G_STRUCT_OFFSET (LanyardSlot, flow) },
  { "data-style", CODES, read_style, G_STRUCT_OFFSET (LanyardSlot, style) },
  { "data-gap", CODES | LIST, read_length, G_STRUCT_OFFSET (LanyardSlot, gap_mm) },
  { "data-radius", CODES | PHOTO, read_length, G_STRUCT_OFFSET (LanyardSlot, radius_mm) },
  { "data-columns", CODES | LIST, read_count, G_STRUCT_OFFSET (LanyardSlot, columns) },
  { "data-show", LIST, read_show, G_STRUCT_OFFSET (LanyardSlot, show) },
  { "data-pattern", GUILLOCHE, read_pattern, G_STRUCT_OFFSET (LanyardSlot, pattern) },
  { "data-count", GUILLOCHE, read_count, G_STRUCT_OFFSET (LanyardSlot, count) },
  { "data-line", GUILLOCHE, read_length, G_STRUCT_OFFSET (LanyardSlot, line_mm) },
  { "data-level", QR, read_level, G_STRUCT_OFFSET (LanyardSlot, level) },
  { "data-quiet", QR | CODE128, read_count, G_STRUCT_OFFSET (LanyardSlot, quiet) },
  { "data-min-module", QR | CODE128, read_length, G_STRUCT_OFFSET (LanyardSlot, min_module_mm) },
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
                   "In the badge template, data-slot=\"%.40s\" is no kind of slot;"
                   " docs/templates.md has them all",
                   kind != NULL ? kind : "");
      return NULL;
    }

  slot->kind = index;
  slot->weight = 400;
  slot->lines = 1;
  slot->columns = 1;
  slot->level = LANYARD_QR_LEVEL_M;
  slot->quiet = slot->kind == LANYARD_SLOT_CODE128 ? CODE128_QUIET : QR_QUIET;
  slot->min_module_mm
      = slot->kind == LANYARD_SLOT_CODE128 ? DEFAULT_MIN_BAR_MM : DEFAULT_MIN_MODULE_MM;
  slot->gap_mm = slot->kind == LANYARD_SLOT_LIST ? 0.0 : 1.0;
  slot->count = DEFAULT_CURVES;
  slot->line_mm = DEFAULT_LINE_MM;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!read_attribute (slot, names[i], values[i], error))
        return NULL;
    }

  return g_steal_pointer (&slot);
}

void
lanyard_slot_set_defaults (LanyardSlot *slot)
{
  g_return_if_fail (slot != NULL);

  if (slot->field == NULL && slot->kind == LANYARD_SLOT_CODE128)
    slot->field = g_strdup ("number");
  if (slot->field == NULL && slot->kind == LANYARD_SLOT_MICRO_TEXT)
    slot->field = g_strdup ("serial");
  if (slot->size_mm <= 0.0)
    slot->size_mm = slot->kind == LANYARD_SLOT_MICRO_TEXT ? DEFAULT_MICRO_TEXT_MM
                    : slot->kind == LANYARD_SLOT_LIST     ? MIN (3.0, slot->height_mm / 1.3)
                                                          : slot->height_mm / 1.3;
  if (slot->min_size_mm <= 0.0)
    slot->min_size_mm = slot->kind == LANYARD_SLOT_MICRO_TEXT ? slot->size_mm : slot->size_mm * 0.6;
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
  g_free (slot->group_if);
  g_free (slot->flow);
  g_free (slot->file);
  g_free (slot);
}
