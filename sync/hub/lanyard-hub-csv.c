/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-csv.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-error.h"

#define BLOCK_BYTES (64 * 1024)

/* Where the reader stands in a row. */
typedef enum
{
  AT_START, /* of a field */
  IN_FIELD,
  IN_QUOTES,
  AFTER_QUOTE, /* a quote in quotes: its end, or the first of two */
} Place;

struct _LanyardHubCsv
{
  FILE *file; /* borrowed */
  gboolean lines;
  char separator; /* 0: not known yet */

  char *block; /* owned: what was read ahead of the file */
  gsize n_block;
  gsize at; /* in block */

  GString *raw;   /* owned */
  GString *text;  /* owned: the fields, each ended by NUL */
  GArray *starts; /* owned (element-type gsize): of the fields in text */
  guint64 line;   /* where the row begins */
  guint64 next_line;
  guint64 n_read;
  const char *why; /* static (nullable): what is wrong with the row */
  gboolean started;
};

static void
wipe (GString *string)
{
  sodium_memzero (string->str, string->allocated_len);
  g_string_free (string, TRUE);
}

LanyardHubCsv *
lanyard_hub_csv_new (FILE *file, gboolean lines, char separator)
{
  LanyardHubCsv *csv = g_new0 (LanyardHubCsv, 1);

  csv->file = file;
  csv->lines = lines;
  csv->separator = separator;
  csv->block = g_malloc (BLOCK_BYTES);
  csv->raw = g_string_sized_new (1024);
  csv->text = g_string_sized_new (1024);
  csv->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  csv->next_line = 1;
  return csv;
}

void
lanyard_hub_csv_free (LanyardHubCsv *csv)
{
  if (csv == NULL)
    return;
  sodium_memzero (csv->block, BLOCK_BYTES);
  g_free (csv->block);
  wipe (csv->raw);
  wipe (csv->text);
  g_array_unref (csv->starts);
  g_free (csv);
}

static gboolean
fill (LanyardHubCsv *csv)
{
  csv->at = 0;
  csv->n_block = fread (csv->block, 1, BLOCK_BYTES, csv->file);
  return csv->n_block > 0;
}

static int
next_char (LanyardHubCsv *csv)
{
  int c;

  if (csv->at == csv->n_block && !fill (csv))
    return EOF;
  c = (unsigned char)csv->block[csv->at++];
  csv->n_read++;
  if (csv->raw->len < LANYARD_HUB_CSV_MAX_ROW_BYTES)
    g_string_append_c (csv->raw, (char)c);
  else
    csv->why = "longer than 64 KiB; look for a quote that is never closed";
  csv->next_line += c == '\n';
  return c;
}

static void
start_field (LanyardHubCsv *csv)
{
  if (csv->starts->len >= LANYARD_HUB_CSV_MAX_FIELDS)
    csv->why = "more than 512 fields";
  else
    g_array_append_val (csv->starts, csv->text->len);
}

static void
add_char (LanyardHubCsv *csv, int c)
{
  if (csv->text->len < 2 * LANYARD_HUB_CSV_MAX_ROW_BYTES)
    g_string_append_c (csv->text, (char)c);
}

static void
end_field (LanyardHubCsv *csv)
{
  g_string_append_c (csv->text, '\0');
}

/* The first line outside quotes tells: the mark that stands there most often. */
static char
guess_separator (LanyardHubCsv *csv)
{
  static const char marks[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (marks)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (gsize i = csv->at; i < csv->n_block; i++)
    {
      char c = csv->block[i];

      if (!quoted && (c == '\n' || c == '\r'))
        break;
      quoted ^= c == '"';
      for (guint k = 0; k < G_N_ELEMENTS (marks) && !quoted; k++)
        counts[k] += c == marks[k];
    }
  for (guint k = 1; k < G_N_ELEMENTS (marks); k++)
    best = counts[k] > counts[best] ? k : best;
  return marks[best];
}

/* Returns: whether the row goes on */
static gboolean
take_unquoted (LanyardHubCsv *csv, int c, Place *place)
{
  if (c == csv->separator)
    {
      end_field (csv);
      start_field (csv);
      *place = AT_START;
      return TRUE;
    }
  if (c == '\n' || c == EOF)
    {
      end_field (csv);
      return FALSE;
    }
  if (*place == AFTER_QUOTE && c != '\r')
    csv->why = "something stands behind a closing quote; double the quotes within a field";
  if (*place == AT_START && c == '"')
    {
      *place = IN_QUOTES;
      return TRUE;
    }
  if (c == '"')
    csv->why = "a quote stands in a field without quotes; quote the whole field and double it";
  if (c != '\r')
    add_char (csv, c);
  *place = *place == AFTER_QUOTE ? AFTER_QUOTE : IN_FIELD;
  return TRUE;
}

static gboolean
take_quoted (LanyardHubCsv *csv, int c, Place *place)
{
  if (c == EOF)
    {
      end_field (csv);
      return FALSE;
    }
  if (c == '"')
    *place = AFTER_QUOTE;
  else
    add_char (csv, c);
  return TRUE;
}

/* Reads up to the end of the row. Returns: whether a quote was left open */
static gboolean
read_row (LanyardHubCsv *csv)
{
  Place place = AT_START;
  gboolean more = TRUE;

  start_field (csv);
  while (more)
    {
      int c = next_char (csv);

      if (place == AFTER_QUOTE && c == '"')
        {
          add_char (csv, c);
          place = IN_QUOTES;
        }
      else if (place == IN_QUOTES)
        more = take_quoted (csv, c, &place);
      else
        more = take_unquoted (csv, c, &place);
      if (place == IN_QUOTES && csv->raw->len >= LANYARD_HUB_CSV_MAX_ROW_BYTES)
        break;
    }
  return place == IN_QUOTES;
}

static void
read_line (LanyardHubCsv *csv)
{
  int c;

  start_field (csv);
  while ((c = next_char (csv)) != EOF && c != '\n')
    if (c != '\r')
      add_char (csv, c);
  end_field (csv);
}

static LanyardHubCsvResult
fail (LanyardHubCsv *csv, GError **error, const char *why)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "line %" G_GUINT64_FORMAT ": %s",
               csv->line, why);
  return LANYARD_HUB_CSV_FAILED;
}

/* FALSE: the file is in an encoding that shows at once. */
static gboolean
skip_mark (LanyardHubCsv *csv)
{
  const guint8 *mark;

  if (!fill (csv))
    return TRUE;
  mark = (const guint8 *)csv->block;
  if (csv->n_block >= 2
      && ((mark[0] == 0xff && mark[1] == 0xfe) || (mark[0] == 0xfe && mark[1] == 0xff)))
    return FALSE;
  if (csv->n_block >= 3 && memcmp (mark, "\xef\xbb\xbf", 3) == 0)
    csv->at = 3;
  csv->n_read = csv->at;
  return TRUE;
}

static gboolean
is_empty (LanyardHubCsv *csv)
{
  for (gsize i = 0; i < csv->raw->len; i++)
    if (csv->raw->str[i] != '\r' && csv->raw->str[i] != '\n')
      return FALSE;
  return csv->raw->len > 0;
}

static LanyardHubCsvResult
judge (LanyardHubCsv *csv, gboolean open, GError **error)
{
  if (ferror (csv->file))
    return fail (csv, error, "the file cannot be read on; copy it again");
  if (open)
    return fail (csv, error,
                 "a quote is opened here and not closed within 64 KiB or the file; close it: "
                 "nothing behind it can be told apart");
  if (memchr (csv->raw->str, '\0', csv->raw->len) != NULL)
    return fail (csv, error,
                 "the file is not UTF-8 text: it looks like UTF-16; convert it with "
                 "iconv -f UTF-16 -t UTF-8");
  if (csv->raw->len < LANYARD_HUB_CSV_MAX_ROW_BYTES
      && !g_utf8_validate (csv->raw->str, (gssize)csv->raw->len, NULL))
    return fail (csv, error,
                 "the file is not UTF-8 text; find out its encoding and convert it, for example "
                 "with iconv -f WINDOWS-1252 -t UTF-8");
  if (csv->why == NULL)
    return LANYARD_HUB_CSV_ROW;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, csv->why);
  return LANYARD_HUB_CSV_BAD;
}

LanyardHubCsvResult
lanyard_hub_csv_read (LanyardHubCsv *csv, GError **error)
{
  gboolean open = FALSE;

  if (!csv->started)
    {
      csv->started = TRUE;
      csv->line = 1;
      if (!skip_mark (csv))
        return fail (csv, error, "the file is UTF-16; convert it with iconv -f UTF-16 -t UTF-8");
      if (!csv->lines && csv->separator == 0)
        csv->separator = guess_separator (csv);
    }
  do
    {
      csv->line = csv->next_line;
      csv->why = NULL;
      g_string_truncate (csv->raw, 0);
      g_string_truncate (csv->text, 0);
      g_array_set_size (csv->starts, 0);
      if (csv->lines)
        read_line (csv);
      else
        open = read_row (csv);
    }
  while (is_empty (csv));
  if (csv->raw->len == 0 && !ferror (csv->file))
    return LANYARD_HUB_CSV_END;
  return judge (csv, open, error);
}

guint
lanyard_hub_csv_get_n_fields (LanyardHubCsv *csv)
{
  return csv->starts->len;
}

const char *
lanyard_hub_csv_get_field (LanyardHubCsv *csv, guint index)
{
  g_return_val_if_fail (index < csv->starts->len, NULL);

  return csv->text->str + g_array_index (csv->starts, gsize, index);
}

guint64
lanyard_hub_csv_get_line (LanyardHubCsv *csv)
{
  return csv->line;
}

const GString *
lanyard_hub_csv_get_raw (LanyardHubCsv *csv)
{
  return csv->raw;
}

guint64
lanyard_hub_csv_get_n_read (LanyardHubCsv *csv)
{
  return csv->n_read;
}
