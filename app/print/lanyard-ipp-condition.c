/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-condition.h"

#include <string.h>

#include "lanyard-ipp-messages.h"
#include "lanyard-print-reasons.h"

#define MAX_REASONS 32
#define MAX_TEXT_BYTES 255
#define MAX_OCTETS 1023
/* What else is said is no resolution that badges are printed at. */
#define MIN_DPI 100
#define MAX_DPI 2400
#define CM_PER_INCH 2.54

static const char *const condition_names[] = {
  "printer-state",
  "printer-state-reasons",
  "printer-is-accepting-jobs",
  "printer-make-and-model",
  "printer-impressions-completed",
  "printer-media-sheets-completed",
  "printer-pages-completed",
  "printer-resolution-default",
  "marker-names",
  "marker-types",
  "marker-levels",
  "marker-low-levels",
  "marker-high-levels",
  "printer-supply",
  "printer-supply-description",
  "printer-input-tray",
  "device-uri", /* of CUPS */
};

static gint64
read_counter (ipp_t *answer, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_INTEGER);
  int count = attribute != NULL ? ippGetInteger (attribute, 0) : -1;

  return count >= 0 ? count : -1;
}

/* Returns: dots an inch, of the coarser direction; 0 when the printer does not say */
static guint
read_dpi (ipp_t *answer)
{
  ipp_attribute_t *attribute
      = ippFindAttribute (answer, "printer-resolution-default", IPP_TAG_RESOLUTION);
  ipp_res_t unit = IPP_RES_PER_INCH;
  int across = 0, down = 0;
  double dpi;

  if (attribute == NULL)
    return 0;
  across = ippGetResolution (attribute, 0, &down, &unit);
  dpi = MIN (across, down) * (unit == IPP_RES_PER_CM ? CM_PER_INCH : 1.0);
  return dpi >= MIN_DPI && dpi <= MAX_DPI ? (guint)(dpi + 0.5) : 0;
}

/* Returns: (transfer full) (nullable) */
static char *
clean_text (const char *text)
{
  g_autofree char *valid
      = text != NULL ? g_utf8_make_valid (text, strnlen (text, MAX_TEXT_BYTES)) : NULL;

  if (valid == NULL)
    return NULL;
  for (char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      memset (p, ' ', g_utf8_next_char (p) - p);
  g_strstrip (valid);
  return *valid != '\0' ? g_steal_pointer (&valid) : NULL;
}

static char *
dup_text_at (ipp_t *answer, const char *name, int i)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_ZERO);

  if (attribute == NULL || i >= ippGetCount (attribute))
    return NULL;
  return clean_text (ippGetString (attribute, i, NULL));
}

static int
integer_at (ipp_t *answer, const char *name, int i, int otherwise)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_INTEGER);

  return attribute != NULL && i < ippGetCount (attribute) ? ippGetInteger (attribute, i)
                                                          : otherwise;
}

/* prtMarkerSuppliesType of RFC 3805 §5.2.3, as marker-types and as type of printer-supply. */
static LanyardSupplyKind
kind_of (const char *type)
{
  static const char *const used_up[] = { "ribbon", "ink", "toner", "film", "laminat", "overlay" };

  if (type == NULL)
    return LANYARD_SUPPLY_RIBBON;
  if (g_str_has_prefix (type, "waste") || strstr (type, "Waste") != NULL)
    return LANYARD_SUPPLY_WASTE;
  for (guint i = 0; i < G_N_ELEMENTS (used_up); i++)
    {
      g_autofree char *small = g_ascii_strdown (type, -1);

      if (strstr (small, used_up[i]) != NULL)
        return LANYARD_SUPPLY_RIBBON;
    }
  return LANYARD_SUPPLY_OTHER;
}

static void
read_markers (ipp_t *answer, LanyardPrinterCondition *condition)
{
  ipp_attribute_t *levels = ippFindAttribute (answer, "marker-levels", IPP_TAG_INTEGER);

  for (int i = 0; levels != NULL && i < ippGetCount (levels); i++)
    {
      g_autofree char *type = dup_text_at (answer, "marker-types", i);
      g_autofree char *name = dup_text_at (answer, "marker-names", i);
      LanyardSupplyKind kind = kind_of (type);
      LanyardPrinterSupply *supply
          = lanyard_printer_condition_add_supply (condition, kind, name, ippGetInteger (levels, i));
      int low = integer_at (
          answer, kind == LANYARD_SUPPLY_WASTE ? "marker-high-levels" : "marker-low-levels", i, -1);

      if (supply == NULL)
        return;
      supply->low = CLAMP (low, -1, 100);
    }
}

/* Returns: (transfer full) (nullable): the value of @key in "key=value;key=value;" */
static char *
dup_member (const char *text, const char *key)
{
  g_auto (GStrv) pairs = g_strsplit (text, ";", 64);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      if (g_ascii_strcasecmp (g_strstrip (pairs[i]), key) == 0)
        return clean_text (equals + 1);
    }
  return NULL;
}

/* Returns: @otherwise when it is not there or no number; negative numbers of RFC 3805 (other,
 * unknown, some) are @otherwise too */
static int
number_member (const char *text, const char *key, int otherwise)
{
  g_autofree char *value = dup_member (text, key);
  guint64 number;

  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &number, NULL))
    return otherwise;
  return (int)number;
}

/* Returns: (transfer full) (nullable): octets at @i as text */
static char *
dup_octets (ipp_attribute_t *attribute, int i)
{
  int n_bytes = 0;
  const char *bytes = ippGetOctetString (attribute, i, &n_bytes);

  if (bytes == NULL || n_bytes <= 0)
    return NULL;
  return g_utf8_make_valid (bytes, strnlen (bytes, MIN (n_bytes, MAX_OCTETS)));
}

static int
percent_of (int level, int capacity)
{
  if (level < 0)
    return -1;
  if (capacity <= 0)
    return -1;
  return (int)MIN (100, (gint64)level * 100 / capacity);
}

static void
read_supplies (ipp_t *answer, LanyardPrinterCondition *condition)
{
  ipp_attribute_t *values = ippFindAttribute (answer, "printer-supply", IPP_TAG_STRING);

  for (int i = 0; values != NULL && i < MIN (ippGetCount (values), LANYARD_PRINTER_MAX_SUPPLIES);
       i++)
    {
      g_autofree char *text = dup_octets (values, i);
      g_autofree char *type = text != NULL ? dup_member (text, "type") : NULL;
      g_autofree char *unit = text != NULL ? dup_member (text, "unit") : NULL;
      g_autofree char *name = dup_text_at (answer, "printer-supply-description", i);
      int level, capacity;

      if (text == NULL)
        continue;
      level = number_member (text, "level", -1);
      capacity = number_member (text, "maxcapacity", -1);
      if (capacity <= 0 && g_strcmp0 (unit, "percent") == 0)
        capacity = 100;
      lanyard_printer_condition_add_supply (condition, kind_of (type), name,
                                            percent_of (level, capacity));
    }
}

static void
read_trays (ipp_t *answer, LanyardPrinterCondition *condition)
{
  ipp_attribute_t *values = ippFindAttribute (answer, "printer-input-tray", IPP_TAG_STRING);

  for (int i = 0; values != NULL && i < MIN (ippGetCount (values), LANYARD_PRINTER_MAX_SUPPLIES);
       i++)
    {
      g_autofree char *text = dup_octets (values, i);
      g_autofree char *name = text != NULL ? dup_member (text, "name") : NULL;
      LanyardPrinterSupply *supply;
      int level;

      if (text == NULL)
        continue;
      level = number_member (text, "level", -1);
      supply = lanyard_printer_condition_add_supply (
          condition, LANYARD_SUPPLY_MEDIA, name,
          percent_of (level, number_member (text, "maxcapacity", -1)));
      if (supply != NULL)
        supply->left = level;
    }
}

static void
read_state (ipp_t *answer, LanyardPrinterCondition *condition)
{
  ipp_attribute_t *state = ippFindAttribute (answer, "printer-state", IPP_TAG_ENUM);
  ipp_attribute_t *accepting
      = ippFindAttribute (answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  g_auto (GStrv) reasons = lanyard_ipp_read_keywords (
      ippFindAttribute (answer, "printer-state-reasons", IPP_TAG_ZERO));
  const char *const *words = (const char *const *)reasons;

  condition->stopped = state != NULL && ippGetInteger (state, 0) == IPP_PSTATE_STOPPED;
  condition->paused
      = g_strv_contains (words, "paused") || g_strv_contains (words, "moving-to-paused");
  condition->accepting = accepting == NULL || ippGetBoolean (accepting, 0);
  lanyard_print_reasons_apply (words, condition);
  if (condition->n_faults == 0 && !condition->accepting)
    lanyard_printer_condition_add_fault (condition, LANYARD_PRINT_FAULT_PAUSED);
  if (reasons[0] != NULL)
    condition->reasons = g_strjoinv (" ", reasons);
}

ipp_t *
lanyard_ipp_ask_condition (const char *uri)
{
  return lanyard_ipp_ask_printer (uri, condition_names, G_N_ELEMENTS (condition_names));
}

LanyardPrinterCondition *
lanyard_ipp_condition_read (ipp_t *answer)
{
  LanyardPrinterCondition *condition = lanyard_printer_condition_new ();

  g_return_val_if_fail (answer != NULL, condition);

  condition->answers = TRUE;
  read_state (answer, condition);
  condition->sheets_completed = read_counter (answer, "printer-media-sheets-completed");
  condition->impressions_completed = read_counter (answer, "printer-impressions-completed");
  condition->pages_completed = read_counter (answer, "printer-pages-completed");
  condition->dpi = read_dpi (answer);
  read_markers (answer, condition);
  if (condition->supplies->len == 0)
    read_supplies (answer, condition);
  read_trays (answer, condition);
  condition->make_and_model = lanyard_ipp_read_text (answer, "printer-make-and-model");
  return condition;
}

char **
lanyard_ipp_read_keywords (ipp_attribute_t *attribute)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; attribute != NULL && i < MIN (ippGetCount (attribute), MAX_REASONS); i++)
    {
      const char *keyword = ippGetString (attribute, i, NULL);

      if (keyword != NULL && strlen (keyword) < 256 && g_str_is_ascii (keyword)
          && strpbrk (keyword, " \r\n\t\"<>") == NULL)
        g_strv_builder_add (builder, keyword);
    }
  return g_strv_builder_end (builder);
}

char *
lanyard_ipp_read_text (ipp_t *answer, const char *name)
{
  return dup_text_at (answer, name, 0);
}

char *
lanyard_ipp_read_device (ipp_t *answer)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, "device-uri", IPP_TAG_URI);
  const char *uri = attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;
  const char *options;

  if (uri == NULL || (!g_str_has_prefix (uri, "ipp://") && !g_str_has_prefix (uri, "ipps://"))
      || strstr (uri, "._tcp") != NULL || strlen (uri) > MAX_TEXT_BYTES)
    return NULL;
  options = strchr (uri, '?');
  return options != NULL ? g_strndup (uri, options - uri) : g_strdup (uri);
}
