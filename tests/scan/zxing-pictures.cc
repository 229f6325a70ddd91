/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "zxing-pictures.h"

#include <string>

#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>

LanyardPoint
picture_draw_symbol (Picture *picture,
                     guint x,
                     guint y,
                     guint module_px,
                     LanyardSymbology symbology,
                     const char *latin1)
{
  ZXing::MultiFormatWriter writer (symbology == LANYARD_SYMBOLOGY_PDF417
                                       ? ZXing::BarcodeFormat::PDF417
                                       : ZXing::BarcodeFormat::DataMatrix);
  std::wstring text;

  for (const char *c = latin1; *c != '\0'; c++)
    text.push_back (wchar_t (guint8 (*c)));
  writer.setMargin (0).setEncoding (ZXing::CharacterSet::ISO8859_1);
  ZXing::BitMatrix modules = writer.encode (text, 0, 0);

  g_assert_cmpuint (x + modules.width () * module_px, <=, picture->width);
  g_assert_cmpuint (y + modules.height () * module_px, <=, picture->height);
  for (guint j = 0; j < modules.height () * module_px; j++)
    for (guint i = 0; i < modules.width () * module_px; i++)
      if (modules.get (i / module_px, j / module_px))
        picture->pixels[(y + j) * picture->width + x + i] = 0;
  return { double (x + modules.width () * module_px), double (y + modules.height () * module_px) };
}
