/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whole desks through the nginx that packaging/nginx/lanyard-hub.conf sets up. If this fails, a
 * desk does not get through, loses what waits, believes a hub that it should not, or says nothing
 * that helps whoever set it up. */

#include "lanyard-error.h"
#include "lanyard-link.h"
#include "nginx-front.h"

/* One way to set up a desk's line, and what it says of it. */
typedef struct
{
  const char *ca; /* file names; "": none */
  const char *certificate;
  const char *key;
  const char *host;
  LanyardError code;
  const char *sentence; /* URL, and DIR/ before a name, as they are in this run; DATE: any */
} Setting;

#define HUB_FAILS(what) "The certificate of the hub at URL " what
#define ASK "get it from those who run the hub."

static const Setting settings[] = {
  { "other-ca.pem", "desk.pem", "desk.key", "127.0.0.1", LANYARD_ERROR_UNTRUSTED,
    HUB_FAILS ("leads to none in DIR/other-ca.pem; correct [hub] ca, or have the hub looked at.") },
  { "", "desk.pem", "desk.key", "127.0.0.1", LANYARD_ERROR_UNTRUSTED,
    HUB_FAILS ("leads to none in this machine's list; correct [hub] ca, or have the hub looked "
               "at.") },
  { "desks-ca.pem", "desk.pem", "desk.key", "localhost", LANYARD_ERROR_UNTRUSTED,
    HUB_FAILS ("is for another name; correct [hub] urls, or have the hub looked at.") },
  { "desks-ca.pem", "", "", "127.0.0.1", LANYARD_ERROR_REFUSED,
    "The hub at URL asks for a certificate and this desk has none; set [hub] certificate." },
  { "desks-ca.pem", "other.pem", "other.key", "127.0.0.1", LANYARD_ERROR_REFUSED,
    "The hub at URL does not take this desk's certificate DIR/other.pem; get one from those who "
    "run "
    "the hub." },
  { "desks-ca.pem", "old.pem", "old.key", "127.0.0.1", LANYARD_ERROR_EXPIRED,
    "This desk's certificate DIR/old.pem ended on DATE; put a new one in its place." },
  { "desks-ca.pem", "absent.pem", "desk.key", "127.0.0.1", LANYARD_ERROR_IO,
    "The file of this desk's certificate cannot be read: Error opening file DIR/absent.pem: No "
    "such "
    "file or directory. Put it there or correct [hub]." },
  { "absent.pem", "desk.pem", "desk.key", "127.0.0.1", LANYARD_ERROR_IO,
    "The file of the certificates that the hub's must lead to cannot be read: Error opening file "
    "DIR/absent.pem: No such file or directory. Put it there or correct [hub]." },
  { "nginx.conf", "desk.pem", "desk.key", "127.0.0.1", LANYARD_ERROR_INVALID,
    "DIR/nginx.conf has no certificate in PEM; get the file for [hub] ca from those who run the "
    "hub." },
  { "desks-ca.pem", "nginx.conf", "desk.key", "127.0.0.1", LANYARD_ERROR_INVALID,
    "DIR/nginx.conf is not this desk's certificate in PEM; " ASK },
  { "desks-ca.pem", "desk.pem", "", "127.0.0.1", LANYARD_ERROR_INVALID,
    "DIR/desk.pem has no private key in PEM without a password; " ASK },
  { "desks-ca.pem", "desk.pem", "pipe", "127.0.0.1", LANYARD_ERROR_INVALID,
    "DIR/pipe is no file of the key of this desk's certificate; put the PEM file there or correct "
    "[hub]." },
  { "desks-ca.pem", "desk.pem", "other.key", "127.0.0.1", LANYARD_ERROR_INVALID,
    "DIR/other.key is the key of another certificate than DIR/desk.pem; get both from those who "
    "run the hub." },
  { "desks-ca.pem", "", "desk.key", "127.0.0.1", LANYARD_ERROR_USAGE,
    "[hub] key is set and [hub] certificate is not; add it." },
};

static char *
place_of (Front *front, const char *name)
{
  return *name == '\0' ? NULL : g_build_filename (front->fixture->directory, name, NULL);
}

/* Returns: (transfer full): the URL; the desk's next engine and enrolment are so */
static char *
set_line (Front *front, SyncDesk *desk, const Setting *setting)
{
  g_autofree char *ca = place_of (front, setting->ca);
  g_autofree char *certificate = place_of (front, setting->certificate);
  g_autofree char *key = place_of (front, setting->key);

  g_clear_pointer (&desk->tls, lanyard_line_tls_unref);
  desk->tls = lanyard_line_tls_new (ca, certificate, key);
  return g_strdup_printf ("https://%s:%u", setting->host, front->port);
}

static void
check_sentence (Front *front, const Setting *setting, const char *url, const char *said)
{
  g_autoptr (GString) expected = g_string_new (setting->sentence);
  g_autofree char *folder = g_strconcat (front->fixture->directory, "/", NULL);
  g_autofree char *dated = NULL;
  g_autoptr (GRegex) date = g_regex_new ("on [0-9]{4}-[0-9]{2}-[0-9]{2};", 0, 0, NULL);

  g_string_replace (expected, "URL", url, 0);
  g_string_replace (expected, "DIR/", folder, 0);
  dated = g_regex_replace_literal (date, said, -1, 0, "on DATE;", 0, NULL);
  g_assert_cmpstr (dated, ==, expected->str);
}

/* Nothing of what waits is lost, whatever is wrong with the line. */
static void
test_settings (Front *front, gconstpointer data)
{
  SyncDesk *desk = front->desk;

  sync_desk_chatter (desk, 3);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *url = set_line (front, desk, &settings[i]);
      g_auto (LanyardLinkStatus) status = { 0 };
      g_autoptr (GError) error = NULL;

      sync_desk_make_engine (desk, url);
      g_assert_false (sync_desk_sync (desk, &error));
      check_sentence (front, &settings[i], url, error->message);
      lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
      g_assert_cmpstr (status.problem, ==, error->message);
      g_assert_false (status.online);
      g_assert_cmpuint (sync_desk_pending (desk), ==, 3);
    }
}

/* Who sets up a desk is told the same, and its code is not used up. */
static void
test_enrolment (Front *front, gconstpointer data)
{
  const Setting right = { "desks-ca.pem", "desk.pem", "desk.key", "127.0.0.1", 0, NULL };
  SyncDesk *desk = sync_desk_new_bare (front->fixture, "another desk");
  g_autofree char *code = sync_fixture_code (front->fixture, 0);
  const char *venue = front->fixture->venue;
  g_autofree char *right_url = NULL;
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *url = set_line (front, desk, &settings[i]);

      g_assert_false (sync_desk_enrol (desk, url, code, venue, &error));
      g_assert_error (error, LANYARD_ERROR, (gint)settings[i].code);
      check_sentence (front, &settings[i], url, error->message);
      g_clear_error (&error);
    }
  right_url = set_line (front, desk, &right);
  g_assert_false (sync_desk_enrol (desk, right_url, "00000-00000-00000-00000", venue, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CODE);
  g_clear_error (&error);
  sync_desk_enrol (desk, right_url, code, venue, &error);
  g_assert_no_error (error);
  sync_desk_make_engine (desk, right_url);
  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_directory_get_size (desk->store), ==, FRONT_N_HOLDERS);
  sync_desk_free (desk);
}

static void
copy (Front *front, const char *from, const char *to)
{
  g_autofree char *path = place_of (front, from);
  g_autofree char *text = hub_read (path);

  g_free (hub_write (front->fixture, to, text));
}

/* A desk that runs comes back in its turn, and finds the new certificate at the place of the old.
 */
static void
test_renewal (Front *front, gconstpointer data)
{
  const Setting setting = { "desks-ca.pem", "own.pem", "own.key", "127.0.0.1", 0, NULL };
  SyncDesk *desk = front->desk;
  g_autofree char *url = set_line (front, desk, &setting);
  gboolean has_waited = FALSE;

  copy (front, "old.pem", "own.pem");
  copy (front, "old.key", "own.key");
  sync_desk_chatter (desk, 3);
  sync_desk_make_engine (desk, url);
  lanyard_link_start (LANYARD_LINK (desk->engine));
  while (sync_desk_pending (desk) > 0)
    {
      g_auto (LanyardLinkStatus) status = { 0 };

      g_main_context_iteration (NULL, TRUE);
      lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
      if (!has_waited && status.problem != NULL)
        {
          g_assert_cmpint (status.wait, ==, LANYARD_LINK_WAIT_LINE);
          g_assert_cmpint (status.next_try_us, >, 0);
          g_assert_cmpuint (sync_desk_pending (desk), ==, 3);
          has_waited = TRUE;
          copy (front, "desk.pem", "own.pem");
          copy (front, "desk.key", "own.key");
        }
    }
  g_assert_true (has_waited);
  lanyard_link_stop (LANYARD_LINK (desk->engine));
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
  CASE ("settings", test_settings);
  CASE ("enrolment", test_enrolment);
  CASE ("renewal", test_renewal);
  return g_test_run ();
}
