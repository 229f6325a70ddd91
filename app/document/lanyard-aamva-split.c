/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From the body of a text to its elements: ids of three letters, each with what follows. */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-aamva-private.h"

#include <sodium.h>
#include <string.h>

/* All ids of versions 1 to 10. Only these are looked for where separators are missing. */
static const char known_ids[]
    = "DAA DAB DAC DAD DAE DAF DAG DAH DAI DAJ DAK DAL DAM DAN DAO DAP DAQ DAR DAS DAT DAU DAV DAW "
      "DAX DAY DAZ DBA DBB DBC DBD DBE DBF DBG DBH DBI DBJ DBK DBL DBM DBN DBO DBP DBQ DBR DBS DCA "
      "DCB DCD DCE DCF DCG DCH DCI DCJ DCK DCL DCM DCN DCO DCP DCQ DCR DCS DCT DCU DDA DDB DDC DDD "
      "DDE DDF DDG DDH DDI DDJ DDK DDL ";
#define ID_LETTERS 3

/* Fewer separators than this in a whole licence are none. */
#define FEW_SEPARATORS 3

static gboolean
is_separator (char character)
{
  /* Some scanners are set up to send a bar in place of a control character. */
  return character == '\n' || character == '\r' || character == 0x1e || character == '|';
}

/* Returns: whether a known id begins at @at; written to @id in capitals */
static gboolean
take_id (const char *at, gboolean folded, char *id)
{
  for (guint i = 0; i < ID_LETTERS; i++)
    {
      if (at[i] == '\0')
        return FALSE;
      id[i] = folded ? g_ascii_toupper (at[i]) : at[i];
    }
  id[ID_LETTERS] = '\0';
  return id[0] == 'D' && g_ascii_isupper (id[1]) && g_ascii_isupper (id[2])
         && strstr (known_ids, id) != NULL;
}

/* A subfile begins with its type, which may stand before its first element. */
static const char *
skip_type (const char *at, gboolean folded)
{
  static const char *const types[] = { "DL", "ID", "EN" };
  char id[ID_LETTERS + 1];

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strncasecmp (at, types[i], 2) == 0 && take_id (at + 2, folded, id))
      return at + 2;
  return at;
}

/* One issuer has something else between the designators and the type. */
static const char *
skip_rubbish (const char *body, gboolean folded)
{
  for (const char *at = body; *at != '\0' && !is_separator (*at); at++)
    if (skip_type (at, folded) != at)
      return at;
  return body;
}

static char *
dup_trimmed (const char *from, gsize n)
{
  while (n > 0 && (guchar)*from <= ' ')
    {
      from++;
      n--;
    }
  while (n > 0 && (guchar)from[n - 1] <= ' ')
    n--;
  return g_strndup (from, n);
}

static void
add (LanyardAamvaElements *elements, const char *id, const char *from, gsize n)
{
  LanyardAamvaElement *element;

  if (elements->n == LANYARD_AAMVA_MAX_ELEMENTS || n > LANYARD_AAMVA_MAX_ELEMENT_BYTES
      || lanyard_aamva_elements_get (elements, id) != NULL)
    return;
  element = &elements->elements[elements->n++];
  memcpy (element->id, id, sizeof element->id);
  element->value = dup_trimmed (from, n);
}

static void
split_at_separators (const char *body, gboolean folded, LanyardAamvaElements *elements)
{
  while (*body != '\0')
    {
      char id[ID_LETTERS + 1];
      const char *end, *from;

      while (is_separator (*body) || *body == ' ')
        body++;
      for (end = body; *end != '\0' && !is_separator (*end);)
        end++;
      from = skip_type (body, folded);
      if (take_id (from, folded, id))
        add (elements, id, from + ID_LETTERS, (gsize)(end - from - ID_LETTERS));
      body = end;
    }
}

/* A keyboard scanner may have swallowed all separators. Then every known id begins an element; one
 * that is there twice is part of a name or a street, and nobody can tell which. One that is there
 * once may be part of a name as well: DAV of David, DAN of Jordan. */
static void
split_at_ids (const char *body, gboolean folded, LanyardAamvaElements *elements)
{
  char id[ID_LETTERS + 1] = "", next[ID_LETTERS + 1];
  const char *from = NULL;
  const char *at = skip_type (body, folded);

  elements->unparted = TRUE;
  for (; TRUE; at++)
    {
      gboolean begins = take_id (at, folded, next);
      gboolean ends = *at == '\0' || *at == '\r' || *at == '\n';

      if (from != NULL && (begins || ends))
        {
          elements->ambiguous
              = elements->ambiguous || lanyard_aamva_elements_get (elements, id) != NULL;
          add (elements, id, from, (gsize)(at - from));
          from = NULL;
        }
      if (ends)
        return;
      if (begins)
        {
          memcpy (id, next, sizeof id);
          from = at + ID_LETTERS;
          at += ID_LETTERS - 1;
        }
    }
}

void
lanyard_aamva_split (const char *body,
                     gboolean folded,
                     LanyardAamvaElements *elements,
                     LanyardAamvaQuirks *quirks)
{
  guint separators = 0, bars = 0;

  body = skip_rubbish (body, folded);
  for (const char *at = body; *at != '\0'; at++)
    {
      separators += is_separator (*at);
      bars += *at != '\n' && is_separator (*at);
    }
  if (separators < FEW_SEPARATORS)
    split_at_ids (body, folded, elements);
  else
    split_at_separators (body, folded, elements);
  if (separators < FEW_SEPARATORS || bars > separators / 2)
    *quirks |= LANYARD_AAMVA_QUIRK_SEPARATORS;
}

void
lanyard_aamva_elements_clear (LanyardAamvaElements *elements)
{
  for (guint i = 0; i < elements->n; i++)
    {
      sodium_memzero (elements->elements[i].value, strlen (elements->elements[i].value));
      g_free (elements->elements[i].value);
    }
  elements->n = 0;
}

const char *
lanyard_aamva_elements_get (const LanyardAamvaElements *elements, const char *id)
{
  for (guint i = 0; i < elements->n; i++)
    if (strcmp (elements->elements[i].id, id) == 0)
      return elements->elements[i].value;
  return NULL;
}
