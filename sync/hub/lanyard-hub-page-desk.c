/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-page.h"
#include "lanyard-hub-private.h"

/* The pages of one venue and of one desk. */

static const char *const state_words[LANYARD_HUB_DESK_N_STATES]
    = { "on line", "late", "off line", "never heard", "revoked" };
static const char *const state_classes[LANYARD_HUB_DESK_N_STATES]
    = { "good", "warn", "bad", "bad", "empty" };

static const char *
get_name (const LanyardHubFleetDesk *desk)
{
  return *desk->enrolment.name == '\0' ? "no name" : desk->enrolment.name;
}

/* Whether a desk works with an edition of the pack before the one in force. */
static gboolean
lags (LanyardHubPage *page, const LanyardHubDeskState *told)
{
  guint64 version;

  return page->pack != NULL && told->pack != NULL
         && g_ascii_string_to_unsigned (told->pack, 10, 0, G_MAXUINT32, &version, NULL)
         && version < lanyard_pack_get_version (page->pack);
}

static void
add_row (LanyardHubPage *page, const LanyardHubFleetDesk *desk, guint64 max)
{
  const LanyardHubDeskState *told = &desk->told;
  gint64 oldest_us = told->backlog > 0 ? told->oldest_us : 0;

  _lanyard_hub_page_add (page,
                         "<tr><th scope=\"row\"><a href=\"/desks/%u\">%u</a>"
                         "<span class=\"code\">",
                         desk->enrolment.device, desk->enrolment.device);
  _lanyard_hub_page_text (page, get_name (desk));
  _lanyard_hub_page_add (page, "</span></th><td><span class=\"%s\">%s</span></td>",
                         state_classes[desk->state], state_words[desk->state]);
  _lanyard_hub_page_age (page, "td", "n mid", told->seen_us, G_MAXINT64, G_MAXINT64);
  _lanyard_hub_page_number (page, "", told->backlog);
  _lanyard_hub_page_age (page, "td", "n mid", oldest_us, LANYARD_HUB_BACKLOG_WARN_US,
                         LANYARD_HUB_BACKLOG_BAD_US);
  _lanyard_hub_page_age (page, "td", "n wide", told->fresh_us, LANYARD_HUB_LIST_WARN_US,
                         LANYARD_HUB_LIST_BAD_US);
  _lanyard_hub_page_age (page, "td", "n wide", told->negative_us, LANYARD_HUB_LIST_WARN_US,
                         LANYARD_HUB_LIST_BAD_US);
  _lanyard_hub_page_add (page, "<td class=\"wide\">");
  _lanyard_hub_page_text (page, told->software);
  _lanyard_hub_page_add (page, "</td><td class=\"wide%s\">", lags (page, told) ? " warn" : "");
  _lanyard_hub_page_text (page, told->pack);
  _lanyard_hub_page_add (page, "</td>");
  _lanyard_hub_page_number (page, "", desk->pickups[LANYARD_HUB_FLEET_HOURS - 1]);
  _lanyard_hub_page_add (page, "<td class=\"bars mid\">");
  _lanyard_hub_page_bars (page, desk->pickups, max, FALSE);
  _lanyard_hub_page_add (page, "</td></tr>");
}

/* The hours of one page, drawn and as numbers. */
static void
add_hours (LanyardHubPage *page, const guint64 *pickups)
{
  guint64 max = 0;

  for (guint i = 0; i < LANYARD_HUB_FLEET_HOURS; i++)
    max = MAX (max, pickups[i]);
  _lanyard_hub_page_add (page, "<h2 id=\"hours\">Pickups an hour</h2>");
  _lanyard_hub_page_bars (page, pickups, max, TRUE);
  _lanyard_hub_page_add (page,
                         "<div class=\"scroll\"><table aria-labelledby=\"hours\"><thead><tr>");
  _lanyard_hub_page_hours (page);
  _lanyard_hub_page_add (page, "</tr></thead><tbody><tr>");
  for (guint i = 0; i < LANYARD_HUB_FLEET_HOURS; i++)
    _lanyard_hub_page_number (page, "", pickups[i]);
  _lanyard_hub_page_add (page, "</tr></tbody></table></div>");
}

static enum MHD_Result
answer_nothing (LanyardHubPage *page, LanyardHubExchange *exchange, const char *sentence)
{
  _lanyard_hub_page_head (page, exchange, "Nothing here", TRUE);
  _lanyard_hub_page_add (page, "<p>%s</p>", sentence);
  return _lanyard_hub_page_end (page, exchange, MHD_HTTP_NOT_FOUND);
}

/* (element-type LanyardHubFleetDesk), borrowed */
static GPtrArray *
find_desks (LanyardHubPage *page, const char *venue)
{
  GPtrArray *desks = g_ptr_array_new ();

  for (guint i = 0; i < page->fleet->desks->len; i++)
    {
      LanyardHubFleetDesk *desk = g_ptr_array_index (page->fleet->desks, i);

      if (g_str_equal (desk->enrolment.venue, venue))
        g_ptr_array_add (desks, desk);
    }
  return desks;
}

static void
add_desks (LanyardHubPage *page, GPtrArray *desks)
{
  guint64 max = 0;

  for (guint i = 0; i < desks->len; i++)
    for (guint k = 0; k < LANYARD_HUB_FLEET_HOURS; k++)
      max = MAX (max, ((LanyardHubFleetDesk *)g_ptr_array_index (desks, i))->pickups[k]);
  _lanyard_hub_page_add (
      page,
      "<h2 id=\"desks\">Desks</h2><div class=\"scroll\"><table aria-labelledby=\"desks\">"
      "<thead><tr><th scope=\"col\">Desk</th><th scope=\"col\">State</th>"
      "<th scope=\"col\" class=\"n mid\">Heard</th>"
      "<th scope=\"col\" class=\"n\">Not sent</th>"
      "<th scope=\"col\" class=\"n mid\">Oldest of them</th>"
      "<th scope=\"col\" class=\"n wide\">Directory</th>"
      "<th scope=\"col\" class=\"n wide\">Negative list</th>"
      "<th scope=\"col\" class=\"wide\">Software</th><th scope=\"col\" class=\"wide\">Pack</th>"
      "<th scope=\"col\" class=\"n\">This hour</th>"
      "<th scope=\"col\" class=\"mid\">Pickups</th></tr></thead><tbody>");
  for (guint i = 0; i < desks->len; i++)
    add_row (page, g_ptr_array_index (desks, i), max);
  _lanyard_hub_page_add (page, "</tbody></table></div>");
}

enum MHD_Result
_lanyard_hub_on_venue (LanyardHubExchange *exchange)
{
  g_auto (LanyardHubPage) page = { 0 };
  g_autoptr (GPtrArray) desks = NULL;
  guint64 pickups[LANYARD_HUB_FLEET_HOURS] = { 0 };
  enum MHD_Result result;

  if (!_lanyard_hub_page_open (&page, exchange, &result))
    return result;
  desks = find_desks (&page, exchange->rest);
  if (desks->len == 0)
    return answer_nothing (&page, exchange, "No desk is enrolled for a venue of this code.");
  for (guint i = 0; i < desks->len; i++)
    for (guint k = 0; k < LANYARD_HUB_FLEET_HOURS; k++)
      pickups[k] += ((LanyardHubFleetDesk *)g_ptr_array_index (desks, i))->pickups[k];
  _lanyard_hub_page_head (&page, exchange, _lanyard_hub_page_venue (&page, exchange->rest), TRUE);
  add_desks (&page, desks);
  add_hours (&page, pickups);
  return _lanyard_hub_page_end (&page, exchange, MHD_HTTP_OK);
}

static void
add_fact (LanyardHubPage *page, const char *what, const char *text)
{
  _lanyard_hub_page_add (page, "<dt>%s</dt><dd>", what);
  _lanyard_hub_page_text (page, text);
  _lanyard_hub_page_add (page, "</dd>");
}

static void
add_moment (LanyardHubPage *page, const char *what, gint64 time_us)
{
  g_autofree char *text
      = time_us == 0 ? g_strdup ("never") : _lanyard_hub_page_time (page, time_us);

  add_fact (page, what, text);
}

static void
add_facts (LanyardHubPage *page, const LanyardHubFleetDesk *desk, guint64 records)
{
  const LanyardHubDeskState *told = &desk->told;
  g_autofree char *pack = NULL;
  g_autofree char *stored = g_strdup_printf ("%" G_GUINT64_FORMAT, records);
  g_autofree char *backlog = g_strdup_printf ("%" G_GUINT64_FORMAT, told->backlog);
  g_autofree char *epoch = g_strdup_printf ("%u", desk->enrolment.epoch);
  g_autofree char *path = g_uri_escape_string (desk->enrolment.venue, NULL, FALSE);

  _lanyard_hub_page_add (page, "<dl class=\"facts\"><dt>State</dt><dd><span class=\"%s\">%s</span>",
                         state_classes[desk->state], state_words[desk->state]);
  if (desk->reason != NULL)
    {
      _lanyard_hub_page_add (page, ": ");
      _lanyard_hub_page_text (page, desk->reason);
    }
  _lanyard_hub_page_add (page, "</dd><dt>Venue</dt><dd><a href=\"/venues/%s\">", path);
  _lanyard_hub_page_text (page, _lanyard_hub_page_venue (page, desk->enrolment.venue));
  _lanyard_hub_page_add (page, "</a></dd>");
  add_moment (page, "Heard last", told->seen_us);
  add_fact (page, "Records here", stored);
  add_fact (page, "Records not sent yet", told->told_us == 0 ? "not told" : backlog);
  if (told->backlog > 0)
    add_moment (page, "Oldest of them", told->oldest_us);
  add_moment (page, "Directory was whole", told->fresh_us);
  add_moment (page, "Negative list signed", told->negative_us);
  add_fact (page, "Software", told->told_us == 0 ? "not told" : told->software);
  pack = lags (page, told) ? g_strdup_printf ("%s, and %u is published", told->pack,
                                              lanyard_pack_get_version (page->pack))
                           : g_strdup (told->pack);
  add_fact (page, "Pack", told->told_us == 0 ? "not told" : pack);
  add_fact (page, "Serial prefix", desk->enrolment.prefix);
  add_fact (page, "Epoch", epoch);
  add_moment (page, "Enrolled", desk->enrolment.enrolled_us);
  _lanyard_hub_page_add (page, "</dl>");
}

enum MHD_Result
_lanyard_hub_on_desk (LanyardHubExchange *exchange)
{
  LanyardHubStore *store = lanyard_hub_get_store (exchange->server->hub);
  g_auto (LanyardHubPage) page = { 0 };
  const LanyardHubFleetDesk *desk = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  LanyardHubStream stream;
  enum MHD_Result result;
  guint64 number;

  if (!_lanyard_hub_page_open (&page, exchange, &result))
    return result;
  if (!g_ascii_string_to_unsigned (exchange->rest, 10, 1, G_MAXUINT32, &number, NULL))
    number = 0;
  for (guint i = 0; i < page.fleet->desks->len && desk == NULL; i++)
    {
      desk = g_ptr_array_index (page.fleet->desks, i);
      desk = desk->enrolment.device == number ? desk : NULL;
    }
  if (desk == NULL)
    return answer_nothing (&page, exchange, "There is no desk of this number.");
  if (!store->ops->get_stream (store, desk->enrolment.device, desk->enrolment.epoch, &stream,
                               &error))
    return _lanyard_hub_answer_error (exchange, error);
  title = g_strdup_printf ("Desk %u: %s", desk->enrolment.device, get_name (desk));
  _lanyard_hub_page_head (&page, exchange, title, TRUE);
  add_facts (&page, desk, stream.head_seq);
  add_hours (&page, desk->pickups);
  return _lanyard_hub_page_end (&page, exchange, MHD_HTTP_OK);
}
