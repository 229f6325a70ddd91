/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-code128.h"

#include <string.h>

#include "lanyard-error.h"

/* Symbol characters with a meaning of their own (ISO/IEC 15417 table 1). */
#define TO_C 99
#define TO_B 100
#define START_B 104
#define START_C 105
#define STOP 106
#define CHECK_MODULUS 103

typedef enum
{
  SET_B, /* one character each, ASCII 32 to 127 */
  SET_C, /* two digits each */
  N_SETS,
} CodeSet;

/* Widths of bars and spaces, in turns, by value: ISO/IEC 15417 table 1. */
static const char *const WIDTHS[STOP + 1] = {
  "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312",  "132212",
  "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122",  "123221",
  "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122",  "321221",
  "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123",  "131321",
  "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",  "132131",
  "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311",  "213131",
  "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411",  "431111",
  "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412",  "122114",
  "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",  "111242",
  "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211",  "212141",
  "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",  "411311",
  "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

static gboolean
is_pair (const char *p)
{
  return g_ascii_isdigit (p[0]) && g_ascii_isdigit (p[1]);
}

/* Fewest symbol characters for the rest of @text from each place on, in each set. */
static void
count_rest (const char *text, gsize n_chars, guint rest[][N_SETS])
{
  rest[n_chars][SET_B] = 0;
  rest[n_chars][SET_C] = 0;
  for (gsize i = n_chars; i-- > 0;)
    {
      guint in_b = 1 + rest[i + 1][SET_B];
      guint in_c = is_pair (text + i) ? 1 + rest[i + 2][SET_C] : G_MAXUINT / 2;

      rest[i][SET_B] = MIN (in_b, 1 + in_c);
      rest[i][SET_C] = MIN (in_c, 1 + in_b);
    }
}

/* Returns: (transfer full) (element-type guint8): all symbol characters but the check and the stop
 */
static GByteArray *
encode (const char *text, gsize n_chars)
{
  guint rest[LANYARD_CODE128_MAX_CHARS + 1][N_SETS];
  GByteArray *values = g_byte_array_new ();
  CodeSet set;

  count_rest (text, n_chars, rest);
  set = rest[0][SET_C] < rest[0][SET_B] ? SET_C : SET_B;
  g_byte_array_append (values, &(guint8){ set == SET_C ? START_C : START_B }, 1);
  for (gsize i = 0; i < n_chars;)
    {
      guint in_b = 1 + rest[i + 1][SET_B];
      guint in_c = is_pair (text + i) ? 1 + rest[i + 2][SET_C] : G_MAXUINT / 2;
      CodeSet best = set;

      /* A change is one more. */
      if (set == SET_B && 1 + in_c < in_b)
        best = SET_C;
      if (set == SET_C && 1 + in_b < in_c)
        best = SET_B;
      if (best != set)
        g_byte_array_append (values, &(guint8){ best == SET_C ? TO_C : TO_B }, 1);
      set = best;
      if (set == SET_C)
        g_byte_array_append (values, &(guint8){ (text[i] - '0') * 10 + text[i + 1] - '0' }, 1);
      else
        g_byte_array_append (values, &(guint8){ text[i] - ' ' }, 1);
      i += set == SET_C ? 2 : 1;
    }

  return values;
}

static guint8
compute_check (const GByteArray *values)
{
  guint sum = values->data[0];

  for (guint i = 1; i < values->len; i++)
    sum += i * values->data[i];

  return sum % CHECK_MODULUS;
}

static void
append_widths (GByteArray *modules, const char *widths)
{
  for (guint i = 0; widths[i] != '\0'; i++)
    {
      for (int n = widths[i] - '0'; n > 0; n--)
        g_byte_array_append (modules, &(guint8){ i % 2 == 0 }, 1);
    }
}

LanyardCode128 *
lanyard_code128_new (const char *text, GError **error)
{
  g_autoptr (GByteArray) values = NULL;
  g_autoptr (GByteArray) modules = g_byte_array_new ();
  LanyardCode128 *code;
  gsize n_chars;

  g_return_val_if_fail (text != NULL, NULL);

  n_chars = strlen (text);
  for (gsize i = 0; i < n_chars && n_chars <= LANYARD_CODE128_MAX_CHARS; i++)
    {
      if (text[i] < ' ' || text[i] > '~')
        n_chars = G_MAXSIZE;
    }
  if (n_chars == 0 || n_chars > LANYARD_CODE128_MAX_CHARS)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "takes 1 to %d plain letters, digits and signs; name a field that has no others",
                   LANYARD_CODE128_MAX_CHARS);
      return NULL;
    }

  values = encode (text, n_chars);
  g_byte_array_append (values, &(guint8){ compute_check (values) }, 1);
  for (guint i = 0; i < values->len; i++)
    append_widths (modules, WIDTHS[values->data[i]]);
  append_widths (modules, WIDTHS[STOP]);

  code = g_new0 (LanyardCode128, 1);
  code->size = modules->len;
  code->modules = g_byte_array_free (g_steal_pointer (&modules), FALSE);

  return code;
}

void
lanyard_code128_free (LanyardCode128 *code)
{
  if (code == NULL)
    return;

  g_free (code->modules);
  g_free (code);
}
