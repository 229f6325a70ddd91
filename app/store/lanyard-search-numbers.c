/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A table of many short lists, so that none takes long to move when it grows: the first 16 bits of
 * a hash say which one, the next 32 stand in it beside the row.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-search-numbers.h"

#include <sodium.h>
#include <string.h>

#define N_LISTS 65536
#define FIRST_ROOM 4
/* Shorter ones are years, rooms and shirts. */
#define MIN_CHARACTERS 5
#define MAX_CHARACTERS 40

typedef struct
{
  guint32 hash;
  guint32 id;
} Row;

typedef struct
{
  guint32 n;
  guint32 room;
  Row *rows; /* owned (nullable) */
} List;

/* A number in one form. */
typedef struct
{
  char text[MAX_CHARACTERS];
  gsize n;
} Number;

struct _LanyardSearchNumbers
{
  guint8 key[crypto_shorthash_KEYBYTES];
  List lists[N_LISTS];
  gsize n_bytes; /* of all rows */
};

/* Returns: FALSE where it is no number of a document */
static gboolean
normalise (const char *text, Number *number)
{
  gboolean digit = FALSE;

  number->n = 0;
  for (; *text != '\0'; text++)
    {
      if (*text == ' ' || *text == '-' || *text == '/' || *text == '.')
        continue;
      if (!g_ascii_isalnum (*text) || number->n == MAX_CHARACTERS)
        return FALSE;
      digit = digit || g_ascii_isdigit (*text);
      number->text[number->n++] = g_ascii_toupper (*text);
    }
  return digit && number->n >= MIN_CHARACTERS;
}

static const char *
find_number (const char *document)
{
  const char *issuer = strchr (document, ':');
  const char *number = issuer != NULL ? strchr (issuer + 1, ':') : NULL;

  return number != NULL ? number + 1 : "";
}

static List *
find_list (LanyardSearchNumbers *numbers, const Number *number, guint32 *rest)
{
  guint8 hash[crypto_shorthash_BYTES];
  guint16 list;

  crypto_shorthash (hash, (const guint8 *)number->text, number->n, numbers->key);
  memcpy (&list, hash, sizeof list);
  memcpy (rest, hash + sizeof list, sizeof *rest);
  return &numbers->lists[list];
}

LanyardSearchNumbers *
lanyard_search_numbers_new (void)
{
  LanyardSearchNumbers *numbers = g_new0 (LanyardSearchNumbers, 1);

  crypto_shorthash_keygen (numbers->key);
  return numbers;
}

void
lanyard_search_numbers_free (LanyardSearchNumbers *numbers)
{
  if (numbers == NULL)
    return;
  for (guint i = 0; i < N_LISTS; i++)
    g_free (numbers->lists[i].rows);
  sodium_memzero (numbers->key, sizeof numbers->key);
  g_free (numbers);
}

void
lanyard_search_numbers_add (LanyardSearchNumbers *numbers, const char *document, guint32 id)
{
  Number number;
  guint32 rest;
  List *list;

  g_return_if_fail (numbers != NULL && document != NULL);

  if (!normalise (find_number (document), &number))
    return;
  list = find_list (numbers, &number, &rest);
  sodium_memzero (number.text, sizeof number.text);
  for (guint32 i = 0; i < list->n; i++)
    if (list->rows[i].hash == rest && list->rows[i].id == id)
      return;
  if (list->n == list->room)
    {
      guint32 room = list->room > 0 ? 2 * list->room : FIRST_ROOM;

      numbers->n_bytes += (room - list->room) * sizeof (Row);
      list->rows = g_renew (Row, list->rows, room);
      list->room = room;
    }
  list->rows[list->n++] = (Row){ .hash = rest, .id = id };
}

GArray *
lanyard_search_numbers_find (LanyardSearchNumbers *numbers, const char *text)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  Number number;
  guint32 rest;
  List *list;

  g_return_val_if_fail (numbers != NULL && text != NULL, ids);

  if (!normalise (text, &number))
    return ids;
  list = find_list (numbers, &number, &rest);
  sodium_memzero (number.text, sizeof number.text);
  for (guint32 i = 0; i < list->n; i++)
    if (list->rows[i].hash == rest)
      g_array_append_val (ids, list->rows[i].id);
  return ids;
}

gboolean
lanyard_search_numbers_is_of (const char *document, const char *text)
{
  Number of, typed;
  gboolean same;

  g_return_val_if_fail (document != NULL && text != NULL, FALSE);

  same = normalise (find_number (document), &of) && normalise (text, &typed) && of.n == typed.n
         && memcmp (of.text, typed.text, of.n) == 0;
  sodium_memzero (of.text, sizeof of.text);
  return same;
}

gsize
lanyard_search_numbers_get_bytes (LanyardSearchNumbers *numbers)
{
  return sizeof *numbers + numbers->n_bytes;
}
