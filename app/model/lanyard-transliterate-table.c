/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tables of ICAO Doc 9303-3 §6, and Greek, which has none there. Latin letters that lose only a
 * mark need no row: Unicode knows their base letter. */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-transliterate.h"

#include <stdlib.h>

typedef struct
{
  gunichar character;
  const char *choices[LANYARD_TRANSLITERATE_MAX_CHOICES]; /* NULL from the first unused on */
} Row;

/* In order of their characters. */
static const Row rows[] = {
  /* A. Latin. The first is the one that most issuers use where the standard gives options. */
  { 0x00c4, { "AE", "A" } },
  { 0x00c5, { "AA", "A" } },
  { 0x00c6, { "AE", "A" } },
  { 0x00d0, { "D", "DH" } },
  { 0x00d1, { "N", "NXX" } },
  { 0x00d6, { "OE", "O" } },
  { 0x00d8, { "OE", "O" } },
  { 0x00dc, { "UE", "UXX", "U" } },
  { 0x00de, { "TH", "T" } },
  { 0x00df, { "SS", "S" } },
  { 0x0110, { "D", "DJ" } },
  { 0x0126, { "H" } },
  { 0x0131, { "I" } },
  { 0x0132, { "IJ", "Y" } },
  { 0x0133, { "IJ", "Y" } },
  { 0x0138, { "Q", "K" } },
  { 0x013f, { "L" } },
  { 0x0141, { "L" } },
  { 0x0149, { "N" } },
  { 0x014a, { "N", "NG" } },
  { 0x0152, { "OE", "O" } },
  { 0x0166, { "T" } },
  { 0x018f, { "E", "A" } },
  { 0x01e4, { "G" } },
  { 0x0259, { "E", "A" } },

  /* Greek is not in the standard; this is ELOT 743, by which Greek passports write it, letter by
   * letter: OU is in the second choices. */
  { 0x0386, { "A" } },
  { 0x0388, { "E" } },
  { 0x0389, { "I" } },
  { 0x038a, { "I" } },
  { 0x038c, { "O" } },
  { 0x038e, { "Y", "U" } },
  { 0x038f, { "O" } },
  { 0x0390, { "I" } },
  { 0x0391, { "A" } },
  { 0x0392, { "V" } },
  { 0x0393, { "G" } },
  { 0x0394, { "D" } },
  { 0x0395, { "E" } },
  { 0x0396, { "Z" } },
  { 0x0397, { "I" } },
  { 0x0398, { "TH" } },
  { 0x0399, { "I" } },
  { 0x039a, { "K" } },
  { 0x039b, { "L" } },
  { 0x039c, { "M" } },
  { 0x039d, { "N" } },
  { 0x039e, { "X" } },
  { 0x039f, { "O" } },
  { 0x03a0, { "P" } },
  { 0x03a1, { "R" } },
  { 0x03a3, { "S" } },
  { 0x03a4, { "T" } },
  { 0x03a5, { "Y", "U", "V", "F" } },
  { 0x03a6, { "F" } },
  { 0x03a7, { "CH" } },
  { 0x03a8, { "PS" } },
  { 0x03a9, { "O" } },
  { 0x03aa, { "I" } },
  { 0x03ab, { "Y" } },
  { 0x03b0, { "Y" } },

  /* B. Cyrillic. Options: Belarusian, Bulgarian, Macedonian, Serbian and Ukrainian, and the letters
   * that passports of earlier years had. */
  { 0x0401, { "E", "IO", "YO", "JO" } },
  { 0x0402, { "D", "DJ" } },
  { 0x0403, { "G", "GJ" } },
  { 0x0404, { "IE", "YE", "E" } },
  { 0x0405, { "DZ" } },
  { 0x0406, { "I" } },
  { 0x0407, { "I", "YI", "JI" } },
  { 0x0408, { "J" } },
  { 0x0409, { "LJ" } },
  { 0x040a, { "NJ" } },
  { 0x040b, { "C" } },
  { 0x040c, { "K", "KJ" } },
  { 0x040e, { "U" } },
  { 0x040f, { "DZ", "DJ" } },
  { 0x0410, { "A" } },
  { 0x0411, { "B" } },
  { 0x0412, { "V" } },
  { 0x0413, { "G", "H" } },
  { 0x0414, { "D" } },
  { 0x0415, { "E", "YE" } },
  { 0x0416, { "ZH", "Z" } },
  { 0x0417, { "Z" } },
  { 0x0418, { "I", "Y" } },
  { 0x0419, { "I", "Y", "J" } },
  { 0x041a, { "K" } },
  { 0x041b, { "L" } },
  { 0x041c, { "M" } },
  { 0x041d, { "N" } },
  { 0x041e, { "O" } },
  { 0x041f, { "P" } },
  { 0x0420, { "R" } },
  { 0x0421, { "S" } },
  { 0x0422, { "T" } },
  { 0x0423, { "U" } },
  { 0x0424, { "F" } },
  { 0x0425, { "KH", "H" } },
  { 0x0426, { "TS", "C" } },
  { 0x0427, { "CH", "C" } },
  { 0x0428, { "SH", "S" } },
  { 0x0429, { "SHCH", "SHT" } },
  { 0x042a, { "IE", "", "A" } },
  { 0x042b, { "Y" } },
  { 0x042c, { "", "Y" } },
  { 0x042d, { "E" } },
  { 0x042e, { "IU", "YU", "JU" } },
  { 0x042f, { "IA", "YA", "JA" } },
  { 0x046a, { "U" } },
  { 0x0474, { "Y" } },
  { 0x0490, { "G" } },
  { 0x0492, { "F", "G" } },
  { 0x04ba, { "C" } },

  /* C. Arabic. Vowel signs are not written. */
  { 0x0621, { "XE" } },
  { 0x0622, { "XAA" } },
  { 0x0623, { "XAE" } },
  { 0x0624, { "U" } },
  { 0x0625, { "I" } },
  { 0x0626, { "XI" } },
  { 0x0627, { "A" } },
  { 0x0628, { "B" } },
  { 0x0629, { "XTA", "XAH" } },
  { 0x062a, { "T" } },
  { 0x062b, { "XTH" } },
  { 0x062c, { "J" } },
  { 0x062d, { "XH" } },
  { 0x062e, { "XKH" } },
  { 0x062f, { "D" } },
  { 0x0630, { "XDH" } },
  { 0x0631, { "R" } },
  { 0x0632, { "Z" } },
  { 0x0633, { "S" } },
  { 0x0634, { "XSH" } },
  { 0x0635, { "XSS" } },
  { 0x0636, { "XDZ" } },
  { 0x0637, { "XTT" } },
  { 0x0638, { "XZZ" } },
  { 0x0639, { "E" } },
  { 0x063a, { "G" } },
  { 0x0640, { "" } },
  { 0x0641, { "F" } },
  { 0x0642, { "Q" } },
  { 0x0643, { "K" } },
  { 0x0644, { "L" } },
  { 0x0645, { "M" } },
  { 0x0646, { "N" } },
  { 0x0647, { "H" } },
  { 0x0648, { "W" } },
  { 0x0649, { "XAY" } },
  { 0x064a, { "Y" } },
  { 0x064b, { "" } },
  { 0x064c, { "" } },
  { 0x064d, { "" } },
  { 0x064e, { "" } },
  { 0x064f, { "" } },
  { 0x0650, { "" } },
  { 0x0652, { "" } },
  { 0x0670, { "" } },
  { 0x0671, { "XXA" } },
  { 0x0679, { "XXT" } },
  { 0x067c, { "XRT" } },
  { 0x067e, { "P" } },
  { 0x0681, { "XKE" } },
  { 0x0685, { "XXH" } },
  { 0x0686, { "XC" } },
  { 0x0688, { "XXD" } },
  { 0x0689, { "XDR" } },
  { 0x0691, { "XXR" } },
  { 0x0693, { "XRR" } },
  { 0x0696, { "XRX" } },
  { 0x0698, { "XJ" } },
  { 0x069a, { "XXS" } },
  { 0x06a9, { "XKK" } },
  { 0x06ab, { "XXK" } },
  { 0x06ad, { "XNG" } },
  { 0x06af, { "XGG" } },
  { 0x06ba, { "XNN" } },
  { 0x06bc, { "XXN" } },
  { 0x06be, { "XDO" } },
  { 0x06c0, { "XYH" } },
  { 0x06c1, { "XXG" } },
  { 0x06c2, { "XGE" } },
  { 0x06c3, { "XTG" } },
  { 0x06cc, { "XYA" } },
  { 0x06cd, { "XXY" } },
  { 0x06d0, { "Y" } },
  { 0x06d2, { "XYB" } },
  { 0x06d3, { "XBE" } },
  { 0x1e9e, { "SS", "S" } },
};

#define TEH_MARBUTA 0x0629

static const char letters[]
    = "A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0K\0L\0M\0N\0O\0P\0Q\0R\0S\0T\0U\0V\0W\0"
      "X\0Y\0Z";

static int
compare (const void *key, const void *row)
{
  gunichar character = *(const gunichar *)key;
  gunichar other = ((const Row *)row)->character;

  return character < other ? -1 : character > other;
}

/* Returns: (nullable): @character without its marks, if that is a letter from A to Z */
static const char *
find_base (gunichar character)
{
  gunichar base = character, rest;

  /* Canonical decomposition takes one mark off at a time. */
  while (base > 'Z' && g_unichar_decompose (base, &base, &rest))
    ;
  /* A few have no capital of their own. */
  base = base >= 'a' && base <= 'z' ? base - 'a' + 'A' : base;
  return base >= 'A' && base <= 'Z' ? &letters[2 * (base - 'A')] : NULL;
}

guint
lanyard_transliterate_character (gunichar character, gboolean at_end, const char **choices)
{
  const Row *row = bsearch (&character, rows, G_N_ELEMENTS (rows), sizeof rows[0], compare);
  guint n = 0;

  g_return_val_if_fail (choices != NULL, 0);

  if (row == NULL)
    {
      /* A mark of its own changes nothing. */
      choices[0] = g_unichar_ismark (character) ? "" : find_base (character);
      return choices[0] != NULL;
    }
  while (n < LANYARD_TRANSLITERATE_MAX_CHOICES && row->choices[n] != NULL)
    {
      choices[n] = row->choices[n];
      n++;
    }
  if (character == TEH_MARBUTA && at_end)
    {
      choices[0] = row->choices[1];
      choices[1] = row->choices[0];
    }
  return n;
}
