/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-aim.h"

#include <string.h>

#define ECI_DIGITS 6

/* The symbologies that have a name here, and the modifiers that mean the ECI protocol: QR 2, 4, 6
 * (ISO/IEC 18004 annex F), PDF417 1, Data Matrix 4, 5, 6, Aztec 3, 4, 5 and with structured append
 * 9, A, B. */
static const struct
{
  char letter;
  const char *modifiers; /* (nullable): only with these; NULL: with any */
  LanyardSymbology symbology;
  const char *escaped; /* modifiers with which the data is escaped */
} known[] = {
  { 'A', NULL, LANYARD_SYMBOLOGY_CODE39, "" },
  { 'C', NULL, LANYARD_SYMBOLOGY_CODE128, "" },
  { 'E', "4", LANYARD_SYMBOLOGY_EAN8, "" },
  { 'E', NULL, LANYARD_SYMBOLOGY_EAN13, "" },
  { 'F', NULL, LANYARD_SYMBOLOGY_CODABAR, "" },
  { 'I', NULL, LANYARD_SYMBOLOGY_ITF, "" },
  { 'L', NULL, LANYARD_SYMBOLOGY_PDF417, "1" },
  { 'Q', NULL, LANYARD_SYMBOLOGY_QR, "246" },
  { 'd', NULL, LANYARD_SYMBOLOGY_DATA_MATRIX, "456" },
  { 'z', NULL, LANYARD_SYMBOLOGY_WEDGE, "3459AB" },
};

static gboolean
contains (const char *characters, char character)
{
  return character != '\0' && strchr (characters, character) != NULL;
}

static gboolean
is_charset_escape (const guint8 *data, gsize n_bytes)
{
  if (n_bytes < 1 + ECI_DIGITS || data[0] != '\\')
    return FALSE;
  for (guint i = 1; i <= ECI_DIGITS; i++)
    if (!g_ascii_isdigit (data[i]))
      return FALSE;
  return TRUE;
}

/* Every character set that a credential or a document uses has ASCII as it is: the name of the set
 * says nothing that is needed here. */
static gsize
unescape (guint8 *to, const guint8 *data, gsize n_bytes)
{
  gsize n = 0;

  for (gsize i = 0; i < n_bytes;)
    {
      if (is_charset_escape (data + i, n_bytes - i))
        i += 1 + ECI_DIGITS;
      else
        {
          gboolean doubled = i + 1 < n_bytes && data[i] == '\\' && data[i + 1] == '\\';

          to[n++] = data[i];
          i += doubled ? 2 : 1;
        }
    }
  return n;
}

static LanyardScan *
make_unescaped (LanyardSymbology symbology,
                LanyardScanSource source,
                const guint8 *data,
                gsize n_bytes)
{
  g_autofree guint8 *plain = g_malloc (n_bytes);
  gsize n_plain = unescape (plain, data, n_bytes);
  LanyardScan *scan = NULL;

  if (n_plain > 0)
    scan = lanyard_scan_new (symbology, source, plain, n_plain);
  explicit_bzero (plain, n_bytes);
  return scan;
}

gboolean
lanyard_aim_parse (const void *data, gsize n_bytes, LanyardAim *aim)
{
  const char *text = data;

  g_return_val_if_fail (data != NULL || n_bytes == 0, FALSE);
  g_return_val_if_fail (aim != NULL, FALSE);

  *aim = (LanyardAim){ .symbology = LANYARD_SYMBOLOGY_WEDGE };
  if (n_bytes < LANYARD_AIM_BYTES || text[0] != ']' || !g_ascii_isalpha (text[1])
      || !g_ascii_isalnum (text[2]))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (text[1] != known[i].letter)
        continue;
      if (known[i].modifiers != NULL && !contains (known[i].modifiers, text[2]))
        continue;
      aim->symbology = known[i].symbology;
      aim->escaped = contains (known[i].escaped, text[2]);
      break;
    }
  return TRUE;
}

LanyardScan *
lanyard_aim_make_scan (LanyardScanSource source, const void *data, gsize n_bytes, gboolean strip)
{
  const guint8 *content = data;
  LanyardAim aim = { .symbology = LANYARD_SYMBOLOGY_WEDGE };

  g_return_val_if_fail (data != NULL || n_bytes == 0, NULL);

  if (strip && lanyard_aim_parse (data, n_bytes, &aim))
    {
      content += LANYARD_AIM_BYTES;
      n_bytes -= LANYARD_AIM_BYTES;
    }
  if (n_bytes == 0 || n_bytes > LANYARD_SCAN_MAX_BYTES)
    return NULL;
  if (aim.escaped)
    return make_unescaped (aim.symbology, source, content, n_bytes);
  return lanyard_scan_new (aim.symbology, source, content, n_bytes);
}
