/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-zxing.h"

#include <exception>
#include <string>

#define ZX_USE_UTF8 1 /* the other text() is deprecated; neither is called */
#include <ZXing/ReadBarcode.h>

static const struct
{
  ZXing::BarcodeFormat format;
  LanyardSymbology symbology;
} symbologies[] = {
  { ZXing::BarcodeFormat::PDF417, LANYARD_SYMBOLOGY_PDF417 },
  { ZXing::BarcodeFormat::DataMatrix, LANYARD_SYMBOLOGY_DATA_MATRIX },
  { ZXing::BarcodeFormat::QRCode, LANYARD_SYMBOLOGY_QR },
  { ZXing::BarcodeFormat::Code128, LANYARD_SYMBOLOGY_CODE128 },
  { ZXing::BarcodeFormat::Code39, LANYARD_SYMBOLOGY_CODE39 },
  { ZXing::BarcodeFormat::ITF, LANYARD_SYMBOLOGY_ITF },
  { ZXing::BarcodeFormat::Codabar, LANYARD_SYMBOLOGY_CODABAR },
  { ZXing::BarcodeFormat::EAN13, LANYARD_SYMBOLOGY_EAN13 },
  { ZXing::BarcodeFormat::EAN8, LANYARD_SYMBOLOGY_EAN8 },
  { ZXing::BarcodeFormat::UPCA, LANYARD_SYMBOLOGY_UPCA },
  { ZXing::BarcodeFormat::UPCE, LANYARD_SYMBOLOGY_UPCE },
};

/* Shelves and blinds pass for a symbol of a single character: of codewords that are all 0 the error
 * correction is 0, too. What documents carry is longer. */
#define MIN_PDF417_BYTES 6

static ZXing::BarcodeFormats
formats_of (LanyardSymbologies symbologies_wanted)
{
  ZXing::BarcodeFormats formats;

  for (const auto &known : symbologies)
    if (symbologies_wanted & LANYARD_SYMBOLOGY_BIT (known.symbology))
      formats |= known.format;
  return formats;
}

static LanyardSymbology
symbology_of (ZXing::BarcodeFormat format)
{
  for (const auto &known : symbologies)
    if (known.format == format)
      return known.symbology;
  return LANYARD_SYMBOLOGY_NONE;
}

static void
report (const ZXing::Result &result,
        const ZXing::Position &position,
        LanyardFoundFunc func,
        gpointer user_data)
{
  LanyardFound found = {};

  found.symbology = symbology_of (result.format ());
  if (!result.isValid () || found.symbology == LANYARD_SYMBOLOGY_NONE)
    return;
  found.data = result.bytes ().data ();
  found.n_bytes = result.bytes ().size ();
  if (found.symbology == LANYARD_SYMBOLOGY_PDF417 && found.n_bytes < MIN_PDF417_BYTES)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (found.corners); i++)
    found.corners[i] = { double (position[i].x), double (position[i].y) };
  func (&found, user_data);
}

/* Upright around all symbols of a file: each may lie in its own way. */
static ZXing::Position
box_of_file (const ZXing::Results &parts, const std::string &id)
{
  int left = G_MAXINT, top = G_MAXINT, right = 0, bottom = 0;

  for (const auto &part : parts)
    if (part.isPartOfSequence () && part.sequenceId () == id)
      for (const auto &corner : part.position ())
        {
          left = MIN (left, corner.x);
          top = MIN (top, corner.y);
          right = MAX (right, corner.x);
          bottom = MAX (bottom, corner.y);
        }
  return { { left, top }, { right, top }, { right, bottom }, { left, bottom } };
}

/* libzxing takes more than it was told where one look finds several. */
static void
report_all (const ZXing::Results &results,
            guint max_symbols,
            LanyardFoundFunc func,
            gpointer user_data)
{
  guint n = 0;

  for (const auto &result : results)
    if (!result.isPartOfSequence () && n++ < max_symbols)
      report (result, result.position (), func, user_data);
  for (const auto &file : ZXing::MergeStructuredAppendSequences (results))
    if (n++ < max_symbols)
      report (file, box_of_file (results, file.sequenceId ()), func, user_data);
}

static ZXing::DecodeHints
hints_for (ZXing::BarcodeFormats formats, LanyardZxingEffort effort, guint max_symbols)
{
  bool thorough = effort == LANYARD_ZXING_EFFORT_THOROUGH;
  ZXing::DecodeHints hints;

  hints.setFormats (formats);
  hints.setTryHarder (thorough);
  hints.setTryRotate (thorough);
  hints.setTryDownscale (thorough);
  hints.setMaxNumberOfSymbols (guint8 (CLAMP (max_symbols, 1, 255)));
  return hints;
}

/* Nothing of C++ leaves this file: to find nothing is an answer that every caller knows. @func is C
 * and throws nothing. */
static void
read (const LanyardPlane *plane,
      const ZXing::DecodeHints &hints,
      guint max_symbols,
      LanyardFoundFunc func,
      gpointer user_data)
{
  if (plane->width > LANYARD_FRAME_MAX_SIDE_PX || plane->height > LANYARD_FRAME_MAX_SIDE_PX)
    return;
  try
    {
      ZXing::ImageView view (plane->data, int (plane->width), int (plane->height),
                             ZXing::ImageFormat::Lum, int (plane->stride));

      report_all (ZXing::ReadBarcodes (view, hints), max_symbols, func, user_data);
    }
  catch (const std::exception &exception)
    {
      g_debug ("libzxing gave up on a picture: %s", exception.what ());
    }
  catch (...)
    {
      g_debug ("libzxing gave up on a picture");
    }
}

gboolean
lanyard_zxing_is_built_in (void)
{
  return TRUE;
}

void
lanyard_zxing_read (const LanyardPlane *plane,
                    LanyardSymbologies formats,
                    LanyardZxingEffort effort,
                    guint max_symbols,
                    LanyardFoundFunc func,
                    gpointer user_data)
{
  g_return_if_fail (plane != NULL);
  g_return_if_fail (func != NULL);

  ZXing::BarcodeFormats known = formats_of (formats);

  /* To libzxing no format means every one. */
  if (!known.empty ())
    read (plane, hints_for (known, effort, max_symbols), max_symbols, func, user_data);
}

void
lanyard_zxing_read_symbol (const LanyardPlane *plane, LanyardFoundFunc func, gpointer user_data)
{
  g_return_if_fail (plane != NULL);
  g_return_if_fail (func != NULL);

  ZXing::DecodeHints hints
      = hints_for (ZXing::BarcodeFormat::DataMatrix, LANYARD_ZXING_EFFORT_FAST, 1);

  hints.setIsPure (true);
  hints.setBinarizer (ZXing::Binarizer::FixedThreshold);
  read (plane, hints, 1, func, user_data);
}
