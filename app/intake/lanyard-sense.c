/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-intake"

#include "lanyard-sense.h"

#include <string.h>

#include "lanyard-aamva.h"
#include "lanyard-base45.h"
#include "lanyard-credential.h"
#include "lanyard-mrz.h"
#include "lanyard-presented.h"

static gboolean
has_small_letters (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_islower (*text))
      return TRUE;
  return FALSE;
}

static gboolean
is_credential (const char *text)
{
  g_autoptr (GBytes) decoded = NULL;

  if (!lanyard_credential_has_prefix (text)
      || strnlen (text, LANYARD_CREDENTIAL_MAX_TEXT + 1) > LANYARD_CREDENTIAL_MAX_TEXT)
    return FALSE;
  decoded = lanyard_base45_decode (text + strlen (LANYARD_CREDENTIAL_PREFIX),
                                   LANYARD_CREDENTIAL_MAX_BYTES, NULL);
  return decoded != NULL && g_bytes_get_size (decoded) > 0;
}

static gboolean
is_number (const char *text)
{
  g_autofree char *number = NULL;

  if (has_small_letters (text))
    return FALSE;
  number = lanyard_presented_normalise_number (text);
  return number != NULL;
}

static gboolean
is_zone (const char *text)
{
  gsize n_bytes = strlen (text);
  g_autoptr (LanyardMrz) zone = NULL;

  if (n_bytes > LANYARD_MRZ_MAX_BYTES)
    return FALSE;
  zone = lanyard_mrz_parse (text, n_bytes, LANYARD_MRZ_PLAIN, NULL);
  return zone != NULL && zone->valid;
}

/* The file type is written in large letters: "ANSI " or "AAMVA" (AAMVA DL/ID §D.12.3). */
static gboolean
is_licence (const char *text)
{
  gsize n_bytes = strlen (text);
  g_autoptr (LanyardAamva) licence = NULL;

  if (n_bytes > LANYARD_AAMVA_MAX_BYTES || text[0] != '@'
      || (strstr (text, "ANSI") == NULL && strstr (text, "AAMVA") == NULL)
      || !lanyard_aamva_looks_like (text, n_bytes))
    return FALSE;
  licence = lanyard_aamva_parse (text, n_bytes, NULL);
  return licence != NULL;
}

gboolean
lanyard_sense_check (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return is_credential (text) || is_number (text) || is_zone (text) || is_licence (text);
}
