/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-name-words.h"

#include <string.h>

#define MAX_LETTERS 64

typedef gboolean (*WordFunc) (const char *word);

/* Also what some issuers write where there is no given or no family name. */
static const char *const suffixes[]
    = { "JR", "SR", "JNR", "SNR", "II", "III", "IV", "FNU", "LNU", "XXX", "NMN", NULL };
static const char *const particles[]
    = { "A",   "AB",  "ABU", "AF",  "AL",    "AV",  "BEN", "BIN", "BINT", "D",   "DA",
        "DAS", "DE",  "DEI", "DEL", "DELLA", "DEN", "DER", "DES", "DI",   "DO",  "DOS",
        "DU",  "E",   "EL",  "IBN", "LA",    "LAS", "LE",  "LES", "LOS",  "TEN", "TER",
        "VAN", "VON", "VOM", "Y",   "Z",     "ZU",  "ZUM", "ZUR", NULL };

static gboolean
is_suffix (const char *word)
{
  return g_strv_contains (suffixes, word);
}

static gboolean
is_particle (const char *word)
{
  return g_strv_contains (particles, word);
}

static gboolean
is_initial (const char *word)
{
  return g_utf8_strlen (word, -1) == 1;
}

static char **
without (char *const *from, WordFunc passes_over)
{
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; from[i] != NULL; i++)
    if (!passes_over (from[i]))
      g_ptr_array_add (words, g_strdup (from[i]));
  for (guint i = 0; words->len == 0 && from[i] != NULL; i++)
    g_ptr_array_insert (words, (int)i, g_strdup (from[i]));
  g_ptr_array_add (words, NULL);
  return (char **)g_ptr_array_free (words, FALSE);
}

char **
lanyard_name_without_suffixes (char *const *from)
{
  return without (from, is_suffix);
}

char **
lanyard_name_without_particles (char *const *from)
{
  return without (from, is_particle);
}

char **
lanyard_name_without_initials (char *const *from)
{
  return without (from, is_initial);
}

char **
lanyard_name_join (char *const *a, char *const *b)
{
  guint n_a = g_strv_length ((char **)a), n_b = g_strv_length ((char **)b);
  char **words = g_new0 (char *, n_a + n_b + 1);

  for (guint i = 0; i < n_a; i++)
    words[i] = g_strdup (a[i]);
  for (guint i = 0; i < n_b; i++)
    words[n_a + i] = g_strdup (b[i]);
  return words;
}

/* Optimal string alignment: three rows are enough for swaps of neighbours. */
guint
lanyard_name_distance (const char *a, const char *b, guint most)
{
  gsize n_a = strlen (a), n_b = strlen (b);
  guint rows[3][MAX_LETTERS + 1];

  if (n_a > MAX_LETTERS || n_b > MAX_LETTERS || (n_a > n_b ? n_a - n_b : n_b - n_a) > most)
    return most + 1;
  for (gsize j = 0; j <= n_b; j++)
    rows[0][j] = (guint)j;
  for (gsize i = 1; i <= n_a; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];

      row[0] = (guint)i;
      for (gsize j = 1; j <= n_b; j++)
        {
          row[j] = MIN (above[j - 1] + (a[i - 1] != b[j - 1]), MIN (above[j], row[j - 1]) + 1);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }
  return MIN (rows[n_a % 3][n_b], most + 1);
}
