/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-aamva.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-aamva-private.h"
#include "lanyard-error.h"
#include "lanyard-secret.h"

/* The file type stands behind a compliance indicator and three separators; scanners lose some of
 * them and add others. */
#define MAX_BEFORE_FILE_TYPE 12
#define IIN_DIGITS 6
#define MAX_HEADER_DIGITS 12
#define MAX_SUBFILES 8
#define DESIGNATOR 10

/* What stands before the elements. */
typedef struct
{
  const char *body; /* borrowed: what stands behind the designators */
  gboolean folded;  /* in small letters: a keyboard with caps lock */
  guint version;
} Header;

static const char *
find_file_type (const char *text, gsize n_bytes, gboolean *is_standard)
{
  for (gsize i = 0; i + 5 <= n_bytes && i <= MAX_BEFORE_FILE_TYPE; i++)
    {
      if (g_ascii_strncasecmp (text + i, "ANSI", 4) == 0
          && (text[i + 4] == ' ' || g_ascii_isdigit (text[i + 4])))
        {
          *is_standard = strncmp (text + i, "ANSI ", 5) == 0;
          return text + i + 4;
        }
      if (g_ascii_strncasecmp (text + i, "AAMVA", 5) == 0)
        {
          *is_standard = FALSE;
          return text + i + 5;
        }
    }
  return NULL;
}

gboolean
lanyard_aamva_looks_like (const char *text, gsize n_bytes)
{
  gboolean is_standard;
  const char *at;
  guint n = 0;

  g_return_val_if_fail (text != NULL || n_bytes == 0, FALSE);

  at = find_file_type (text, n_bytes, &is_standard);
  while (at != NULL && at < text + n_bytes && *at == ' ')
    at++;
  while (at != NULL && at + n < text + n_bytes && g_ascii_isdigit (at[n]))
    n++;
  return n >= IIN_DIGITS + 2;
}

static gboolean
is_type (const char *at)
{
  return g_ascii_strncasecmp (at, "DL", 2) == 0 || g_ascii_strncasecmp (at, "ID", 2) == 0
         || g_ascii_strncasecmp (at, "EN", 2) == 0;
}

/* Two letters, four characters of offset, four of length: digits, but for one issuer that writes
 * letters. */
static gboolean
is_designator (const char *at)
{
  gboolean digits = TRUE;

  if (!g_ascii_isalpha (at[0]) || !g_ascii_isalpha (at[1]))
    return FALSE;
  for (guint i = 2; i < DESIGNATOR && digits; i++)
    digits = g_ascii_isdigit (at[i]);
  return digits;
}

/* A designator says where its subfile begins, counted from the first character. What is behind the
 * designators is read whatever they say; they only tell the type, and whether the text is in order.
 */
static const char *
skip_designators (const char *text, gsize n_bytes, const char *at, LanyardAamva *aamva)
{
  guint64 offset = 0;

  for (guint i = 0; i < MAX_SUBFILES && is_designator (at); i++, at += DESIGNATOR)
    {
      char digits[5] = { at[2], at[3], at[4], at[5], '\0' };

      if (!is_type (at) || aamva->type[0] != '\0')
        continue;
      for (guint c = 0; c < 2; c++)
        aamva->type[c] = g_ascii_toupper (at[c]);
      offset = g_ascii_strtoull (digits, NULL, 10);
    }
  if (offset == 0 || offset + 2 > n_bytes || !is_type (text + offset))
    aamva->quirks |= LANYARD_AAMVA_QUIRK_OFFSETS;
  return at;
}

static gboolean
parse_header (const char *text, gsize n_bytes, LanyardAamva *aamva, Header *header)
{
  gboolean is_standard = FALSE;
  const char *at = find_file_type (text, n_bytes, &is_standard);
  char digits[MAX_HEADER_DIGITS + 1] = "";
  guint n = 0;

  if (at == NULL)
    return FALSE;
  header->folded = g_ascii_islower (at[-1]);
  while (*at == ' ')
    at++;
  while (n < MAX_HEADER_DIGITS && g_ascii_isdigit (*at))
    digits[n++] = *at++;
  if (n < IIN_DIGITS + 2)
    return FALSE;
  memcpy (aamva->iin, digits, IIN_DIGITS);
  aamva->version = (guint)(digits[IIN_DIGITS] - '0') * 10 + (guint)(digits[IIN_DIGITS + 1] - '0');
  if (!is_standard || n != (aamva->version < 2 ? MAX_HEADER_DIGITS - 2u : MAX_HEADER_DIGITS))
    aamva->quirks |= LANYARD_AAMVA_QUIRK_HEADER;
  header->body = skip_designators (text, n_bytes, at, aamva);
  if (aamva->type[0] == '\0')
    memcpy (aamva->type, g_ascii_strncasecmp (header->body, "ID", 2) == 0 ? "ID" : "DL", 3);
  return TRUE;
}

/* The number of the issuer decides; where it means nothing, the address on the card does. */
static void
take_issuer (LanyardAamva *aamva, const LanyardAamvaElements *elements)
{
  const char *known = lanyard_aamva_issuer_of (aamva->iin);
  const char *country = lanyard_aamva_elements_get (elements, "DCG");
  const char *place = lanyard_aamva_elements_get (elements, "DAJ");

  if (place == NULL)
    place = lanyard_aamva_elements_get (elements, "DAO");
  if (known != NULL)
    g_strlcpy (aamva->issuer, known, sizeof aamva->issuer);
  else if (place != NULL && strlen (place) == 2 && g_ascii_isalpha (place[0])
           && g_ascii_isalpha (place[1]))
    g_snprintf (aamva->issuer, sizeof aamva->issuer, "%s-%c%c",
                country != NULL && g_ascii_strncasecmp (country, "CAN", 3) == 0 ? "CA" : "US",
                g_ascii_toupper (place[0]), g_ascii_toupper (place[1]));
}

static void
take_number (LanyardAamva *aamva, const LanyardAamvaElements *elements)
{
  const char *value = lanyard_aamva_elements_get (elements, "DAQ");
  GString *number = g_string_new (NULL);

  for (const char *at = value; at != NULL && *at != '\0'; at++)
    if (*at != ' ')
      g_string_append_c (number, g_ascii_toupper (*at));
  if (strcmp (number->str, "NONE") == 0 || strcmp (number->str, "UNAVL") == 0)
    g_string_truncate (number, 0);
  aamva->number = g_string_free (number, FALSE);
}

static void
take_rest (LanyardAamva *aamva, const LanyardAamvaElements *elements)
{
  const char *sex = lanyard_aamva_elements_get (elements, "DBC");
  /* Version 1 had one order for all. */
  gboolean canadian = aamva->version < 2 || g_str_has_prefix (aamva->issuer, "CA-"), odd = FALSE;

  aamva->sex = 'X';
  if (sex != NULL && (*sex == '1' || *sex == 'M' || *sex == 'm'))
    aamva->sex = 'M';
  else if (sex != NULL && (*sex == '2' || *sex == 'F' || *sex == 'f'))
    aamva->sex = 'F';
  aamva->birth
      = lanyard_aamva_parse_date (lanyard_aamva_elements_get (elements, "DBB"), canadian, &odd);
  aamva->expiry
      = lanyard_aamva_parse_date (lanyard_aamva_elements_get (elements, "DBA"), canadian, &odd);
  if (odd)
    aamva->quirks |= LANYARD_AAMVA_QUIRK_DATES;
}

/* Returns: (transfer full) (nullable): UTF-8 without NUL */
static char *
dup_utf8 (const char *text, gsize n_bytes, LanyardAamvaQuirks *quirks)
{
  if (memchr (text, '\0', n_bytes) != NULL)
    return NULL;
  if (g_utf8_validate_len (text, n_bytes, NULL))
    return g_strndup (text, n_bytes);
  *quirks |= LANYARD_AAMVA_QUIRK_ENCODING;
  return g_convert (text, (gssize)n_bytes, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

static gboolean
fill (LanyardAamva *aamva, const char *text)
{
  Header header = { 0 };
  LanyardAamvaElements elements = { .n = 0 };
  gboolean ok;

  if (!parse_header (text, strlen (text), aamva, &header))
    return FALSE;
  lanyard_aamva_split (header.body, header.folded, &elements, &aamva->quirks);
  take_issuer (aamva, &elements);
  take_number (aamva, &elements);
  lanyard_aamva_take_names (aamva, &elements);
  aamva->names_unsure = elements.unparted;
  take_rest (aamva, &elements);
  ok = !elements.ambiguous && aamva->number[0] != '\0'
       && (aamva->family[0] != '\0' || aamva->given[0] != '\0');
  lanyard_aamva_elements_clear (&elements);
  return ok;
}

LanyardAamva *
lanyard_aamva_parse (const char *text, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardAamva) aamva = NULL;
  char *utf8;
  gboolean ok;

  g_return_val_if_fail (text != NULL || n_bytes == 0, NULL);

  if (n_bytes > LANYARD_AAMVA_MAX_BYTES)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "This is longer than any driving licence's code.");
      return NULL;
    }
  aamva = g_new0 (LanyardAamva, 1);
  utf8 = n_bytes > 0 ? dup_utf8 (text, n_bytes, &aamva->quirks) : NULL;
  ok = utf8 != NULL && fill (aamva, utf8);
  if (utf8 != NULL)
    sodium_memzero (utf8, strlen (utf8));
  g_free (utf8);
  if (!ok)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "This is no driving licence's code that can be read; show it again.");
      return NULL;
    }
  return g_steal_pointer (&aamva);
}

void
lanyard_aamva_free (LanyardAamva *aamva)
{
  if (aamva == NULL)
    return;
  lanyard_secret_free (aamva->number);
  lanyard_secret_free (aamva->family);
  lanyard_secret_free (aamva->given);
  lanyard_secret_free (aamva->middle);
  lanyard_secret_free (aamva->suffix);
  sodium_memzero (aamva, sizeof *aamva);
  g_free (aamva);
}
