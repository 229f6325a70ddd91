/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <json-glib/json-glib.h>

#include "lanyard-error.h"
#include "lanyard-hub-server-private.h"

/* What is told on standard error: routes, sizes, times, desks. Never a path, a query, a body, an
 * accreditation number, or words that came from outside. */

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  line = json_to_string (node, FALSE);
  g_printerr ("%s\n", line);
}

static JsonBuilder *
begin (const char *event, const LanyardHubExchange *exchange)
{
  JsonBuilder *builder = json_builder_new ();
  g_autofree char *now = lanyard_clock_format_us (g_get_real_time ());

  json_builder_begin_object (builder);
  add_text (builder, "time", now);
  add_text (builder, "event", event);
  add_text (builder, "route", exchange->route == NULL ? "none" : exchange->route->name);
  return builder;
}

static void
log_json (const LanyardHubExchange *exchange, gint64 age_ms)
{
  g_autoptr (JsonBuilder) builder = begin ("request", exchange);

  add_text (builder, "method", exchange->route == NULL ? "-" : exchange->route->method);
  add_int (builder, "status", exchange->status);
  add_int (builder, "in", (gint64)exchange->n_received);
  add_int (builder, "out", (gint64)exchange->n_answer);
  add_int (builder, "ms", age_ms);
  add_int (builder, "device", exchange->device);
  print_json (builder);
}

void
_lanyard_hub_log_exchange (const LanyardHubExchange *exchange)
{
  gint64 age_ms = (g_get_monotonic_time () - exchange->started_us) / 1000;
  g_autofree char *now = NULL;

  if (exchange->server->log == LANYARD_HUB_LOG_NONE)
    return;
  if (exchange->server->log == LANYARD_HUB_LOG_JSON)
    {
      log_json (exchange, age_ms);
      return;
    }
  now = lanyard_clock_format_us (g_get_real_time ());
  g_printerr ("time=%s event=request route=%s method=%s status=%u in=%" G_GSIZE_FORMAT
              " out=%" G_GSIZE_FORMAT " ms=%" G_GINT64_FORMAT " device=%u\n",
              now, exchange->route == NULL ? "none" : exchange->route->name,
              exchange->route == NULL ? "-" : exchange->route->method, exchange->status,
              exchange->n_received, exchange->n_answer, age_ms, exchange->device);
}

void
_lanyard_hub_log_error (const LanyardHubExchange *exchange, const GError *error)
{
  if (exchange->server->log == LANYARD_HUB_LOG_JSON)
    {
      g_autoptr (JsonBuilder) builder = begin ("error", exchange);

      add_text (builder, "message", error->message);
      print_json (builder);
    }
  else if (exchange->server->log == LANYARD_HUB_LOG_TEXT)
    g_printerr ("event=error route=%s %s\n",
                exchange->route == NULL ? "none" : exchange->route->name, error->message);
}
