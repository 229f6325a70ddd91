/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "hub-run.h"

/* What the running hub shows and tells: the fleet page, also in a real browser, the metrics, its
 * health and its log; who may see it; and that nobody's name is in any of it. */

/* A GET with one header of the caller's. */
static guint
get_with (SyncFixture *fixture, const char *path, const char *name, const char *value)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strconcat (fixture->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
  body = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  return soup_message_get_status (message);
}

static void
test_access (void)
{
  static const char *const pages[] = { "/", "/metrics", "/venues/101", "/desks/1" };
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *open = hub_write (fixture, "open", "long enough\n");
  g_autofree char *secret = hub_write (fixture, "secret", "correct horse\n");
  g_autofree char *right = g_base64_encode ((const guchar *)"me:correct horse", 16);
  g_autofree char *basic = g_strconcat ("Basic ", right, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_auto (HubRun) run = { 0 };

  process = hub_serve (fixture, (const char *[]){ "--quiet", NULL }, 0);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_cmpuint (get_with (fixture, pages[i], "X-Forwarded-For", "192.0.2.1"), ==, 403);
      g_assert_cmpuint (get_with (fixture, pages[i], "Host", "elsewhere.example"), ==, 403);
      g_assert_cmpuint (get_with (fixture, pages[i], "Host", "localhost.elsewhere.example"), ==,
                        403);
    }
  g_assert_cmpuint (get_with (fixture, "/", "Lanyard-Operator", ""), ==, 200);
  g_assert_cmpuint (get_with (fixture, "/venues/NOWHERE", "Accept", "*/*"), ==, 404);
  g_assert_cmpuint (get_with (fixture, "/desks/7", "Accept", "*/*"), ==, 404);
  g_assert_cmpuint (get_with (fixture, "/desks/%3Cb%3E", "Accept", "*/*"), ==, 404);
  hub_stop (process);
  g_clear_object (&process);

  g_assert_cmpint (g_chmod (open, 0644), ==, 0);
  HUB_RUN (&run, "serve", "--dir", fixture->hub_directory, "--page-password", open);
  g_assert_cmpint (run.code, ==, 2);
  g_assert_cmpint (g_chmod (secret, 0600), ==, 0);
  process = hub_serve (fixture, (const char *[]){ "--quiet", "--page-password", secret, NULL }, 0);
  g_assert_cmpuint (get_with (fixture, "/", "Accept", "*/*"), ==, 401);
  g_assert_cmpuint (get_with (fixture, "/", "Authorization", "Basic bWU6d3Jvbmc="), ==, 401);
  g_assert_cmpuint (get_with (fixture, "/", "Authorization", basic), ==, 200);
  g_assert_cmpuint (get_with (fixture, "/metrics", "Authorization", basic), ==, 200);
  g_assert_cmpuint (get_with (fixture, "/healthz", "Accept", "*/*"), ==, 200);
  hub_stop (process);
  sync_fixture_free (fixture);
}

static void
assert_nobody (const char *text, const LanyardEntry *entry)
{
  const char *const words[] = { entry->print_name, entry->given_name, entry->family_name,
                                entry->birth_date, entry->number };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL)
      g_assert_null (strstr (text, words[i]));
}

/* The page as the browser has it when all is loaded. (transfer full) (nullable): no browser here */
static char *
browse (SyncFixture *fixture, const char *path)
{
  g_autofree char *browser = g_find_program_in_path ("chromium");
  g_autofree char *profile = g_strconcat ("--user-data-dir=", fixture->directory, "/browser", NULL);
  g_autofree char *uri = g_strconcat (fixture->url, path, NULL);
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;
  char *dom = NULL;

  if (browser == NULL)
    return NULL;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, browser, "--headless=new", "--no-sandbox", "--disable-gpu",
                              "--disable-dev-shm-usage", profile, "--dump-dom", uri, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &dom, NULL, &error);
  g_assert_no_error (error);
  return dom;
}

static void
check_pages (SyncFixture *fixture, GString *all)
{
  g_autofree char *venue = g_strconcat ("/venues/", fixture->venue, NULL);
  const char *const paths[] = { "/", venue, "/desks/1", "/metrics", "/fleet.css" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      guint status;
      g_autofree char *text = hub_get (fixture, paths[i], &status);

      g_assert_cmpuint (status, ==, 200);
      g_string_append (all, text);
    }
}

static void
check_metrics (SyncFixture *fixture)
{
  static const char *const lines[] = {
    "\nlanyard_hub_records 5\n",
    "\nlanyard_hub_open_badges 1\n",
    "\nlanyard_hub_desks{state=\"online\"} 1\n",
    "\nlanyard_hub_backlog_records 0\n",
    "lanyard_hub_requests_total{route=\"upload\",class=\"2xx\"} 1\n",
    "lanyard_hub_request_seconds_bucket{route=\"upload\",le=\"+Inf\"} 1\n",
  };
  guint status;
  g_autofree char *text = hub_get (fixture, "/metrics", &status);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (strstr (text, lines[i]) == NULL)
      g_error ("%s is missing in %s", lines[i], text);
}

static void
check_log (const char *log)
{
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  guint n = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      g_autoptr (JsonNode) node = NULL;

      if (**line == '\0')
        continue;
      node = json_from_string (*line, NULL);
      g_assert_nonnull (node);
      g_assert_nonnull (json_object_get_string_member (json_node_get_object (node), "route"));
      n++;
    }
  g_assert_cmpuint (n, >, 8);
}

/* A whole day in small: roster, desk, badge, pages, metrics; then everything that was told is
 * searched for everybody of the roster. */
static void
test_privacy (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GInputStream) errors = NULL;
  g_autoptr (GOutputStream) kept = g_memory_output_stream_new_resizable ();
  g_autofree char *number = sync_fixture_number (1);
  g_autofree char *serial = NULL;
  g_autofree char *dom = NULL;
  GError *error = NULL;
  SyncDesk *desk;

  sync_fixture_import (fixture, 0, 20);
  process
      = hub_serve (fixture, (const char *[]){ "--log-json", NULL }, G_SUBPROCESS_FLAGS_STDERR_PIPE);
  desk = sync_desk_new (fixture, "desk");
  lanyard_sync_engine_set_pack_version (desk->engine, "7");
  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
  serial = sync_desk_issue (desk, number);
  sync_desk_chatter (desk, 1);
  sync_desk_sync (desk, &error);
  g_assert_no_error (error);

  check_pages (fixture, all);
  g_assert_nonnull (strstr (all->str, "<title>Fleet"));
  g_assert_nonnull (strstr (all->str, "<dt>Pack</dt><dd>7</dd>"));
  g_assert_nonnull (strstr (all->str, "<dt>Records here</dt><dd>5</dd>"));
  check_metrics (fixture);
  dom = browse (fixture, "/");
  if (dom != NULL)
    {
      g_assert_nonnull (strstr (dom, "<h1>Fleet</h1>"));
      g_assert_nonnull (strstr (dom, "<svg"));
      g_assert_nonnull (strstr (dom, "</table>"));
      g_string_append (all, dom);
    }
  hub_stop (process);
  errors = g_object_ref (g_subprocess_get_stderr_pipe (process));
  g_output_stream_splice (kept, errors, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  {
    g_autofree char *log
        = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (kept)),
                     g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (kept)));

    check_log (log);
    g_string_append (all, log);
  }
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (LanyardEntry) entry = sync_fixture_entry (i);

      assert_nobody (all->str, entry);
    }
  g_assert_null (strstr (all->str, serial));
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/hub-page/access", test_access);
  g_test_add_func ("/sync/hub-page/privacy", test_privacy);
  return g_test_run ();
}
