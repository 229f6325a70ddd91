/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-hub-page.h"
#include "lanyard-hub-private.h"

/* The page of the whole fleet: what needs a look first, then every venue in one line. */

#define MAX_LOOKS 8
#define MAX_DISPUTED 500

/* One venue, summed up over its desks. */
typedef struct
{
  const char *code; /* borrowed */
  const char *name; /* borrowed */
  guint n_desks;    /* revoked ones not counted */
  guint n[LANYARD_HUB_DESK_N_STATES];
  guint64 backlog;
  gint64 oldest_us;   /* of the backlog; 0: none */
  gint64 fresh_us;    /* of the directory that is furthest behind; 0: nobody has told */
  gint64 negative_us; /* likewise */
  guint conflicts;
  guint64 today;
  guint64 pickups[LANYARD_HUB_FLEET_HOURS];
} Venue;

static gint64
older (gint64 a, gint64 b)
{
  return a == 0 || b == 0 ? MAX (a, b) : MIN (a, b);
}

static void
add_desk (Venue *venue, const LanyardHubFleetDesk *desk)
{
  venue->n[desk->state]++;
  venue->today += desk->today;
  for (guint i = 0; i < LANYARD_HUB_FLEET_HOURS; i++)
    venue->pickups[i] += desk->pickups[i];
  if (desk->state == LANYARD_HUB_DESK_REVOKED)
    return;
  venue->n_desks++;
  if (desk->told.told_us == 0)
    return;
  venue->backlog += desk->told.backlog;
  if (desk->told.backlog > 0)
    venue->oldest_us = older (venue->oldest_us, desk->told.oldest_us);
  venue->fresh_us = older (venue->fresh_us, desk->told.fresh_us);
  venue->negative_us = older (venue->negative_us, desk->told.negative_us);
}

static gint
compare_venues (gconstpointer a, gconstpointer b)
{
  const Venue *const *first = a, *const *second = b;

  return g_utf8_collate ((*first)->name, (*second)->name);
}

/* (element-type Venue), by name. @by_code: (out) (transfer full) */
static GPtrArray *
sum_up (LanyardHubPage *page, GHashTable **by_code)
{
  GPtrArray *venues = g_ptr_array_new_with_free_func (g_free);

  *by_code = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < page->fleet->desks->len; i++)
    {
      const LanyardHubFleetDesk *desk = g_ptr_array_index (page->fleet->desks, i);
      Venue *venue = g_hash_table_lookup (*by_code, desk->enrolment.venue);

      if (venue == NULL)
        {
          venue = g_new0 (Venue, 1);
          venue->code = desk->enrolment.venue;
          venue->name = _lanyard_hub_page_venue (page, venue->code);
          g_hash_table_insert (*by_code, (gpointer)venue->code, venue);
          g_ptr_array_add (venues, venue);
        }
      add_desk (venue, desk);
    }
  g_ptr_array_sort (venues, compare_venues);
  return venues;
}

/* A conflict stands at each venue that has one of its open badges. */
static void
add_conflict (LanyardHubStore *store, const char *number, GHashTable *venue_of, GHashTable *by_code)
{
  g_autoptr (GPtrArray) badges = store->ops->list_badges (store, number, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; badges != NULL && i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);
      const char *code = g_hash_table_lookup (venue_of, GUINT_TO_POINTER (badge->device));
      Venue *venue = code == NULL ? NULL : g_hash_table_lookup (by_code, code);

      if (venue != NULL && lanyard_hub_badge_is_open (badge) && g_hash_table_add (seen, venue))
        venue->conflicts++;
    }
}

static void
add_conflicts (LanyardHubPage *page, LanyardHubExchange *exchange, GHashTable *by_code)
{
  LanyardHubStore *store = lanyard_hub_get_store (exchange->server->hub);
  g_autoptr (GPtrArray) disputed = store->ops->list_disputed (store, "", MAX_DISPUTED, NULL);
  g_autoptr (GHashTable) venue_of = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < page->fleet->desks->len; i++)
    {
      const LanyardHubFleetDesk *desk = g_ptr_array_index (page->fleet->desks, i);

      g_hash_table_insert (venue_of, GUINT_TO_POINTER (desk->enrolment.device),
                           desk->enrolment.venue);
    }
  for (guint i = 0; disputed != NULL && i < disputed->len; i++)
    add_conflict (store, ((const LanyardHubHolding *)g_ptr_array_index (disputed, i))->number,
                  venue_of, by_code);
}

static void
add_tile (LanyardHubPage *page, const char *what, guint64 number, const char *beside, gboolean look)
{
  g_autofree char *text = _lanyard_hub_page_format_number (number);

  _lanyard_hub_page_add (page, "<div%s><dt>%s%s%s</dt><dd>%s</dd></div>",
                         look ? " class=\"look\"" : "", what, *beside == '\0' ? "" : ", ", beside,
                         text);
}

static void
add_tiles (LanyardHubPage *page, GPtrArray *venues, const LanyardHubCounts *counts)
{
  guint online = 0, desks = 0;
  guint64 backlog = 0, hour = 0, today = 0;
  g_autofree char *all = NULL;
  g_autofree char *in_all = NULL;
  g_autofree char *of = NULL;
  g_autofree char *more = NULL;

  for (guint i = 0; i < venues->len; i++)
    {
      const Venue *venue = g_ptr_array_index (venues, i);

      online += venue->n[LANYARD_HUB_DESK_ONLINE];
      desks += venue->n_desks;
      backlog += venue->backlog;
      hour += venue->pickups[LANYARD_HUB_FLEET_HOURS - 1];
      today += venue->today;
    }
  all = _lanyard_hub_page_format_number (desks);
  of = g_strdup_printf ("of %s", all);
  in_all = _lanyard_hub_page_format_number (today);
  more = g_strdup_printf ("%s today", in_all);
  _lanyard_hub_page_add (page, "<dl class=\"tiles\">");
  add_tile (page, "Desks on line", online, of, FALSE);
  add_tile (page, "Pickups this hour", hour, more, FALSE);
  add_tile (page, "Records not sent yet", backlog, "", FALSE);
  add_tile (page, "Badges out", counts->open_badges, "", FALSE);
  add_tile (page, "Conflicts to decide", counts->disputed, "", counts->disputed > 0);
  if (counts->questions > 0)
    add_tile (page, "Badges left by lost desks", counts->questions, "", TRUE);
  add_tile (page, "Records to look at", counts->quarantined, "", counts->quarantined > 0);
  if (counts->alarms > 0)
    add_tile (page, "Alarms", counts->alarms, "", TRUE);
  _lanyard_hub_page_add (page, "</dl>");
}

static gboolean
is_past (LanyardHubPage *page, gint64 since_us, gint64 limit_us)
{
  return since_us != 0 && page->fleet->now_us - since_us >= limit_us;
}

/* How much the venue wants somebody; 0: not at all. */
static guint64
weigh (LanyardHubPage *page, const Venue *venue)
{
  guint away = venue->n[LANYARD_HUB_DESK_OFFLINE] + venue->n[LANYARD_HUB_DESK_SILENT];
  guint64 weight = 0;

  if (away > 0 && away == venue->n_desks)
    weight += 1000000;
  weight += venue->conflicts * 1000;
  weight += is_past (page, venue->negative_us, LANYARD_HUB_LIST_BAD_US) ? 500 : 0;
  weight += is_past (page, venue->oldest_us, LANYARD_HUB_BACKLOG_WARN_US) ? 100 : 0;
  return weight + away;
}

static void
add_phrase (LanyardHubPage *page, gboolean *first, guint n, const char *one, const char *many)
{
  if (n == 0)
    return;
  _lanyard_hub_page_add (page, "%s%u %s", *first ? "" : ", ", n, n == 1 ? one : many);
  *first = FALSE;
}

static void
add_since (LanyardHubPage *page,
           gboolean *first,
           const char *what,
           gint64 since_us,
           gint64 limit_us)
{
  if (!is_past (page, since_us, limit_us))
    return;
  _lanyard_hub_page_add (page, "%s%s ", *first ? "" : ", ", what);
  _lanyard_hub_page_age (page, "span", "", since_us, limit_us, LANYARD_HUB_BACKLOG_BAD_US);
  *first = FALSE;
}

static void
add_venue_link (LanyardHubPage *page, const Venue *venue)
{
  g_autofree char *path = g_uri_escape_string (venue->code, NULL, FALSE);

  _lanyard_hub_page_add (page, "<a href=\"/venues/%s\">", path);
  _lanyard_hub_page_text (page, venue->name);
  _lanyard_hub_page_add (page, "</a>");
}

static void
add_look (LanyardHubPage *page, const Venue *venue)
{
  gboolean first = TRUE;

  _lanyard_hub_page_add (page, "<li>");
  add_venue_link (page, venue);
  _lanyard_hub_page_add (page, ": ");
  add_phrase (page, &first, venue->n[LANYARD_HUB_DESK_OFFLINE], "desk is off line",
              "desks are off line");
  add_phrase (page, &first, venue->n[LANYARD_HUB_DESK_SILENT], "desk was never heard",
              "desks were never heard");
  add_phrase (page, &first, venue->conflicts, "conflict", "conflicts");
  add_since (page, &first, "records waiting for", venue->oldest_us, LANYARD_HUB_BACKLOG_WARN_US);
  add_since (page, &first, "negative list is old:", venue->negative_us, LANYARD_HUB_LIST_BAD_US);
  _lanyard_hub_page_add (page, "</li>");
}

/* The heaviest first. */
static void
add_looks (LanyardHubPage *page, GPtrArray *venues)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  guint shown = 0;

  for (guint i = 0; i < venues->len; i++)
    if (weigh (page, g_ptr_array_index (venues, i)) > 0)
      g_ptr_array_add (left, g_ptr_array_index (venues, i));
  if (left->len == 0)
    return;
  _lanyard_hub_page_add (page, "<h2>Needs a look</h2><ul class=\"looks\">");
  for (; shown < MAX_LOOKS && left->len > 0; shown++)
    {
      guint best = 0;

      for (guint i = 1; i < left->len; i++)
        if (weigh (page, g_ptr_array_index (left, i))
            > weigh (page, g_ptr_array_index (left, best)))
          best = i;
      add_look (page, g_ptr_array_index (left, best));
      g_ptr_array_remove_index (left, best);
    }
  if (left->len > 0)
    _lanyard_hub_page_add (page, "<li class=\"soft\">and %u more venues below</li>", left->len);
  _lanyard_hub_page_add (page, "</ul>");
}

static void
add_online (LanyardHubPage *page, const Venue *venue)
{
  guint online = venue->n[LANYARD_HUB_DESK_ONLINE];
  const char *class = online == venue->n_desks ? "good" : online == 0 ? "bad" : "warn";

  if (venue->n_desks == 0)
    _lanyard_hub_page_add (page, "<td class=\"empty n\">none</td>");
  else
    _lanyard_hub_page_add (page, "<td class=\"n\"><span class=\"%s\">%u</span> of %u</td>", class,
                           online, venue->n_desks);
}

static void
add_row (LanyardHubPage *page, const Venue *venue, guint64 max)
{
  _lanyard_hub_page_add (page, "<tr><th scope=\"row\">");
  add_venue_link (page, venue);
  if (!g_str_equal (venue->code, venue->name))
    {
      _lanyard_hub_page_add (page, "<span class=\"code\">");
      _lanyard_hub_page_text (page, venue->code);
      _lanyard_hub_page_add (page, "</span>");
    }
  _lanyard_hub_page_add (page, "</th>");
  add_online (page, venue);
  _lanyard_hub_page_number (page, "", venue->backlog);
  _lanyard_hub_page_age (page, "td", "n mid", venue->oldest_us, LANYARD_HUB_BACKLOG_WARN_US,
                         LANYARD_HUB_BACKLOG_BAD_US);
  _lanyard_hub_page_age (page, "td", "n wide", venue->fresh_us, LANYARD_HUB_LIST_WARN_US,
                         LANYARD_HUB_LIST_BAD_US);
  _lanyard_hub_page_age (page, "td", "n wide", venue->negative_us, LANYARD_HUB_LIST_WARN_US,
                         LANYARD_HUB_LIST_BAD_US);
  _lanyard_hub_page_number (page, "wide", venue->conflicts);
  _lanyard_hub_page_number (page, "", venue->pickups[LANYARD_HUB_FLEET_HOURS - 1]);
  _lanyard_hub_page_number (page, "mid", venue->today);
  _lanyard_hub_page_add (page, "<td class=\"bars mid\">");
  _lanyard_hub_page_bars (page, venue->pickups, max, FALSE);
  _lanyard_hub_page_add (page, "</td></tr>");
}

static guint64
get_max (GPtrArray *venues)
{
  guint64 max = 0;

  for (guint i = 0; i < venues->len; i++)
    for (guint k = 0; k < LANYARD_HUB_FLEET_HOURS; k++)
      max = MAX (max, ((const Venue *)g_ptr_array_index (venues, i))->pickups[k]);
  return max;
}

static void
add_table (LanyardHubPage *page, GPtrArray *venues)
{
  guint64 max = get_max (venues);

  _lanyard_hub_page_add (
      page,
      "<h2 id=\"venues\">Venues</h2><div class=\"scroll\"><table aria-labelledby=\"venues\"><thead>"
      "<tr><th scope=\"col\">Venue</th><th scope=\"col\" class=\"n\">On line</th>"
      "<th scope=\"col\" class=\"n\">Not sent</th>"
      "<th scope=\"col\" class=\"n mid\">Oldest of them</th>"
      "<th scope=\"col\" class=\"n wide\">Directory</th>"
      "<th scope=\"col\" class=\"n wide\">Negative list</th>"
      "<th scope=\"col\" class=\"n wide\">Conflicts</th>"
      "<th scope=\"col\" class=\"n\">This hour</th><th scope=\"col\" class=\"n mid\">Today</th>"
      "<th scope=\"col\" class=\"mid\">Pickups, last %d hours</th></tr></thead><tbody>",
      LANYARD_HUB_FLEET_HOURS);
  for (guint i = 0; i < venues->len; i++)
    add_row (page, g_ptr_array_index (venues, i), max);
  _lanyard_hub_page_add (page, "</tbody></table></div>");
}

static void
add_numbers (LanyardHubPage *page, GPtrArray *venues)
{
  _lanyard_hub_page_add (page, "<details><summary>Pickups an hour, as numbers</summary>"
                               "<div class=\"scroll\"><table><thead><tr>"
                               "<th scope=\"col\">Venue</th>");
  _lanyard_hub_page_hours (page);
  _lanyard_hub_page_add (page, "</tr></thead><tbody>");
  for (guint i = 0; i < venues->len; i++)
    {
      const Venue *venue = g_ptr_array_index (venues, i);

      _lanyard_hub_page_add (page, "<tr><th scope=\"row\">");
      _lanyard_hub_page_text (page, venue->name);
      _lanyard_hub_page_add (page, "</th>");
      for (guint k = 0; k < LANYARD_HUB_FLEET_HOURS; k++)
        _lanyard_hub_page_number (page, "", venue->pickups[k]);
      _lanyard_hub_page_add (page, "</tr>");
    }
  _lanyard_hub_page_add (page, "</tbody></table></div></details>");
}

enum MHD_Result
_lanyard_hub_on_fleet (LanyardHubExchange *exchange)
{
  LanyardHubStore *store = lanyard_hub_get_store (exchange->server->hub);
  g_auto (LanyardHubPage) page = { 0 };
  g_autoptr (GPtrArray) venues = NULL;
  g_autoptr (GHashTable) by_code = NULL;
  g_autoptr (GError) error = NULL;
  LanyardHubCounts counts = { 0 };
  enum MHD_Result result;

  if (!_lanyard_hub_page_open (&page, exchange, &result))
    return result;
  if (!store->ops->count (store, &counts, &error))
    return _lanyard_hub_answer_error (exchange, error);
  venues = sum_up (&page, &by_code);
  add_conflicts (&page, exchange, by_code);
  _lanyard_hub_page_head (&page, exchange, "Fleet", FALSE);
  add_tiles (&page, venues, &counts);
  add_looks (&page, venues);
  if (venues->len > 0)
    {
      add_table (&page, venues);
      add_numbers (&page, venues);
    }
  else
    _lanyard_hub_page_add (&page, "<p>No desk is enrolled yet. <code>lanyard-hub enrol</code> "
                                  "makes a code for one.</p>");
  return _lanyard_hub_page_end (&page, exchange, MHD_HTTP_OK);
}
