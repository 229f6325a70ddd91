/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-intake"

#include "lanyard-presented.h"

#include <string.h>

#include "lanyard-id.h"

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
dup_credential (const LanyardScan *scan, const char *text)
{
  gboolean keyed
      = scan->source == LANYARD_SCAN_SOURCE_WEDGE || scan->source == LANYARD_SCAN_SOURCE_TYPED;
  g_autofree char *credential = keyed ? g_ascii_strup (text, -1) : g_strdup (text);
  gsize length = strlen (credential);

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
  g_autoptr (GString) number = NULL;
  g_autofree char *trimmed = NULL;
  gboolean has_digit = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_NUMBER_TEXT + 1) > MAX_NUMBER_TEXT)
    return NULL;
  trimmed = g_strstrip (g_strdup (text));
  number = g_string_new (NULL);
  for (const char *p = trimmed; *p; p++)
    {
      if (is_separator (*p))
        continue;
      if (!g_ascii_isalnum (*p))
        return NULL;
      has_digit = has_digit || g_ascii_isdigit (*p);
      g_string_append_c (number, g_ascii_toupper (*p));
    }
  if (!has_digit || number->len < MIN_NUMBER_CHARACTERS || number->len > MAX_NUMBER_CHARACTERS
      || !lanyard_check_verify (number->str))
    return NULL;
  return g_string_free (g_steal_pointer (&number), FALSE);
}

LanyardPresented *
lanyard_presented_identify (const LanyardScan *scan, const LanyardPresentedContext *context)
{
  LanyardPresented *presented;
  g_autofree char *text = NULL;
  g_autofree char *credential = NULL;

  g_return_val_if_fail (scan != NULL && scan->data != NULL, NULL);
  g_return_val_if_fail (context != NULL && context->event != NULL && context->trust != NULL, NULL);

  presented = g_new0 (LanyardPresented, 1);
  presented->kind = LANYARD_PRESENTED_FOREIGN;
  if (g_bytes_get_size (scan->data) > LANYARD_SCAN_MAX_BYTES || is_retail (scan->symbology))
    return presented;
  text = lanyard_scan_dup_text (scan);
  if (text == NULL)
    return presented;

  credential = dup_credential (scan, text);
  if (credential)
    {
      judge_credential (presented, credential, context);
      return presented;
    }
  presented->number = lanyard_presented_normalise_number (text);
  if (presented->number)
    presented->kind = LANYARD_PRESENTED_NUMBER;
  return presented;
}

void
lanyard_presented_free (LanyardPresented *presented)
{
  if (presented == NULL)
    return;
  lanyard_claims_free (presented->claims);
  g_free (presented->number);
  g_clear_error (&presented->error);
  g_free (presented);
}
