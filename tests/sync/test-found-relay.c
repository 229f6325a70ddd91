/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A desk, its hub, and a relay that announced itself. If this fails, a relay that is what it says
 * is of no use, or somebody in the network of the venue keeps a desk from its hub. */

#include <string.h>

#include "lanyard-link.h"
#include "lanyard-sync-engine-private.h"
#include "lanyard-venue.h"
#include "lying-hub.h"
#include "sync-fixture.h"

#define LIMIT_S 100

typedef struct
{
  SyncFixture *hub;
  SyncDesk *desk;
  LyingHub *relay;
} Case;

static void
set_up (Case *c, gconstpointer data)
{
  c->hub = sync_fixture_new ();
  sync_fixture_import (c->hub, 0, 5);
  sync_fixture_start_hub (c->hub);
  c->desk = sync_desk_new (c->hub, "desk");
  c->relay = lying_hub_new (c->hub->port);
}

static void
tear_down (Case *c, gconstpointer data)
{
  sync_desk_free (c->desk);
  lying_hub_free (c->relay);
  sync_fixture_free (c->hub);
}

/* @second: (nullable) */
static void
make_engine (Case *c, const char *first, const char *second)
{
  const char *urls[] = { first, second, NULL };

  g_clear_object (&c->desk->engine);
  c->desk->engine = lanyard_sync_engine_new (c->desk->journal, c->desk->store, c->desk->key,
                                             &c->desk->root, urls, NULL);
}

static gboolean
is_through (gpointer data)
{
  Case *c = data;

  return sync_desk_pending (c->desk) == 0 && lanyard_directory_get_size (c->desk->store) == 5;
}

static void
run (Case *c)
{
  lanyard_link_start (LANYARD_LINK (c->desk->engine));
  sync_wait_for (is_through, c, LIMIT_S);
  lanyard_link_stop (LANYARD_LINK (c->desk->engine));
}

/* The lies, each to everything that is asked. */

static GBytes *
hang_up (const char *line, GBytes *truth, gpointer user_data)
{
  return NULL;
}

static GBytes *
refuse (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("no", 2);

  return lying_hub_answer (GPOINTER_TO_UINT (user_data), TRUE, body);
}

static GBytes *
put_off (const char *line, GBytes *truth, gpointer user_data)
{
  static const char answer[] = "HTTP/1.1 503 Later\r\nLanyard-Hub: 1\r\nRetry-After: 3600\r\n"
                               "Content-Length: 0\r\nConnection: close\r\n\r\n";

  return g_bytes_new_static (answer, sizeof answer - 1);
}

static GBytes *
say_nothing (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  return lying_hub_answer (202, TRUE, nothing);
}

/* "There is a line, and always more to tell." */
static GBytes *
tell_for_ever (const char *line, GBytes *truth, gpointer user_data)
{
  static gint next;
  g_autoptr (LanyardVenue) venue = lanyard_venue_new ();
  g_autoptr (GBytes) body = NULL;

  venue->line = GPOINTER_TO_INT (user_data);
  venue->next = (guint64)g_atomic_int_add (&next, 1) + 1;
  body = lanyard_venue_encode (venue);
  return lying_hub_answer (202, TRUE, body);
}

static GBytes *
mumble (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("\x9f\x01\xff", 3);

  return lying_hub_answer (200, TRUE, body);
}

typedef struct
{
  const char *name;
  LyingHubFunc lie;
  gpointer data;
} Lie;

static const Lie lies[] = {
  { "hangs-up", hang_up, NULL },
  { "401", refuse, GUINT_TO_POINTER (401) },
  { "403", refuse, GUINT_TO_POINTER (403) },
  { "404", refuse, GUINT_TO_POINTER (404) },
  { "409", refuse, GUINT_TO_POINTER (409) },
  { "410", refuse, GUINT_TO_POINTER (410) },
  { "413", refuse, GUINT_TO_POINTER (413) },
  { "429", refuse, GUINT_TO_POINTER (429) },
  { "an-hour", put_off, NULL },
  { "304", refuse, GUINT_TO_POINTER (304) },
  { "no-line", say_nothing, NULL },
  { "no-line-and-more", tell_for_ever, GINT_TO_POINTER (FALSE) },
  { "line-and-more", tell_for_ever, GINT_TO_POINTER (TRUE) },
  { "mumbles", mumble, NULL },
};

/* It comes first, and the hub gets everything all the same. */
static void
test_lie (Case *c, gconstpointer data)
{
  const Lie *lie = data;

  make_engine (c, LANYARD_SYNC_FOUND_HERE, c->hub->url);
  lying_hub_set_lie (c->relay, "", lie->lie, lie->data);
  _lanyard_sync_take_found (c->desk->engine, lying_hub_get_url (c->relay), TRUE);
  _lanyard_sync_prefer_first_hub (c->desk->engine); /* it was there before the desk began */
  g_assert_true (_lanyard_sync_asks_found (c->desk->engine));
  sync_desk_chatter (c->desk, 3);
  run (c);
  g_assert_cmpuint (lying_hub_get_n_lies (c->relay), >, 0);
  g_assert_cmpuint (sync_fixture_count (c->hub, "records"), ==, 3);
}

/* One that is what it says is used: where it stands first, and alone. */
static void
test_honest (Case *c, gconstpointer data)
{
  make_engine (c, LANYARD_SYNC_FOUND_HERE, NULL);
  g_assert_null (_lanyard_sync_get_hub (c->desk->engine));
  lanyard_link_start (LANYARD_LINK (c->desk->engine)); /* nobody is there yet */
  sync_desk_chatter (c->desk, 3);
  _lanyard_sync_take_found (c->desk->engine, lying_hub_get_url (c->relay), TRUE);
  run (c);
  g_assert_cmpuint (sync_fixture_count (c->hub, "records"), ==, 3);
  /* That it goes can be said by anybody. */
  _lanyard_sync_take_found (c->desk->engine, lying_hub_get_url (c->relay), FALSE);
  g_assert_cmpstr (_lanyard_sync_get_hub (c->desk->engine), ==, lying_hub_get_url (c->relay));
  sync_desk_chatter (c->desk, 1);
  run (c);
  g_assert_cmpuint (sync_fixture_count (c->hub, "records"), ==, 4);
}

/* Behind the hub in the list it is not asked while the hub answers, and is when it does not. */
static void
test_behind (Case *c, gconstpointer data)
{
  make_engine (c, c->hub->url, LANYARD_SYNC_FOUND_HERE);
  _lanyard_sync_take_found (c->desk->engine, lying_hub_get_url (c->relay), TRUE);
  g_assert_cmpstr (_lanyard_sync_get_hub (c->desk->engine), ==, c->hub->url);
  _lanyard_sync_turn_to_next_hub (c->desk->engine);
  g_assert_cmpstr (_lanyard_sync_get_hub (c->desk->engine), ==, lying_hub_get_url (c->relay));
  _lanyard_sync_turn_to_next_hub (c->desk->engine);
  g_assert_cmpstr (_lanyard_sync_get_hub (c->desk->engine), ==, c->hub->url);
  _lanyard_sync_turn_to_next_hub (c->desk->engine); /* it rests */
  g_assert_cmpstr (_lanyard_sync_get_hub (c->desk->engine), ==, c->hub->url);
}

/* A thousand announcements do not put the hub off, and coming and going does nothing. */
static void
test_flood (Case *c, gconstpointer data)
{
  guint n_found = 0;

  make_engine (c, LANYARD_SYNC_FOUND_HERE, c->hub->url);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *url = g_strdup_printf ("http://192.0.2.1:%u", 1000 + i);

      _lanyard_sync_take_found (c->desk->engine, url, TRUE);
      if (i % 3 == 0)
        _lanyard_sync_take_found (c->desk->engine, url, FALSE);
      g_assert_cmpstr (_lanyard_sync_get_hub (c->desk->engine), ==, c->hub->url);
    }
  for (guint i = 0; i < 100; i++)
    {
      gboolean found;

      _lanyard_sync_turn_to_next_hub (c->desk->engine);
      found = _lanyard_sync_asks_found (c->desk->engine);
      g_assert_true (found || strcmp (_lanyard_sync_get_hub (c->desk->engine), c->hub->url) == 0);
      n_found += found;
    }
  g_assert_cmpuint (n_found, >, 0);
  g_assert_cmpuint (n_found, <=, 8); /* each rests after it failed */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/found-relay/", lies[i].name, NULL);

      g_test_add (path, Case, &lies[i], set_up, test_lie, tear_down);
    }
  g_test_add ("/sync/found-relay/honest", Case, NULL, set_up, test_honest, tear_down);
  g_test_add ("/sync/found-relay/behind", Case, NULL, set_up, test_behind, tear_down);
  g_test_add ("/sync/found-relay/flood", Case, NULL, set_up, test_flood, tear_down);
  return g_test_run ();
}
