/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-port"

#include "lanyard-scan.h"

#include <string.h>

static void
free_wiped (gpointer data)
{
  GByteArray *bytes = data;

  if (bytes->len > 0) /* an empty array has no data */
    explicit_bzero (bytes->data, bytes->len);
  g_byte_array_unref (bytes);
}

const char *
lanyard_symbology_to_string (LanyardSymbology symbology)
{
  switch (symbology)
    {
    case LANYARD_SYMBOLOGY_NONE:
      return "typed";
    case LANYARD_SYMBOLOGY_QR:
      return "QR-Code";
    case LANYARD_SYMBOLOGY_CODE128:
      return "Code-128";
    case LANYARD_SYMBOLOGY_CODE39:
      return "Code-39";
    case LANYARD_SYMBOLOGY_ITF:
      return "ITF";
    case LANYARD_SYMBOLOGY_CODABAR:
      return "Codabar";
    case LANYARD_SYMBOLOGY_EAN13:
      return "EAN-13";
    case LANYARD_SYMBOLOGY_EAN8:
      return "EAN-8";
    case LANYARD_SYMBOLOGY_UPCA:
      return "UPC-A";
    case LANYARD_SYMBOLOGY_UPCE:
      return "UPC-E";
    case LANYARD_SYMBOLOGY_PDF417:
      return "PDF417";
    case LANYARD_SYMBOLOGY_DATA_MATRIX:
      return "Data-Matrix";
    case LANYARD_SYMBOLOGY_MRZ:
      return "MRZ";
    case LANYARD_SYMBOLOGY_WEDGE:
      return "wedge";
    default:
      return "unknown";
    }
}

LanyardScan *
lanyard_scan_new (LanyardSymbology symbology,
                  LanyardScanSource source,
                  const void *data,
                  gsize n_bytes)
{
  LanyardScan *scan = g_new0 (LanyardScan, 1);
  GByteArray *bytes = g_byte_array_sized_new (MIN (n_bytes, LANYARD_SCAN_MAX_BYTES));

  if (n_bytes > 0)
    g_byte_array_append (bytes, data, MIN (n_bytes, LANYARD_SCAN_MAX_BYTES));
  scan->symbology = symbology;
  scan->source = source;
  scan->data = g_bytes_new_with_free_func (bytes->data, bytes->len, free_wiped, bytes);
  return scan;
}

LanyardScan *
lanyard_scan_copy (const LanyardScan *scan)
{
  LanyardScan *copy;

  g_return_val_if_fail (scan != NULL, NULL);

  copy = g_memdup2 (scan, sizeof *scan);
  g_bytes_ref (copy->data);
  return copy;
}

void
lanyard_scan_free (LanyardScan *scan)
{
  if (scan == NULL)
    return;
  g_clear_pointer (&scan->data, g_bytes_unref);
  g_free (scan);
}

char *
lanyard_scan_dup_text (const LanyardScan *scan)
{
  gsize n_bytes;
  const char *data;

  g_return_val_if_fail (scan != NULL, NULL);

  data = g_bytes_get_data (scan->data, &n_bytes);
  /* g_utf8_validate_len() refuses NUL characters as well. */
  if (n_bytes == 0 || !g_utf8_validate_len (data, n_bytes, NULL))
    return NULL;
  return g_strndup (data, n_bytes);
}
