/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANYARD_HUB_METRICS_N_BUCKETS 11
#define LANYARD_HUB_METRICS_N_CLASSES 6 /* none, 1xx … 5xx */

/* What one process has answered since it started. No label is of a person or a desk. */
typedef struct
{
  GHashTable *routes; /* owned (nullable) (element-type utf8 LanyardHubRouteMetrics); names are the
                         table of routes', so they are few */
} LanyardHubMetrics;

typedef struct
{
  guint64 n[LANYARD_HUB_METRICS_N_CLASSES];
  guint64 buckets[LANYARD_HUB_METRICS_N_BUCKETS]; /* not cumulative; what is longer is in none */
  guint64 n_all;
  double sum_s;
} LanyardHubRouteMetrics;

/* @route: static */
void _lanyard_hub_metrics_count (LanyardHubMetrics *metrics,
                                 const char *route,
                                 guint status,
                                 gint64 duration_us);
/* Prometheus text. */
void _lanyard_hub_metrics_write (const LanyardHubMetrics *metrics, GString *text);
void _lanyard_hub_metrics_clear (LanyardHubMetrics *metrics);

G_END_DECLS
