/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step of the set-up that makes a machine a desk: with what it asks the hub, and what it says
 * when the hub says no. If this fails, a desk behind a proxy with certificates cannot be set up, or
 * somebody fetches one new code after another because a certificate is missing. */

#define G_LOG_DOMAIN "test-ui"

#include "lanyard-controls.h"
#include "lanyard-error.h"
#include "lanyard-pack-files.h"
#include "lanyard-setup-window.h"
#include "lanyard-style.h"
#include "screen-fixtures.h"

typedef struct
{
  char *folder;
  LanyardSetup *setup;
  LanyardSetupWindow *window;
} Fixture;

/* What the hub is made to say, and with what it was asked: on the joining thread, read when that
 * is over. */
static LanyardError answer;
static char *shown_ca, *shown_certificate, *shown_key;

static gboolean
join_and_fail (const LanyardTicket *ticket,
               const char *state_dir,
               const char *pack_dir,
               LanyardLineTls *tls,
               GError **error)
{
  g_clear_pointer (&shown_ca, g_free);
  g_clear_pointer (&shown_certificate, g_free);
  g_clear_pointer (&shown_key, g_free);
  shown_ca = g_strdup (lanyard_line_tls_get_ca (tls));
  shown_certificate = g_strdup (lanyard_line_tls_get_certificate (tls));
  shown_key = g_strdup (lanyard_line_tls_get_key (tls));
  g_set_error_literal (error, LANYARD_ERROR, (int)answer, "In the words of the line.");
  return FALSE;
}

static void
prepare (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "lanyard.conf", NULL);
  g_assert_true (g_file_set_contents (path, data, -1, NULL));
  lanyard_style_install (gdk_display_get_default (), NULL, NULL);
  fixture->setup = lanyard_setup_open (path, NULL, join_and_fail, &error);
  g_assert_no_error (error);
  for (int i = 0; i < LANYARD_SETUP_ENROL; i++)
    g_assert_true (lanyard_setup_take (fixture->setup, LANYARD_SETUP_SKIP, NULL, 0, NULL));
  fixture->window = lanyard_setup_window_new (NULL, fixture->setup);
  gtk_window_present (GTK_WINDOW (fixture->window));
  test_settle (GTK_WIDGET (fixture->window));
}

static void
finish (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->setup);
  lanyard_pack_files_remove (fixture->folder);
  g_free (fixture->folder);
}

static void
scan (Fixture *fixture, const char *text)
{
  lanyard_controls_scan (LANYARD_CONTROLS (fixture->setup),
                         lanyard_scan_new (LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, text,
                                           strlen (text)));
}

static void
show_ticket (Fixture *fixture)
{
  LanyardTicket ticket = {
    .hub = (char *)"https://hub.example.org",
    .code = (char *)"7K2QM-0AB1C-9XYZ2-34567",
    .venue = (char *)"MAC",
    .name = (char *)"Counter 1",
  };
  g_autofree char *text = lanyard_ticket_encode (&ticket);

  scan (fixture, text);
}

static void
wait_for (Fixture *fixture, const char *text)
{
  while (!test_shows_text (GTK_WIDGET (fixture->window), text))
    g_main_context_iteration (NULL, TRUE);
}

static const struct
{
  LanyardError code;
  const char *words; /* as they begin */
} SAYINGS[] = {
  { LANYARD_ERROR_CODE, "The hub does not take this code" },
  { LANYARD_ERROR_REFUSED, "The hub lets only machines in that show a certificate" },
  { LANYARD_ERROR_EXPIRED, "The clocks of this desk and of the hub do not agree, or this" },
  { LANYARD_ERROR_INVALID, "A certificate or key on this machine cannot be used" },
  { LANYARD_ERROR_NETWORK, "The hub does not answer" },
};

static void
test_sayings (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (SAYINGS); i++)
    {
      answer = SAYINGS[i].code;
      show_ticket (fixture);
      wait_for (fixture, SAYINGS[i].words);
      g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "In the words of the line."));
    }
}

/* A ticket that is none never gets as far as the hub. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&shown_ca, g_free);
  scan (fixture, LANYARD_TICKET_PREFIX "::::");
  wait_for (fixture, "That code is damaged");
  g_assert_null (shown_ca);
}

/* Names without a folder are beside lanyard.conf, as the desk itself takes them later. */
static void
test_certificates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *certificate = g_build_filename (fixture->folder, "tls", "desk.pem", NULL);

  answer = LANYARD_ERROR_NETWORK;
  show_ticket (fixture);
  wait_for (fixture, "The hub does not answer");
  g_assert_cmpstr (shown_ca, ==, "/etc/hub-ca.pem");
  g_assert_cmpstr (shown_certificate, ==, certificate);
  g_assert_cmpstr (shown_key, ==, "pkcs11:token=desk");
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  answer = LANYARD_ERROR_NETWORK;
  show_ticket (fixture);
  wait_for (fixture, "The hub does not answer");
  g_assert_null (shown_ca);
  g_assert_null (shown_certificate);
  g_assert_null (shown_key);
}

#define PLAIN "[desk]\nlanguage=en\n"
#define CERTIFIED                                                                                  \
  PLAIN "[hub]\nca=/etc/hub-ca.pem\ncertificate=tls/desk.pem\nkey=pkcs11:token=desk\n"
#define CASE(name, text, func)                                                                     \
  g_test_add ("/ui/setup-enrol/" name, Fixture, text, prepare, func, finish)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  CASE ("sayings", PLAIN, test_sayings);
  CASE ("damaged", CERTIFIED, test_damaged);
  CASE ("certificates", CERTIFIED, test_certificates);
  CASE ("none", PLAIN, test_none);
  return g_test_run ();
}
