/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-status.h"

#include <string.h>

#include "lanyard-error.h"

/* Digits of the longest field, labels remaining, and one to spare. */
#define MAX_DIGITS 9
#define MAX_MODEL_BYTES 64

/* Fields of one string, read from left to right. */
typedef struct
{
  guint string;   /* 1 … 3 */
  const char *at; /* (nullable): NULL after the last field */
  guint n_read;
  gboolean bad;
} Fields;

/* A field of 1 to 9 digits, and spaces before it, which some imitations have. */
static guint
read_number (Fields *fields, guint most)
{
  guint64 number = 0;
  guint n = 0;

  if (fields->bad)
    return 0;
  fields->n_read++;
  while (fields->at != NULL && *fields->at == ' ')
    fields->at++;
  for (; fields->at != NULL && g_ascii_isdigit (*fields->at) && n <= MAX_DIGITS; n++)
    number = number * 10 + (guint)(*fields->at++ - '0');
  fields->bad
      = n == 0 || n > MAX_DIGITS || number > most || (*fields->at != ',' && *fields->at != '\0');
  if (fields->bad)
    return 0;
  fields->at = *fields->at == ',' ? fields->at + 1 : NULL;
  return (guint)number;
}

static gboolean
read_flag (Fields *fields)
{
  return read_number (fields, 1) == 1;
}

static gboolean
check (const Fields *fields, GError **error)
{
  if (!fields->bad)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
               "The label printer's status makes no sense: field %u of string %u; check that it "
               "speaks ZPL.",
               fields->n_read, fields->string);
  return FALSE;
}

static gboolean
parse_first (const char *string, LanyardZplStatus *status, GError **error)
{
  Fields fields = { .string = 1, .at = string };

  status->interface_settings = read_number (&fields, 999);
  status->paper_out = read_flag (&fields);
  status->paused = read_flag (&fields);
  status->label_dots = read_number (&fields, 99999);
  status->n_formats = read_number (&fields, 99999);
  status->buffer_full = read_flag (&fields);
  status->diagnostic = read_flag (&fields);
  status->partial_format = read_flag (&fields);
  read_number (&fields, 999); /* iii: unused */
  status->ram_corrupt = read_flag (&fields);
  status->too_cold = read_flag (&fields);
  status->too_hot = read_flag (&fields);
  return check (&fields, error);
}

static gboolean
parse_second (const char *string, LanyardZplStatus *status, GError **error)
{
  Fields fields = { .string = 2, .at = string };

  status->function_settings = read_number (&fields, 999);
  read_number (&fields, 999); /* n: unused */
  status->head_open = read_flag (&fields);
  status->ribbon_out = read_flag (&fields);
  status->thermal_transfer = read_flag (&fields);
  status->print_mode = read_number (&fields, 99);
  status->width_mode = read_number (&fields, 99);
  status->label_waiting = read_flag (&fields);
  status->labels_remaining = read_number (&fields, 999999999);
  read_number (&fields, 9); /* v: format while printing, always 1 */
  status->n_graphics = read_number (&fields, 99999);
  return check (&fields, error);
}

static gboolean
parse_third (const char *string, LanyardZplStatus *status, GError **error)
{
  Fields fields = { .string = 3, .at = string };

  read_number (&fields, 999999999); /* xxxx: password */
  status->static_ram = read_flag (&fields);
  /* Newer firmware may say more in the others; this one is the end. */
  fields.bad = fields.bad || fields.at != NULL;
  return check (&fields, error);
}

gboolean
lanyard_zpl_status_parse (const char *const *strings, LanyardZplStatus *status, GError **error)
{
  g_return_val_if_fail (strings != NULL && status != NULL, FALSE);

  memset (status, 0, sizeof *status);
  return parse_first (strings[0], status, error) && parse_second (strings[1], status, error)
         && parse_third (strings[2], status, error);
}

/* Returns: (nullable): what stands after 8 hexadecimal digits */
static const char *
read_hex (const char *at, guint *number)
{
  *number = 0;
  while (*at == ' ')
    at++;
  for (guint i = 0; i < 8; i++, at++)
    {
      if (!g_ascii_isxdigit (*at))
        return NULL;
      *number = *number * 16 + (guint)g_ascii_xdigit_value (*at);
    }
  return at;
}

gboolean
lanyard_zpl_status_parse_errors (const char *string, LanyardZplStatus *status, GError **error)
{
  const char *at;
  guint high, low;

  g_return_val_if_fail (string != NULL && status != NULL, FALSE);

  memset (status, 0, sizeof *status);
  at = strstr (string, "ERRORS:");
  at = at != NULL ? at + strlen ("ERRORS:") : "";
  at += strspn (at, " ");
  if ((*at != '0' && *at != '1') || (at = read_hex (at + 1, &high)) == NULL
      || read_hex (at, &low) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The label printer's list of errors makes no sense; check that it speaks ZPL.");
      return FALSE;
    }
  status->errors_only = TRUE;
  status->paper_out = (low & 0x1) != 0;
  status->ribbon_out = (low & 0x2) != 0;
  status->head_open = (low & 0x4) != 0;
  status->too_hot = (low & 0x30) != 0;
  status->jammed = (low & 0xb000) != 0;
  status->paused = (low & 0x10000) != 0;
  status->broken = high != 0 || (low & ~(guint)0x1b037) != 0;
  return TRUE;
}

guint
lanyard_zpl_status_get_faults (const LanyardZplStatus *status, LanyardPrintFault *faults)
{
  gboolean held = status->label_waiting && lanyard_zpl_status_is_at_work (status);
  /* An open head is also without media, and both pause the printer. */
  const struct
  {
    gboolean on;
    LanyardPrintFault fault;
  } known[LANYARD_ZPL_MAX_FAULTS] = {
    { status->head_open, LANYARD_PRINT_FAULT_COVER_OPEN },
    { status->jammed, LANYARD_PRINT_FAULT_MEDIA_JAM },
    { status->paper_out, LANYARD_PRINT_FAULT_MEDIA_EMPTY },
    { status->ribbon_out, LANYARD_PRINT_FAULT_RIBBON },
    { held, LANYARD_PRINT_FAULT_OUTPUT_FULL },
    { status->too_hot, LANYARD_PRINT_FAULT_HOT },
    { status->ram_corrupt || status->broken, LANYARD_PRINT_FAULT_SERVICE },
    { status->too_cold || status->diagnostic, LANYARD_PRINT_FAULT_OTHER },
    { status->paused, LANYARD_PRINT_FAULT_PAUSED },
  };
  guint n = 0;

  g_return_val_if_fail (status != NULL && faults != NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].on)
      faults[n++] = known[i].fault;
  return n;
}

LanyardPrintFault
lanyard_zpl_status_get_fault (const LanyardZplStatus *status)
{
  LanyardPrintFault faults[LANYARD_ZPL_MAX_FAULTS];

  return lanyard_zpl_status_get_faults (status, faults) > 0 ? faults[0] : LANYARD_PRINT_FAULT_NONE;
}

gboolean
lanyard_zpl_status_is_at_work (const LanyardZplStatus *status)
{
  g_return_val_if_fail (status != NULL, FALSE);

  return status->n_formats > 0 || status->labels_remaining > 0;
}

gboolean
lanyard_zpl_status_is_idle (const LanyardZplStatus *status)
{
  g_return_val_if_fail (status != NULL, FALSE);

  return !lanyard_zpl_status_is_at_work (status) && !status->partial_format && !status->buffer_full
         && !status->errors_only;
}

char *
lanyard_zpl_status_to_string (const LanyardZplStatus *status)
{
  const struct
  {
    gboolean on;
    const char *word;
  } flags[] = {
    { status->head_open, "head-open " },
    { status->jammed, "jam " },
    { status->paper_out, "media-out " },
    { status->ribbon_out, "ribbon-out " },
    { status->paused, "paused " },
    { status->too_hot, "over-temperature " },
    { status->too_cold, "under-temperature " },
    { status->ram_corrupt, "settings-lost " },
    { status->diagnostic, "diagnostic-mode " },
    { status->broken, "error " },
    { status->buffer_full, "buffer-full " },
    { status->partial_format, "partial-format " },
    { status->label_waiting, "label-waiting " },
  };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].on)
      g_string_append (words, flags[i].word);
  if (status->errors_only)
    g_string_append (words, "rest-unknown");
  else
    g_string_append_printf (words, "formats=%u remaining=%u", status->n_formats,
                            status->labels_remaining);
  return g_string_free (words, FALSE);
}

void
lanyard_zpl_identity_clear (LanyardZplIdentity *identity)
{
  g_clear_pointer (&identity->model, g_free);
  g_clear_pointer (&identity->firmware, g_free);
}

/* Returns: (transfer full): what a person may read */
static char *
clean (const char *text)
{
  char *copy = g_strndup (text, MAX_MODEL_BYTES);

  for (char *at = copy; *at != '\0'; at++)
    if (!g_ascii_isprint (*at))
      *at = '?';
  return g_strstrip (copy);
}

gboolean
lanyard_zpl_identity_parse (const char *string, LanyardZplIdentity *identity, GError **error)
{
  g_auto (GStrv) fields = NULL;
  guint64 dots_per_mm = 0;

  g_return_val_if_fail (string != NULL && identity != NULL, FALSE);

  memset (identity, 0, sizeof *identity);
  fields = g_strsplit (string, ",", 6);
  if (g_strv_length (fields) < 4
      || !g_ascii_string_to_unsigned (g_strstrip (fields[2]), 10, 1, 99, &dots_per_mm, NULL))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The label printer does not say what it is; check that it speaks ZPL.");
      return FALSE;
    }
  identity->model = clean (fields[0]);
  identity->firmware = clean (fields[1]);
  identity->dots_per_mm = (guint)dots_per_mm;
  return TRUE;
}

gboolean
lanyard_zpl_counter_parse (const char *text, guint64 *counter)
{
  gsize n;

  g_return_val_if_fail (text != NULL && counter != NULL, FALSE);

  *counter = 0;
  n = strspn (text, "0123456789");
  if (n == 0 || n > 15 || text[n] != '\0')
    return FALSE;
  *counter = g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}
