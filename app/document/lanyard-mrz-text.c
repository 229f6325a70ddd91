/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From what a reader or a person delivers to lines of the right length, and their check digits. */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-mrz-text.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-error.h"

static gboolean
is_line_end (char character)
{
  return character == '\n' || character == '\r' || character == '\t';
}

/* What readers put around a zone: STX, ETX, blanks. */
static gboolean
is_around (char character)
{
  return (guchar)character <= ' ' || character == 0x7f;
}

static gboolean
is_of_zone (char character)
{
  return g_ascii_isupper (character) || g_ascii_isdigit (character) || character == '<';
}

static void
trim (const char **text, gsize *n_bytes)
{
  while (*n_bytes > 0 && is_around ((*text)[0]))
    {
      (*text)++;
      (*n_bytes)--;
    }
  while (*n_bytes > 0 && is_around ((*text)[*n_bytes - 1]))
    (*n_bytes)--;
}

/* Puts the characters of one line into @cells. Returns: how many there are, more than @size when
 * they do not fit; G_MAXUINT for one that no zone has */
static guint
take_line (char *cells, guint size, const char *text, gsize n_bytes, gboolean typed)
{
  guint n = 0;

  trim (&text, &n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    {
      char character = typed ? g_ascii_toupper (text[i]) : text[i];

      if (typed && character == ' ')
        continue;
      if (!is_of_zone (character))
        return G_MAXUINT;
      if (n < size)
        cells[n] = character;
      n++;
    }
  return n;
}

/* One long line: all lines of a zone without anything between them. */
static gboolean
split_run (LanyardMrzText *out, const char *run, guint n)
{
  static const LanyardMrzFormat formats[] = { LANYARD_MRZ_TD1, LANYARD_MRZ_TD2, LANYARD_MRZ_TD3 };

  for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
    {
      guint n_lines = lanyard_mrz_n_lines (formats[f]);
      guint length = lanyard_mrz_line_length (formats[f]);

      if (n != n_lines * length)
        continue;
      out->n_lines = n_lines;
      for (guint line = 0; line < n_lines; line++)
        {
          memcpy (out->lines[line], run + line * length, length);
          out->lengths[line] = length;
        }
      return TRUE;
    }
  return FALSE;
}

/* Nobody who types counts the fillers behind a name. */
static void
pad_names (LanyardMrzText *out)
{
  guint names = out->n_lines == 3 ? 2 : 0;
  guint length = out->n_lines == 3 ? 30 : out->lengths[1];

  if (out->n_lines < 2 || length > LANYARD_MRZ_MAX_COLUMNS || out->lengths[names] == 0)
    return;
  while (out->lengths[names] < length)
    out->lines[names][out->lengths[names]++] = '<';
}

static LanyardMrzFormat
fail_shape (GError **error)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       "This is no machine readable zone; show the page with the photograph.");
  return LANYARD_MRZ_NONE;
}

/* Returns: FALSE when there are more lines than any zone has, or characters that none has */
static gboolean
take_lines (LanyardMrzText *out,
            char *run,
            guint *n_run,
            const char *text,
            gsize n_bytes,
            gboolean typed)
{
  gsize at = 0;

  while (at < n_bytes)
    {
      gsize end = at;
      guint n;

      while (end < n_bytes && !is_line_end (text[end]))
        end++;
      n = take_line (run, LANYARD_MRZ_MAX_BYTES, text + at, end - at, typed);
      if (n == G_MAXUINT || (n > 0 && out->n_lines == LANYARD_MRZ_MAX_LINES))
        return FALSE;
      if (n > 0)
        {
          *n_run = n;
          memcpy (out->lines[out->n_lines], run, MIN (n, LANYARD_MRZ_MAX_COLUMNS));
          out->lengths[out->n_lines++] = n;
        }
      at = end + 1;
    }
  return TRUE;
}

LanyardMrzFormat
lanyard_mrz_text_split (LanyardMrzText *text_out,
                        const char *text,
                        gsize n_bytes,
                        LanyardMrzFlags flags,
                        GError **error)
{
  char run[LANYARD_MRZ_MAX_BYTES];
  guint n_run = 0;
  gboolean typed = (flags & LANYARD_MRZ_TYPED) != 0, ok;
  LanyardMrzFormat format;

  *text_out = (LanyardMrzText){ .n_lines = 0 };
  if (n_bytes > LANYARD_MRZ_MAX_BYTES)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "This is longer than any machine readable zone.");
      return LANYARD_MRZ_NONE;
    }
  trim (&text, &n_bytes);
  ok = take_lines (text_out, run, &n_run, text, n_bytes, typed);
  if (ok && text_out->n_lines == 1)
    ok = split_run (text_out, run, n_run);
  else if (ok && typed)
    pad_names (text_out);
  sodium_memzero (run, sizeof run);
  if (!ok || text_out->n_lines < 2)
    return fail_shape (error);
  for (guint line = 1; line < text_out->n_lines; line++)
    if (text_out->lengths[line] != text_out->lengths[0])
      return fail_shape (error);
  format = lanyard_mrz_format_of (text_out->n_lines, text_out->lengths[0]);
  if (format == LANYARD_MRZ_NONE)
    return fail_shape (error);
  return lanyard_mrz_format_refine (format, text_out->lines[0][0]);
}

void
lanyard_mrz_text_split_part (LanyardMrzText *text_out,
                             const char *text,
                             gsize n_bytes,
                             guint line_length)
{
  guint length = line_length != 0 ? line_length : LANYARD_MRZ_MAX_COLUMNS;
  guint line = 0;

  *text_out = (LanyardMrzText){ .n_lines = 0 };
  for (gsize i = 0; i < MIN (n_bytes, LANYARD_MRZ_MAX_BYTES) && line < LANYARD_MRZ_MAX_LINES; i++)
    {
      char character = g_ascii_toupper (text[i]);

      if (is_line_end (text[i]))
        {
          /* A full line has already made room for the next one. */
          line += text_out->lengths[line] > 0;
          continue;
        }
      if (is_around (character))
        continue;
      text_out->lines[line][text_out->lengths[line]++] = character;
      text_out->n_lines = line + 1;
      line += text_out->lengths[line] == length;
    }
}

void
lanyard_mrz_text_wipe (LanyardMrzText *text)
{
  sodium_memzero (text, sizeof *text);
}

static gboolean
all_fillers (const char *text, guint n)
{
  return strspn (text, "<") >= n;
}

static gboolean
has_run (const LanyardMrzText *text, guint line, guint column, guint length)
{
  return line < text->n_lines && column + length <= text->lengths[line];
}

static LanyardMrzCheck
agree (guint digit, char character)
{
  return character == (char)('0' + digit) ? LANYARD_MRZ_CHECK_AGREES : LANYARD_MRZ_CHECK_DIFFERS;
}

static LanyardMrzCheck
check_composite (const LanyardMrzText *text,
                 const LanyardMrzLayout *layout,
                 const LanyardMrzSpan *span)
{
  char joined[LANYARD_MRZ_MAX_LINES * LANYARD_MRZ_MAX_COLUMNS];
  LanyardMrzCheck check;
  guint n = 0;

  for (const LanyardMrzRun *run = layout->composite; run->length != 0; run++)
    {
      if (!has_run (text, run->line, run->column, run->length))
        return LANYARD_MRZ_CHECK_OPEN;
      memcpy (joined + n, text->lines[run->line] + run->column, run->length);
      n += run->length;
    }
  check = agree (lanyard_mrz_check_digit (joined, n), text->lines[span->line][span->column]);
  sodium_memzero (joined, sizeof joined);
  return check;
}

/* The optional data that follows a number with a filler for its check digit. Returns: its start,
 * with as many characters as belong to the number in @n, check digit included; NULL: none */
static const char *
find_rest (const LanyardMrzText *text, const LanyardMrzLayout *layout, guint *n)
{
  const LanyardMrzSpan *number = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_NUMBER);
  const LanyardMrzSpan *optional = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_OPTIONAL);
  const char *line = text->lines[number->line];
  const char *rest = text->lines[optional->line] + optional->column;

  *n = 0;
  if ((number->check_classes & LANYARD_MRZ_CLASS_FILLER) == 0 || line[number->check_column] != '<'
      || line[number->check_column - 1] == '<')
    return NULL;
  while (*n < optional->length && rest[*n] != '<' && rest[*n] != '\0')
    (*n)++;
  return *n >= 2 ? rest : NULL;
}

/* A filler stands for the check digit, and where the number would go on nothing is typed yet. */
static gboolean
may_go_on (const LanyardMrzText *text, const LanyardMrzLayout *layout, const LanyardMrzSpan *span)
{
  const LanyardMrzSpan *optional = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_OPTIONAL);
  const char *line = text->lines[span->line];

  return (span->check_classes & LANYARD_MRZ_CLASS_FILLER) != 0 && line[span->check_column] == '<'
         && line[span->check_column - 1] != '<'
         && !has_run (text, optional->line, optional->column, 2)
         && (!has_run (text, optional->line, optional->column, 1)
             || text->lines[optional->line][optional->column] != '<');
}

/* The digit of a number that goes on elsewhere is over its characters (9303-5 §4.2.4); some issuers
 * count the filler between its halves as one of them. The composite digit covers it once more. */
static LanyardMrzCheck
check_number (const LanyardMrzText *text,
              const LanyardMrzLayout *layout,
              const LanyardMrzSpan *span)
{
  const char *field = text->lines[span->line] + span->column;
  const LanyardMrzSpan *optional = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_OPTIONAL);
  char whole[2 * LANYARD_MRZ_MAX_COLUMNS];
  LanyardMrzCheck check;
  guint n;
  const char *rest = find_rest (text, layout, &n);

  if (rest == NULL && may_go_on (text, layout, span))
    return LANYARD_MRZ_CHECK_OPEN;
  if (rest == NULL)
    return agree (lanyard_mrz_check_digit (field, span->length),
                  text->lines[span->line][span->check_column]);
  /* Where the number ends is known only when something stands behind it. */
  if (!has_run (text, optional->line, optional->column, MIN (n + 1, optional->length)))
    return LANYARD_MRZ_CHECK_OPEN;
  memcpy (whole, field, span->length);
  memcpy (whole + span->length, rest, n - 1);
  check = agree (lanyard_mrz_check_digit (whole, span->length + n - 1), rest[n - 1]);
  if (check == LANYARD_MRZ_CHECK_DIFFERS)
    {
      whole[span->length] = '<';
      memcpy (whole + span->length + 1, rest, n - 1);
      check = agree (lanyard_mrz_check_digit (whole, span->length + n), rest[n - 1]);
    }
  sodium_memzero (whole, sizeof whole);
  return check;
}

LanyardMrzCheck
lanyard_mrz_text_check (const LanyardMrzText *text,
                        const LanyardMrzLayout *layout,
                        const LanyardMrzSpan *span)
{
  const char *field = text->lines[span->line] + span->column;
  char digit = text->lines[span->line][span->check_column];
  gboolean is_composite = span->field == LANYARD_MRZ_FIELD_COMPOSITE;

  if (span->check_column == 0 && !is_composite)
    return LANYARD_MRZ_CHECK_NONE;
  if (!has_run (text, span->line, span->column, span->length)
      || !has_run (text, span->line, span->check_column, 1))
    return LANYARD_MRZ_CHECK_OPEN;
  if (is_composite)
    return check_composite (text, layout, span);
  /* 9303-4 §4.2.2: an empty field may have a filler for its check digit. */
  if (digit == '<' && (span->check_classes & LANYARD_MRZ_CLASS_FILLER) != 0
      && all_fillers (field, span->length))
    return LANYARD_MRZ_CHECK_AGREES;
  if (span->field == LANYARD_MRZ_FIELD_NUMBER)
    return check_number (text, layout, span);
  return agree (lanyard_mrz_check_digit (field, span->length), digit);
}

guint
lanyard_mrz_text_get_number (const LanyardMrzText *text,
                             const LanyardMrzLayout *layout,
                             char *number)
{
  const LanyardMrzSpan *span = lanyard_mrz_layout_find (layout, LANYARD_MRZ_FIELD_NUMBER);
  guint n_rest, n = 0;
  const char *rest = find_rest (text, layout, &n_rest);

  for (guint i = 0; i < span->length; i++)
    if (text->lines[span->line][span->column + i] != '<')
      number[n++] = text->lines[span->line][span->column + i];
  for (guint i = 0; rest != NULL && i + 1 < n_rest; i++)
    number[n++] = rest[i];
  number[n] = '\0';
  return rest != NULL ? n_rest : 0;
}

gboolean
lanyard_mrz_fits (LanyardMrzFormat format, guint line, guint column, char character)
{
  return character != '\0'
         && strchr (lanyard_mrz_alphabet_at (format, line, column), character) != NULL;
}
