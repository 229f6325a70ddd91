/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-intake"

#include "lanyard-presented.h"

#include <string.h>

#include "lanyard-id.h"
#include "lanyard-secret.h"

/* Accreditation numbers: what an entry may have, and what is too short to be more than chance. */
#define MIN_NUMBER_CHARACTERS 6
#define MAX_NUMBER_CHARACTERS 32
/* The longest text that is looked at as a number: with its separators. */
#define MAX_NUMBER_TEXT 64

/* Codes of shops. One in 36 of them would pass for an accreditation number. */
static gboolean
is_retail (LanyardSymbology symbology)
{
  return symbology == LANYARD_SYMBOLOGY_EAN13 || symbology == LANYARD_SYMBOLOGY_EAN8
         || symbology == LANYARD_SYMBOLOGY_UPCA || symbology == LANYARD_SYMBOLOGY_UPCE;
}

static gboolean
is_separator (char character)
{
  return strchr (" -./", character) != NULL;
}

/* The text as a signed credential, or NULL. Base45 has neither line ends nor small letters: both
 * are what a keyboard scanner makes of it (its Enter; the caps lock of the keyboard beside it). */
static char *
dup_credential_text (const LanyardScan *scan, const char *text)
{
  gboolean keyed
      = scan->source == LANYARD_SCAN_SOURCE_WEDGE || scan->source == LANYARD_SCAN_SOURCE_TYPED;
  g_autofree char *credential = NULL;
  gsize length;

  /* Nothing is copied that is surely none: it may be somebody's passport. */
  if (g_ascii_strncasecmp (text, LANYARD_CREDENTIAL_PREFIX, strlen (LANYARD_CREDENTIAL_PREFIX))
      != 0)
    return NULL;
  credential = keyed ? g_ascii_strup (text, -1) : g_strdup (text);
  length = strlen (credential);
  while (length > 0 && strchr ("\r\n\t", credential[length - 1]))
    credential[--length] = '\0';
  return lanyard_credential_has_prefix (credential) ? g_steal_pointer (&credential) : NULL;
}

static void
judge_credential (LanyardPresented *presented,
                  const char *text,
                  const LanyardPresentedContext *context)
{
  presented->claims
      = lanyard_credential_verify (text, context->event, context->trust, context->negative,
                                   context->now_s, &presented->error);
  if (presented->claims == NULL)
    {
      presented->kind = LANYARD_PRESENTED_REJECTED;
      return;
    }
  presented->kind = LANYARD_PRESENTED_CREDENTIAL;
  presented->number = g_strdup (presented->claims->number);
}

char *
lanyard_presented_normalise_number (const char *text)
{
  char number[MAX_NUMBER_TEXT + 1];
  gboolean has_digit = FALSE;
  gsize length, n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  length = strnlen (text, MAX_NUMBER_TEXT + 1);
  if (length > MAX_NUMBER_TEXT)
    return NULL;
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  for (gsize i = 0; i < length; i++)
    {
      if (is_separator (text[i]))
        continue;
      if (!g_ascii_isalnum (text[i]))
        return NULL;
      has_digit = has_digit || g_ascii_isdigit (text[i]);
      number[n++] = g_ascii_toupper (text[i]);
    }
  number[n] = '\0';
  if (!has_digit || n < MIN_NUMBER_CHARACTERS || n > MAX_NUMBER_CHARACTERS
      || !lanyard_check_verify (number))
    return NULL;
  return g_strdup (number);
}

/* A code of 72, 88 or 90 letters and digits is no zone: each of those has fillers. */
static gboolean
may_be_zone (const char *data, gsize n_bytes)
{
  return n_bytes > 0 && n_bytes <= LANYARD_MRZ_MAX_BYTES && memchr (data, '<', n_bytes) != NULL;
}

/* A machine readable zone or a driving licence. Bytes, not text: licences of old are not UTF-8. */
static void
judge_document (LanyardPresented *presented,
                const LanyardScan *scan,
                const LanyardPresentedContext *context)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (scan->data, &n_bytes);
  LanyardDate today = lanyard_date_from_s (context->now_s);
  gboolean keyed
      = scan->source == LANYARD_SCAN_SOURCE_WEDGE || scan->source == LANYARD_SCAN_SOURCE_TYPED;
  LanyardMrzFlags flags = LANYARD_MRZ_REPAIR | (keyed ? LANYARD_MRZ_TYPED : LANYARD_MRZ_PLAIN);
  gboolean is_licence = lanyard_aamva_looks_like (data, n_bytes);

  if (!is_licence && !may_be_zone (data, n_bytes))
    return;
  presented->document = lanyard_document_parse (data, n_bytes, flags, &today, NULL);
  if (presented->document != NULL && presented->document->sound)
    {
      presented->kind = LANYARD_PRESENTED_DOCUMENT;
      return;
    }
  if (is_licence || presented->document != NULL)
    presented->kind = LANYARD_PRESENTED_UNCLEAR;
  g_clear_pointer (&presented->document, lanyard_document_free);
}

/* The kinds that are text. Returns: whether it is one of them */
static gboolean
judge_text (LanyardPresented *presented,
            const LanyardScan *scan,
            const char *text,
            const LanyardPresentedContext *context)
{
  g_autofree char *credential = dup_credential_text (scan, text);

  if (credential)
    {
      judge_credential (presented, credential, context);
      return TRUE;
    }
  presented->number = lanyard_presented_normalise_number (text);
  if (presented->number)
    presented->kind = LANYARD_PRESENTED_NUMBER;
  return presented->number != NULL;
}

LanyardPresented *
lanyard_presented_identify (const LanyardScan *scan, const LanyardPresentedContext *context)
{
  LanyardPresented *presented;
  char *text;

  g_return_val_if_fail (scan != NULL && scan->data != NULL, NULL);
  g_return_val_if_fail (context != NULL && context->event != NULL && context->trust != NULL, NULL);

  presented = g_new0 (LanyardPresented, 1);
  presented->kind = LANYARD_PRESENTED_FOREIGN;
  if (g_bytes_get_size (scan->data) > LANYARD_SCAN_MAX_BYTES
      || (is_retail (scan->symbology)
          && (context->symbologies & LANYARD_SYMBOLOGY_BIT (scan->symbology)) == 0))
    return presented;
  text = lanyard_scan_dup_text (scan);
  if (text == NULL || !judge_text (presented, scan, text, context))
    judge_document (presented, scan, context);
  lanyard_secret_free (text);
  return presented;
}

char *
lanyard_presented_dup_credential (const LanyardScan *scan)
{
  char *text;
  char *credential = NULL;

  g_return_val_if_fail (scan != NULL, NULL);

  if (g_bytes_get_size (scan->data) > LANYARD_SCAN_MAX_BYTES)
    return NULL;
  text = lanyard_scan_dup_text (scan);
  if (text != NULL)
    credential = dup_credential_text (scan, text);
  lanyard_secret_free (text);
  return credential;
}

void
lanyard_presented_free (LanyardPresented *presented)
{
  if (presented == NULL)
    return;
  lanyard_claims_free (presented->claims);
  lanyard_document_free (presented->document);
  g_free (presented->number);
  g_clear_error (&presented->error);
  g_free (presented);
}
