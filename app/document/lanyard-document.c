/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-document.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-secret.h"

#define MAX_KEYS 4

/* 9303-5 and -6: A, C and I are for the issuer to choose between. */
static void
take_type (LanyardDocument *document, const char *code)
{
  char first = code[0];

  document->type[0] = first == 'A' || first == 'C' ? 'I' : first;
}

/* A repair where no check digit looks is a guess: 0 may have been O, D or Q. */
static void
doubt_repairs (LanyardDocument *document, const LanyardMrz *mrz)
{
  for (guint i = 0; i < mrz->n_repairs; i++)
    if (mrz->repairs[i].field == LANYARD_MRZ_FIELD_NAMES)
      document->names_unsure = TRUE;
    else if (mrz->repairs[i].field == LANYARD_MRZ_FIELD_NATIONALITY)
      document->nationality[0] = '\0';
}

LanyardDocument *
lanyard_document_new_from_mrz (const LanyardMrz *mrz, const LanyardDate *today)
{
  LanyardDocument *document;

  g_return_val_if_fail (mrz != NULL && today != NULL, NULL);

  document = g_new0 (LanyardDocument, 1);
  document->format = mrz->format;
  take_type (document, mrz->code);
  g_strlcpy (document->issuer, mrz->issuer, sizeof document->issuer);
  g_strlcpy (document->nationality, mrz->nationality, sizeof document->nationality);
  document->sex = mrz->sex;
  document->number = g_strdup (mrz->number);
  document->family = g_strdup (mrz->primary);
  document->given = g_strdup (mrz->secondary);
  document->names_cut = mrz->names_fill;
  document->birth = lanyard_date_complete (mrz->birth.year, mrz->birth.month, mrz->birth.day,
                                           LANYARD_CENTURY_PAST, today);
  document->expiry = lanyard_date_complete (mrz->expiry.year, mrz->expiry.month, mrz->expiry.day,
                                            LANYARD_CENTURY_NEAREST, today);
  document->sound = mrz->valid;
  document->n_repairs = mrz->n_repairs;
  doubt_repairs (document, mrz);
  return document;
}

LanyardDocument *
lanyard_document_new_from_aamva (const LanyardAamva *aamva)
{
  LanyardDocument *document;

  g_return_val_if_fail (aamva != NULL, NULL);

  document = g_new0 (LanyardDocument, 1);
  g_strlcpy (document->type, strcmp (aamva->type, "ID") == 0 ? "I" : "DL", sizeof document->type);
  g_strlcpy (document->issuer, aamva->issuer, sizeof document->issuer);
  document->sex = aamva->sex;
  document->number = g_strdup (aamva->number);
  document->family = g_strdup (aamva->family);
  document->given = aamva->middle[0] != '\0' ? g_strjoin (" ", aamva->given, aamva->middle, NULL)
                                             : g_strdup (aamva->given);
  document->one_list = aamva->one_name;
  document->names_cut = aamva->family_cut || aamva->given_cut || aamva->middle_cut;
  document->names_unsure = aamva->names_unsure;
  document->birth = aamva->birth;
  document->expiry = aamva->expiry;
  document->sound = TRUE;
  return document;
}

LanyardDocument *
lanyard_document_parse (const char *text,
                        gsize n_bytes,
                        LanyardMrzFlags flags,
                        const LanyardDate *today,
                        GError **error)
{
  g_autoptr (LanyardMrz) mrz = NULL;
  g_autoptr (LanyardAamva) aamva = NULL;

  g_return_val_if_fail (text != NULL || n_bytes == 0, NULL);
  g_return_val_if_fail (today != NULL, NULL);

  if (lanyard_aamva_looks_like (text, n_bytes))
    {
      aamva = lanyard_aamva_parse (text, n_bytes, error);
      return aamva != NULL ? lanyard_document_new_from_aamva (aamva) : NULL;
    }
  mrz = lanyard_mrz_parse (text, n_bytes, flags, error);
  return mrz != NULL ? lanyard_document_new_from_mrz (mrz, today) : NULL;
}

void
lanyard_document_free (LanyardDocument *document)
{
  if (document == NULL)
    return;
  lanyard_secret_free (document->number);
  lanyard_secret_free (document->family);
  lanyard_secret_free (document->given);
  sodium_memzero (document, sizeof *document);
  g_free (document);
}

static void
add_key (char **keys, const LanyardDocument *document, const char *issuer, const char *number)
{
  char *key = g_strdup_printf ("%s:%s:%s", document->type, issuer, number);

  for (char **other = keys; *other != NULL; other++)
    if (strcmp (*other, key) == 0)
      {
        lanyard_secret_free (key);
        return;
      }
  keys[g_strv_length (keys)] = key;
}

static char *
dup_plain (const char *number)
{
  char *plain = g_strdup (number);
  gsize n = 0;

  for (const char *at = number; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      plain[n++] = *at;
  memset (plain + n, 0, strlen (number) - n);
  return plain;
}

char **
lanyard_document_dup_keys (const LanyardDocument *document)
{
  char **keys = g_new0 (char *, MAX_KEYS + 1);
  char *plain;

  g_return_val_if_fail (document != NULL, keys);

  plain = dup_plain (document->number);
  if (plain[0] != '\0')
    {
      add_key (keys, document, document->issuer, document->number);
      add_key (keys, document, document->issuer, plain);
      if (strcmp (document->issuer, "D") == 0)
        {
          add_key (keys, document, "DEU", document->number);
          add_key (keys, document, "DEU", plain);
        }
    }
  lanyard_secret_free (plain);
  return keys;
}

void
lanyard_document_free_keys (char **keys)
{
  for (char **key = keys; key != NULL && *key != NULL; key++)
    sodium_memzero (*key, strlen (*key));
  g_strfreev (keys);
}

/* 9303-3 §5: Germany is the one with a code of one letter. */
static const char *
long_code (const char *code)
{
  return g_ascii_strcasecmp (code, "D") == 0 ? "DEU" : code;
}

gboolean
lanyard_document_same_code (const char *a, const char *b)
{
  g_return_val_if_fail (a != NULL, FALSE);

  return b != NULL && g_ascii_strcasecmp (long_code (a), long_code (b)) == 0;
}
