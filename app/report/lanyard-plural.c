/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-plural.h"

#include <string.h>

#define MAX_DEPTH 32

/* The expression is C's, over one variable: it is evaluated while it is read, both arms of every
 * choice, because that is shorter than a tree and the texts are forty characters long. */
typedef struct
{
  const char *at;
  gulong n;
  guint depth;
  gboolean ok;
} Reader;

typedef struct
{
  const char *sign;
  guint rank; /* the higher binds the closer */
} Operator;

/* Two-character signs stand before those they begin with. */
static const Operator OPERATORS[] = {
  { "||", 1 }, { "&&", 2 }, { "==", 3 }, { "!=", 3 }, { "<=", 4 }, { ">=", 4 }, { "<", 4 },
  { ">", 4 },  { "+", 5 },  { "-", 5 },  { "*", 6 },  { "/", 6 },  { "%", 6 },
};

static gulong read_choice (Reader *reader);

static void
skip_blanks (Reader *reader)
{
  while (g_ascii_isspace (*reader->at))
    reader->at++;
}

static gboolean
take (Reader *reader, const char *sign)
{
  skip_blanks (reader);
  if (!g_str_has_prefix (reader->at, sign))
    return FALSE;
  reader->at += strlen (sign);
  return TRUE;
}

static gulong
read_number (Reader *reader)
{
  gulong value = 0;
  guint digits = 0;

  for (; g_ascii_isdigit (*reader->at) && digits < 9; reader->at++, digits++)
    value = value * 10 + (gulong)(*reader->at - '0');
  if (digits == 0)
    reader->ok = FALSE;
  return value;
}

static gulong
read_primary (Reader *reader)
{
  gulong value;

  if (++reader->depth > MAX_DEPTH)
    reader->ok = FALSE;
  if (!reader->ok)
    return 0;
  if (take (reader, "!"))
    value = !read_primary (reader);
  else if (take (reader, "("))
    {
      value = read_choice (reader);
      if (!take (reader, ")"))
        reader->ok = FALSE;
    }
  else if (take (reader, "n"))
    value = reader->n;
  else
    value = read_number (reader);
  reader->depth--;
  return value;
}

static const Operator *
peek_operator (Reader *reader)
{
  skip_blanks (reader);
  for (gsize i = 0; i < G_N_ELEMENTS (OPERATORS); i++)
    {
      if (g_str_has_prefix (reader->at, OPERATORS[i].sign))
        return &OPERATORS[i];
    }
  return NULL;
}

static gulong
divide (Reader *reader, gulong left, gulong right, gboolean want_rest)
{
  if (right == 0)
    {
      reader->ok = FALSE;
      return 0;
    }
  return want_rest ? left % right : left / right;
}

static gulong
apply (Reader *reader, const char *sign, gulong left, gulong right)
{
  switch (sign[0])
    {
    case '|':
      return left || right;
    case '&':
      return left && right;
    case '=':
      return left == right;
    case '!':
      return left != right;
    case '<':
      return sign[1] == '=' ? left <= right : left < right;
    case '>':
      return sign[1] == '=' ? left >= right : left > right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      return divide (reader, left, right, sign[0] == '%');
    }
}

static gulong
read_binary (Reader *reader, guint min_rank)
{
  gulong value = read_primary (reader);
  const Operator *op;

  while (reader->ok && (op = peek_operator (reader)) != NULL && op->rank >= min_rank)
    {
      reader->at += strlen (op->sign);
      value = apply (reader, op->sign, value, read_binary (reader, op->rank + 1));
    }
  return value;
}

static gulong
read_choice (Reader *reader)
{
  gulong value, yes, no;

  if (++reader->depth > MAX_DEPTH)
    reader->ok = FALSE;
  if (!reader->ok)
    return 0;
  value = read_binary (reader, 1);
  if (take (reader, "?"))
    {
      yes = read_choice (reader);
      if (!take (reader, ":"))
        reader->ok = FALSE;
      no = read_choice (reader);
      value = value ? yes : no;
    }
  reader->depth--;
  return value;
}

gboolean
lanyard_plural_evaluate (const char *expression, gulong n, gulong *form)
{
  Reader reader = { expression, n, 0, TRUE };

  g_return_val_if_fail (expression != NULL && form != NULL, FALSE);

  *form = read_choice (&reader);
  skip_blanks (&reader);
  if (*reader.at != '\0')
    reader.ok = FALSE;
  if (!reader.ok)
    *form = 0;
  return reader.ok;
}
