/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan-table.h"

static const char *const engine_names[] = { "lanyard", "zbar", "zxing", "zxing-slow" };

typedef struct
{
  char *name; /* owned */
  ScanScore scores[N_ENGINES];
} Row;

struct _ScanTable
{
  GHashTable *steps; /* owned: step → how many pictures it read first */
  GPtrArray *rows;   /* owned (element-type Row) */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < N_ENGINES; i++)
    {
      bench_series_clear (&row->scores[i].us);
      bench_series_clear (&row->scores[i].us_read);
    }
  g_free (row->name);
  g_free (row);
}

/* Sets by name, groups after them. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = *(const Row *const *)a, *y = *(const Row *const *)b;
  gboolean x_group = x->name[0] == '=', y_group = y->name[0] == '=';

  return x_group != y_group ? x_group - y_group : g_strcmp0 (x->name, y->name);
}

static Row *
row_named (ScanTable *table, const char *name)
{
  Row *row;

  for (guint i = 0; i < table->rows->len; i++)
    {
      row = g_ptr_array_index (table->rows, i);
      if (g_str_equal (row->name, name))
        return row;
    }
  row = g_new0 (Row, 1);
  row->name = g_strdup (name);
  for (guint i = 0; i < N_ENGINES; i++)
    {
      bench_series_init (&row->scores[i].us);
      bench_series_init (&row->scores[i].us_read);
    }
  g_ptr_array_add (table->rows, row);
  return row;
}

static void
print_row (const Row *row)
{
  printf ("%-26s %5u", row->name, row->scores[ENGINE_LANYARD].n_tried);
  for (ScanEngine engine = 0; engine < N_ENGINES; engine++)
    {
      ScanScore score = row->scores[engine];

      if (score.n_tried == 0)
        continue;
      printf (" | %4u %5.1f%% %3u %6.2f %6.2f %6.2f", score.n_read,
              100.0 * score.n_read / score.n_tried, score.n_other,
              bench_series_get (&score.us, 0.5) / 1e3, bench_series_get (&score.us, 0.95) / 1e3,
              bench_series_get (&score.us, 1) / 1e3);
    }
  printf ("\n");
}

static void
print_steps (const ScanTable *table)
{
  g_autoptr (GList) names
      = g_list_sort (g_hash_table_get_keys (table->steps), (GCompareFunc)g_strcmp0);

  printf ("read first by:");
  for (GList *name = names; name != NULL; name = name->next)
    printf (" %s %u", (char *)name->data,
            GPOINTER_TO_UINT (g_hash_table_lookup (table->steps, name->data)));
  printf ("\n");
}

ScanTable *
scan_table_new (void)
{
  ScanTable *table = g_new0 (ScanTable, 1);

  table->steps = g_hash_table_new (g_str_hash, g_str_equal);
  table->rows = g_ptr_array_new_with_free_func (row_free);
  return table;
}

void
scan_table_free (ScanTable *table)
{
  g_hash_table_unref (table->steps);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

void
scan_table_clear (ScanTable *table)
{
  g_hash_table_remove_all (table->steps);
  g_ptr_array_set_size (table->rows, 0);
}

void
scan_table_note (ScanTable *table, const char *row, ScanEngine engine, const ScanOutcome *outcome)
{
  ScanScore *score = &row_named (table, row)->scores[engine];

  if (outcome->step != NULL && row[0] != '=')
    g_hash_table_insert (table->steps, (gpointer)outcome->step,
                         GUINT_TO_POINTER (
                             GPOINTER_TO_UINT (g_hash_table_lookup (table->steps, outcome->step))
                             + 1));
  score->n_tried++;
  score->n_read += outcome->right;
  score->n_other += outcome->other;
  bench_series_add (&score->us, outcome->us);
  if (outcome->right)
    bench_series_add (&score->us_read, outcome->us);
}

const ScanScore *
scan_table_get (ScanTable *table, const char *row)
{
  return row_named (table, row)->scores;
}

void
scan_table_print (ScanTable *table)
{
  guint n_engines = 1;

  g_ptr_array_sort (table->rows, compare_rows);
  for (guint i = 0; i < table->rows->len; i++)
    if (((Row *)g_ptr_array_index (table->rows, i))->scores[ENGINE_ZBAR].n_tried > 0)
      n_engines = N_ENGINES;
  printf ("\n%-26s %5s", "", "");
  for (ScanEngine engine = 0; engine < n_engines; engine++)
    printf (" | %-36s", engine_names[engine]);
  printf ("\n%-26s %5s", "", "n");
  for (ScanEngine engine = 0; engine < n_engines; engine++)
    printf (" | read      %% oth ms p50    p95    max");
  printf ("\n");
  for (guint i = 0; i < table->rows->len; i++)
    print_row (g_ptr_array_index (table->rows, i));
  print_steps (table);
}
