/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The nginx that packaging/nginx/lanyard-hub.conf sets up, with TLS and certificates of desks. If
 * this fails, somebody without a certificate reaches the hub, or a desk the fleet page, or the
 * cache gives names and faces to who may not have them, or the page of another era of the feed. */

#include "nginx-front.h"

static void
test_front (Front *front, gconstpointer data)
{
  const char *segment = "/v1/changes/0";
  g_autofree char *cache = NULL;
  g_auto (HubRun) run = { 0 };

  /* A machine that is none of the event's gets no further than nginx. */
  g_assert_cmpuint (front_get (front, "/healthz", FALSE, NULL, NULL), !=, SOUP_STATUS_OK);
  g_assert_cmpuint (front_get (front, segment, FALSE, front->desk, NULL), !=, SOUP_STATUS_OK);

  g_assert_cmpuint (front_get (front, segment, TRUE, front->desk, &cache), ==, SOUP_STATUS_OK);
  g_assert_cmpstr (cache, ==, "MISS");
  g_assert_cmpuint (front_get (front, segment, TRUE, front->desk, &cache), ==, SOUP_STATUS_OK);
  g_assert_cmpstr (cache, ==, "HIT");
  /* An era that the hub never had: the page of another one is no answer. */
  g_assert_cmpuint (front_get (front, "/v1/changes/0?era=7", TRUE, front->desk, &cache), ==,
                    SOUP_STATUS_NOT_FOUND);

  /* A desk is no operator, whatever it says; monitoring on this machine may count. */
  g_assert_cmpuint (front_get (front, "/", TRUE, front->desk, NULL), ==, SOUP_STATUS_FORBIDDEN);
  g_assert_cmpuint (front_get (front, "/desks/1", TRUE, NULL, NULL), ==, SOUP_STATUS_FORBIDDEN);
  g_assert_cmpuint (front_get (front, "/metrics", TRUE, NULL, NULL), ==, SOUP_STATUS_OK);

  /* It lies in the cache, and that is no reason to give it to anybody. */
  g_assert_cmpuint (front_get (front, segment, TRUE, NULL, NULL), ==, SOUP_STATUS_UNAUTHORIZED);
  g_assert_cmpuint (front_get (front, "/v1/may", TRUE, front->desk, NULL), ==,
                    SOUP_STATUS_NOT_FOUND);
  HUB_RUN (&run, "devices", "--dir", front->fixture->hub_directory, "revoke", "1", "--reason",
           "stolen", "--by", "Operator Nine");
  g_assert_cmpint (run.code, ==, 0);
  g_assert_cmpuint (front_get (front, segment, TRUE, front->desk, NULL), >=,
                    SOUP_STATUS_BAD_REQUEST);
}

#define CASE(name, func)                                                                           \
  g_test_add ("/sync/nginx/" name, Front, NULL, front_set_up, func, front_tear_down)

int
main (int argc, char **argv)
{
  if (front_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("front", test_front);
  return g_test_run ();
}
