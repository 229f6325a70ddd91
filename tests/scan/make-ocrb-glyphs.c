/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes app/scan/lanyard-ocrb-glyphs.c to standard output; test-ocrb compares it with what stands
 * there. */

#include "ocrb-font.h"

#include <stdio.h>

#define DIGITS_A_LINE 96

int
main (void)
{
  char hex[32 * 24 + 1];

  if (!ocrb_font_is_there ())
    {
      fprintf (stderr, "The font OCR B is not installed: install fonts-ocr-b.\n");
      return 1;
    }
  printf (
      "/* SPDX-FileCopyrightText: The Lanyard authors\n"
      " * SPDX-License-Identifier: GPL-3.0-or-later\n */\n\n"
      "/* Written by tests/scan/make-ocrb-glyphs.c from Debian's fonts-ocr-b (Norbert Schwarz: may"
      " freely\n * be used, modified and distributed; Matthew Skala: public domain). */\n\n"
      "/* clang-format off */\n"
      "#include \"lanyard-ocrb-glyphs.h\"\n\n"
      "const char *const lanyard_ocrb_glyphs[LANYARD_OCRB_N_CLASSES] = {\n");
  for (const char *at = OCRB_CHARACTERS; *at != '\0'; at++)
    {
      ocrb_font_glyph (*at, hex);
      printf ("  /* %c */\n", *at);
      for (int i = 0; i < 32 * 24; i += DIGITS_A_LINE)
        printf ("  \"%.*s\"%s\n", DIGITS_A_LINE, hex + i, i + DIGITS_A_LINE < 32 * 24 ? "" : ",");
    }
  printf ("};\n");
  return 0;
}
