/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "lanyard-error.h"

/* More than the largest symbol holds (ISO/IEC 18004 table 7: 4,296 alphanumeric characters). */
#define MAX_TEXT_BYTES 4296

static QRecLevel
to_qrencode (LanyardQrLevel level)
{
  switch (level)
    {
    case LANYARD_QR_LEVEL_L:
      return QR_ECLEVEL_L;
    case LANYARD_QR_LEVEL_Q:
      return QR_ECLEVEL_Q;
    case LANYARD_QR_LEVEL_H:
      return QR_ECLEVEL_H;
    case LANYARD_QR_LEVEL_M:
    default:
      return QR_ECLEVEL_M;
    }
}

static LanyardQr *
from_qrencode (QRcode *code)
{
  LanyardQr *qr = g_new0 (LanyardQr, 1);
  gsize n_modules = (gsize)code->width * code->width;

  qr->size = code->width;
  qr->modules = g_malloc (n_modules);
  for (gsize i = 0; i < n_modules; i++)
    qr->modules[i] = code->data[i] & 1;

  return qr;
}

LanyardQr *
lanyard_qr_new (const char *text, LanyardQrLevel level, GError **error)
{
  QRcode *code = NULL;
  LanyardQr *qr;

  g_return_val_if_fail (text != NULL, NULL);

  /* In this mode libqrencode finds the cheapest segments itself: alphanumeric for "LY1:…". */
  if (*text != '\0' && strlen (text) <= MAX_TEXT_BYTES)
    code = QRcode_encodeString (text, 0, to_qrencode (level), QR_MODE_8, 1);
  if (code == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "A text of %" G_GSIZE_FORMAT " bytes does not fit into a QR code",
                   strlen (text));
      return NULL;
    }

  qr = from_qrencode (code);
  QRcode_free (code);

  return qr;
}

void
lanyard_qr_free (LanyardQr *qr)
{
  if (qr == NULL)
    return;

  g_free (qr->modules);
  g_free (qr);
}

gboolean
lanyard_qr_get (const LanyardQr *qr, guint x, guint y)
{
  g_return_val_if_fail (qr != NULL && x < qr->size && y < qr->size, FALSE);

  return qr->modules[(gsize)y * qr->size + x] != 0;
}
