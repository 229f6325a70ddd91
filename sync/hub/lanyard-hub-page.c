/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-page.h"

#include <gio/gio.h>
#include <string.h>

#include "lanyard-fleet-resource.h"
#include "lanyard-hub-pack.h"
#include "lanyard-hub-private.h"

#define REFRESH_S 30
#define BAR_WIDTH 8
#define BAR_HEIGHT 40
#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static gint64
get_midnight_us (GTimeZone *zone, gint64 now_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) midnight
      = g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                         g_date_time_get_day_of_month (local), 0, 0, 0);

  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
}

gboolean
_lanyard_hub_page_open (LanyardHubPage *page, LanyardHubExchange *exchange, enum MHD_Result *result)
{
  LanyardHub *hub = exchange->server->hub;
  g_autoptr (GError) error = NULL;

  *page = (LanyardHubPage){ 0 };
  if (!_lanyard_hub_may_look (exchange, result))
    return FALSE;
  page->pack = lanyard_hub_load_pack (hub, NULL);
  page->zone = page->pack != NULL ? g_time_zone_ref (lanyard_pack_get_time_zone (page->pack))
                                  : g_time_zone_new_utc ();
  page->fleet
      = lanyard_hub_fleet_read (hub, get_midnight_us (page->zone, lanyard_hub_get_now_us (hub)),
                                &error);
  if (page->fleet == NULL)
    {
      *result = _lanyard_hub_answer_error (exchange, error);
      return FALSE;
    }
  page->html = g_string_sized_new (64 * 1024);
  return TRUE;
}

void
_lanyard_hub_page_clear (LanyardHubPage *page)
{
  if (page->html != NULL)
    g_string_free (page->html, TRUE);
  g_clear_pointer (&page->fleet, lanyard_hub_fleet_free);
  g_clear_pointer (&page->pack, lanyard_pack_unref);
  g_clear_pointer (&page->zone, g_time_zone_unref);
}

void
_lanyard_hub_page_add (LanyardHubPage *page, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (page->html, format, arguments);
  va_end (arguments);
}

void
_lanyard_hub_page_text (LanyardHubPage *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text == NULL ? "" : text, -1);

  g_string_append (page->html, escaped);
}

char *
_lanyard_hub_page_format_number (guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

void
_lanyard_hub_page_number (LanyardHubPage *page, const char *classes, guint64 number)
{
  g_autofree char *text = _lanyard_hub_page_format_number (number);

  if (number == 0)
    _lanyard_hub_page_add (page, "<td class=\"n empty %s\">0</td>", classes);
  else
    _lanyard_hub_page_add (page, "<td class=\"n %s\">%s</td>", classes, text);
}

static char *
format_age (gint64 age_us)
{
  gint64 minutes = MAX (age_us, 0) / (60 * G_USEC_PER_SEC);

  if (minutes < 1)
    return g_strdup ("now");
  if (minutes < 120)
    return g_strdup_printf ("%" G_GINT64_FORMAT "\u00a0min", minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf ("%" G_GINT64_FORMAT "\u00a0h", minutes / 60);
  return g_strdup_printf ("%" G_GINT64_FORMAT "\u00a0days", minutes / (24 * 60));
}

void
_lanyard_hub_page_age (LanyardHubPage *page,
                       const char *tag,
                       const char *classes,
                       gint64 since_us,
                       gint64 warn_us,
                       gint64 bad_us)
{
  gint64 age_us = page->fleet->now_us - since_us;
  g_autofree char *text = format_age (age_us);

  if (since_us == 0)
    _lanyard_hub_page_add (page, "<%s class=\"empty %s\">–</%s>", tag, classes, tag);
  else if (age_us < warn_us)
    _lanyard_hub_page_add (page, "<%s class=\"%s\">%s</%s>", tag, classes, text, tag);
  else
    _lanyard_hub_page_add (page, "<%s class=\"%s\"><span class=\"%s\">%s</span></%s>", tag, classes,
                           age_us < bad_us ? "warn" : "bad", text, tag);
}

void
_lanyard_hub_page_bars (LanyardHubPage *page, const guint64 *pickups, guint64 max, gboolean tall)
{
  _lanyard_hub_page_add (page,
                         "<svg class=\"bars%s\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" "
                         "role=\"img\" aria-label=\"Pickups an hour, oldest first:",
                         tall ? " tall" : "", LANYARD_HUB_FLEET_HOURS * BAR_WIDTH, BAR_HEIGHT);
  for (guint i = 0; i < LANYARD_HUB_FLEET_HOURS; i++)
    _lanyard_hub_page_add (page, " %" G_GUINT64_FORMAT, pickups[i]);
  _lanyard_hub_page_add (page, "\">");
  for (guint i = 0; i < LANYARD_HUB_FLEET_HOURS; i++)
    {
      guint height = max == 0 ? 0 : (guint)((pickups[i] * BAR_HEIGHT + max / 2) / max);

      height = pickups[i] == 0 ? 1 : CLAMP (height, 2, BAR_HEIGHT);
      _lanyard_hub_page_add (page, "<rect%s x=\"%u\" y=\"%u\" width=\"%d\" height=\"%u\"/>",
                             pickups[i] == 0                    ? " class=\"none\""
                             : i == LANYARD_HUB_FLEET_HOURS - 1 ? " class=\"now\""
                                                                : "",
                             i * BAR_WIDTH, BAR_HEIGHT - height, BAR_WIDTH - 1, height);
    }
  _lanyard_hub_page_add (page, "</svg>");
}

void
_lanyard_hub_page_hours (LanyardHubPage *page)
{
  for (guint i = 0; i < LANYARD_HUB_FLEET_HOURS; i++)
    {
      gint64 hour = page->fleet->hour - LANYARD_HUB_FLEET_HOURS + 1 + i;
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (hour * 3600);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, page->zone);
      g_autofree char *text = g_date_time_format (local, "%H:%M");

      _lanyard_hub_page_add (page, "<th scope=\"col\" class=\"n\">%s</th>", text);
    }
}

const char *
_lanyard_hub_page_venue (LanyardHubPage *page, const char *code)
{
  const char *label = page->pack == NULL
                          ? NULL
                          : lanyard_pack_get_label (page->pack, LANYARD_CODES_VENUE, code, "en");

  return label == NULL ? code : label;
}

char *
_lanyard_hub_page_time (LanyardHubPage *page, gint64 time_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, page->zone);
  gboolean today = page->fleet->now_us - time_us < 12 * HOUR_US;

  return g_date_time_format (local, today ? "%H:%M" : "%-d %b %H:%M");
}

static const char *
get_event_name (LanyardHubPage *page, LanyardHubExchange *exchange)
{
  const char *name = page->pack == NULL ? NULL : lanyard_pack_get_event_name (page->pack, "en");

  return name == NULL ? lanyard_hub_get_event (exchange->server->hub) : name;
}

static void
add_clock (LanyardHubPage *page, gboolean refresh)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (page->fleet->now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, page->zone);
  g_autofree char *machine = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *text = g_date_time_format (local, "%-d %B, %H:%M:%S %Z");

  _lanyard_hub_page_add (
      page,
      "<p class=\"soft\">As of <time datetime=\"%s\">%s</time>. <a href=\"%s\">%s"
      "</a></p></header><main id=\"main\">",
      machine, text, refresh ? "?refresh=0" : "?",
      refresh ? "Stop reloading" : "Reload every half minute");
}

void
_lanyard_hub_page_head (LanyardHubPage *page,
                        LanyardHubExchange *exchange,
                        const char *title,
                        gboolean up)
{
  const char *wish
      = MHD_lookup_connection_value (exchange->connection, MHD_GET_ARGUMENT_KIND, "refresh");
  gboolean refresh = g_strcmp0 (wish, "0") != 0;

  _lanyard_hub_page_add (page, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                               "<meta name=\"viewport\" content=\"width=device-width, "
                               "initial-scale=1\"><meta name=\"robots\" content=\"noindex\">");
  if (refresh)
    _lanyard_hub_page_add (page, "<meta http-equiv=\"refresh\" content=\"%d\">", REFRESH_S);
  _lanyard_hub_page_add (page, "<title>");
  _lanyard_hub_page_text (page, title);
  _lanyard_hub_page_add (page, " – ");
  _lanyard_hub_page_text (page, get_event_name (page, exchange));
  _lanyard_hub_page_add (page, "</title><link rel=\"stylesheet\" href=\"/fleet.css\"></head><body>"
                               "<a class=\"skip\" href=\"#main\">To the content</a>"
                               "<header class=\"top\">");
  if (up)
    _lanyard_hub_page_add (page, "<nav aria-label=\"Up\"><a href=\"/\">All venues</a></nav>");
  else
    {
      _lanyard_hub_page_add (page, "<p class=\"soft\">");
      _lanyard_hub_page_text (page, get_event_name (page, exchange));
      _lanyard_hub_page_add (page, "</p>");
    }
  _lanyard_hub_page_add (page, "<h1>");
  _lanyard_hub_page_text (page, title);
  _lanyard_hub_page_add (page, "</h1>");
  add_clock (page, refresh);
}

enum MHD_Result
_lanyard_hub_page_end (LanyardHubPage *page, LanyardHubExchange *exchange, guint status)
{
  _lanyard_hub_page_add (page,
                         "</main><footer><p>Lanyard " LANYARD_VERSION ". Change %" G_GUINT64_FORMAT
                         " is the newest of the feed.</p></footer>"
                         "</body></html>\n",
                         page->fleet->head);
  return _lanyard_hub_answer_page (exchange, status, page->html);
}

enum MHD_Result
_lanyard_hub_on_style (LanyardHubExchange *exchange)
{
  g_autoptr (GBytes) style
      = g_resource_lookup_data (lanyard_fleet_get_resource (), "/lanyard/fleet/fleet.css",
                                G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (style == NULL)
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_NOT_FOUND, "There is nothing here.");
  return _lanyard_hub_answer_cached (exchange, "text/css; charset=utf-8", style,
                                     "public, max-age=300");
}
