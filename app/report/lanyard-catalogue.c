/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-catalogue.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-plural.h"

#define MO_MAGIC 0x950412de
#define MO_HEADER_BYTES 28
#define MAX_MESSAGES 10000

struct _LanyardCatalogue
{
  GBytes *mo;
  GHashTable *messages; /* (element-type utf8 GBytes): both inside mo */
  char *plural;         /* (nullable): expression */
};

static guint32
read_u32 (const guint8 *data, gsize offset)
{
  guint32 value;

  memcpy (&value, data + offset, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* Several texts with NUL between them are the forms of a plural. */
static gboolean
is_utf8 (const char *texts, gsize n_bytes)
{
  for (gsize at = 0; at <= n_bytes; at += strlen (texts + at) + 1)
    if (!g_utf8_validate (texts + at, -1, NULL))
      return FALSE;
  return TRUE;
}

/* One entry of either table: a length and an offset, and at the offset a text that ends with NUL.
 */
static GBytes *
read_text (GBytes *mo, gsize table, guint32 index)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (mo, &size);
  guint64 row = (guint64)table + (guint64)index * 8;
  guint32 length, offset;

  if (row + 8 > size)
    return NULL;
  length = read_u32 (data, row);
  offset = read_u32 (data, row + 4);
  if ((guint64)offset + length >= size || data[offset + length] != '\0'
      || !is_utf8 ((const char *)data + offset, length))
    return NULL;
  return g_bytes_new_from_bytes (mo, offset, length + 1);
}

static gboolean
read_messages (LanyardCatalogue *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->mo, &size);
  guint32 n, originals, translations;

  if (size < MO_HEADER_BYTES || read_u32 (data, 0) != MO_MAGIC)
    return FALSE;
  n = read_u32 (data, 8);
  originals = read_u32 (data, 12);
  translations = read_u32 (data, 16);
  if (n > MAX_MESSAGES)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    {
      g_autoptr (GBytes) msgid = read_text (self->mo, originals, i);
      g_autoptr (GBytes) text = read_text (self->mo, translations, i);

      if (msgid == NULL || text == NULL)
        return FALSE;
      g_hash_table_insert (self->messages, (char *)g_bytes_get_data (msgid, NULL),
                           g_steal_pointer (&text));
    }
  return TRUE;
}

static void
read_plural (LanyardCatalogue *self)
{
  const char *header = lanyard_catalogue_find (self, "");
  const char *start = header != NULL ? strstr (header, "plural=") : NULL;
  gulong form;

  /* "nplurals=" ends with the same letters */
  if (start != NULL && start > header && start[-1] == 'n')
    start = strstr (start + 1, "plural=");
  if (start == NULL)
    return;
  start += strlen ("plural=");
  self->plural = g_strndup (start, strcspn (start, ";\n"));
  if (!lanyard_plural_evaluate (self->plural, 1, &form))
    g_clear_pointer (&self->plural, g_free);
}

LanyardCatalogue *
lanyard_catalogue_new (GBytes *mo, GError **error)
{
  g_autoptr (LanyardCatalogue) self = g_new0 (LanyardCatalogue, 1);

  g_return_val_if_fail (mo != NULL, NULL);

  self->mo = g_bytes_ref (mo);
  self->messages
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  if (!read_messages (self))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "It is no catalogue of translations as msgfmt writes them in UTF-8, or it is "
                   "damaged; make it anew.");
      return NULL;
    }
  read_plural (self);
  return g_steal_pointer (&self);
}

void
lanyard_catalogue_free (LanyardCatalogue *catalogue)
{
  if (catalogue == NULL)
    return;
  g_hash_table_unref (catalogue->messages);
  g_bytes_unref (catalogue->mo);
  g_free (catalogue->plural);
  g_free (catalogue);
}

const char *
lanyard_catalogue_find (const LanyardCatalogue *catalogue, const char *msgid)
{
  GBytes *text;

  g_return_val_if_fail (catalogue != NULL && msgid != NULL, NULL);

  text = g_hash_table_lookup (catalogue->messages, msgid);
  return text != NULL && g_bytes_get_size (text) > 1 ? g_bytes_get_data (text, NULL) : NULL;
}

const char *
lanyard_catalogue_find_plural (const LanyardCatalogue *catalogue, const char *msgid, gulong n)
{
  GBytes *text;
  gsize size;
  const char *at, *end;
  gulong form = 0;

  g_return_val_if_fail (catalogue != NULL && msgid != NULL, NULL);

  text = g_hash_table_lookup (catalogue->messages, msgid);
  if (text == NULL || catalogue->plural == NULL)
    return NULL;
  lanyard_plural_evaluate (catalogue->plural, n, &form);
  at = g_bytes_get_data (text, &size);
  end = at + size;
  while (form-- > 0 && at < end)
    at += strlen (at) + 1;
  return at < end && *at != '\0' ? at : NULL;
}

/* Each form has as many places to fill as the words that it stands for. */
static gboolean
has_places (const char *msgid, GBytes *texts)
{
  gsize size;
  const char *at = g_bytes_get_data (texts, &size);
  const char *end = at + size;
  gboolean places = strstr (msgid, "%s") != NULL;

  for (; at < end; at += strlen (at) + 1)
    if (*at != '\0' && (strstr (at, "%s") != NULL) != places)
      return FALSE;
  return TRUE;
}

gboolean
lanyard_catalogue_check (const LanyardCatalogue *catalogue, GError **error)
{
  GHashTableIter iter;
  gpointer msgid, texts;

  g_return_val_if_fail (catalogue != NULL, FALSE);

  g_hash_table_iter_init (&iter, catalogue->messages);
  while (g_hash_table_iter_next (&iter, &msgid, &texts))
    {
      if (*(const char *)msgid == '\0' || has_places (msgid, texts))
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "the words for \"%s\" must have a %%s where those have one", (char *)msgid);
      return FALSE;
    }
  return TRUE;
}
