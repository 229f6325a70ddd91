/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-mrz.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-mrz-repair.h"
#include "lanyard-mrz-text.h"
#include "lanyard-secret.h"

static const char *const field_names[LANYARD_MRZ_N_FIELDS] = {
  "code",   "issuer",   "number",     "nationality", "birth",     "sex",
  "expiry", "optional", "optional-2", "names",       "composite",
};

static const char *
find_field (const LanyardMrzText *text,
            const LanyardMrzLayout *layout,
            LanyardMrzField field,
            guint *length)
{
  const LanyardMrzSpan *span = lanyard_mrz_layout_find (layout, field);

  *length = span != NULL ? span->length : 0;
  return span != NULL ? text->lines[span->line] + span->column : NULL;
}

/* A code without its fillers. @code: room for @length + 1 */
static void
take_code (char *code,
           const LanyardMrzText *text,
           const LanyardMrzLayout *layout,
           LanyardMrzField field)
{
  guint length, n = 0;
  const char *from = find_field (text, layout, field, &length);

  for (guint i = 0; i < length; i++)
    if (from[i] != '<')
      code[n++] = from[i];
  code[n] = '\0';
}

/* Words with one blank between them, whatever fillers there were. */
static char *
dup_words (const char *from, guint length)
{
  char *words = g_new0 (char, length + 1);
  guint n = 0;

  for (guint i = 0; i < length; i++)
    if (from[i] != '<')
      {
        if (n > 0 && i > 0 && from[i - 1] == '<')
          words[n++] = ' ';
        words[n++] = from[i];
      }
  return words;
}

/* 9303-3 §4.6: two fillers stand between primary and secondary identifier, and none when there is
 * only one. */
static void
take_names (LanyardMrz *mrz, const LanyardMrzText *text, const LanyardMrzLayout *layout)
{
  guint length, split = 0;
  const char *names = find_field (text, layout, LANYARD_MRZ_FIELD_NAMES, &length);

  while (split + 1 < length && (names[split] != '<' || names[split + 1] != '<'))
    split++;
  if (split + 1 >= length)
    split = length;
  mrz->primary = dup_words (names, split);
  mrz->secondary = dup_words (names + split, length - split);
  mrz->names_fill = names[length - 1] != '<';
}

static gint8
take_two (const char *digits)
{
  if (!g_ascii_isdigit (digits[0]) || !g_ascii_isdigit (digits[1]))
    return -1;
  return (gint8)((digits[0] - '0') * 10 + digits[1] - '0');
}

/* Fillers, and by many issuers zeros, stand for parts that are not known. Returns: FALSE for what
 * is no date */
static gboolean
take_date (LanyardMrzDate *date,
           const LanyardMrzText *text,
           const LanyardMrzLayout *layout,
           LanyardMrzField field)
{
  guint length;
  const char *from = find_field (text, layout, field, &length);
  gboolean halves = TRUE;

  for (guint i = 0; i < length; i += 2)
    halves = halves && (from[i] == '<') == (from[i + 1] == '<');
  date->year = take_two (from);
  date->month = take_two (from + 2);
  date->day = take_two (from + 4);
  if (date->month == 0)
    date->month = -1;
  if (date->day == 0)
    date->day = -1;
  if (!halves || date->month > 12 || date->day > 31)
    return FALSE;
  /* 29 February of an unknown century: year 0 of 2000 and 1900 is told apart later. */
  return date->month < 1 || date->day < 1
         || date->day <= g_date_get_days_in_month ((GDateMonth)date->month, 2000);
}

static void
take_optional (LanyardMrz *mrz,
               const LanyardMrzText *text,
               const LanyardMrzLayout *layout,
               guint n_of_number)
{
  guint length;
  const char *from = find_field (text, layout, LANYARD_MRZ_FIELD_OPTIONAL, &length);

  mrz->optional = dup_words (from + n_of_number, length - n_of_number);
  from = find_field (text, layout, LANYARD_MRZ_FIELD_OPTIONAL_2, &length);
  mrz->optional_2 = from != NULL ? dup_words (from, length) : g_strdup ("");
}

static LanyardMrz *
fill (const LanyardMrzText *text, const LanyardMrzLayout *layout)
{
  LanyardMrz *mrz = g_new0 (LanyardMrz, 1);
  char number[2 * LANYARD_MRZ_MAX_COLUMNS];
  guint n_of_number, length;
  const char *sex = find_field (text, layout, LANYARD_MRZ_FIELD_SEX, &length);
  gboolean birth, expiry;

  mrz->format = layout->format;
  take_code (mrz->code, text, layout, LANYARD_MRZ_FIELD_CODE);
  take_code (mrz->issuer, text, layout, LANYARD_MRZ_FIELD_ISSUER);
  take_code (mrz->nationality, text, layout, LANYARD_MRZ_FIELD_NATIONALITY);
  n_of_number = lanyard_mrz_text_get_number (text, layout, number);
  mrz->number = g_strdup (number);
  sodium_memzero (number, sizeof number);
  mrz->sex = *sex == 'F' || *sex == 'M' ? *sex : 'X';
  birth = take_date (&mrz->birth, text, layout, LANYARD_MRZ_FIELD_BIRTH);
  expiry = take_date (&mrz->expiry, text, layout, LANYARD_MRZ_FIELD_EXPIRY);
  take_names (mrz, text, layout);
  take_optional (mrz, text, layout, n_of_number);

  mrz->valid = birth && expiry && lanyard_mrz_text_all_fit (text, layout)
               && lanyard_mrz_text_all_agree (text, layout);
  for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
    mrz->checks[span->field] = lanyard_mrz_text_check (text, layout, span);
  return mrz;
}

LanyardMrz *
lanyard_mrz_parse (const char *text, gsize n_bytes, LanyardMrzFlags flags, GError **error)
{
  LanyardMrzText split;
  LanyardMrzFormat format;
  LanyardMrzRepair repairs[LANYARD_MRZ_MAX_REPAIRS];
  guint n_repairs = 0;
  LanyardMrz *mrz;

  g_return_val_if_fail (text != NULL || n_bytes == 0, NULL);

  format = lanyard_mrz_text_split (&split, text, n_bytes, flags, error);
  if (format == LANYARD_MRZ_NONE)
    {
      lanyard_mrz_text_wipe (&split);
      return NULL;
    }
  if ((flags & LANYARD_MRZ_REPAIR) != 0)
    n_repairs = lanyard_mrz_repair (&split, lanyard_mrz_layout_get (format), repairs);
  mrz = fill (&split, lanyard_mrz_layout_get (format));
  memcpy (mrz->repairs, repairs, n_repairs * sizeof *repairs);
  mrz->n_repairs = n_repairs;
  lanyard_mrz_text_wipe (&split);
  return mrz;
}

void
lanyard_mrz_free (LanyardMrz *mrz)
{
  if (mrz == NULL)
    return;
  lanyard_secret_free (mrz->number);
  lanyard_secret_free (mrz->primary);
  lanyard_secret_free (mrz->secondary);
  lanyard_secret_free (mrz->optional);
  lanyard_secret_free (mrz->optional_2);
  sodium_memzero (mrz, sizeof *mrz);
  g_free (mrz);
}

const char *
lanyard_mrz_field_to_string (LanyardMrzField field)
{
  g_return_val_if_fail ((guint)field < LANYARD_MRZ_N_FIELDS, "none");

  return field_names[field];
}
