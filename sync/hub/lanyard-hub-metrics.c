/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-metrics.h"

/* Prometheus' text format, version 0.0.4. */

static const double bounds_s[LANYARD_HUB_METRICS_N_BUCKETS]
    = { 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5 };

void
_lanyard_hub_metrics_count (LanyardHubMetrics *metrics,
                            const char *route,
                            guint status,
                            gint64 duration_us)
{
  LanyardHubRouteMetrics *row;
  double duration_s = (double)duration_us / G_USEC_PER_SEC;

  if (metrics->routes == NULL)
    metrics->routes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  row = g_hash_table_lookup (metrics->routes, route);
  if (row == NULL)
    {
      row = g_new0 (LanyardHubRouteMetrics, 1);
      g_hash_table_insert (metrics->routes, (gpointer)route, row);
    }
  row->n[MIN (status / 100, LANYARD_HUB_METRICS_N_CLASSES - 1)]++;
  row->n_all++;
  row->sum_s += duration_s;
  for (guint i = 0; i < LANYARD_HUB_METRICS_N_BUCKETS; i++)
    if (duration_s <= bounds_s[i])
      {
        row->buckets[i]++;
        break;
      }
}

static void
append_double (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.10g", value));
}

static void
write_counts (const char *route, const LanyardHubRouteMetrics *row, GString *text)
{
  static const char *const classes[] = { "cut", "1xx", "2xx", "3xx", "4xx", "5xx" };

  for (guint i = 0; i < LANYARD_HUB_METRICS_N_CLASSES; i++)
    if (row->n[i] > 0)
      g_string_append_printf (text,
                              "lanyard_hub_requests_total{route=\"%s\",class=\"%s\"} "
                              "%" G_GUINT64_FORMAT "\n",
                              route, classes[i], row->n[i]);
}

static void
write_histogram (const char *route, const LanyardHubRouteMetrics *row, GString *text)
{
  guint64 below = 0;

  for (guint i = 0; i < LANYARD_HUB_METRICS_N_BUCKETS; i++)
    {
      below += row->buckets[i];
      g_string_append_printf (text, "lanyard_hub_request_seconds_bucket{route=\"%s\",le=\"", route);
      append_double (text, bounds_s[i]);
      g_string_append_printf (text, "\"} %" G_GUINT64_FORMAT "\n", below);
    }
  g_string_append_printf (text,
                          "lanyard_hub_request_seconds_bucket{route=\"%s\",le=\"+Inf\"} "
                          "%" G_GUINT64_FORMAT "\n"
                          "lanyard_hub_request_seconds_sum{route=\"%s\"} ",
                          route, row->n_all, route);
  append_double (text, row->sum_s);
  g_string_append_printf (text,
                          "\nlanyard_hub_request_seconds_count{route=\"%s\"} %" G_GUINT64_FORMAT
                          "\n",
                          route, row->n_all);
}

void
_lanyard_hub_metrics_write (const LanyardHubMetrics *metrics, GString *text)
{
  g_autoptr (GList) routes = NULL;

  if (metrics->routes == NULL)
    return;
  routes = g_list_sort (g_hash_table_get_keys (metrics->routes), (GCompareFunc)g_strcmp0);
  g_string_append (text, "# HELP lanyard_hub_requests_total Answers since this process started.\n"
                         "# TYPE lanyard_hub_requests_total counter\n");
  for (GList *l = routes; l != NULL; l = l->next)
    write_counts (l->data, g_hash_table_lookup (metrics->routes, l->data), text);
  g_string_append (text,
                   "# HELP lanyard_hub_request_seconds Time to the end of the answer; tail waits "
                   "for news on purpose.\n"
                   "# TYPE lanyard_hub_request_seconds histogram\n");
  for (GList *l = routes; l != NULL; l = l->next)
    write_histogram (l->data, g_hash_table_lookup (metrics->routes, l->data), text);
}

void
_lanyard_hub_metrics_clear (LanyardHubMetrics *metrics)
{
  g_clear_pointer (&metrics->routes, g_hash_table_unref);
}
