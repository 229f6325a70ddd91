/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-font.h"

#include <string.h>

#define DEFAULT_FONT "Noto Sans"
/* Behind every list of a template, so that any script of a roster finds letters of one style. */
#define SCRIPT_FONTS                                                                               \
  "Noto Sans Arabic, Noto Sans Hebrew, Noto Sans Devanagari, Noto Sans Bengali, Noto Sans Tamil,"  \
  " Noto Sans Thai, Noto Sans Georgian, Noto Sans Armenian, Noto Sans Ethiopic, Noto Sans "        \
  "Symbols,"                                                                                       \
  " Noto Sans Symbols2"

const char *
lanyard_font_get_cjk (const char *language)
{
  if (language != NULL && g_ascii_strncasecmp (language, "zh", 2) == 0)
    return strstr (language, "Hant") != NULL || strstr (language, "TW") != NULL
                   || strstr (language, "HK") != NULL
               ? "Noto Sans CJK TC"
               : "Noto Sans CJK SC";
  if (language != NULL && g_ascii_strncasecmp (language, "ko", 2) == 0)
    return "Noto Sans CJK KR";

  return "Noto Sans CJK JP";
}

char *
lanyard_font_dup_families (const char *font, const char *language)
{
  return g_strdup_printf ("%s, %s, %s, sans-serif", font != NULL ? font : DEFAULT_FONT,
                          SCRIPT_FONTS, lanyard_font_get_cjk (language));
}

/* Scripts by the code of ISO 15924, which whoever installs fonts can look up. */
char *
lanyard_font_describe_missing (gunichar letter)
{
  GUnicodeScript script = g_unichar_get_script (letter);
  guint32 code = g_unicode_script_to_iso15924 (script);
  gboolean is_cjk = script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HANGUL
                    || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA
                    || script == G_UNICODE_SCRIPT_BOPOMOFO;

  return g_strdup_printf ("has letters of the script %c%c%c%c that no font of this machine has;"
                          " install the Debian package %s on every desk",
                          code >> 24, (code >> 16) & 0xff, (code >> 8) & 0xff, code & 0xff,
                          is_cjk ? "fonts-noto-cjk" : "fonts-noto-core");
}
